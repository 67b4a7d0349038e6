//! How far the adjudicator has come, the way from dispute to dispute, and how voices are shown.

use leptos::prelude::*;

use super::super::inquiry::{Inquiry, Waiting};
use super::super::tick::tick;
use super::desk::Desk;
use crate::app::ReviewText;
use crate::ui::widgets::IconButton;

#[component]
pub(super) fn ProgressBar(
    desk: Desk,
    /// How many disputes there are.
    total: Memo<usize>,
    /// How many of them nobody has decided.
    open: Memo<usize>,
    /// Whether the extractor is a voice.
    with_extractor: RwSignal<bool>,
    /// What is asked of it.
    inquiry: Inquiry,
) -> impl IntoView {
    let model = desk.model;
    let step = move |icon: &'static str, name: ReviewText, testid: &'static str, forward: bool| {
        view! {
            <IconButton
                icon
                flip=true
                name=Signal::derive(model.text(name))
                testid
                disabled=Signal::derive(move || total.get() < 2)
                on_press=move |_| desk.step(forward)
            />
        }
    };
    view! {
        <div class="adjudication-bar">
            {step("previous", ReviewText::DisputePrevious, "dispute-previous", false)}
            <p class="count" role="status" data-testid="dispute-state">
                {move || {
                    let (total, open) = (total.get(), open.get());
                    let n = (total - open.min(total)).to_string();
                    let language = model.language.get();
                    language.fill(ReviewText::DisputesDecided, &[("n", &n), ("total", &total.to_string())])
                }}
            </p>
            {step("next", ReviewText::DisputeNext, "dispute-next", true)}
            <progress
                class="progress"
                max=move || total.get().max(1)
                value=move || total.get() - open.get().min(total.get())
                aria-label=model.text(ReviewText::AdjudicationTitle)
            ></progress>
            {tick(model, desk.blind, ReviewText::HideNames, "blind")}
            {tick(model, with_extractor, ReviewText::AskExtractor, "extractor-voice")}
            <Waiting inquiry name=ReviewText::AskExtractor />
        </div>
    }
}
