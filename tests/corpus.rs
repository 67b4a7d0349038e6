//! The labelled corpus: what its JSONL says is what its text files say, and its labels keep the guideline as far as a
//! machine can tell.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot read its cases has failed")]

use std::path::PathBuf;

use misam::annotation::Document;
use misam::extract::Lexicon;
use misam::formats::ReadOptions;
use misam::formats::jsonl::read_record;
use misam::quality::lint::{AllowList, Severity, Vocabulary, lint};
use sha2::{Digest as _, Sha256};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn file(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).expect("the corpus is in the repository")
}

/// The names of all parts, in order.
fn parts() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("the corpus is in the repository");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut parts: Vec<_> = names
        .filter(|name| name.starts_with("part-"))
        .filter_map(|name| Some(name.strip_suffix(".txt")?.to_owned()))
        .collect();
    parts.sort();
    parts
}

/// An item: its name, its text, and its spans as start, end (code points), label.
type Item = (String, String, Vec<(usize, usize, String)>);

/// The items of a text file: `=== name | topic | style`, then lines with `[LABEL words]`.
fn marked_items(source: &str) -> Vec<Item> {
    let mut items = Vec::new();
    for block in format!("\n{source}").split("\n===").skip(1) {
        let (head, body) = block.split_once('\n').expect("a body under each head");
        let name = head.split('|').next().unwrap_or_default().trim().to_owned();
        let (mut text, mut spans) = (String::new(), Vec::new());
        let mut pieces = body.trim_matches('\n').split('[');
        text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (inside, after) = piece.split_once(']').expect("a closing bracket");
            let (label, words) = inside.split_once(' ').expect("a label and words");
            let start = text.chars().count();
            spans.push((start, start + words.chars().count(), label.to_owned()));
            text.push_str(words);
            text.push_str(after);
        }
        items.push((name, text.trim_end().to_owned(), spans));
    }
    items
}

fn documents(part: &str) -> Vec<Document> {
    let name = format!("{part}.jsonl");
    let options = ReadOptions::for_file(name.as_str());
    let records = file(&name);
    let readings = (1..).zip(records.lines()).map(|(number, line)| read_record(line, number, &options));
    readings.map(|reading| reading.document.expect("a record")).collect()
}

#[test]
fn the_records_are_what_the_text_files_say() {
    assert!(parts().len() >= 6, "{:?}", parts());
    for part in parts() {
        let written: Vec<Item> = documents(&part)
            .iter()
            .map(|document| {
                let spans = document.spans.iter().map(|span| {
                    let (start, end) =
                        document.text.code_point_range(span.range).expect("a range in the text");
                    (start.to_usize(), end.to_usize(), span.label.to_string())
                });
                (document.id.to_string(), document.text.as_str().to_owned(), spans.collect())
            })
            .collect();
        let marked = marked_items(&file(&format!("{part}.txt")));
        assert!(!marked.is_empty(), "{part}");
        for (written, marked) in written.iter().zip(&marked) {
            assert_eq!(written, marked, "{part}: run python3 corpus/check.py corpus/{part}.txt");
        }
        assert_eq!(written.len(), marked.len(), "{part}: run python3 corpus/check.py corpus/{part}.txt");
    }
}

#[test]
fn every_record_states_the_words_it_labels() {
    for part in parts() {
        for line in file(&format!("{part}.jsonl")).lines() {
            let record: serde_json::Value = serde_json::from_str(line).expect("a record");
            let text: Vec<char> = record["text"].as_str().expect("a text").chars().collect();
            for span in record["entities"].as_array().expect("spans") {
                let offset = |key: &str| {
                    span[key].as_u64().and_then(|offset| usize::try_from(offset).ok()).expect("an offset")
                };
                let words: String = text[offset("start")..offset("end")].iter().collect();
                assert_eq!(Some(words.as_str()), span["text"].as_str(), "{}", record["id"]);
            }
        }
    }
}

#[test]
fn the_labels_keep_the_guideline() {
    let documents: Vec<_> = parts().iter().flat_map(|part| documents(part)).collect();
    let vocabulary = Vocabulary::embedded().expect("the built-in word lists are well formed");
    let lexicon = Lexicon::embedded().expect("the built-in lexicon is well formed");
    let findings = lint(&documents, &vocabulary, &lexicon);
    let allow = AllowList::read(&file("lint-allow.tsv")).expect("four cells a line");
    let (left, idle) = allow.sift(findings, &documents);
    assert!(idle.is_empty(), "lines of lint-allow.tsv that allow nothing: {idle:?}");
    let breaches: Vec<_> = left
        .iter()
        .filter(|finding| finding.severity() == Severity::Error)
        .filter_map(|finding| {
            let document = documents.iter().find(|document| document.id == finding.document)?;
            Some(format!(
                "{} {} {}",
                finding.document,
                finding.rule.code(),
                document.text.slice(finding.range)?
            ))
        })
        .collect();
    assert!(breaches.is_empty(), "./dev eval --lint-corpus shows these in context: {breaches:#?}");
}

/// The part of an item by the rule of `corpus/SPLIT.md`, written down a second time on purpose.
fn remainder(id: &str) -> u32 {
    let digest = Sha256::digest(id.as_bytes());
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % 10
}

/// All items, in the order of their names.
fn items() -> Vec<Item> {
    let parts = parts();
    let items = parts.iter().flat_map(|part| documents(part)).map(|document| {
        let spans = document.spans.iter().map(|span| {
            let (start, end) = document.text.code_point_range(span.range).expect("a range in the text");
            (start.to_usize(), end.to_usize(), span.label.to_string())
        });
        (document.id.to_string(), document.text.as_str().to_owned(), spans.collect())
    });
    let mut items: Vec<Item> = items.collect();
    items.sort();
    items
}

/// Figures on the test part compare only as long as it stays what it is. Whoever changes it on purpose writes the new
/// number here and measures everything anew: README.md, docs/extractor.md and the scores in the model.
const FROZEN: &str = "71 items, b068201a369a6747dba4f19ae0c92fe4eed32f02211003babf229b1af09a62b0";

#[test]
fn the_test_part_is_frozen() {
    let mut digest = Sha256::new();
    let test: Vec<Item> = items().into_iter().filter(|item| remainder(&item.0) >= 8).collect();
    for (id, text, spans) in &test {
        digest.update(format!("{id}\0{text}\0"));
        for (start, end, label) in spans {
            digest.update(format!("{start} {end} {label}\n"));
        }
        digest.update("\0");
    }
    let found = format!("{} items, {:x}", test.len(), digest.finalize());
    assert_eq!(found, FROZEN, "the test part of the corpus has changed");
}

#[test]
fn no_text_of_the_test_part_is_learnt_from() {
    let (test, others): (Vec<Item>, Vec<Item>) =
        items().into_iter().partition(|item| remainder(&item.0) >= 8);
    let others: std::collections::HashMap<&str, &str> = others
        .iter()
        .flat_map(|(id, text, _)| text.lines().map(move |line| (line.trim(), id.as_str())))
        .collect();
    for (id, text, _) in &test {
        for line in text.lines().map(str::trim).filter(|line| line.split_whitespace().count() > MANY_WORDS) {
            assert!(!others.contains_key(line), "a line of {id} is in {}, too: {line}", others[line]);
        }
    }
}

/// A line of fewer words, such as a place and a source, may stand in many articles.
const MANY_WORDS: usize = 6;
