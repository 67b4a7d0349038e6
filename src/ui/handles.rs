//! The two ends of a selection as things to take hold of: a finger that has tapped a word draws it out by them.

use leptos::html;
use leptos::prelude::*;
use web_sys::{HtmlElement, PointerEvent};

use super::drawing::Drawing;
use super::frame;
use super::model::use_model;
use crate::app::{Command, Selection};
use crate::text::motion::Edge;
use crate::text::{ByteOffset, SourceText};
use crate::web::caret::Caret;
use crate::web::selection;

/// An end that a finger draws.
#[derive(Clone, Copy)]
struct Drawn {
    /// The end that stays.
    anchor: ByteOffset,
    /// Where the other end was when the finger took it.
    from: ByteOffset,
    /// How far the finger is from the place in the text that it means, in pixels.
    away: (f64, f64),
}

/// The handles of what a finger has selected.
#[component]
pub(super) fn Handles(
    article: NodeRef<html::Div>,
    overlay: NodeRef<html::Div>,
    text: SourceText,
    /// Counts what was painted.
    painted: RwSignal<u64>,
    /// True while a finger's selection stands.
    by_touch: RwSignal<bool>,
) -> impl IntoView {
    let model = use_model();
    let text = StoredValue::new(text);
    let ends = [NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new()];
    // Where in the window the two ends are.
    let places = StoredValue::new(None::<[Caret; 2]>);
    let drawn = StoredValue::new(None::<Drawn>);
    let selected = model.memo(|state| state.selection.filter(|selection| !selection.is_caret()));
    let resized = RwSignal::new(0u32);
    let listener = window_event_listener(leptos::ev::resize, move |_| resized.update(|count| *count += 1));
    on_cleanup(move || listener.remove());

    Effect::new(move || {
        painted.track();
        resized.track();
        let wanted = selected.get().filter(|_| by_touch.get()).map(Selection::range);
        // By then another article may be on the screen.
        let now = |node: NodeRef<html::Div>| node.try_get_untracked().flatten();
        let measure = move || {
            let origin = now(overlay)?.get_bounding_client_rect();
            let places = wanted.and_then(|range| {
                let element = now(article)?;
                text.try_with_value(|text| {
                    let shown = selection::Article { element: &element, text };
                    Some([shown.caret(range.start)?, shown.caret_after(range.end)?])
                })?
            });
            Some((places, origin))
        };
        frame::measure_then_place(measure, move |(found, origin)| {
            places.try_set_value(found);
            for (end, side) in ends.into_iter().zip([0, 1]) {
                let Some(end) = now(end) else { continue };
                super::caret::show(&end, found.is_some());
                if let Some(place) = found.and_then(|places| places.get(side).copied()) {
                    let height = place.bottom - place.top;
                    super::caret::place(&end, place.x - origin.x(), place.top - origin.y(), Some(height));
                }
            }
        });
    });

    let drawing = Drawing::new(article, overlay, text, move |to| {
        if let Some(Drawn { anchor, from, .. }) = drawn.get_value() {
            model.run(Command::Stretch { anchor, from, to });
        }
    });
    let take = move |edge: Edge, event: PointerEvent| {
        event.prevent_default();
        let selection = selected.get_untracked().map(Selection::range);
        let Some((range, [start, end])) = selection.zip(places.get_value()) else {
            return;
        };
        let (anchor, from, place) = match edge {
            Edge::Start => (range.end, range.start, start),
            Edge::End => (range.start, range.end, end),
        };
        // The finger may leave the handle: until it is lifted, what it does is told to the handle.
        let handle = event_target::<HtmlElement>(&event);
        let _ = handle.set_pointer_capture(event.pointer_id());
        let middle = f64::midpoint(place.top, place.bottom);
        let away = (f64::from(event.client_x()) - place.x, f64::from(event.client_y()) - middle);
        drawn.set_value(Some(Drawn { anchor, from, away }));
        drawing.begin(middle);
    };
    let draw = move |event: PointerEvent| {
        if let Some(Drawn { away, .. }) = drawn.get_value() {
            drawing.follow(f64::from(event.client_x()) - away.0, f64::from(event.client_y()) - away.1);
        }
    };
    let let_go = move |_: PointerEvent| {
        if drawn.get_value().is_some() {
            drawn.set_value(None);
            drawing.end();
            model.run(Command::Picked);
        }
    };
    let handle = move |edge: Edge, name: &'static str, node: NodeRef<html::Div>| {
        view! {
            <div
                class="handle"
                data-edge=name
                data-testid=format!("handle-{name}")
                aria-hidden="true"
                hidden=true
                node_ref=node
                on:pointerdown=move |event| take(edge, event)
                on:pointermove=draw
                on:pointerup=let_go
                on:pointercancel=let_go
            ></div>
        }
    };
    let [start, end] = ends;
    (handle(Edge::Start, "start", start), handle(Edge::End, "end", end))
}
