//! Our own corpus (`corpus/`).

use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Example;

/// A part of the corpus, by the rule of `corpus/SPLIT.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Learnt from.
    Train,
    /// Measured on while something is made.
    Dev,
    /// Measured on in the end.
    Test,
}

impl Part {
    /// The part of an item, by its name.
    #[must_use]
    pub fn of(id: &str) -> Self {
        match remainder(id) {
            0..=5 => Self::Train,
            6 | 7 => Self::Dev,
            _ => Self::Test,
        }
    }
}

/// The first four bytes of the name's SHA-256, big-endian, modulo ten.
fn remainder(id: &str) -> u32 {
    let digest = Sha256::digest(id.as_bytes());
    digest.iter().take(4).fold(0u32, |number, &byte| number << 8 | u32::from(byte)) % 10
}

/// An item of the corpus.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name.
    pub id: String,
    /// Its text and labels.
    pub example: Example,
}

/// All items of the corpus, in the order of the files and their lines.
///
/// # Errors
/// If a file cannot be read or is no JSON.
pub fn own_items(folder: &Path) -> io::Result<Vec<Item>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut items = Vec::new();
    for path in files {
        for line in std::fs::read_to_string(path)?.lines() {
            items.push(item(&serde_json::from_str(line)?));
        }
    }
    Ok(items)
}

fn item(record: &serde_json::Value) -> Item {
    let text = record["text"].as_str().unwrap_or_default().to_owned();
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = |offset: &serde_json::Value| {
        offset.as_u64().and_then(|at| offsets.get(usize::try_from(at).ok()?)).copied().unwrap_or(text.len())
    };
    let entities = record["entities"].as_array().into_iter().flatten();
    let spans = entities
        .map(|e| (at(&e["start"]), at(&e["end"]), e["label"].as_str().unwrap_or_default().to_owned()))
        .collect();
    Item { id: record["id"].as_str().unwrap_or_default().to_owned(), example: Example { text, spans } }
}

/// The examples of a part, told by the remainder of their names.
///
/// # Errors
/// If a file cannot be read or is no JSON.
pub fn own(folder: &Path, wanted: fn(u32) -> bool) -> io::Result<Vec<Example>> {
    let items = own_items(folder)?.into_iter().filter(|item| wanted(remainder(&item.id)));
    Ok(items.map(|item| item.example).collect())
}
