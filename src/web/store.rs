//! The project in IndexedDB: documents, their texts, the journal and the settings.

mod asked;
mod written;

use std::collections::HashSet;
use std::rc::Rc;

use js_sys::Array;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbVersionChangeEvent};

use self::asked::{Contents, Requested, bytes_of, numbers_of, reach, unstack};
use self::written::Requests;
use super::indexed_db::{self, refused};
use crate::project::{
    HEADS, HIGHEST_BROUGHT, LET_IN, Outline, Revived, SNAPSHOT, StorageError, StoredOutline, StoredProject,
    Write, is_self_contained, outline, revive,
};

/// The database of the first project. Those of others begin with its name and `-`.
pub const DATABASE: &str = "misam";

/// The layout of the database. To be raised when a store is added, and whenever an older Misam would misread what is in
/// one: since 3, what a snapshot leaves in stacks.
const VERSION: u32 = 3;

/// JSON of [`StoredDocument`](crate::project::StoredDocument) by document id.
const DOCUMENTS: &str = "documents";
/// UTF-8 by document id, as bytes: half the room of JavaScript's strings, and never changed.
const TEXTS: &str = "texts";
/// JSON of [`Journalled`](crate::project::Journalled) by number.
const JOURNAL: &str = "journal";
/// Documents that came together, until something is said of them, by number: a list of id, JSON and text of each.
const STACKS: &str = "stacks";
/// JSON by name.
const SETTINGS: &str = "settings";
/// All stores.
const STORES: [&str; 5] = [DOCUMENTS, TEXTS, STACKS, JOURNAL, SETTINGS];
/// The stores with documents in them.
const SHELVES: [&str; 4] = [DOCUMENTS, TEXTS, STACKS, JOURNAL];

/// What happens to a connection without anybody asking for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Another tab with an older Misam keeps the database open; opening waits until it is closed or reloaded.
    Blocked,
    /// A newer Misam in another tab wants the database. The connection was closed in its favour: reload.
    Superseded,
    /// The browser closed the connection, usually because the site's data were cleared. What is in memory is all
    /// there is: open again and write everything.
    Lost,
}

/// A connection to the database. Cloning shares it; it is closed with its last clone.
#[derive(Clone)]
pub struct Store(Rc<Connection>);

struct Connection {
    database: IdbDatabase,
    _on_version_change: Closure<dyn FnMut(IdbVersionChangeEvent)>,
    _on_close: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
        self.database.close();
    }
}

impl Store {
    /// Opens the database of a project; `on_notice` hears what happens to the connection from then on.
    ///
    /// # Errors
    /// If there is no storage, or a newer Misam laid it out.
    pub async fn open(name: &str, on_notice: impl Fn(Notice) + 'static) -> Result<Self, StorageError> {
        let on_notice = Rc::new(on_notice);
        let on_blocked = {
            let on_notice = Rc::clone(&on_notice);
            move || on_notice(Notice::Blocked)
        };
        let database = indexed_db::open(name, VERSION, &STORES, on_blocked).await?;
        let on_version_change = Closure::<dyn FnMut(_)>::new({
            let (database, on_notice) = (database.clone(), Rc::clone(&on_notice));
            move |_| {
                database.close();
                on_notice(Notice::Superseded);
            }
        });
        let on_close = Closure::<dyn FnMut(_)>::new(move |_| on_notice(Notice::Lost));
        database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
        database.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        let connection = Connection { database, _on_version_change: on_version_change, _on_close: on_close };
        Ok(Self(Rc::new(connection)))
    }

    /// Deletes a database of that name with everything in it, once all connections to it are closed.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn delete(name: &str) -> Result<(), StorageError> {
        indexed_db::delete(name).await
    }

    /// True if both share one connection.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// True if there is neither a document nor an edit, readable or not.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn is_empty(&self) -> Result<bool, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &SHELVES)?;
        let count = |name| store_of(&transaction, name)?.count().map_err(|error| refused(&error));
        let counts = [count(DOCUMENTS)?, count(TEXTS)?, count(STACKS)?, count(JOURNAL)?];
        indexed_db::completed(&transaction).await?;
        Ok(counts.iter().all(|count| count.result().is_ok_and(|number| number == 0.0)))
    }

    /// Reads what the list of articles shows, the documents that are not in it yet, and the journal after it, with the
    /// number of the entry before that. `None` if there is no such list, or if it takes the whole journal or more to
    /// understand the rest: [`load_recent`](Self::load_recent) reads everything.
    ///
    /// # Errors
    /// If the database as a whole cannot be read.
    pub async fn load_outline(&self) -> Result<Option<(Outline, Revived, u64)>, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &STORES)?;
        let settings = store_of(&transaction, SETTINGS)?;
        let setting = |key: &str| settings.get(&key.into()).map_err(|error| refused(&error));
        let (current, index, let_in) = (setting(SNAPSHOT)?, setting(HEADS)?, setting(LET_IN)?);
        let blocks = Contents::within(&transaction, SETTINGS, &beginning_with(&format!("{HEADS}/"))?, None)?;
        let keys = store_of(&transaction, DOCUMENTS)?.get_all_keys().map_err(|error| refused(&error))?;
        let numbers = store_of(&transaction, STACKS)?.get_all_keys().map_err(|error| refused(&error))?;
        let texts = store_of(&transaction, TEXTS)?.count().map_err(|error| refused(&error))?;
        indexed_db::settled(&texts).await?;
        let text_of = |request: &IdbRequest| request.result().ok().and_then(|value| value.as_string());
        let snapshot = text_of(&current).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or(0);
        if !reaches(&transaction, snapshot).await? {
            return Ok(None);
        }
        let keys: Array = keys.result().map_err(|error| refused(&error))?.unchecked_into();
        let stored = StoredOutline {
            snapshot,
            index: text_of(&index),
            blocks: blocks.read(Some, JsValue::as_string)?.into_iter().map(|(_, block)| block).collect(),
            keys: keys.iter().filter_map(|key| key.as_string()).collect(),
            // A count is a whole number.
            texts: texts.result().ok().and_then(|count| count.as_f64()).unwrap_or(0.0) as usize,
            stacks: numbers_of(&numbers)?,
            let_in: text_of(&let_in),
        };
        let Some(outline) = outline(&stored) else {
            return Ok(None);
        };
        let journal = Contents::within(&transaction, JOURNAL, &numbers_after(snapshot)?, None)?;
        let newer = Requested::of(&transaction, outline.newer.clone())?;
        // Of those before, all documents are listed.
        let let_in = outline.let_in;
        let after = numbers_after(let_in.map_or(0, |let_in| let_in.stack))?;
        let stacks = Contents::within(&transaction, STACKS, &after, None)?;
        indexed_db::completed(&transaction).await?;
        let (documents, texts) = newer.read()?;
        let journal = journal.read(|key| key.as_f64().map(|seq| seq as u64), JsValue::as_string)?;
        let mut stacked = unstack(&stacks)?;
        let listed: HashSet<&str> = outline.heads.iter().map(|head| head.id.as_str()).collect();
        stacked.retain(|document| !listed.contains(document.id.as_str()));
        let mut revived = revive(StoredProject { documents, texts, journal, stacked, let_in });
        if !is_self_contained(&revived.journal) || is_older(revived.stacked_from, snapshot) {
            return Ok(None);
        }
        revived.latest = revived.latest.max(snapshot);
        Ok(Some((outline, revived, snapshot)))
    }

    /// The document of this name as it is stored: by itself, or else in the stack of this number.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn document_named(
        &self,
        name: &str,
        stack: Option<u64>,
    ) -> Result<StoredProject, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &[DOCUMENTS, TEXTS])?;
        let requested = Requested::of(&transaction, vec![name.to_owned()])?;
        indexed_db::completed(&transaction).await?;
        let (documents, texts) = requested.read()?;
        let is_there = documents.iter().any(|(_, record)| record.is_some());
        match stack.filter(|_| !is_there) {
            Some(number) => {
                let mut stored = self.stack(number).await?;
                stored.stacked.retain(|document| document.id == name);
                Ok(stored)
            }
            None => Ok(StoredProject { documents, texts, ..StoredProject::default() }),
        }
    }

    /// The documents in a stack.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn stack(&self, number: u64) -> Result<StoredProject, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &[STACKS, SETTINGS])?;
        let key = IdbKeyRange::only(&JsValue::from_f64(number as f64)).map_err(|error| refused(&error))?;
        let stacks = Contents::within(&transaction, STACKS, &key, None)?;
        let let_in = reach(&transaction)?;
        indexed_db::completed(&transaction).await?;
        Ok(StoredProject { stacked: unstack(&stacks)?, let_in: let_in.read(), ..StoredProject::default() })
    }

    /// At most so many documents as they are stored, in the order of their names, those after a name. None at the end.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn documents_after(
        &self,
        name: Option<&str>,
        most: u32,
    ) -> Result<StoredProject, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &[DOCUMENTS, TEXTS])?;
        // Names are texts, and no text comes before the empty one.
        let names = IdbKeyRange::lower_bound_with_open(&name.unwrap_or_default().into(), name.is_some())
            .map_err(|error| refused(&error))?;
        let [documents, texts] =
            [DOCUMENTS, TEXTS].map(|store| Contents::within(&transaction, store, &names, Some(most)));
        let (documents, texts) = (documents?, texts?);
        indexed_db::completed(&transaction).await?;
        Ok(StoredProject {
            documents: documents.read(|key| key.as_string(), JsValue::as_string)?,
            texts: texts.read(|key| key.as_string(), bytes_of)?,
            ..StoredProject::default()
        })
    }

    /// Reads the documents, and of the journal what came after all of them were last current, with the number of the
    /// entry before that: 0 if the journal was read from its beginning. The part that was not read tells only the
    /// history. A note of how far they were current is believed only if the journal comes as far.
    ///
    /// # Errors
    /// If the database as a whole cannot be read.
    pub async fn load_recent(&self) -> Result<(Revived, u64), StorageError> {
        let current = self.setting(SNAPSHOT).await?.and_then(|value| value.as_u64()).unwrap_or(0);
        let journal = indexed_db::reading(&self.0.database, &[JOURNAL])?;
        if !reaches(&journal, current).await? {
            return Ok((self.load().await?.doubting_snapshot(current), 0));
        }
        let mut revived = self.load_after(current).await?;
        if !is_self_contained(&revived.journal) || is_older(revived.stacked_from, current) {
            return Ok((self.load().await?, 0));
        }
        revived.latest = revived.latest.max(current);
        Ok((revived, current))
    }

    /// Reads everything but the settings. What cannot be read is named in the answer and stays in the database.
    ///
    /// # Errors
    /// If the database as a whole cannot be read.
    pub async fn load(&self) -> Result<Revived, StorageError> {
        self.load_after(0).await
    }

    /// [`load`](Self::load) without the journal entries up to this one, in one transaction.
    async fn load_after(&self, seq: u64) -> Result<Revived, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &STORES)?;
        let [documents, texts, stacks] =
            [DOCUMENTS, TEXTS, STACKS].map(|name| Contents::of(&transaction, name));
        let let_in = reach(&transaction)?;
        let journal = Contents::within(&transaction, JOURNAL, &numbers_after(seq)?, None);
        let (documents, texts, stacks, journal) = (documents?, texts?, stacks?, journal?);
        indexed_db::completed(&transaction).await?;
        let text_of = |key: JsValue| key.as_string();
        Ok(revive(StoredProject {
            documents: documents.read(text_of, JsValue::as_string)?,
            texts: texts.read(text_of, bytes_of)?,
            journal: journal.read(|key| key.as_f64().map(|seq| seq as u64), JsValue::as_string)?,
            stacked: unstack(&stacks)?,
            let_in: let_in.read(),
        }))
    }

    /// The entries of the journal after one number and up to another, at most so many: number and JSON.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn entries(
        &self,
        after: u64,
        up_to: u64,
        most: u32,
    ) -> Result<Vec<(u64, Option<String>)>, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &[JOURNAL])?;
        let (low, high) = (JsValue::from_f64(after as f64), JsValue::from_f64(up_to as f64));
        let numbers =
            IdbKeyRange::bound_with_lower_open(&low, &high, true).map_err(|error| refused(&error))?;
        let journal = Contents::within(&transaction, JOURNAL, &numbers, Some(most))?;
        indexed_db::completed(&transaction).await?;
        journal.read(|key| key.as_f64().map(|seq| seq as u64), JsValue::as_string)
    }

    /// What another tab has added: the journal after an entry, the stacks after a number, and the documents that are not
    /// among those known.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn news(
        &self,
        seq: u64,
        stack: u64,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<Revived, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &STORES)?;
        let journal = Contents::within(&transaction, JOURNAL, &numbers_after(seq)?, None)?;
        let stacks = Contents::within(&transaction, STACKS, &numbers_after(stack)?, None)?;
        let let_in = reach(&transaction)?;
        let keys = store_of(&transaction, DOCUMENTS)?.get_all_keys().map_err(|error| refused(&error))?;
        let keys: Array = indexed_db::settled(&keys).await?.unchecked_into();
        let new = keys.iter().filter_map(|key| key.as_string()).filter(|id| !is_known(id)).collect();
        let new = Requested::of(&transaction, new)?;
        indexed_db::completed(&transaction).await?;
        let (documents, texts) = new.read()?;
        let journal = journal.read(|key| key.as_f64().map(|seq| seq as u64), JsValue::as_string)?;
        let mut stacked = unstack(&stacks)?;
        stacked.retain(|document| !is_known(&document.id));
        Ok(revive(StoredProject { documents, texts, journal, stacked, let_in: let_in.read() }))
    }

    /// Reads a setting. One that is not readable counts as not set.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn setting(&self, key: &str) -> Result<Option<Value>, StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &[SETTINGS])?;
        let request = store_of(&transaction, SETTINGS)?.get(&key.into()).map_err(|error| refused(&error))?;
        indexed_db::completed(&transaction).await?;
        let found = request.result().map_err(|error| refused(&error))?;
        Ok(found.as_string().and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// The journal as it is stored up to an entry, an entry a line, and the number of the last that is there: 0 if there is
    /// none. What is no text is passed over.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn journal_lines(&self, up_to: u64) -> Result<(Vec<u8>, u64), StorageError> {
        let transaction = indexed_db::reading(&self.0.database, &[JOURNAL])?;
        let numbers =
            IdbKeyRange::upper_bound(&JsValue::from_f64(up_to as f64)).map_err(|error| refused(&error))?;
        let journal = Contents::within(&transaction, JOURNAL, &numbers, None)?;
        indexed_db::completed(&transaction).await?;
        let entries = journal.read(|key| key.as_f64().map(|seq| seq as u64), JsValue::as_string)?;
        let last = entries.last().map_or(0, |(seq, _)| *seq);
        let lines = entries.into_iter().filter_map(|(_, line)| line);
        Ok((lines.flat_map(|line| (line + "\n").into_bytes()).collect(), last))
    }

    /// Puts everything of another database into this one, as it is, readable or not: all of it or nothing.
    ///
    /// # Errors
    /// If either database refuses.
    pub async fn copy_from(&self, other: &Self) -> Result<(), StorageError> {
        let reading = indexed_db::reading(&other.0.database, &STORES)?;
        let contents: Vec<_> =
            STORES.iter().map(|name| Contents::of(&reading, name)).collect::<Result<_, _>>()?;
        indexed_db::completed(&reading).await?;
        let writing = indexed_db::writing(&self.0.database, &STORES)?;
        for (name, contents) in STORES.iter().zip(contents) {
            let store = store_of(&writing, name)?;
            for (key, value) in contents.pairs()? {
                store.put_with_key(&value, &key).map_err(|error| refused(&error))?;
            }
        }
        indexed_db::completed(&writing).await
    }

    /// Writes all of it or nothing, in order, and returns once it is on the disk.
    ///
    /// Journal entries and new documents are only ever added: a number or name that is taken means that another tab
    /// has written, and refuses the whole batch.
    ///
    /// # Errors
    /// If the browser refuses; nothing of `writes` was written then.
    pub async fn write(&self, writes: &[Write]) -> Result<(), StorageError> {
        let transaction = indexed_db::writing(&self.0.database, &STORES)?;
        let requested = Requests::on(&transaction)
            .and_then(|requests| writes.iter().try_for_each(|write| requests.write(write)));
        if let Err(error) = requested {
            // It may have been aborted already, by the very error; then there is nothing left to abort.
            let _ = transaction.abort();
            return Err(error);
        }
        indexed_db::completed(&transaction).await
    }
}

/// True if documents in stacks are older than the journal that was read: the note that lets them in is gone.
fn is_older(stacked_from: Option<u64>, seq: u64) -> bool {
    stacked_from.is_some_and(|from| from < seq)
}

/// True if the journal has an entry of this number or a later one, or this is before all of them.
async fn reaches(transaction: &IdbTransaction, seq: u64) -> Result<bool, StorageError> {
    if seq == 0 || seq > HIGHEST_BROUGHT {
        return Ok(seq == 0);
    }
    let (low, high) = (JsValue::from_f64(seq as f64), JsValue::from_f64(HIGHEST_BROUGHT as f64));
    let numbers = IdbKeyRange::bound(&low, &high).map_err(|error| refused(&error))?;
    let journal = store_of(transaction, JOURNAL)?;
    let count = journal.count_with_key(&numbers).map_err(|error| refused(&error))?;
    Ok(indexed_db::settled(&count).await? != 0.0)
}

/// The names that begin with this one.
fn beginning_with(name: &str) -> Result<IdbKeyRange, StorageError> {
    let (low, high) = (JsValue::from(name), JsValue::from(format!("{name}\u{ffff}")));
    IdbKeyRange::bound(&low, &high).map_err(|error| refused(&error))
}

/// The numbers of the journal entries after one.
fn numbers_after(seq: u64) -> Result<IdbKeyRange, StorageError> {
    IdbKeyRange::lower_bound_with_open(&JsValue::from_f64(seq as f64), true).map_err(|error| refused(&error))
}

fn store_of(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, StorageError> {
    transaction.object_store(name).map_err(|error| refused(&error))
}
