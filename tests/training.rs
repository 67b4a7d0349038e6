//! The trainer: the same data and seed give the same model, byte for byte, however many processors work on it; and what a
//! small part of the corpus teaches is worth something on texts that were not learnt from.
#![cfg(all(feature = "train", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor, RuleExtractor};
use misam::train::corpora::{Example, Part, own_items};
use misam::train::measure;
use misam::train::recipe::{Ground, NEWS, Parts, Sources, take};

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The first items of a part of the corpus.
fn examples(part: Part, count: usize) -> Vec<Example> {
    let items = own_items(&file("corpus")).unwrap();
    items.into_iter().filter(|item| Part::of(&item.id) == part).take(count).map(|i| i.example).collect()
}

/// What the repository itself has.
fn own_sources() -> Sources {
    Sources {
        data: PathBuf::new(),
        corpus: file("corpus"),
        hints: file("assets/hints"),
        unlabelled: Vec::new(),
    }
}

/// A model of what the repository has, head and cutter.
fn free(examples: &[Example], times: u64) -> (RuleExtractor, Model) {
    let parts = Parts { times, ..Parts::FREE };
    let sources = own_sources();
    Ground::prepare(&sources, &parts, &mut None).unwrap().model(&sources, examples, &parts).unwrap()
}

fn f1(extractor: &dyn Extractor, examples: &[Example]) -> f64 {
    measure::by_characters(extractor, examples, &NEWS).0.last().unwrap().f1()
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let examples = examples(Part::Train, 8);
    let (rules, first) = free(&examples, 2);
    let bytes = first.write();
    let (_, second) = free(&examples, 2);
    assert!(second.write() == bytes, "two trainings on the same data differ");
    let (_, other) = free(&examples[1..], 2);
    assert!(other.write() != bytes, "other data give the same model: nothing was learnt");
    // What was learnt is at least what was shown.
    let of_shown = f1(&TaggedExtractor::new(rules, first), &examples);
    assert!(of_shown > 90.0, "{of_shown:.1}");
}

/// The free model learns 787 items eight times over; a hundred items once are what a test can wait for.
#[test]
fn what_the_repository_alone_teaches_is_worth_more_than_the_rules() {
    let dev = examples(Part::Dev, 30);
    let (rules, model) = free(&examples(Part::Train, 100), 1);
    let of_rules = f1(&rules, &dev);
    let of_model = f1(&TaggedExtractor::new(rules, model), &dev);
    assert!(of_model >= LEAST && of_model > of_rules, "rules {of_rules:.1}, model {of_model:.1}");
}

/// What a hundred items teach at least.
const LEAST: f64 = 80.0;

/// Data in the form and the places of the real ones, of our own texts: words with tags, clusters, texts without labels.
struct Data(PathBuf);

impl Drop for Data {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Data {
    fn new() -> Self {
        let data = Self(std::env::temp_dir().join(format!("misam-training-{}", std::process::id())));
        let examples = examples(Part::Train, 24);
        data.write("ner/anercorp/ANERCorp_CamelLab_train.txt", &columns(&examples[..10], newswire));
        data.write(
            "ner/wikifane_gold/WikiFANE_2014_Gold_standard/WikiFANE_Gold_2014_500K.txt",
            &columns(&examples[8..16], fine),
        );
        let words = examples.iter().flat_map(|example| example.text.split_whitespace());
        let mut counts = BTreeMap::new();
        words.for_each(|word| *counts.entry(word).or_insert(0) += 1);
        for clusters in [64, 256, 1024] {
            let rows = counts.iter().enumerate();
            let rows = rows.map(|(at, (word, count))| format!("{word}\t{}\t{count}\n", at % clusters));
            data.write(&format!("clusters/free.c{clusters}.tsv"), &rows.collect::<String>());
        }
        // More than one portion of paragraphs, so that there is something to share out.
        let text: String = examples.iter().map(|example| format!("{}\n", example.text)).collect();
        data.write("unlabelled.txt", &text.repeat(3));
        data
    }

    fn write(&self, path: &str, content: &str) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn sources(&self) -> Sources {
        Sources { data: self.0.clone(), unlabelled: vec![self.0.join("unlabelled.txt")], ..own_sources() }
    }
}

/// A word and its tag a line, an empty line after each line of text.
fn columns(examples: &[Example], class: fn(&str) -> Option<&'static str>) -> String {
    let mut out = String::new();
    for example in examples {
        let mut at = 0;
        for line in example.text.lines() {
            for word in line.split_whitespace() {
                let start = at + example.text[at..].find(word).unwrap();
                at = start + word.len();
                let span = example.spans.iter().find(|span| span.0 < at && start < span.1);
                let tagged = span.and_then(|span| Some((span.0 >= start, class(&span.2)?)));
                let _ = match tagged {
                    None => writeln!(out, "{word} O"),
                    Some((true, class)) => writeln!(out, "{word} B-{class}"),
                    Some((false, class)) => writeln!(out, "{word} I-{class}"),
                };
            }
            out.push('\n');
        }
    }
    out
}

/// ANERcorp's label for ours.
fn newswire(label: &str) -> Option<&'static str> {
    match label {
        "PER" => Some("PERS"),
        "LOC" | "FAC" => Some("LOC"),
        "ORG" | "GRP" => Some("ORG"),
        _ => None,
    }
}

/// A class of WikiFANE for our label.
fn fine(label: &str) -> Option<&'static str> {
    match label {
        "PER" => Some("Politician"),
        "LOC" => Some("Nation"),
        "ORG" => Some("Government"),
        "FAC" => Some("Airport"),
        _ => None,
    }
}

#[test]
fn all_parts_give_the_same_bytes_on_one_processor_and_on_two() {
    let data = Data::new();
    let sources = data.sources();
    let parts = Parts { times: 2, ..Parts::FULL };
    let model = |workers| {
        let mut taken = Some(take(&sources, &parts, workers).unwrap());
        let ground = Ground::prepare(&sources, &parts, &mut taken).unwrap();
        let (_, model) = ground.model(&sources, &examples(Part::Train, 6), &parts).unwrap();
        (taken.unwrap(), model)
    };
    let (counted, one) = model(1);
    let (shared, two) = model(2);
    assert!(!counted.words.is_empty() && !counted.phrases.is_empty(), "unlabelled text was counted");
    assert!(counted == shared, "counts differ with how many count");
    assert_eq!(one.heads.len(), 2, "WikiFANE's head comes first");
    assert!(one.write() == two.write(), "the models differ");
}
