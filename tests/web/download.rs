//! What is saved reaches the browser's downloads under its name.

use js_sys::Uint8Array;
use misam::web::download::save;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlAnchorElement, Response};

use crate::stage::{Heard, document};

#[wasm_bindgen_test]
async fn a_file_is_offered_under_its_arabic_name_with_exactly_its_bytes() {
    let heard = Heard::new();
    let listener = Closure::<dyn FnMut(Event)>::new({
        let heard = heard.clone();
        move |event: Event| {
            event.prevent_default();
            let link: HtmlAnchorElement = event.target().unwrap().unchecked_into();
            heard.hear((link.download(), link.href()));
        }
    });
    let page = document();
    page.add_event_listener_with_callback("click", listener.as_ref().unchecked_ref()).unwrap();
    let bytes = "{\"text\":\"زار\r\n\"}\n".as_bytes();
    save("أخبار.jsonl", "application/x-ndjson", bytes).unwrap();
    page.remove_event_listener_with_callback("click", listener.as_ref().unchecked_ref()).unwrap();

    let [(name, address)] = heard.all().try_into().unwrap();
    assert_eq!(name, "أخبار.jsonl");
    let window = web_sys::window().unwrap();
    let response: Response = JsFuture::from(window.fetch_with_str(&address)).await.unwrap().unchecked_into();
    let buffer = JsFuture::from(response.array_buffer().unwrap()).await.unwrap();
    assert_eq!(Uint8Array::new(&buffer).to_vec(), bytes);
    assert_eq!(page.query_selector("a[download]").unwrap(), None, "the link does not stay in the page");
}
