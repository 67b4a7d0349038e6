//! The open project, saved again and again into a file that a person has chosen.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::Model;
use super::projects;
use crate::app::Text;
use crate::web::backup_file::{self, BackupFile};
use crate::web::clock;

/// So long after an edit the file is written; edits that come meanwhile go with it.
const DELAY_MS: u32 = 10_000;

/// A file that is kept up to date for as long as the project is open.
pub(super) struct Backup {
    file: BackupFile,
    due: Option<Timeout>,
}

/// What is said of the backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BackupState {
    /// The file's name.
    pub(super) file: String,
    /// When it was written last, in milliseconds since 1970 (UTC); 0 if it was not.
    pub(super) at: u64,
}

impl Backup {
    /// Notes that something was done.
    pub(super) fn note(&mut self, model: Model) {
        if self.due.is_none() {
            self.due = Some(Timeout::new(DELAY_MS, move || write(model)));
        }
    }
}

/// Lets the person choose a file, and writes it from then on.
pub(super) fn choose(model: Model) {
    spawn_local(async move {
        if let Some(file) = backup_file::choose(&projects::file_name(model)).await {
            model.backup.set(Some(BackupState { file: file.name.clone(), at: 0 }));
            model.ask_keeper(|keeper| keeper.backup = Some(Backup { file, due: None }));
            write(model);
        }
    });
}

/// Writes the file no more. What is in it stays.
pub(super) fn stop(model: Model) {
    model.ask_keeper(|keeper| keeper.backup = None);
    model.backup.set(None);
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
            Ok(bytes) => file.write(&bytes).await,
            Err(trouble) => Err(trouble.say(model)),
        };
        match written {
            Ok(()) => model.backup.update(|state| {
                if let Some(state) = state {
                    state.at = clock::now_ms();
                }
            }),
            Err(reason) => {
                stop(model);
                let values = [("file", file.name.as_str()), ("reason", reason.as_str())];
                model.say(model.language.get_untracked().fill(Text::BackupFailed, &values));
            }
        }
    });
}
