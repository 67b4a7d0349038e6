//! What the model in the repository says it is worth is what it is worth, counted anew on both parts of the corpus that
//! nothing is learnt from.
#![cfg(all(feature = "train", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor, RuleExtractor};
use misam::train::corpora::{Example, Part, own_items};
use misam::train::measure::{self, Judged};
use misam::train::recipe::NEWS;
use misam::train::task::Counts;

/// Where the scores are told.
const DOCUMENTS: [(&str, &str); 2] = [
    ("README.md", include_str!("../README.md")),
    ("docs/extractor.md", include_str!("../docs/extractor.md")),
];

fn file(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What the model must have on either part: strict F1 in per cent.
const LEAST: f64 = 85.0;

/// How far a figure may be from what the file says, in per cent: less than is seen where one decimal is written. The file
/// does not change with every word that the rules learn.
const EXACT: f64 = 0.05;

/// What the rules alone must have: what stands in the page until the model has come, and where it cannot come.
const LEAST_OF_RULES: f64 = 79.0;

fn part(part: Part) -> Vec<Example> {
    let items = own_items(&file("corpus")).unwrap();
    items.into_iter().filter(|item| Part::of(&item.id) == part).map(|item| item.example).collect()
}

fn all(counts: &[Counts]) -> Counts {
    *counts.last().unwrap()
}

/// Counts and suggestions of a part; half of it at a time, for a build for tests is slow and processors are several.
fn measured(make: &(dyn Fn() -> Box<dyn Extractor> + Sync), examples: &[Example]) -> (Counts, Vec<Judged>) {
    let mut sum = Counts::default();
    let mut judged = Vec::new();
    std::thread::scope(|scope| {
        let halves: Vec<_> = examples
            .chunks(examples.len().div_ceil(2))
            .map(|half| scope.spawn(move || measure::by_characters(&*make(), half, &NEWS)))
            .collect();
        for half in halves {
            let (counts, of_half) = half.join().unwrap();
            sum.add(all(&counts));
            judged.extend(of_half);
        }
    });
    (sum, judged)
}

#[test]
fn the_model_is_worth_what_it_says() {
    let bytes = std::fs::read(file("assets/model/news.misam-model")).unwrap();
    let model = Model::read(&bytes).unwrap();
    for (name, which) in [("dev", Part::Dev), ("test", Part::Test)] {
        let examples = part(which);
        let tagged = || -> Box<dyn Extractor> {
            Box::new(TaggedExtractor::new(RuleExtractor::embedded().unwrap(), model.clone()))
        };
        let (counts, judged) = measured(&tagged, &examples);
        let said = model.about.scores.iter().find(|(what, _)| what.contains(&format!(", {name},")));
        let (what, said) = said.unwrap();
        assert!(
            (counts.f1() - said).abs() < EXACT,
            "{what}: the file says {said:.2}, it is {:.2}",
            counts.f1()
        );
        assert!(counts.f1() >= LEAST, "{what}: {:.2}", counts.f1());
        for (document, text) in DOCUMENTS {
            assert!(text.contains(&format!("| **{said:.1}** |")), "{document} has another score for {name}");
        }
        // A threshold promises precision and recall of the dev part.
        if which == Part::Dev {
            let found = measure::thresholds(&judged, counts.gold);
            assert_eq!(found.len(), model.about.thresholds.len());
            for (step, (is, said)) in found.iter().zip(&model.about.thresholds).enumerate() {
                let off = (is.0 - said.0).abs().max((is.1 - said.1).abs());
                assert!(100.0 * f64::from(off) < EXACT, "step {step} promises {said:?} and keeps {is:?}");
            }
        }
    }
}

#[test]
fn the_rules_alone_are_worth_having() {
    let rules = || -> Box<dyn Extractor> { Box::new(RuleExtractor::embedded().unwrap()) };
    for which in [Part::Dev, Part::Test] {
        let (counts, _) = measured(&rules, &part(which));
        assert!(counts.f1() >= LEAST_OF_RULES, "{which:?}: {:.2}", counts.f1());
    }
}
