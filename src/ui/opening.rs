//! Opens the storage when the page starts, or when another project is opened. A new project can be begun at once; what
//! is kept of an older one is brought back by the workbench, which comes in a part of its own.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::frame::after_picture;
use super::model::{Keeping, Model};
use super::storage::SETTINGS;
use crate::app::{Settings, State, Text};
use crate::project::{SCHEMA, StorageError};
use crate::web::lock::{self, Claim, ProjectLock};
use crate::web::preferences;
use crate::web::store::{DATABASE, Notice, Store};

/// An opened storage, on its way to the workbench.
pub(super) struct Opened {
    /// Nothing if the browser gives none.
    pub(super) store: Option<Store>,
    /// Held by the only tab that writes.
    pub(super) lock: Option<ProjectLock>,
    /// As they were left.
    pub(super) settings: Settings,
    /// As they were in the project open before, of which the person keeps looks and keys.
    pub(super) personal: Option<Settings>,
    /// False while another tab has the project.
    pub(super) writable: bool,
    /// True if nothing is in it, so that there is nothing to bring back.
    pub(super) is_new: bool,
}

/// Opens the project that was open last. Where nobody has worked yet the page can be used at once: what is begun waits
/// for the storage, which takes as long again as the page and is opened once that is drawn.
pub(super) fn start(model: Model) {
    match preferences::last_project() {
        Some(last) => open(model, last, None),
        None => {
            model.ready.set(true);
            after_picture(move || open(model, DATABASE.to_owned(), None));
        }
    }
}

/// Opens the project in a database. A new one is ready then; any other once the workbench has brought it back. Looks and
/// keys of the person come along from the project open before.
pub(super) fn open(model: Model, database: String, personal: Option<Settings>) {
    model.database.set_value(database.clone());
    let name = lock::name_of(&database);
    lock::claim(&name.clone(), move |claim| {
        let (lock, writable) = match claim {
            Claim::Granted(lock) => (Some(lock), true),
            Claim::Unsupported => (None, true),
            Claim::Taken => (None, false),
        };
        if !writable {
            // When the other tab is gone its work is read anew and this one takes over.
            let database = database.clone();
            lock::wait(&name, move |lock| take_up(model, database, lock));
        }
        spawn_local(bring(model, database, lock, writable, personal));
    });
}

/// Takes up a project whose turn has come: what the tab before did is read anew.
pub(super) fn take_up(model: Model, database: String, lock: ProjectLock) {
    // Another project may have been opened here meanwhile.
    if model.database.with_value(|open| *open == database) {
        spawn_local(bring(model, database, Some(lock), true, None));
    }
}

async fn bring(
    model: Model,
    database: String,
    lock: Option<ProjectLock>,
    writable: bool,
    personal: Option<Settings>,
) {
    let settings = Settings::default();
    let mut opened = Opened { store: None, lock, settings, personal, writable, is_new: true };
    let mut trouble = None;
    match Store::open(&database, move |notice| heed(model, notice)).await {
        Ok(store) => {
            let settings = store.setting(SETTINGS).await.ok().flatten();
            opened.settings = settings.map(Settings::of_stored).unwrap_or_default();
            let has_schema = store.setting(SCHEMA).await.is_ok_and(|schema| schema.is_some());
            // What cannot be counted is not passed over: the workbench says what is wrong with it.
            opened.is_new = !has_schema && store.is_empty().await.unwrap_or(false);
            opened.store = Some(store);
        }
        Err(error) => trouble = Some(error),
    }
    if model.database.with_value(|open| *open != database) {
        // Another one was opened meanwhile.
        return;
    }
    if let Some(error) = trouble {
        report(model, &error);
    }
    if opened.is_new {
        model.install(State { settings: opened.settings.clone(), writable, ..State::default() });
        model.ready.set(true);
    }
    model.begin(move |workbench| (workbench.take_over)(model, opened));
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
