//! One span that did not fit, in its context.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{MisfitKind, Remedy};
use crate::annotation::{Document, DocumentId, Span, SpanId};
use crate::schema::LabelCode;
use crate::text::{ByteRange, CodePointOffset};

/// A span that a format cannot hold as it is, where it stands, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misfit {
    /// Its document.
    pub document: DocumentId,
    /// Its name there.
    pub span: SpanId,
    /// Its label.
    pub label: LabelCode,
    /// Where it begins, in code points.
    pub start: u32,
    /// Where it ends, in code points.
    pub end: u32,
    /// The text before it, some words of its line.
    pub before: String,
    /// The text of the span.
    pub surface: String,
    /// The text behind it, some words of its line.
    pub after: String,
    /// Why it does not fit.
    pub kind: MisfitKind,
    /// What was done about it.
    pub remedy: Remedy,
    /// What came of that.
    pub became: Became,
}

/// What became of a misfit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "became", rename_all = "snake_case")]
pub enum Became {
    /// The same span; its token was cut.
    Same,
    /// A span with another text.
    Text {
        /// The text.
        text: String,
    },
    /// Several spans.
    Pieces {
        /// Their texts.
        texts: Vec<String>,
    },
    /// Nothing.
    LeftOut {
        /// The span that was in its way, if one was.
        for_span: Option<SpanId>,
    },
}

/// How much of the line is shown on either side, in code points.
const CONTEXT: usize = 30;

impl Misfit {
    pub(super) fn new(
        document: &Document,
        span: &Span,
        kind: MisfitKind,
        remedy: Remedy,
        became: Became,
    ) -> Self {
        let source = document.text.as_str();
        let range = span.range.to_std();
        let line_end = |c: char| matches!(c, '\n' | '\r');
        let before =
            source.get(..range.start).unwrap_or_default().rsplit(line_end).next().unwrap_or_default();
        let after = source.get(range.end..).unwrap_or_default().split(line_end).next().unwrap_or_default();
        let skipped = before.chars().count().saturating_sub(CONTEXT);
        let at = |offset| document.text.code_points_before(offset).map_or(0, CodePointOffset::get);
        Self {
            document: document.id.clone(),
            span: span.id.clone(),
            label: span.label.clone(),
            start: at(span.range.start),
            end: at(span.range.end),
            before: before.chars().skip(skipped).collect(),
            surface: text(document, span.range),
            after: after.chars().take(CONTEXT).collect(),
            kind,
            remedy,
            became,
        }
    }
}

/// The text of a range of a document.
pub(super) fn text(document: &Document, range: ByteRange) -> String {
    document.text.slice(range).unwrap_or_default().to_owned()
}

impl fmt::Display for Misfit {
    /// `document:start-end: LABEL kind: …before[surface]after…; what became of it.`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, start, end, label, kind, before, surface, after, .. } = self;
        write!(f, "{document}:{start}-{end}: {label} {kind}: {before}[{surface}]{after}; ")?;
        match &self.became {
            Became::Same => f.write_str("its token was split"),
            Became::Text { text } => write!(f, "it is now {text:?}"),
            Became::Pieces { texts } => write!(f, "it is now {texts:?}"),
            Became::LeftOut { for_span: Some(other) } => write!(f, "left out for {other}"),
            Became::LeftOut { for_span: None } => f.write_str("left out"),
        }
    }
}
