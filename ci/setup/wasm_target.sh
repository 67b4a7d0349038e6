# A Rust toolchain that compiles to wasm, found or made. In this order:
#
# 1. the active toolchain has the wasm target already;
# 2. rustup adds it (needs static.rust-lang.org);
# 3. the distribution's compiler, with the standard library built from the distribution's own source. Nothing is
#    written into system folders: a private sysroot in the tool cache holds the library and thin wrappers for the
#    compiler, and `with_wasm` puts them first in the search path.
# shellcheck shell=bash

WASM_TOOLCHAIN=''   # the private toolchain's folder, empty when the active toolchain serves

ensure_wasm_target() {
  ensure_rust
  if has_wasm_std rustc; then return; fi
  if private_toolchain_is_current; then WASM_TOOLCHAIN=$TOOLS/toolchain && return; fi

  say "Setting up Rust for wasm"
  if command -v rustup >/dev/null; then
    note "asking rustup for $WASM_TARGET …"
    if rustup target add "$WASM_TARGET" >/dev/null 2>&1 && has_wasm_std rustc; then return; fi
    note "rustup cannot fetch it here; using the distribution's Rust instead"
  fi
  make_private_toolchain
  WASM_TOOLCHAIN=$TOOLS/toolchain
}

# Runs a command with the toolchain that compiles to wasm and with the page's tools in the search path.
with_wasm() {
  local path="$TOOLS/bin:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
  if [[ -n $WASM_TOOLCHAIN ]]; then
    PATH="$WASM_TOOLCHAIN/bin:$path" RUSTC="$WASM_TOOLCHAIN/bin/rustc" "$@"
  else
    PATH="$path" "$@"
  fi
}

# Whether a compiler's sysroot holds the standard library for wasm.
has_wasm_std() {
  local lib
  lib=$("$1" --print target-libdir --target "$WASM_TARGET" 2>/dev/null) || return 1
  compgen -G "$lib/libstd-*.rlib" >/dev/null
}

# The private toolchain serves as long as the compiler it was made from is the one installed.
private_toolchain_is_current() {
  local stamp=$TOOLS/toolchain/made-from
  [[ -f $stamp && -x /usr/bin/rustc && $(<"$stamp") == "$(private_toolchain_stamp)" ]] && has_wasm_std "$TOOLS/toolchain/bin/rustc"
}

# Names the compiler and the way the toolchain is put together, which earlier versions did differently.
private_toolchain_stamp() { printf '%s, 2' "$(/usr/bin/rustc -V)"; }

make_private_toolchain() {
  ensure_distribution_rust
  local host lld root=$TOOLS/toolchain made
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  lld=$(find_lld "$host")
  made=$(mktemp -d "$TOOLS/toolchain.XXXXXX")
  mkdir -p "$made/bin" "$made/lib/rustlib/$host/bin" "$made/lib/rustlib/$WASM_TARGET/lib"
  ln -s "$(dirname "$(/usr/bin/rustc --print target-libdir)")/lib" "$made/lib/rustlib/$host/lib"
  ln -s "$lld" "$made/lib/rustlib/$host/bin/rust-lld"
  # Another sysroot that is asked for (small_std.sh) comes first; the compiler takes only one.
  write_wrapper "$made/bin/rustc" "case \" \$* \" in *' --sysroot'*) exec /usr/bin/rustc \"\$@\" ;; esac" \
    "exec /usr/bin/rustc --sysroot \"$root\" \"\$@\""
  write_wrapper "$made/bin/rustdoc" "exec /usr/bin/rustdoc --sysroot \"$root\" \"\$@\""
  # Clippy's driver takes its sysroot from SYSROOT, since Cargo and not we run it.
  write_wrapper "$made/bin/cargo" "export RUSTC=\"$root/bin/rustc\" SYSROOT=\"$root\"" 'exec /usr/bin/cargo "$@"'
  write_wrapper "$made/bin/cargo-clippy" "export SYSROOT=\"$root\"" 'exec /usr/bin/cargo-clippy "$@"'
  ln -s "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src" "$made/lib/rustlib/src"
  build_wasm_std "the standard library" "$made/lib/rustlib/$WASM_TARGET/lib" 3 "" std,panic_abort,test,proc_macro \
    env -u RUSTUP_TOOLCHAIN RUSTC=/usr/bin/rustc /usr/bin/cargo
  private_toolchain_stamp >"$made/made-from"
  rm -rf "$root"
  mv "$made" "$root"
}

# Sees to it that /usr/bin has a new enough Rust with Clippy and the library's source.
ensure_distribution_rust() {
  local minimum family
  minimum=$(manifest_value rust-version)
  distribution_rust_serves "$minimum" && return
  if command -v apt-get >/dev/null && can_be_root; then refresh_package_index; fi
  for family in "${APT_RUST_FAMILIES[@]}"; do
    at_least "$(offered_version "${family%% *}")" "$minimum" || continue
    # shellcheck disable=SC2086 # a family is a list of packages
    install_packages "a Rust that compiles to wasm" $family
    distribution_rust_serves "$minimum" && return
  done
  fail "no Rust toolchain here can compile to $WASM_TARGET." \
    "With rustup and a network: rustup target add $WASM_TARGET" \
    "On Debian or Ubuntu, as an administrator: apt-get install ${APT_RUST_FAMILIES[0]} (needs version $minimum or newer)" \
    "Or activate a toolchain that has the target: rustup default TOOLCHAIN"
}

distribution_rust_serves() {
  [[ -x /usr/bin/rustc && -x /usr/bin/cargo && -x /usr/bin/cargo-clippy ]] &&
    at_least "$(rustc_version /usr/bin/rustc)" "$1" &&
    [[ -e $(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml ]]
}

# The version apt would install, without the packager's suffix; 0 if none.
offered_version() {
  local version
  version=$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: \([0-9.]*\).*/\1/p')
  printf '%s' "${version:-0}"
}

# A linker for wasm: the one in any of rustup's toolchains, or LLVM's own.
find_lld() {
  local candidate
  for candidate in "${RUSTUP_HOME:-$HOME/.rustup}"/toolchains/*/lib/rustlib/"$1"/bin/rust-lld /usr/bin/lld /usr/lib/llvm-*/bin/lld; do
    [[ -x $candidate ]] && readlink -f "$candidate" && return
  done
  install_packages "a linker for wasm" lld >&2
  readlink -f /usr/bin/lld
}

# Builds std from its source into a folder. Bitcode is kept, or link-time optimisation fails later.
#   build_wasm_std "its name" folder opt-level "compiler options" crates cargo…
build_wasm_std() {
  local name=$1 folder=$2 level=$3 flags=$4 crates=$5 crate
  shift 5
  crate=$(mktemp -d)
  mkdir "$crate/src"
  : >"$crate/src/lib.rs"
  printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2024"\n[profile.release]\ncodegen-units = 1\nopt-level = %s\n' "$level" \
    >"$crate/Cargo.toml"
  quietly "building $name for wasm (once, about a minute)" \
    "It needs the crates std depends on: check that crates.io can be reached, then run ./dev again." \
    build_std_crate "$crate" "$flags" "$@" build -Zbuild-std="$crates" --target "$WASM_TARGET" --release
  cp "$crate/target/$WASM_TARGET/release/deps/"*.rlib "$folder/"
  rm -f "$folder"/libstd_for_wasm-*
  rm -rf "$crate"
}

# Runs Cargo in a folder, free of what this checkout sets, as a compiler that takes unstable options.
build_std_crate() (
  cd "$1"
  export RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Cembed-bitcode=yes $2"
  unset CARGO_TARGET_DIR
  shift 2
  "$@"
)

# A small executable script of the given lines.
write_wrapper() {
  local file=$1
  shift
  printf '%s\n' '#!/bin/sh' "$@" >"$file"
  chmod +x "$file"
}
