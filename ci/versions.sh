# Every tool version Misam is built and tested with, in one place.
#
# Crates are pinned by Cargo.lock, npm packages by package-lock.json. The version of wasm-bindgen is the one in
# Cargo.lock: the tool and the crate must be equal to the digit, so it is read from there and not repeated here.
# shellcheck shell=bash disable=SC2034

readonly TRUNK_VERSION=0.22.1    # builds the page
readonly BINARYEN_VERSION=132.0.0 # wasm-opt, from the npm package of the Binaryen project
readonly NODE_MINIMUM=20         # runs wasm-opt, the page's server and the end-to-end tests
readonly PYTHON_MINIMUM=3.11      # runs the libraries that read the formats (tests/readers)
readonly CARGO_FUZZ_VERSION=0.13.2   # tries inputs nobody thought of (./dev fuzz)
readonly WASM_TARGET=wasm32-unknown-unknown

# The distribution's Rust, used only where rustup cannot add the wasm target. Debian backports a current compiler
# as `rustc-web`; elsewhere the plain packages are tried. The first family that is new enough wins.
readonly APT_RUST_FAMILIES=(
  "rustc-web cargo-web rust-web-src rust-web-clippy"
  "rustc cargo rust-src rust-clippy"
)
readonly APT_CHROMIUM="chromium chromium-driver"
