//! What the annotator has told the browser about language and looks.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{MediaQueryList, Storage};

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

/// Where the browser notes which project was open.
const PROJECT: &str = "misam-project";

/// The database of the project that was open in this tab, or else in the tab before it.
#[must_use]
pub fn last_project() -> Option<String> {
    let window = web_sys::window()?;
    let noted = |storage: Result<Option<Storage>, JsValue>| storage.ok()??.get_item(PROJECT).ok()?;
    noted(window.session_storage()).or_else(|| noted(window.local_storage()))
}

/// Notes which project is open. Where the browser notes nothing, the first one is opened next time.
pub fn note_project(database: &str) {
    let Some(window) = web_sys::window() else { return };
    for storage in [window.session_storage(), window.local_storage()].into_iter().flatten().flatten() {
        // A full or refused storage only means that another project comes up first.
        let _ = storage.set_item(PROJECT, database);
    }
}

fn media(query: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(query).ok().flatten()
}
