# Measurements: how heavy and how fast the page is, and how good the extractor.
# shellcheck shell=bash

# All measurements, or one of tests/bench/: `extract`, `formats`, `importing`, `labeller`, `list`, `long`, `opening`, `rendering`.
run_benchmarks() {
  local part=${1:-main}
  [[ $part == @(main|extract|formats|importing|labeller|list|long|opening|rendering) ]] ||
    fail "there is no measurement called $part." "They are: extract, formats, importing, labeller, list, long, opening, rendering"
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
  cargo run --locked --offline --quiet --release --features train --example eval -- "$@"
}
