//! The worker: looks for names while the page stays quick.

#[cfg(target_arch = "wasm32")]
fn main() {
    misam::web::worker_main::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
