//! The status line: what just happened, seen for a while, and heard. It stays in the line for screen readers.

use leptos::prelude::*;

use super::model::use_model;
use crate::app::said::STAYS_MS;

#[component]
pub(super) fn StatusLine() -> impl IntoView {
    let model = use_model();
    let shown = RwSignal::new(false);
    Effect::new(move || {
        let said = model.said.get();
        let is_shown = !said.seen.is_empty();
        shown.set(is_shown);
        if is_shown {
            let fade = move || {
                if model.said.with_untracked(|last| last.count == said.count) {
                    shown.set(false);
                }
            };
            set_timeout(fade, std::time::Duration::from_millis(STAYS_MS));
        }
    });
    // The same words once more are another event: a space that nobody hears makes them other words.
    let heard =
        move || model.said.with(|said| format!("{}{}", said.heard, ["", "\u{a0}"][said.count as usize % 2]));
    let seen = move || model.said.with(|said| said.seen.clone());
    view! {
        <div class="status">
            <p
                class="visually-hidden"
                role="status"
                aria-live="polite"
                data-testid="status"
                data-shown=move || shown.get().to_string()
            >
                {heard}
            </p>
            <Show when=move || shown.get()>
                <p class="toast" aria-hidden="true">
                    {seen}
                </p>
            </Show>
        </div>
    }
}
