# Measurements: how heavy and how fast the page is, and how good the extractor.
# shellcheck shell=bash

# All measurements, or one of tests/bench/: `labeller`, `long`, `rendering`.
run_benchmarks() {
  build_page
  ensure_npm_packages
  ensure_chromium
  if [[ -n ${1:-} ]]; then
    [[ -f tests/bench/$1.mjs ]] || fail "there is no measurement called $1." "They are: labeller, long, rendering"
    node "tests/bench/$1.mjs"
    return
  fi
  say "Building the command line"
  cargo build --locked --offline --release --features cli --bin misam
  say "Measuring"
  MISAM_CLI=$TARGET/release/misam node tests/bench/main.mjs
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
