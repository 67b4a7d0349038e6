//! A hand that draws an end through the text, be it of a selection or of a span: the place it means, and the page that
//! moves along when it comes to the edge of the view.

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use crate::text::{ByteOffset, SourceText};
use crate::web::selection;

/// So near to the edge of the view, in pixels, the page begins to move along.
const NEAR: f64 = 40.0;

/// It moves by this part of how far the hand is beyond that, in every picture.
const PACE: f64 = 0.2;

/// The most it moves in a picture, in pixels.
const FASTEST: f64 = 24.0;

/// A hand that draws. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Drawing {
    article: NodeRef<html::Div>,
    overlay: NodeRef<html::Div>,
    text: StoredValue<SourceText>,
    /// Where the hand took the end and where it is, in pixels of the window, while it draws.
    hand: StoredValue<Option<Hand>>,
    /// Told of the place in the text that the hand means.
    on_place: StoredValue<Box<dyn Fn(ByteOffset)>, LocalStorage>,
}

#[derive(Clone, Copy)]
struct Hand {
    began: f64,
    x: f64,
    y: f64,
}

impl Drawing {
    /// A hand over an article, under what lies over its text.
    pub(super) fn new(
        article: NodeRef<html::Div>,
        overlay: NodeRef<html::Div>,
        text: StoredValue<SourceText>,
        on_place: impl Fn(ByteOffset) + 'static,
    ) -> Self {
        let on_place = StoredValue::new_local(Box::new(on_place) as Box<dyn Fn(ByteOffset)>);
        Self { article, overlay, text, hand: StoredValue::new(None), on_place }
    }

    /// True while the hand draws.
    pub(super) fn is_on(self) -> bool {
        self.hand.try_get_value().flatten().is_some()
    }

    /// The hand takes an end, at a height of the window.
    pub(super) fn begin(self, y: f64) {
        self.hand.set_value(Some(Hand { began: y, x: f64::NAN, y }));
        self.mark_overlay(true);
        self.roll();
    }

    /// The hand moves to a place of the window.
    pub(super) fn follow(self, x: f64, y: f64) {
        if let Some(hand) = self.hand.get_value() {
            self.hand.set_value(Some(Hand { x, y, ..hand }));
            self.tell(x, y);
        }
    }

    /// The hand lets go.
    pub(super) fn end(self) {
        self.hand.set_value(None);
        self.mark_overlay(false);
    }

    fn tell(self, x: f64, y: f64) {
        if let Some(place) = self.offset_near(x, y) {
            self.on_place.try_with_value(|on_place| on_place(place));
        }
    }

    /// The position of the text that is nearest to a place of the window, which may lie beside the text.
    fn offset_near(self, x: f64, y: f64) -> Option<ByteOffset> {
        let article = self.article.try_get_untracked()??;
        let (text, view) =
            (article.get_bounding_client_rect(), scroller_of(&article)?.get_bounding_client_rect());
        // A pixel inside, where the browser still finds the text.
        let x = x.max(text.left() + 1.0).min(text.right() - 1.0);
        let y = y.max(text.top().max(view.top()) + 1.0).min(text.bottom().min(view.bottom()) - 1.0);
        self.text.try_with_value(|text| selection::Article { element: &article, text }.offset_at(x, y))?
    }

    /// Moves the page along, picture by picture, for as long as the hand draws.
    fn roll(self) {
        request_animation_frame(move || {
            let Some(hand) = self.hand.try_get_value().flatten() else {
                return;
            };
            if self.scroll(hand) {
                self.tell(hand.x, hand.y);
            }
            self.roll();
        });
    }

    fn scroll(self, hand: Hand) -> bool {
        let Some(scroller) =
            self.article.try_get_untracked().flatten().and_then(|article| scroller_of(&article))
        else {
            return false;
        };
        let view = scroller.get_bounding_client_rect();
        // An end that was taken there stays there until the hand goes further out.
        let above = (view.top() + NEAR).min(hand.began) - hand.y;
        let below = hand.y - (view.bottom() - NEAR).max(hand.began);
        let pace = |beyond: f64| (beyond * PACE).floor().clamp(0.0, FASTEST) as i32;
        let shift = pace(below) - pace(above);
        let before = scroller.scroll_top();
        if shift != 0 {
            scroller.set_scroll_top(before + shift);
        }
        scroller.scroll_top() != before && !hand.x.is_nan()
    }

    /// What lies over the text is no obstacle to finding the place under the hand.
    fn mark_overlay(self, on: bool) {
        if let Some(overlay) = self.overlay.try_get_untracked().flatten() {
            // The name is valid, so setting the attribute does not fail.
            let _ = overlay.toggle_attribute_with_force("data-drawing", on);
        }
    }
}

fn scroller_of(article: &Element) -> Option<Element> {
    article.closest(".article-scroll").ok().flatten()
}
