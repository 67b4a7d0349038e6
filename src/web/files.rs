//! Files the annotator has chosen or dropped.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// Its name without folders.
    pub name: String,
    /// Its bytes, as they are on the disk.
    pub bytes: Vec<u8>,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is longer than the caller takes.
    #[error("{name} has {bytes} bytes; at most {limit} are read")]
    TooLong {
        /// The file's name.
        name: String,
        /// Its length in bytes.
        bytes: u64,
        /// The longest file taken.
        limit: u64,
    },
    /// The browser could not read it: it was moved or changed since it was chosen, or it is a folder.
    #[error("{name} could not be read; choose it again")]
    Unreadable {
        /// The file's name.
        name: String,
    },
}

/// The files of a list in its order: take it before the first `await`, because the browser empties the list of a
/// drop when its event is over.
#[must_use]
pub fn listed(files: &FileList) -> Vec<File> {
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

/// Reads a file of at most `limit` bytes.
///
/// # Errors
/// If it is longer, or the browser cannot read it.
pub async fn read(file: &File, limit: u64) -> Result<ReadFile, FileError> {
    let name = file.name();
    // Lengths are whole numbers below 2^53.
    let bytes = file.size() as u64;
    if bytes > limit {
        return Err(FileError::TooLong { name, bytes, limit });
    }
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Ok(ReadFile { name, bytes: Uint8Array::new(&buffer).to_vec() }),
        Err(_) => Err(FileError::Unreadable { name }),
    }
}
