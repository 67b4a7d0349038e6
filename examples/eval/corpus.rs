//! Texts with gold spans, what extractors find in them, and scores.

use std::collections::HashSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use misam::annotation::{Document, DocumentId, Origin, Span, SpanId, SpanSet};
use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor, RuleExtractor, Suggestion};
use misam::quality::score::{Score, score};
use misam::schema::LabelCode;
use misam::text::{SourceText, fold_word};
use misam::train::corpora::{Example, Part, own_items};
use misam::train::measure::Judged;

pub(crate) type Failure = Box<dyn Error>;

/// A file of this repository.
pub(crate) fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A text of the corpus.
pub(crate) struct Item {
    pub(crate) id: String,
    pub(crate) text: SourceText,
    pub(crate) gold: Vec<Mark>,
}

/// A labelled stretch of a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mark {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) label: String,
}

impl Mark {
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Item {
    pub(crate) fn new(id: impl Into<String>, example: &Example) -> Self {
        let gold = example.spans.iter();
        let gold = gold.map(|(start, end, label)| Mark { start: *start, end: *end, label: label.clone() });
        Self { id: id.into(), text: SourceText::from(example.text.as_str()), gold: gold.collect() }
    }

    /// The words of a span.
    pub(crate) fn words(&self, mark: &Mark) -> &str {
        self.text.as_str().get(mark.start..mark.end).unwrap_or_default()
    }

    /// The words of a span as names are compared.
    pub(crate) fn name(&self, mark: &Mark) -> String {
        fold_word(self.words(mark))
    }
}

/// The items of a part of our own corpus.
pub(crate) fn own(part: Part) -> Result<Vec<Item>, Failure> {
    let items = own_items(&file("corpus"))?.into_iter().filter(|item| Part::of(&item.id) == part);
    Ok(items.map(|item| Item::new(item.id, &item.example)).collect())
}

/// The model in a file, with the rules.
pub(crate) fn tagged(path: &Path) -> Result<TaggedExtractor, Failure> {
    let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = std::fs::read(path).map_err(|error| told(&error))?;
    let model = Model::read(&bytes).map_err(|error| told(&error))?;
    Ok(TaggedExtractor::new(RuleExtractor::embedded()?, model))
}

/// What an extractor finds in a text.
#[derive(Clone)]
pub(crate) struct Found {
    pub(crate) mark: Mark,
    pub(crate) confidence: f32,
    pub(crate) reason: String,
}

impl From<Suggestion> for Found {
    fn from(suggestion: Suggestion) -> Self {
        let range = suggestion.range.to_std();
        let mark = Mark { start: range.start, end: range.end, label: suggestion.label.to_string() };
        Self { mark, confidence: suggestion.confidence, reason: suggestion.reason }
    }
}

/// What an extractor finds in each item.
pub(crate) fn find(extractor: &dyn Extractor, items: &[Item]) -> Vec<Vec<Found>> {
    let find = |item: &Item| extractor.suggest(&item.text).into_iter().map(Found::from).collect();
    items.iter().map(find).collect()
}

/// The marks alone.
pub(crate) fn marks(found: &[Vec<Found>]) -> Vec<Vec<Mark>> {
    found.iter().map(|found| found.iter().map(|found| found.mark.clone()).collect()).collect()
}

/// Compares what was found with the gold.
pub(crate) fn compare(items: &[Item], gold: &[Vec<Mark>], found: &[Vec<Mark>]) -> Result<Score, Failure> {
    let documents = |marks: &[Vec<Mark>], origin| -> Result<Vec<Document>, Failure> {
        items.iter().zip(marks).map(|(item, marks)| document(item, marks, origin)).collect()
    };
    Ok(score(&documents(gold, Origin::Manual)?, &documents(found, Origin::Suggested)?))
}

/// Strict and boundary scores of what was found in whole items.
pub(crate) fn score_all(items: &[Item], found: &[Vec<Found>]) -> Result<Score, Failure> {
    let gold: Vec<_> = items.iter().map(|item| item.gold.clone()).collect();
    compare(items, &gold, &marks(found))
}

fn document(item: &Item, marks: &[Mark], origin: Origin) -> Result<Document, Failure> {
    let mut document = Document::new(DocumentId::new(item.id.as_str()), item.text.clone());
    let mut spans = Vec::new();
    for (number, mark) in (1..).zip(marks) {
        let label = LabelCode::new(&mark.label).map_err(|_| format!("{}: no label", mark.label))?;
        spans.push(Span::new(SpanId::numbered(number), (mark.start..mark.end).into(), label, origin).into());
    }
    document.spans = SpanSet::from_unique(spans).map_err(|id| format!("two spans are called {id}"))?;
    Ok(document)
}

/// Each suggestion with whether the gold has it.
pub(crate) fn judge(items: &[Item], found: &[Vec<Found>]) -> Vec<Judged> {
    let pairs = items.iter().zip(found).flat_map(|(item, found)| found.iter().map(move |f| (item, f)));
    pairs
        .map(|(item, found)| Judged { confidence: found.confidence, right: item.gold.contains(&found.mark) })
        .collect()
}

/// The words of the guideline's classes with these names, whatever label they are for.
pub(crate) fn class_words(classes: &[&str]) -> Result<HashSet<String>, Failure> {
    let path = file("assets/guideline/words.tsv");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let rows = text.lines().filter_map(|line| line.split_once('\t'));
    let rows = rows.filter(|(class, _)| classes.contains(&class.split(':').next().unwrap_or_default()));
    Ok(rows.flat_map(|(_, words)| words.split_whitespace()).map(fold_word).collect())
}
