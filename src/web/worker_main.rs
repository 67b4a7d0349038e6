//! The worker's side: answers jobs from the page, one step between two messages.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

use super::{decoding, parcel};
use crate::extract::Extractor;
use crate::schema::Schema;
use crate::work::{Answer, Desk, Equipment, Job, Next, NotUnpacked};

/// Makes the worker this runs in answer jobs for as long as it lives.
///
/// A panic ends the worker: the browser tells the page, which starts another one.
///
/// # Errors
/// If this is no dedicated worker.
pub fn serve(extractor: impl Extractor + 'static) -> Result<(), JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().dyn_into()?;
    let equipment = Equipment {
        extractor: Box::new(extractor),
        schema: Arc::new(Schema::conflict_news()),
        decode: decoding::decode,
    };
    // The worker needs it until it ends.
    let equipment: &'static Equipment = Box::leak(Box::new(equipment));
    let channel = MessageChannel::new()?;
    let office = Rc::new(Office {
        desk: RefCell::new(Desk::new(equipment)),
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
    scope: DedicatedWorkerGlobalScope,
    /// Where the worker writes to itself. The message comes back after those of the page that are there already,
    /// and without the pause that timers make.
    alarm: MessagePort,
    is_alarm_set: Cell<bool>,
}

impl Office {
    fn take(&self, message: &JsValue) {
        let job = parcel::open(message).ok_or(NotUnpacked::Cargo).and_then(Job::unpack);
        let job = match job {
            Ok(job) => job,
            // From a page of another build. Ending the worker is how the page learns of it.
            Err(error) => wasm_bindgen::throw_str(&error.to_string()),
        };
        if let Some(answer) = self.desk.borrow_mut().take(job) {
            self.send(&answer);
        }
        self.set_alarm();
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
