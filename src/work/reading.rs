//! Reading a file.

use std::collections::VecDeque;
use std::sync::Arc;

use super::task::{Step, Task, Tools};
use super::{Answer, Documents, JobId};
use crate::annotation::Document;
use crate::app::intake::{self, Note};
use crate::schema::Schema;

/// An answer takes no further document once the texts in it have this many bytes.
pub(super) const TEXT_PER_ANSWER: usize = 1 << 20;

/// A file to be read, in one step.
pub(super) struct Reading {
    pub(super) name: String,
    pub(super) schema: Arc<Schema>,
    pub(super) bytes: Arc<[u8]>,
}

struct HandingOver {
    documents: VecDeque<Document>,
    notes: Vec<Note>,
}

impl<'a> Task<'a> for Reading {
    fn step(self: Box<Self>, _job: JobId, tools: Tools<'a>) -> Step<'a> {
        let read = intake::read_file(&self.name, &self.bytes, &self.schema, tools.equipment.decode);
        let notes = read.notes(&self.name);
        Step::More(None, Box::new(HandingOver { documents: read.documents.into(), notes }))
    }
}

impl<'a> Task<'a> for HandingOver {
    fn step(mut self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let mut part = Vec::new();
        let mut bytes = 0;
        while bytes < TEXT_PER_ANSWER
            && let Some(document) = self.documents.pop_front()
        {
            bytes += document.text.as_str().len();
            part.push(document);
        }
        let documents = Documents::new(&part);
        if self.documents.is_empty() {
            Step::Last(Answer::Read { job, documents, notes: self.notes, is_last: true })
        } else {
            let answer = Answer::Read { job, documents, notes: Vec::new(), is_last: false };
            Step::More(Some(answer), self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::Desk;
    use crate::work::letters::{Letters, answers, ends, equipment, job, read};

    #[test]
    fn a_file_is_read_into_documents_that_come_in_parts_and_what_was_wrong_comes_with_the_last() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let long = "x".repeat(TEXT_PER_ANSWER);
        let file =
            format!("{{\"id\":\"a\",\"text\":\"{long}\"}}\n{{\"id\":\n{{\"id\":\"b\",\"text\":\"خبر\"}}\n");
        desk.take(read(1, "news.jsonl", file.as_bytes()));
        let parts: Vec<_> = answers(&mut desk)
            .into_iter()
            .map(|answer| match answer {
                Answer::Read { documents, notes, is_last, .. } => {
                    let ids = documents.into_documents().unwrap().into_iter();
                    (ids.map(|document| document.id.to_string()).collect::<Vec<_>>(), notes.len(), is_last)
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(parts.iter().map(|(ids, ..)| ids.join(",")).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((parts[0].1, parts[0].2), (0, false));
        assert!(parts[1].1 > 0 && parts[1].2);
    }

    #[test]
    fn a_file_of_nothing_ends_its_job_too() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(read(1, "photo.png", b"\x89PNG\0"));
        assert_eq!(ends(&answers(&mut desk)), [job(1)]);
    }
}
