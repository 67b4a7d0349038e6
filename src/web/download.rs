//! Handing a file to the annotator.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The browser reads the bytes after the click, when it is ready to; a minute is ample even where it first asks
/// where to put the file.
const KEPT_FOR_MS: u32 = 60_000;

/// The browser would not make a file of the bytes, for want of memory as a rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the browser could not make the file {name}")]
pub struct DownloadError {
    /// The file's name.
    pub name: String,
}

/// Saves bytes as a file among the browser's downloads. `media_type` is a MIME type such as `application/x-ndjson`.
///
/// # Errors
/// If the browser refuses.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), DownloadError> {
    offer(name, media_type, bytes).map_err(|_| DownloadError { name: name.into() })
}

fn offer(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)?;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;

    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    // Firefox follows only links that are in the page.
    document.body().ok_or(JsValue::UNDEFINED)?.append_child(&link)?;
    link.click();
    link.remove();
    Timeout::new(KEPT_FOR_MS, move || {
        // An address that is gone already needs no revoking.
        let _ = Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
