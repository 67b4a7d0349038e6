//! The ends of spans as things to take hold of with the mouse: one drag moves an end, of whatever span is under the
//! pointer.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent};

use super::drawing::Drawing;
use super::frame;
use super::model::{Model, use_model};
use crate::annotation::SpanId;
use crate::app::Command;
use crate::schema::LabelCode;
use crate::text::motion::{Edge, Unit};
use crate::text::{ByteOffset, SourceText};
use crate::web::caret::{Caret, Ends};
use crate::web::selection;

/// So far inside its mark an end can be taken hold of, in pixels.
const INSIDE: f64 = 5.0;

/// So far outside. Beyond lies the word beside it, which may be meant as well.
const OUTSIDE: f64 = 3.0;

/// A press that moves no further than so many pixels is a click.
const CLICK_REACH: i32 = 3;

/// An end of a span that the pointer is at.
#[derive(Clone, PartialEq)]
pub(super) struct Grip {
    span: SpanId,
    label: LabelCode,
    edge: Edge,
    /// The paragraph it is in.
    paragraph: usize,
    /// Where it is in the window.
    place: Caret,
}

/// An end with the button down on it.
#[derive(Clone)]
struct Held {
    span: SpanId,
    edge: Edge,
    /// The paragraph it is in.
    paragraph: usize,
    /// Where the button went down.
    from: (i32, i32),
    /// How far that is from the end, in pixels.
    away: f64,
    /// True once it has been drawn anywhere.
    is_drawn: bool,
}

/// The ends of the spans of an article. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Edges {
    model: Model,
    article: NodeRef<html::Div>,
    text: StoredValue<SourceText>,
    drawing: Drawing,
    /// The end under the pointer.
    grip: RwSignal<Option<Grip>>,
    /// The end that is held; until the click that follows has been told.
    held: StoredValue<Option<Held>>,
    by_letter: StoredValue<bool>,
    /// Where the pointer was last, while the next picture is awaited to look what is there.
    looking: StoredValue<Option<(i32, i32)>>,
}

impl Edges {
    /// The ends of the spans of an article, under what lies over its text.
    pub(super) fn new(article: NodeRef<html::Div>, overlay: NodeRef<html::Div>, text: SourceText) -> Self {
        let model = use_model();
        let text = StoredValue::new(text);
        let (held, by_letter) = (StoredValue::new(None::<Held>), StoredValue::new(false));
        let drawing = Drawing::new(article, overlay, text, move |to: ByteOffset| {
            if let Some(Held { span, edge, .. }) = held.get_value() {
                let unit = if by_letter.get_value() { Unit::Letter } else { Unit::Word };
                model.run(Command::Draw { span, edge, to, unit });
            }
        });
        let (grip, looking) = (RwSignal::new(None), StoredValue::new(None));
        Self { model, article, text, drawing, grip, held, by_letter, looking }
    }

    /// Follows the pointer for as long as the article is on the screen.
    pub(super) fn listen(self) {
        let moved = window_event_listener(leptos::ev::pointermove, move |event| self.moved(&event));
        let up = window_event_listener(leptos::ev::pointerup, move |_| self.let_go());
        let lost = window_event_listener(leptos::ev::pointercancel, move |_| self.lost());
        // With the button down on an end, the browser is not to select text.
        let down = window_event_listener(leptos::ev::mousedown, move |event| {
            if self.is_held() {
                event.prevent_default();
                self.take_focus();
            }
        });
        on_cleanup(move || {
            moved.remove();
            up.remove();
            lost.remove();
            down.remove();
        });
    }

    /// The button goes down in the article; true if it took hold of an end. With Ctrl or Shift it selects text there as
    /// elsewhere.
    pub(super) fn take(self, event: &PointerEvent) -> bool {
        let selects = event.ctrl_key() || event.meta_key() || event.shift_key();
        let from = (event.client_x(), event.client_y());
        let grip = if selects { None } else { self.grip_at(from.0, from.1) };
        let held = grip.map(|Grip { span, edge, paragraph, place, .. }| {
            self.drawing.begin(f64::from(from.1));
            Held { span, edge, paragraph, from, away: f64::from(from.0) - place.x, is_drawn: false }
        });
        let is_held = held.is_some();
        self.held.set_value(held);
        is_held
    }

    /// Forgets the end that was held; true if it was drawn, so that the click that ends it is none.
    pub(super) fn forget(self) -> bool {
        self.held.try_update_value(Option::take).flatten().is_some_and(|held| held.is_drawn)
    }

    fn is_held(self) -> bool {
        self.held.try_with_value(Option::is_some) == Some(true)
    }

    fn moved(self, event: &PointerEvent) {
        if self.drawing.is_on() {
            self.draw(event);
        } else if event.buttons() != 0 || event.pointer_type() == "touch" || !self.is_over(event) {
            self.looking.set_value(None);
            self.show(None);
        } else {
            let at = (event.client_x(), event.client_y());
            // One look a picture is enough.
            if self.looking.try_update_value(|last| last.replace(at)).flatten().is_none() {
                self.look();
            }
        }
    }

    fn is_over(self, event: &PointerEvent) -> bool {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let article = self.article.try_get_untracked().flatten();
        target.zip(article).is_some_and(|(target, article)| article.contains(Some(&target)))
    }

    fn look(self) {
        let look = move || {
            let (x, y) = self.looking.try_update_value(Option::take)??;
            Some(self.grip_at(x, y))
        };
        frame::measure_then_place(look, move |grip| self.show(grip));
    }

    fn show(self, grip: Option<Grip>) {
        if self.grip.try_with_untracked(|shown| *shown != grip) == Some(true) {
            self.grip.set(grip);
        }
    }

    fn draw(self, event: &PointerEvent) {
        let Some(held) = self.held.get_value() else {
            return;
        };
        let (x, y) = (event.client_x(), event.client_y());
        if !held.is_drawn {
            let (from_x, from_y) = held.from;
            if (x - from_x).abs().max((y - from_y).abs()) <= CLICK_REACH {
                return;
            }
            // The pointer may leave the line: until the button is up, it looks as it does there.
            if let Some(paragraph) = self.paragraph(held.paragraph) {
                let _ = paragraph.set_pointer_capture(event.pointer_id());
            }
            self.held.set_value(Some(Held { is_drawn: true, ..held.clone() }));
            self.grip.set(None);
        } else if self.model.peek(|state| state.drawn.is_none()) {
            // The Escape key has let go of everything.
            return self.stop();
        }
        self.by_letter.set_value(event.alt_key());
        self.drawing.follow(f64::from(x) - held.away, f64::from(y));
    }

    /// The button is up: the end stays where it was drawn.
    fn let_go(self) {
        if self.drawing.is_on() {
            self.stop();
            if self.held.with_value(|held| held.as_ref().is_some_and(|held| held.is_drawn)) {
                self.model.run(Command::LetGo);
            }
        }
    }

    /// The pointer was taken from the hand: nothing has been drawn.
    fn lost(self) {
        if self.drawing.is_on() {
            self.stop();
            self.model.run(Command::Release);
        }
    }

    fn stop(self) {
        self.drawing.end();
        // Told also if it was not shown: the pointer looks different while an end is drawn.
        self.grip.set(None);
    }

    fn paragraph(self, index: usize) -> Option<Element> {
        let article = self.article.try_get_untracked()??;
        self.text.try_with_value(|text| selection::Article { element: &article, text }.paragraph(index))?
    }

    /// The paragraph over which the pointer shows that an end can be drawn, or is.
    fn pointed(self) -> Option<usize> {
        let drawn = || self.held.with_value(|held| held.as_ref().map(|held| held.paragraph));
        self.grip
            .with(|grip| grip.as_ref().map(|grip| grip.paragraph))
            .or_else(|| drawn().filter(|_| self.drawing.is_on()))
    }

    fn take_focus(self) {
        let Some(article) = self.article.try_get_untracked().flatten() else {
            return;
        };
        if !article.matches(":focus").unwrap_or(false) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            // An element with a tabindex takes the focus.
            let _ = article.focus_with_options(&options);
        }
    }

    /// The end that a place of the window is at. Of several it is the nearest; of several at one place, that of the
    /// active span, then that of the span under the pointer, then that of the shortest.
    fn grip_at(self, x: i32, y: i32) -> Option<Grip> {
        let (x, y) = (f64::from(x), f64::from(y));
        let article = self.article.try_get_untracked()??;
        let near = |shown: &selection::Article<'_>| {
            let offset = shown.offset_at(x, y)?;
            let (spans, active) = self.model.peek(|state| {
                let spans = if state.writable { state.spans_beside(offset) } else { Vec::new() };
                (spans, state.active.clone())
            });
            let mut grips = Vec::new();
            for span in spans {
                let Some(ends) = shown.ends(span.range) else { continue };
                for (edge, place, at) in
                    [(Edge::Start, ends.start, span.range.start), (Edge::End, ends.end, span.range.end)]
                {
                    let Some(paragraph) = shown.text.paragraph_at(at) else { continue };
                    let inside = inside(ends, edge, x);
                    if place.top <= y && y <= place.bottom && (-OUTSIDE..=INSIDE).contains(&inside) {
                        let is_active = active.as_ref() == Some(&span.id);
                        let key = (inside.abs().round() as u32, !is_active, inside < 0.0, span.range.len());
                        let (span, label) = (span.id.clone(), span.label.clone());
                        let grip = Grip { span, label, edge, paragraph, place };
                        grips.push((key, grip));
                    }
                }
            }
            grips.into_iter().min_by_key(|(key, _)| *key).map(|(_, grip)| grip)
        };
        self.text.try_with_value(|text| near(&selection::Article { element: &article, text }))?
    }
}

/// How far inside of an end a place is, in pixels.
fn inside(ends: Ends, edge: Edge, x: f64) -> f64 {
    match (edge, ends.is_leftwards) {
        (Edge::Start, true) => ends.start.x - x,
        (Edge::Start, false) => x - ends.start.x,
        (Edge::End, true) => x - ends.end.x,
        (Edge::End, false) => ends.end.x - x,
    }
}

/// The span whose mark is under the pointer; the active one before those in it.
pub(super) fn span_under(event: &MouseEvent, active: Option<&SpanId>) -> Option<SpanId> {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let mut mark = target?.closest(".article .mark").ok()?;
    let mut innermost = None;
    while let Some(element) = mark {
        let id = element.get_attribute("data-span").map(SpanId::new);
        if id.is_some() && id.as_ref() == active {
            return id;
        }
        innermost = innermost.or(id);
        mark = element.parent_element().and_then(|parent| parent.closest(".mark").ok().flatten());
    }
    innermost
}

/// Shows the end that the pointer is at.
#[component]
pub(super) fn EdgeGrip(edges: Edges, overlay: NodeRef<html::Div>) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    Effect::new(move |before: Option<Option<usize>>| {
        let pointed = edges.pointed();
        // On one paragraph only: a browser looks through everything in an element that looks different.
        if let Some(before) = before.flatten().filter(|before| Some(*before) != pointed) {
            mark_pointed(edges, before, false);
        }
        if let Some(pointed) = pointed {
            mark_pointed(edges, pointed, true);
        }
        pointed
    });
    Effect::new(move || {
        let grip = edges.grip.get();
        let Some((bar, overlay)) = bar.get_untracked().zip(overlay.get_untracked()) else {
            return;
        };
        super::caret::show(&bar, grip.is_some());
        if let Some(Grip { place, label, .. }) = grip {
            let origin = overlay.get_bounding_client_rect();
            let _ = bar.set_attribute("data-label", label.as_str());
            let block = place.bottom - place.top;
            super::caret::place(&bar, place.x - origin.x(), place.top - origin.y(), Some(block));
        }
    });
    view! { <div class="edge-grip" data-testid="edge-grip" node_ref=bar hidden=true></div> }
}

fn mark_pointed(edges: Edges, paragraph: usize, on: bool) {
    if let Some(paragraph) = edges.paragraph(paragraph) {
        // The name is valid, so setting the attribute does not fail.
        let _ = paragraph.toggle_attribute_with_force("data-at-edge", on);
    }
}
