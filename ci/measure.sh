# Measurements: how heavy and how fast the page is, and how good the extractor.
# shellcheck shell=bash

run_benchmarks() {
  build_page
  ensure_npm_packages
  ensure_chromium
  say "Building the command line"
  cargo build --locked --offline --release --features cli --bin misam
  say "Measuring"
  MISAM_CLI=$TARGET/release/misam node tests/bench/main.mjs
}

run_evaluation() {
  ensure_rust
  ensure_crates
  local example=eval features=train
  if [[ " $* " == *" --lint-corpus "* ]]; then example=lint_corpus features=; fi
  cargo run --locked --offline --quiet --release --features "$features" --example "$example" -- "$@"
}
