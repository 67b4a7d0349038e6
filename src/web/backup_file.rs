//! A file on the person's disk that is written again and again, or a folder that dated copies go into (File System Access
//! API). Not every browser has it; `web-sys` counts it as unstable, so it is called by name.

use js_sys::{Array, Date, Function, Math, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbDatabase;

use super::indexed_db::{self, refused};
use crate::project::StorageError;
use crate::project::backups::{Moment, copy_name, surplus};

/// The database in which the chosen files are remembered. Not among those of projects, whose names begin with `misam-`:
/// a copy of a project must not write into the same file.
const REMEMBERED: &str = "misam.backups";
/// Its layout.
const VERSION: u32 = 1;
/// The browser's handle of a file by the database of its project; of a folder, an object with the handle and the mark of
/// the copies in it.
const FILES: &str = "files";
/// The field of the handle in that object.
const HANDLE: &str = "handle";
/// The field of the mark.
const MARK: &str = "mark";

/// A file or folder that was chosen for backups.
#[derive(Clone, Debug)]
pub struct BackupFile {
    handle: JsValue,
    /// What the copies of the project are marked with, if it is a folder.
    mark: Option<String>,
    /// Its name.
    pub name: String,
}

/// True if the browser lets a page write to a file of the person's choice.
#[must_use]
pub fn is_offered() -> bool {
    has("showSaveFilePicker")
}

/// True if the browser lets a page write into a folder of the person's choice.
#[must_use]
pub fn is_folder_offered() -> bool {
    has("showDirectoryPicker")
}

fn has(picker: &str) -> bool {
    Reflect::get(&js_sys::global(), &picker.into()).is_ok_and(|picker| picker.is_instance_of::<Function>())
}

fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}

/// Lets the person choose a file; `None` if they choose none. To be called from a click.
pub async fn choose(suggested: &str) -> Option<BackupFile> {
    let handle = picked(suggested).await.ok()?;
    let name = field(&handle, "name")?.as_string()?;
    Some(BackupFile { handle, mark: None, name })
}

/// Lets the person choose a folder; `None` if they choose none. To be called from a click.
pub async fn choose_folder() -> Option<BackupFile> {
    let options = Object::new();
    Reflect::set(&options, &"mode".into(), &"readwrite".into()).ok()?;
    let handle = called(&js_sys::global(), "showDirectoryPicker", Some(&options)).await.ok()?;
    let name = field(&handle, "name")?.as_string()?;
    const SIGNS: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let sign = || SIGNS.get((Math::random() * SIGNS.len() as f64) as usize).map(|&sign| char::from(sign));
    let mark = (0..5).filter_map(|_| sign()).collect();
    Some(BackupFile { handle, mark: Some(mark), name })
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
    let kept = request.result().map_err(|error| refused(&error))?;
    if kept.is_undefined() {
        return Ok(None);
    }
    let mark = field(&kept, MARK).and_then(|mark| mark.as_string());
    let handle = field(&kept, HANDLE).unwrap_or(kept);
    let name = field(&handle, "name").and_then(|name| name.as_string());
    Ok(name.map(|name| BackupFile { handle, mark, name }))
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
        let kept = match &self.mark {
            None => self.handle.clone(),
            Some(mark) => {
                let kept = Object::new();
                for (name, value) in [(HANDLE, &self.handle), (MARK, &mark.into())] {
                    Reflect::set(&kept, &name.into(), value).map_err(|error| refused(&error))?;
                }
                kept.into()
            }
        };
        store.put_with_key(&kept, &database.into()).map_err(|error| refused(&error))?;
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

    /// Puts these bytes into the file in the place of what was there, or into the file of the present moment in the folder.
    /// If that breaks off, what was there stays. Then copies that are no longer needed are taken out of the folder.
    ///
    /// # Errors
    /// In the browser's words, for instance if the permission was taken back or the disk is full.
    pub async fn write(&self, bytes: &[u8], project: &str) -> Result<(), String> {
        let write = async || -> Result<(), JsValue> {
            let Some(mark) = &self.mark else { return put(&self.handle, bytes).await };
            let name = copy_name(project, mark, now());
            let create = Object::new();
            Reflect::set(&create, &"create".into(), &true.into())?;
            put(&called_with(&self.handle, "getFileHandle", &[&name.into(), &create]).await?, bytes).await?;
            // The copy is there. One too many does no harm and is taken out another time.
            if let Ok(names) = listed(&self.handle).await {
                for name in surplus(&names, mark) {
                    let _ = called(&self.handle, "removeEntry", Some(&JsValue::from(name))).await;
                }
            }
            Ok(())
        };
        write().await.map_err(|error| {
            let message =
                Reflect::get(&error, &"message".into()).ok().and_then(|message| message.as_string());
            message.unwrap_or_else(|| format!("{error:?}"))
        })
    }
}

/// Writes a file anew.
async fn put(file: &JsValue, bytes: &[u8]) -> Result<(), JsValue> {
    let stream = called(file, "createWritable", None).await?;
    called(&stream, "write", Some(&Uint8Array::from(bytes))).await?;
    called(&stream, "close", None).await?;
    Ok(())
}

/// The names of what is in a folder.
async fn listed(folder: &JsValue) -> Result<Vec<String>, JsValue> {
    let keys: Function = Reflect::get(folder, &"keys".into())?.dyn_into()?;
    let keys = keys.call0(folder)?;
    let mut names = Vec::new();
    loop {
        let next = called(&keys, "next", None).await?;
        if Reflect::get(&next, &"done".into())?.is_truthy() {
            return Ok(names);
        }
        names.extend(Reflect::get(&next, &"value".into())?.as_string());
    }
}

/// This moment by the clock of whoever works.
fn now() -> Moment {
    let now = Date::new_0();
    Moment {
        year: now.get_full_year(),
        month: now.get_month() + 1,
        day: now.get_date(),
        hour: now.get_hours(),
        minute: now.get_minutes(),
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
    called_with(object, method, argument.as_slice()).await
}

async fn called_with(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().copied().collect();
    let promise: Promise = method.apply(object, &arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}
