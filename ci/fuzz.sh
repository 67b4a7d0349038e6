# Fuzzing: inputs nobody thought of, for readers, journals, edits and the extractor, for a bounded time.
# shellcheck shell=bash

# fuzz_seeds TARGET: the folders with inputs that a target begins with.
fuzz_seeds() {
  local folder folders=("fuzz/seeds/$1")
  case $1 in intake | read | project_file) folders+=(tests/files tests/cases/cli) ;; esac
  for folder in "${folders[@]}"; do [[ ! -d $folder ]] || echo "$folder"; done
}

# run_fuzzers [SECONDS] [TARGET]: each target, or the one, for so many seconds.
run_fuzzers() {
  local seconds=${1:-60} only=${2:-} target seeds
  ensure_rust
  if ! "$TOOLS/bin/cargo-fuzz" --version 2>/dev/null | grep -qF "$CARGO_FUZZ_VERSION"; then
    quietly "installing cargo-fuzz $CARGO_FUZZ_VERSION (about a minute)" "Check that crates.io can be reached, then run ./dev again." \
      cargo install --locked --root "$TOOLS" --version "$CARGO_FUZZ_VERSION" cargo-fuzz
  fi
  for target in $(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/Cargo.toml | grep -v '^misam-fuzz$'); do
    [[ -z $only || $target == "$only" ]] || continue
    say "Fuzzing: $target, $seconds seconds"
    mkdir -p "fuzz/corpus/$target"
    mapfile -t seeds < <(fuzz_seeds "$target")
    # Without a sanitizer any compiler will do; the code has no unsafe blocks of its own for one to watch.
    "$TOOLS/bin/cargo-fuzz" run --sanitizer none "$target" "fuzz/corpus/$target" "${seeds[@]}" -- \
      -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -verbosity=0 -print_final_stats=1 ||
      fail "the fuzzer found an input that breaks $target." "It lies in fuzz/artifacts/$target; make a test of it."
  done
}
