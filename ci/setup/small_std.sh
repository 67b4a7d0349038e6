# The standard library for the release page, built for size.
#
# The one that comes with Rust is built for speed, and every panic in it carries a text and a way to unwind. Built from
# its source for size, with panics that just stop, it makes the page's download a twelfth smaller; `page/boot.js` tells
# the person when a panic has stopped the page. Development builds and tests keep the ordinary library and the texts.
#
# It is built once for a compiler, into a sysroot of its own in the tool cache. Where the library's source is not there
# or the compiler is too old for it, the page is built with the ordinary library, and that is said.
# shellcheck shell=bash

SMALL_STD=''  # the sysroot with that library, empty when the page has to do without

# What the page is compiled with, library and all. Debug texts of types shrink to their names; texts quote as before.
readonly SMALL_FLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=shallow"

ensure_small_std() {
  local root=$TOOLS/small-std
  if small_std_is_current "$root" || { compiler_can_be_small && has_std_source && make_small_std "$root"; }; then
    SMALL_STD=$root
  else
    note "the page will be a little larger: $SMALL_STD_MISSING"
  fi
}

# Runs a command that compiles the page, with the small library if it is there.
with_small_std() {
  if [[ -z $SMALL_STD ]]; then
    with_wasm "$@"
  else
    # The first variable lets a stable compiler take these options. Cargo joins the second to .cargo/config.toml.
    with_wasm env RUSTC_BOOTSTRAP=1 CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--sysroot=$SMALL_STD $SMALL_FLAGS" "$@"
  fi
}

small_std_is_current() {
  [[ -f $1/made-from && $(<"$1/made-from") == "$(small_std_stamp)" ]]
}

# Names the compiler and the options the library was built with.
small_std_stamp() { printf '%s\n%s' "$(with_wasm page_rustc -V)" "$SMALL_FLAGS"; }

# The compiler that Cargo takes for the page.
page_rustc() { "${RUSTC:-rustc}" "$@"; }

compiler_can_be_small() {
  SMALL_STD_MISSING="$(with_wasm page_rustc -V) cannot build for size"
  # shellcheck disable=SC2086 # a list of options
  RUSTC_BOOTSTRAP=1 with_wasm page_rustc $SMALL_FLAGS --target "$WASM_TARGET" --print cfg >/dev/null 2>&1
}

has_std_source() {
  SMALL_STD_MISSING="the source of Rust's standard library is not installed (rustup component add rust-src)"
  [[ -f $(std_source)/std/Cargo.toml ]] && return
  command -v rustup >/dev/null || return
  note "asking rustup for the library's source …"
  rustup component add rust-src >/dev/null 2>&1 && [[ -f $(std_source)/std/Cargo.toml ]]
}

std_source() { printf '%s/lib/rustlib/src/rust/library' "$(with_wasm page_rustc --print sysroot)"; }

make_small_std() {
  SMALL_STD_MISSING="Rust's standard library could not be built for size ($TOOLS/log has the reason)"
  local root=$1 made host sysroot
  sysroot=$(with_wasm page_rustc --print sysroot)
  host=$(with_wasm page_rustc -vV | sed -n 's/^host: //p')
  made=$(mktemp -d "$TOOLS/small-std.XXXXXX")
  mkdir -p "$made/lib/rustlib/$WASM_TARGET/lib"
  # Linker and procedural macros are the compiler's own.
  ln -s "$sysroot/lib/rustlib/$host" "$made/lib/rustlib/$host"
  if ! ( build_wasm_std "the small standard library" "$made/lib/rustlib/$WASM_TARGET/lib" '"z"' "$SMALL_FLAGS" std,panic_abort \
    with_wasm env CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size cargo ); then
    rm -rf "$made"
    return 1
  fi
  small_std_stamp >"$made/made-from"
  rm -rf "$root"
  mv "$made" "$root"
}
