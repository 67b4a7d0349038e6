//! Snapshots: so that opening a project does not replay all that was ever done. They are taken while nothing else
//! happens, straight into the storage and not in the line of edits: one that is refused holds nothing up, and is taken
//! again later.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use gloo::timers::callback::Timeout;
use gloo::timers::future::sleep;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::{Keeping, Model};
use crate::app::Counted;
use crate::project::{Portion, Recollection, StorageError};
use crate::web::store::Store;

/// So long nothing must have been done.
const REST_MS: u32 = 5_000;

/// After so many entries no rest is waited for.
const MANY: usize = 400;

/// What goes into one transaction.
const PORTION: Portion = Portion { documents: 50, text_bytes: 1 << 20, blocks: 10 };

/// At most so many entries are read in one go.
const ENTRIES: u32 = 2_000;

/// How often it is looked whether another snapshot has been taken.
const PATIENCE: Duration = Duration::from_millis(30);

/// A reading that was refused is tried so often, after a wait that doubles.
const TRIES: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// Takes snapshots when it is time to.
#[derive(Default)]
pub(super) struct Snapshots {
    /// Entries since the last one.
    entries: usize,
    due: Option<Timeout>,
    /// True while one is being taken.
    taking: Rc<Cell<bool>>,
}

impl Snapshots {
    /// Notes that something was done.
    pub(super) fn note(&mut self, model: Model) {
        self.entries += 1;
        if self.entries <= MANY || self.due.is_none() {
            self.await_rest(model);
        }
    }

    /// Takes one when nothing has been done for a while.
    pub(super) fn await_rest(&mut self, model: Model) {
        let taking = Rc::clone(&self.taking);
        self.due = Some(Timeout::new(REST_MS, move || spawn_local(take_all(model, taking))));
    }
}

/// Stores all documents as they are, some at a time, and then notes that they are.
async fn take_all(model: Model, taking: Rc<Cell<bool>>) {
    if taking.replace(true) {
        // What came meanwhile waits for the next one.
        model.ask_keeper(|keeper| keeper.snapshots.await_rest(model));
        return;
    }
    model.ask_keeper(|keeper| {
        keeper.snapshots.entries = 0;
        keeper.snapshots.due = None;
    });
    let database = model.database.get_value();
    while model.database.with_value(|open| *open == database) {
        match take_some(model).await {
            Taken::Some => sleep(Duration::ZERO).await,
            Taken::All => break,
            Taken::Refused => {
                model.ask_keeper(|keeper| keeper.snapshots.await_rest(model));
                break;
            }
        }
    }
    taking.set(false);
}

/// Takes a last snapshot of a project that is left. One that is being taken comes first: only one at a time may count on
/// what it wrote being there, for the last part says that all is.
pub(super) async fn take_last(model: Model) {
    let Some(taking) = model.ask_keeper(|keeper| Rc::clone(&keeper.snapshots.taking)) else {
        return;
    };
    while taking.replace(true) {
        sleep(PATIENCE).await;
    }
    while matches!(take_some(model).await, Taken::Some) {}
    taking.set(false);
}

/// What came of a step.
enum Taken {
    /// There is more to store.
    Some,
    /// Everything is stored as it is.
    All,
    /// Not now.
    Refused,
}

async fn take_some(model: Model) -> Taken {
    // A snapshot must never be ahead of the journal.
    let is_kept = matches!(model.keeping.get_untracked(), Keeping::Saved);
    let writes_here = model.peek(|state| state.writable);
    let store = model.ask_keeper(|keeper| keeper.open_store()).flatten();
    let Some(store) = store.filter(|_| is_kept && writes_here) else {
        return Taken::Refused;
    };
    if !model.peek(|state| state.project.is_whole()) {
        // What the journal says of documents that are not read yet is in none of them.
        return Taken::Refused;
    }
    let Some(part) = model.amend_quietly(|state| Some(state.project.next_part(PORTION))) else {
        return Taken::Refused;
    };
    match store.write(&part.writes).await {
        Ok(()) if model.amend_quietly(|state| state.project.part_stored(&part)) => Taken::All,
        Ok(()) => Taken::Some,
        Err(_) => {
            model.amend_quietly(|state| state.project.part_refused(part));
            Taken::Refused
        }
    }
}

/// Reads the part of the journal that tells only the history, up to this entry, while the page is being used.
pub(super) async fn recall(model: Model, store: Store, up_to: u64) {
    let database = model.database.get_value();
    let mut told = Recollection::default();
    let (mut after, mut damaged) = (0, 0);
    while after < up_to {
        let Ok(entries) = entries_after(&store, after, up_to).await else {
            // A history with a hole in it would take back what it should not: it begins later, and no edit is lost.
            (told, damaged) = (Recollection::default(), damaged + 1);
            break;
        };
        let Some((last, _)) = entries.last() else {
            break;
        };
        after = *last;
        for (_, json) in entries {
            let taken = json.is_some_and(|json| told.take_json(&json).is_ok());
            damaged += usize::from(!taken);
        }
        sleep(Duration::ZERO).await;
        if !model.database.with_value(|open| *open == database) {
            return;
        }
    }
    model.amend(|state| state.project.recall(told.into_history()));
    if damaged > 0 {
        model.say(model.language.get_untracked().count(Counted::StorageDamaged, damaged));
    }
    model.catch_up();
}

async fn entries_after(
    store: &Store,
    after: u64,
    up_to: u64,
) -> Result<Vec<(u64, Option<String>)>, StorageError> {
    let mut wait = FIRST_WAIT;
    for _ in 1..TRIES {
        match store.entries(after, up_to, ENTRIES).await {
            Err(error) if error.may_pass() => sleep(wait).await,
            outcome => return outcome,
        }
        wait *= 2;
    }
    store.entries(after, up_to, ENTRIES).await
}
