//! What the annotator has told the browser: languages, and which project was open.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::Storage;

/// The browser's languages as BCP 47 tags, the preferred one first.
#[must_use]
pub fn languages() -> Vec<String> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let listed: Array = window.navigator().languages().unchecked_into();
    listed.iter().filter_map(|tag| tag.as_string()).collect()
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
