//! Files and folders that are to be imported: which they are, and their bytes piece by piece.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

/// Folders in folders are gone into so deep.
const MOST_DEEP: usize = 16;

/// A file that was chosen, with the folders it lies in.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Its name, behind the folders it lies in.
    pub path: String,
    /// The file.
    pub file: File,
}

impl From<File> for Chosen {
    fn from(file: File) -> Self {
        // Set where a folder was chosen; empty otherwise.
        let path = Reflect::get(&file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
        let path = path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name());
        Self { path, file }
    }
}

/// The files of a list in its order: take it before the first `await`, because the browser empties the list of a
/// drop when its event is over.
#[must_use]
pub fn listed(files: &FileList) -> Vec<Chosen> {
    (0..files.length()).filter_map(|index| files.get(index)).map(Chosen::from).collect()
}

/// Files and folders that are dropped.
pub enum Dropped {
    /// A file.
    File(Chosen),
    /// A file or a folder, of which more can be learnt.
    Entry(FileSystemEntry),
}

/// What is dropped, to be taken before the first `await`.
#[must_use]
pub fn dropped(data: &DataTransfer) -> Vec<Dropped> {
    let items = data.items();
    let entry = |index| items.get(index)?.webkit_get_as_entry().ok().flatten();
    let entries: Vec<_> = (0..items.length()).filter_map(entry).map(Dropped::Entry).collect();
    if !entries.is_empty() {
        return entries;
    }
    let files = data.files().map(|files| listed(&files)).unwrap_or_default();
    files.into_iter().map(Dropped::File).collect()
}

/// Files that were dropped, and what cannot be had of them.
#[derive(Default)]
pub struct Gathered {
    /// The files, those in folders in the order of their names.
    pub files: Vec<Chosen>,
    /// What cannot be read or listed.
    pub lost: Vec<Lost>,
}

/// A file or folder that cannot be had.
pub struct Lost {
    /// Its name, behind the folders it lies in.
    pub path: String,
    /// True of a folder that lies in too many others.
    pub is_too_deep: bool,
}

/// The files that were dropped and those in the folders that were.
pub async fn gathered(dropped: Vec<Dropped>) -> Gathered {
    let mut gathered = Gathered::default();
    for item in dropped {
        match item {
            Dropped::File(chosen) => gathered.files.push(chosen),
            Dropped::Entry(entry) => inside(entry, &mut gathered).await,
        }
    }
    gathered
}

async fn inside(entry: FileSystemEntry, gathered: &mut Gathered) {
    let mut waiting = vec![(entry, 0)];
    while let Some((entry, depth)) = waiting.pop() {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_file() {
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let found = called_back(|resolve, reject| {
                entry.file_with_callback_and_callback(resolve, reject);
                Ok(())
            })
            .await;
            match found.and_then(|file| file.dyn_into::<File>().ok()) {
                Some(file) => gathered.files.push(Chosen { path, file }),
                None => gathered.lost.push(Lost { path, is_too_deep: false }),
            }
        } else if depth < MOST_DEEP {
            let folder: FileSystemDirectoryEntry = entry.unchecked_into();
            let reader = folder.create_reader();
            let (mut entries, is_whole) = all(&reader).await;
            if !is_whole {
                gathered.lost.push(Lost { path, is_too_deep: false });
            }
            entries.sort_by_key(FileSystemEntry::name);
            waiting.extend(entries.into_iter().rev().map(|entry| (entry, depth + 1)));
        } else {
            gathered.lost.push(Lost { path, is_too_deep: true });
        }
    }
}

/// The entries of a folder, which come in parts until an empty one; false if the browser stopped before that.
async fn all(reader: &FileSystemDirectoryReader) -> (Vec<FileSystemEntry>, bool) {
    let mut entries = Vec::new();
    loop {
        let part =
            called_back(|resolve, reject| reader.read_entries_with_callback_and_callback(resolve, reject));
        let part: Vec<_> = match part.await.and_then(|part| part.dyn_into::<Array>().ok()) {
            Some(part) => part.iter().filter_map(|entry| entry.dyn_into().ok()).collect(),
            None => return (entries, false),
        };
        if part.is_empty() {
            return (entries, true);
        }
        entries.extend(part);
    }
}

/// What one of two callbacks is called with; nothing if it is the second.
async fn called_back(
    call: impl FnOnce(&js_sys::Function, &js_sys::Function) -> Result<(), JsValue>,
) -> Option<JsValue> {
    let mut call = Some(call);
    let promise = Promise::new(&mut |resolve, reject| {
        if let Some(call) = call.take()
            && let Err(error) = call(&resolve, &reject)
        {
            // A rejection that is not heard is none.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    JsFuture::from(promise).await.ok()
}

/// A piece of a file, shorter at its end.
///
/// # Errors
/// If the browser cannot read it: the file was moved or changed since it was chosen.
pub async fn piece(file: &Blob, from: u64, most: u64) -> Result<Vec<u8>, JsValue> {
    // Lengths are whole numbers below 2^53.
    let piece = file.slice_with_f64_and_f64(from as f64, (from + most) as f64)?;
    let buffer = JsFuture::from(piece.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Text as a file.
///
/// # Errors
/// If the browser has no room for it.
pub fn of_text(text: &str) -> Result<Blob, JsValue> {
    Blob::new_with_str_sequence(&Array::of1(&text.into()))
}
