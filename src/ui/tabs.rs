//! Several tabs on one project: one does the work, the others follow it and can take it over.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::model::Model;
use super::{opening, projects, storage};
use crate::app::State;
use crate::web::channel::{Channel, Word};
use crate::web::lock;

/// The line between the tabs on a project.
fn line_of(database: &str) -> String {
    format!("misam:{database}")
}

/// Listens to the other tabs on the open project.
pub(super) fn listen(model: Model) -> Option<Channel> {
    let database = model.database.get_value();
    Channel::open(&line_of(&database), move |word| match word {
        Word::Kept if !model.peek(|state| state.writable) => spawn_local(follow(model)),
        Word::Yield if model.peek(|state| state.writable) => spawn_local(give_way(model)),
        Word::Kept | Word::Yield => {}
    })
}

/// Asks the tab that does the work to leave it to this one.
pub(super) fn take_over(model: Model) {
    model.ask_keeper(|keeper| keeper.tell(Word::Yield));
}

/// Takes in what the other tab has done. Each word of it begins this anew, so that one may be overtaken by another, which
/// read before the last was there: it looks once more.
pub(super) async fn follow(model: Model) {
    while is_overtaken(model).await {}
}

/// Takes in what there is, unless somebody else did meanwhile.
async fn is_overtaken(model: Model) -> bool {
    // Until all of it is known, what is taken back cannot be told. It is asked for again then.
    if model.peek(|state| state.writable || !state.project.is_all_known()) {
        return false;
    }
    let Some(store) = model.ask_keeper(|keeper| keeper.open_store()).flatten() else {
        return false;
    };
    let database = model.database.get_value();
    let (seq, stack, known) = model.peek(|state| {
        let known: std::collections::HashSet<String> =
            state.project.all_documents().map(|document| document.id.to_string()).collect();
        (state.project.seq(), state.project.latest_stack(), known)
    });
    let Ok(news) = store.news(seq, stack, |id| known.contains(id)).await else {
        return false;
    };
    if !projects::is_open(model, &database) || model.peek(|state| state.writable) {
        return false;
    }
    if model.peek(|state| state.project.seq() != seq) {
        return true;
    }
    let mut project = model.peek(|state| state.project.clone());
    match project.follow(news) {
        Ok(()) => model.amend(|state| {
            state.project = project;
            settle(state);
        }),
        // Something is missing here: all of it is read anew.
        Err(_) => storage::reload(model, store).await,
    }
    if model.peek(|state| state.current.is_none()) {
        storage::show_first(model);
    }
    false
}

/// What is on the screen may be gone.
fn settle(state: &mut State) {
    if state.current.as_ref().is_none_or(|id| state.project.find(id).is_none()) {
        state.current = None;
        state.selection = None;
    }
    if state.active_span().is_none() {
        state.active = None;
    }
}

/// Leaves the work to another tab, once everything done here is in the storage.
async fn give_way(model: Model) {
    if projects::written(model).await.is_err() {
        // What is only in memory here would be lost to the other tab.
        return;
    }
    let database = model.database.get_value();
    model.amend(State::give_way);
    storage::only_look(model);
    let name = lock::name_of(&database);
    lock::wait(&name, move |lock| opening::take_up(model, database, lock));
}
