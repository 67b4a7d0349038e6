//! A picture from the sprite.

use leptos::prelude::*;

/// The symbol `icon-name` of `assets/icons.svg`, which stands in the page itself, so no picture comes late. Decoration
/// only: whoever uses it says in words what it means.
#[component]
pub(in crate::ui) fn Icon(
    /// The symbol's id in the sprite, without `icon-`.
    #[prop(into)]
    name: Signal<&'static str>,
    /// True if it points along the line of writing and turns with it.
    #[prop(optional)]
    flip: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let class = format!("icon {}{class}", if flip { "icon-flip " } else { "" });
    view! {
        <svg class=class aria-hidden="true">
            <use href=move || format!("#icon-{}", name.get())></use>
        </svg>
    }
}
