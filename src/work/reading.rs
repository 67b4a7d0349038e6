//! Reading a file that is brought piece by piece.

use std::collections::VecDeque;
use std::sync::Arc;

use super::task::{Reach, Step, Task, Tools};
use super::{Answer, Documents, JobId};
use crate::annotation::Document;
use crate::app::intake::{Choices, FileEntry, FileReading};
use crate::schema::Schema;

/// An answer takes no further document once the texts in it have this many bytes.
pub(super) const TEXT_PER_ANSWER: usize = 1 << 20;

/// A file to be read. Never more of a file of lines is held than one piece of it and the documents in that.
pub(super) struct Reading {
    file: FileReading,
    /// A piece that was brought and not taken in yet.
    piece: Option<Vec<u8>>,
    /// Documents to be handed over.
    documents: VecDeque<Document>,
    reach: Reach,
}

impl Reading {
    pub(super) fn new(files: Vec<FileEntry>, choices: Choices, schema: Arc<Schema>) -> Self {
        let file = FileReading::new(files, choices, schema);
        Self { file, piece: None, documents: VecDeque::new(), reach: Reach::default() }
    }

    /// The documents of the next answer.
    fn part(&mut self) -> Documents {
        let mut part = Vec::new();
        let mut bytes = 0;
        while bytes < TEXT_PER_ANSWER
            && let Some(document) = self.documents.pop_front()
        {
            bytes += document.text.as_str().len();
            part.push(document);
        }
        Documents::new(&part)
    }

    /// True if there is enough for an answer.
    fn is_full(&self) -> bool {
        let bytes: usize = self.documents.iter().map(|document| document.text.as_str().len()).sum();
        bytes >= TEXT_PER_ANSWER
    }
}

impl<'a> Task<'a> for Reading {
    fn step(mut self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        if let Some(piece) = self.piece.take() {
            self.documents.extend(self.file.take(piece));
        }
        if self.is_full() || (self.file.is_over() && !self.documents.is_empty()) {
            let documents = self.part();
            if !self.file.is_over() || !self.documents.is_empty() {
                return Step::More(Some(Answer::Read { job, documents, account: None }), self);
            }
            let account = Some(Box::new(self.file.account()));
            return Step::Last(Answer::Read { job, documents, account });
        }
        if self.file.is_over() {
            let account = Some(Box::new(self.file.account()));
            return Step::Last(Answer::Read { job, documents: Documents::default(), account });
        }
        if let Some(piece) = self.file.wants() {
            return Step::Wait(Answer::Wants { job, piece }, self);
        }
        let (done, total) = self.file.progress();
        let documents = self.file.go_on();
        self.documents.extend(documents);
        let answer = self.reach.tell(job, done, total);
        Step::More(answer, self)
    }

    fn bring(&mut self, piece: Vec<u8>) {
        self.piece = Some(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::letters::{Letters, ends, equipment, job, read};
    use crate::work::{Desk, Job, Next};

    /// All answers but those that ask for pieces, which are brought.
    fn answers(desk: &mut Desk, file: &[u8]) -> Vec<Answer> {
        let mut answers = Vec::new();
        while let Next::Continue(answer) = desk.turn() {
            match answer {
                Some(Answer::Wants { job, piece }) => {
                    let from = usize::try_from(piece.from).unwrap();
                    let end = (from + usize::try_from(piece.most).unwrap()).min(file.len());
                    desk.take(Job::Bring { job, piece: file[from..end].to_vec() });
                }
                Some(Answer::Progress { .. }) | None => {}
                Some(answer) => answers.push(answer),
            }
        }
        answers
    }

    #[test]
    fn a_file_is_read_into_documents_that_come_in_parts_and_what_was_wrong_comes_with_the_last() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let long = "x".repeat(TEXT_PER_ANSWER);
        let file =
            format!("{{\"id\":\"a\",\"text\":\"{long}\"}}\n{{\"id\":\n{{\"id\":\"b\",\"text\":\"خبر\"}}\n");
        desk.take(read(1, "news.jsonl", file.as_bytes()));
        let parts: Vec<_> = answers(&mut desk, file.as_bytes())
            .into_iter()
            .map(|answer| match answer {
                Answer::Read { documents, account, .. } => {
                    let ids = documents.into_documents().unwrap().into_iter();
                    (ids.map(|document| document.id.to_string()).collect::<Vec<_>>(), account)
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(parts.iter().map(|(ids, ..)| ids.join(",")).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(parts[0].1, None);
        let account = parts[1].1.as_ref().unwrap();
        assert_eq!((account.documents, account.refused), (2, 1));
    }

    #[test]
    fn a_file_of_nothing_ends_its_job_too_and_so_does_one_that_has_become_shorter() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(read(1, "photo.png", b"\x89PNG\0"));
        assert_eq!(ends(&answers(&mut desk, b"\x89PNG\0")), [job(1)]);
        desk.take(read(2, "a.txt", &[b'x'; 9]));
        assert_eq!(ends(&answers(&mut desk, b"x")), [job(2)]);
        desk.take(read(3, "a.txt", b""));
        assert_eq!(ends(&answers(&mut desk, b"")), [job(3)]);
    }
}
