//! Bytes of JavaScript that have been copied, or handed over, and are not needed any more.

use js_sys::{ArrayBuffer, Uint8Array};

/// Gives the memory of a buffer back at once. Who reads a long file goes through hundreds of buffers, and the browser would
/// come to collect them only after a hundred megabytes. Nobody may use the buffer after that.
pub(super) fn release(buffer: &ArrayBuffer) {
    // What is left is a buffer of nothing. Browsers that know no `ArrayBuffer.prototype.transfer` collect it in their time.
    let _ = buffer.transfer_with_length(0);
}

/// The bytes of a buffer, which is given back.
pub(super) fn taken(buffer: &ArrayBuffer) -> Vec<u8> {
    let bytes = Uint8Array::new(buffer).to_vec();
    release(buffer);
    bytes
}
