//! Writing documents into a file.

use std::sync::Arc;

use super::task::{Step, Task, Tools};
use super::{Answer, Documents, JobId};
use crate::app::export::{self, Order, Weighing, Written};
use crate::schema::Schema;

/// A file to be written and read back, in one step; or only to be weighed, in many, for somebody who may not wait for it.
pub(super) struct Writing {
    pub(super) order: Order,
    pub(super) schema: Arc<Schema>,
    pub(super) documents: Documents,
}

impl<'a> Task<'a> for Writing {
    fn step(self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let Self { order, schema, documents } = *self;
        if order.only_summary {
            let begun = documents.into_documents().map_err(|error| error.to_string()).and_then(|documents| {
                Weighing::new(documents, &schema, &order).map_err(|error| error.to_string())
            });
            return match begun {
                Ok(weighing) => Step::More(None, Box::new(BeingWeighed { weighing, schema })),
                Err(message) => Step::Last(Answer::Failed { job, message }),
            };
        }
        let written = documents.into_documents().map_err(|error| error.to_string()).and_then(|documents| {
            export::write(&documents, &schema, &order).map_err(|error| error.to_string())
        });
        Step::Last(match written {
            Ok(Written { summary, file }) => Answer::Written { job, summary, file },
            Err(message) => Answer::Failed { job, message },
        })
    }
}

/// What would be in a file, as far as that is known.
struct BeingWeighed {
    weighing: Weighing,
    schema: Arc<Schema>,
}

impl<'a> Task<'a> for BeingWeighed {
    fn step(mut self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        if self.weighing.step() {
            return Step::More(None, self);
        }
        let summary = self.weighing.summary(&self.schema);
        Step::Last(Answer::Written { job, summary, file: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, Span, SpanId};
    use crate::app::intake;
    use crate::formats::Format;
    use crate::work::letters::{Letters, answers, equipment, job};
    use crate::work::{Desk, Job};

    #[test]
    fn documents_are_written_into_a_file_or_it_is_said_why_not() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let document = intake::article("", "زار بغداد".to_owned());
        let mut broken = document.clone();
        let label = crate::schema::LabelCode::new("LOC").unwrap();
        let outside = Span::new(SpanId::numbered(1), (7..99).into(), label, Origin::Manual);
        broken.spans = [outside].into_iter().collect();
        let write = |number, document| Job::Write {
            job: job(number),
            order: export::Order { format: Format::Misam, ..export::Order::default() },
            schema: Arc::default(),
            documents: Documents::new([document]),
        };
        desk.take(write(1, &document));
        desk.take(write(2, &broken));
        match &answers(&mut desk)[..] {
            [Answer::Written { summary, file, .. }, Answer::Failed { message, .. }] => {
                assert_eq!(summary.documents, 1);
                assert!(String::from_utf8_lossy(file).contains("زار بغداد"));
                assert!(message.contains("7 to 99"), "{message}");
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_would_be_in_a_file_is_weighed_piece_by_piece_and_can_be_given_up_in_the_middle() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let documents: Vec<_> = (0..8).map(|_| intake::article("", "x".repeat(100_000))).collect();
        let weigh = |number| Job::Write {
            job: job(number),
            order: export::Order { format: Format::Misam, only_summary: true, ..export::Order::default() },
            schema: Arc::default(),
            documents: Documents::new(&documents),
        };
        desk.take(weigh(1));
        match &answers(&mut desk)[..] {
            [Answer::Written { summary, file, .. }] => assert_eq!((summary.documents, file.len()), (8, 0)),
            other => panic!("{other:?}"),
        }
        desk.take(weigh(2));
        desk.turn();
        desk.turn();
        assert_eq!(desk.take(Job::Cancel { job: job(2) }), Some(Answer::Cancelled { job: job(2) }));
        assert_eq!(answers(&mut desk), []);
    }
}
