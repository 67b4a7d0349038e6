//! What the page asks of its worker, and who waits for the answers.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Blob;

use super::errands::{self, Errands, FileContents, OnBytes, ReadFault};
use super::model::Model;
use crate::annotation::{Document, DocumentId};
use crate::app::export::{Order, Written};
use crate::app::intake::{Choices, FileEntry, Wanted};
use crate::app::{Command, ModelFault, ModelStatus, Proposals, Reading, State};
use crate::quality::likeness::Alike;
use crate::schema::Schema;
use crate::text::{ByteOffset, ByteRange, SourceText};
use crate::web::reply::{self, Promised, Reply};
use crate::web::worker::{self, Analyst, News};
use crate::work::{Answer, Documents, JobId, ModelFile, Portable, Question, Unpacked, Verdict};

/// The worker and what it has been asked.
pub(super) struct Jobs {
    analyst: Analyst,
    open: Rc<RefCell<OpenJobs>>,
}

impl Jobs {
    /// Starts a worker whose answers go to the model.
    pub(super) fn begin(model: Model) -> Self {
        let open = Rc::new(RefCell::new(OpenJobs::default()));
        let analyst = Analyst::spawn(worker::address(), {
            let open = Rc::clone(&open);
            move |news| hear(model, &open, news)
        });
        Self { analyst, open }
    }

    /// Has a project written into a file. The file, or why there is none, comes later.
    pub(super) fn write_project(&mut self, project: Portable) -> Reply<Result<Written, String>> {
        let (promised, reply) = reply::pair();
        let job = self.analyst.write_project(project);
        self.open.borrow_mut().asked.insert(job, Asked::Write(promised));
        reply
    }

    /// Has a project file read. What comes of it, or why it broke off, comes later.
    pub(super) fn read_project(&mut self, name: &str, bytes: Vec<u8>) -> Reply<Result<Unpacked, String>> {
        let (promised, reply) = reply::pair();
        let job = self.analyst.read_project(name, bytes);
        self.open.borrow_mut().asked.insert(job, Asked::Project(promised));
        reply
    }

    /// Has an article read.
    pub(super) fn extract(&mut self, id: DocumentId, text: &SourceText) {
        let job = self.analyst.extract(text);
        self.open.borrow_mut().readers.insert(job, Reader { id, until: ByteOffset::default() });
    }

    /// Has the model brought, unless it is on its way.
    pub(super) fn load_model(&mut self) {
        if self.open.borrow().model.is_none() {
            let job = self.analyst.load_model();
            self.open.borrow_mut().model = Some(job);
        }
    }

    /// Has a file read, or several that belong together. What comes of it, or why it broke off, comes later.
    pub(super) fn read(
        &mut self,
        files: Vec<(FileEntry, Blob)>,
        choices: Choices,
        schema: Arc<Schema>,
        on_progress: OnBytes,
    ) -> errands::Asked<FileContents> {
        let job = self.analyst.read(files, choices, schema);
        (job, self.open.borrow_mut().errands.read(job, on_progress))
    }

    /// Has texts compared: which of those behind the first `known` say nearly the same as an earlier one.
    pub(super) fn compare(&mut self, known: usize, texts: Vec<SourceText>) -> errands::Asked<Vec<Alike>> {
        let job = self.analyst.compare(known, texts.len());
        (job, self.open.borrow_mut().errands.compare(job, texts))
    }

    /// Brings a comparison the texts that it wants.
    fn bring(&self, job: JobId, wanted: Wanted) {
        let portion = self.open.borrow().errands.portion(job, wanted);
        if let Some(portion) = portion {
            self.analyst.bring(job, portion);
        }
    }

    /// Gives up a part of an import; what waits for it hears why.
    pub(super) fn fail_errand(&self, job: JobId, fault: &ReadFault) {
        self.open.borrow_mut().errands.fail(job, fault);
        self.analyst.cancel(job);
    }

    /// Has documents written into a file. The file, or why there is none, comes later.
    pub(super) fn write(
        &mut self,
        order: Order,
        schema: Arc<Schema>,
        documents: &[Document],
    ) -> (JobId, Reply<Result<Written, String>>) {
        let (promised, reply) = reply::pair();
        let job = self.analyst.write(order, schema, Documents::new(documents));
        self.open.borrow_mut().asked.insert(job, Asked::Write(promised));
        (job, reply)
    }

    /// Asks a question about documents. The answer, or why there is none, comes later; how far it has come is told
    /// meanwhile.
    pub(super) fn review(
        &mut self,
        question: Question,
        schema: Arc<Schema>,
        documents: &[Document],
        on_progress: OnProgress,
    ) -> (JobId, Reply<Result<Verdict, String>>) {
        let (promised, reply) = reply::pair();
        let job = self.analyst.review(question, schema, Documents::new(documents));
        self.open.borrow_mut().asked.insert(job, Asked::Review(promised, on_progress));
        (job, reply)
    }

    /// Gives up a job that nobody waits for any more.
    pub(super) fn give_up(&mut self, job: JobId) {
        self.analyst.cancel(job);
    }

    /// Stops the reading of an article.
    pub(super) fn cancel(&mut self, id: &DocumentId) {
        let job = self.open.borrow().readers.iter().find(|(_, reader)| reader.id == *id).map(|(&job, _)| job);
        if let Some(job) = job {
            self.analyst.cancel(job);
        }
    }
}

/// Which articles are being read, and what else the worker was asked.
#[derive(Default)]
struct OpenJobs {
    /// The model on its way.
    model: Option<JobId>,
    readers: HashMap<JobId, Reader>,
    errands: Errands,
    asked: HashMap<JobId, Asked>,
}

/// What somebody on the page waits for.
enum Asked {
    Write(Promised<Result<Written, String>>),
    Project(Promised<Result<Unpacked, String>>),
    Review(Promised<Result<Verdict, String>>, OnProgress),
}

/// Hears which part of a job is done, 0 to 1.
pub(super) type OnProgress = Box<dyn Fn(f64)>;

impl Asked {
    fn fail(self, message: String) {
        match self {
            Self::Write(promised) => promised.give(Err(message)),
            Self::Project(promised) => promised.give(Err(message)),
            Self::Review(promised, _) => promised.give(Err(message)),
        }
    }
}

/// An article being read, and how far its suggestions have come.
struct Reader {
    id: DocumentId,
    until: ByteOffset,
}

impl OpenJobs {
    /// What an answer of the worker comes to for the application.
    fn hear(&mut self, answer: Answer) -> Option<Command> {
        match self.errands.hear(answer)? {
            // A new worker knows the rules only.
            Answer::Ready { .. } => ModelFile::shipped().map(|_| Command::LoadModel),
            Answer::Progress { job, done, total } => {
                let bytes = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
                let reading = Reading { done: bytes(done), total: bytes(total) };
                if self.model == Some(job) {
                    return Some(Command::Model(ModelStatus::Loading(reading)));
                }
                if let Some(Asked::Review(_, on_progress)) = self.asked.get(&job) {
                    on_progress(done as f64 / total.max(1) as f64);
                }
                let id = self.readers.get(&job)?.id.clone();
                Some(Command::Progress(id, reading))
            }
            Answer::ModelReady { about, .. } => {
                self.model = None;
                Some(Command::Model(ModelStatus::Ready(Arc::new(about))))
            }
            Answer::ModelFailed { fault, .. } => {
                self.model = None;
                Some(Command::Model(ModelStatus::Failed(fault)))
            }
            Answer::Suggestions { job, source, items, until, is_last } => {
                let reader = self.readers.get_mut(&job)?;
                let within = ByteRange { start: reader.until, end: until };
                reader.until = until;
                let id = reader.id.clone();
                if is_last {
                    self.readers.remove(&job);
                }
                let source = source.into();
                Some(Command::Suggested(id, Proposals { source, suggestions: items, within, is_last }))
            }
            Answer::Written { job, summary, file } => {
                if let Some(Asked::Write(promised)) = self.asked.remove(&job) {
                    promised.give(Ok(Written { summary, file }));
                }
                None
            }
            Answer::ProjectRead { job, unpacked } => {
                if let Some(Asked::Project(promised)) = self.asked.remove(&job) {
                    promised.give(Ok(unpacked));
                }
                None
            }
            Answer::At { .. }
            | Answer::Wants { .. }
            | Answer::Unreadable { .. }
            | Answer::Read { .. }
            | Answer::Alike { .. } => None,
            Answer::Reviewed { job, verdict } => {
                if let Some(Asked::Review(promised, _)) = self.asked.remove(&job) {
                    promised.give(Ok(verdict));
                }
                None
            }
            Answer::Cancelled { job } => {
                if let Some(asked) = self.asked.remove(&job) {
                    asked.fail("given up".to_owned());
                    return None;
                }
                Some(Command::SuggestStopped(self.readers.remove(&job)?.id))
            }
            Answer::Failed { job, message } => {
                if self.model.take_if(|model| *model == job).is_some() {
                    return Some(Command::Model(ModelStatus::Failed(ModelFault::BrokeDown)));
                }
                if let Some(asked) = self.asked.remove(&job) {
                    asked.fail(message);
                    return None;
                }
                Some(Command::SuggestFailed(self.readers.remove(&job)?.id, message))
            }
        }
    }
}

fn hear(model: Model, open: &RefCell<OpenJobs>, news: News) {
    match news {
        News::Answer(Answer::Wants { job, piece }) => {
            model.ask_keeper(|keeper| keeper.jobs.bring(job, piece));
        }
        News::Answer(answer) => {
            let command = open.borrow_mut().hear(answer);
            // A model that failed is tried again when a person asks for it; who only looks on needs none.
            let unwanted = |state: &State| !state.writable || matches!(state.model, ModelStatus::Failed(_));
            if let Some(command) = command
                && !(matches!(command, Command::LoadModel) && model.peek(unwanted))
            {
                model.run(command);
            }
        }
        News::Outdated { .. } => model.outdated.set(true),
        // Its jobs fail one by one, and each of them says so.
        News::Unavailable { .. } => {}
    }
}
