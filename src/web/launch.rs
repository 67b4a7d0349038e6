//! Files that the system hands to an installed page: opened from a folder, with Misam as their program.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

/// Takes the files the page was or will be opened with. The browsers that have no such thing hand none over.
pub fn on_files(take: impl Fn(Vec<File>) + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    let Ok(queue) = Reflect::get(&window, &"launchQueue".into()) else { return };
    let Some(set_consumer) = function(&queue, "setConsumer") else { return };
    let consumer = Closure::<dyn FnMut(JsValue)>::new(move |launch: JsValue| {
        let handles = Reflect::get(&launch, &"files".into()).unwrap_or_default();
        let handles = handles.dyn_into::<Array>().unwrap_or_default();
        let take = take.clone();
        spawn_local(async move {
            let mut files = Vec::new();
            for handle in handles.iter() {
                if let Some(file) = file_of(&handle).await {
                    files.push(file);
                }
            }
            if !files.is_empty() {
                take(files);
            }
        });
    });
    // It refuses nothing but what is no function.
    let _ = set_consumer.call1(&queue, &consumer.into_js_value());
}

/// The file behind a handle; nothing if it has gone or may not be read.
async fn file_of(handle: &JsValue) -> Option<File> {
    let asked = function(handle, "getFile")?.call0(handle).ok()?.dyn_into::<Promise>().ok()?;
    JsFuture::from(asked).await.ok()?.dyn_into().ok()
}

fn function(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}
