//! Says that a file which should be kept up to date is not, for as long as it is so: who chose it relies on it.

use leptos::prelude::*;

use super::backup::{self, Halt};
use super::model::{Model, use_model};
use super::widgets::Icon;
use crate::app::{ReviewText, Text};

#[component]
pub(super) fn BackupWarning() -> impl IntoView {
    let model = use_model();
    let is_halted = Memo::new(move |_| {
        model.backup.with(|backup| backup.as_ref().is_some_and(|backup| backup.halt.is_some()))
    });
    let said = move || {
        let language = model.language.get();
        model.backup.with(|backup| backup.as_ref().map(|backup| backup.say(language)))
    };
    view! {
        <Show when=move || is_halted.get()>
            <div class="banner" role="alert" data-kind="warning" data-testid="backup-halted">
                <Icon name="warning" />
                <p class="banner-text">{said}</p>
                <GoOn model />
                <button type="button" class="button" data-kind="quiet" on:click=move |_| backup::stop(model)>
                    {model.text(ReviewText::BackupStop)}
                </button>
            </div>
        </Show>
    }
}

/// The button that has a halted backup go on.
#[component]
pub(super) fn GoOn(model: Model) -> impl IntoView {
    let text = move || {
        let has_failed = model
            .backup
            .with(|backup| matches!(backup.as_ref().map(|b| &b.halt), Some(Some(Halt::Failed(_)))));
        let language = model.language.get();
        if has_failed { language.text(Text::TryAgain) } else { language.text(ReviewText::BackupResume) }
    };
    view! {
        <button
            type="button"
            class="button"
            data-kind="primary"
            data-testid="backup-resume"
            on:click=move |_| backup::resume(model)
        >
            {text}
        </button>
    }
}
