//! An answer that comes later, once.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

struct Slot<T> {
    value: Option<T>,
    waiting: Option<Waker>,
}

/// Gives the answer.
pub struct Promised<T>(Rc<RefCell<Slot<T>>>);

/// Waits for the answer. It never comes if the other side goes away without giving it.
pub struct Reply<T>(Rc<RefCell<Slot<T>>>);

/// The two ends.
#[must_use]
pub fn pair<T>() -> (Promised<T>, Reply<T>) {
    let slot = Rc::new(RefCell::new(Slot { value: None, waiting: None }));
    (Promised(Rc::clone(&slot)), Reply(slot))
}

impl<T> Promised<T> {
    /// Gives the answer.
    pub fn give(self, value: T) {
        let mut slot = self.0.borrow_mut();
        slot.value = Some(value);
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
