//! Any text through the extractor with the trained model: no panic, and suggestions that are flat, sorted, on grapheme
//! boundaries and within a line. tests/tagger_properties.rs checks the same laws on texts of its own.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor, RuleExtractor};
use misam::text::SourceText;

static EXTRACTOR: LazyLock<TaggedExtractor> = LazyLock::new(|| {
    let model = Model::read(include_bytes!("../../assets/model/news.misam-model")).expect("the model is sound");
    TaggedExtractor::new(RuleExtractor::embedded().expect("the lexicon is built in"), model)
});

fuzz_target!(|text: &str| {
    let source = SourceText::from(text);
    let mut end = 0;
    for suggestion in EXTRACTOR.suggest(&source) {
        let range = suggestion.range.to_std();
        assert!(end <= range.start && range.start < range.end, "not flat and sorted: {suggestion:?}");
        assert!(source.is_grapheme_boundary(suggestion.range.start), "cut before a mark: {suggestion:?}");
        assert!(source.is_grapheme_boundary(suggestion.range.end), "cut before a mark: {suggestion:?}");
        assert!(!text[range.clone()].contains('\n'), "over a line break: {suggestion:?}");
        assert!((0.0..=1.0).contains(&suggestion.confidence), "{suggestion:?}");
        end = range.end;
    }
});
