//! Carries the writes of a project to the store, in order, and says how far it has come.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::store::Store;
use super::turn;
use crate::project::{Journalled, Saving, Write, WriteQueue};

/// Writes one batch after the other. Nothing is dropped before the store has acknowledged it; while the store
/// refuses, writes wait in memory and are tried again.
///
/// Cloning shares the writer. A batch that is under way is finished even if the last clone is dropped.
#[derive(Clone)]
pub struct Writer(Rc<Inner>);

struct Inner {
    store: RefCell<Store>,
    queue: RefCell<WriteQueue>,
    retry: RefCell<Option<Timeout>>,
    on_change: Box<dyn Fn(&Saving)>,
}

impl Writer {
    /// A writer with nothing to write. `on_change` hears every change of [`saving`](Self::saving), also from within
    /// [`write`](Self::write).
    pub fn new(store: Store, on_change: impl Fn(&Saving) + 'static) -> Self {
        Self(Rc::new(Inner {
            store: RefCell::new(store),
            queue: RefCell::default(),
            retry: RefCell::default(),
            on_change: Box::new(on_change),
        }))
    }

    /// Queues writes and begins at once.
    pub fn write(&self, writes: impl IntoIterator<Item = Write>) {
        {
            let mut queue = self.0.queue.borrow_mut();
            writes.into_iter().for_each(|write| queue.push(write));
        }
        self.0.report();
        // While a retry is due, new writes wait for it with the rest.
        if self.0.retry.borrow().is_none() {
            Inner::begin(&self.0);
        }
    }

    /// Whether everything is kept.
    #[must_use]
    pub fn saving(&self) -> Saving {
        self.0.queue.borrow().saving()
    }

    /// The journal entries that are not in the store yet, in order.
    #[must_use]
    pub fn waiting(&self) -> Vec<Journalled> {
        self.0.queue.borrow().entries().cloned().collect()
    }

    /// Tries at once what was refused, for instance after the annotator has made room.
    pub fn retry_now(&self) {
        self.0.retry.take();
        Inner::begin(&self.0);
    }

    /// Writes to another storage from now on, and this before everything else. What waited is forgotten: it must be part
    /// of it.
    pub fn begin_anew(&self, store: Store, writes: impl IntoIterator<Item = Write>) {
        self.0.store.replace(store);
        let mut queue = WriteQueue::default();
        writes.into_iter().for_each(|write| queue.push(write));
        self.0.queue.replace(queue);
        self.0.report();
        self.retry_now();
    }

    /// Goes on with a new connection after the old one was [lost](super::store::Notice::Lost). The database behind
    /// it must hold what was written so far; see [`begin_anew`](Self::begin_anew) for one that was emptied.
    pub fn use_store(&self, store: Store) {
        self.0.store.replace(store);
        self.0.queue.borrow_mut().start_afresh();
        self.retry_now();
    }
}

impl Inner {
    fn begin(this: &Rc<Self>) {
        let Some(batch) = this.queue.borrow_mut().begin() else { return };
        let this = Rc::clone(this);
        spawn_local(async move {
            let store = this.store.borrow().clone();
            if batch.iter().any(|write| matches!(write, Write::Stack(..))) {
                // It takes a while to hand over, and who brought the articles wants to see the first.
                turn::next_picture().await;
                if !store.is_same(&this.store.borrow()) {
                    return;
                }
            }
            let outcome = store.write(&batch).await;
            if !store.is_same(&this.store.borrow()) {
                // Whatever became of the batch on the old connection, it is written again on the new one.
                return;
            }
            let wait = match outcome {
                Ok(()) => {
                    this.queue.borrow_mut().succeeded();
                    None
                }
                Err(error) => this.queue.borrow_mut().failed(error),
            };
            this.report();
            match wait {
                Some(wait) => this.begin_after(wait.as_millis() as u32),
                None => Self::begin(&this),
            }
        });
    }

    fn begin_after(self: &Rc<Self>, milliseconds: u32) {
        let this: Weak<Self> = Rc::downgrade(self);
        let timeout = Timeout::new(milliseconds, move || {
            if let Some(this) = this.upgrade() {
                this.retry.take();
                Self::begin(&this);
            }
        });
        self.retry.replace(Some(timeout));
    }

    fn report(&self) {
        let saving = self.queue.borrow().saving();
        (self.on_change)(&saving);
    }
}
