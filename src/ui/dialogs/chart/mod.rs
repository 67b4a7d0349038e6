//! Charts of bars. [`plotters`] lays them out: axis, figures, grid, places. [`surface`] makes elements of that, and the
//! style sheet gives them their colours and patterns. They are for the eye: a table beside each has the numbers.

mod bars;
mod surface;

use leptos::html;
use leptos::prelude::*;

use crate::app::{Language, ReviewText};
use crate::ui::model::use_model;

/// A bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What it is of.
    name: String,
    /// The label whose colour it has.
    label: Option<String>,
    /// Its parts, one behind the other: how long each is, and what the style sheet calls it.
    parts: Vec<(u32, &'static str)>,
}

impl Row {
    /// A bar in the colours of its parts: how long each is, and what the style sheet calls it.
    pub(super) fn new(name: impl Into<String>, parts: &[(usize, &'static str)]) -> Self {
        let part = |&(length, kind): &(usize, _)| (u32::try_from(length).unwrap_or(u32::MAX), kind);
        Self { name: name.into(), label: None, parts: parts.iter().map(part).collect() }
    }

    /// The same in the colour of a label.
    pub(super) fn of_label(self, label: String) -> Self {
        Self { label: Some(label), ..self }
    }

    /// How long all its parts are together.
    fn length(&self) -> u32 {
        self.parts.iter().fold(0, |sum, (length, _)| sum.saturating_add(*length))
    }
}

/// A chart with a bar for each row, the first on top; nothing if there are no rows. It is as wide as there is room for it,
/// and drawn anew when its rows or the language change.
#[component]
pub(super) fn BarChart(
    /// The id of the element that says what it shows.
    title: &'static str,
    /// The bars.
    rows: Signal<Vec<Row>>,
) -> impl IntoView {
    let model = use_model();
    let room = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let Some(room) = room.get() else { return };
        let from_right = model.language.get() == Language::Arabic;
        let width = u32::try_from(room.client_width()).unwrap_or(0);
        // A chart that cannot be drawn is left out: the table says the same.
        let picture = rows.with(|rows| bars::draw(rows, width, from_right)).ok().flatten();
        room.replace_children_with_node(&picture.iter().collect());
    });
    view! { <div class="chart" role="img" aria-labelledby=title node_ref=room></div> }
}

/// What the patterns of a chart stand for.
#[component]
pub(super) fn Legend(
    /// What the style sheet calls each, and what it is.
    kinds: Vec<(&'static str, ReviewText)>,
) -> impl IntoView {
    let model = use_model();
    let entry = |(kind, name): (&'static str, ReviewText)| {
        view! {
            <li>
                <span class="statistics-fill" data-kind=kind aria-hidden="true"></span>
                {model.text(name)}
            </li>
        }
    };
    view! { <ul class="chart-legend">{kinds.into_iter().map(entry).collect_view()}</ul> }
}
