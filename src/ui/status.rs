//! The status line: what just happened, seen and heard.

use leptos::prelude::*;

use super::model::use_model;

/// Seconds for which a message stays in sight. It stays in the line for screen readers.
const SECONDS: u64 = 4;

#[component]
pub(super) fn StatusLine() -> impl IntoView {
    let model = use_model();
    let shown = RwSignal::new(false);
    Effect::new(move || {
        let said = model.said.get();
        shown.set(said.shown);
        if said.shown {
            let fade = move || {
                if model.said.with_untracked(|last| last.count == said.count) {
                    shown.set(false);
                }
            };
            set_timeout(fade, std::time::Duration::from_secs(SECONDS));
        }
    });
    let words = move || model.said.get().words;
    view! {
        <div
            class="status"
            role="status"
            aria-live="polite"
            data-testid="status"
            data-shown=move || shown.get().to_string()
        >
            <Show when=move || shown.get() fallback=move || view! { <p class="visually-hidden">{words}</p> }>
                <p class="toast">{words}</p>
            </Show>
        </div>
    }
}
