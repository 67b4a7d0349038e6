//! IndexedDB as futures.
//!
//! Written against the bare interface because two things matter here that wrappers leave out: transactions that are
//! only acknowledged once they are on the disk (`durability: "strict"`), and the reason why one was aborted.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode,
};

use crate::project::StorageError;

/// Opens a database and makes the stores that are missing.
pub(super) async fn open(
    name: &str,
    version: u32,
    stores: &'static [&'static str],
    on_blocked: impl FnOnce() + 'static,
) -> Result<IdbDatabase, StorageError> {
    let request = factory()?.open_with_u32(name, version).map_err(|error| unavailable(&error))?;
    let upgrade = Closure::once({
        let request = request.clone();
        move |_: JsValue| create_missing(&request, stores)
    });
    let blocked = Closure::once(move |_: JsValue| on_blocked());
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    request.set_onblocked(Some(blocked.as_ref().unchecked_ref()));
    let result = settled(&request).await;
    request.set_onupgradeneeded(None);
    request.set_onblocked(None);
    let database = result.map_err(|error| match error {
        StorageError::Refused { name, message } => StorageError::Unavailable(format!("{name}: {message}")),
        other => other,
    })?;
    database.dyn_into().map_err(|other| unavailable(&other))
}

/// Deletes a database, waiting until every connection to it is closed.
pub(super) async fn delete(name: &str) -> Result<(), StorageError> {
    let request = factory()?.delete_database(name).map_err(|error| unavailable(&error))?;
    settled(&request).await.map(drop)
}

/// A transaction that reads.
pub(super) fn reading(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, StorageError> {
    database
        .transaction_with_str_sequence_and_mode(&names(stores), IdbTransactionMode::Readonly)
        .map_err(|error| refused(&error))
}

/// A transaction that writes, acknowledged only when the data are on the disk.
pub(super) fn writing(database: &IdbDatabase, stores: &[&str]) -> Result<IdbTransaction, StorageError> {
    let open = || {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
        transaction.call3(database, &names(stores), &"readwrite".into(), &options)?.dyn_into()
    };
    open().map_err(|error| refused(&error))
}

/// Waits until a transaction is completed, or says why it was aborted. Its requests need not be waited for.
pub(super) async fn completed(transaction: &IdbTransaction) -> Result<(), StorageError> {
    let outcome = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(outcome).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or(StorageError::Closed, |error| refused(&error))),
    }
}

/// What the browser threw, as one of our reasons.
pub(super) fn refused(error: &JsValue) -> StorageError {
    let Some(exception) = error.dyn_ref::<DomException>() else {
        return StorageError::Refused { name: "Error".into(), message: described(error) };
    };
    match exception.name().as_str() {
        "QuotaExceededError" => StorageError::Full,
        "ConstraintError" => StorageError::Collision,
        "VersionError" => StorageError::Newer,
        // Opening a transaction on a closed connection.
        "InvalidStateError" => StorageError::Closed,
        name => StorageError::Refused { name: name.into(), message: exception.message() },
    }
}

fn factory() -> Result<IdbFactory, StorageError> {
    let found = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(|error| unavailable(&error))?;
    found.dyn_into().map_err(|other| unavailable(&other))
}

fn create_missing(request: &IdbOpenDbRequest, stores: &[&str]) {
    let Ok(database) = request.result() else { return };
    let database: IdbDatabase = database.unchecked_into();
    let present = database.object_store_names();
    for store in stores.iter().filter(|store| !present.contains(store)) {
        // Thrown into the upgrade, a failure aborts it, and with it the request that the opener waits for.
        database.create_object_store(store).unwrap_throw();
    }
}

pub(super) async fn settled(request: &IdbRequest) -> Result<JsValue, StorageError> {
    let outcome = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(outcome).await {
        Ok(_) => request.result().map_err(|error| refused(&error)),
        Err(_) => Err(match request.error() {
            Ok(Some(exception)) => refused(&exception),
            Ok(None) => StorageError::Closed,
            Err(error) => refused(&error),
        }),
    }
}

fn names(stores: &[&str]) -> JsValue {
    stores.iter().map(|store| JsValue::from(*store)).collect::<Array>().into()
}

fn unavailable(error: &JsValue) -> StorageError {
    StorageError::Unavailable(described(error))
}

fn described(error: &JsValue) -> String {
    match error.dyn_ref::<DomException>() {
        Some(exception) => format!("{}: {}", exception.name(), exception.message()),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}
