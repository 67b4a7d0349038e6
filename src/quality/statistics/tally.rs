//! Counting, one article at a time, so that whoever counts thousands can pause in between.

use std::collections::BTreeMap;

use super::effort::{Effort, Work};
use super::names::{NameCount, Names};
use crate::annotation::{Document, DocumentId, Origin, Status};
use crate::schema::LabelCode;

/// How many articles have each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// Not touched.
    pub new: usize,
    /// Touched.
    pub in_progress: usize,
    /// Finished.
    pub done: usize,
    /// Put aside.
    pub skipped: usize,
}

impl StatusCounts {
    /// How many have this one.
    #[must_use]
    pub fn of(&self, status: Status) -> usize {
        match status {
            Status::New => self.new,
            Status::InProgress => self.in_progress,
            Status::Done => self.done,
            Status::Skipped => self.skipped,
        }
    }

    /// All articles.
    #[must_use]
    pub fn total(&self) -> usize {
        self.new + self.in_progress + self.done + self.skipped
    }
}

/// How much a label is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelCount {
    /// Spans that somebody confirmed.
    pub confirmed: usize,
    /// Suggestions that nobody has looked at.
    pub suggested: usize,
}

impl LabelCount {
    /// All spans.
    #[must_use]
    pub fn spans(&self) -> usize {
        self.confirmed + self.suggested
    }

    /// Counts a span under its label.
    pub(super) fn of(labels: &mut BTreeMap<LabelCode, Self>, label: &LabelCode, is_confirmed: bool) {
        // Labels are few and spans are many, so a label is copied only once.
        if !labels.contains_key(label) {
            labels.insert(label.clone(), Self::default());
        }
        if let Some(count) = labels.get_mut(label) {
            if is_confirmed {
                count.confirmed += 1;
            } else {
                count.suggested += 1;
            }
        }
    }
}

/// Where spans came from, and what became of suggestions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OriginCounts {
    /// Suggestions that were right as they stood.
    pub accepted: usize,
    /// Suggestions whose label or boundary was changed.
    pub corrected: usize,
    /// Suggestions that were turned down.
    pub rejected: usize,
    /// Spans that nobody had suggested.
    pub manual: usize,
    /// Spans that came with a file, changed or not.
    pub imported: usize,
    /// Suggestions that nobody has looked at.
    pub suggested: usize,
}

impl OriginCounts {
    /// Which part of the suggestions that were looked at was right as it stood, 0 to 1.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        ratio(self.accepted, self.accepted + self.corrected + self.rejected)
    }

    /// Which part of the spans that are there now had been suggested as they stand, 0 to 1. Spans that came with a
    /// file are left out: nobody was asked about them.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        ratio(self.accepted, self.accepted + self.corrected + self.manual)
    }

    /// Counts what is in a document. A suggestion that was corrected is in its list of rejections too, as it stood;
    /// it is counted once.
    fn add(&mut self, document: &Document) {
        let mut corrected = 0;
        for span in document.spans.iter() {
            match span.origin {
                Origin::Manual => self.manual += 1,
                Origin::Accepted => self.accepted += 1,
                Origin::Corrected if span.source.is_some() || span.confidence.is_some() => {
                    self.corrected += 1;
                    let was_there =
                        document.rejected.iter().any(|rejection| rejection.range.overlaps(span.range));
                    corrected += usize::from(was_there);
                }
                Origin::Corrected | Origin::Imported => self.imported += 1,
                Origin::Suggested => self.suggested += 1,
            }
        }
        self.rejected += document.rejected.len().saturating_sub(corrected);
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// One article in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleCount {
    /// Which.
    pub id: DocumentId,
    /// What it is called.
    pub title: String,
    /// How far it has come.
    pub status: Status,
    /// Spans that somebody confirmed.
    pub confirmed: usize,
    /// Suggestions that nobody has looked at.
    pub suggested: usize,
    /// What was spent on it.
    pub work: Work,
}

impl ArticleCount {
    /// All spans.
    #[must_use]
    pub fn spans(&self) -> usize {
        self.confirmed + self.suggested
    }
}

/// Articles being counted.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    statuses: StatusCounts,
    labels: BTreeMap<LabelCode, LabelCount>,
    origins: OriginCounts,
    reviewed: OriginCounts,
    articles: Vec<ArticleCount>,
    names: Names,
}

impl Tally {
    /// Counts one more article.
    pub fn add(&mut self, document: &Document) {
        match document.status {
            Status::New => self.statuses.new += 1,
            Status::InProgress => self.statuses.in_progress += 1,
            Status::Done => self.statuses.done += 1,
            Status::Skipped => self.statuses.skipped += 1,
        }
        self.origins.add(document);
        if document.status == Status::Done {
            self.reviewed.add(document);
        }
        let number = self.articles.len();
        for span in document.spans.iter() {
            LabelCount::of(&mut self.labels, &span.label, span.origin.is_confirmed());
            self.names.add(number, document, span);
        }
        let suggested = document.spans.suggested();
        self.articles.push(ArticleCount {
            id: document.id.clone(),
            title: document.shown_title(),
            status: document.status,
            confirmed: document.spans.len() - suggested,
            suggested,
            work: Work::default(),
        });
    }

    /// The numbers, with what was spent.
    #[must_use]
    pub fn finish(mut self, effort: &Effort) -> Statistics {
        for article in &mut self.articles {
            article.work = effort.by_article.get(&article.id).copied().unwrap_or_default();
        }
        let mut labels: Vec<_> = self.labels.into_iter().collect();
        labels.sort_by_key(|(_, count)| std::cmp::Reverse(count.spans()));
        let mut articles = self.articles;
        articles.sort_by_key(|article| std::cmp::Reverse(article.spans()));
        Statistics {
            statuses: self.statuses,
            labels,
            origins: self.origins,
            reviewed: self.reviewed,
            articles,
            names: self.names.sorted(),
            total: effort.total,
        }
    }
}

/// A project in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// Articles by status.
    pub statuses: StatusCounts,
    /// Labels in use, the most used first.
    pub labels: Vec<(LabelCode, LabelCount)>,
    /// Where all spans came from.
    pub origins: OriginCounts,
    /// The same of finished articles alone: only there is everything looked at.
    pub reviewed: OriginCounts,
    /// The articles, those with most spans first.
    pub articles: Vec<ArticleCount>,
    /// The names, the most frequent first.
    pub names: Vec<NameCount>,
    /// What was spent.
    pub total: Work,
}

impl Statistics {
    /// Confirmed spans of the articles that somebody worked on.
    fn entities_worked_on(&self) -> usize {
        self.worked_on().map(|article| article.confirmed).sum()
    }

    fn worked_on(&self) -> impl Iterator<Item = &ArticleCount> {
        self.articles.iter().filter(|article| article.work.actions > 0)
    }

    /// Milliseconds for each confirmed span, in articles somebody worked on.
    #[must_use]
    pub fn time_per_entity(&self) -> Option<f64> {
        let time: u64 = self.worked_on().map(|article| article.work.time).sum();
        let entities = self.entities_worked_on();
        (entities > 0).then(|| time as f64 / entities as f64)
    }

    /// Actions for each confirmed span, in articles somebody worked on.
    #[must_use]
    pub fn actions_per_entity(&self) -> Option<f64> {
        ratio(self.worked_on().map(|article| article.work.actions).sum(), self.entities_worked_on())
    }

    /// The median of the milliseconds and of the actions that finished articles took.
    #[must_use]
    pub fn per_finished_article(&self) -> Option<Work> {
        let finished = || self.worked_on().filter(|article| article.status == Status::Done);
        let time = median(finished().map(|article| article.work.time).collect())?;
        let actions = median(finished().map(|article| article.work.actions as u64).collect())?;
        Some(Work { actions: usize::try_from(actions).unwrap_or(usize::MAX), time })
    }
}

/// The middle value; of two in the middle, the higher.
fn median(mut values: Vec<u64>) -> Option<u64> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{IDLE_MS, effort};
    use super::*;
    use crate::annotation::{Change, Edit, EditKind, Rejection, Span};

    fn code(code: &str) -> LabelCode {
        LabelCode::new(code).unwrap()
    }

    /// An article of these words, each with a label and an origin.
    fn document(id: &str, words: &[(&str, &str, Origin)]) -> Document {
        let text: Vec<_> = words.iter().map(|(word, ..)| *word).collect();
        let mut document = Document::new(DocumentId::new(id), text.join(" ").as_str());
        let mut start = 0;
        for (word, label, origin) in words {
            let id = document.spans.free_ids().next().unwrap();
            let range = start..start + word.len();
            let source =
                (*origin != Origin::Manual && *origin != Origin::Imported).then(|| Arc::from("rules/1"));
            let span = Span { source, ..Span::new(id, range.into(), code(label), *origin) };
            document.apply(&Change::Add(Arc::new(span))).unwrap();
            start += word.len() + 1;
        }
        document
    }

    fn counted(documents: &[Document], edits: &[Edit]) -> Statistics {
        let mut tally = Tally::default();
        documents.iter().for_each(|document| tally.add(document));
        tally.finish(&effort(edits, IDLE_MS))
    }

    use Origin::{Accepted, Corrected, Imported, Manual, Suggested};

    #[test]
    fn a_corrected_suggestion_is_not_counted_as_rejected_too() {
        let mut reviewed = document(
            "a",
            &[
                ("aa", "PER", Accepted),
                ("bb", "PER", Corrected),
                ("cc", "LOC", Manual),
                ("dd", "LOC", Imported),
            ],
        );
        reviewed.status = Status::Done;
        let turned_down = |range: std::ops::Range<usize>| {
            Change::Reject(Rejection { range: range.into(), label: code("ORG"), source: None })
        };
        reviewed.apply(&turned_down(3..5)).unwrap();
        reviewed.apply(&turned_down(9..11)).unwrap();
        let open = document("b", &[("ee", "PER", Suggested), ("ff", "PER", Manual)]);
        let found = counted(&[reviewed, open], &[]);
        let expected =
            OriginCounts { accepted: 1, corrected: 1, rejected: 1, manual: 1, imported: 1, suggested: 0 };
        assert_eq!(found.reviewed, expected);
        assert_eq!(found.origins, OriginCounts { manual: 2, suggested: 1, ..expected });
        assert_eq!(found.reviewed.precision(), Some(1.0 / 3.0));
        assert_eq!(found.reviewed.recall(), Some(1.0 / 3.0));
        assert_eq!(OriginCounts::default().precision(), None);
        assert_eq!((found.statuses.done, found.statuses.new, found.statuses.total()), (1, 1, 2));
    }

    #[test]
    fn labels_and_articles_come_by_how_many_spans_they_have() {
        let found = counted(
            &[
                document("a", &[("aa", "PER", Manual)]),
                document("b", &[("bb", "LOC", Suggested), ("cc", "LOC", Manual), ("dd", "PER", Suggested)]),
            ],
            &[],
        );
        let labels: Vec<_> =
            found.labels.iter().map(|(label, n)| (label.as_str(), n.confirmed, n.suggested)).collect();
        assert_eq!(labels, [("LOC", 1, 1), ("PER", 1, 1)]);
        let articles: Vec<_> =
            found.articles.iter().map(|a| (a.id.as_str(), a.confirmed, a.suggested)).collect();
        assert_eq!(articles, [("b", 1, 2), ("a", 1, 0)]);
    }

    #[test]
    fn spellings_of_one_name_are_one_name() {
        let words = [
            ("أربيل", "LOC", Manual),
            ("اربيل", "LOC", Manual),
            ("أربيل", "ORG", Suggested),
            ("بغداد", "LOC", Manual),
        ];
        let found = counted(&[document("a", &words), document("b", &words[..1])], &[]);
        let first = &found.names[0];
        assert_eq!((&*first.surface, first.confirmed, first.suggested, first.articles), ("أربيل", 3, 1, 2));
        let labels: Vec<_> =
            first.labels.iter().map(|(label, n)| (label.as_str(), n.confirmed, n.suggested)).collect();
        assert_eq!(labels, [("LOC", 3, 0), ("ORG", 0, 1)]);
        assert_eq!(&*found.names[1].surface, "بغداد");
    }

    #[test]
    fn a_name_with_a_clean_form_counts_as_that() {
        let mut joined = document("a", &[("لأردن", "LOC", Manual)]);
        let before = joined.spans.iter().next().unwrap().clone();
        let after = Arc::new(Span { normalized: Some("الأردن".into()), ..(*before).clone() });
        joined.apply(&Change::Replace { before, after }).unwrap();
        let found = counted(&[joined, document("b", &[("الأردن", "LOC", Manual)])], &[]);
        assert_eq!((found.names.len(), found.names[0].spans()), (1, 2));
    }

    #[test]
    fn effort_is_counted_for_articles_somebody_worked_on() {
        let mut done = document("a", &[("aa", "PER", Accepted), ("bb", "PER", Manual)]);
        done.status = Status::Done;
        let imported = document("b", &[("cc", "PER", Imported)]);
        let edit =
            |at| Edit { at, ..Edit::of(EditKind::Label, &DocumentId::new("a"), [Change::Present(true)]) };
        let found = counted(&[done, imported], &[edit(1_000), edit(3_000), edit(7_000)]);
        assert_eq!(found.time_per_entity(), Some(3_000.0));
        assert_eq!(found.actions_per_entity(), Some(1.5));
        assert_eq!(found.per_finished_article(), Some(Work { actions: 3, time: 6_000 }));
        assert_eq!(counted(&[], &[]).time_per_entity(), None);
    }
}
