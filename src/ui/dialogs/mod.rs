//! The dialogs over the page.

mod export;
mod help;
mod import_report;
mod new_article;

use leptos::prelude::*;

use self::export::ExportDialog;
use self::help::HelpDialog;
use self::import_report::ImportDialog;
use self::new_article::NewArticleDialog;
use super::model::{Dialog, use_model};
use super::selecting;

/// The dialog that is open, if one is.
#[component]
pub(super) fn Dialogs() -> impl IntoView {
    let model = use_model();
    let close = move || {
        model.dialog.set(None);
        selecting::focus_text();
    };
    move || match model.dialog.get() {
        None => ().into_any(),
        Some(Dialog::NewArticle) => view! { <NewArticleDialog on_close=close /> }.into_any(),
        Some(Dialog::Export) => view! { <ExportDialog on_close=close /> }.into_any(),
        Some(Dialog::Help) => view! { <HelpDialog on_close=close /> }.into_any(),
        Some(Dialog::Import(report)) => view! { <ImportDialog report on_close=close /> }.into_any(),
    }
}
