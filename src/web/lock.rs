//! One tab at a time works on a project: a Web Lock, held for as long as the tab lives.
//!
//! The browser frees it when the tab closes or crashes, so it never has to be broken. `web-sys` counts the interface
//! as unstable; it is called by name.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::reply::Answer;
use super::store::DATABASE;

/// The lock of the project in a database. That of the first one is called as it was when there was no other.
#[must_use]
pub fn name_of(database: &str) -> String {
    match database {
        DATABASE => "misam-project".to_owned(),
        database => format!("misam-project:{database}"),
    }
}

/// The right to write to a project. Dropping it lets the next tab in.
#[derive(Debug)]
pub struct ProjectLock {
    release: Function,
}

impl Drop for ProjectLock {
    fn drop(&mut self) {
        // Resolving a promise cannot fail; if it did, the lock would go with the tab.
        let _ = self.release.call0(&JsValue::UNDEFINED);
    }
}

/// What came of asking for the lock.
#[derive(Debug)]
pub enum Claim {
    /// This tab works on the project.
    Granted(ProjectLock),
    /// Another tab does. [`wait`] tells when it has gone.
    Taken,
    /// The browser has no locks, or does not grant them to this page. Two tabs can only be told apart by the
    /// [`Collision`](crate::project::StorageError::Collision) of their writes.
    Unsupported,
}

impl Answer for Claim {
    /// What was not granted is not to be had.
    fn lost() -> Self {
        Self::Taken
    }
}

/// Asks for a lock and hears the answer at once.
pub fn claim(name: &str, on_answer: impl FnOnce(Claim) + 'static) {
    let options = Object::new();
    // Setting a property of a fresh plain object cannot fail.
    Reflect::set(&options, &"ifAvailable".into(), &true.into()).unwrap_throw();
    request(name, &options, on_answer);
}

/// Queues for a lock. `on_granted` is called when the tabs before this one have gone; never if locks are unsupported.
pub fn wait(name: &str, on_granted: impl FnOnce(ProjectLock) + 'static) {
    request(name, &Object::new(), move |claim| {
        if let Claim::Granted(lock) = claim {
            on_granted(lock);
        }
    });
}

fn request(name: &str, options: &Object, on_answer: impl FnOnce(Claim) + 'static) {
    // Called by the lock manager or by the handler of its failure, whichever comes first.
    let answer = Rc::new(RefCell::new(Some(on_answer)));
    let granted = {
        let answer = Rc::clone(&answer);
        Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let Some(on_answer) = answer.take() else { return JsValue::UNDEFINED };
            if lock.is_null() {
                on_answer(Claim::Taken);
                return JsValue::UNDEFINED;
            }
            // The lock is held until this promise is settled.
            let (held, release) = unsettled();
            on_answer(Claim::Granted(ProjectLock { release }));
            held.into()
        })
    };
    let fail = move || {
        if let Some(on_answer) = answer.take() {
            on_answer(Claim::Unsupported);
        }
    };
    match call_manager(name, options, &granted) {
        Ok(outcome) => spawn_local(async move {
            // Settled without an error only when the lock is given back or was taken by another tab.
            if JsFuture::from(outcome).await.is_err() {
                fail();
            }
        }),
        Err(_) => fail(),
    }
}

fn call_manager(name: &str, options: &Object, granted: &JsValue) -> Result<Promise, JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let locks = Reflect::get(&navigator, &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    request.call3(&locks, &name.into(), options, granted)?.dyn_into()
}

fn unsettled() -> (Promise, Function) {
    let mut release = None;
    let promise = Promise::new(&mut |resolve, _| release = Some(resolve));
    // The executor of a promise runs before its constructor returns.
    (promise, release.unwrap_throw())
}
