//! The page's side of the worker: sends jobs, hands answers on, and replaces a worker that breaks down.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, ErrorEvent, Event, MessageEvent, Worker};

use super::parcel;
use crate::app::export::Order;
use crate::app::intake::{Choices, FileEntry};
use crate::schema::Schema;
use crate::text::SourceText;
use crate::work::{Answer, Documents, Job, JobId, NotUnpacked, Portable, Question, VERSION};

/// The script that starts the worker, beside the page.
const SCRIPT: &str = "./misam-worker_loader.js";

/// After so many workers in a row that broke down without a job to blame, no other is started.
const FAILURES: u32 = 3;

/// The worker has at most so many texts at a time. The others wait here, where they are no copies, and nothing that is
/// asked later has to come past them.
const TEXTS_AT_ONCE: usize = 32;

/// What the page hears.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// An answer of the worker, or `Failed` in its name when it broke down over a job.
    Answer(Answer),
    /// The worker is from another build: reload the page. Its jobs have failed.
    Outdated {
        /// The [`VERSION`] of the worker.
        worker: String,
    },
    /// The worker cannot be started. Its jobs have failed; so will new ones.
    Unavailable {
        /// What happened, for the log and for reports.
        message: String,
    },
}

/// A worker that finds suggestions. It is stopped with its last clone.
#[derive(Clone)]
pub struct Analyst(Rc<Inner>);

struct Inner {
    /// Itself, for what is done later.
    own: Weak<Inner>,
    address: String,
    on_news: Box<dyn Fn(News)>,
    worker: RefCell<Option<Running>>,
    /// The jobs that have not ended, in order. `None` stands for a job that the worker has been told to give up.
    open: RefCell<BTreeMap<JobId, Option<Asked>>>,
    /// Texts that the worker has.
    sent: RefCell<BTreeSet<JobId>>,
    /// Texts that it gets when it is done with some of those, in order.
    unsent: RefCell<VecDeque<JobId>>,
    latest: Cell<JobId>,
    /// The job that the worker said it is at, last of all.
    at: Cell<Option<JobId>>,
    state: Cell<State>,
    /// Workers in a row that broke down without a job to blame.
    failures: Cell<u32>,
}

/// A job, and the files that go with it.
#[derive(Clone)]
struct Asked {
    job: Job,
    files: Vec<Blob>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Started; jobs wait.
    Starting,
    /// Takes jobs.
    Ready,
    /// Given up.
    Gone,
    /// From another build. Only a new page helps.
    Outdated,
}

struct Running {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// The address of the page's own worker. It carries the page's build (`<meta name="build">`), so that no cache
/// answers with the worker of another one.
#[must_use]
pub fn address() -> String {
    let build = || {
        let page = web_sys::window()?.document()?;
        page.query_selector("meta[name=build]").ok()??.get_attribute("content")
    };
    build().map_or_else(|| SCRIPT.into(), |build| format!("{SCRIPT}?v={build}"))
}

impl Analyst {
    /// Starts a worker. Jobs can be given at once; they are sent when it is ready.
    pub fn spawn(address: impl Into<String>, on_news: impl Fn(News) + 'static) -> Self {
        let inner = Rc::new_cyclic(|own| Inner {
            own: own.clone(),
            address: address.into(),
            on_news: Box::new(on_news),
            worker: RefCell::default(),
            open: RefCell::default(),
            sent: RefCell::default(),
            unsent: RefCell::default(),
            latest: Cell::default(),
            at: Cell::default(),
            state: Cell::new(State::Starting),
            failures: Cell::default(),
        });
        Inner::start(&inner);
        Self(inner)
    }

    /// Asks for the suggestions of a text. Texts are done in the order they are given, files before them.
    pub fn extract(&self, text: &SourceText) -> JobId {
        self.ask(|job| Job::Extract { job, text: text.clone() })
    }

    /// Asks for the documents in a file, or in several that belong together, whose labels should be those of the schema.
    /// The worker reads the files by itself.
    pub fn read(&self, files: Vec<(FileEntry, Blob)>, choices: Choices, schema: Arc<Schema>) -> JobId {
        self.try_again();
        let (files, blobs) = files.into_iter().unzip();
        self.ask_with(blobs, |job| Job::Read { job, files, choices, schema })
    }

    /// Asks which of so many texts say nearly the same as earlier ones, the first `known` apart. The worker asks for the texts.
    pub fn compare(&self, known: usize, count: usize) -> JobId {
        self.try_again();
        self.ask(|job| Job::Compare { job, known, count })
    }

    /// Brings what a job asked for.
    pub fn bring(&self, job: JobId, piece: Vec<u8>) {
        if self.0.state.get() == State::Ready {
            self.0.send(&Asked { job: Job::Bring { job, piece }, files: Vec::new() });
        }
    }

    /// Asks for a file of documents that have the labels of the schema.
    pub fn write(&self, order: Order, schema: Arc<Schema>, documents: Documents) -> JobId {
        self.try_again();
        self.ask(|job| Job::Write { job, order, schema, documents })
    }

    /// Asks for the file of a project.
    pub fn write_project(&self, project: Portable) -> JobId {
        self.try_again();
        self.ask(|job| Job::WriteProject { job, project })
    }

    /// Asks for the project in a file.
    pub fn read_project(&self, name: &str, bytes: impl Into<Arc<[u8]>>) -> JobId {
        self.try_again();
        self.ask(|job| Job::ReadProject { job, name: name.into(), bytes: bytes.into() })
    }

    /// Asks a question about documents as a whole. Questions are answered in order, after files and before texts.
    pub fn review(&self, question: Question, schema: Arc<Schema>, documents: Documents) -> JobId {
        self.try_again();
        self.ask(|job| Job::Review { job, question, schema, documents })
    }

    /// Asks for the model: texts that come to be read when it is there are read with it.
    pub fn load_model(&self) -> JobId {
        self.ask(|job| Job::LoadModel { job })
    }

    fn ask(&self, make: impl FnOnce(JobId) -> Job) -> JobId {
        self.ask_with(Vec::new(), make)
    }

    fn ask_with(&self, files: Vec<Blob>, make: impl FnOnce(JobId) -> Job) -> JobId {
        let id = self.0.latest.get().next();
        self.0.latest.set(id);
        let asked = Asked { job: make(id), files };
        self.0.open.borrow_mut().insert(id, Some(asked.clone()));
        match self.0.state.get() {
            State::Starting => {}
            State::Ready => self.0.send_in_turn(id, &asked),
            State::Gone | State::Outdated => {
                self.0.later(|inner| inner.fail_all("the worker is not running"));
            }
        }
        id
    }

    /// Somebody waits for this one: a worker that was given up gets another chance.
    fn try_again(&self) {
        if self.0.state.get() == State::Gone {
            self.0.state.set(State::Starting);
            self.0.failures.set(FAILURES - 1);
            Inner::start(&self.0);
        }
    }

    /// Gives a job up. `Cancelled` follows unless the job has just ended.
    pub fn cancel(&self, job: JobId) {
        let is_open = match self.0.open.borrow_mut().get_mut(&job) {
            Some(job) => job.take().is_some(),
            None => false,
        };
        let is_there = self.0.state.get() == State::Ready && !self.0.forget_unsent(job);
        if is_open && is_there {
            self.0.send(&Asked { job: Job::Cancel { job }, files: Vec::new() });
        } else if is_open {
            self.0.later(move |inner| inner.pass_on(Answer::Cancelled { job }));
        }
    }
}

impl Inner {
    fn start(this: &Rc<Self>) {
        match Running::start(this) {
            Ok(running) => {
                this.worker.replace(Some(running));
            }
            Err(error) => this.later(move |inner| inner.give_up(format!("{error:?}"))),
        }
    }

    /// Does something when nobody is in the middle of a call: who asks for something holds what its answer is for, and does
    /// not know the job by name yet.
    fn later(&self, act: impl FnOnce(&Self) + 'static) {
        let own = Weak::clone(&self.own);
        spawn_local(async move { with(&own, |inner| act(inner)) });
    }

    fn hear(&self, message: &JsValue) {
        let opened = parcel::open(message).ok_or(NotUnpacked::Cargo);
        match opened.and_then(|(parcel, _)| Answer::unpack(parcel)) {
            Ok(Answer::Ready { version, .. }) if version != VERSION => self.outdated(version),
            Ok(Answer::At { job }) => self.at.set(Some(job)),
            Ok(answer) => self.pass_on(answer),
            // Every build since the first says its version in the same form; this one is older or newer than that.
            Err(error) => self.outdated(error.to_string()),
        }
    }

    fn pass_on(&self, answer: Answer) {
        if let Answer::Ready { .. } = answer {
            self.state.set(State::Ready);
            self.send_open();
        }
        if let Some(job) = answer.ended() {
            self.failures.set(0);
            self.open.borrow_mut().remove(&job);
            if self.sent.borrow_mut().remove(&job) {
                self.send_next_text();
            }
        }
        self.tell(News::Answer(answer));
    }

    /// Sends a job, or has it wait if the worker has texts enough.
    fn send_in_turn(&self, job: JobId, asked: &Asked) {
        if matches!(asked.job, Job::Extract { .. }) {
            if self.sent.borrow().len() >= TEXTS_AT_ONCE {
                return self.unsent.borrow_mut().push_back(job);
            }
            self.sent.borrow_mut().insert(job);
        }
        self.send(asked);
    }

    fn send_next_text(&self) {
        let next = self.unsent.borrow_mut().pop_front();
        let asked = next.and_then(|job| Some((job, self.open.borrow().get(&job)?.clone()?)));
        if let Some((job, asked)) = asked {
            self.send_in_turn(job, &asked);
        }
    }

    /// Takes a text out of those that wait. True if it was one.
    fn forget_unsent(&self, job: JobId) -> bool {
        let mut unsent = self.unsent.borrow_mut();
        let place = unsent.iter().position(|&waiting| waiting == job);
        place.and_then(|place| unsent.remove(place)).is_some()
    }

    /// Sends what has not ended to a new worker.
    fn send_open(&self) {
        let open = self.open.borrow().clone();
        self.sent.borrow_mut().clear();
        self.unsent.borrow_mut().clear();
        for (job, asked) in open {
            match asked {
                Some(asked) => self.send_in_turn(job, &asked),
                None => self.pass_on(Answer::Cancelled { job }),
            }
        }
    }

    /// The worker broke down. The job it was at is to blame: without it, another worker goes on with the rest.
    fn replace(self: &Rc<Self>, message: String) {
        self.worker.take();
        let at_work = match self.state.replace(State::Starting) {
            State::Ready => self.at_work(),
            State::Starting | State::Gone | State::Outdated => None,
        };
        match at_work {
            Some(job) => self.pass_on(Answer::Failed { job, message: message.clone() }),
            None => self.failures.set(self.failures.get() + 1),
        }
        if self.failures.get() < FAILURES {
            Self::start(self);
        } else {
            self.give_up(message);
        }
    }

    /// The job the worker is at, as it said; or, if it has said nothing, as when it breaks down over taking jobs in, the one
    /// that it would have begun with.
    fn at_work(&self) -> Option<JobId> {
        let open = self.open.borrow();
        let first = || open.iter().filter_map(|(&job, asked)| Some((asked.as_ref()?.job.lane()?, job))).min();
        let said = self.at.take().filter(|job| open.contains_key(job));
        said.or_else(|| first().map(|(_, job)| job)).or_else(|| open.keys().next().copied())
    }

    fn outdated(&self, worker: String) {
        self.stop("the worker is from another build", State::Outdated);
        self.tell(News::Outdated { worker });
    }

    fn give_up(&self, message: String) {
        self.stop(&message, State::Gone);
        self.tell(News::Unavailable { message });
    }

    fn stop(&self, message: &str, state: State) {
        self.worker.take();
        self.state.set(state);
        self.fail_all(message);
    }

    fn fail_all(&self, message: &str) {
        for (job, _) in self.open.take() {
            self.tell(News::Answer(Answer::Failed { job, message: message.into() }));
        }
    }

    fn send(&self, Asked { job, files }: &Asked) {
        let sent = self.worker.borrow().as_ref().map_or(Ok(()), |running| {
            let (message, buffers) = parcel::close(&job.pack(), files);
            running.worker.post_message_with_transfer(&message, &buffers)
        });
        if let Err(error) = sent {
            // Only for want of memory: the message is plain data.
            self.later(move |inner| inner.give_up(format!("{error:?}")));
        }
    }

    fn tell(&self, news: News) {
        (self.on_news)(news);
    }
}

impl Running {
    fn start(inner: &Rc<Inner>) -> Result<Self, JsValue> {
        let worker = Worker::new(&inner.address)?;
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new({
            let inner = Rc::downgrade(inner);
            move |event: MessageEvent| with(&inner, |inner| inner.hear(&event.data()))
        });
        let on_error = Closure::<dyn FnMut(Event)>::new({
            let inner = Rc::downgrade(inner);
            move |event: Event| {
                // A script that did not load says nothing more than that it did not.
                let message = event.dyn_ref::<ErrorEvent>().map_or_else(String::new, ErrorEvent::message);
                with(&inner, |inner| inner.replace(message));
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, _on_message: on_message, _on_error: on_error })
    }
}

fn with(inner: &Weak<Inner>, act: impl FnOnce(&Rc<Inner>)) {
    if let Some(inner) = inner.upgrade() {
        act(&inner);
    }
}
