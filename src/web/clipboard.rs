//! The text of a paste, exactly as the clipboard has it.

use js_sys::{Function, JsString, Reflect};
use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;

use super::gathering::{self, Chosen};
use crate::text::Utf16Offset;

/// Pasted text. Line ends and invisible characters are as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The text; U+FFFD stands for each half of a surrogate pair that came alone.
    pub text: String,
    /// Where such halves were. They are no characters and cannot be written to a file, so they are replaced and
    /// reported.
    pub lone_surrogates: Vec<Utf16Offset>,
    /// The same as HTML, if it was copied from a page.
    pub html: Option<String>,
}

/// The plain text of a paste; `None` if the clipboard holds something else, such as an image.
#[must_use]
pub fn pasted(event: &ClipboardEvent) -> Option<Pasted> {
    let data = event.clipboard_data()?;
    // By name, because the typed method turns the text into a Rust string and hides what that replaces.
    let get: Function = Reflect::get(&data, &"getData".into()).ok()?.dyn_into().ok()?;
    let of = |kind: &str| -> Option<JsString> {
        let text: JsString = get.call1(&data, &kind.into()).ok()?.dyn_into().ok()?;
        (text.length() > 0).then_some(text)
    };
    let html = of("text/html").map(String::from);
    Some(Pasted { html, ..decode(&of("text/plain")?) })
}

/// A string of the browser as text, with the places where it is none.
#[must_use]
pub fn decode(string: &JsString) -> Pasted {
    let text = String::from(string);
    // Whatever is replaced leaves this behind, so almost every text is known to be whole without a second look.
    let lone_surrogates = if text.contains('\u{fffd}') { lone_surrogates(string.iter()) } else { Vec::new() };
    Pasted { text, lone_surrogates, html: None }
}

/// Files on the clipboard, as a file manager puts them there.
#[must_use]
pub fn files(event: &ClipboardEvent) -> Vec<Chosen> {
    let listed = event.clipboard_data().and_then(|data| data.files());
    listed.map(|list| gathering::listed(&list)).unwrap_or_default()
}

fn lone_surrogates(units: impl Iterator<Item = u16>) -> Vec<Utf16Offset> {
    let mut at = 0;
    let mut found = Vec::new();
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => at += c.len_utf16() as u32,
            Err(_) => {
                found.push(Utf16Offset::new(at));
                at += 1;
            }
        }
    }
    found
}
