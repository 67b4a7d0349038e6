//! The caret, and the answers to the active suggestion beside it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::edges::{EdgeGrip, Edges};
use super::frame;
use super::handles::Handles;
use super::labels::name_of;
use super::model::use_model;
use super::widgets::IconButton;
use crate::annotation::Origin;
use crate::app::{Command, Text};
use crate::text::{ByteRange, SourceText};
use crate::web::selection;

/// A place over the text, in pixels from the overlay's corner.
struct Spot {
    x: f64,
    y: f64,
    height: f64,
}

/// Pixels above a mark that the pop-up needs; where there are fewer, it comes below.
const POPUP_ROOM: f64 = 56.0;

/// What lies over the text: pieces at places that are measured, so that they move nothing in it.
#[component]
pub(super) fn Caret(
    article: NodeRef<html::Div>,
    overlay: NodeRef<html::Div>,
    text: SourceText,
    painted: RwSignal<u64>,
    /// True while a finger's selection stands.
    by_touch: RwSignal<bool>,
    edges: Edges,
) -> impl IntoView {
    let model = use_model();
    let caret = NodeRef::<html::Div>::new();
    let popup = NodeRef::<html::Div>::new();
    let focus = model.memo(|state| state.selection.map(|selection| selection.focus));
    let active = model.memo(|state| {
        let span = state.active_span()?;
        Some((span.id.clone(), span.range, span.label.clone(), span.origin))
    });
    let resized = RwSignal::new(0u32);
    let listener = window_event_listener(leptos::ev::resize, move |_| resized.update(|count| *count += 1));
    // What the pointer is over. A style sheet could say it, but then the browser looked through the whole article after
    // every edit.
    let under = StoredValue::new_local(None::<Element>);
    let tell_beside = move || {
        let is_beside = under.try_with_value(|under| {
            let mark = under.as_ref()?.closest(".article .mark[data-focus]").ok()?;
            mark.map(drop)
        });
        if let Some(popup) = popup.try_get_untracked().flatten() {
            // The name is valid, so setting the attribute does not fail.
            let _ = popup.toggle_attribute_with_force("data-beside", is_beside.flatten().is_some());
        }
    };
    let over = window_event_listener(leptos::ev::pointerover, move |event| {
        under.try_set_value(event.target().and_then(|target| target.dyn_into().ok()));
        tell_beside();
    });
    on_cleanup(move || {
        listener.remove();
        over.remove();
    });

    let handles = view! { <Handles article overlay text=text.clone() painted by_touch /> };
    Effect::new(move || {
        painted.track();
        resized.track();
        let (focus, active) = (focus.get(), active.get());
        let text = text.clone();
        // By then another article may be on the screen.
        let now = |node: NodeRef<html::Div>| node.try_get_untracked().flatten();
        let measure = move || {
            let (element, overlay) = (now(article)?, now(overlay)?);
            let shown = selection::Article { element: &element, text: &text };
            let origin = overlay.get_bounding_client_rect();
            let caret = focus.and_then(|focus| shown.caret(focus)).map(|at| Spot {
                x: at.x - origin.x(),
                y: at.top - origin.y(),
                height: at.bottom - at.top,
            });
            let popup = active.and_then(|(_, range, ..)| first_rect(&shown, range)).map(|rect| {
                let scroller = element.closest(".article-scroll").ok().flatten();
                let top = scroller.map_or(0.0, |scroller| scroller.get_bounding_client_rect().top());
                let x = rect.x() + rect.width() / 2.0 - origin.x();
                let spot = Spot { x, y: rect.top() - origin.y(), height: rect.height() };
                (spot, rect.top() - top < POPUP_ROOM)
            });
            Some((caret, popup, origin.width()))
        };
        frame::measure_then_place(measure, move |(at, beside, width)| {
            if let Some(caret) = now(caret) {
                show(&caret, at.is_some());
                if let Some(at) = at {
                    place(&caret, at.x, at.y, Some(at.height));
                }
            }
            // The span under the pointer may have become the active one, or no longer be it.
            tell_beside();
            if let Some(popup) = now(popup) {
                show(&popup, beside.is_some());
                if let Some((mark, below)) = beside {
                    // The name is valid, so setting the attribute does not fail.
                    let _ = popup.toggle_attribute_with_force("data-below", below);
                    place(&popup, mark.x, if below { mark.y + mark.height } else { mark.y }, None);
                    // What it must stay within, for the style sheet; a length written by this page is valid.
                    let style = web_sys::HtmlElement::style(&popup);
                    let _ = style.set_property("--within", &format!("{width}px"));
                }
            }
        });
    });

    let is_suggestion =
        Memo::new(move |_| active.get().is_some_and(|(.., origin)| origin == Origin::Suggested));
    let label =
        Memo::new(move |_| active.get().map(|(_, _, label, _)| label.to_string()).unwrap_or_default());
    let name = move || {
        let language = model.language.get();
        active.get().map(|(_, _, label, _)| model.with(|state| name_of(state.schema(), &label, language)))
    };
    view! {
        <div class="article-overlay" node_ref=overlay>
            <div class="caret" node_ref=caret></div>
            <EdgeGrip edges overlay />
            {handles}
            <div class="mark-popup" id="mark-popup" node_ref=popup hidden=true>
                <span class="label-chip" data-label=label lang="en">
                    {label}
                </span>
                <span>{name}</span>
                <Show when=move || is_suggestion.get()>
                    <IconButton
                        icon="accept"
                        name=Signal::derive(model.text(Text::Accept))
                        testid="accept"
                        on_press=move |_| model.run(Command::Accept)
                    />
                </Show>
                <IconButton
                    icon="reject"
                    name=Signal::derive(move || {
                        let text = if is_suggestion.get() { Text::Reject } else { Text::Delete };
                        model.language.get().text(text)
                    })
                    testid="remove"
                    on_press=move |_| model.run(Command::Remove)
                />
            </div>
        </div>
    }
}

/// The rectangle of the first line of a range that is drawn.
pub(super) fn first_rect(shown: &selection::Article<'_>, range: ByteRange) -> Option<web_sys::DomRect> {
    shown.dom_range(range)?.get_client_rects()?.get(0)
}

/// Shows an element, or hides it. To hide what is hidden has the browser work out its style again.
pub(super) fn show(element: &web_sys::HtmlElement, is_shown: bool) {
    if element.hidden() == is_shown {
        element.set_hidden(!is_shown);
    }
}

/// Puts an element of the overlay to its place.
pub(super) fn place(element: &web_sys::HtmlElement, x: f64, y: f64, block: Option<f64>) {
    let style = element.style();
    // Lengths written by this page are valid.
    let _ = style.set_property("--x", &format!("{x}px"));
    let _ = style.set_property("--y", &format!("{y}px"));
    if let Some(block) = block {
        let _ = style.set_property("--block", &format!("{block}px"));
    }
}
