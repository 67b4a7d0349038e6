//! Projects as wholes: going from one to another, making, copying, naming and deleting them, and project files.

mod files;
mod shelf;
mod switching;

use leptos::prelude::*;

use super::model::Model;
use super::opening;
use crate::app::Text;
use crate::project::StorageError;
use crate::text::unturned;

pub(super) use files::{DamagedFile, adopt, file_name, file_of, save, take_files};
pub(super) use shelf::{archive, bring_back, delete, duplicate, erase, list, note, open_card, rename};
pub(super) use switching::{create, create_sample, go_to_listed, is_nothing, written};

/// Why something could not be done with a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Another tab has it open.
    Elsewhere,
    /// What was done here is not in the storage.
    Unsaved,
    /// The storage refused.
    Storage(StorageError),
    /// The worker broke off.
    BrokeOff(String),
}

impl From<StorageError> for Trouble {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl Trouble {
    /// What is said about it.
    pub(super) fn say(&self, model: Model) -> String {
        let language = model.language.get_untracked();
        match self {
            Self::Elsewhere => language.text(Text::ProjectElsewhere).to_owned(),
            Self::Unsaved => language.text(Text::ProjectUnsaved).to_owned(),
            Self::Storage(error) => {
                language.fill(Text::ProjectFailed, &[("reason", &opening::error_text(model, error))])
            }
            Self::BrokeOff(reason) => language.fill(Text::ExportFailed, &[("problem", reason)]),
        }
    }
}

/// The name a project is called by, also if nobody named it.
pub(super) fn name_or_default(model: Model, name: &str) -> String {
    match name.trim() {
        "" => model.language.get().text(Text::ProjectUnnamed).to_owned(),
        name => unturned(name).into_owned(),
    }
}

/// True of the project that is open in this tab.
pub(super) fn is_open(model: Model, database: &str) -> bool {
    model.database.with_value(|open| open == database)
}

/// What the open project is called.
pub(super) fn shown_name(model: Model) -> String {
    let name = model.peek(|state| state.about.name.clone());
    untrack(|| name_or_default(model, &name))
}
