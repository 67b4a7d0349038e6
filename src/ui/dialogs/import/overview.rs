//! How far an import has come, what came of it in numbers, and the day of publication of articles that name none.

use leptos::prelude::*;

use crate::app::intake::{FileStatus, Intake, NoteKind, Novelty, shown_name};
use crate::app::{ReviewCounted, ReviewText};
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;

/// What is being read, and how much of everything has come.
#[component]
pub(super) fn Waiting() -> impl IntoView {
    let model = use_model();
    let (intake, is_busy) = (model.importing.intake, model.importing.is_busy);
    let under_way = Memo::new(move |_| {
        intake.with(|intake| {
            let is_reading = |status: FileStatus| matches!(status, FileStatus::Reading(..));
            let number = intake.files.iter().position(|file| is_reading(file.status))?;
            Some((number + 1, intake.files.len(), shown_name(intake.files.get(number)?.name())))
        })
    });
    let progress = Memo::new(move |_| intake.with(Intake::progress));
    let words = move || {
        let language = model.language.get();
        match under_way.get() {
            Some((number, total, name)) => {
                let (number, total) = (number.to_string(), total.to_string());
                language
                    .fill(ReviewText::ImportReading, &[("name", &name), ("n", &number), ("total", &total)])
            }
            None => language.text(ReviewText::ImportComparing).to_owned(),
        }
    };
    view! {
        <Show when=move || is_busy.get()>
            <div class="import-waiting" role="status" data-testid="import-progress">
                <span>{words}</span>
                // Lengths of files are whole numbers below 2^53.
                <progress
                    class="progress"
                    max=move || progress.get().1.max(1) as f64
                    prop:value=move || progress.get().0 as f64
                ></progress>
            </div>
        </Show>
    }
}

/// What came of the files, in numbers.
#[component]
pub(super) fn Overview() -> impl IntoView {
    let model = use_model();
    let intake = model.importing.intake;
    let item = move |kind: &'static str, icon: &'static str, counted: ReviewCounted, number: Memo<usize>| {
        view! {
            <div class="tally-item" data-kind=kind>
                <Icon name=icon />
                <span>{move || model.count(counted, number.get())}</span>
            </div>
        }
    };
    let taken = Memo::new(move |_| intake.with(Intake::taken));
    let count = move |kind| Memo::new(move |_| intake.with(|intake| intake.count(kind)));
    // Said only where there are any.
    let some = move |counted: ReviewCounted, novelty: Novelty| {
        let number = Memo::new(move |_| intake.with(|intake| intake.how_many(novelty)));
        move || (number.get() > 0).then(|| item("warning", "warning", counted, number))
    };
    view! {
        <div class="tally">
            {item("good", "done", ReviewCounted::ReadyCounted, taken)}
            {item("warning", "warning", ReviewCounted::RepairedCounted, count(NoteKind::Repaired))}
            {item("error", "error", ReviewCounted::RefusedCounted, count(NoteKind::Refused))}
            {some(ReviewCounted::AlreadyThereCounted, Novelty::Same)}
            {some(ReviewCounted::NearlyThereCounted, Novelty::Near)}
            {some(ReviewCounted::BlankCounted, Novelty::Blank)}
        </div>
    }
}

/// One day of publication for all articles that name none.
#[component]
pub(super) fn Days() -> impl IntoView {
    let model = use_model();
    let (intake, is_busy) = (model.importing.intake, model.importing.is_busy);
    let undated = Memo::new(move |_| intake.with(Intake::undated));
    view! {
        <Show when=move || { undated.get() > 0 && !is_busy.get() }>
            <div class="field import-day">
                <label class="field-label" for="import-date">
                    {model.text(ReviewText::ImportDay)}
                </label>
                <input
                    class="input"
                    id="import-date"
                    type="date"
                    data-testid="import-date"
                    prop:value=intake.with_untracked(|intake| intake.date.clone())
                    on:change=move |event| {
                        let date = event_target_value(&event);
                        intake.update(|intake| intake.date = date);
                    }
                />
                <p class="field-note">
                    {move || model.count(ReviewCounted::UndatedCounted, undated.get())} " " {model.text(ReviewText::ImportDayNote)}
                </p>
            </div>
        </Show>
    }
}
