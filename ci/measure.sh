# Measurements: how heavy and how fast the page is, and how good the extractor.
# shellcheck shell=bash

# All measurements, or one of tests/bench/: `day`, `extract`, `formats`, `importing`, `labeller`, `list`, `long`, `opening`, `rendering`.
run_benchmarks() {
  local part=${1:-main}
  [[ $part == @(main|day|extract|formats|importing|labeller|list|long|opening|rendering) ]] ||
    fail "there is no measurement called $part." "They are: day, extract, formats, importing, labeller, list, long, opening, rendering"
  build_page
  ensure_npm_packages
  ensure_chromium
  if [[ $part == extract ]]; then ensure_others; fi
  if [[ $part == @(main|extract|formats|opening) ]]; then
    say "Building the command line"
    cargo build --locked --offline --release --features cli --bin misam
  fi
  say "Measuring"
  MISAM_CLI=$TARGET/release/misam MISAM_OTHERS=${OTHERS:-} READERS_PYTHON=${READERS_PYTHON:-} node "tests/bench/$part.mjs"
}

# Pictures of the main views, or of those with the argument in their name.
take_screenshots() {
  build_page
  ensure_npm_packages
  ensure_chromium
  say "Taking pictures"
  node tests/e2e/screenshots.mjs "$1"
}

run_evaluation() {
  ensure_rust
  ensure_crates
  if [[ ${1:-} == --lint-corpus ]]; then
    shift
    cargo run --locked --offline --quiet --release --features cli --bin misam -- \
      lint --allow corpus/lint-allow.tsv "$@" corpus/part-?.jsonl
    return
  fi
  if [[ ${1:-} == --all ]]; then
    (($# == 1)) || fail "./dev eval --all takes nothing else." "DATA=folder names where other people's corpora are."
    evaluate_everything
    return
  fi
  scores "$@"
}

scores() { cargo run --locked --offline --quiet --release --features train --example eval -- "$@"; }

# Every figure that the model in the repository and the data at hand give, and the commands that print the others.
evaluate_everything() {
  local data=${DATA:-../shared/data} free=${MODEL/.misam/-free.misam} measured=(--model "$MODEL")
  if [[ -e $free ]]; then measured+=(--model "$free"); fi
  local corpora=()
  if [[ -d $data/ner ]]; then corpora=(--corpora "$data"); fi
  say "What the model is made of"
  cargo run --locked --offline --quiet --release --features cli --bin misam -- model info "$MODEL"
  say "The dev part of the corpus, its errors by kind, and other people's corpora"
  scores "${measured[@]}" --kinds "${corpora[@]}"
  say "The test part of the corpus"
  scores "${measured[@]}" --split test
  say "Printed by other commands"
  if ((${#corpora[@]} == 0)); then
    note "other people's corpora: they are not in $data; DATA=folder ./dev eval --all (docs/DATA.md says what they are)"
  fi
  if [[ ! -e $free ]]; then
    note "the model from freely usable sources: ./dev train --free, half a minute, then ./dev eval --all once more"
  fi
  note "the newswire benchmark: ./dev train --newswire --test, and without --test the tenth that was tuned on"
  note "what each part of the model is worth, its bytes and its speed: ./dev train --ablation, an hour or more"
  note "sizes under brotli: ./dev bench; speeds beside other libraries: ./dev bench extract"
  note "what correcting costs: ./dev bench labeller"
  note "breaches of the guideline in the corpus: ./dev eval --lint-corpus"
}
