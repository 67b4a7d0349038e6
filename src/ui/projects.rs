//! Projects as wholes: going from one to another, making, copying, naming and deleting them, and project files.

use std::time::Duration;

use gloo::timers::future::sleep;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::{Dialog, Keeping, Model};
use super::pasting::ArticleDraft;
use super::storage::{ABOUT, SCHEMA, SETTINGS, loaded_annotators};
use super::{filling, opening, snapshots};
use crate::annotation::Status;
use crate::app::{Command, ReviewText, State, Text};
use crate::project::backups::file_part;
use crate::project::{
    ANNOTATORS, About, Listed, ProjectCard, StorageError, StoredAnnotator, StoredDocument, Write, free_name,
};
use crate::text::unturned;
use crate::web::files::ReadFile;
use crate::web::lock::{self, Claim, ProjectLock};
use crate::web::store::Store;
use crate::web::{backup_file, catalogue, clock, download, preferences, reply};
use crate::work::{Documents, Portable, Unpacked};

/// The media type of a project file.
const MISAM: &str = "application/vnd.misam+zip";

/// How often it is looked whether everything is written.
const PATIENCE: Duration = Duration::from_millis(30);

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

/// A project file that is not whole.
#[derive(Clone)]
pub(super) struct DamagedFile {
    /// Its name.
    pub(super) name: String,
    /// What came of it.
    pub(super) unpacked: Unpacked,
}

/// The name a project is called by, also if nobody named it.
pub(super) fn name_or_default(model: Model, name: &str) -> String {
    match name.trim() {
        "" => model.language.get().text(Text::ProjectUnnamed).to_owned(),
        name => unturned(name).into_owned(),
    }
}

/// What the list says of the open project.
pub(super) fn describe(state: &State, card: &mut ProjectCard) {
    card.describe(&state.about);
    card.articles = state.project.listed().count();
    let is_finished = |listed: &Listed<'_>| matches!(listed.status(), Status::Done | Status::Skipped);
    let finished = state.project.listed().filter(is_finished).count();
    card.finished = finished;
    let latest = state.project.history().done().next_back().map_or(0, |edit| edit.at);
    card.changed = card.changed.max(latest);
}

/// Notes in the list how far the open project has come.
pub(super) async fn note(model: Model) {
    if !model.peek(|state| state.writable) || matches!(model.keeping.get_untracked(), Keeping::Memory) {
        return;
    }
    let database = model.database.get_value();
    let mut now = ProjectCard::new(database.as_str());
    model.peek(|state| describe(state, &mut now));
    // The list follows the projects: one that could not be noted is noted when it is opened next.
    let _ = catalogue::change(&database, |card| {
        card.describe(&About { name: now.name, created: now.created, ..About::default() });
        (card.articles, card.finished) = (now.articles, now.finished);
        card.changed = card.changed.max(now.changed);
        card.deleted = None;
    })
    .await;
}

/// Opens another project in this tab.
pub(super) async fn go_to(model: Model, database: String) -> Result<(), Trouble> {
    if model.database.with_value(|open| *open == database) {
        return Ok(());
    }
    written(model).await?;
    snapshots::take_last(model).await;
    note(model).await;
    let was = model.database.get_value();
    let is_nothing = model.peek(is_nothing);
    let settings = model.peek(|state| state.settings.clone());
    model.dialog.set(None);
    model.ready.set(false);
    filling::restart(model);
    model.disconnect();
    model.install(State { settings: settings.clone(), writable: true, ..State::default() });
    model.keeping.set(Keeping::Saved);
    model.draft.set_value(ArticleDraft::default());
    model.schema_draft.set_value(None);
    model.importing.intake.update(|intake| intake.undated.clear());
    model.annotators.set(Vec::new());
    model.annotators_are_back.set_value(false);
    preferences::note_project(&database);
    opening::open(model, database, Some(settings));
    if is_nothing {
        // Nobody has done anything in it, so nobody looks for it.
        spawn_local(async move {
            let _ = erase(was).await;
        });
    }
    Ok(())
}

/// [`go_to`] from the list. A project that was put aside is taken up by opening it.
pub(super) async fn go_to_listed(model: Model, database: String) -> Result<(), Trouble> {
    archive(database.clone(), false).await?;
    go_to(model, database).await
}

/// True of a project in which nothing was ever done.
pub(super) fn is_nothing(state: &State) -> bool {
    state.writable && state.project.seq() == 0 && state.about == About::default()
}

/// Waits until everything is in the storage.
pub(super) async fn written(model: Model) -> Result<(), Trouble> {
    loop {
        match model.keeping.get_untracked() {
            Keeping::Saving => sleep(PATIENCE).await,
            Keeping::Saved => return Ok(()),
            Keeping::Memory | Keeping::Failed(_) if model.peek(is_nothing) => return Ok(()),
            Keeping::Memory | Keeping::Failed(_) => return Err(Trouble::Unsaved),
        }
    }
}

/// Makes a project and opens it.
pub(super) async fn create(model: Model, name: String) -> Result<(), Trouble> {
    // Who cannot leave what is open gets no new project either: it would be listed, and the person told that it failed.
    written(model).await?;
    let now = clock::now_ms();
    let name = match unturned(name.trim()) {
        name if name.is_empty() => String::new(),
        name => free_name(&name, &catalogue::cards().await?),
    };
    // Who works here goes on working there.
    let annotator = model.peek(|state| state.about.annotator.clone());
    let about = About { name, annotator, created: now, ..About::default() };
    let database = catalogue::new_database(now);
    fill(&database, &about, 0, &[]).await?;
    go_to(model, database).await
}

/// Makes a project to try things in, and opens it.
pub(super) async fn create_sample(model: Model) -> Result<(), Trouble> {
    let name = model.language.get_untracked().text(Text::ProjectSample).to_owned();
    create(model, name).await?;
    model.with_workbench(move |workbench| (workbench.add_example)(model));
    Ok(())
}

/// Puts a project into a database that is new, all of it or nothing, and then on the list.
async fn fill(database: &str, about: &About, articles: usize, writes: &[Write]) -> Result<(), Trouble> {
    let said = Write::Setting { key: ABOUT.into(), value: setting(about) };
    let all: Vec<Write> = writes.iter().cloned().chain([said]).collect();
    let outcome = async {
        Store::open(database, |_| {}).await?.write(&all).await?;
        let about = about.clone();
        catalogue::change(database, move |card| {
            card.describe(&about);
            card.articles = articles;
            card.changed = clock::now_ms();
        })
        .await
    };
    if let Err(error) = outcome.await {
        // The database would be a project of its own in the list.
        let _ = Store::delete(database).await;
        return Err(error.into());
    }
    Ok(())
}

fn setting(value: &impl serde::Serialize) -> serde_json::Value {
    // Settings hold strings, numbers and lists of them, which always serialise.
    serde_json::to_value(value).unwrap_or_default()
}

/// Copies a project. The copy is not opened.
pub(super) async fn duplicate(model: Model, card: ProjectCard) -> Result<(), Trouble> {
    let source = if is_open(model, &card.database) {
        written(model).await?;
        model.ask_keeper(|keeper| keeper.open_store()).flatten()
    } else {
        None
    };
    let source = match source {
        Some(store) => store,
        None => Store::open(&card.database, |_| {}).await?,
    };
    let now = clock::now_ms();
    let language = model.language.get_untracked();
    let shown = untrack(|| name_or_default(model, &card.name));
    let name = language.fill(Text::ProjectCopyName, &[("name", &shown)]);
    let name = free_name(&name, &catalogue::cards().await?);
    let database = catalogue::new_database(now);
    let copy = Store::open(&database, |_| {}).await?;
    if let Err(error) = copy.copy_from(&source).await {
        drop(copy);
        let _ = Store::delete(&database).await;
        return Err(error.into());
    }
    let about: About = read_about(&copy).await;
    let about = About { name, created: now, ..about };
    copy.write(&[Write::Setting { key: ABOUT.into(), value: setting(&about) }]).await?;
    catalogue::change(&database, move |new| {
        *new = ProjectCard { database: new.database.clone(), archived: false, deleted: None, ..card };
        new.describe(&about);
        new.changed = now;
    })
    .await?;
    Ok(())
}

async fn read_about(store: &Store) -> About {
    let about = store.setting(ABOUT).await.ok().flatten();
    about.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
}

/// True of the project that is open in this tab.
pub(super) fn is_open(model: Model, database: &str) -> bool {
    model.database.with_value(|open| open == database)
}

/// Changes what a project says of itself.
pub(super) async fn rename(model: Model, database: String, name: String) -> Result<(), Trouble> {
    if is_open(model, &database) {
        let about = model.peek(|state| state.about.clone());
        model.run(Command::SetAbout(Box::new(About { name, ..about })));
        note(model).await;
        return Ok(());
    }
    let lock = claim(&database).await?;
    let store = Store::open(&database, |_| {}).await?;
    let mut about = About { name, ..read_about(&store).await };
    if about.unturn_names() {
        model.say(model.language.get_untracked().text(ReviewText::SaidNameUnturned));
    }
    store.write(&[Write::Setting { key: ABOUT.into(), value: setting(&about) }]).await?;
    catalogue::change(&database, move |card| card.describe(&about)).await?;
    drop(lock);
    Ok(())
}

/// Puts a project aside, or takes it up again.
pub(super) async fn archive(database: String, archived: bool) -> Result<(), Trouble> {
    Ok(catalogue::change(&database, move |card| card.archived = archived).await?)
}

/// What the list would say of the open project.
pub(super) fn open_card(model: Model) -> ProjectCard {
    let mut card = ProjectCard::new(model.database.get_value());
    model.peek(|state| describe(state, &mut card));
    card
}

/// Deletes a project so that it can be brought back. If it is the open one, another is opened, and the dialog with all
/// projects anew.
pub(super) async fn delete(model: Model, card: ProjectCard) -> Result<(), Trouble> {
    if !is_open(model, &card.database) {
        return put_away(&card.database).await;
    }
    let others = catalogue::cards().await?.into_iter();
    let next = others
        .filter(|other| other.database != card.database && !other.archived)
        .find(|c| c.deleted.is_none());
    let was_nothing = model.peek(is_nothing);
    match next {
        Some(next) => go_to(model, next.database).await?,
        None => create(model, String::new()).await?,
    }
    let outcome = if was_nothing {
        // It is erased by now, or in a moment, and there is nothing to bring back.
        let _ = erase(card.database.clone()).await;
        Ok(())
    } else {
        put_away(&card.database).await
    };
    // Going to another project has closed the dialog. It opens when the list is right.
    let deleted = outcome.is_ok().then_some(card).filter(|_| !was_nothing);
    model.dialog.set(Some(Dialog::Projects(deleted)));
    outcome
}

async fn put_away(database: &str) -> Result<(), Trouble> {
    let lock = claim_patiently(database).await?;
    let now = clock::now_ms();
    catalogue::change(database, move |card| card.deleted = Some(now)).await?;
    drop(lock);
    Ok(())
}

/// Brings a deleted project back.
pub(super) async fn bring_back(database: String) -> Result<(), Trouble> {
    Ok(catalogue::change(&database, |card| card.deleted = None).await?)
}

/// Erases a project for good.
pub(super) async fn erase(database: String) -> Result<(), Trouble> {
    let lock = claim_patiently(&database).await?;
    Store::delete(&database).await?;
    catalogue::forget(&database).await?;
    // The name of its database is never used again, so a file that is not forgotten is never written.
    let _ = backup_file::forget(&database).await;
    drop(lock);
    Ok(())
}

/// All projects, the open one as it is now. Those deleted long ago are erased.
pub(super) async fn list(model: Model) -> Result<Vec<ProjectCard>, Trouble> {
    note(model).await;
    let mut cards = catalogue::cards().await?;
    let now = clock::now_ms();
    for expired in cards.iter().filter(|card| card.is_expired(now)) {
        // One that another tab looks at is erased another time.
        let _ = erase(expired.database.clone()).await;
    }
    cards.retain(|card| !card.is_expired(now));
    Ok(cards)
}

async fn claim(database: &str) -> Result<Option<ProjectLock>, Trouble> {
    let (promised, reply) = reply::pair();
    lock::claim(&lock::name_of(database), |claim| promised.give(claim));
    match reply.await {
        Claim::Granted(lock) => Ok(Some(lock)),
        Claim::Unsupported => Ok(None),
        Claim::Taken => Err(Trouble::Elsewhere),
    }
}

/// A lock that this tab has just given back may take a moment to be free.
async fn claim_patiently(database: &str) -> Result<Option<ProjectLock>, Trouble> {
    for _ in 0..10 {
        match claim(database).await {
            Err(Trouble::Elsewhere) => sleep(PATIENCE).await,
            other => return other,
        }
    }
    claim(database).await
}

/// Saves the open project as a file, with all that is in memory and not in the storage. Gives the file's name.
pub(super) async fn save_file(model: Model) -> Result<String, Trouble> {
    let bytes = file_of(model).await?;
    let name = file_name(model);
    download::save(&name, MISAM, &bytes).map_err(|error| Trouble::BrokeOff(error.to_string()))?;
    Ok(name)
}

/// Saves the open project as a file, and says so or why not.
pub(super) fn save(model: Model) {
    spawn_local(async move {
        let said = match save_file(model).await {
            Ok(name) => model.language.get_untracked().fill(ReviewText::SaidDownloaded, &[("file", &name)]),
            Err(trouble) => trouble.say(model),
        };
        model.say(said);
    });
}

/// The name of the open project's file.
pub(super) fn file_name(model: Model) -> String {
    format!("{}.misam", file_part(&shown_name(model)))
}

/// What the open project is called.
pub(super) fn shown_name(model: Model) -> String {
    let name = model.peek(|state| state.about.name.clone());
    untrack(|| name_or_default(model, &name))
}

/// The open project as a file.
pub(super) async fn file_of(model: Model) -> Result<Vec<u8>, Trouble> {
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

/// Opens a project file as a new project; one that is not whole only when a person has seen what is wrong with it.
pub(super) async fn open_file(model: Model, name: String, bytes: Vec<u8>) -> Result<(), Trouble> {
    let asked = model.ask_keeper(|keeper| keeper.jobs.read_project(&name, bytes));
    let unpacked = match asked {
        Some(reply) => reply.await.map_err(Trouble::BrokeOff)?,
        None => return Err(Trouble::Unsaved),
    };
    match unpacked {
        Unpacked { project: Some(project), notes } if notes.is_empty() => adopt(model, *project).await,
        unpacked => {
            model.dialog.set(Some(Dialog::Damaged(StoredValue::new(DamagedFile { name, unpacked }))));
            Ok(())
        }
    }
}

/// Puts a project that came in a file among the others, and opens it.
pub(super) async fn adopt(model: Model, portable: Portable) -> Result<(), Trouble> {
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
    go_to(model, database).await
}

/// Opens project files, each as a project of its own, and says what could not be opened.
pub(super) fn take_files(model: Model, files: Vec<ReadFile>) {
    spawn_local(async move {
        for ReadFile { name, bytes } in files {
            if let Err(trouble) = open_file(model, name, bytes).await {
                model.say(trouble.say(model));
                return;
            }
        }
    });
}
