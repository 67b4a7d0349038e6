//! A file on the person's disk that is written again and again (File System Access API). Not every browser has it;
//! `web-sys` counts it as unstable, so it is called by name.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;

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

impl BackupFile {
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
