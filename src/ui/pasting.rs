//! What is pasted where nothing is being written: files come in, and text opens the dialog of a new article.

use leptos::prelude::*;

use super::model::{Dialog, Model};
use super::{importing, selecting};
use crate::app::Verbatim;
use crate::web::clipboard::{self, Pasted};

/// Text shorter than a headline is no article, and somebody may have pressed the keys by mistake.
const LEAST_LETTERS: usize = 40;

/// An article that is being pasted and has not been added yet.
#[derive(Clone, Debug, Default)]
pub(super) struct ArticleDraft {
    /// Its text.
    pub(super) text: Verbatim,
    /// How many characters of it came in halves, and were replaced.
    pub(super) halves: usize,
    /// The page it was copied from, as HTML.
    pub(super) page: Option<String>,
}

impl ArticleDraft {
    /// Notes what came with a paste beside its text.
    pub(super) fn note(&mut self, pasted: &Pasted) {
        self.halves += pasted.lone_surrogates.len();
        self.page = pasted.html.clone().filter(|html| is_page(html));
    }
}

/// Takes what is pasted anywhere on the page but into a field.
pub(super) fn listen(model: Model) {
    let pasted = window_event_listener(leptos::ev::paste, move |event| {
        // Programs of tables and pictures put a picture of what was copied beside its text.
        let has_text =
            event.clipboard_data().is_some_and(|data| data.types().includes(&"text/plain".into(), 0));
        if has_text {
            let is_free = !event.default_prevented()
                && !selecting::typing_elsewhere()
                && model.dialog.with_untracked(Option::is_none);
            let pasted = is_free.then(|| clipboard::pasted(&event)).flatten();
            if let Some(pasted) = pasted.filter(|pasted| is_long(&pasted.text)) {
                event.prevent_default();
                begin_article(model, pasted);
            }
            return;
        }
        let files = clipboard::files(&event);
        if !files.is_empty() {
            event.prevent_default();
            importing::take(model, files);
        }
    });
    on_cleanup(move || pasted.remove());
}

/// Opens the dialog of a new article with a text in it, unless something is being written there: that is shown as it is,
/// and can be pasted into.
fn begin_article(model: Model, pasted: Pasted) {
    model.draft.update_value(|draft| {
        if draft.text.as_str().is_empty() {
            *draft = ArticleDraft::default();
            draft.note(&pasted);
            draft.text = Verbatim::from(pasted.text);
        }
    });
    model.dialog.set(Some(Dialog::NewArticle));
}

fn is_long(text: &str) -> bool {
    text.trim().chars().nth(LEAST_LETTERS - 1).is_some()
}

/// True of HTML that holds a page, or a piece of one, and not a few words in colour.
fn is_page(html: &str) -> bool {
    const PARAGRAPHS: usize = 3;
    let html = html.to_ascii_lowercase();
    html.matches("<p").count() + html.matches("<br").count() >= PARAGRAPHS || html.contains("<h1")
}
