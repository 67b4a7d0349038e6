//! Project files: the open project as a file, and files as new projects.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::shelf::{fill, setting};
use super::switching::{go_to, written};
use super::{Trouble, shown_name};
use crate::app::ReviewText;
use crate::project::backups::file_part;
use crate::project::{ANNOTATORS, SCHEMA, StoredAnnotator, StoredDocument, Write};
use crate::text::unturned;
use crate::ui::filling;
use crate::ui::model::{Dialog, Model};
use crate::ui::storage::{SETTINGS, loaded_annotators};
use crate::web::files::ReadFile;
use crate::web::{catalogue, clock, download};
use crate::work::{Documents, Portable, Unpacked};

/// The media type of a project file.
const MISAM: &str = "application/vnd.misam+zip";

/// A project file that is not whole.
#[derive(Clone)]
pub(in crate::ui) struct DamagedFile {
    /// Its name.
    pub(in crate::ui) name: String,
    /// What came of it.
    pub(in crate::ui) unpacked: Unpacked,
}

/// Saves the open project as a file, with all that is in memory and not in the storage. Gives the file's name.
async fn save_file(model: Model) -> Result<String, Trouble> {
    let bytes = file_of(model).await?;
    let name = file_name(model);
    download::save(&name, MISAM, &bytes).map_err(|error| Trouble::BrokeOff(error.to_string()))?;
    Ok(name)
}

/// Saves the open project as a file, and says so or why not.
pub(in crate::ui) fn save(model: Model) {
    spawn_local(async move {
        let said = match save_file(model).await {
            Ok(name) => model.language.get_untracked().fill(ReviewText::SaidDownloaded, &[("file", &name)]),
            Err(trouble) => trouble.say(model),
        };
        model.say(said);
    });
}

/// The name of the open project's file.
pub(in crate::ui) fn file_name(model: Model) -> String {
    format!("{}.misam", file_part(&shown_name(model)))
}

/// The open project as a file.
pub(in crate::ui) async fn file_of(model: Model) -> Result<Vec<u8>, Trouble> {
    filling::everything_read(model).await;
    // Taken before anything is waited for, so that journal and documents are of one moment: edits go on meanwhile, and what
    // waits now may be in the storage when that is read.
    let (store, waiting) =
        model.ask_keeper(|keeper| (keeper.open_store(), keeper.waiting())).unwrap_or_default();
    let now = model.peek(|state| state.project.seq());
    let portable = model.peek(|state| Portable {
        about: state.about.clone(),
        settings: state.settings.of_project(),
        schema: state.project.stored_schema(),
        documents: Documents::new(state.project.all_documents()),
        annotators: Vec::new(),
        journal: Vec::new(),
    });
    let history = model.peek(|state| state.project.journal_of_history());
    // Those that have not been read yet are in the storage alone, those that it refused in memory.
    let annotators = match (loaded_annotators(model), &store) {
        (Some(loaded), _) => loaded,
        (None, Some(store)) => {
            let stored = store.setting(ANNOTATORS).await.ok().flatten();
            stored.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
        }
        (None, None) => Vec::new(),
    };
    let stored = match store {
        Some(store) => store.journal_lines(now).await.ok(),
        None => None,
    };
    let (mut journal, entries) = match stored {
        Some((stored, last)) => (stored, waiting.into_iter().filter(|entry| entry.seq > last).collect()),
        // Without the storage, what memory knows of the history is all there is.
        None => (Vec::new(), history),
    };
    for entry in entries {
        // Entries hold strings and numbers, which always serialise.
        let line = serde_json::to_string(&entry).unwrap_or_default();
        journal.extend(line.into_bytes());
        journal.push(b'\n');
    }
    let portable = Portable { annotators, journal, ..portable };
    let asked = model.ask_keeper(|keeper| keeper.jobs.write_project(portable));
    let written = match asked {
        Some(reply) => reply.await.map_err(Trouble::BrokeOff)?,
        None => return Err(Trouble::Unsaved),
    };
    Ok(written.file)
}

/// What came of a project file.
enum Unfolded {
    /// It is among the others, in this database.
    Admitted(String),
    /// It is not whole: a person has to see first what is wrong with it.
    Damaged(DamagedFile),
}

/// Puts the project in a file among the others, if it is whole.
async fn unfold(model: Model, name: String, bytes: Vec<u8>) -> Result<Unfolded, Trouble> {
    let asked = model.ask_keeper(|keeper| keeper.jobs.read_project(&name, bytes));
    let unpacked = match asked {
        Some(reply) => reply.await.map_err(Trouble::BrokeOff)?,
        None => return Err(Trouble::Unsaved),
    };
    match unpacked {
        Unpacked { project: Some(project), notes } if notes.is_empty() => {
            admit(model, *project).await.map(Unfolded::Admitted)
        }
        unpacked => Ok(Unfolded::Damaged(DamagedFile { name, unpacked })),
    }
}

/// Puts a project that came in a file among the others, and opens it.
pub(in crate::ui) async fn adopt(model: Model, portable: Portable) -> Result<(), Trouble> {
    let database = admit(model, portable).await?;
    go_to(model, database).await
}

/// Puts a project that came in a file among the others, in the database whose name is given.
async fn admit(model: Model, portable: Portable) -> Result<String, Trouble> {
    written(model).await?;
    let broken = |error: &dyn std::fmt::Display| Trouble::BrokeOff(error.to_string());
    let project = portable.unpack().map_err(|error| broken(&error))?;
    let seq = project.schema.seq;
    let documents = project.documents.iter().zip(0..);
    let documents: Vec<_> = documents
        .map(|(document, order)| (StoredDocument::of(document, order, seq), document.text.clone()))
        .collect();
    let articles = documents.len();
    let documents = Write::arrivals(documents, 1).into_iter();
    let settings = [
        Write::Setting { key: SCHEMA.into(), value: setting(&project.schema) },
        Write::Setting { key: SETTINGS.into(), value: serde_json::Value::Object(project.settings) },
    ];
    let annotators: Vec<_> = project.annotators.iter().map(StoredAnnotator::of).collect();
    let annotators = (!annotators.is_empty())
        .then(|| Write::Setting { key: ANNOTATORS.into(), value: setting(&annotators) });
    let entries = project.journal.into_iter().map(Write::Entry);
    let writes: Vec<Write> = documents.chain(entries).chain(settings).chain(annotators).collect();
    let database = catalogue::new_database(clock::now_ms());
    fill(&database, &project.about, articles, &writes).await?;
    Ok(database)
}

/// Makes projects of project files, opens the last of them, and says what could not be opened.
pub(in crate::ui) fn take_files(model: Model, files: Vec<ReadFile>) {
    spawn_local(async move {
        if let Err(trouble) = open_files(model, files).await {
            model.say(trouble.say(model));
        }
    });
}

/// [`take_files`]. A file that is not whole is shown when the others are in; where there are several, the others of them
/// are named.
async fn open_files(model: Model, files: Vec<ReadFile>) -> Result<(), Trouble> {
    let (mut latest, mut damaged, mut failed) = (None, Vec::new(), None);
    for ReadFile { name, bytes } in files {
        match unfold(model, name, bytes).await {
            Ok(Unfolded::Admitted(database)) => latest = Some(database),
            Ok(Unfolded::Damaged(file)) => damaged.push(file),
            Err(trouble) => failed = Some(trouble),
        }
    }
    if let Some(database) = latest {
        go_to(model, database).await?;
    }
    let mut damaged = damaged.into_iter();
    if let Some(first) = damaged.next() {
        let others: Vec<_> = damaged.map(|file| unturned(&file.name).into_owned()).collect();
        if !others.is_empty() {
            let files = others.join(" · ");
            model.say(model.language.get_untracked().fill(ReviewText::SaidDamagedToo, &[("files", &files)]));
        }
        model.dialog.set(Some(Dialog::Damaged(StoredValue::new(first))));
    }
    failed.map_or(Ok(()), Err)
}
