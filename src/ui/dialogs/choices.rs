//! One of a few, as a row of buttons.

use leptos::prelude::*;

use crate::app::ReviewText;
use crate::ui::model::use_model;
use crate::ui::widgets::{SegmentRole, segment, steer};

/// A row of buttons of which one is pressed: its value, what it is called, its hook for tests.
pub(super) fn choices<T>(
    name: ReviewText,
    chosen: RwSignal<T>,
    offered: Vec<(T, ReviewText, &'static str)>,
) -> AnyView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let model = use_model();
    let choice = move |(value, text, testid): (T, ReviewText, &'static str)| {
        let is_chosen = move || chosen.get() == value;
        segment(SegmentRole::Radio, testid, model.text(text), is_chosen, move || chosen.set(value))
    };
    view! {
        <div class="segments" role="radiogroup" on:keydown=|event| steer(&event) aria-label=model.text(name)>
            {offered.into_iter().map(choice).collect_view()}
        </div>
    }
    .into_any()
}
