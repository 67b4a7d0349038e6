//! A project becomes a file. The same project is the same bytes, whenever and wherever it is written.

use serde::Serialize;

use super::{
    ANNOTATORS, ARTICLES, CHECKSUMS, GUIDELINES, Head, JOURNAL, PROJECT, PROJECT_FORMAT, REMOVED, SCHEMA,
    SNAPSHOTS, WholeProject,
};
use crate::formats::archive::{ArchiveError, Files, pack};
use crate::formats::jsonl::{WriteError, write_record};
use crate::project::{StoredAnnotator, StoredDocument};
use crate::text::sha256_of;

/// Why a project could not be written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// A document does not fit its own text.
    #[error(transparent)]
    Document(#[from] WriteError),
    /// Something cannot be said in JSON.
    #[error("it cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The archive could not be made.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

/// The bytes of a project file.
///
/// # Errors
/// If a document does not fit its own text.
pub fn write(project: &WholeProject) -> Result<Vec<u8>, NotWritten> {
    let mut files = Files::new();
    let (mut articles, mut removed, mut snapshots) = (Vec::new(), Vec::new(), Vec::new());
    let seq = project.schema.seq;
    for (order, document) in project.documents.iter().enumerate() {
        let records = if document.present { &mut articles } else { &mut removed };
        records.extend_from_slice(write_record(document)?.as_bytes());
        records.push(b'\n');
        let order = u32::try_from(order).unwrap_or(u32::MAX);
        line(&mut snapshots, &StoredDocument::of(document, order, seq))?;
    }
    let mut journal = Vec::new();
    for entry in &project.journal {
        line(&mut journal, entry)?;
    }
    let about = &project.about;
    let head = Head {
        format: PROJECT_FORMAT.into(),
        name: about.name.clone(),
        annotator: about.annotator.clone(),
        created: about.created,
        seq,
        articles: project.documents.iter().filter(|document| document.present).count(),
        entries: project.journal.len(),
        settings: project.settings.clone(),
    };
    let mut json = serde_json::to_string_pretty(&head)?;
    json.push('\n');
    files.insert(PROJECT.to_owned(), json.into_bytes());
    files.insert(ARTICLES.to_owned(), articles);
    files.insert(SNAPSHOTS.to_owned(), snapshots);
    files.insert(JOURNAL.to_owned(), journal);
    files.insert(SCHEMA.to_owned(), project.schema.schema.to_json().into_bytes());
    if !removed.is_empty() {
        files.insert(REMOVED.to_owned(), removed);
    }
    if !about.guidelines.is_empty() {
        files.insert(GUIDELINES.to_owned(), about.guidelines.clone().into_bytes());
    }
    if !project.annotators.is_empty() {
        let mut annotators = Vec::new();
        for annotator in &project.annotators {
            line(&mut annotators, &StoredAnnotator::of(annotator))?;
        }
        files.insert(ANNOTATORS.to_owned(), annotators);
    }
    let sums: String = files.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256_of(bytes))).collect();
    files.insert(CHECKSUMS.to_owned(), sums.into_bytes());
    Ok(pack(&files)?)
}

fn line(file: &mut Vec<u8>, value: &impl Serialize) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *file, value)?;
    file.push(b'\n');
    Ok(())
}
