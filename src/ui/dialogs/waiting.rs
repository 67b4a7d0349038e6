//! Stands in the place of a dialog about all articles while some of them are still being read.

use leptos::prelude::*;

use crate::app::ReviewText;
use crate::ui::model::{Dialog, use_model};
use crate::ui::widgets::Modal;

/// True for dialogs that show or change articles wherever they are.
pub(super) fn needs_all_articles(dialog: &Dialog) -> bool {
    match dialog {
        Dialog::Export
        | Dialog::Schema
        | Dialog::Statistics
        | Dialog::Lint
        | Dialog::Agreement
        | Dialog::Adjudication
        | Dialog::Search(_)
        | Dialog::History => true,
        // An import waits by itself, when its files are read.
        Dialog::NewArticle
        | Dialog::Import
        | Dialog::Day
        | Dialog::Help(_)
        | Dialog::Palette
        | Dialog::Projects(_)
        | Dialog::Damaged(_)
        | Dialog::About => false,
    }
}

#[component]
pub(super) fn WaitingDialog(
    /// Called when nobody wants to wait.
    on_close: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let model = use_model();
    let progress = model.filling.progress;
    let share = move || progress.get().map_or(0.0, |(read, total)| read as f64 / total.max(1) as f64);
    view! {
        <Modal
            title=Signal::derive(move || model.language.get().text(ReviewText::ArticlesComing).to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
        >
            <div class="dialog-body" data-testid="articles-coming">
                <p>{model.text(ReviewText::ArticlesComingWhy)}</p>
                <progress class="progress" max="1" value=share aria-label=model.text(ReviewText::ArticlesComing)></progress>
            </div>
        </Modal>
    }
}
