//! Keys in the search: down from the words into the list of places and up again, and from place to place.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The field of the words that are looked for.
const WORDS: &str = ".search-input";

/// A place in the list.
const ROW: &str = ".hit";

/// True if a key was pressed in the field of the words.
pub(super) fn is_in_words(event: &KeyboardEvent) -> bool {
    is(&event_target(event), WORDS)
}

/// True if a key was pressed on a row itself, and not on what stands in it.
pub(super) fn is_on_row(event: &KeyboardEvent) -> bool {
    is(&event_target(event), ROW)
}

/// True if a key was pressed where it writes or chooses something.
pub(super) fn writes(event: &KeyboardEvent) -> bool {
    let target: Element = event_target(event);
    matches!(target.tag_name().as_str(), "SELECT" | "TEXTAREA")
        || (target.tag_name() == "INPUT" && target.get_attribute("type").as_deref() != Some("checkbox"))
}

/// True if a key is Enter and nothing more.
pub(super) fn is_enter(event: &KeyboardEvent) -> bool {
    matches!(event.code().as_str(), "Enter" | "NumpadEnter") && is_bare(event)
}

/// Takes the focus from row to row of the list. True if the key was one for that.
pub(super) fn walk(event: &KeyboardEvent, list: Option<Element>) -> bool {
    let is_down = match event.code().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return false,
    };
    let Some(list) = list.filter(|_| is_bare(event)) else { return false };
    let target: Element = event_target(event);
    let to = match (target.closest(ROW).ok().flatten(), is_down) {
        (Some(row), true) => row.next_element_sibling().filter(|next| is(next, ROW)),
        (Some(row), false) => {
            let before = row.previous_element_sibling().filter(|before| is(before, ROW));
            // Rows that are not drawn yet are above as well.
            before.or_else(|| (list.scroll_top() < row.client_height()).then(|| words_of(&list)).flatten())
        }
        (None, true) if target == list || is(&target, WORDS) => list.query_selector(ROW).ok().flatten(),
        _ => return false,
    };
    if let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) {
        // An element that has just left the page takes no focus, and need not.
        let _ = to.focus();
    }
    true
}

/// The field of the words above a list.
fn words_of(list: &Element) -> Option<Element> {
    list.closest("dialog").ok()??.query_selector(WORDS).ok()?
}

fn is(element: &Element, selector: &str) -> bool {
    element.matches(selector).unwrap_or(false)
}

/// True if no other key is held, and no word is being put together.
fn is_bare(event: &KeyboardEvent) -> bool {
    let with_others = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    !with_others && !event.is_composing()
}
