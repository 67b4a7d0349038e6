# Node, which runs wasm-opt, the page's server and the end-to-end tests, and the npm packages of those tests.
# shellcheck shell=bash

ensure_node() {
  local version
  version=$(node --version 2>/dev/null) || version=v0
  at_least "${version#v}" "$NODE_MINIMUM" ||
    fail "Node $NODE_MINIMUM or newer is missing (found: ${version#v})." "Install it from https://nodejs.org or with your package manager."
  command -v npm >/dev/null || fail "npm is missing." "Install it; it comes with Node from https://nodejs.org."
}

# Packages as in package-lock.json, fetched again only when that file changes.
ensure_npm_packages() {
  ensure_node
  cmp -s package-lock.json node_modules/.installed-lock 2>/dev/null && return
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 quietly "installing the npm packages in package-lock.json" \
    "Check that the npm registry can be reached, then run ./dev again." npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed-lock
}
