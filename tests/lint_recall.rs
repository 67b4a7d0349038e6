//! How many planted mistakes the lint of labels finds: into each item of the corpus one mistake of a kind is put, where
//! the item has room for it, and the finding has to stand where the mistake does.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot read its cases has failed")]

use std::sync::Arc;

use misam::annotation::{Document, Span, SpanId, SpanSet};
use misam::extract::Lexicon;
use misam::formats::ReadOptions;
use misam::formats::jsonl::read_record;
use misam::quality::lint::{Lint, Rule, Severity, Vocabulary, lint};
use misam::schema::LabelCode;
use misam::text::{ByteRange, ProcliticPolicy, motion, with_proclitics, words_in};

fn documents() -> Vec<Document> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let parts = ["part-a.jsonl", "part-b.jsonl", "part-c.jsonl"];
    let read =
        |name: &str| std::fs::read_to_string(folder.join(name)).expect("the corpus is in the repository");
    let lines: Vec<_> =
        parts.iter().flat_map(|name| read(name).lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let options = ReadOptions::for_file("corpus");
    let readings = (1..).zip(&lines).map(|(number, line)| read_record(line, number, &options));
    readings.map(|reading| reading.document.expect("a record")).collect()
}

/// A document with a mistake, and the place and name of the span it is about; no name where a span was taken out.
type Planted = Option<(Document, ByteRange, Option<SpanId>)>;

/// Plants one mistake in each document and gives how many were planted and how many found.
fn recall(plant: impl Fn(&Document) -> Planted) -> (usize, usize) {
    let (vocabulary, lexicon) = (
        Vocabulary::embedded().expect("the built-in word lists are well formed"),
        Lexicon::embedded().expect("the built-in lexicon is well formed"),
    );
    let mut planted = Vec::new();
    let documents: Vec<_> = documents()
        .into_iter()
        .map(|document| match plant(&document) {
            Some((mistaken, range, span)) => {
                planted.push((mistaken.id.clone(), range, span));
                mistaken
            }
            None => document,
        })
        .collect();
    let findings = lint(&documents, &vocabulary, &lexicon);
    let found = planted.iter().filter(|(id, range, span)| {
        findings.iter().any(|f| f.document == *id && f.span == *span && f.range.overlaps(*range))
    });
    (planted.len(), found.count())
}

/// The document with one span replaced.
fn with(document: &Document, old: &Span, new: Option<Span>) -> Document {
    let mut changed = document.clone();
    let kept = document.spans.iter().filter(|span| span.id != old.id).map(|span| (**span).clone());
    changed.spans = SpanSet::from_iter(kept.chain(new));
    changed
}

/// Moves the start of the first span for which that is possible.
fn grown(document: &Document, start: impl Fn(&Span) -> Option<ByteRange>) -> Planted {
    document.spans.iter().map(Arc::as_ref).find_map(|span| {
        let range = start(span)?;
        let free = document.spans.overlapping(range).count() == 1;
        let mistaken = Span { range, ..span.clone() };
        free.then(|| (with(document, span, Some(mistaken)), range, Some(span.id.clone())))
    })
}

/// The word before a span on its line, if only a space parts them.
fn word_before(document: &Document, span: &Span) -> Option<ByteRange> {
    let line = document.text.paragraphs().get(document.text.paragraph_at(span.range.start)?)?.content;
    let word = words_in(&document.text, line).take_while(|word| word.range.end <= span.range.start).last()?;
    (document.text.slice(ByteRange::new(word.range.end, span.range.start)) == Some(" ")).then_some(word.range)
}

fn is_name(span: &Span) -> bool {
    ["PER", "ORG", "GRP", "LOC", "FAC"].contains(&span.label.as_str())
}

/// How often the words of a span are labelled in its document.
fn repeats(document: &Document, span: &Span) -> usize {
    let words = document.text.slice(span.range);
    document.spans.iter().filter(|other| document.text.slice(other.range) == words).count()
}

#[track_caller]
fn assert_recall((planted, found): (usize, usize), of_hundred: usize) {
    assert!(planted >= 40, "only {planted} mistakes could be planted");
    assert!(found * 100 >= planted * of_hundred, "{found} of {planted} found");
}

#[test]
fn most_proclitics_taken_along_are_found() {
    let plant = |document: &Document| {
        grown(document, |span| {
            let word = motion::word_at(&document.text, span.range.start)?;
            (word.start < span.range.start).then(|| ByteRange::new(word.start, span.range.end))
        })
    };
    assert_recall(recall(plant), 95);
}

#[test]
fn class_words_taken_along_by_places_are_found() {
    const CLASSES: &[&str] =
        &["مدينة", "بلدة", "قرية", "محافظة", "قضاء", "حي", "ولاية", "منطقة", "قرى", "مديرية", "إقليم"];
    let plant = |document: &Document| {
        grown(document, |span| {
            let word = word_before(document, span).filter(|_| span.label.as_str() == "LOC")?;
            let class = document.text.slice(word).is_some_and(|word| CLASSES.contains(&word));
            class.then(|| ByteRange::new(word.start, span.range.end))
        })
    };
    assert_recall(recall(plant), 95);
}

#[test]
fn titles_taken_along_by_persons_are_found() {
    const TITLES: &[&str] = &[
        "الرئيس",
        "العميد",
        "اللواء",
        "العقيد",
        "الشيخ",
        "الدكتور",
        "النائب",
        "الطبيب",
        "السفير",
        "القاضي",
        "الجنرال",
        "الرائد",
    ];
    let plant = |document: &Document| {
        grown(document, |span| {
            let word = word_before(document, span).filter(|_| span.label.as_str() == "PER")?;
            let title = document.text.slice(word).is_some_and(|word| TITLES.contains(&word));
            title.then(|| ByteRange::new(word.start, span.range.end))
        })
    };
    assert_recall(recall(plant), 95);
}

#[test]
fn forgotten_repeats_are_found() {
    let plant = |document: &Document| {
        let mut names = document.spans.iter().filter(|span| is_name(span) && repeats(document, span) > 1);
        let span = names.next()?;
        Some((with(document, span, None), span.range, None))
    };
    assert_recall(recall(plant), 95);
}

#[test]
fn a_name_labelled_otherwise_once_is_found() {
    let plant = |document: &Document| {
        let mut names = document.spans.iter().filter(|span| is_name(span) && repeats(document, span) > 1);
        let span = names.next()?;
        let label = LabelCode::new(if span.label.as_str() == "EVT" { "AGR" } else { "EVT" }).ok()?;
        let mistaken = Span { label, ..(**span).clone() };
        Some((with(document, span, Some(mistaken)), span.range, Some(span.id.clone())))
    };
    assert_recall(recall(plant), 95);
}

/// The corpus with the proclitics of every name inside its span, as a project labels it that wants them there.
fn documents_with_proclitics() -> Vec<Document> {
    let mut documents = documents();
    for document in &mut documents {
        let text = document.text.clone();
        let widened =
            |span: &Arc<Span>| Span { range: with_proclitics(&text, span.range), ..(**span).clone() };
        document.spans = SpanSet::from_iter(document.spans.iter().map(widened));
    }
    documents
}

#[test]
fn a_project_that_keeps_proclitics_is_told_of_those_left_outside_and_of_no_more_mistakes_than_another() {
    let (vocabulary, lexicon) = (
        Vocabulary::embedded().expect("the built-in word lists are well formed"),
        Lexicon::embedded().expect("the built-in lexicon is well formed"),
    );
    let (plain, with) = (documents(), documents_with_proclitics());
    let breaches = |documents: &[Document], policy| {
        let findings = Lint::new(&vocabulary, &lexicon).with_proclitics(policy).run(documents);
        findings.into_iter().filter(|finding| finding.severity() == Severity::Error).collect::<Vec<_>>()
    };
    let starts = |documents: &[Document]| -> Vec<_> {
        documents.iter().flat_map(|document| document.spans.iter().map(|span| span.range)).collect()
    };
    let moved = starts(&plain).iter().zip(starts(&with)).filter(|(plain, with)| **plain != *with).count();
    assert!(moved > 1_000, "{moved}");
    let left_outside = breaches(&plain, ProcliticPolicy::Inside);
    let told = left_outside.iter().filter(|finding| finding.rule == Rule::ProcliticOutside).count();
    assert_eq!(told, moved);
    let (guideline, inside) =
        (breaches(&plain, ProcliticPolicy::Outside), breaches(&with, ProcliticPolicy::Inside));
    assert!(
        inside.len() <= guideline.len(),
        "{} where there were {}: {inside:?}",
        inside.len(),
        guideline.len()
    );
    assert!(
        breaches(&with, ProcliticPolicy::Outside).len() > moved / 2,
        "under the other policy most are breaches"
    );
}
