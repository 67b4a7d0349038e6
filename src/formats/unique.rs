//! One name, one document.

use std::collections::HashSet;

use super::problem::Problems;
use super::{Outcome, ProblemKind, ReadOptions, Reading};
use crate::annotation::DocumentId;

/// The names of the documents of a file so far.
#[derive(Clone, Debug, Default)]
pub struct UniqueNames(HashSet<Box<str>>);

impl UniqueNames {
    /// Gives a document whose name was there before another one, and says so.
    #[must_use]
    pub fn check(&mut self, mut reading: Reading, options: &ReadOptions) -> Reading {
        let Some(document) = &mut reading.document else { return reading };
        let id = document.id.as_str();
        if self.0.insert(id.into()) {
            return reading;
        }
        let free = (2_u64..).map(|n| format!("{id}-{n}")).find(|name| !self.0.contains(name.as_str()));
        let Some(now) = free else { return reading };
        self.0.insert(now.as_str().into());
        let mut problems = Problems::new(&options.file, reading.line);
        let kind = ProblemKind::DuplicateDocument { id: id.to_owned(), now: now.clone() };
        problems.say("id", kind, Outcome::Repaired);
        document.id = DocumentId::new(now);
        reading.problems.extend(problems.into_vec());
        reading
    }
}
