# What continuous integration checks, step by step, and the verdict.
#
# A step is a function that sets up what it needs and stops at its first failure. Steps are independent: one that
# fails does not keep the others from running. Each counts the tests its runner reports; one without tests counts
# as one, and a failing step is never counted as less than one failure.
# shellcheck shell=bash

PASSED=0 FAILED=0 TIMES=()

run_everything() {
  local began=$SECONDS
  run_step "set-up" set_up_everything
  run_step "formatting" check_format
  run_step "lints, native" lint_native
  run_step "tests, native" test_native
  run_step "formats, by their readers" test_readers
  run_step "lints, wasm" lint_wasm
  run_step "tests in the browser, wasm" test_wasm
  run_step "release page" build_page
  MISAM_RETRIES=1 run_step "end-to-end tests" test_e2e
  say_begun_anew
  verdict "$began"
}

# Names the end-to-end tests that passed, or failed, only when they were begun anew: a reason to look at them.
say_begun_anew() {
  local anew
  anew=$(grep -a "begun anew: " "$TARGET/ci/end-to-end-tests.log" || true)
  [[ -z $anew ]] || printf '\n%s\n' "$anew"
}

run_checks() {
  local began=$SECONDS
  run_step "formatting" check_format
  run_step "lints, native" lint_native
  run_step "lints, wasm" lint_wasm
  run_step "licences and sources" check_supply
  run_step "advisories" check_advisories
  verdict "$began"
}

run_readers() {
  local began=$SECONDS
  run_step "formats, by their readers" test_readers "$1"
  verdict "$began"
}

run_e2e() {
  local began=$SECONDS
  run_step "release page" build_page
  run_step "end-to-end tests" test_e2e "$1"
  verdict "$began"
}

set_up_everything() {
  ensure_rust_checkers
  ensure_page_tools
  ensure_crates
  ensure_npm_packages
  ensure_chromium
  ensure_readers
}

check_format() {
  ensure_rust_checkers
  cargo fmt --all --check
}

lint_native() {
  ensure_rust_checkers
  ensure_crates
  cargo clippy --locked --offline --features cli,train --all-targets -- -D warnings
}

lint_wasm() {
  ensure_wasm_target
  ensure_crates
  with_wasm cargo clippy --locked --offline --target "$WASM_TARGET" --features web --lib --bins --test web -- -D warnings
}

# What the builds are made of, and what makes them: licences, registries, nothing twice.
check_supply() {
  ensure_rust
  ensure_crates
  cargo test --locked --offline --features cli,train --test architecture supply
}

# What is known against the crates of each lock file. cargo-audit is no part of the set-up, and the database it asks comes
# from the network: what cannot be asked is said, and fails nothing.
check_advisories() {
  ensure_rust
  if ! command -v cargo-audit >/dev/null; then
    note "not asked: cargo-audit is missing (cargo install --locked cargo-audit)"
    return
  fi
  local lock told status=0
  for lock in Cargo.lock fuzz/Cargo.lock tools/split/Cargo.lock; do
    told=$(timeout 120 cargo audit --json --file "$lock" 2>/dev/null </dev/null || true)
    if [[ $told =~ \"found\":[[:space:]]*true ]]; then
      cargo audit --no-fetch --file "$lock" || true
      status=1
    elif [[ $told =~ \"found\":[[:space:]]*false ]]; then
      note "$lock: nothing is known against its crates"
    else
      note "$lock: not asked, for the database of advisories cannot be had"
    fi
  done
  return $status
}

# Unit, property, integration, architecture and documentation tests.
test_native() {
  ensure_rust
  ensure_crates
  cargo test --locked --offline --no-fail-fast --features cli,train
}

# What Misam writes, read by the libraries it is written for; the first argument keeps only files with that in their
# name.
test_readers() {
  ensure_rust
  ensure_crates
  ensure_readers
  cargo build --locked --offline --quiet --features cli --bin misam
  MISAM_CLI=$TARGET/debug/misam HF_HUB_OFFLINE=1 HF_DATASETS_DISABLE_PROGRESS_BARS=1 \
    "$READERS_PYTHON" -W ignore -m unittest discover --start-directory tests/readers \
    --pattern "check_*${1:-}*.py" --verbose
}

# tests/web, in a headless Chromium.
test_wasm() {
  ensure_page_tools
  ensure_crates
  ensure_chromium
  write_webdriver_settings
  with_wasm env CHROMEDRIVER="$CHROMEDRIVER" \
    WASM_BINDGEN_TEST_WEBDRIVER_JSON="$TARGET/webdriver.json" \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    cargo test --locked --offline --target "$WASM_TARGET" --features web --test web
}

# The journeys of tests/e2e through the release page; the first argument keeps only files with that in their name.
test_e2e() {
  ensure_rust
  ensure_npm_packages
  ensure_chromium
  cargo build --locked --offline --quiet --features cli --bin misam
  local file files=()
  for file in tests/e2e/*"${1:-}"*.test.mjs; do [[ -e $file ]] && files+=("$file"); done
  ((${#files[@]})) || fail "no end-to-end test has \"${1:-}\" in its name." "They are: $(ls tests/e2e)"
  [[ " ${files[*]} " != *readers.test.mjs* ]] || ensure_readers
  # Where edits get lost, it may be once in a hundred times. A test that looks for lost edits is not begun anew, for its
  # one failure would be the only sign there is.
  local once=() others=() status=0
  for file in "${files[@]}"; do
    if [[ $file == */durability*.test.mjs ]]; then once+=("$file"); else others+=("$file"); fi
  done
  if ((${#once[@]})); then MISAM_RETRIES=0 run_journeys "${once[@]}" || status=1; fi
  if ((${#others[@]})); then run_journeys "${others[@]}" || status=1; fi
  return $status
}

run_journeys() {
  MISAM_CLI=$TARGET/debug/misam READERS_PYTHON=${READERS_PYTHON:-python3} \
    node --test --test-concurrency=1 --test-reporter=spec "$@"
}

# Tells chromedriver which Chromium to start and how. Chromium's own sandbox does not work for root.
write_webdriver_settings() {
  local arguments='"--headless=new","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"'
  [[ $(id -u) != 0 ]] || arguments+=',"--no-sandbox"'
  printf '{"goog:chromeOptions":{"binary":"%s","args":[%s]}}\n' "$CHROMIUM" "$arguments" >"$TARGET/webdriver.json"
}

# Runs a step with its output on the terminal and in a log, and counts.
#   run_step NAME function argument…
run_step() {
  local name=$1 log status began=$SECONDS passed failed
  shift
  mkdir -p "$TARGET/ci"
  log=$TARGET/ci/${name//[^a-z0-9]/-}.log
  say "$name"
  # A subshell of its own, outside any condition, so that it does stop at its first failure.
  set +e
  (
    set -e
    "$@"
  ) 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  set -e

  read -r passed failed < <(count_tests "$log")
  if ((status != 0 && failed == 0)); then failed=1; fi
  if ((status == 0 && passed == 0)); then passed=1; fi
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
  TIMES+=("$(printf '%5d s  %5d passed  %3d failed  %s' $((SECONDS - began)) "$passed" "$failed" "$name")")
  if ((status != 0)); then
    printf '%sfailed:%s %s (its output is in %s)\n' "$RED" "$PLAIN" "$name" "$log"
  fi
}

# "PASSED FAILED" as reported by Rust's test runner, native or wasm, by Node's and by Python's.
count_tests() {
  awk '
    { gsub(/\033\[[0-9;]*m/, "") }
    /^test result: / { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) passed += $(i-1); if ($i ~ /^failed/) failed += $(i-1) } }
    /^(ℹ|#) pass [0-9]+$/ { passed += $3 }
    /^(ℹ|#) (fail|cancelled) [0-9]+$/ { failed += $3 }
    /^Ran [0-9]+ tests? in / { passed += $2 }
    /^FAILED \(/ { n = $0; gsub(/[^0-9]+/, " ", n); split(n, counts, " "); for (i in counts) { failed += counts[i]; passed -= counts[i] } }
    END { print passed + 0, failed + 0 }' "$1"
}

# Prints each step's time and counts; the last line is the sum. Fails if anything failed.
verdict() {
  echo
  say "Steps"
  printf '    %s\n' "${TIMES[@]}"
  note "all together $((SECONDS - $1)) s"
  local colour=$GREEN
  ((FAILED == 0)) || colour=$RED
  printf '%s%d passed, %d failed%s\n' "$colour" "$PASSED" "$FAILED" "$PLAIN"
  ((FAILED == 0))
}
