//! Brings stored work back and keeps new work. In the workbench's part of the page: `opening` opens the storage and
//! hands it over.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gloo::timers::future::sleep;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::backup::{self, Backup};
use super::jobs::Jobs;
use super::model::{Keeping, Model};
use super::opening::{Opened, error_text, heed, report};
use super::snapshots::Snapshots;
use super::{filling, projects, tabs};
use crate::annotation::{Document, DocumentId};
use crate::app::{Command, Counted, Settings, State};
use crate::project::{
    ANNOTATORS, About, Head, Journalled, Project, Revived, SCHEMA, Saving, StorageError, StoredAnnotator,
    StoredDocument, StoredSchema, Write,
};
use crate::web::channel::{Channel, Word};
use crate::web::lock::ProjectLock;
use crate::web::store::Store;
use crate::web::writer::Writer;
use crate::web::{preferences, storage_room};

/// The name under which the settings are stored.
pub(super) const SETTINGS: &str = "settings";

/// The name under which is stored what the project says of itself.
pub(super) const ABOUT: &str = "about";

/// The wait after a lost storage was asked for; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// How often it is asked for.
const RESCUE_TRIES: u32 = 8;

/// The model's way to the storage and to the worker.
pub(super) struct Keeper {
    /// Nothing if the browser gives none.
    store: Option<Store>,
    /// Nothing if there is no storage, or another tab has the project.
    writer: Option<Writer>,
    /// What is done in the background.
    pub(super) jobs: Jobs,
    /// Asked once, when there is something to lose.
    asked_to_persist: bool,
    /// What bounds the replay.
    pub(super) snapshots: Snapshots,
    /// A file that is kept up to date.
    pub(super) backup: Option<Backup>,
    /// To the other tabs on the project.
    channel: Option<Channel>,
    /// What dialogs keep of the project from one opening to the next. Only they know what it is, so that the first
    /// download does not carry it.
    pub(super) for_dialogs: Option<Rc<dyn Any>>,
    /// Held as long as the page lives, so that no other tab writes.
    _lock: Option<ProjectLock>,
}

impl Keeper {
    /// Keeps whole documents.
    pub(super) fn store(&mut self, model: Model, arrivals: Vec<Write>) {
        let Some(writer) = &self.writer else {
            return;
        };
        writer.write(arrivals);
        if !self.asked_to_persist {
            self.asked_to_persist = true;
            preferences::note_project(&model.database.get_value());
            spawn_local(async {
                // A refusal changes nothing: the work is stored all the same, as long as the browser has room.
                storage_room::ask_to_persist().await;
            });
        }
    }

    /// Goes on with a storage whose connection was lost, and of which nothing else is missing.
    pub(super) fn reconnect(&mut self, store: Store) {
        self.store = Some(store.clone());
        if let Some(writer) = &self.writer {
            writer.use_store(store);
        }
    }

    /// Keeps everything there is in a storage that was emptied under our hands.
    pub(super) fn start_afresh(&mut self, model: Model, store: Store) {
        self.store = Some(store.clone());
        let Some(writer) = &self.writer else {
            return;
        };
        model.amend_quietly(|state| {
            state.project.put_back_heads();
            state.project.forget_stacks();
        });
        let annotators = loaded_annotators(model);
        let everything = model.peek(|state| {
            let project = &state.project;
            let whole = |document: &Document| {
                let stored = StoredDocument::of(document, order_of(project, &document.id), project.seq());
                Write::Document(Box::new(stored), document.text.clone())
            };
            let schema = schema_setting(&project.stored_schema());
            // The journal is gone with the rest; the history is not. It ends where the journal ended.
            let mut history = project.journal_of_history();
            let shift = project.seq().saturating_sub(history.len() as u64);
            history.iter_mut().for_each(|entry| entry.seq += shift);
            let history = history.into_iter().map(Write::Entry);
            let setting = |key: &str, value: serde_json::Result<serde_json::Value>| {
                value.ok().map(|value| Write::Setting { key: key.into(), value })
            };
            let settings = setting(SETTINGS, serde_json::to_value(&state.settings));
            let about = setting(ABOUT, serde_json::to_value(&state.about));
            let annotators = annotators.and_then(|loaded| setting(ANNOTATORS, serde_json::to_value(loaded)));
            let settings = schema.into_iter().chain(settings).chain(about).chain(annotators);
            let documents = project.all_documents().map(whole);
            documents.chain(history).chain(settings).collect::<Vec<_>>()
        });
        // What waited is in all that again.
        writer.begin_anew(store, everything);
    }

    /// Keeps a journal entry.
    pub(super) fn journal(&mut self, model: Model, entry: Journalled) {
        if let Some(writer) = &self.writer {
            writer.write([Write::Entry(entry)]);
            self.snapshots.note(model);
        }
        if let Some(backup) = &mut self.backup {
            backup.note(model);
        }
    }

    /// Tells the other tabs on the project.
    pub(super) fn tell(&self, word: Word) {
        if let Some(channel) = &self.channel {
            channel.tell(word);
        }
    }

    /// Keeps the schema.
    pub(super) fn schema(&mut self, schema: &StoredSchema) {
        if let Some(writer) = &self.writer {
            writer.write(schema_setting(schema));
        }
    }

    /// Keeps what the project says of itself.
    pub(super) fn about(&mut self, about: &About) {
        if let Ok(value) = serde_json::to_value(about) {
            self.setting(ABOUT, value);
        }
    }

    /// The storage of the open project, if there is one.
    pub(super) fn open_store(&self) -> Option<Store> {
        self.store.clone()
    }

    /// The journal entries that are not in the storage yet, in order.
    pub(super) fn waiting(&self) -> Vec<Journalled> {
        self.writer.as_ref().map(Writer::waiting).unwrap_or_default()
    }

    /// Keeps the settings.
    pub(super) fn settings(&mut self, settings: &Settings) {
        if let Ok(value) = serde_json::to_value(settings) {
            self.setting(SETTINGS, value);
        }
    }

    /// Keeps something about the project as a whole under a name.
    pub(super) fn setting(&mut self, key: &str, value: serde_json::Value) {
        if let Some(writer) = &self.writer {
            writer.write([Write::Setting { key: key.into(), value }]);
        }
    }
}

/// The annotators whose files were loaded beside the project, as they are stored; nothing if there are none, or none has
/// been read yet.
pub(super) fn loaded_annotators(model: Model) -> Option<Vec<StoredAnnotator>> {
    let loaded: Vec<_> =
        model.annotators.with_untracked(|loaded| loaded.iter().map(StoredAnnotator::of).collect());
    (!loaded.is_empty()).then_some(loaded)
}

/// The place of a document in the project's list, as it is stored.
pub(super) fn order_of(project: &Project, id: &DocumentId) -> u32 {
    project.position(id).and_then(|order| u32::try_from(order).ok()).unwrap_or(u32::MAX)
}

/// The schema as a setting.
fn schema_setting(schema: &StoredSchema) -> Option<Write> {
    Some(Write::Setting { key: SCHEMA.into(), value: serde_json::to_value(schema).ok()? })
}

/// Takes over an opened storage: brings back what is in it, and keeps what comes.
pub(super) fn take_over(model: Model, opened: Opened) {
    let Opened { store, lock, settings, personal, writable, is_new } = opened;
    // Who was looking on stays at the article that is on the screen.
    let here = model.peek(|state| state.current.clone());
    let is_moving = personal.is_some();
    let mut settings = match personal {
        Some(personal) => personal.in_project(&settings.of_project()),
        None => settings,
    };
    settings.last = here.or(settings.last);
    if is_new {
        // It can be worked on already, so it is kept from now on.
        keep(model, store.clone(), lock, writable);
        model.amend(|state| state.settings = settings);
        model.catch_up();
    } else if let Some(store) = store.clone() {
        preferences::note_project(&model.database.get_value());
        let round = filling::restart(model);
        spawn_local(async move {
            let loaded = load(model, &store).await;
            if model.filling.is_over(round) {
                // Another project is open by now.
                return;
            }
            let (store, project, about, unread) = match loaded {
                Ok(Loaded { project, about, unread }) => (Some(store), project, about, unread),
                Err(error) => {
                    // Nothing of it is here, so that it can be left, and nothing is written to it.
                    report(model, &error);
                    (None, Project::default(), About::default(), 0)
                }
            };
            let rest = store.clone();
            keep(model, store, lock, writable);
            let state = State { project, settings, about, writable, ..State::default() };
            let first = first_of(&state);
            model.install(state);
            if let (Some(store), Some(first)) = (&rest, &first) {
                // What is on the screen first is read first.
                filling::bring(model, store, first).await;
            }
            model.ready.set(true);
            show_first(model);
            model.catch_up();
            if is_moving {
                model.keep_settings();
            }
            projects::note(model).await;
            if writable {
                backup::take_up(model).await;
            }
            if let Some(store) = rest {
                filling::fill(model, store, round, unread).await;
            }
        });
        return;
    }
    spawn_local(async move {
        if let Some(store) = store {
            let about: Option<About> = read(&store, ABOUT).await;
            model.amend(|state| state.about = about.unwrap_or_default());
        }
        if is_moving {
            model.keep_settings();
        }
    });
}

/// What is to be shown of a project.
struct Loaded {
    project: Project,
    about: About,
    /// Up to which entry the history is still to be read.
    unread: u64,
}

/// Reads what is to be shown of a project; the rest is to be [filled in](filling::fill).
async fn load(model: Model, store: &Store) -> Result<Loaded, StorageError> {
    let about = store.setting(ABOUT).await?;
    let about = about.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
    let schema = match store.setting(SCHEMA).await?.map(serde_json::from_value) {
        Some(Ok(schema)) => Some(schema),
        Some(Err(error)) => {
            let project = load_without_schema(model, store, &error).await?;
            return Ok(Loaded { project, about, unread: 0 });
        }
        None => None,
    };
    let (heads, revived, unread) = match store.load_outline().await? {
        Some((outline, revived, unread)) => (Some(outline.heads), revived, unread),
        None => {
            let (revived, unread) = store.load_recent().await?;
            (None, revived, unread)
        }
    };
    let mut project = revive(model, heads, revived, schema);
    if unread > 0 {
        project.expect_history();
    }
    Ok(Loaded { project, about, unread })
}

/// Reads a project whose labels cannot be read: its whole journal tells them, too. Where it does not, the project is not
/// opened, for the next snapshot would store other labels over them.
async fn load_without_schema(
    model: Model,
    store: &Store,
    error: &serde_json::Error,
) -> Result<Project, StorageError> {
    let revived = store.load().await?;
    if !revived.journal.iter().any(Journalled::changes_schema) {
        return Err(StorageError::Refused { name: SCHEMA.to_owned(), message: error.to_string() });
    }
    let project = revive(model, None, revived, None);
    model.say(model.language.get_untracked().count(Counted::StorageDamaged, 1));
    Ok(project)
}

/// Reads the open project anew, without losing the place.
pub(super) async fn reload(model: Model, store: Store) {
    let round = model.filling.round();
    let loaded = load(model, &store).await;
    if model.filling.is_over(round) {
        return;
    }
    if let Ok(Loaded { project, unread, .. }) = loaded {
        let round = filling::restart(model);
        model.amend(|state| state.project = project);
        if let Some(current) = model.peek(|state| state.current.clone()) {
            filling::bring(model, &store, &current).await;
            model.amend(|_| ());
        }
        filling::fill(model, store, round, unread).await;
    }
}

/// From now on another tab does the work.
pub(super) fn only_look(model: Model) {
    let store = model.ask_keeper(|keeper| keeper.open_store()).flatten();
    keep(model, store, None, false);
}

/// Shows the article that was on the screen last, or else the first.
pub(super) fn show_first(model: Model) {
    if let Some(first) = model.peek(first_of) {
        model.run(Command::Open(first));
    }
}

fn first_of(state: &State) -> Option<DocumentId> {
    let last = state.settings.last.clone().filter(|id| state.project.find(id).is_some());
    last.or_else(|| state.project.listed().next().map(|listed| listed.id().clone()))
}

/// A setting; `None` if there is none that can be read.
async fn read<T: serde::de::DeserializeOwned>(store: &Store, name: &str) -> Option<T> {
    serde_json::from_value(store.setting(name).await.ok()??).ok()
}

/// Keeps from now on what the model says is to be kept, and has a worker at hand.
fn keep(model: Model, store: Option<Store>, lock: Option<ProjectLock>, writable: bool) {
    let database = model.database.get_value();
    // What is still written of a project that was left says nothing of the one that is open.
    let hear = move |saving: &Saving| {
        if projects::is_open(model, &database) {
            hear_saving(model, saving);
        }
    };
    let writer = store.clone().filter(|_| writable).map(|store| Writer::new(store, hear));
    model.connect(Keeper {
        store,
        writer,
        jobs: Jobs::begin(model),
        asked_to_persist: false,
        snapshots: Snapshots::default(),
        backup: None,
        channel: tabs::listen(model),
        for_dialogs: None,
        _lock: lock,
    });
}

/// Goes on after the browser has closed the storage under our hands: with what is in it, or by writing everything anew.
/// While a browser clears a site's data it gives no storage, or never answers, so that is asked for more than once, and no
/// question waits for the answer to the one before.
pub(super) fn rescue(model: Model) {
    spawn_local(async move {
        let rescued = Rc::new(Cell::new(false));
        let trouble = Rc::new(RefCell::new(StorageError::Closed));
        let database = model.database.get_value();
        let mut wait = FIRST_WAIT;
        for _ in 0..RESCUE_TRIES {
            spawn_local({
                let (rescued, trouble, database) =
                    (Rc::clone(&rescued), Rc::clone(&trouble), database.clone());
                async move {
                    if let Err(error) = take_up_again(model, &database, &rescued).await {
                        trouble.replace(error);
                    }
                }
            });
            sleep(wait).await;
            if rescued.get() {
                return;
            }
            wait *= 2;
        }
        report(model, &trouble.borrow());
    });
}

/// Opens the storage anew and goes on with it, if nobody has by then and the page is at the same project still.
async fn take_up_again(model: Model, database: &str, rescued: &Cell<bool>) -> Result<(), StorageError> {
    let store = Store::open(database, move |notice| heed(model, notice)).await?;
    let is_empty = store.is_empty().await?;
    if rescued.replace(true) || model.database.with_value(|open| open != database) {
        return Ok(());
    }
    if is_empty {
        model.start_afresh(store);
    } else {
        model.ask_keeper(|keeper| keeper.reconnect(store));
    }
    Ok(())
}

/// The project as it was left; what of it could not be understood is said.
fn revive(model: Model, heads: Option<Vec<Head>>, revived: Revived, schema: Option<StoredSchema>) -> Project {
    let (project, damaged) = Project::revived(heads, revived, schema);
    if damaged > 0 {
        model.say(model.language.get_untracked().count(Counted::StorageDamaged, damaged));
    }
    project
}

/// Shows how far the writing has come, and lets the other tabs know what is there.
fn hear_saving(model: Model, saving: &Saving) {
    let keeping = keeping(model, saving);
    if keeping == Keeping::Saved && model.keeping.get_untracked() != Keeping::Saved {
        // The keeper may be the one who is writing.
        spawn_local(async move {
            model.ask_keeper(|keeper| keeper.tell(Word::Kept));
        });
    }
    model.keeping.set(keeping);
}

fn keeping(model: Model, saving: &Saving) -> Keeping {
    match saving {
        Saving::Saved => Keeping::Saved,
        Saving::Writing(_) => Keeping::Saving,
        Saving::Failed { error, .. } => Keeping::Failed(error_text(model, error)),
    }
}
