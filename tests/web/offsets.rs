//! The core counts UTF-16 code units the way the browser does.

use js_sys::JsString;
use misam::text::{ByteOffset, SourceText};
use wasm_bindgen_test::wasm_bindgen_test;

const AWKWARD: &str = "مُحَمَّدـــ 😀👨‍👩‍👧\r\n«A320» ١٢٫٥ 𐎠";

#[wasm_bindgen_test]
fn a_texts_length_is_the_browsers() {
    let source = SourceText::new(AWKWARD);
    assert_eq!(source.len_utf16().get(), JsString::from(AWKWARD).length());
}

#[wasm_bindgen_test]
fn every_offset_cuts_where_the_browser_cuts() {
    let source = SourceText::new(AWKWARD);
    let in_browser = JsString::from(AWKWARD);
    for (at, _) in AWKWARD.char_indices() {
        let offset = source.utf16_before(ByteOffset::from(at)).expect("on a character boundary");
        assert_eq!(String::from(in_browser.slice(0, offset.get())), AWKWARD[..at]);
    }
}
