//! One name, one document.

use std::collections::HashSet;

use super::problem::Problems;
use super::{Outcome, ProblemKind, ReadOptions, Reading};
use crate::annotation::{Document, DocumentId};
use crate::text;

/// The names of the documents of a file so far.
#[derive(Clone, Debug, Default)]
pub struct UniqueNames(HashSet<Box<str>>);

impl UniqueNames {
    /// Gives a document whose name was there before another one; true if so.
    pub fn rename(&mut self, document: &mut Document) -> bool {
        let id = document.id.as_str();
        if self.0.insert(id.into()) {
            return false;
        }
        let now = text::free_name(id, "-", |name| self.0.contains(name));
        self.0.insert(now.as_str().into());
        document.id = DocumentId::new(now);
        true
    }

    /// Gives a document whose name was there before another one, and says so.
    #[must_use]
    pub fn check(&mut self, mut reading: Reading, options: &ReadOptions) -> Reading {
        let Some(document) = &mut reading.document else { return reading };
        let id = document.id.as_str().to_owned();
        if !self.rename(document) {
            return reading;
        }
        let now = document.id.as_str().to_owned();
        let mut problems = Problems::new(&options.file, reading.line);
        let kind = ProblemKind::DuplicateDocument { id, now };
        problems.say("id", kind, Outcome::Repaired);
        reading.problems.extend(problems.into_vec());
        reading
    }
}
