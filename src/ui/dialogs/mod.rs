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

/// The dialog that is open, if one is.
#[component]
pub(super) fn Dialogs() -> impl IntoView {
    let model = use_model();
    let close = move || {
        model.dialog.set(None);
        focus_article();
    };
    move || match model.dialog.get() {
        None => ().into_any(),
        Some(Dialog::NewArticle) => view! { <NewArticleDialog on_close=close /> }.into_any(),
        Some(Dialog::Export) => view! { <ExportDialog on_close=close /> }.into_any(),
        Some(Dialog::Help) => view! { <HelpDialog on_close=close /> }.into_any(),
        Some(Dialog::Import(report)) => view! { <ImportDialog report on_close=close /> }.into_any(),
    }
}

/// Gives the keyboard back to the text, once the dialog is gone.
fn focus_article() {
    request_animation_frame(|| {
        let article = document().query_selector("[data-testid=article]").ok().flatten();
        if let Some(article) =
            article.and_then(|element| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok())
        {
            // An element with a tabindex takes the focus.
            let _ = article.focus();
        }
    });
}
