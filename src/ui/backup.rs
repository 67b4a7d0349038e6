//! The open project, saved again and again into a file, or as dated copies into a folder, that a person has chosen.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::Model;
use super::projects;
use crate::app::{Language, ReviewText};
use crate::web::backup_file::{self, BackupFile};
use crate::web::clock;

/// So long after an edit the file is written; edits that come meanwhile go with it.
const DELAY_MS: u32 = 10_000;

/// A file that is kept up to date for as long as the project is open.
pub(super) struct Backup {
    file: BackupFile,
    due: Option<Timeout>,
    is_paused: bool,
}

/// What is said of the backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BackupState {
    /// The file's name.
    pub(super) file: String,
    /// When it was written last, in milliseconds since 1970 (UTC); 0 if it was not.
    pub(super) at: u64,
    /// Why it is not up to date, if it should be.
    pub(super) halt: Option<Halt>,
}

/// Why a file that was chosen is not up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// The browser wants to hear from the person first: the file was chosen before the page was loaded anew.
    Unasked,
    /// It could not be written, for this reason. It is tried again after the next edit.
    Failed(String),
}

impl BackupState {
    /// What it has come to.
    pub(super) fn say(&self, language: Language) -> String {
        let file = ("file", self.file.as_str());
        match &self.halt {
            Some(Halt::Unasked) => language.fill(ReviewText::BackupPaused, &[file]),
            Some(Halt::Failed(reason)) => {
                language.fill(ReviewText::BackupFailed, &[file, ("reason", reason)])
            }
            None if self.at == 0 => language.fill(ReviewText::BackupWriting, &[file]),
            None => {
                let time = clock::say(self.at, language.tag());
                language.fill(ReviewText::BackupWritten, &[file, ("time", &time)])
            }
        }
    }
}

impl Backup {
    /// Notes that something was done.
    pub(super) fn note(&mut self, model: Model) {
        if self.due.is_none() && !self.is_paused {
            self.due = Some(Timeout::new(DELAY_MS, move || write(model)));
        }
    }
}

/// Lets the person choose a file, and writes it from then on.
pub(super) fn choose(model: Model) {
    spawn_local(async move {
        if let Some(file) = backup_file::choose(&projects::file_name(model)).await {
            begin(model, file).await;
        }
    });
}

/// Lets the person choose a folder, and writes copies into it from then on.
pub(super) fn choose_folder(model: Model) {
    spawn_local(async move {
        if let Some(folder) = backup_file::choose_folder().await {
            begin(model, folder).await;
        }
    });
}

/// Writes to a file or folder that was chosen just now, and remembers it.
async fn begin(model: Model, file: BackupFile) {
    go_on(model, file.clone());
    // It is written to all the same if it cannot be remembered.
    let _ = file.remember(&model.database.get_value()).await;
}

/// Takes up the file that was chosen before the page was loaded anew. Where the browser wants to hear from the person
/// first, that waits for a click.
pub(super) async fn take_up(model: Model) {
    let database = model.database.get_value();
    let Ok(Some(file)) = backup_file::remembered(&database).await else {
        return;
    };
    let may_be_written = file.may_be_written().await;
    if model.database.with_value(|open| *open != database) || model.backup.with_untracked(Option::is_some) {
        return;
    }
    if may_be_written {
        go_on(model, file);
    } else {
        model.backup.set(Some(BackupState { file: file.name.clone(), at: 0, halt: Some(Halt::Unasked) }));
        model.ask_keeper(|keeper| keeper.backup = Some(Backup { file, due: None, is_paused: true }));
    }
}

/// Asks the person whether the file may be written, and goes on with it. To be called from a click.
pub(super) fn resume(model: Model) {
    let file = model.ask_keeper(|keeper| keeper.backup.as_ref().map(|backup| backup.file.clone())).flatten();
    let Some(file) = file else {
        return;
    };
    spawn_local(async move {
        if file.ask().await {
            go_on(model, file);
        }
    });
}

/// Writes to the file from now on.
fn go_on(model: Model, file: BackupFile) {
    model.backup.set(Some(BackupState { file: file.name.clone(), at: 0, halt: None }));
    model.ask_keeper(|keeper| keeper.backup = Some(Backup { file, due: None, is_paused: false }));
    write(model);
}

/// Writes the file no more. What is in it stays. That it was stopped is said when it is forgotten, so that nobody who leaves
/// then finds it again.
pub(super) fn stop(model: Model) {
    model.ask_keeper(|keeper| keeper.backup = None);
    let database = model.database.get_value();
    spawn_local(async move {
        // One that cannot be forgotten is offered again, and can be stopped again.
        let _ = backup_file::forget(&database).await;
        let is_stopped = model.ask_keeper(|keeper| keeper.backup.is_none()).unwrap_or(false);
        if is_stopped && model.database.with_value(|open| *open == database) {
            model.backup.set(None);
        }
    });
}

fn write(model: Model) {
    spawn_local(async move {
        let file = model.ask_keeper(|keeper| {
            let backup = keeper.backup.as_mut()?;
            backup.due = None;
            Some(backup.file.clone())
        });
        let Some(file) = file.flatten() else {
            return;
        };
        let written = match projects::file_of(model).await {
            Ok(bytes) => file.write(&bytes, &projects::shown_name(model)).await,
            Err(trouble) => Err(trouble.say(model)),
        };
        model.backup.update(|state| {
            if let Some(state) = state {
                match written {
                    Ok(()) => (state.at, state.halt) = (clock::now_ms(), None),
                    // It may be a disk that was taken out. Who chose the file relies on it, so it stays in sight.
                    Err(reason) => state.halt = Some(Halt::Failed(reason)),
                }
            }
        });
    });
}
