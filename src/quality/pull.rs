//! How much suggestions pull the labels: what becomes of them, and what people label who were shown none.
//!
//! People accept what is put before them (Schroeder and others 2025; Beck and others 2025). A blind sample shows how much:
//! some articles are labelled without suggestions, and both halves are compared. [`is_blind`] chooses them by their text,
//! so that a project shows the same ones each time and on every machine; `meta.blind` of a record says that it was one.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::bootstrap::{Figure, bootstrap};
use crate::annotation::{Document, Origin, Status};
use crate::text::words;

/// The key of a document's `meta` that says `true` if it was labelled without suggestions.
pub const BLIND: &str = "blind";

/// True if an article is in the blind sample of so many in a hundred. The same text is always in, or always out, and who
/// is in a smaller sample is in a larger one.
#[must_use]
pub fn is_blind(text: &str, of_hundred: f64) -> bool {
    let digest: [u8; 32] = Sha256::digest(["misam blind ", text].concat().as_bytes()).into();
    let [a, b, c, d, ..] = digest;
    f64::from(u32::from_be_bytes([a, b, c, d])) < of_hundred / 100.0 * 2.0_f64.powi(32)
}

/// What became of suggestions, and how the articles with and without them differ. Only finished articles count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pull {
    /// What became of the suggestions.
    pub verdicts: Verdicts,
    /// Articles whose annotators saw suggestions.
    pub shown: Side,
    /// Articles whose annotators saw none.
    pub blind: Side,
    /// Spans per hundred words, shown less blind, with the 95 % interval over articles. An interval that does not hold
    /// zero says that suggestions change how much is labelled.
    pub difference: Figure,
}

/// What became of the suggestions in the articles that showed some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdicts {
    /// Taken as they stood.
    pub accepted: usize,
    /// Taken with another label or other ends.
    pub corrected: usize,
    /// Turned down.
    pub rejected: usize,
    /// Spans that people made where nothing was suggested.
    pub added: usize,
}

impl Verdicts {
    /// The part of the suggestions that was taken as it stood; none if nobody judged any.
    #[must_use]
    pub fn acceptance(self) -> Option<f64> {
        let judged = self.accepted + self.corrected + self.rejected;
        (judged > 0).then(|| self.accepted as f64 / judged as f64)
    }

    fn add(&mut self, document: &Document) {
        self.rejected += rejected(document);
        for span in document.spans.iter() {
            match span.origin {
                Origin::Accepted => self.accepted += 1,
                Origin::Corrected => self.corrected += 1,
                Origin::Manual => self.added += 1,
                Origin::Suggested | Origin::Imported => {}
            }
        }
    }
}

/// The articles of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// How many.
    pub articles: usize,
    /// Words in them.
    pub words: usize,
    /// Confirmed spans in them.
    pub spans: usize,
}

impl Side {
    /// Spans per hundred words; none without words.
    #[must_use]
    pub fn density(self) -> Option<f64> {
        (self.words > 0).then(|| 100.0 * self.spans as f64 / self.words as f64)
    }
}

/// Counts what suggestions did, document by document.
#[derive(Clone, Debug, Default)]
pub struct PullCounter {
    done: Vec<Row>,
    verdicts: Verdicts,
}

impl PullCounter {
    /// Counts a document, if it is finished.
    pub fn add(&mut self, document: &Document) {
        if document.status != Status::Done {
            return;
        }
        let row = Row::of(document);
        if !row.blind {
            self.verdicts.add(document);
        }
        self.done.push(row);
    }

    /// What was counted. `rounds` draws of articles, begun with `seed`, give the interval.
    #[must_use]
    pub fn finish(self, rounds: usize, seed: u64) -> Pull {
        let [difference] = bootstrap(self.done.len(), rounds, seed, |times| {
            let density = |blind: bool| {
                let rows = self.done.iter().zip(times).filter(|(row, _)| row.blind == blind);
                let (spans, words) = rows.fold((0.0, 0.0), |(spans, words), (row, times)| {
                    (spans + times * row.spans as f64, words + times * row.words as f64)
                });
                (words > 0.0).then(|| 100.0 * spans / words)
            };
            [density(false).zip(density(true)).map(|(shown, blind)| shown - blind)]
        });
        let mut pull = Pull { difference, verdicts: self.verdicts, ..Pull::default() };
        for row in &self.done {
            let side = if row.blind { &mut pull.blind } else { &mut pull.shown };
            side.articles += 1;
            side.words += row.words;
            side.spans += row.spans;
        }
        pull
    }
}

/// The suggestions turned down. One whose place a confirmed span has taken was corrected and is counted there.
fn rejected(document: &Document) -> usize {
    let corrected = |range| document.spans.overlapping(range).any(|span| span.origin == Origin::Corrected);
    document.rejected.iter().filter(|rejection| !corrected(rejection.range)).count()
}

/// True if a document says that it was labelled without suggestions.
#[must_use]
pub fn was_blind(document: &Document) -> bool {
    document.meta.get(BLIND).and_then(Value::as_bool) == Some(true)
}

#[derive(Clone, Debug)]
struct Row {
    blind: bool,
    words: usize,
    spans: usize,
}

impl Row {
    fn of(document: &Document) -> Self {
        Self {
            blind: was_blind(document),
            words: words(document.text.as_str()).count(),
            spans: document.spans.iter().filter(|span| span.origin.is_confirmed()).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Rejection, Span};
    use crate::quality::testing::marked;

    fn done(text: &str, blind: bool, origin: Origin) -> Document {
        let mut document = Document { status: Status::Done, ..marked("d", text) };
        let spans = document.spans.iter().map(|span| Span { origin, ..(**span).clone() });
        document.spans = spans.collect::<Vec<_>>().into_iter().collect();
        if blind {
            document.meta.insert(BLIND.to_owned(), Value::Bool(true));
        }
        document
    }

    #[test]
    fn what_became_of_suggestions_is_counted() {
        let mut first = done("زار [LOC سبها] ثم هون", false, Origin::Accepted);
        first.rejected.push(Rejection {
            range: (0..6).into(),
            label: crate::schema::LabelCode::new("PER").unwrap(),
            source: None,
        });
        let documents = [
            first,
            done("زار [LOC بغداد] ثم عاد", false, Origin::Corrected),
            done("زار [LOC بغداد] و[LOC سبها]", true, Origin::Manual),
            Document { status: Status::InProgress, ..done("زار [LOC هون]", false, Origin::Accepted) },
        ];
        let mut counter = PullCounter::default();
        documents.iter().for_each(|document| counter.add(document));
        let pull = counter.finish(0, 1);
        assert_eq!(pull.verdicts, Verdicts { accepted: 1, corrected: 1, rejected: 1, added: 0 });
        assert_eq!(pull.verdicts.acceptance(), Some(1.0 / 3.0));
        assert_eq!((pull.shown.articles, pull.blind.articles), (2, 1));
        assert_eq!((pull.shown.density(), pull.blind.density()), (Some(25.0), Some(200.0 / 3.0)));
        assert_eq!(pull.difference.value, Some(25.0 - 200.0 / 3.0));
    }

    #[test]
    fn the_blind_sample_has_its_size_and_a_larger_one_holds_it() {
        let texts: Vec<String> = (0..4000).map(|n| format!("خبر {n}")).collect();
        let tenth: Vec<_> = texts.iter().filter(|text| is_blind(text, 10.0)).collect();
        assert!((300..500).contains(&tenth.len()), "{}", tenth.len());
        assert!(tenth.iter().all(|text| is_blind(text, 30.0)));
        assert!(texts.iter().all(|text| !is_blind(text, 0.0) && is_blind(text, 100.0)));
    }
}
