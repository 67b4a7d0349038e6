//! Memos that outlive those who read them.
//!
//! The reactive graph keeps every reader of a memo for as long as the memo lives: one that is gone is never struck off,
//! its memory is never given back, and it is asked after each change of the state whether it is still there. A row that is
//! drawn anew after each edit adds its readers each time, so in a long day the page grew and slowed down.

use leptos::prelude::*;
use leptos::reactive::graph::{AnySource, Observer, Source, ToAnySource};

/// A memo that forgets its readers when they are gone. A handle: copying it copies no state.
pub(super) struct Lasting<T: Send + Sync + 'static>(Memo<T>);

impl<T: Send + Sync + 'static> Clone for Lasting<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Lasting<T> {}

impl<T: Send + Sync + 'static> From<Memo<T>> for Lasting<T> {
    fn from(memo: Memo<T>) -> Self {
        Self(memo)
    }
}

impl<T: Send + Sync + 'static> Lasting<T> {
    /// What `look` sees of the value; whoever reads it here is told of changes.
    pub(super) fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        strike_off_in_the_end(&|| ArcMemo::from(self.0).to_any_source());
        self.0.with(look)
    }

    /// The value; whoever reads it here is told of changes.
    pub(super) fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value of the moment.
    pub(super) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.0.get_untracked()
    }
}

/// Has whoever reads now struck off the readers of a source when it is gone, or reads anew.
fn strike_off_in_the_end(source: &dyn Fn() -> AnySource) {
    if let Some(reader) = Observer::get() {
        let source = source();
        on_cleanup(move || source.remove_subscriber(&reader));
    }
}
