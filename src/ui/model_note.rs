//! Where suggestions come from: the rules alone, or the model too; and how the model is getting on.

use leptos::prelude::*;

use super::model::use_model;
use crate::app::{Command, ModelStatus, Text};

/// A line about the model, with a button where it can be tried again.
#[component]
pub(super) fn ModelNote() -> impl IntoView {
    let model = use_model();
    let status = model.memo(|state| state.model.clone());
    let words = move || {
        let language = model.language.get();
        status.with(|status| match status {
            ModelStatus::Absent => language.text(Text::ModelAbsent).to_owned(),
            ModelStatus::Loading(reading) => {
                let percent = reading.done.saturating_mul(100).checked_div(reading.total).unwrap_or(0);
                language.fill(Text::ModelLoading, &[("percent", &percent.to_string())])
            }
            ModelStatus::Ready(about) => language.fill(Text::ModelReady, &[("name", &about.name)]),
            ModelStatus::Failed(fault) => {
                language.fill(Text::ModelFailed, &[("reason", &fault.say(language))])
            }
        })
    };
    let has_failed = move || status.with(|status| matches!(status, ModelStatus::Failed(_)));
    view! {
        <p class="model-note" data-testid="model-note">
            <span>{words}</span>
            <Show when=has_failed>
                <button
                    type="button"
                    class="button"
                    data-kind="quiet"
                    data-testid="load-model"
                    on:click=move |_| model.run(Command::LoadModel)
                >
                    {model.text(Text::TryAgain)}
                </button>
            </Show>
        </p>
    }
}
