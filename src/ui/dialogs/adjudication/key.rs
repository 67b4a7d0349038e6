//! The key that does something in this dialog, as it is now.

use leptos::prelude::*;

use crate::app::{DisputeAction, Key, chord_name, dispute_key};
use crate::ui::model::use_model;

#[component]
pub(super) fn DisputeKey(of: DisputeAction) -> impl IntoView {
    let model = use_model();
    let chord = model.memo(move |state| dispute_key(of, &state.settings.keys).map(Key::chord));
    move || {
        let chord = chord.get()?;
        Some(view! { <kbd dir="ltr">{chord_name(&chord, model.language.get())}</kbd> })
    }
}
