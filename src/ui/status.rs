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
        let (count, words) = model.said.get();
        if words.is_empty() {
            return;
        }
        shown.set(true);
        set_timeout(
            move || {
                if model.said.with_untracked(|(last, _)| *last == count) {
                    shown.set(false);
                }
            },
            std::time::Duration::from_secs(SECONDS),
        );
    });
    view! {
        <div class="status" role="status" aria-live="polite" data-testid="status" data-shown=move || shown.get().to_string()>
            <p class="toast" hidden=move || model.said.with(|(_, words)| words.is_empty())>
                {move || model.said.get().1}
            </p>
        </div>
    }
}
