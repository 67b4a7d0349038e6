//! The history as a list: what was done, step by step, and what was taken back.

use std::sync::Arc;

use super::state::State;
use crate::annotation::{Change, Document, DocumentId, Edit, EditKind};
use crate::schema::LabelCode;

/// A step of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// How many edits are done once this one is: where [`Command::TravelTo`](super::Command::TravelTo) goes.
    pub count: usize,
    /// What was done.
    pub kind: EditKind,
    /// How many spans it made, changed or removed.
    pub spans: usize,
    /// The article where it happened first.
    pub title: String,
    /// In how many articles it happened.
    pub articles: usize,
    /// The text of the first span it touched, and the label that span had afterwards.
    pub touched: Option<(String, LabelCode)>,
    /// Who did it, if known.
    pub annotator: Option<Arc<str>>,
    /// True if the article that the list is of can be brought back to what it was then.
    pub returns: bool,
    /// When, in milliseconds since 1970, UTC; 0 if unknown.
    pub at: u64,
    /// True if it was taken back.
    pub undone: bool,
    /// True of the latest edit that is done: this is where the work stands.
    pub current: bool,
}

/// The steps, latest first; those that were taken back come before all others.
#[must_use]
pub fn history_rows(state: &State) -> Vec<HistoryRow> {
    let history = state.project.history();
    let done = history.done().len();
    let undone = history.undone().rev().enumerate().map(|(n, edit)| row(state, edit, done + n + 1, done));
    let mut rows: Vec<_> =
        history.done().enumerate().map(|(n, edit)| row(state, edit, n + 1, done)).chain(undone).collect();
    rows.reverse();
    rows
}

/// The steps that concern one article, latest first, without those that were taken back.
#[must_use]
pub fn article_history(state: &State, article: &DocumentId) -> Vec<HistoryRow> {
    let history = state.project.history();
    let done = history.done().len();
    let since_labels = history.done().rposition(|edit| edit.schema.is_some()).map_or(0, |at| at + 1);
    let touches = |edit: &Edit| edit.steps.iter().any(|step| step.document == *article);
    let edits = history.done().enumerate().filter(|(_, edit)| touches(edit));
    let rows = edits.map(|(n, edit)| {
        let count = n + 1;
        HistoryRow { returns: count >= since_labels && count < done, ..row(state, edit, count, done) }
    });
    rows.rev().collect()
}

fn row(state: &State, edit: &Edit, count: usize, done: usize) -> HistoryRow {
    let spans = edit.steps.iter().filter_map(|step| Some((step, step.change.span()?)));
    let touched = spans.clone().next().and_then(|(step, span)| {
        let document = state.project.document(&step.document)?;
        Some((document.text.slice(span.range)?.to_owned(), span.label.clone()))
    });
    let relabelled = edit.steps.iter().map(|step| match &step.change {
        Change::Relabel(relabelling) => relabelling.spans.len(),
        _ => 0,
    });
    let relabelled: usize = relabelled.sum();
    let mut articles: Vec<_> = edit.steps.iter().map(|step| &step.document).collect();
    articles.dedup();
    let title = articles.first().and_then(|id| state.project.document(id)).map(Document::title);
    HistoryRow {
        count,
        kind: edit.kind,
        spans: spans.count() + relabelled,
        title: title.unwrap_or_default().to_owned(),
        articles: articles.len(),
        touched,
        annotator: edit.annotator.clone(),
        returns: false,
        at: edit.at,
        undone: count > done,
        current: count == done,
    }
}
