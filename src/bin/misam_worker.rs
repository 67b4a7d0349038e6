//! The worker: looks for names while the page stays quick.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    let served = misam::extract::RuleExtractor::embedded()
        .map_err(|error| error.to_string().into())
        .and_then(misam::web::worker_main::serve);
    if let Err(error) = served {
        wasm_bindgen::throw_val(error);
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
