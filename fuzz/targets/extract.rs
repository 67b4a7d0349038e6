//! Any text: no panic, every suggestion is a piece of it on letters' borders, and they stand in order without overlaps.
#![no_main]

use libfuzzer_sys::fuzz_target;
use misam::extract::{Extractor, RuleExtractor};
use misam::text::SourceText;

fuzz_target!(|input: &str| {
    let text = SourceText::from(input);
    let extractor = RuleExtractor::default();
    let mut session = extractor.begin(&text);
    while !session.step() {}
    let mut end = 0;
    for suggestion in session.finish() {
        assert!(text.slice(suggestion.range).is_some_and(|surface| !surface.is_empty()), "{suggestion:?}");
        assert!(suggestion.range.start.to_usize() >= end, "{suggestion:?}");
        end = suggestion.range.end.to_usize();
    }
});
