//! What the annotator has told the browser about language and looks.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::MediaQueryList;

const DARK: &str = "(prefers-color-scheme: dark)";

/// The browser's languages as BCP 47 tags, the preferred one first.
#[must_use]
pub fn languages() -> Vec<String> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let listed: Array = window.navigator().languages().unchecked_into();
    listed.iter().filter_map(|tag| tag.as_string()).collect()
}

/// True if the system shows dark pages.
#[must_use]
pub fn prefers_dark() -> bool {
    media(DARK).is_some_and(|query| query.matches())
}

/// Tells when the system turns dark (`true`) or light, for as long as the watch is kept.
pub fn watch_dark(mut on_change: impl FnMut(bool) + 'static) -> Option<Watch> {
    let query = media(DARK)?;
    let closure = Closure::new({
        let query = query.clone();
        move |_| on_change(query.matches())
    });
    query.set_onchange(Some(closure.as_ref().unchecked_ref()));
    Some(Watch { query, _closure: closure })
}

/// A media query that is listened to. Dropping it ends that.
pub struct Watch {
    query: MediaQueryList,
    _closure: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.query.set_onchange(None);
    }
}

fn media(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}
