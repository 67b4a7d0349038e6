//! Writing documents into a file.

use std::sync::Arc;

use super::task::{Step, Task, Tools};
use super::{Answer, Documents, JobId};
use crate::app::export::{self, Order, Written};
use crate::schema::Schema;

/// A file to be written and read back, in one step.
pub(super) struct Writing {
    pub(super) order: Order,
    pub(super) schema: Arc<Schema>,
    pub(super) documents: Documents,
}

impl<'a> Task<'a> for Writing {
    fn step(self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let Self { order, schema, documents } = *self;
        let written = documents.into_documents().map_err(|error| error.to_string()).and_then(|documents| {
            export::write(&documents, &schema, &order).map_err(|error| error.to_string())
        });
        Step::Last(match written {
            Ok(Written { summary, file }) => Answer::Written { job, summary, file },
            Err(message) => Answer::Failed { job, message },
        })
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
}
