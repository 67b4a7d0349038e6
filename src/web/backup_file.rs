//! A file on the person's disk that is written again and again (File System Access API). Not every browser has it;
//! `web-sys` counts it as unstable, so it is called by name.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbDatabase;

use super::indexed_db::{self, refused};
use crate::project::StorageError;

/// The database in which the chosen files are remembered. Not among those of projects, whose names begin with `misam-`:
/// a copy of a project must not write into the same file.
const REMEMBERED: &str = "misam.backups";
/// Its layout.
const VERSION: u32 = 1;
/// The browser's handle of a file by the database of its project.
const FILES: &str = "files";

/// A file that was chosen for backups.
#[derive(Clone, Debug)]
pub struct BackupFile {
    handle: JsValue,
    /// Its name.
    pub name: String,
}

/// True if the browser lets a page write to a file of the person's choice.
#[must_use]
pub fn is_offered() -> bool {
    Reflect::get(&js_sys::global(), &"showSaveFilePicker".into())
        .is_ok_and(|picker| picker.is_instance_of::<Function>())
}

/// Lets the person choose a file; `None` if they choose none. To be called from a click.
pub async fn choose(suggested: &str) -> Option<BackupFile> {
    let handle = picked(suggested).await.ok()?;
    let name = Reflect::get(&handle, &"name".into()).ok()?.as_string()?;
    Some(BackupFile { handle, name })
}

/// The file that was chosen for a project before the page was loaded anew; `None` if there is none.
///
/// # Errors
/// If there is no storage.
pub async fn remembered(database: &str) -> Result<Option<BackupFile>, StorageError> {
    let opened = Remembered::open().await?;
    let transaction = indexed_db::reading(&opened.0, &[FILES])?;
    let store = transaction.object_store(FILES).map_err(|error| refused(&error))?;
    let request = store.get(&database.into()).map_err(|error| refused(&error))?;
    indexed_db::completed(&transaction).await?;
    let handle = request.result().map_err(|error| refused(&error))?;
    let name = Reflect::get(&handle, &"name".into()).ok().and_then(|name| name.as_string());
    Ok(name.map(|name| BackupFile { handle, name }))
}

/// Forgets the file of a project.
///
/// # Errors
/// If the storage refuses.
pub async fn forget(database: &str) -> Result<(), StorageError> {
    let opened = Remembered::open().await?;
    let transaction = indexed_db::writing(&opened.0, &[FILES])?;
    let store = transaction.object_store(FILES).map_err(|error| refused(&error))?;
    store.delete(&database.into()).map_err(|error| refused(&error))?;
    indexed_db::completed(&transaction).await
}

/// Opened for each thing that is asked of it.
struct Remembered(IdbDatabase);

impl Drop for Remembered {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Remembered {
    async fn open() -> Result<Self, StorageError> {
        Ok(Self(indexed_db::open(REMEMBERED, VERSION, &[FILES], || {}).await?))
    }
}

impl BackupFile {
    /// Remembers the file as that of a project.
    ///
    /// # Errors
    /// If the storage refuses.
    pub async fn remember(&self, database: &str) -> Result<(), StorageError> {
        let opened = Remembered::open().await?;
        let transaction = indexed_db::writing(&opened.0, &[FILES])?;
        let store = transaction.object_store(FILES).map_err(|error| refused(&error))?;
        store.put_with_key(&self.handle, &database.into()).map_err(|error| refused(&error))?;
        indexed_db::completed(&transaction).await
    }

    /// True if the page may write to the file without asking. Most browsers ask again after the page was loaded anew.
    pub async fn may_be_written(&self) -> bool {
        self.permission("queryPermission").await
    }

    /// Asks the person whether the page may write to the file. To be called from a click.
    pub async fn ask(&self) -> bool {
        self.permission("requestPermission").await
    }

    async fn permission(&self, method: &str) -> bool {
        let ask = async || -> Result<JsValue, JsValue> {
            let options = Object::new();
            Reflect::set(&options, &"mode".into(), &"readwrite".into())?;
            called(&self.handle, method, Some(&options)).await
        };
        ask().await.is_ok_and(|answer| answer.as_string().as_deref() == Some("granted"))
    }

    /// Puts these bytes into the file in the place of what was there. If that breaks off, what was there stays.
    ///
    /// # Errors
    /// In the browser's words, for instance if the permission was taken back or the disk is full.
    pub async fn write(&self, bytes: &[u8]) -> Result<(), String> {
        let write = async || -> Result<(), JsValue> {
            let stream = called(&self.handle, "createWritable", None).await?;
            called(&stream, "write", Some(&Uint8Array::from(bytes))).await?;
            called(&stream, "close", None).await?;
            Ok(())
        };
        write().await.map_err(|error| {
            let message =
                Reflect::get(&error, &"message".into()).ok().and_then(|message| message.as_string());
            message.unwrap_or_else(|| format!("{error:?}"))
        })
    }
}

async fn picked(suggested: &str) -> Result<JsValue, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"suggestedName".into(), &suggested.into())?;
    let accepted = Object::new();
    Reflect::set(&accepted, &"application/zip".into(), &Array::of1(&".misam".into()))?;
    let kind = Object::new();
    Reflect::set(&kind, &"accept".into(), &accepted)?;
    Reflect::set(&options, &"types".into(), &Array::of1(&kind))?;
    called(&js_sys::global(), "showSaveFilePicker", Some(&options)).await
}

/// Calls a method that answers later.
async fn called(object: &JsValue, method: &str, argument: Option<&JsValue>) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    let arguments = argument.map_or_else(Array::new, Array::of1);
    let promise: Promise = method.apply(object, &arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}
