//! What is to be saved: which articles, in which format.

use super::Order;
use super::order::is_saved_as_one_file;
use crate::annotation::{Document, Status};
use crate::app::state::State;
use crate::formats::{Format, WriteOptions};
use crate::quality::adjudication::is_gold;

/// Which articles go into a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    #[default]
    All,
    /// Those marked done.
    Done,
    /// The one on the screen.
    Current,
    /// Those of the adjudicator.
    Gold,
}

/// What is to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which articles.
    pub scope: Scope,
    /// In which format.
    pub format: Format,
    /// Suggestions that nobody has confirmed, too.
    pub with_suggestions: bool,
    /// Of these only those that are in sight: the threshold of the settings, in percent.
    pub threshold: u8,
    /// What else is chosen about the file.
    pub options: WriteOptions,
}

/// The formats that the page can save.
pub fn offered() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| format.is_written())
}

/// The articles of a scope.
pub fn in_scope(state: &State, scope: Scope) -> impl Iterator<Item = &Document> {
    state.project.documents().filter(move |document| match scope {
        Scope::All => true,
        Scope::Done => document.status == Status::Done,
        Scope::Current => state.current.as_ref() == Some(&document.id),
        Scope::Gold => is_gold(document),
    })
}

/// How many articles of a scope go out as if there were nothing to label where a suggestion waits: suggestions in sight
/// have not been looked at, though they may be marked done. Those that are skipped wait for nobody.
#[must_use]
pub fn waiting(state: &State, scope: Scope) -> usize {
    let is_open = |document: &&Document| document.status != Status::Skipped;
    let waits = |document: &&Document| {
        document.spans.iter().any(|span| !span.origin.is_confirmed() && state.settings.shows(span))
    };
    in_scope(state, scope).filter(is_open).filter(waits).count()
}

/// The documents that go into a file.
#[must_use]
pub fn requested(state: &State, scope: Scope) -> Vec<Document> {
    in_scope(state, scope)
        .map(|document| Document { schema: Some(state.schema().id.as_str().into()), ..document.clone() })
        .collect()
}

impl Request {
    /// What kind of file it asks for, named after what is in it.
    #[must_use]
    pub fn order(&self) -> Order {
        let Self { scope, format, with_suggestions, threshold, ref options } = *self;
        let done = match scope {
            Scope::Done => "-done",
            Scope::Gold => "-adjudicated",
            Scope::All | Scope::Current => "",
        };
        let kind = if with_suggestions { "with-suggestions" } else { "gold" };
        let program = if format == Format::Misam { String::new() } else { format!("-{format}") };
        let extension = if is_saved_as_one_file(format) { format.extension() } else { "zip" };
        let name = format!("misam{done}-{kind}{program}.{extension}");
        Order { format, with_suggestions, threshold, name, options: options.clone(), ..Order::default() }
    }
}
