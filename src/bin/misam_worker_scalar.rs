//! The worker for browsers without SIMD: the same with the feature `scalar`, a third slower.

#[cfg(target_arch = "wasm32")]
fn main() {
    misam::web::worker_main::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
