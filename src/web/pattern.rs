//! Regular expressions, as the browser understands them: the page carries no engine of its own.

use js_sys::{Array, JsString, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

use crate::text::{ByteRange, SourceText, Utf16Offset};

/// A regular expression (ECMAScript, with the flags `g`, `u` and `m`).
#[derive(Debug)]
pub struct Pattern(RegExp);

impl Pattern {
    /// Reads an expression.
    ///
    /// # Errors
    /// In the browser's words, if it is none.
    pub fn new(expression: &str) -> Result<Self, String> {
        let arguments = Array::of2(&expression.into(), &"gum".into());
        let made = Reflect::get(&js_sys::global(), &"RegExp".into())
            .and_then(JsCast::dyn_into::<js_sys::Function>)
            .and_then(|constructor| Reflect::construct(&constructor, &arguments));
        match made.map(JsValue::dyn_into::<RegExp>) {
            Ok(Ok(pattern)) => Ok(Self(pattern)),
            Ok(Err(other)) | Err(other) => Err(reason(&other)),
        }
    }

    /// All places where it matches something, in order, at most `most`. A match that cuts a letter is widened to whole
    /// letters with their marks.
    #[must_use]
    pub fn find_all(&self, text: &SourceText, most: usize) -> Vec<ByteRange> {
        let mut found: Vec<ByteRange> = Vec::new();
        let hits = JsString::from(text.as_str()).match_all(&self.0);
        while let Ok(step) = hits.next() {
            if step.done() || found.len() == most {
                break;
            }
            let hit = step.value();
            let start = Reflect::get(&hit, &"index".into()).ok().and_then(|index| index.as_f64());
            let matched =
                Reflect::get_u32(&hit, 0).ok().and_then(|matched| matched.dyn_into::<JsString>().ok());
            let Some((start, length)) = start.zip(matched.map(|matched| matched.length())) else {
                break;
            };
            let byte = |at: u32| text.byte_of_utf16(Utf16Offset::new(at));
            let start = start as u32;
            if let Some((start, end)) = byte(start).zip(byte(start + length)).filter(|_| length > 0) {
                found.push(ByteRange { start: text.grapheme_floor(start), end: text.grapheme_ceil(end) });
            }
        }
        found.dedup_by(|later, earlier| later.start < earlier.end);
        found
    }
}

fn reason(thrown: &JsValue) -> String {
    let message = Reflect::get(thrown, &"message".into()).ok().and_then(|message| message.as_string());
    message.unwrap_or_else(|| format!("{thrown:?}"))
}
