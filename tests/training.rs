//! The trainer: the same data and seed give the same model, byte for byte.
#![cfg(all(feature = "train", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use misam::extract::tagger::{Model, TaggedExtractor};
use misam::train::corpora::{Example, Part, own_items};
use misam::train::measure;
use misam::train::recipe::{Ground, NEWS, Parts, Sources};

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A few items of the training part.
fn examples() -> Vec<Example> {
    let items = own_items(&file("corpus")).unwrap();
    items.into_iter().filter(|item| Part::of(&item.id) == Part::Train).take(8).map(|i| i.example).collect()
}

/// A small model of what the repository has, head and cutter.
fn model(examples: &[Example]) -> (misam::extract::RuleExtractor, Model) {
    let sources = Sources {
        data: PathBuf::new(),
        corpus: file("corpus"),
        hints: file("assets/hints"),
        unlabelled: Vec::new(),
    };
    let parts = Parts { times: 2, ..Parts::FREE };
    Ground::prepare(&sources, &parts, &mut None).unwrap().model(&sources, examples, &parts).unwrap()
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let examples = examples();
    let (rules, first) = model(&examples);
    let bytes = first.write();
    let (_, second) = model(&examples);
    assert!(second.write() == bytes, "two trainings on the same data differ");
    let (_, other) = model(&examples[1..]);
    assert!(other.write() != bytes, "other data give the same model: nothing was learnt");
    // What was learnt is at least what was shown.
    let (counts, _) = measure::by_characters(&TaggedExtractor::new(rules, first), &examples, &NEWS);
    let all = counts.last().unwrap();
    assert!(all.f1() > 90.0, "{:.1}", all.f1());
}
