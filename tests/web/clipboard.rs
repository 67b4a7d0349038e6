//! Pasted text comes in as it is.

use js_sys::JsString;
use misam::text::Utf16Offset;
use misam::web::clipboard::{Pasted, decode, pasted};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{ClipboardEvent, DataTransfer};

fn paste_event(kind: &str, text: &str) -> ClipboardEvent {
    let data = DataTransfer::new().unwrap();
    data.set_data(kind, text).unwrap();
    let init = js_sys::Object::new();
    js_sys::Reflect::set(&init, &"clipboardData".into(), &data).unwrap();
    ClipboardEvent::new_with_event_init_dict("paste", init.unchecked_ref()).unwrap()
}

#[wasm_bindgen_test]
fn line_ends_and_invisible_characters_are_kept() {
    let text = "سطر\r\nآخر\tـ\u{200f}\u{fffd}😀\r";
    let pasted = pasted(&paste_event("text/plain", text)).unwrap();
    assert_eq!(pasted, Pasted { text: text.into(), lone_surrogates: Vec::new(), html: None });
}

#[wasm_bindgen_test]
fn a_clipboard_without_text_is_none() {
    assert_eq!(pasted(&paste_event("text/html", "<b>x</b>")), None);
}

#[wasm_bindgen_test]
fn halves_of_surrogate_pairs_are_replaced_and_reported() {
    let units = [0x0628, 0xd83d, 0x0629, 0xd83d, 0xde00, 0xde00, 0xfffd];
    let string = JsString::from_char_code(&units);
    let decoded = decode(&string);
    assert_eq!(decoded.text, "ب\u{fffd}ة😀\u{fffd}\u{fffd}");
    assert_eq!(decoded.lone_surrogates, [Utf16Offset::new(1), Utf16Offset::new(5)]);
}
