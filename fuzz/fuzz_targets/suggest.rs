//! Any text through the extractor: no panic, and suggestions that are flat, sorted, on grapheme boundaries and within a
//! line. Any words as a time or a count: no panic, and the day of publication decides over what the value is, not over
//! whether there is one.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use misam::extract::value::{self, Date};
use misam::extract::{Extractor, RuleExtractor};
use misam::text::SourceText;

static EXTRACTOR: LazyLock<RuleExtractor> =
    LazyLock::new(|| RuleExtractor::embedded().expect("the lexicon is built in"));

fuzz_target!(|text: &str| {
    let source = SourceText::from(text);
    let mut end = 0;
    for suggestion in EXTRACTOR.suggest(&source) {
        let range = suggestion.range.to_std();
        assert!(end <= range.start && range.start < range.end, "not flat and sorted: {suggestion:?}");
        assert!(source.is_grapheme_boundary(suggestion.range.start), "cut before a mark: {suggestion:?}");
        assert!(source.is_grapheme_boundary(suggestion.range.end), "cut before a mark: {suggestion:?}");
        assert!(!text[range.clone()].contains('\n'), "over a line break: {suggestion:?}");
        end = range.end;
    }
    let published = Date::from_iso("2019-04-09");
    for label in ["DAT", "NUM"] {
        let [undated, dated] = [None, published].map(|day| value::of(label, text, day));
        assert_eq!(undated.is_some(), dated.is_some(), "{text:?}");
        for value in [undated, dated].into_iter().flatten() {
            assert!(!value.to_string().is_empty(), "{text:?}");
        }
    }
});
