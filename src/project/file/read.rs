//! A file becomes a project again. Nothing in it is believed: what cannot be read is named, and hides nothing else.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::Map;

use super::salvage::salvage;
use super::{
    ANNOTATORS, ARTICLES, CHECKSUMS, Fault, GUIDELINES, Head, JOURNAL, NoProject, PROJECT, PROJECT_FORMAT,
    REMOVED, SCHEMA, SNAPSHOTS, WholeProject,
};
use crate::annotation::{Document, DocumentId};
use crate::formats::archive::{ArchiveError, Files, is_archive, unpack};
use crate::formats::jsonl::read_record;
use crate::formats::{ReadOptions, Severity};
use crate::project::numbers::{HIGHEST_BROUGHT, TOO_HIGH};
use crate::project::{About, Journalled, StoredAnnotator, StoredDocument, StoredSchema};
use crate::quality::agreement::Annotations;
use crate::schema::Schema;
use crate::text::{SourceText, free_name, sha256_of};

/// What came of a project file.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectRead {
    /// The project, as far as it is whole.
    pub project: WholeProject,
    /// What is wrong with the file. Empty if it is as it was saved.
    pub faults: Vec<Fault>,
}

/// True if the end of an archive, where its files are listed, lists those of a project.
#[must_use]
pub fn lists_project(end: &[u8]) -> bool {
    contains(end, PROJECT) && contains(end, SNAPSHOTS)
}

fn contains(bytes: &[u8], name: &str) -> bool {
    bytes.windows(name.len()).any(|window| window == name.as_bytes())
}

/// Reads a project file.
///
/// # Errors
/// If there is nothing of a project in it, or a newer Misam wrote it.
pub fn read(bytes: &[u8]) -> Result<ProjectRead, NoProject> {
    if !is_archive(bytes) {
        return Err(NoProject::Nothing);
    }
    let (files, faults) = match unpack(bytes) {
        Ok(files) => (files, Vec::new()),
        Err(ArchiveError::TooLarge) => return Err(NoProject::TooLarge),
        Err(ArchiveError::Outside(_)) => return Err(NoProject::Nothing),
        Err(
            ArchiveError::Zip(_)
            | ArchiveError::File { .. }
            | ArchiveError::Packed { .. }
            | ArchiveError::PartTooLarge { .. },
        ) => salvage(bytes),
    };
    let mut reader = FileReader { files, faults };
    if ![PROJECT, ARTICLES, SNAPSHOTS].iter().any(|name| reader.files.contains_key(*name)) {
        return Err(NoProject::Nothing);
    }
    reader.check_sums();
    let head = reader.head()?;
    let seq = head.as_ref().map_or(0, |head| head.seq);
    let journal = reader.journal(head.as_ref());
    // A project whose head is gone is current as far as its snapshots and its journal say.
    let (documents, snapshot_seq) = reader.documents(head.as_ref());
    let latest = journal.last().map_or(0, |entry| entry.seq);
    let seq = seq.max(snapshot_seq).max(latest).min(HIGHEST_BROUGHT);
    let schema = StoredSchema { seq, schema: reader.schema() };
    let guidelines = reader.text(GUIDELINES).unwrap_or_default();
    let (about, settings) = match head {
        Some(head) => {
            let Head { name, annotator, created, settings, .. } = head;
            (About { name, annotator, created, guidelines }, settings)
        }
        None => (About { guidelines, ..About::default() }, Map::new()),
    };
    let annotators = reader.annotators();
    let project = WholeProject { about, settings, schema, documents, journal, annotators };
    Ok(ProjectRead { project, faults: reader.faults })
}

struct FileReader {
    files: Files,
    faults: Vec<Fault>,
}

impl FileReader {
    /// Compares the files with what they were. One that the archive says is damaged is not told of twice.
    fn check_sums(&mut self) {
        let Some(sums) = self.text(CHECKSUMS) else {
            return self.lack(CHECKSUMS);
        };
        for (line, number) in sums.lines().zip(1..) {
            let Some((sum, name)) = line.split_once("  ") else {
                self.leave_out(CHECKSUMS, number, "it is no checksum");
                continue;
            };
            match self.files.get(name) {
                None => self.lack(name),
                Some(bytes) if sha256_of(bytes) != sum && !self.is_known_damaged(name) => {
                    self.faults.push(Fault::Checksum { file: name.to_owned() });
                }
                Some(_) => {}
            }
        }
    }

    fn head(&mut self) -> Result<Option<Head>, NoProject> {
        let Some(json) = self.text(PROJECT) else {
            self.lack(PROJECT);
            return Ok(None);
        };
        match serde_json::from_str::<Head>(&json) {
            Ok(head) if *head.format == *PROJECT_FORMAT => Ok(Some(head)),
            Ok(head) if head.format.starts_with("misam-project/") => {
                Err(NoProject::Newer(head.format.to_string()))
            }
            Ok(_) => Err(NoProject::Nothing),
            Err(error) => {
                self.leave_out(PROJECT, 0, &error.to_string());
                Ok(None)
            }
        }
    }

    fn schema(&mut self) -> Arc<Schema> {
        let Some(json) = self.text(SCHEMA) else {
            self.lack(SCHEMA);
            return Arc::default();
        };
        match Schema::from_stored(&json) {
            Ok(schema) => Arc::new(schema),
            Err(error) => {
                self.leave_out(SCHEMA, 0, &error.to_string());
                Arc::default()
            }
        }
    }

    fn journal(&mut self, head: Option<&Head>) -> Vec<Journalled> {
        let mut journal: Vec<Journalled> = Vec::new();
        for (line, number) in self.lines(JOURNAL) {
            match serde_json::from_slice::<Journalled>(&line) {
                Ok(entry) if journal.last().is_some_and(|last| last.seq >= entry.seq) => {
                    self.leave_out(JOURNAL, number, "its number does not rise");
                }
                Ok(entry) if entry.seq > HIGHEST_BROUGHT => self.leave_out(JOURNAL, number, TOO_HIGH),
                Ok(entry) => journal.push(entry),
                Err(error) => self.leave_out(JOURNAL, number, &error.to_string()),
            }
        }
        self.expect(JOURNAL, journal.len(), head.map(|head| head.entries));
        journal
    }

    /// The articles in order, and the journal entry up to which their snapshots are current.
    fn documents(&mut self, head: Option<&Head>) -> (Vec<Document>, u64) {
        let mut records: Vec<(DocumentId, Document)> = Vec::new();
        let mut names = HashSet::new();
        for (file, present) in [(ARTICLES, true), (REMOVED, false)] {
            for (line, number) in self.lines(file) {
                let Some(mut document) = self.record(file, number, &line) else { continue };
                // In the storage one of two articles with one name would take the other's place.
                if names.contains(&document.id) {
                    let is_taken = |name: &str| names.contains(&DocumentId::new(name));
                    let free = DocumentId::new(free_name(document.id.as_str(), "-", is_taken));
                    self.faults
                        .push(Fault::Renamed { article: document.id.to_string(), now: free.to_string() });
                    document.id = free;
                }
                names.insert(document.id.clone());
                records.push((document.id.clone(), Document { present, ..document }));
            }
        }
        let positions: HashMap<_, _> =
            records.iter().enumerate().map(|(at, (id, _))| (id.clone(), at)).collect();
        let mut left: Vec<Option<Document>> =
            records.into_iter().map(|(_, document)| Some(document)).collect();
        let mut placed = Vec::new();
        let mut seq = 0;
        for (line, number) in self.lines(SNAPSHOTS) {
            let snapshot = match serde_json::from_slice::<StoredDocument>(&line) {
                Ok(snapshot) => snapshot,
                Err(error) => {
                    self.leave_out(SNAPSHOTS, number, &error.to_string());
                    continue;
                }
            };
            seq = seq.max(snapshot.seq);
            let (id, order) = (snapshot.id.clone(), snapshot.order);
            let Some(record) = positions.get(&id).and_then(|&at| left[at].take()) else {
                self.faults.push(Fault::NoText { article: id.to_string() });
                continue;
            };
            let document = snapshot.revive(SourceText::new(record.text.as_str())).unwrap_or_else(|_| {
                self.faults.push(Fault::FromRecord { article: id.to_string() });
                record
            });
            placed.push((order, document));
        }
        placed.sort_by_key(|&(order, _)| order);
        let mut documents: Vec<Document> = placed.into_iter().map(|(_, document)| document).collect();
        for document in left.into_iter().flatten() {
            self.faults.push(Fault::FromRecord { article: document.id.to_string() });
            documents.push(document);
        }
        let present = documents.iter().filter(|document| document.present).count();
        self.expect(ARTICLES, present, head.map(|head| head.articles));
        (documents, seq)
    }

    /// The annotators that were loaded beside the project; most files have none.
    fn annotators(&mut self) -> Vec<Annotations> {
        let mut annotators = Vec::new();
        for (line, number) in self.lines(ANNOTATORS) {
            match serde_json::from_slice::<StoredAnnotator>(&line).map(StoredAnnotator::revive) {
                Ok((annotations, lost)) => {
                    if lost > 0 {
                        self.leave_out(
                            ANNOTATORS,
                            number,
                            &format!("{lost} of its articles do not fit their texts"),
                        );
                    }
                    annotators.push(annotations);
                }
                Err(error) => self.leave_out(ANNOTATORS, number, &error.to_string()),
            }
        }
        annotators
    }

    fn record(&mut self, file: &str, number: u64, line: &[u8]) -> Option<Document> {
        let Ok(line) = std::str::from_utf8(line) else {
            self.leave_out(file, number, "it is no UTF-8");
            return None;
        };
        let reading = read_record(line, number, &ReadOptions::for_file(file));
        let refusal = reading.problems.iter().find(|problem| problem.severity() == Severity::Refused);
        if reading.document.is_none() {
            let reason =
                refusal.map_or_else(|| "it is no record".to_owned(), |problem| problem.kind.to_string());
            self.leave_out(file, number, &reason);
        }
        reading.document
    }

    /// The lines of a file that are whole, with their numbers. What comes after the last line end was cut.
    fn lines(&self, file: &str) -> Vec<(Vec<u8>, u64)> {
        let bytes = self.files.get(file).map(Vec::as_slice).unwrap_or_default();
        let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let lines = bytes[..whole].split(|&byte| byte == b'\n').zip(1..);
        lines.filter(|(line, _)| !line.is_empty()).map(|(line, number)| (line.to_vec(), number)).collect()
    }

    fn text(&mut self, file: &str) -> Option<String> {
        let bytes = self.files.get(file)?.clone();
        match String::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(_) => {
                self.leave_out(file, 0, "it is no UTF-8");
                None
            }
        }
    }

    fn expect(&mut self, file: &str, found: usize, expected: Option<usize>) {
        if let Some(expected) = expected.filter(|&expected| found < expected) {
            self.faults.push(Fault::Fewer { file: file.to_owned(), found, expected });
        }
    }

    fn lack(&mut self, file: &str) {
        let missing = Fault::Missing { file: file.to_owned() };
        if !self.faults.contains(&missing) {
            self.faults.push(missing);
        }
    }

    fn leave_out(&mut self, file: &str, line: u64, reason: &str) {
        self.faults.push(Fault::Line { file: file.to_owned(), line, reason: reason.to_owned() });
    }

    fn is_known_damaged(&self, name: &str) -> bool {
        self.faults.iter().any(
            |fault| matches!(fault, Fault::CutOff { file, .. } | Fault::Damaged { file, .. } if file == name),
        )
    }
}
