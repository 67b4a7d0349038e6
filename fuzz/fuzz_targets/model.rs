//! Any bytes as a model file: read or refused, never a panic; what is read labels a text without one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor, RuleExtractor};
use misam::text::SourceText;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(model) = Model::read(bytes) {
        let rules = RuleExtractor::embedded().expect("the lexicon is built in");
        TaggedExtractor::new(rules, model).suggest(&SourceText::from("زار الوزير بغداد ولبنان أمس."));
    }
});
