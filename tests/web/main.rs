//! Tests that need a browser: the adapters and components that only exist as wasm, run in a headless Chromium.
#![cfg(target_arch = "wasm32")]

mod offsets;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
