//! An extractor for the tests of the desk, and jobs for it.

use std::sync::Arc;

use super::desk::{Desk, Equipment, Next};
use super::{Answer, Job, JobId};
use crate::app::intake::{Choices, FileEntry};
use crate::extract::{Extractor, Found, Progress, Session, Suggestion};
use crate::quality::lint::{NoNames, Vocabulary};
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText};

/// Suggests every letter, one step a letter.
pub(super) struct Letters;

struct LetterSession {
    text: SourceText,
    done: u64,
    taken: usize,
}

impl Extractor for Letters {
    fn source(&self) -> &str {
        "letters/1"
    }

    fn begin<'a>(&'a self, text: &SourceText) -> Box<dyn Session + 'a> {
        Box::new(LetterSession { text: text.clone(), done: 0, taken: 0 })
    }
}

impl Session for LetterSession {
    fn step(&mut self) -> Progress {
        let total = self.text.as_str().len() as u64;
        self.done = (self.done + 1).min(total);
        Progress { done: self.done, total }
    }

    fn take(&mut self) -> Found {
        let label = LabelCode::new("LOC").unwrap();
        let suggestion = |range: ByteRange| Suggestion {
            range,
            label: label.clone(),
            confidence: 0.5,
            alternative: None,
            reason: "a letter".into(),
            normalized: None,
        };
        let until = usize::try_from(self.done).unwrap();
        let suggestions = (self.taken..until).map(|at| suggestion((at..at + 1).into())).collect();
        self.taken = until;
        Found { suggestions, until: until.into() }
    }
}

pub(super) fn equipment() -> Equipment<'static> {
    Equipment { vocabulary: Vocabulary::embedded().unwrap(), names: &NoNames }
}

pub(super) fn job(number: u32) -> JobId {
    (0..number).fold(JobId::default(), |job, _| job.next())
}

pub(super) fn extract(number: u32, length: usize) -> Job {
    Job::Extract { job: job(number), text: "x".repeat(length).into() }
}

/// All answers until the desk rests.
pub(super) fn answers(desk: &mut Desk) -> Vec<Answer> {
    let mut answers = Vec::new();
    while let Next::Continue(answer) = desk.turn() {
        answers.extend(answer);
    }
    answers
}

pub(super) fn ends(answers: &[Answer]) -> Vec<JobId> {
    answers.iter().filter_map(Answer::ended).collect()
}

pub(super) fn read(number: u32, name: &str, bytes: &[u8]) -> Job {
    let files = vec![FileEntry { name: name.into(), bytes: bytes.len() as u64 }];
    Job::Read { job: job(number), files, choices: Choices::default(), schema: Arc::default() }
}
