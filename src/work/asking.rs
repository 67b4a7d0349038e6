//! Having the extractor read documents for a question.

use std::sync::Arc;

use super::linting::Linting;
use super::review::Verdict;
use super::task::{Reach, Step, Task, Tools};
use super::{Answer, JobId};
use crate::annotation::Document;
use crate::app::panel;
use crate::extract::{Session, Suggestion};
use crate::schema::Schema;
use crate::text::ProcliticPolicy;

/// Documents count as so much work each.
const WORK: u64 = 1000;

/// Reading, document by document.
pub(super) struct Asking<'a> {
    documents: Vec<Document>,
    then: Then,
    said: Vec<Vec<Suggestion>>,
    session: Option<Box<dyn Session + 'a>>,
    reach: Reach,
}

/// What the suggestions are for.
pub(super) enum Then {
    /// They are the answer.
    Tell,
    /// They are held against the labels, where the extractor is at least so sure.
    Lint { schema: Arc<Schema>, proclitics: ProcliticPolicy, sure: f32 },
}

impl Then {
    /// The part of all the work that reading is, in percent.
    fn reading(&self) -> u64 {
        match self {
            Self::Tell => 100,
            Self::Lint { .. } => Linting::AFTER_READING,
        }
    }
}

impl Asking<'_> {
    pub(super) fn new(documents: Vec<Document>, then: Then) -> Self {
        Self { documents, then, said: Vec::new(), session: None, reach: Reach::default() }
    }
}

impl<'a> Task<'a> for Asking<'a> {
    fn step(mut self: Box<Self>, job: JobId, tools: Tools<'a>) -> Step<'a> {
        let Some(document) = self.documents.get(self.said.len()) else {
            let Self { documents, then, said, .. } = *self;
            return match then {
                Then::Tell => Step::Last(Answer::Reviewed { job, verdict: Verdict::Suggestions(said) }),
                Then::Lint { schema, proclitics, sure } => {
                    let opinions = panel::extractor(&documents, said, &schema).documents;
                    let (layers, heard) = (schema.layers, Some((opinions, sure)));
                    Step::More(None, Box::new(Linting { documents, layers, proclitics, heard }))
                }
            };
        };
        let mut session = self.session.take().unwrap_or_else(|| tools.extractor.begin(&document.text));
        let progress = session.step();
        let mut done = progress.done.saturating_mul(WORK) / progress.total.max(1);
        done += self.said.len() as u64 * WORK;
        if progress.is_complete() {
            self.said.push(session.finish());
            done = self.said.len() as u64 * WORK;
        } else {
            self.session = Some(session);
        }
        let total = self.documents.len() as u64 * WORK * 100 / self.then.reading();
        Step::More(self.reach.tell(job, done, total), self)
    }
}
