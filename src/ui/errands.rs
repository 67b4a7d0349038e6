//! What an import has asked the worker for and waits for: files read, and texts compared.

use std::collections::HashMap;
use std::rc::Rc;

use crate::annotation::Document;
use crate::app::intake::{Account, Wanted};
use crate::quality::likeness::Alike;
use crate::text::SourceText;
use crate::web::reply::{self, Promised, Reply};
use crate::work::{Answer, Documents, JobId, portion};

/// Documents each in a place of its own: a list of a hundred thousand grows by being copied.
#[allow(clippy::vec_box, reason = "what is copied then is counted in megabytes")]
type Boxed = Vec<Box<Document>>;

/// What came of a file: its documents, and what there is to say about it.
pub(super) type FileContents = (Boxed, Account);

/// Why nothing came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ReadFault {
    /// The browser could not read it.
    Unreadable,
    /// Reading broke down, for this reason.
    BrokeOff(String),
    /// It was given up.
    Cancelled,
}

impl<T> reply::Answer for Result<T, ReadFault> {
    fn lost() -> Self {
        Result::<T, String>::lost().map_err(ReadFault::BrokeOff)
    }
}

/// Something the worker was asked for, and where the answer comes.
pub(super) type Asked<T> = (JobId, Reply<Result<T, ReadFault>>);

/// Told how much of a file has been read: bytes of all its files together.
pub(super) type OnBytes = Rc<dyn Fn(u64)>;

/// What the worker has been asked for.
#[derive(Default)]
pub(super) struct Errands(HashMap<JobId, Errand>);

enum Errand {
    Read(Reading),
    Compare(Promised<Result<Vec<Alike>, ReadFault>>, Vec<SourceText>),
}

/// A file, as far as it has come.
struct Reading {
    promised: Promised<Result<FileContents, ReadFault>>,
    documents: Boxed,
    on_progress: OnBytes,
}

impl Errands {
    /// A file is read.
    pub(super) fn read(
        &mut self,
        job: JobId,
        on_progress: OnBytes,
    ) -> Reply<Result<FileContents, ReadFault>> {
        let (promised, reply) = reply::pair();
        self.0.insert(job, Errand::Read(Reading { promised, documents: Vec::new(), on_progress }));
        reply
    }

    /// Texts are compared.
    pub(super) fn compare(
        &mut self,
        job: JobId,
        texts: Vec<SourceText>,
    ) -> Reply<Result<Vec<Alike>, ReadFault>> {
        let (promised, reply) = reply::pair();
        self.0.insert(job, Errand::Compare(promised, texts));
        reply
    }

    /// The texts that a comparison wants next.
    pub(super) fn portion(&self, job: JobId, wanted: Wanted) -> Option<Vec<u8>> {
        match self.0.get(&job)? {
            Errand::Compare(_, texts) => Some(portion(texts, wanted.file, wanted.most)),
            Errand::Read(_) => None,
        }
    }

    /// Takes an answer that is about one of them. Others are given back.
    pub(super) fn hear(&mut self, answer: Answer) -> Option<Answer> {
        match answer {
            Answer::Progress { job, done, .. } if self.0.contains_key(&job) => {
                if let Some(Errand::Read(reading)) = self.0.get(&job) {
                    (reading.on_progress)(done);
                }
            }
            Answer::Unreadable { job } => self.fail(job, &ReadFault::Unreadable),
            Answer::Read { job, documents, account } => self.take_in(job, documents, account),
            Answer::Alike { job, pairs } => {
                if let Some(Errand::Compare(promised, _)) = self.0.remove(&job) {
                    promised.give(Ok(pairs));
                }
            }
            Answer::Cancelled { job } if self.0.contains_key(&job) => self.fail(job, &ReadFault::Cancelled),
            Answer::Failed { job, message } if self.0.contains_key(&job) => {
                self.fail(job, &ReadFault::BrokeOff(message));
            }
            other => return Some(other),
        }
        None
    }

    /// Takes in the next part of a file.
    fn take_in(&mut self, job: JobId, documents: Documents, account: Option<Box<Account>>) {
        let Some(Errand::Read(mut reading)) = self.0.remove(&job) else {
            return;
        };
        match documents.into_documents() {
            Ok(documents) => reading.documents.extend(documents.into_iter().map(Box::new)),
            Err(error) => return reading.promised.give(Err(ReadFault::BrokeOff(error.to_string()))),
        }
        match account {
            Some(account) => reading.promised.give(Ok((reading.documents, *account))),
            None => {
                self.0.insert(job, Errand::Read(reading));
            }
        }
    }

    /// Nothing comes of one of them.
    pub(super) fn fail(&mut self, job: JobId, fault: &ReadFault) {
        match self.0.remove(&job) {
            Some(Errand::Read(reading)) => reading.promised.give(Err(fault.clone())),
            Some(Errand::Compare(promised, _)) => promised.give(Err(fault.clone())),
            None => {}
        }
    }
}
