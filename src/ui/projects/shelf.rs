//! The projects of the browser as a list: what it says of each, copying, naming, putting away and erasing.

use leptos::prelude::*;

use super::switching::{claim, claim_patiently, create, go_to, is_nothing, written};
use super::{Trouble, is_open, name_or_default};
use crate::annotation::Status;
use crate::app::{Command, ReviewText, State, Text};
use crate::project::{About, Listed, ProjectCard, SCHEMA, StorageError, Write, free_name};
use crate::ui::model::{Dialog, Model};
use crate::ui::storage::ABOUT;
use crate::web::store::Store;
use crate::web::{backup_file, catalogue, clock};

/// What the list says of the open project.
fn describe(state: &State, card: &mut ProjectCard) {
    card.describe(&state.about);
    card.articles = state.project.listed().count();
    let is_finished = |listed: &Listed<'_>| matches!(listed.status(), Status::Done | Status::Skipped);
    let finished = state.project.listed().filter(is_finished).count();
    card.finished = finished;
    let latest = state.project.history().done().next_back().map_or(0, |edit| edit.at);
    card.changed = card.changed.max(latest);
}

/// Notes in the list how far the open project has come. Of one that could not be read nothing is known.
pub(in crate::ui) async fn note(model: Model) {
    let is_read = model.ask_keeper(|keeper| keeper.open_store()).flatten().is_some();
    if !is_read || !model.peek(|state| state.writable) {
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

/// Puts a project into a database that is new, all of it or nothing, and then on the list.
pub(super) async fn fill(
    database: &str,
    about: &About,
    articles: usize,
    writes: &[Write],
) -> Result<(), Trouble> {
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
    whole_or_nothing(database, outcome.await).await
}

/// Something as a setting of a project.
pub(super) fn setting(value: &impl serde::Serialize) -> serde_json::Value {
    // Settings hold strings, numbers and lists of them, which always serialise.
    serde_json::to_value(value).unwrap_or_default()
}

/// Copies a project. The copy is not opened.
pub(in crate::ui) async fn duplicate(model: Model, card: ProjectCard) -> Result<(), Trouble> {
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
    let outcome = async {
        let copy = Store::open(&database, |_| {}).await?;
        copy.copy_from(&source).await?;
        let about = About { name, created: now, ..read_about(&copy).await };
        copy.write(&[Write::Setting { key: ABOUT.into(), value: setting(&about) }]).await?;
        catalogue::change(&database, move |new| {
            *new = ProjectCard { database: new.database.clone(), archived: false, deleted: None, ..card };
            new.describe(&about);
            new.changed = now;
        })
        .await
    };
    whole_or_nothing(&database, outcome.await).await
}

/// Takes away the database of a project that could not be made whole: it would be a project of its own in the list.
async fn whole_or_nothing(database: &str, outcome: Result<(), StorageError>) -> Result<(), Trouble> {
    if outcome.is_err() {
        let _ = Store::delete(database).await;
    }
    Ok(outcome?)
}

async fn read_about(store: &Store) -> About {
    let about = store.setting(ABOUT).await.ok().flatten();
    about.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
}

/// Changes what a project says of itself.
pub(in crate::ui) async fn rename(model: Model, database: String, name: String) -> Result<(), Trouble> {
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
pub(in crate::ui) async fn archive(database: String, archived: bool) -> Result<(), Trouble> {
    Ok(catalogue::change(&database, move |card| card.archived = archived).await?)
}

/// What the list would say of the open project.
pub(in crate::ui) fn open_card(model: Model) -> ProjectCard {
    let mut card = ProjectCard::new(model.database.get_value());
    model.peek(|state| describe(state, &mut card));
    card
}

/// Deletes a project so that it can be brought back. If it is the open one, another is opened, and the dialog with all
/// projects anew.
pub(in crate::ui) async fn delete(model: Model, card: ProjectCard) -> Result<(), Trouble> {
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
    // What is erased by now, or in a moment, needs no bringing back.
    let is_erased = was_nothing && erase_if_blank(card.database.clone()).await.unwrap_or(false);
    let outcome = if is_erased { Ok(()) } else { put_away(&card.database).await };
    // Going to another project has closed the dialog. It opens when the list is right.
    let deleted = outcome.is_ok().then_some(card).filter(|_| !is_erased);
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
pub(in crate::ui) async fn bring_back(database: String) -> Result<(), Trouble> {
    Ok(catalogue::change(&database, |card| card.deleted = None).await?)
}

/// Erases a project if its storage can be read and nothing was ever put into it. Memory is not asked: it has nothing of a
/// project that could not be opened.
pub(super) async fn erase_if_blank(database: String) -> Result<bool, Trouble> {
    let lock = claim_patiently(&database).await?;
    let store = Store::open(&database, |_| {}).await?;
    let about = store.setting(ABOUT).await?.map(serde_json::from_value::<About>);
    let is_unnamed = about.is_none_or(|about| about.is_ok_and(|about| about == About::default()));
    let is_blank = is_unnamed && store.setting(SCHEMA).await?.is_none() && store.is_empty().await?;
    drop(store);
    if is_blank {
        erase_held(&database).await?;
    }
    drop(lock);
    Ok(is_blank)
}

/// Erases a project for good.
pub(in crate::ui) async fn erase(database: String) -> Result<(), Trouble> {
    let lock = claim_patiently(&database).await?;
    erase_held(&database).await?;
    drop(lock);
    Ok(())
}

/// [`erase`] for who holds the project's lock.
async fn erase_held(database: &str) -> Result<(), StorageError> {
    Store::delete(database).await?;
    catalogue::forget(database).await?;
    // The name of its database is never used again, so a file that is not forgotten is never written.
    let _ = backup_file::forget(database).await;
    Ok(())
}

/// All projects, the open one as it is now. Those deleted long ago are erased.
pub(in crate::ui) async fn list(model: Model) -> Result<Vec<ProjectCard>, Trouble> {
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
