//! The worker's side: answers jobs from the page, one step between two messages.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use super::{model_store, parcel};
use crate::app::ModelFault;
use crate::extract::RuleExtractor;
use crate::extract::tagger::TaggedExtractor;
use crate::quality::lint::Vocabulary;
use crate::work::{Answer, Desk, Equipment, Job, JobId, ModelFile, Next, NotUnpacked};

/// Of the model's way to the worker the page hears at most so often.
const PROGRESS_REPORTS: usize = 20;

/// Makes the worker this runs in answer jobs for as long as it lives. It begins with the rules; when the page asks for
/// the model, and it has come, texts are read with both.
///
/// A panic ends the worker: the browser tells the page, which starts another one.
///
/// # Errors
/// If this is no dedicated worker.
pub fn serve(rules: RuleExtractor) -> Result<(), JsValue> {
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
        rules,
        scope: scope.clone(),
        alarm: channel.port2(),
        is_alarm_set: Cell::new(false),
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
    rules: &'static Arc<RuleExtractor>,
    scope: DedicatedWorkerGlobalScope,
    /// Where the worker writes to itself. The message comes back after those of the page that are there already,
    /// and without the pause that timers make.
    alarm: MessagePort,
    is_alarm_set: Cell<bool>,
}

impl Office {
    fn take(self: &Rc<Self>, message: &JsValue) {
        let job = parcel::open(message).ok_or(NotUnpacked::Cargo).and_then(Job::unpack);
        let job = match job {
            Ok(job) => job,
            // From a page of another build. Ending the worker is how the page learns of it.
            Err(error) => wasm_bindgen::throw_str(&error.to_string()),
        };
        if let Job::LoadModel { job } = job {
            let office = Rc::clone(self);
            return spawn_local(async move { office.load_model(job).await });
        }
        let answer = self.desk.borrow_mut().take(job);
        if let Some(answer) = answer {
            self.send(&answer);
        }
        self.set_alarm();
    }

    /// Brings the model. Jobs are answered meanwhile.
    async fn load_model(&self, job: JobId) {
        let answer = match self.learn(job).await {
            Ok(extractor) => {
                let about = extractor.model().about.clone();
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
        let learn = |bytes: &[u8], sha256: &[u8; 32]| file.learn(self.rules, bytes, sha256);
        let extractor = model_store::bring(&file.address(), file.len(), learn, on_progress).await?;
        // Sessions borrow it, and the worker needs it until it ends.
        Ok(Box::leak(Box::new(extractor)))
    }

    fn turn(&self) {
        self.is_alarm_set.set(false);
        let next = self.desk.borrow_mut().turn();
        if let Next::Continue(answer) = next {
            if let Some(answer) = answer {
                self.send(&answer);
            }
            self.set_alarm();
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
        let (message, buffers) = parcel::close(&answer.pack());
        if let Err(error) = self.scope.post_message_with_transfer(&message, &buffers) {
            // An answer that is not sent would leave the page waiting.
            wasm_bindgen::throw_val(error);
        }
    }
}
