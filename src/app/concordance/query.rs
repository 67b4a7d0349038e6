//! What is looked for, and of what it holds.

use super::hit::Hit;
use crate::annotation::{Document, FLAG, Origin, Span, Status};
use crate::app::settings::percent;
use crate::schema::LabelCode;
use crate::text::{Folding, SearchOptions};

/// How the words that are looked for must stand in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Matching {
    /// The same name: through proclitics, marks, tatweel, and the spellings of hamza, alef, ya and ta marbuta.
    #[default]
    Name,
    /// The same letters, in whatever spelling, inside of words as well.
    Letters,
    /// These very characters.
    Exact,
    /// A regular expression, as the browser understands it.
    Pattern,
}

impl Matching {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Name, Self::Letters, Self::Exact, Self::Pattern];

    pub(super) fn options(self) -> SearchOptions {
        match self {
            Self::Name => SearchOptions::default(),
            Self::Letters => {
                SearchOptions { folding: Folding::SEARCH, whole_word: false, through_proclitics: false }
            }
            Self::Exact | Self::Pattern => {
                SearchOptions { folding: Folding::NONE, whole_word: false, through_proclitics: false }
            }
        }
    }
}

/// What is said of a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Anything or nothing.
    #[default]
    Any,
    /// No span touches it.
    Unlabelled,
    /// A suggestion that nobody has looked at.
    Suggested,
    /// A span that a person stands behind.
    Confirmed,
    /// A span that came about in this way.
    Of(Origin),
}

impl Standing {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Any,
        Self::Unlabelled,
        Self::Suggested,
        Self::Confirmed,
        Self::Of(Origin::Manual),
        Self::Of(Origin::Accepted),
        Self::Of(Origin::Corrected),
        Self::Of(Origin::Imported),
    ];
}

/// Which articles are looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Articles {
    /// All of them.
    #[default]
    All,
    /// Those of this status.
    Of(Status),
    /// Those with a flag.
    Flagged,
}

impl Articles {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Of(Status::New),
        Self::Of(Status::InProgress),
        Self::Of(Status::Done),
        Self::Of(Status::Skipped),
        Self::Flagged,
    ];

    pub(super) fn hold(self, document: &Document) -> bool {
        match self {
            Self::All => true,
            Self::Of(status) => document.status == status,
            Self::Flagged => document.meta.contains_key(FLAG),
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The words; none looks for spans instead.
    pub words: String,
    /// How they must stand.
    pub matching: Matching,
    /// In all articles, and not only in the one on the screen.
    pub everywhere: bool,
    /// Only in these articles; the one on the screen is looked through whatever it is if only it is.
    pub articles: Articles,
    /// Only places with this label.
    pub label: Option<LabelCode>,
    /// Only places of which this is said.
    pub standing: Standing,
    /// Only suggestions of at most this confidence, in percent.
    pub at_most: Option<u8>,
    /// Only suggestions of at least this confidence, in percent; those without one count as sure.
    pub at_least: Option<u8>,
    /// Only spans that are these words, with or without the proclitics in front of them; each is a place of its own.
    pub spans_alone: bool,
}

impl Query {
    /// True if spans can be listed without any words: something else narrows them down.
    pub(super) fn looks_for_spans(&self) -> bool {
        self.label.is_some()
            || self.asks_for_confidence()
            || !matches!(self.standing, Standing::Any | Standing::Unlabelled)
    }
    /// True if it is about suggestions as far as they are sure.
    fn asks_for_confidence(&self) -> bool {
        self.at_most.is_some() || self.at_least.is_some()
    }

    pub(super) fn wants(&self, hit: &Hit) -> bool {
        // Of what lies across a place nothing is asked where a span stands exactly there.
        let spans = || hit.span.iter().chain(hit.span.is_none().then_some(&hit.across).into_iter().flatten());
        match self.standing {
            Standing::Any if self.label.is_none() && !self.asks_for_confidence() => true,
            Standing::Unlabelled => {
                spans().next().is_none() && self.label.is_none() && !self.asks_for_confidence()
            }
            _ => spans().any(|span| self.wants_span(span)),
        }
    }

    /// True of a span of which all that is asked for holds.
    fn wants_span(&self, span: &Span) -> bool {
        let stands = match self.standing {
            Standing::Any => true,
            Standing::Unlabelled => false,
            Standing::Suggested => span.origin == Origin::Suggested,
            Standing::Confirmed => span.origin.is_confirmed(),
            Standing::Of(origin) => span.origin == origin,
        };
        let is_doubtful = |most| span.confidence.is_some_and(|sure| percent(sure) <= most);
        let is_sure = |least| span.confidence.is_none_or(|sure| percent(sure) >= least);
        stands
            && self.label.as_ref().is_none_or(|label| span.label == *label)
            && (span.origin == Origin::Suggested || !self.asks_for_confidence())
            && self.at_most.is_none_or(is_doubtful)
            && self.at_least.is_none_or(is_sure)
    }
}
