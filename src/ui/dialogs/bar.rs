//! Bars, for the eye: the numbers stand beside them.

use leptos::prelude::*;

/// A bar of one or more parts, along the line of writing. Parts differ in pattern as well as in colour.
#[component]
pub(super) fn Bar(
    /// How long each part is and what it is called in the style sheet.
    parts: Vec<(usize, &'static str)>,
    /// What the whole width stands for.
    full: usize,
    /// The label whose colour it has.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let fills = parts.into_iter().filter(|(length, _)| *length > 0).map(|(length, kind)| {
        let share = 100.0 * length as f64 / full.max(1) as f64;
        view! { <span class="statistics-fill" data-kind=kind style:inline-size=format!("{share:.2}%")></span> }
    });
    view! {
        <span class="statistics-bar" aria-hidden="true" data-label=label>
            {fills.collect_view()}
        </span>
    }
}
