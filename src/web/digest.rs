//! SHA-256 by the browser.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// The SHA-256 of bytes: by the browser, which uses what the processor has for it, or by our own code where the browser
/// offers none because the page does not come from a secure origin.
pub(super) async fn sha256(bytes: &[u8]) -> [u8; 32] {
    match by_browser(bytes).await {
        Some(digest) => digest,
        None => Sha256::digest(bytes).into(),
    }
}

/// The same in a window and in a worker.
async fn by_browser(bytes: &[u8]) -> Option<[u8; 32]> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    let digest: Function = Reflect::get(&subtle, &"digest".into()).ok()?.dyn_into().ok()?;
    let promise = digest.call2(&subtle, &"SHA-256".into(), &Uint8Array::from(bytes)).ok()?;
    let buffer = JsFuture::from(promise.dyn_into::<Promise>().ok()?).await.ok()?;
    Uint8Array::new(&buffer).to_vec().try_into().ok()
}
