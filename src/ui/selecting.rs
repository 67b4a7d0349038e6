//! Keeps the browser's selection and the state's in step, and turns clicks into commands.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::edges::{Edges, span_under};
use super::frame;
use super::model::use_model;
use crate::app::{Command, Selection};
use crate::text::{ByteRange, SourceText};
use crate::web::selection;

/// A press that ends within so many pixels is a click and selects nothing.
const CLICK_REACH: i32 = 3;

/// Where the button went down in the text, in pixels of the window, while it is down and until the browser has told what
/// that selected.
pub(super) type Pressed = StoredValue<Option<(i32, i32)>>;

/// Listens to what the hand does in an article and shows in it what the state has selected.
pub(super) fn listen(
    article: NodeRef<html::Div>,
    text: SourceText,
    painted: RwSignal<u64>,
    pressed: Pressed,
    by_touch: RwSignal<bool>,
    edges: Edges,
) {
    let model = use_model();
    let text = StoredValue::new(text);
    let read = move || {
        let element = article.try_get_untracked()??;
        let (anchor, focus) =
            text.try_with_value(|text| selection::Article { element: &element, text }.selection())??;
        Some(Selection { anchor, focus })
    };
    let offset_at = move |x: i32, y: i32| {
        let element = article.try_get_untracked()??;
        let (x, y) = (f64::from(x), f64::from(y));
        text.try_with_value(|text| selection::Article { element: &element, text }.offset_at(x, y))?
    };
    let is_inside = move |event: &web_sys::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let article = article.try_get_untracked().flatten();
        target.zip(article).is_some_and(|(target, article)| article.contains(Some(&target)))
    };
    let moved = move |event: &web_sys::MouseEvent| {
        let (x, y) = (event.client_x(), event.client_y());
        pressed
            .get_value()
            .is_some_and(|(from_x, from_y)| (x - from_x).abs().max((y - from_y).abs()) > CLICK_REACH)
    };

    let changed = document_listener("selectionchange", move || {
        // The hand selects only with the button down; otherwise the state has the say. Where a press puts the caret, its
        // click says: the browser may find another letter, and tell of it behind the click.
        if pressed.get_value().is_some() {
            if let Some(selection) = read().filter(|selection| !selection.is_caret()) {
                model.run(Command::Select(selection));
            }
        } else if touch_selects()
            && let Some(selection) = read().filter(|selection| !selection.is_caret())
            && model.peek(|state| state.selection.map(Selection::range)) != Some(selection.range())
        {
            // Pressed long and drawn by the browser's own handles.
            by_touch.set(false);
            model.run(Command::Select(selection));
        }
    });
    // Counts how often the hand has let go.
    let released = RwSignal::new(0u64);
    // What the pointer that went down last is: its click says so only in newer browsers.
    let is_finger = StoredValue::new(false);
    let down = window_event_listener(leptos::ev::pointerdown, move |event| {
        is_finger.set_value(event.pointer_type() == "touch");
        let inside = event.button() == 0 && is_inside(&event);
        edges.forget();
        // A finger that goes down may only want to scroll.
        let holds = inside && !is_finger.get_value() && !edges.take(&event);
        pressed.set_value(holds.then(|| (event.client_x(), event.client_y())));
        if holds {
            by_touch.set(false);
        }
    });
    let up = window_event_listener(leptos::ev::pointerup, move |event| {
        if pressed.get_value().is_none() {
            return;
        }
        // After a mere click the browser may still hold what was selected before it.
        if let Some(selection) = read().filter(|_| moved(&event)) {
            model.run(Command::Select(selection));
            if !selection.is_caret() {
                model.run(Command::Picked);
            }
        }
    });
    let click = window_event_listener(leptos::ev::click, move |event| {
        let dragged = moved(&event);
        // The browser tells of the last selection only after this event. By then the article may have gone.
        let let_go = move || {
            let _ = pressed.try_set_value(None);
            // A key may have come meanwhile: what the state wants was not selected under the hand.
            let _ = released.try_update(|count| *count += 1);
        };
        set_timeout(let_go, std::time::Duration::ZERO);
        let drew_end = edges.forget();
        if !is_inside(&event) || event.detail() > 1 || dragged || drew_end || event.shift_key() {
            return;
        }
        if event.alt_key()
            && let Some(span) = model.peek(|state| span_under(&event, state.active.as_ref()))
        {
            model.run(Command::RemoveSpan(span));
            return;
        }
        let Some(offset) = offset_at(event.client_x(), event.client_y()) else {
            return;
        };
        if is_finger.get_value() {
            by_touch.set(true);
            model.run(Command::Tap(offset));
            model.run(Command::Picked);
        } else {
            // A busy browser tells only after the click where the press had put its caret; that is no wish any more.
            pressed.set_value(None);
            model.run(Command::Click(offset));
        }
    });
    let double = window_event_listener(leptos::ev::dblclick, move |event| {
        if !is_inside(&event) {
            return;
        }
        if let Some(offset) = offset_at(event.client_x(), event.client_y()) {
            pressed.set_value(None);
            by_touch.set(is_finger.get_value());
            model.run(Command::SelectWord(offset));
            model.run(Command::Picked);
        }
    });
    on_cleanup(move || {
        changed.dispose();
        down.remove();
        up.remove();
        click.remove();
        double.remove();
    });

    let wanted = model.memo(|state| state.selection);
    Effect::new(move || {
        painted.track();
        released.track();
        let Some(wanted) = wanted.get() else {
            return;
        };
        let select = move || {
            // By now another article may be on the screen.
            let element = article.try_get_untracked()??;
            let is_pressed = pressed.try_get_value().flatten().is_some();
            if !is_pressed && !typing_elsewhere() && read() != Some(wanted) {
                text.try_with_value(|text| {
                    selection::Article { element: &element, text }.select(wanted.anchor, wanted.focus);
                });
            }
            None::<()>
        };
        // A selection moves nothing, and a browser lays the page out before it takes one.
        frame::measure_then_place(select, |()| ());
    });
}

/// The scroller, and how many pixels it must go to bring a range that is drawn into the middle part of the view.
pub(super) fn way_to(article: &Element, text: &SourceText, range: ByteRange) -> Option<(Element, i32)> {
    let shown = selection::Article { element: article, text };
    let extent = match super::caret::first_rect(&shown, range) {
        Some(rect) => Some((rect.top(), rect.bottom())),
        None => shown.caret(range.start).map(|caret| (caret.top, caret.bottom)),
    };
    let scroller = article.closest(".article-scroll").ok().flatten()?;
    let (top, bottom) = extent?;
    let view = scroller.get_bounding_client_rect();
    let margin = (view.height() / 6.0).min(96.0);
    let above = top - (view.y() + margin);
    let below = bottom - (view.y() + view.height() - margin);
    let shift = if above < 0.0 { above } else { below.max(0.0) };
    (shift != 0.0).then(|| (scroller, shift.round() as i32))
}

/// True while a field or a dialog has the keyboard: the selection in it is not ours to move.
pub(super) fn typing_elsewhere() -> bool {
    let document = document();
    let in_dialog = document.query_selector("dialog[open]").ok().flatten().is_some();
    let in_field = document
        .active_element()
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
    in_dialog || in_field
}

/// On touch screens the handles of a selection move without a press that the page sees.
fn touch_selects() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches())
}

/// Gives the keyboard to the text, once what is on the screen has settled.
pub(super) fn focus_text() {
    request_animation_frame(|| {
        let article = document().query_selector("[data-testid=article]").ok().flatten();
        if let Some(article) = article.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // An element with a tabindex takes the focus.
            let _ = article.focus();
        }
    });
}

/// The article's element, if it has the focus or nothing has.
pub(super) fn text_has_focus() -> bool {
    let Some(active) = document().active_element() else {
        return true;
    };
    active.dyn_ref::<HtmlElement>().is_some_and(|element| element.id() == "article")
        || active.tag_name() == "BODY"
}

/// Listens to the document until it is disposed of.
fn document_listener(
    name: &'static str,
    act: impl Fn() + 'static,
) -> StoredValue<gloo::events::EventListener, LocalStorage> {
    StoredValue::new_local(gloo::events::EventListener::new(&document(), name, move |_| act()))
}
