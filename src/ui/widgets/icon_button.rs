//! A button that is a picture, with its meaning in words for those who hover or cannot see.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::Icon;

/// A picture to press. It does not take the focus from the text when it is clicked.
#[component]
pub(in crate::ui) fn IconButton(
    /// The symbol's id in the sprite, without `icon-`.
    #[prop(into)]
    icon: Signal<&'static str>,
    /// What it does, in words.
    #[prop(into)]
    name: Signal<&'static str>,
    /// What happens.
    on_press: impl Fn(MouseEvent) + 'static,
    /// True if the picture turns with the line of writing.
    #[prop(optional)]
    flip: bool,
    /// True if the tip is to reach inwards, at the end of a row.
    #[prop(optional)]
    tip_at_end: bool,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
    /// The hook for tests and assistive tools.
    #[prop(optional)]
    testid: &'static str,
    /// True if there is nothing to do.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("icon-button {class}")
            aria-label=name
            data-tip=name
            data-tip-at=tip_at_end.then_some("end")
            data-testid=(!testid.is_empty()).then_some(testid)
            disabled=disabled
            on:mousedown=|event| event.prevent_default()
            on:click=on_press
        >
            <Icon name=icon flip=flip />
        </button>
    }
}
