//! What an extractor gives away while it reads makes up what it says of the whole article.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor, Found, RuleExtractor, Suggestion};
use misam::text::{ByteOffset, SourceText};

fn file(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Articles of a part of the corpus as one, of at least so many bytes.
fn article(bytes: usize) -> SourceText {
    let records = std::fs::read_to_string(file("corpus/part-k.jsonl")).unwrap();
    let mut text = String::new();
    for record in records.lines().cycle() {
        if text.len() >= bytes {
            break;
        }
        let record: serde_json::Value = serde_json::from_str(record).unwrap();
        text.push_str(record["text"].as_str().unwrap());
        text.push_str("\n\n");
    }
    text.into()
}

/// Asks after every so many steps, and checks what each answer promises.
fn streamed(extractor: &dyn Extractor, text: &SourceText, every: usize) -> (Vec<Suggestion>, usize) {
    let mut session = extractor.begin(text);
    let (mut all, mut parts) = (Vec::new(), 0);
    let mut from = ByteOffset::default();
    for step in 1.. {
        let is_through = session.step().is_complete();
        if step % every != 0 && !is_through {
            continue;
        }
        let Found { suggestions, until } = session.take();
        assert!(until >= from, "what was settled is settled");
        let starts = text.paragraphs().iter().any(|paragraph| paragraph.content.start == until);
        assert!(starts || until == from || until.to_usize() == text.as_str().len(), "{until:?} is in a line");
        assert!(suggestions.iter().all(|found| from <= found.range.start && found.range.end <= until));
        parts += usize::from(!suggestions.is_empty());
        from = until;
        all.extend(suggestions);
        if is_through {
            assert_eq!(until.to_usize(), text.as_str().len());
            assert_eq!(session.finish(), [], "everything was taken");
            return (all, parts);
        }
    }
    unreachable!("a session comes to its end")
}

fn holds(extractor: &dyn Extractor) {
    let text = article(200_000);
    let whole = extractor.suggest(&text);
    let (all, parts) = streamed(extractor, &text, 1);
    assert!(parts > 2, "they come in {parts} parts");
    assert_eq!(all, whole);
    assert_eq!(streamed(extractor, &text, 7).0, whole);
}

#[test]
fn what_rules_give_away_as_they_go_is_what_they_say_in_the_end() {
    holds(&RuleExtractor::embedded().unwrap());
}

#[test]
fn what_the_model_gives_away_as_it_goes_is_what_it_says_in_the_end() {
    let bytes = std::fs::read(file("assets/model/news.misam-model")).unwrap();
    holds(&TaggedExtractor::new(RuleExtractor::embedded().unwrap(), Model::read(&bytes).unwrap()));
}

#[test]
fn of_an_empty_text_there_is_nothing_to_give_away() {
    let rules = RuleExtractor::embedded().unwrap();
    assert_eq!(streamed(&rules, &SourceText::from(""), 1), (Vec::new(), 0));
}
