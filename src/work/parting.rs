//! How documents fall to the parts of a dataset, before it is packed.

use serde::{Deserialize, Serialize};

use super::review::Verdict;
use super::task::{Step, Task, Tools};
use super::{Answer, JobId};
use crate::annotation::{Document, Status};
use crate::dataset::{PartCounts, SplitOptions, leaks, split};

/// What each part holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// The parts in order.
    pub counts: Vec<PartCounts>,
    /// Pairs of articles, the same or nearly, that stand in two parts.
    pub leaks: usize,
}

/// Documents to be parted and looked through for what stands in two parts, in one step.
pub(super) struct Parting {
    pub(super) options: Box<SplitOptions>,
    pub(super) documents: Vec<Document>,
}

impl<'a> Task<'a> for Parting {
    fn step(self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let Self { options, mut documents } = *self;
        // What was put aside is no part of a dataset.
        documents.retain(|document| document.status != Status::Skipped);
        let alike = options.alike;
        let split = split(&documents, *options);
        let names: Vec<&str> = split.options.ratios.names().collect();
        let name = |part: &usize| names.get(*part).copied().unwrap_or_default();
        let parted: Vec<_> = split.parts.iter().map(name).zip(&documents).collect();
        let leaks = leaks(&parted, alike).len();
        let verdict = Verdict::Parts(Parts { counts: split.counts, leaks });
        Step::Last(Answer::Reviewed { job, verdict })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::DocumentId;
    use crate::work::letters::{Letters, answers, equipment, job};
    use crate::work::{Desk, Documents, Job, Question};

    #[test]
    fn parts_are_counted_without_what_was_put_aside() {
        let document = |n: usize| {
            let text: String = (0..20).map(|word| format!("كلمة{} ", n % 9 * 100 + word)).collect();
            let status = if n == 9 { Status::Skipped } else { Status::Done };
            Document { status, ..Document::new(DocumentId::new(format!("d{n}")), text) }
        };
        let documents: Vec<_> = (0..20).map(document).collect();
        let options = SplitOptions { ratios: "a=1,b=1".parse().unwrap(), ..SplitOptions::default() };
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(Job::Review {
            job: job(1),
            question: Question::Parts(Box::new(options)),
            schema: std::sync::Arc::default(),
            documents: Documents::new(&documents),
        });
        match &answers(&mut desk)[..] {
            [Answer::Reviewed { verdict: Verdict::Parts(Parts { counts, leaks }), .. }] => {
                assert_eq!(counts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
                assert_eq!((counts.iter().map(|part| part.documents).sum::<usize>(), *leaks), (19, 0));
            }
            other => panic!("{other:?}"),
        }
    }
}
