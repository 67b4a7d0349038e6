//! An answer that comes later, once.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// What can be answered.
pub trait Answer {
    /// The answer where whoever promised one went away without giving it.
    fn lost() -> Self;
}

impl<T> Answer for Result<T, String> {
    fn lost() -> Self {
        Err("it was broken off".to_owned())
    }
}

struct Slot<T> {
    value: Option<T>,
    waiting: Option<Waker>,
}

/// Gives the answer. Dropped without that, it gives [`Answer::lost`], so that nobody waits for ever.
pub struct Promised<T: Answer>(Rc<RefCell<Slot<T>>>);

/// Waits for the answer.
pub struct Reply<T>(Rc<RefCell<Slot<T>>>);

/// The two ends.
#[must_use]
pub fn pair<T: Answer>() -> (Promised<T>, Reply<T>) {
    let slot = Rc::new(RefCell::new(Slot { value: None, waiting: None }));
    (Promised(Rc::clone(&slot)), Reply(slot))
}

impl<T: Answer> Promised<T> {
    /// Gives the answer.
    pub fn give(self, value: T) {
        self.0.borrow_mut().value = Some(value);
    }
}

impl<T: Answer> Drop for Promised<T> {
    fn drop(&mut self) {
        let mut slot = self.0.borrow_mut();
        slot.value.get_or_insert_with(T::lost);
        if let Some(waiting) = slot.waiting.take() {
            waiting.wake();
        }
    }
}

impl<T> Future for Reply<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut slot = self.0.borrow_mut();
        match slot.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.waiting = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
