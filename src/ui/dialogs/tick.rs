//! A box to tick.

use leptos::prelude::*;

use crate::app::Phrase;
use crate::ui::model::Model;

/// A box that says and changes whether something is so, with what it is about behind it.
pub(super) fn tick(
    model: Model,
    is_so: RwSignal<bool>,
    text: impl Phrase + Send + Sync + 'static,
    testid: &'static str,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid=testid
                prop:checked=move || is_so.get()
                on:change=move |event| is_so.set(event_target_checked(&event))
            />
            <span>{model.text(text)}</span>
        </label>
    }
}
