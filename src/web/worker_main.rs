//! The worker's side: answers jobs from the page, one step between two messages.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use super::pieces::Pieces;
use super::{model_store, parcel};
use crate::app::ModelFault;
use crate::extract::RuleExtractor;
use crate::extract::tagger::TaggedExtractor;
use crate::quality::lint::Vocabulary;
use crate::work::{Answer, Desk, Equipment, Job, JobId, Learnt, ModelFile, Next, NotUnpacked};

/// Of the model's way to the worker the page hears at most so often.
const PROGRESS_REPORTS: usize = 20;

/// Starts the worker this runs in. What keeps it from starting is thrown, so that the page hears of it.
pub fn start() {
    console_error_panic_hook::set_once();
    let served = RuleExtractor::embedded().map_err(|error| error.to_string().into()).and_then(serve);
    if let Err(error) = served {
        wasm_bindgen::throw_val(error);
    }
}

/// Makes the worker this runs in answer jobs for as long as it lives. It begins with the rules; when the page asks for
/// the model, and it has come, texts are read with both.
///
/// A panic ends the worker: the browser tells the page, which starts another one.
///
/// # Errors
/// If this is no dedicated worker.
fn serve(rules: RuleExtractor) -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    // The worker needs them until it ends.
    let rules: &'static Arc<RuleExtractor> = Box::leak(Box::new(Arc::new(rules)));
    // The file is the build's own, and tests read it.
    let vocabulary = Vocabulary::embedded().map_err(|error| error.to_string())?;
    let equipment = Equipment { vocabulary, names: rules.lexicon() };
    let equipment: &'static Equipment<'static> = Box::leak(Box::new(equipment));
    let channel = MessageChannel::new()?;
    let office = Rc::new(Office {
        desk: RefCell::new(Desk::new(equipment, &**rules)),
        pieces: RefCell::default(),
        rules,
        scope: scope.clone(),
        alarm: channel.port2(),
        is_alarm_set: Cell::new(false),
        at: Cell::default(),
    });

    let on_alarm = Closure::<dyn FnMut(JsValue)>::new({
        let office = Rc::clone(&office);
        move |_| office.turn()
    });
    channel.port1().set_onmessage(Some(on_alarm.into_js_value().unchecked_ref()));
    let on_job = Closure::<dyn FnMut(MessageEvent)>::new({
        let office = Rc::clone(&office);
        move |event: MessageEvent| office.take(&event.data())
    });
    scope.set_onmessage(Some(on_job.into_js_value().unchecked_ref()));
    let ready = office.desk.borrow().ready();
    office.send(&ready);
    Ok(())
}

struct Office {
    desk: RefCell<Desk<'static>>,
    /// The files of the jobs that read some.
    pieces: RefCell<HashMap<JobId, Pieces>>,
    rules: &'static Arc<RuleExtractor>,
    scope: DedicatedWorkerGlobalScope,
    /// Where the worker writes to itself. The message comes back after those of the page that are there already,
    /// and without the pause that timers make.
    alarm: MessagePort,
    is_alarm_set: Cell<bool>,
    /// The job that the page knows to be worked on.
    at: Cell<Option<JobId>>,
}

impl Office {
    fn take(self: &Rc<Self>, message: &JsValue) {
        let opened = parcel::open(message).ok_or(NotUnpacked::Cargo);
        let job = opened.and_then(|(parcel, files)| Ok((Job::unpack(parcel)?, files)));
        let (job, files) = match job {
            Ok(job) => job,
            // From a page of another build. Ending the worker is how the page learns of it.
            Err(error) => wasm_bindgen::throw_str(&error.to_string()),
        };
        if let Job::LoadModel { job } = job {
            let office = Rc::clone(self);
            return spawn_local(async move { office.load_model(job).await });
        }
        if !files.is_empty() {
            self.pieces.borrow_mut().insert(job.id(), Pieces::new(files));
        }
        self.take_in(job);
    }

    fn take_in(self: &Rc<Self>, job: Job) {
        let answer = self.desk.borrow_mut().take(job);
        if let Some(answer) = answer {
            self.give(&answer);
        }
        self.set_alarm();
    }

    /// Gives an answer to who wants it: pieces of files the worker brings itself, texts the page does.
    fn give(self: &Rc<Self>, answer: &Answer) {
        if let Some(job) = answer.ended() {
            self.pieces.borrow_mut().remove(&job);
        }
        let &Answer::Wants { job, piece } = answer else { return self.send(answer) };
        let mut pieces = self.pieces.borrow_mut();
        let asked = pieces.get_mut(&job).map(|pieces| (pieces.reach(piece), pieces.ask(piece)));
        drop(pieces);
        let Some(((done, total), asked)) = asked else { return self.send(answer) };
        self.send(&Answer::Progress { job, done, total });
        let office = Rc::clone(self);
        spawn_local(async move {
            match asked.await {
                Ok(piece) => office.take_in(Job::Bring { job, piece }),
                Err(_) => office.fail_reading(job),
            }
        });
    }

    /// A file is not there any more.
    fn fail_reading(&self, job: JobId) {
        self.pieces.borrow_mut().remove(&job);
        if self.desk.borrow_mut().take(Job::Cancel { job }).is_some() {
            self.send(&Answer::Unreadable { job });
        }
        self.set_alarm();
    }

    /// Brings the model. Jobs are answered meanwhile.
    async fn load_model(&self, job: JobId) {
        let answer = match self.learn(job).await {
            Ok(extractor) => {
                let about = extractor.about().clone();
                self.desk.borrow_mut().use_extractor(extractor);
                Answer::ModelReady { job, about }
            }
            Err(fault) => Answer::ModelFailed { job, fault },
        };
        self.send(&answer);
    }

    async fn learn(&self, job: JobId) -> Result<&'static TaggedExtractor, ModelFault> {
        let file = ModelFile::shipped().ok_or(ModelFault::Missing)?;
        let reported = Cell::new(0);
        let on_progress = |came: usize| {
            let reach = came * PROGRESS_REPORTS / file.len().max(1);
            if reach > reported.replace(reach) {
                self.send(&Answer::Progress { job, done: came as u64, total: file.len() as u64 });
            }
        };
        let learn = |bytes: Vec<u8>| {
            self.begin_work(job);
            file.learn(self.rules, bytes)
        };
        let prove = |learnt: Learnt<'_>, sha256: &[u8; 32]| {
            self.begin_work(job);
            learnt.prove(sha256)
        };
        let extractor = model_store::bring(&file.address(), file.len(), learn, prove, on_progress).await?;
        // Sessions borrow it, and the worker needs it until it ends.
        Ok(Box::leak(Box::new(extractor)))
    }

    fn turn(self: &Rc<Self>) {
        self.is_alarm_set.set(false);
        let job = self.desk.borrow().next_job();
        if let Some(job) = job {
            self.begin_work(job);
        }
        let next = self.desk.borrow_mut().turn();
        if let Next::Continue(answer) = next {
            if let Some(answer) = answer {
                self.give(&answer);
            }
            self.set_alarm();
        }
    }

    /// Lets the page know which job is to blame if the worker breaks down now.
    fn begin_work(&self, job: JobId) {
        if self.at.replace(Some(job)) != Some(job) {
            self.send(&Answer::At { job });
        }
    }

    fn set_alarm(&self) {
        if !self.is_alarm_set.replace(true)
            && let Err(error) = self.alarm.post_message(&JsValue::NULL)
        {
            wasm_bindgen::throw_val(error);
        }
    }

    fn send(&self, answer: &Answer) {
        let (message, buffers) = parcel::close(&answer.pack(), &[]);
        if let Err(error) = self.scope.post_message_with_transfer(&message, &buffers) {
            // An answer that is not sent would leave the page waiting.
            wasm_bindgen::throw_val(error);
        }
    }
}
