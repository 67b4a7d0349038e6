# The native toolchain: whatever Rust the developer uses, if it is new enough and has Clippy and rustfmt.
# shellcheck shell=bash

ensure_rust() {
  command -v cargo >/dev/null || PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
  command -v cargo >/dev/null ||
    fail "Rust is missing." "Install it from https://rustup.rs (or your distribution's rustc and cargo), then run ./dev again."
  local minimum version
  minimum=$(manifest_value rust-version)
  version=$(rustc_version rustc)
  at_least "$version" "$minimum" ||
    fail "Rust $version is older than $minimum, which Misam needs." "Run: rustup update stable"
}

# Clippy and rustfmt, for ./dev check and ./dev test.
ensure_rust_checkers() {
  ensure_rust
  local component
  for component in clippy rustfmt; do
    cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 && continue
    command -v rustup >/dev/null || fail "$component is missing." "Install your distribution's package for it."
    quietly "adding $component to the Rust toolchain" "Run: rustup component add $component" rustup component add "$component"
  done
}

# A string value of the [package] table in Cargo.toml.
manifest_value() { sed -n "s/^$1 *= *\"\(.*\)\"/\1/p" Cargo.toml | head -n1; }

# The version of a crate in Cargo.lock.
locked_version() { awk -v name="\"$1\"" '$1=="name" && $3==name {getline; gsub(/"/,"",$3); print $3; exit}' Cargo.lock; }

# "1.95.0" of a compiler.
rustc_version() { "$1" --version | sed 's/^rustc \([0-9.]*\).*/\1/'; }

# Whether version $1 is $2 or newer.
at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1) == "$2" ]]; }
