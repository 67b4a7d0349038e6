# A real Chromium and its WebDriver, for the tests that need a browser. Sets and exports CHROMIUM and CHROMEDRIVER;
# either can be set beforehand to choose another one.
# shellcheck shell=bash

ensure_chromium() {
  find_browser || { say "Setting up Chromium" && install_chromium; }
  [[ -n ${CHROMIUM:-} ]] || fail "Chromium is missing." "Install it, or set CHROMIUM to the path of Chromium or Chrome."
  [[ -n ${CHROMEDRIVER:-} ]] || fail "chromedriver is missing; the wasm tests need the one of $CHROMIUM." \
    "Install it ($APT_CHROMIUM on Debian), or set CHROMEDRIVER to its path."
  export CHROMIUM CHROMEDRIVER
}

find_browser() {
  CHROMIUM=${CHROMIUM:-$(first_command chromium chromium-browser google-chrome google-chrome-stable)}
  CHROMEDRIVER=${CHROMEDRIVER:-$(first_command chromedriver chromium-driver)}
  [[ -n $CHROMIUM && -n $CHROMEDRIVER ]]
}

# shellcheck disable=SC2086 # a list of packages
install_chromium() {
  install_packages "Chromium with its driver" $APT_CHROMIUM
  find_browser || true
}

# The path of the first command that exists; nothing if none does.
first_command() {
  local name
  for name in "$@"; do command -v "$name" && return; done
  true
}
