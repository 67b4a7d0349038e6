//! How much room there is, and whether the browser promises to keep what is in it.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::app::{Language, ReviewText, Text};
use crate::ui::backup;
use crate::ui::backup_note::GoOn;
use crate::ui::model::{Keeping, Model, use_model};
use crate::ui::widgets::Icon;
use crate::web::backup_file;
use crate::web::storage_room::{self, Room};

#[component]
pub(super) fn RoomNote() -> impl IntoView {
    let model = use_model();
    let room = RwSignal::new(None::<Room>);
    let promised = RwSignal::new(false);
    spawn_local(async move {
        let estimate = storage_room::estimate().await;
        room.try_set(estimate);
        promised.try_set(storage_room::is_persisted().await);
    });
    let said = move || {
        let language = model.language.get();
        if matches!(model.keeping.get(), Keeping::Memory) {
            return language.text(Text::NotSaved).to_owned();
        }
        let Some(Room { used, quota }) = room.get() else {
            return language.text(ReviewText::RoomUnknown).to_owned();
        };
        let (used, quota) = (size(used, language), size(quota, language));
        language.fill(ReviewText::RoomUsed, &[("used", &used), ("quota", &quota)])
    };
    let kept = move || {
        let text = if promised.get() { ReviewText::RoomPromised } else { ReviewText::RoomNotPromised };
        model.language.get().text(text)
    };
    let share = move || room.get().map(|Room { used, quota }| (used / quota.max(1.0)).clamp(0.0, 1.0));
    view! {
        <section class="project-room" data-testid="storage-room">
            <h3 class="project-heading">{model.text(ReviewText::RoomTitle)}</h3>
            {move || {
                share()
                    .map(|share| {
                        view! {
                            <progress class="progress" max="1" value=share aria-label=model.text(ReviewText::RoomTitle)></progress>
                        }
                    })
            }}
            <p class="field-note">{said}</p>
            <p class="field-note">{kept}</p>
            {(backup_file::is_offered() || backup_file::is_folder_offered()).then(|| view! { <BackupNote /> })}
        </section>
    }
}

/// The file or folder that is kept up to date, or the offer of one.
#[component]
fn BackupNote() -> impl IntoView {
    let model = use_model();
    let state = move || {
        let language = model.language.get();
        match model.backup.get() {
            None => language.text(ReviewText::BackupOffer).to_owned(),
            Some(backup) => backup.say(language),
        }
    };
    let is_on = move || model.backup.with(Option::is_some);
    let is_halted =
        move || model.backup.with(|backup| backup.as_ref().is_some_and(|backup| backup.halt.is_some()));
    let choice = move |hook, icon, text, choose: fn(Model)| {
        view! {
            <button type="button" class="button" data-testid=hook on:click=move |_| choose(model)>
                <Icon name=icon />
                {model.text(text)}
            </button>
        }
    };
    view! {
        <p class="project-undo" data-testid="backup-state" data-at=move || model.backup.get().map(|backup| backup.at.to_string())>
            {state}
            <Show when=is_halted>
                <GoOn model />
            </Show>
            <Show
                when=is_on
                fallback=move || {
                    view! {
                        {backup_file::is_offered()
                            .then(|| choice("backup-choose", "file", ReviewText::BackupChoose, backup::choose))}
                        {backup_file::is_folder_offered()
                            .then(|| {
                                choice("backup-choose-folder", "open", ReviewText::BackupChooseFolder, backup::choose_folder)
                            })}
                    }
                }
            >
                <button
                    type="button"
                    class="button"
                    data-testid="backup-stop"
                    on:click=move |_| backup::stop(model)
                >
                    {model.text(ReviewText::BackupStop)}
                </button>
            </Show>
        </p>
    }
}

/// Bytes in the unit a person would use.
fn size(bytes: f64, language: Language) -> String {
    let (amount, unit) = match bytes {
        bytes if bytes >= 1e9 => (bytes / 1e9, ReviewText::SizeGigabytes),
        bytes if bytes >= 1e6 => (bytes / 1e6, ReviewText::SizeMegabytes),
        bytes => (bytes / 1e3, ReviewText::SizeKilobytes),
    };
    let amount = if amount < 10.0 { format!("{amount:.1}") } else { format!("{amount:.0}") };
    language.fill(unit, &[("n", &amount)])
}
