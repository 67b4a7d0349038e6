//! A project as one file (`.misam`): a zip archive of files that other programs can read, too.
//!
//! What was said about the articles is there twice: in `snapshots.jsonl`, exactly as it is stored, and in
//! `articles.jsonl`, as records that anything can read. What is damaged in the one is taken from the other.

mod fault;
mod read;
mod salvage;
mod write;

pub use fault::{Fault, NoProject};
pub use read::{ProjectRead, lists_project, read};
pub use write::{NotWritten, write};

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{About, Journalled, StoredSchema, numbers};
use crate::annotation::Document;
use crate::quality::agreement::Annotations;

/// The format that is written, as `project.json` names it.
pub const PROJECT_FORMAT: &str = "misam-project/1";

/// What the project is, in JSON.
pub(crate) const PROJECT: &str = "project.json";
/// Records of the articles in the project, in its order.
pub(crate) const ARTICLES: &str = "articles.jsonl";
/// Records of the articles that were taken out and can be brought back.
pub(crate) const REMOVED: &str = "removed.jsonl";
/// Snapshots of all articles without their texts, as the storage holds them.
pub(crate) const SNAPSHOTS: &str = "snapshots.jsonl";
/// Everything that was done, in order.
pub(crate) const JOURNAL: &str = "journal.jsonl";
/// The labels.
pub(crate) const SCHEMA: &str = "schema.json";
/// What annotators keep to.
pub(crate) const GUIDELINES: &str = "guidelines.md";
/// Annotators whose files were loaded beside the project, a line each, with the texts they labelled.
pub(crate) const ANNOTATORS: &str = "annotators.jsonl";
/// SHA-256 of every other file, as `sha256sum` writes it.
pub(crate) const CHECKSUMS: &str = "checksums.sha256";

/// A project as a whole, apart from any storage.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeProject {
    /// What it says of itself.
    pub about: About,
    /// What was chosen for it, as the application understands it.
    pub settings: Map<String, Value>,
    /// The labels.
    pub schema: StoredSchema,
    /// All articles in the project's order, those taken out among them. They are as they were after entry
    /// [`StoredSchema::seq`].
    pub documents: Vec<Document>,
    /// Everything that was done, in order.
    pub journal: Vec<Journalled>,
    /// Annotators whose files were loaded beside it.
    pub annotators: Vec<Annotations>,
}

impl WholeProject {
    /// Takes the signs that turn the direction of writing out of the names of project, person and labels: one could pass for
    /// another. What was done is told. Articles and what was done with them stay as they are.
    pub fn unturn_names(&mut self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.about.unturn_names() {
            faults.push(Fault::Turned { file: PROJECT.to_owned() });
        }
        if Arc::make_mut(&mut self.schema.schema).unturn_names().is_some() {
            faults.push(Fault::Turned { file: SCHEMA.to_owned() });
        }
        faults
    }
}

/// `project.json`.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: Arc<str>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    annotator: String,
    #[serde(default)]
    created: u64,
    /// The journal entry up to which everything else is current.
    #[serde(default, deserialize_with = "numbers::up_to")]
    seq: u64,
    /// How many articles are in the project.
    #[serde(default)]
    articles: usize,
    /// How many journal entries there are.
    #[serde(default)]
    entries: usize,
    #[serde(default)]
    settings: Map<String, Value>,
}

#[cfg(test)]
mod tests;
