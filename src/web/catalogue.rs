//! The list of projects in IndexedDB, a database of its own. Each project says the same of itself in its own database,
//! so a list that is lost costs nothing but what was put aside or deleted.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbDatabase;

use super::indexed_db::{self, refused};
use super::store::DATABASE;
use crate::project::{ProjectCard, StorageError, arrange};

/// The database of the list.
const LIST: &str = "misam-projects";
/// Its layout.
const VERSION: u32 = 1;
/// JSON of [`ProjectCard`] by database.
const CARDS: &str = "cards";

/// The list of projects. Opened for each thing that is asked of it: it is asked seldom.
struct List(IdbDatabase);

impl Drop for List {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl List {
    async fn open() -> Result<Self, StorageError> {
        Ok(Self(indexed_db::open(LIST, VERSION, &[CARDS], || {}).await?))
    }
}

/// All projects, in the order in which they are listed: those on cards, and those whose databases are there without one.
///
/// # Errors
/// If there is no storage.
pub async fn cards() -> Result<Vec<ProjectCard>, StorageError> {
    let list = List::open().await?;
    let transaction = indexed_db::reading(&list.0, &[CARDS])?;
    let store = transaction.object_store(CARDS).map_err(|error| refused(&error))?;
    let request = store.get_all().map_err(|error| refused(&error))?;
    indexed_db::completed(&transaction).await?;
    let values: Array = request.result().map_err(|error| refused(&error))?.unchecked_into();
    let cards = values.iter().filter_map(|value| serde_json::from_str(&value.as_string()?).ok());
    let mut cards: Vec<ProjectCard> = cards.collect();
    arrange(&mut cards, databases().await);
    Ok(cards)
}

/// Changes a card, or makes one.
///
/// # Errors
/// If it could not be written.
pub async fn change(database: &str, change: impl FnOnce(&mut ProjectCard)) -> Result<(), StorageError> {
    let list = List::open().await?;
    // Read and written in one transaction, so that two tabs do not write over each other's.
    let transaction = indexed_db::writing(&list.0, &[CARDS])?;
    let store = transaction.object_store(CARDS).map_err(|error| refused(&error))?;
    let request = store.get(&database.into()).map_err(|error| refused(&error))?;
    let found = indexed_db::settled(&request).await?;
    let card = found.as_string().and_then(|json| serde_json::from_str(&json).ok());
    let mut card = card.unwrap_or_else(|| ProjectCard::new(database));
    change(&mut card);
    // A card is strings and numbers, which always serialise.
    let json = serde_json::to_string(&card).unwrap_or_default();
    store.put_with_key(&json.into(), &database.into()).map_err(|error| refused(&error))?;
    indexed_db::completed(&transaction).await
}

/// Takes a card off the list.
///
/// # Errors
/// If it could not be taken off.
pub async fn forget(database: &str) -> Result<(), StorageError> {
    let list = List::open().await?;
    let transaction = indexed_db::writing(&list.0, &[CARDS])?;
    let store = transaction.object_store(CARDS).map_err(|error| refused(&error))?;
    store.delete(&database.into()).map_err(|error| refused(&error))?;
    indexed_db::completed(&transaction).await
}

/// A name for the database of a new project, which nothing has.
#[must_use]
pub fn new_database(now: u64) -> String {
    let chance = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    format!("{DATABASE}-{now:x}-{chance:08x}")
}

/// The databases of projects that are there. Empty where the browser does not tell.
async fn databases() -> Vec<String> {
    let ask = || -> Result<Promise, JsValue> {
        let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
        let ask: Function = Reflect::get(&factory, &"databases".into())?.dyn_into()?;
        ask.call0(&factory)?.dyn_into()
    };
    let Ok(asked) = ask() else { return Vec::new() };
    let Ok(told) = JsFuture::from(asked).await else { return Vec::new() };
    let name = |database: JsValue| Reflect::get(&database, &"name".into()).ok()?.as_string();
    Array::from(&told).iter().filter_map(name).filter(|name| is_of_project(name)).collect()
}

fn is_of_project(database: &str) -> bool {
    let other = database.strip_prefix(DATABASE).and_then(|rest| rest.strip_prefix('-'));
    database == DATABASE || database != LIST && other.is_some()
}
