//! One of a few, as a row of buttons: a radio group, or tabs. With the keyboard the row is one stop: Tab leads to the one
//! that is chosen, arrows lead on to its neighbours and choose them, Home and End the first and the last (WAI-ARIA
//! Authoring Practices).

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What a row of segments is to programs that read pages out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum SegmentRole {
    /// One of several answers.
    Radio,
    /// One of several sides of a dialog. The chosen one has the keyboard when the dialog opens.
    Tab,
}

/// One of the buttons. The element they stand in has to [`steer`] by the keys.
pub(in crate::ui) fn segment(
    role: SegmentRole,
    testid: &'static str,
    name: impl Fn() -> &'static str + Send + Sync + 'static,
    is_chosen: impl Fn() -> bool + Copy + Send + Sync + 'static,
    choose: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    let is_tab = role == SegmentRole::Tab;
    let said = move |wanted: bool| (is_tab == wanted).then(|| is_chosen().to_string());
    view! {
        <button
            type="button"
            class="segment"
            role=if is_tab { "tab" } else { "radio" }
            data-testid=testid
            autofocus=is_tab && untrack(is_chosen)
            tabindex=move || if is_chosen() { "0" } else { "-1" }
            aria-checked=move || said(false)
            aria-selected=move || said(true)
            on:click=move |_| choose()
        >
            {name}
        </button>
    }
    .into_any()
}

/// Leads from segment to segment by the keys. For `on:keydown` of what holds them.
pub(in crate::ui) fn steer(event: &KeyboardEvent) {
    let held = event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some((target, group)) = target.zip(event.current_target()).filter(|_| !held) else {
        return;
    };
    let group: Element = group.unchecked_into();
    let Ok(found) = group.query_selector_all(".segment") else {
        return;
    };
    let segments: Vec<HtmlElement> =
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
    let Some(at) = segments.iter().position(|segment| **segment == target) else {
        return;
    };
    let last = segments.len() - 1;
    let onwards = if at == last { 0 } else { at + 1 };
    let back = at.checked_sub(1).unwrap_or(last);
    // The row runs as the page does.
    let is_leftwards = group
        .closest("[dir]")
        .ok()
        .flatten()
        .is_some_and(|side| side.get_attribute("dir").is_some_and(|direction| direction == "rtl"));
    let to = match event.key().as_str() {
        "ArrowDown" => onwards,
        "ArrowUp" => back,
        "ArrowLeft" if is_leftwards => onwards,
        "ArrowRight" if !is_leftwards => onwards,
        "ArrowLeft" | "ArrowRight" => back,
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    // What the key does elsewhere, in the text or in the dialog, it does not do here.
    event.prevent_default();
    event.stop_propagation();
    if let Some(segment) = segments.get(to) {
        segment.click();
        // A button takes the focus.
        let _ = segment.focus();
    }
}
