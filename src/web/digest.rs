//! SHA-256 by the browser.

use js_sys::{Function, Promise, Reflect, Uint8Array};
use sha2::Digest;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// A SHA-256 that the browser is finding, beside whatever else is done.
pub(super) struct Sha256(Option<Promise>);

impl Sha256 {
    /// Has the browser begin, which uses what the processor has for it.
    pub(super) fn begin(bytes: &Uint8Array) -> Self {
        Self(by_browser(bytes))
    }

    /// The SHA-256 of the bytes it was begun with: by our own code where the browser offers none because the page does not
    /// come from a secure origin.
    pub(super) async fn end(self, bytes: &Uint8Array) -> [u8; 32] {
        let found = match self.0 {
            Some(promise) => JsFuture::from(promise).await.ok(),
            None => None,
        };
        let found = found.and_then(|buffer| Uint8Array::new(&buffer).to_vec().try_into().ok());
        found.unwrap_or_else(|| sha2::Sha256::digest(bytes.to_vec()).into())
    }
}

/// The same in a window and in a worker.
fn by_browser(bytes: &Uint8Array) -> Option<Promise> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    let digest: Function = Reflect::get(&subtle, &"digest".into()).ok()?.dyn_into().ok()?;
    digest.call2(&subtle, &"SHA-256".into(), bytes).ok()?.dyn_into().ok()
}
