//! Reads the rest of a project while the page is being used already. What the list shows and the article on the screen
//! came first; the other articles come in pieces, none of which holds up a frame. In the workbench's part of the page.

use std::time::Duration;

use gloo::timers::future::sleep;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::Model;
use super::opening::report;
use super::{snapshots, tabs};
use crate::annotation::DocumentId;
use crate::app::{Command, Counted, ModelStatus};
use crate::project::{Delivery, Place, StorageError, StoredProject, revive};
use crate::web::clock;
use crate::web::store::Store;

/// So many documents are read in one go.
const READ_AT_ONCE: u32 = 100;

/// So long the page may be kept from drawing and listening, in milliseconds.
const SLICE_MS: u64 = 8;

/// A reading that was refused is tried so often.
const TRIES: u32 = 4;

/// The wait before the first time it is tried again; it doubles.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// How often it is looked whether everything is read.
const PATIENCE: Duration = Duration::from_millis(30);

/// The rest of a project on its way. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Filling {
    /// How many articles are read, and how many there are; nothing once all are read.
    pub(super) progress: RwSignal<Option<(usize, usize)>>,
    /// Tells a project from the one that was open before it.
    round: StoredValue<u32>,
}

impl Filling {
    pub(super) fn new() -> Self {
        Self { progress: RwSignal::new(None), round: StoredValue::new(0) }
    }

    /// Stands for what is open now.
    pub(super) fn round(self) -> u32 {
        self.round.get_value()
    }

    /// True if something else is open than in that round, or it was read anew.
    pub(super) fn is_over(self, round: u32) -> bool {
        self.round() != round
    }
}

/// Says that another project is open from now on.
pub(super) fn restart(model: Model) -> u32 {
    let Filling { progress, round } = model.filling;
    progress.set(None);
    round.update_value(|round| *round += 1);
    round.get_value()
}

/// Waits until the page can keep work and have it done.
pub(super) async fn opened(model: Model) {
    while !model.is_open() {
        sleep(PATIENCE).await;
    }
}

/// Waits until all articles are read.
pub(super) async fn everything_read(model: Model) {
    while !model.peek(|state| state.project.is_whole()) {
        sleep(PATIENCE).await;
    }
}

/// Reads what is not read yet: all articles, and then the history up to an entry.
pub(super) async fn fill(model: Model, store: Store, round: u32, unread: u64) {
    let is_over = || model.filling.is_over(round);
    let is_whole = model.peek(|state| state.project.is_whole());
    if !is_whole {
        if fill_articles(model, &store, &is_over).await.is_none() {
            return;
        }
        // What depends on all articles is worked out anew.
        model.filling.progress.set(None);
        model.amend(|_| ());
    }
    if unread > 0 && !is_over() {
        snapshots::recall(model, store, unread).await;
    }
    if is_over() {
        return;
    }
    if !is_whole {
        model.catch_up();
        if let Some(about) = model.peek(|state| state.model.about().cloned()) {
            // It came when some articles were not there to be read with it.
            model.run(Command::Model(ModelStatus::Ready(about.into())));
        }
    }
    let (writes_here, is_behind) = model.peek(|state| {
        let project = &state.project;
        let is_stored = project.is_stored() && !project.lacks_heads();
        (state.writable, !is_stored && project.may_leave_journal())
    });
    if !writes_here {
        spawn_local(tabs::follow(model));
    } else if is_behind {
        // So that the next opening has less to do.
        model.ask_keeper(|keeper| keeper.snapshots.await_rest(model));
    }
}

/// Nothing if another project was opened meanwhile.
async fn fill_articles(model: Model, store: &Store, is_over: &impl Fn() -> bool) -> Option<()> {
    let (mut place, mut damaged) = (Place::Alone(None), 0);
    let stacks = model.peek(|state| state.project.unread_stacks());
    loop {
        let part = match read_part(store, &place, &stacks).await {
            Ok(part) => part,
            Err(error) => {
                // What is not read must not be taken for gone: nothing is stored over it, and it is said.
                report(model, &error);
                break;
            }
        };
        let Some(next) = place.after(&part, &stacks) else {
            break;
        };
        place = next;
        let mut part = Delivery::of(part);
        while part.is_left() {
            if is_over() {
                return None;
            }
            let begun = clock::now_ms();
            let is_time_up = || clock::now_ms().saturating_sub(begun) >= SLICE_MS;
            damaged += model.amend_quietly(|state| part.take_slice(&mut state.project, is_time_up));
            sleep(Duration::ZERO).await;
        }
        for id in part.without_text {
            bring(model, store, &id).await;
        }
        if is_over() {
            return None;
        }
        let progress = model.peek(|state| {
            let total = state.project.listed().count();
            (total.saturating_sub(state.project.unread_count()), total)
        });
        model.filling.progress.set(Some(progress));
    }
    // The tab that does the work may have put them by themselves meanwhile.
    for id in model.peek(|state| state.project.unread_in_stacks()) {
        bring(model, store, &id).await;
        if is_over() {
            return None;
        }
    }
    damaged += model.amend_quietly(|state| state.project.miss_all());
    say_damaged(model, damaged);
    Some(())
}

/// What is stored at a place.
async fn read_at(store: &Store, place: &Place, stacks: &[u64]) -> Result<StoredProject, StorageError> {
    match place {
        Place::Alone(last) => store.documents_after(last.as_deref(), READ_AT_ONCE).await,
        Place::Stack(at) => match stacks.get(*at) {
            Some(number) => store.stack(*number).await,
            None => Ok(StoredProject::default()),
        },
    }
}

async fn read_part(store: &Store, place: &Place, stacks: &[u64]) -> Result<StoredProject, StorageError> {
    let mut wait = FIRST_WAIT;
    for _ in 1..TRIES {
        match read_at(store, place, stacks).await {
            Err(error) if error.may_pass() => sleep(wait).await,
            outcome => return outcome,
        }
        wait *= 2;
    }
    read_at(store, place, stacks).await
}

/// Reads one document before the others, if it is not read yet. `false` if it cannot be read.
pub(super) async fn bring(model: Model, store: &Store, id: &DocumentId) -> bool {
    let round = model.filling.round();
    let stack = model.peek(|state| state.project.stack_of(id));
    let stored = store.document_named(id.as_str(), stack).await;
    if model.filling.is_over(round) {
        return false;
    }
    match stored {
        Ok(stored) => {
            let damaged = model.amend_quietly(|state| state.project.take_in(revive(stored)));
            say_damaged(model, damaged);
            model.peek(|state| state.project.document(id).is_some())
        }
        Err(error) => {
            report(model, &error);
            false
        }
    }
}

/// Shows a document that somebody wants to see, as soon as it is read.
pub(super) fn bring_wanted(model: Model, id: DocumentId) {
    let Some(store) = model.ask_keeper(|keeper| keeper.open_store()).flatten() else {
        return;
    };
    spawn_local(async move {
        let is_wanted =
            || model.peek(|state| state.wanted.as_ref().is_some_and(|wanted| wanted.document == id));
        if bring(model, &store, &id).await && is_wanted() {
            model.run(Command::Open(id));
        }
    });
}

fn say_damaged(model: Model, damaged: usize) {
    if damaged > 0 {
        model.say(model.language.get_untracked().count(Counted::StorageDamaged, damaged));
    }
}
