//! Has the sheets of a long article that a jump brings into view laid out for the very next picture. A browser that
//! spares itself what nobody sees finds out one picture late that it is seen, and that one would be blank.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlCollection};

/// The attribute of sheets that are laid out because they are seen.
const SEEN: &str = "data-seen";

/// Lays out what comes into view whenever `scroller` has been scrolled, as long as the reactive owner lives. The sheets
/// are the children of `article`.
pub(super) fn watch(article: &Element, scroller: &Element) {
    let on_scroll = Closure::<dyn FnMut()>::new({
        let (article, scroller) = (article.clone(), scroller.clone());
        move || lay_out(&article, &scroller)
    });
    let scrolled: &js_sys::Function = on_scroll.as_ref().unchecked_ref();
    if scroller.add_event_listener_with_callback("scroll", scrolled).is_err() {
        return;
    }
    let kept = StoredValue::new_local((scroller.clone(), on_scroll));
    on_cleanup(move || {
        kept.try_with_value(|(scroller, on_scroll)| {
            // What was listening is taken away; that it was not there would do no harm.
            let _ =
                scroller.remove_event_listener_with_callback("scroll", on_scroll.as_ref().unchecked_ref());
        });
    });
}

/// Lays out the sheets in view, and leaves those to the browser that have gone out of it.
pub(super) fn lay_out(article: &Element, scroller: &Element) {
    let sheets = article.children();
    let view = scroller.get_bounding_client_rect();
    let first = first_below(&sheets, view.top());
    let in_view = (first..sheets.length()).map_while(|index| {
        sheets.item(index).filter(|sheet| sheet.get_bounding_client_rect().top() < view.bottom())
    });
    let in_view: Vec<Element> = in_view.collect();
    if let Ok(seen) = article.query_selector_all(&format!(":scope > [{SEEN}]")) {
        let gone = (0..seen.length()).filter_map(|index| seen.item(index)?.dyn_into::<Element>().ok());
        for sheet in gone.filter(|sheet| !in_view.contains(sheet)) {
            let _ = sheet.remove_attribute(SEEN);
        }
    }
    for sheet in in_view {
        // The name is valid.
        let _ = sheet.toggle_attribute_with_force(SEEN, true);
    }
}

/// The number of the first sheet that ends below a height: they stand one below the other.
fn first_below(sheets: &HtmlCollection, height: f64) -> u32 {
    let (mut from, mut to) = (0, sheets.length());
    while from < to {
        let middle = from.midpoint(to);
        let ends = sheets.item(middle).map(|sheet| sheet.get_bounding_client_rect().bottom());
        if ends.is_some_and(|end| end <= height) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}
