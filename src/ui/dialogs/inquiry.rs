//! A question to the worker about documents: asked anew when what it is about has changed, given up when nobody waits any
//! more.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::annotation::Document;
use crate::app::ReviewText;
use crate::ui::model::Model;
use crate::ui::widgets::Icon;
use crate::work::{JobId, Question, Verdict};

/// A question and what has come of it. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Inquiry {
    model: Model,
    /// The part of the work that is done, 0 to 1; nothing while no work is done.
    pub(super) progress: RwSignal<Option<f64>>,
    /// The last answer. It stays while a new one is waited for.
    pub(super) verdict: RwSignal<Option<Verdict>>,
    /// Why there is no answer.
    pub(super) fault: RwSignal<Option<String>>,
    job: StoredValue<Option<JobId>>,
}

impl Inquiry {
    /// Nothing asked yet. What is asked is given up when the owner of the moment goes away.
    pub(super) fn new(model: Model) -> Self {
        let inquiry = Self {
            model,
            progress: RwSignal::new(None),
            verdict: RwSignal::new(None),
            fault: RwSignal::new(None),
            job: StoredValue::new(None),
        };
        let job = inquiry.job;
        on_cleanup(move || {
            if let Some(job) = job.try_get_value().flatten() {
                model.give_up(job);
            }
        });
        inquiry
    }

    /// Asks; the last question is given up if it has not been answered.
    pub(super) fn ask(self, question: Question, documents: &[Document]) {
        let Self { model, progress, verdict, fault, job } = self;
        if let Some(last) = job.get_value() {
            model.give_up(last);
        }
        let on_progress = move |done: f64| {
            let _ = progress.try_set(Some(done));
        };
        let Some((asked, reply)) = model.review(question, documents, on_progress) else {
            return;
        };
        job.set_value(Some(asked));
        progress.set(Some(0.0));
        spawn_local(async move {
            let answer = reply.await;
            // The dialog may be closed by now, or have asked something else.
            if job.try_get_value().flatten() != Some(asked) {
                return;
            }
            job.set_value(None);
            progress.set(None);
            match answer {
                Ok(answer) => {
                    fault.set(None);
                    verdict.set(Some(answer));
                }
                Err(problem) => fault.set(Some(problem)),
            }
        });
    }
}

/// How far the answer has come, while it is waited for.
#[component]
pub(super) fn Waiting(
    inquiry: Inquiry,
    /// What is being done.
    name: ReviewText,
) -> impl IntoView {
    let bar = move |done: f64| {
        let name = inquiry.model.text(name);
        view! { <progress class="progress" max="1" value=done.to_string() aria-label=name></progress> }
    };
    move || inquiry.progress.get().map(bar)
}

/// Why there is no answer.
#[component]
pub(super) fn Fault(
    inquiry: Inquiry,
    /// How it is said; `{problem}` is the reason.
    text: ReviewText,
) -> impl IntoView {
    let said = move |problem: String| {
        let said = inquiry.model.language.get().fill(text, &[("problem", &problem)]);
        view! { <p class="field-error"><Icon name="error" />{said}</p> }
    };
    view! { <div role="alert">{move || inquiry.fault.get().map(said)}</div> }
}
