//! Opens the storage when the page starts. A new project can be begun at once; what is kept of an older one is brought
//! back by the workbench, which comes in a part of its own.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::{Keeping, Model};
use super::storage::{SCHEMA, SETTINGS};
use crate::app::{Settings, State, Text};
use crate::project::StorageError;
use crate::web::lock::{self, Claim, PROJECT_LOCK, ProjectLock};
use crate::web::store::{Notice, Store};

/// An opened storage, on its way to the workbench.
pub(super) struct Opened {
    /// Nothing if the browser gives none.
    pub(super) store: Option<Store>,
    /// Held by the only tab that writes.
    pub(super) lock: Option<ProjectLock>,
    /// As they were left.
    pub(super) settings: Settings,
    /// False while another tab has the project.
    pub(super) writable: bool,
    /// True if nothing is in it, so that there is nothing to bring back.
    pub(super) is_new: bool,
}

/// Opens the storage. A new project is ready then; any other once the workbench has brought it back.
pub(super) fn start(model: Model) {
    spawn_local(async move {
        lock::claim(PROJECT_LOCK, move |claim| {
            let (lock, writable) = match claim {
                Claim::Granted(lock) => (Some(lock), true),
                Claim::Unsupported => (None, true),
                Claim::Taken => (None, false),
            };
            if !writable {
                // When the other tab is gone its work is read anew and this one takes over.
                lock::wait(PROJECT_LOCK, move |lock| {
                    spawn_local(open(model, Some(lock), true));
                });
            }
            spawn_local(open(model, lock, writable));
        });
    });
}

async fn open(model: Model, lock: Option<ProjectLock>, writable: bool) {
    let mut opened = Opened { store: None, lock, settings: Settings::default(), writable, is_new: true };
    match Store::open(move |notice| heed(model, notice)).await {
        Ok(store) => {
            let settings = store.setting(SETTINGS).await.ok().flatten();
            opened.settings =
                settings.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
            let has_schema = store.setting(SCHEMA).await.is_ok_and(|schema| schema.is_some());
            // What cannot be counted is not passed over: the workbench says what is wrong with it.
            opened.is_new = !has_schema && store.is_empty().await.unwrap_or(false);
            opened.store = Some(store);
        }
        Err(error) => report(model, &error),
    }
    if opened.is_new {
        model.install(State { settings: opened.settings.clone(), writable, ..State::default() });
        model.ready.set(true);
    }
    model.with_workbench(move |workbench| (workbench.take_over)(model, opened));
}

/// Does what a storage asks for that nobody has asked.
pub(super) fn heed(model: Model, notice: Notice) {
    match notice {
        Notice::Superseded => model.outdated.set(true),
        Notice::Blocked => {
            model.say(model.language.get_untracked().text(Text::StorageBlocked));
        }
        Notice::Lost => {
            report(model, &StorageError::Closed);
            model.with_workbench(move |workbench| (workbench.rescue)(model));
        }
    }
}

/// Says that the storage cannot be had.
pub(super) fn report(model: Model, error: &StorageError) {
    let keeping = match error {
        StorageError::Unavailable(_) => Keeping::Memory,
        _ => Keeping::Failed(error_text(model, error)),
    };
    model.keeping.set(keeping);
}

/// What is wrong with the storage, in words.
pub(super) fn error_text(model: Model, error: &StorageError) -> String {
    let language = model.language.get_untracked();
    match error {
        StorageError::Unavailable(_) => language.text(Text::StorageUnavailable).to_owned(),
        StorageError::Full => language.text(Text::StorageFull).to_owned(),
        StorageError::Newer => language.text(Text::StorageNewer).to_owned(),
        StorageError::Collision => language.text(Text::StorageCollision).to_owned(),
        StorageError::Closed => language.text(Text::StorageClosed).to_owned(),
        StorageError::Refused { name, message } => format!("{name}: {message}"),
    }
}
