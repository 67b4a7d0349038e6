//! A labelled piece of text, and where the label came from.

use std::cmp::{Ordering, Reverse};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::schema::LabelCode;
use crate::text::ByteRange;

/// Names a span within its document, for instance `s12`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpanId(Arc<str>);

impl SpanId {
    /// Wraps a name.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }

    /// The name of the `number`th span that Misam itself makes in a document.
    #[must_use]
    pub fn numbered(number: u32) -> Self {
        Self(format!("s{number}").into())
    }

    /// The number in a name of the form `s12`.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.0.strip_prefix('s')?.parse().ok()
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who said that a span is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Made by the annotator.
    Manual,
    /// Proposed by an extractor, confirmed by the annotator as it stood.
    Accepted,
    /// Proposed by an extractor or a file; label or boundary changed by the annotator.
    Corrected,
    /// Proposed by an extractor and not yet looked at.
    Suggested,
    /// Came with a file.
    Imported,
}

impl Origin {
    /// True if a person stands behind the span. Only such spans go into a gold file.
    #[must_use]
    pub fn is_confirmed(self) -> bool {
        self != Self::Suggested
    }

    /// The origin after an annotator changed the span's label or boundary.
    #[must_use]
    pub fn after_correction(self) -> Self {
        match self {
            Self::Manual => Self::Manual,
            Self::Accepted | Self::Corrected | Self::Suggested | Self::Imported => Self::Corrected,
        }
    }

    /// The word used in files and in the page's hooks.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Suggested => "suggested",
            Self::Imported => "imported",
        }
    }
}

/// Another label that a suggestion may well have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The label.
    pub label: LabelCode,
    /// How likely it is, 0 to 1.
    pub confidence: f32,
}

/// A labelled piece of a document's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// Unique within the document.
    pub id: SpanId,
    /// Where it is; for a discontinuous span, the hull of its fragments.
    pub range: ByteRange,
    /// The pieces of a discontinuous span, in order and apart; empty for an ordinary one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fragments: Vec<ByteRange>,
    /// What it is.
    pub label: LabelCode,
    /// Who said so.
    pub origin: Origin,
    /// The extractor's probability that label and both boundaries are right, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// The label it may have instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<Alternative>,
    /// The extractor's name and version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
    /// Why the extractor thinks so, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Arc<str>>,
    /// Values of the schema's attributes.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub attributes: Map<String, Value>,
    /// The clean form, where it differs from the surface: `الأردن` for `لأردن`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub normalized: Option<Arc<str>>,
    /// The annotator's remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Arc<str>>,
    /// Keys of an imported record that Misam does not know; written back as they came.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

impl Span {
    /// A span with nothing but its place and label.
    #[must_use]
    pub fn new(id: SpanId, range: ByteRange, label: LabelCode, origin: Origin) -> Self {
        Self {
            id,
            range,
            fragments: Vec::new(),
            label,
            origin,
            confidence: None,
            alternative: None,
            source: None,
            reason: None,
            attributes: Map::new(),
            normalized: None,
            note: None,
            extra: Map::new(),
        }
    }

    /// The order of spans in a document and in files: by start, the longer first, then by label and id.
    #[must_use]
    pub fn document_order(&self, other: &Self) -> Ordering {
        (self.range.start, Reverse(self.range.end), &self.label, &self.id).cmp(&(
            other.range.start,
            Reverse(other.range.end),
            &other.label,
            &other.id,
        ))
    }
}

/// A suggestion the annotator turned down, kept so that it is not proposed again and can be learnt from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rejection {
    /// Where it was.
    pub range: ByteRange,
    /// The label it proposed.
    pub label: LabelCode,
    /// The extractor's name and version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Arc<str>>,
}
