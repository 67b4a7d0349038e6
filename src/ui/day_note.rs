//! Says that articles came in which name no day of publication, with the way to give them one.

use leptos::prelude::*;

use super::model::{Dialog, Model, use_model};
use crate::annotation::DocumentId;
use crate::app::{ReviewCounted, ReviewText, State, is_undated};
use crate::ui::widgets::Icon;

/// How many articles came in without anybody being asked for their day, and name none still.
fn undated(model: Model) -> usize {
    let is_so = |state: &State, id: &DocumentId| {
        state.project.document(id).is_some_and(|document| document.present && is_undated(document))
    };
    model
        .importing
        .intake
        .with(|intake| model.peek(|state| intake.undated.iter().filter(|id| is_so(state, id)).count()))
}

#[component]
pub(super) fn DayNote() -> impl IntoView {
    let model = use_model();
    let edits = model.memo(|state| state.project.seq());
    let count = Memo::new(move |_| {
        // Read, not only tracked: a memo that nobody reads never looks for changes.
        edits.with(|_| ());
        undated(model)
    });
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="banner" data-kind="note" data-testid="day-note" aria-label=model.text(ReviewText::ImportDay)>
                <Icon name="info" />
                <p class="banner-text">{move || model.count(ReviewCounted::UndatedCounted, count.get())}</p>
                <button
                    type="button"
                    class="button"
                    data-testid="day-give"
                    on:click=move |_| model.dialog.set(Some(Dialog::Day))
                >
                    {model.text(ReviewText::DayGive)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-testid="day-leave"
                    on:click=move |_| model.importing.intake.update(|intake| intake.undated.clear())
                >
                    {model.text(ReviewText::DayLeave)}
                </button>
            </section>
        </Show>
    }
}
