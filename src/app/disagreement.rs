//! How far annotators disagree about an article, or the extractor and its annotator: what the list of articles can be
//! ordered by.
//!
//! Both are counted in the same way, over the spans of two sides with the same text: 1 − 2 · alike / (one + other), where
//! spans are alike that have the same place and label. 0 is full agreement, 1 none at all; it is one less the F1 of
//! `misam agreement`. Of more than two annotators it is the mean of all pairs.
//!
//! - **Between annotators**, where at least two have labelled the text, be they in the project or loaded beside it. The
//!   adjudicator is none of them, and as in [agreement](crate::quality::agreement) an annotator who has not begun, or has
//!   put the article aside, has said nothing.
//! - **Between the extractor and the annotator** everywhere else, over the suggestions that somebody has decided on.
//!   Accepted ones are alike. Only the extractor has those that were rejected or changed, only the annotator what came of
//!   the change and what was added by hand. An article without any suggestion, or labelled without seeing them, says
//!   nothing.

use std::collections::{HashMap, HashSet};

use crate::annotation::{Document, DocumentId, Origin};
use crate::project::{Listed, Project};
use crate::quality::adjudication::is_gold;
use crate::quality::agreement::{Annotations, is_labelled};
use crate::quality::pull::was_blind;
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// The spans of one annotator, in order, each once.
type Answers<'a> = Vec<(ByteRange, &'a LabelCode)>;

/// The length of a text, how it begins and how it ends.
type TextKey<'a> = (usize, &'a [u8], &'a [u8]);

/// So many bytes at the beginning and the end of a text tell it from most others.
const TOLD_BY: usize = 96;

/// How far each article that is read is disagreed about, 0 to 1; those of which nothing can be said are left out.
#[must_use]
pub fn disagreements(project: &Project, loaded: &[Annotations]) -> HashMap<DocumentId, f32> {
    let others = Others::of(project, loaded);
    let all = project.listed().filter_map(|listed| match listed {
        Listed::Read(document) => Some(document),
        Listed::Unread(_) => None,
    });
    let of = |document: &Document| others.disagreement(document).or_else(|| with_extractor(document));
    all.filter_map(|document| Some((document.id.clone(), of(document)?))).collect()
}

/// Between the extractor and the annotator of a document.
fn with_extractor(document: &Document) -> Option<f32> {
    let (mut accepted, mut made, mut suggested) = (0, 0, 0);
    for span in document.spans.iter() {
        match span.origin {
            Origin::Accepted => accepted += 1,
            Origin::Corrected | Origin::Manual => made += 1,
            Origin::Suggested => suggested += 1,
            // Nobody has compared them with anything.
            Origin::Imported => {}
        }
    }
    let turned_down = document.rejected.len();
    // Where there never was a suggestion, what was made by hand was missed by nobody.
    if accepted + suggested + turned_down == 0 || was_blind(document) {
        return None;
    }
    share(accepted, accepted + turned_down, accepted + made)
}

/// What two sides differ in. `None` if neither has said anything.
fn share(alike: usize, one: usize, other: usize) -> Option<f32> {
    let all = one + other;
    (all > 0).then(|| 1.0 - 2.0 * alike as f32 / all as f32)
}

/// The documents of several annotators, by their texts.
struct Others<'a> {
    by_text: HashMap<TextKey<'a>, Vec<(&'a str, &'a Document)>>,
}

impl<'a> Others<'a> {
    fn of(project: &'a Project, loaded: &'a [Annotations]) -> Self {
        let mut others = Self { by_text: HashMap::new() };
        let own = || project.documents().filter(|document| !is_gold(document));
        let mut names = own().map(|document| document.annotator.as_deref());
        let first = names.next();
        // Of one annotator there is nothing to compare.
        if loaded.is_empty() && names.all(|name| Some(name) == first) {
            return others;
        }
        for document in own() {
            others.add(document.annotator.as_deref().unwrap_or_default(), document);
        }
        for voice in loaded {
            voice.documents.iter().for_each(|document| others.add(&voice.annotator, document));
        }
        others
    }

    fn add(&mut self, annotator: &'a str, document: &'a Document) {
        if is_labelled(document) {
            self.by_text.entry(key_of(document)).or_default().push((annotator, document));
        }
    }

    /// Between the annotators of a document's text; `None` if there is only one.
    fn disagreement(&self, document: &Document) -> Option<f32> {
        let mut known = HashSet::new();
        let same = self.by_text.get(&key_of(document))?.iter();
        let answers: Vec<Answers<'_>> = same
            .filter(|(annotator, other)| {
                other.text.as_str() == document.text.as_str() && known.insert(*annotator)
            })
            .map(|(_, other)| answers(other))
            .collect();
        let pairs = answers.iter().enumerate().flat_map(|(at, one)| {
            answers.iter().skip(at + 1).filter_map(|other| share(alike(one, other), one.len(), other.len()))
        });
        let (sum, count) = pairs.fold((0.0, 0_u32), |(sum, count), share| (sum + share, count + 1));
        // Several who found nothing agree.
        (answers.len() > 1).then(|| if count == 0 { 0.0 } else { sum / count as f32 })
    }
}

fn answers(document: &Document) -> Answers<'_> {
    let confirmed = document.spans.iter().filter(|span| span.origin.is_confirmed());
    let mut answers: Answers<'_> = confirmed.map(|span| (span.range, &span.label)).collect();
    answers.sort_unstable();
    answers.dedup();
    answers
}

/// How many spans two annotators have in common.
fn alike(one: &Answers<'_>, other: &Answers<'_>) -> usize {
    let mut others = other.iter().peekable();
    let mut alike = 0;
    for span in one {
        while others.next_if(|other| *other < span).is_some() {}
        alike += usize::from(others.next_if(|other| *other == span).is_some());
    }
    alike
}

/// What tells a text from most others without going through all of it.
fn key_of(document: &Document) -> TextKey<'_> {
    let text = document.text.as_str().as_bytes();
    let (start, end) = (TOLD_BY.min(text.len()), text.len().saturating_sub(TOLD_BY));
    (text.len(), text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Change, Rejection, Span, Status};
    use crate::quality::pull::BLIND;
    use std::sync::Arc;

    const TEXT: &str = "aa bb cc dd ee ff";

    fn code(code: &str) -> LabelCode {
        LabelCode::new(code).unwrap()
    }

    /// A document of an annotator in which the n-th word has the n-th label; `-` has none.
    fn document(id: &str, annotator: Option<&str>, labels: &[(&str, Origin)]) -> Document {
        let mut document = Document::new(DocumentId::new(id), TEXT);
        document.annotator = annotator.map(Into::into);
        document.status = Status::InProgress;
        for (n, (label, origin)) in labels.iter().enumerate().filter(|(_, (label, _))| *label != "-") {
            let name = document.spans.free_ids().next().unwrap();
            let span = Span::new(name, (n * 3..n * 3 + 2).into(), code(label), *origin);
            document.apply(&Change::Add(Arc::new(span))).unwrap();
        }
        document
    }

    fn by_hand(id: &str, annotator: Option<&str>, labels: &[&str]) -> Document {
        let labels: Vec<_> = labels.iter().map(|label| (*label, Origin::Manual)).collect();
        document(id, annotator, &labels)
    }

    fn of(documents: Vec<Document>, loaded: &[Annotations]) -> Vec<(String, f32)> {
        let mut project = Project::default();
        documents.into_iter().for_each(|document| drop(project.insert(document)));
        let found = disagreements(&project, loaded);
        let mut found: Vec<_> =
            found.into_iter().map(|(id, share)| (id.as_str().to_owned(), share)).collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        found
    }

    fn loaded(annotator: &str, documents: Vec<Document>) -> Annotations {
        Annotations { annotator: annotator.to_owned(), documents }
    }

    #[test]
    fn what_was_accepted_is_agreed_on_and_the_rest_is_not() {
        use Origin::{Accepted, Corrected, Manual, Suggested};
        let agreed = document("agreed", None, &[("LOC", Accepted), ("PER", Accepted), ("PER", Suggested)]);
        // Two were accepted, one corrected (so that what it was is turned down), one missed, one turned down.
        let mut half = document(
            "half",
            None,
            &[("LOC", Accepted), ("PER", Accepted), ("ORG", Corrected), ("DAT", Manual), ("-", Manual)],
        );
        for at in [2, 4] {
            let range = (at * 3..at * 3 + 2).into();
            half.apply(&Change::Reject(Rejection { range, label: code("PER"), source: None })).unwrap();
        }
        let open = document("open", None, &[("LOC", Suggested)]);
        let by_hand = by_hand("hand", None, &["LOC"]);
        let mut blind = document("blind", None, &[("LOC", Accepted), ("PER", Manual)]);
        blind.meta.insert(BLIND.to_owned(), true.into());
        assert_eq!(
            of(vec![agreed, half, open, by_hand, blind], &[]),
            [("agreed".to_owned(), 0.0), ("half".to_owned(), 0.5)],
            "nobody has decided on the one that is open"
        );
    }

    #[test]
    fn annotators_are_compared_where_there_are_several() {
        let one = by_hand("one", Some("amal"), &["LOC", "PER", "ORG", "DAT"]);
        let other = by_hand("other", Some("nour"), &["LOC", "PER", "GRP", "-"]);
        let share = 1.0 - 4.0 / 7.0;
        let both = [("one".to_owned(), share), ("other".to_owned(), share)];
        assert_eq!(of(vec![one.clone(), other.clone()], &[]), both);
        assert_eq!(of(vec![one.clone()], &[loaded("nour", vec![other.clone()])]), both[..1]);
        // A third one, who agrees with the first.
        let third = loaded("sami", vec![by_hand("x", None, &["LOC", "PER", "ORG", "DAT"])]);
        let found = of(vec![one.clone()], &[loaded("nour", vec![other.clone()]), third]);
        assert!((found[0].1 - 2.0 * share / 3.0).abs() < 1e-6, "{found:?}");
        let gold = Document { annotator: Some(crate::quality::adjudication::GOLD.into()), ..other };
        assert_eq!(of(vec![one.clone(), gold], &[]), [], "the adjudicator is none of them");
        let unbegun = Document { status: Status::Skipped, ..by_hand("y", None, &["LOC"]) };
        assert_eq!(of(vec![one], &[loaded("nour", vec![unbegun])]), []);
    }

    #[test]
    fn other_texts_of_the_same_length_are_other_articles() {
        let long = |middle: &str| format!("{}{middle}{}", "a".repeat(200), "b".repeat(200));
        let with = |id: &str, annotator: &str, middle: &str| {
            let mut document = Document::new(DocumentId::new(id), long(middle).as_str());
            (document.annotator, document.status) = (Some(annotator.into()), Status::Done);
            document
        };
        assert_eq!(of(vec![with("1", "amal", "x"), with("2", "nour", "y")], &[]), []);
        assert_eq!(
            of(vec![with("1", "amal", "x"), with("2", "nour", "x")], &[]).len(),
            2,
            "both found nothing"
        );
    }

    #[test]
    fn several_documents_of_one_annotator_are_one_answer() {
        let one = by_hand("one", Some("amal"), &["LOC"]);
        let again = by_hand("two", Some("amal"), &["PER"]);
        assert_eq!(of(vec![one, again], &[loaded("amal", Vec::new())]), []);
    }
}
