//! What there is to say about a file, each kind of thing once, with the words it is about and what would put it right.

use leptos::prelude::*;

use crate::app::intake::{Excerpt, Note, NoteGroup, NoteKind};
use crate::app::{ReviewCounted, ReviewText};
use crate::formats::Repair;
use crate::ui::importing;
use crate::ui::model::use_model;

#[component]
pub(super) fn Notes(
    /// The place of the file among those of the import.
    number: usize,
    groups: Vec<NoteGroup>,
) -> impl IntoView {
    let rows = groups.into_iter().map(|group| view! { <Group number group /> }).collect_view();
    view! { <ul class="import-notes">{rows}</ul> }
}

#[component]
fn Group(number: usize, group: NoteGroup) -> impl IntoView {
    let model = use_model();
    let NoteGroup { total, notes } = group;
    let mut notes = notes.into_iter();
    let first = notes.next()?;
    let (kind, word) = match first.kind {
        NoteKind::Refused => ("error", ReviewText::ImportRefused),
        NoteKind::Repaired => ("warning", ReviewText::ImportRepaired),
        NoteKind::Noted => ("good", ReviewText::ImportNoted),
    };
    let repair = first.repair.map(|repair| view! { <RepairButton number repair /> });
    let rest: Vec<_> = notes.collect();
    let more = total.saturating_sub(1);
    let unlisted = more.saturating_sub(rest.len());
    let rest = (more > 0).then(|| {
        view! {
            <details class="import-more">
                <summary>{move || model.count(ReviewCounted::MoreLikeThis, more)}</summary>
                <ul class="import-places">
                    {rest.into_iter().map(|note| view! { <li><Place note /></li> }).collect_view()}
                    {(unlisted > 0)
                        .then(|| view! { <li class="field-note">{move || model.count(ReviewCounted::MoreLikeThis, unlisted)}</li> })}
                </ul>
            </details>
        }
    });
    Some(view! {
        <li class="import-note">
            <span class="report-kind" data-kind=kind>
                {model.text(word)}
            </span>
            <div class="import-note-body">
                <Place note=first /> {rest}
            </div>
            {repair}
        </li>
    })
}

/// Where, what, and the words it is about.
#[component]
fn Place(note: Note) -> impl IntoView {
    let model = use_model();
    let Note { place, said, excerpt, .. } = note;
    let excerpt = excerpt.map(|Excerpt { before, words, after }| {
        view! {
            <p class="import-excerpt" dir="auto">
                {before}<mark>{words}</mark>{after}
            </p>
        }
    });
    view! {
        <code class="report-place">{place}</code>
        <p>{move || model.language.get().pick(&said.en, &said.ar).to_owned()}</p>
        {excerpt}
    }
}

/// Reads the file once more, this time with the repair.
#[component]
fn RepairButton(number: usize, repair: Repair) -> impl IntoView {
    let model = use_model();
    let put_right = move |_| {
        let intake = model.importing.intake;
        let choices = intake.with_untracked(|intake| Some(intake.files.get(number)?.choices.clone()));
        if let Some(mut choices) = choices {
            choices.read.repairs.push(repair);
            importing::read_again(model, number, choices);
        }
    };
    let word = match repair {
        Repair::NearestPlace => ReviewText::RepairNearest,
        Repair::WholeLetters => ReviewText::RepairLetters,
    };
    view! {
        <button type="button" class="button" data-testid="import-repair" on:click=put_right>
            {model.text(word)}
        </button>
    }
}
