//! Tests that need a browser: the adapters and components that only exist as wasm, run in a headless Chromium.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod clipboard;
mod download;
mod files;
mod lock;
mod model_store;
mod offsets;
mod reply;
mod selection;
mod stage;
mod store;
mod worker;
mod writer;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
