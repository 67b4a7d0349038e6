//! Text in older encodings, decoded by the browser: its tables cost no download.

use js_sys::Uint8Array;
use web_sys::{TextDecoder, TextDecoderOptions};

use crate::formats::Encoding;

/// The text of bytes in an encoding; `None` if they are not in it.
#[must_use]
pub fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let label = match encoding {
        Encoding::Utf16Le => "utf-16le",
        Encoding::Utf16Be => "utf-16be",
        Encoding::Windows1256 => "windows-1256",
        Encoding::Iso8859_6 => "iso-8859-6",
    };
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
    // A byte order mark is taken off by the decoder.
    decoder.decode_with_buffer_source(&Uint8Array::from(bytes)).ok()
}
