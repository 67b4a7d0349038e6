//! Everything the page shows.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::command::Heading;
use super::model_status::ModelStatus;
use super::queue::Queue;
use super::settings::Settings;
use crate::annotation::{Document, DocumentId, Span, SpanId};
use crate::project::{About, Listed, Project};
use crate::schema::{LabelCode, Schema};
use crate::text::{ByteOffset, ByteRange, runs_leftwards};

/// Where the caret is, and from where a selection reaches to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: ByteOffset,
    /// The end that moves: the caret.
    pub focus: ByteOffset,
}

impl Selection {
    /// A caret with nothing selected.
    #[must_use]
    pub fn caret(at: ByteOffset) -> Self {
        Self { anchor: at, focus: at }
    }

    /// What is selected.
    #[must_use]
    pub fn range(self) -> ByteRange {
        ByteRange::new(self.anchor, self.focus)
    }

    /// True if nothing is selected.
    #[must_use]
    pub fn is_caret(self) -> bool {
        self.anchor == self.focus
    }
}

/// How far the extractor has come with a document, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Bytes read.
    pub done: usize,
    /// Bytes in all.
    pub total: usize,
}

/// A document that the extractor is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// How far it has come.
    pub reach: Reading,
    /// Suggestions so far under labels that the schema does not have.
    pub left_out: usize,
}

/// A document somebody wants to see that is still in the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which one.
    pub document: DocumentId,
    /// Whether one of its suggestions is to be taken up: the first of them for who goes on to it, the last for who
    /// goes back.
    pub suggestion: Option<Heading>,
}

/// A span one of whose ends the hand is drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Which span.
    pub span: SpanId,
    /// Where it would be if the hand let go now.
    pub range: ByteRange,
}

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct State {
    /// Documents and history.
    pub project: Project,
    /// The document on the screen.
    pub current: Option<DocumentId>,
    /// The document that is to be on the screen once it is read from the storage.
    pub wanted: Option<Wanted>,
    /// The caret in it.
    pub selection: Option<Selection>,
    /// The span that keys act on.
    pub active: Option<SpanId>,
    /// The span that keys acted on last in the document on the screen.
    pub recent: Option<SpanId>,
    /// The span of the document on the screen that is being drawn longer or shorter. No edit has been made yet.
    pub drawn: Option<Drawn>,
    /// Documents the extractor is at.
    pub reading: HashMap<DocumentId, UnderWay>,
    /// Documents the extractor has been through since the page was opened.
    pub read: HashSet<DocumentId>,
    /// The model that finds suggestions, or why there is none.
    pub model: ModelStatus,
    /// What the person chose.
    pub settings: Settings,
    /// The articles that are worked through, in their order.
    pub queue: Queue,
    /// What the project says of itself.
    pub about: About,
    /// False while another tab has the project: everything can be looked at, nothing changed.
    pub writable: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            project: Project::default(),
            current: None,
            wanted: None,
            selection: None,
            active: None,
            recent: None,
            drawn: None,
            reading: HashMap::new(),
            read: HashSet::new(),
            model: ModelStatus::default(),
            settings: Settings::default(),
            queue: Queue::default(),
            about: About::default(),
            writable: true,
        }
    }
}

impl State {
    /// Leaves the work to another tab: nobody reads anything for this one any more.
    pub fn give_way(&mut self) {
        self.writable = false;
        self.reading.clear();
        self.drawn = None;
    }

    /// The label that everything selected or clicked by hand gets at once.
    #[must_use]
    pub fn sticky(&self) -> Option<&LabelCode> {
        self.settings.sticky.as_ref().filter(|code| self.schema().label(code.as_str()).is_some())
    }

    /// True if the article on the screen is read from the right.
    #[must_use]
    pub fn runs_leftwards(&self) -> bool {
        self.document().is_none_or(|document| runs_leftwards(document.text.as_str()))
    }

    /// The document on the screen.
    #[must_use]
    pub fn document(&self) -> Option<&Document> {
        self.project.document(self.current.as_ref()?)
    }

    /// The labels.
    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        self.project.schema()
    }

    /// The span that keys act on.
    #[must_use]
    pub fn active_span(&self) -> Option<&Arc<Span>> {
        self.document()?.spans.get(self.active.as_ref()?)
    }

    /// The spans of the document on the screen that are in sight, in its order.
    pub fn shown_spans(&self) -> impl DoubleEndedIterator<Item = &Arc<Span>> {
        let spans = self.document().into_iter().flat_map(|document| document.spans.iter());
        spans.filter(|span| self.settings.shows(span))
    }

    /// How many spans of the document on the screen are in sight; `only_suggested` counts suggestions alone.
    #[must_use]
    pub fn shown_count(&self, only_suggested: bool) -> usize {
        self.document().map_or(0, |document| match (only_suggested, self.settings.threshold) {
            (true, _) => self.suggested(document),
            (false, 0) => document.spans.len(),
            (false, _) => self.shown_spans().count(),
        })
    }

    /// Those of the spans in sight that are in these places among them. While nothing is hidden this costs as much as
    /// they are many, however long the article.
    #[must_use]
    pub fn shown_at(&self, places: Range<usize>, only_suggested: bool) -> Vec<Arc<Span>> {
        let Some(document) = self.document() else {
            return Vec::new();
        };
        if self.settings.threshold == 0 && !only_suggested {
            let all = document.spans.as_slice();
            return all.get(places.start..places.end.min(all.len())).unwrap_or_default().to_vec();
        }
        let wanted = self.shown_spans().filter(|span| !(only_suggested && span.origin.is_confirmed()));
        wanted.skip(places.start).take(places.len()).map(Arc::clone).collect()
    }

    /// The place of a span among those in sight, from 0.
    #[must_use]
    pub fn shown_position(&self, id: &SpanId, only_suggested: bool) -> Option<usize> {
        let spans = &self.document()?.spans;
        if self.settings.threshold == 0 && !only_suggested {
            return spans.position(id);
        }
        let mut wanted = self.shown_spans().filter(|span| !(only_suggested && span.origin.is_confirmed()));
        wanted.position(|span| span.id == *id)
    }

    /// How many suggestions of a document are in sight.
    #[must_use]
    pub fn suggested(&self, document: &Document) -> usize {
        if self.settings.threshold == 0 {
            return document.spans.suggested();
        }
        let suggestions = document.spans.iter().filter(|span| !span.origin.is_confirmed());
        suggestions.filter(|span| self.settings.shows(span)).count()
    }

    /// [`Self::suggested`] of an article in the list; of one that is not read yet, all its suggestions.
    #[must_use]
    pub fn suggested_of(&self, listed: Listed<'_>) -> usize {
        match listed {
            Listed::Read(document) => self.suggested(document),
            Listed::Unread(head) => head.suggested,
        }
    }

    /// The precision and recall that the model has at the threshold, as measured on news it had not seen. `None` while
    /// the rules alone find suggestions: nothing is known of them together.
    #[must_use]
    pub fn expected(&self) -> Option<(f32, f32)> {
        let step = self.settings.threshold.div_ceil(Settings::THRESHOLD_STEP);
        self.model.about()?.thresholds.get(usize::from(step)).copied()
    }

    /// The surface of a span of the document on the screen.
    #[must_use]
    pub fn surface(&self, span: &Span) -> &str {
        self.document().and_then(|document| document.text.slice(span.range)).unwrap_or_default()
    }
}
