//! Going from one project to another, and making new ones.

use std::time::Duration;

use gloo::timers::future::sleep;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::Trouble;
use super::shelf::{archive, erase_if_blank, fill, note};
use crate::app::{State, Text};
use crate::project::{About, free_name};
use crate::text::unturned;
use crate::ui::model::{Keeping, Model};
use crate::ui::pasting::ArticleDraft;
use crate::ui::{filling, importing, opening, snapshots};
use crate::web::lock::{self, Claim, ProjectLock};
use crate::web::{catalogue, clock, preferences, reply};

/// How often it is looked whether everything is written.
const PATIENCE: Duration = Duration::from_millis(30);

/// Opens another project in this tab.
pub(super) async fn go_to(model: Model, database: String) -> Result<(), Trouble> {
    if model.database.with_value(|open| *open == database) {
        return Ok(());
    }
    // What was asked of this one while it was still being read is not done to the other.
    while model.has_early_commands() {
        sleep(PATIENCE).await;
    }
    written(model).await?;
    snapshots::take_last(model).await;
    note(model).await;
    importing::leave(model);
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
    model.annotators.set(Vec::new());
    model.annotators_are_back.set_value(false);
    preferences::note_project(&database);
    opening::open(model, database, Some(settings));
    if is_nothing {
        // Nobody has done anything in it, so nobody looks for it.
        spawn_local(async move {
            let _ = erase_if_blank(was).await;
        });
    }
    Ok(())
}

/// [`go_to`] from the list. A project that was put aside is taken up by opening it.
pub(in crate::ui) async fn go_to_listed(model: Model, database: String) -> Result<(), Trouble> {
    archive(database.clone(), false).await?;
    go_to(model, database).await
}

/// True of a project in which nothing was ever done, as far as this tab knows: one that could not be opened looks the same.
pub(in crate::ui) fn is_nothing(state: &State) -> bool {
    state.writable && state.project.seq() == 0 && state.about == About::default()
}

/// Waits until everything is in the storage.
pub(in crate::ui) async fn written(model: Model) -> Result<(), Trouble> {
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
pub(in crate::ui) async fn create(model: Model, name: String) -> Result<(), Trouble> {
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
pub(in crate::ui) async fn create_sample(model: Model) -> Result<(), Trouble> {
    let name = model.language.get_untracked().text(Text::ProjectSample).to_owned();
    create(model, name).await?;
    model.with_workbench(move |workbench| (workbench.add_example)(model));
    Ok(())
}

/// The right to write to a project.
pub(super) async fn claim(database: &str) -> Result<Option<ProjectLock>, Trouble> {
    let (promised, reply) = reply::pair();
    lock::claim(&lock::name_of(database), |claim| promised.give(claim));
    match reply.await {
        Claim::Granted(lock) => Ok(Some(lock)),
        Claim::Unsupported => Ok(None),
        Claim::Taken => Err(Trouble::Elsewhere),
    }
}

/// A lock that this tab has just given back may take a moment to be free.
pub(super) async fn claim_patiently(database: &str) -> Result<Option<ProjectLock>, Trouble> {
    for _ in 0..10 {
        match claim(database).await {
            Err(Trouble::Elsewhere) => sleep(PATIENCE).await,
            other => return other,
        }
    }
    claim(database).await
}
