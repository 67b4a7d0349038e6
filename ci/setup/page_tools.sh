# The tools that build the page: Trunk, wasm-bindgen, wasm-opt and our own splitter, each in the pinned version, in the
# tool cache.
# shellcheck shell=bash

ensure_page_tools() {
  ensure_wasm_target
  ensure_node
  ensure_wasm_bindgen
  ensure_splitter
  ensure_trunk
  ensure_wasm_opt
}

ensure_wasm_bindgen() {
  local version
  version=$(locked_version wasm-bindgen)
  [[ $("$TOOLS/bin/wasm-bindgen" --version 2>/dev/null) == "wasm-bindgen $version" ]] && return
  # Not --locked: the tool's own lock file names a certificate list that registries drop; without the default
  # features it is not needed. Compiled for a quick installation: the tool runs for a second a build.
  quietly "installing wasm-bindgen $version (about 3 minutes)" "Run: cargo install wasm-bindgen-cli --version $version" \
    env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=0 \
    cargo install wasm-bindgen-cli --version "$version" --no-default-features --force --root "$TOOLS"
}

# tools/split, as it is in this checkout.
ensure_splitter() {
  local stamp
  stamp=$(cat tools/split/Cargo.{toml,lock} tools/split/src/*.rs | cksum)
  [[ -x $TOOLS/bin/misam-split && $(cat "$TOOLS/misam-split.made-from" 2>/dev/null) == "$stamp" ]] && return
  quietly "building the page's splitter (about a minute)" "Check that crates.io can be reached, then run ./dev again." \
    env CARGO_TARGET_DIR="$TARGET/split" cargo install --path tools/split --locked --force --root "$TOOLS"
  printf '%s' "$stamp" >"$TOOLS/misam-split.made-from"
}

ensure_trunk() {
  [[ $("$TOOLS/bin/trunk" --version 2>/dev/null) == "trunk $TRUNK_VERSION" ]] && return
  # An unoptimised build is ready three times sooner and builds the page just as fast: the work is done by Cargo.
  # It asks for a compiler a patch release newer than some distributions have, and works with theirs.
  with_wasm quietly "installing Trunk $TRUNK_VERSION (about 5 minutes)" \
    "Run: cargo install trunk --version $TRUNK_VERSION --locked (a newer Rust may be needed: rustup update)" \
    env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install --debug trunk --version "$TRUNK_VERSION" --locked --no-default-features --features rustls \
    --ignore-rust-version --force --root "$TOOLS"
}

ensure_wasm_opt() {
  [[ -x $TOOLS/bin/wasm-opt && $(package_version "$TOOLS/npm/node_modules/binaryen") == "$BINARYEN_VERSION" ]] && return
  quietly "installing wasm-opt $BINARYEN_VERSION" "Check that the npm registry can be reached, then run ./dev again." \
    npm install --no-audit --no-fund --prefix "$TOOLS/npm" "binaryen@$BINARYEN_VERSION"
  mkdir -p "$TOOLS/bin"
  ln -sfn ../npm/node_modules/.bin/wasm-opt "$TOOLS/bin/wasm-opt"
}

# The version of an installed npm package; nothing if it is not there.
package_version() { sed -n 's/^ *"version": *"\(.*\)".*/\1/p' "$1/package.json" 2>/dev/null | head -n1; }

# The crates of both builds, so that every later build can be told to stay off the network.
ensure_crates() {
  cargo metadata --format-version 1 --locked --offline >/dev/null 2>&1 ||
    quietly "fetching the crates in Cargo.lock" "Check that crates.io can be reached, then run ./dev again." cargo fetch --locked
}
