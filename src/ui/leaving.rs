//! Has the browser ask before the page is left while something of the work is not on the disk.

use leptos::prelude::*;

use super::model::{Keeping, Model};
use super::projects;

/// Listens for the page being left. Where everything is kept nobody is asked.
pub(super) fn listen(model: Model) {
    let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
        if has_unkept_work(model) {
            event.prevent_default();
            // The words are the browser's own; older ones ask only where there are some.
            event.set_return_value("?");
        }
    });
    on_cleanup(move || leaving.remove());
}

/// True if something would be lost with the page. In a tab that only looks on nothing is ever done.
fn has_unkept_work(model: Model) -> bool {
    let is_unkept = match model.keeping.get_untracked() {
        Keeping::Saved => false,
        Keeping::Saving => true,
        Keeping::Memory | Keeping::Failed(_) => !model.peek(projects::is_nothing),
    };
    is_unkept && model.peek(|state| state.writable)
}
