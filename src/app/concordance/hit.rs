//! A place that was found, and what is said of it.

use std::sync::Arc;

use crate::annotation::{Document, DocumentId, Span};
use crate::app::state::State;
use crate::text::ByteRange;

/// A place that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// In which article.
    pub document: DocumentId,
    /// Where.
    pub range: ByteRange,
    /// The span that stands exactly there, if one does.
    pub span: Option<Arc<Span>>,
    /// The spans in sight that share letters with it, in document order, the one above left out.
    pub across: Vec<Arc<Span>>,
}

impl Hit {
    /// True if labelling it takes nothing away: no confirmed span stands there or across it, nor is it a part of other
    /// words that are suggested, as a name in a longer one is.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let spans = || self.span.iter().chain(&self.across);
        spans().all(|span| !span.origin.is_confirmed()) && self.wider().is_none()
    }

    /// A span that holds some of these words and others as well.
    #[must_use]
    pub fn wider(&self) -> Option<&Arc<Span>> {
        let goes_beyond =
            |span: &&Arc<Span>| span.range.start < self.range.start || self.range.end < span.range.end;
        self.across.iter().find(goes_beyond)
    }

    /// A place to be named by.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { document: self.document.clone(), range: self.range }
    }

    pub(super) fn of(document: &Document, range: ByteRange, state: &State) -> Self {
        let mut span = None;
        let mut across = Vec::new();
        for other in document.spans.overlapping(range).filter(|span| state.settings.shows(span)) {
            if span.is_none() && other.range == range && other.fragments.is_empty() {
                span = Some(Arc::clone(other));
            } else {
                across.push(Arc::clone(other));
            }
        }
        Self { document: document.id.clone(), range, span, across }
    }

    /// The place of a span, in several pieces or not, whatever else stands exactly there.
    pub(super) fn about(document: &Document, span: &Arc<Span>, state: &State) -> Self {
        let others = document.spans.overlapping(span.range).filter(|other| other.id != span.id);
        let across = others.filter(|other| state.settings.shows(other)).cloned().collect();
        Self { document: document.id.clone(), range: span.range, span: Some(Arc::clone(span)), across }
    }
}

/// A place in an article of the project.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The article.
    pub document: DocumentId,
    /// Where in it.
    pub range: ByteRange,
}
