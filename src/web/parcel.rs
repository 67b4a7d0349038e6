//! Messages between page and worker: an array of the note and the bytes beside it. The bytes are handed over, not
//! copied once more.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;

use crate::work::Parcel;

/// The message, and the buffers in it that are handed over with it.
pub(super) fn close(parcel: &Parcel<&[u8]>) -> (Array, Array) {
    let message = Array::of1(&parcel.note.as_str().into());
    let buffers = Array::new();
    for bytes in &parcel.cargo {
        let bytes = Uint8Array::from(*bytes);
        buffers.push(&bytes.buffer());
        message.push(&bytes);
    }
    (message, buffers)
}

/// What a message holds; `None` if it has another form.
pub(super) fn open(message: &JsValue) -> Option<Parcel<Vec<u8>>> {
    let mut parts = message.dyn_ref::<Array>()?.iter();
    let note = parts.next()?.as_string()?;
    let cargo = parts.map(|part| Some(part.dyn_ref::<Uint8Array>()?.to_vec())).collect::<Option<_>>()?;
    Some(Parcel { note, cargo })
}
