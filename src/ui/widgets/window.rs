//! A long list of which only the rows near the view are in the page.

use std::hash::Hash;
use std::ops::Range;

use leptos::html;
use leptos::prelude::*;

use super::keyed_rows;
use crate::ui::frame::{after_picture, measure_then_place};

/// Rows of equal height of which only those near the view are drawn. Short lists are drawn whole.
#[derive(Clone, Copy)]
pub(in crate::ui) struct RowWindow {
    /// The element that scrolls.
    pub(in crate::ui) scroller: NodeRef<html::Ol>,
    /// The rows to draw.
    pub(in crate::ui) rows: Memo<Range<usize>>,
    total: Signal<usize>,
    row_height: f64,
    view: RwSignal<(f64, f64)>,
}

/// Lists up to this many rows are drawn whole, so that a search in the page finds everything in them.
const WHOLE: usize = 400;

/// So many pixels above and below the view have their rows. Every one is drawn anew when the list jumps elsewhere.
const MARGIN: f64 = 240.0;

impl RowWindow {
    /// A window on `total` rows of `row_height` pixels each.
    pub(in crate::ui) fn new(total: Signal<usize>, row_height: f64) -> Self {
        Self::whole_up_to(WHOLE, total, row_height)
    }

    /// The same, of which no more than `whole` rows are drawn whole.
    pub(in crate::ui) fn whole_up_to(whole: usize, total: Signal<usize>, row_height: f64) -> Self {
        let view = RwSignal::new((0.0, 1200.0));
        let rows = Memo::new(move |_| {
            let total = total.get();
            if total <= whole {
                return 0..total;
            }
            let (top, height) = view.get();
            let first = ((top - MARGIN).max(0.0) / row_height) as usize;
            let end = ((top + height + MARGIN) / row_height) as usize + 1;
            first.min(total)..end.min(total)
        });
        Self { scroller: NodeRef::new(), rows, total, row_height, view }
    }

    /// Draws the rows in view, as [`keyed_rows`] does, between an element before and one after them. While others are left
    /// out, each says which of how many it is.
    pub(in crate::ui) fn draw<T, K, V>(
        self,
        shown: impl Fn() -> Vec<T> + Send + 'static,
        key: impl Fn(&T) -> K + Send + 'static,
        draw: impl Fn(T) -> V + Clone + Send + 'static,
    ) -> AnyView
    where
        T: Send + 'static,
        K: Hash,
        V: IntoAny,
    {
        let each = move || {
            after_picture(move || self.number_rows());
            shown()
        };
        keyed_rows(each, key, draw)
    }

    /// Numbers the rows in the page. A list that is whole needs no numbers: who reads it out counts for themselves.
    fn number_rows(self) {
        let Some(list) = self.scroller.try_get_untracked().flatten() else {
            return;
        };
        let Some((rows, total)) = self.rows.try_get_untracked().zip(self.total.try_get_untracked()) else {
            return;
        };
        let elements = list.children();
        let is_whole = rows.len() == total;
        if is_whole && elements.item(1).is_none_or(|row| !row.has_attribute("aria-setsize")) {
            return;
        }
        for (row, element) in rows.zip(1..) {
            let Some(element) = elements.item(element) else { break };
            for (name, number) in [("aria-posinset", row + 1), ("aria-setsize", total)] {
                // These names are valid, so setting them does not fail.
                let _ = match is_whole {
                    true => element.remove_attribute(name),
                    false => element.set_attribute(name, &number.to_string()),
                };
            }
        }
    }

    /// To be called when the list scrolls.
    pub(in crate::ui) fn scrolled(self) {
        if let Some(list) = self.scroller.get_untracked() {
            self.view.set((f64::from(list.scroll_top()), f64::from(list.client_height())));
        }
    }

    /// The height of the rows that are not drawn, above and below, as CSS lengths.
    pub(in crate::ui) fn padding(self) -> (String, String) {
        let rows = self.rows.get();
        let below = self.total.get().saturating_sub(rows.end);
        let pixels = |rows: usize| format!("{}px", rows as f64 * self.row_height);
        (pixels(rows.start), pixels(below))
    }

    /// Brings a row into view, after what is looked at is drawn: a list that jumps draws all its rows anew.
    pub(in crate::ui) fn reveal(self, row: usize) {
        after_picture(move || self.scroll_to(row));
    }

    fn scroll_to(self, row: usize) {
        let measure = move || {
            let list = self.scroller.try_get_untracked()??;
            let (top, height) = (f64::from(list.scroll_top()), f64::from(list.client_height()));
            let (start, end) = (row as f64 * self.row_height, (row + 1) as f64 * self.row_height);
            let is_hidden = start < top || end > top + height;
            is_hidden.then(|| (list, (start - height / 2.0).max(0.0) as i32))
        };
        measure_then_place(measure, move |(list, top)| {
            list.set_scroll_top(top);
            self.scrolled();
        });
    }
}
