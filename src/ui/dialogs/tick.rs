//! A box to tick.

use leptos::prelude::*;

use crate::app::{Phrase, Text};
use crate::ui::model::Model;

/// A box that says and changes whether something is so, with what it is about behind it.
pub(super) fn tick(
    model: Model,
    is_so: RwSignal<bool>,
    text: impl Phrase + Send + Sync + 'static,
    testid: &'static str,
) -> impl IntoView {
    noted_tick(model, is_so, text, None::<Text>, testid)
}

/// A box to tick, and a note on what comes of it.
pub(super) fn noted_tick(
    model: Model,
    is_so: RwSignal<bool>,
    text: impl Phrase + Send + Sync + 'static,
    note: Option<impl Phrase + Send + Sync + 'static>,
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
            <span>
                {model.text(text)} {note.map(|note| view! { <span class="check-note">{model.text(note)}</span> })}
            </span>
        </label>
    }
}
