//! Text in, suggestions out.
//!
//! [`Extractor`] is what the worker and the command line see; [`RuleExtractor`] is the first one behind it: gazetteers
//! and rules for the eleven labels of the guideline. A line is split once ([`line`]), every word is looked up in the
//! [`Lexicon`], each rule proposes [`candidate`]s, [`resolve`] keeps those that do not overlap, and [`consistency`]
//! carries what one place of an article has shown to its other places.
//!
//! An extractor is a pure function of the text: no clock, no randomness, no state between texts.

mod agreement;
mod boilerplate;
mod calendar;
mod candidate;
mod classes;
mod clock;
mod confidence;
mod consistency;
mod date;
mod day;
mod duration;
mod event;
mod facility;
mod force;
mod foreign;
mod gloss;
mod inflect;
mod key;
mod label;
mod lexicon;
mod line;
mod names;
mod nationality;
mod number;
mod organisation;
mod person;
mod person_name;
mod phrase;
mod place;
mod resolve;
mod rules;
pub mod tagger;
#[cfg(test)]
mod tests;
pub mod value;
mod vocabulary;
mod weapon;

pub use candidate::Rule;
pub use confidence::{Calibration, Tally};
pub use label::Label;
pub use lexicon::{Lexicon, LexiconError};
pub use rules::RuleExtractor;

use serde::{Deserialize, Serialize};

use crate::schema::LabelCode;
use crate::text::{ByteOffset, ByteRange, SourceText};

/// A span that an extractor proposes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Where it stands: on grapheme boundaries, without space, quotes or proclitics at its edges.
    pub range: ByteRange,
    /// What it is.
    pub label: LabelCode,
    /// How often proposals of this kind are right, strictly (both ends and the label), 0 to 1, as measured on labelled
    /// text.
    pub confidence: f32,
    /// Another label that the same words may well have, and how likely, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternative: Option<(LabelCode, f32)>,
    /// Why, in words a person understands: the rule, and the word that spoke for it.
    pub reason: String,
    /// The value of a date or count (see [`value`]), as far as the text alone tells; of a name the clean form, where the
    /// page hides a letter of it (`ل|لجيش` → `الجيش`).
    pub normalized: Option<String>,
}

impl Suggestion {
    /// The suggestion for an article published on this day: relative times become dates.
    #[must_use]
    pub fn dated(mut self, text: &SourceText, published: Option<value::Date>) -> Self {
        let value = published.and_then(|day| {
            value::of(self.label.as_str(), text.slice(self.range)?, Some(day)).map(|value| value.to_string())
        });
        self.normalized = value.or(self.normalized);
        self
    }
}

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes looked at, over all passes.
    pub done: u64,
    /// Bytes to look at, over all passes.
    pub total: u64,
}

impl Progress {
    /// True if nothing is left to do.
    #[must_use]
    pub const fn is_complete(self) -> bool {
        self.done >= self.total
    }
}

/// Something that proposes spans.
pub trait Extractor {
    /// Name and version, as suggestions carry it in `source`.
    fn source(&self) -> &str;

    /// Begins on a text. The session does its work in steps, so that the caller can report progress, and can give up
    /// by dropping it.
    fn begin<'a>(&'a self, text: &SourceText) -> Box<dyn Session + 'a>;

    /// The suggestions for a whole text: flat, sorted by position.
    fn suggest(&self, text: &SourceText) -> Vec<Suggestion> {
        self.begin(text).finish()
    }
}

/// What a session has found since it was asked last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Suggestions that stay as they are: flat, sorted by position, behind all those that were given before.
    pub suggestions: Vec<Suggestion>,
    /// Before this place nothing else is going to be found. It lies between two lines, or in a line of inhuman length
    /// between two words.
    pub until: ByteOffset,
}

/// An extraction under way. It goes over the whole text before the first suggestions are settled, for what one place
/// shows counts at the others; from then on they come line by line, the first line first.
pub trait Session {
    /// Does a part of the work, a few milliseconds of it.
    fn step(&mut self) -> Progress;

    /// What has been found since this was asked last.
    fn take(&mut self) -> Found;

    /// The suggestions that have not been taken. What was not looked at yet is looked at first.
    fn finish(mut self: Box<Self>) -> Vec<Suggestion> {
        while !self.step().is_complete() {}
        self.take().suggestions
    }
}
