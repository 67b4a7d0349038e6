//! An article: a text that never changes, and what has been said about it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Rejection, SpanSet};
use crate::text::{SourceText, unturned};

/// Names a document within a project and in files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(Arc<str>);

impl DocumentId {
    /// Wraps a name.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The key of `meta` that is there, and true, on an article somebody wants to come back to.
pub const FLAG: &str = "flag";

/// How far the annotator has come with a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not touched.
    #[default]
    New,
    /// Touched.
    InProgress,
    /// Finished: its spans are gold.
    Done,
    /// Put aside.
    Skipped,
}

impl Status {
    /// The word used in files and in the page's hooks.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Skipped => "skipped",
        }
    }
}

/// An article and its annotations.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Unique within the project.
    pub id: DocumentId,
    /// The text, byte for byte as it came.
    pub text: SourceText,
    /// Everything labelled, suggestions among it.
    pub spans: SpanSet,
    /// Suggestions turned down, in the order of their places, labels and sources.
    pub rejected: Vec<Rejection>,
    /// Relations between spans, as the record holds them.
    pub relations: Vec<Value>,
    /// Events, as the record holds them.
    pub events: Vec<Value>,
    /// How far the annotator has come.
    pub status: Status,
    /// Who labelled it, if known.
    pub annotator: Option<Arc<str>>,
    /// The schema its labels are from, for instance `conflict-news/1`.
    pub schema: Option<Arc<str>>,
    /// Title, source, dates and the like.
    pub meta: Map<String, Value>,
    /// Keys of an imported record that Misam does not know; written back as they came.
    pub extra: Map<String, Value>,
    /// False while the document is taken out of its project.
    pub present: bool,
}

impl Document {
    /// A document about which nothing has been said yet.
    #[must_use]
    pub fn new(id: DocumentId, text: impl Into<SourceText>) -> Self {
        Self {
            id,
            text: text.into(),
            spans: SpanSet::default(),
            rejected: Vec::new(),
            relations: Vec::new(),
            events: Vec::new(),
            status: Status::New,
            annotator: None,
            schema: None,
            meta: Map::new(),
            extra: Map::new(),
            present: true,
        }
    }

    /// The title its `meta` states, or else its first line with something on it.
    #[must_use]
    pub fn title(&self) -> &str {
        self.stated_title().unwrap_or_else(|| self.first_line())
    }

    /// The title its `meta` states, if it states one.
    #[must_use]
    pub fn stated_title(&self) -> Option<&str> {
        self.meta.get("title").and_then(Value::as_str).filter(|title| !title.trim().is_empty())
    }

    /// Its title as it is shown: without the signs that turn the direction of writing.
    #[must_use]
    pub fn shown_title(&self) -> String {
        unturned(self.title()).into_owned()
    }

    /// Its first line with something on it; its name if there is none.
    #[must_use]
    pub fn first_line(&self) -> &str {
        // Not by the paragraphs: lists ask for titles, and the rest of most texts is of no use to them.
        let lines = self.text.as_str().split(['\n', '\r', '\u{2028}', '\u{2029}']);
        lines.map(str::trim).find(|line| !line.is_empty()).unwrap_or_else(|| self.id.as_str())
    }
}
