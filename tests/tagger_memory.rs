//! What the extractor keeps of words does not grow with the text. Alone in its file: what a process has used at most is
//! that of all tests that run in it at once.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor as _, RuleExtractor};
use misam::text::SourceText;

#[path = "common/new_words.rs"]
mod new_words;
use new_words::article;

/// Bytes of memory this process has used at most.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

/// A megabyte holds some hundred thousand different words; kept whole they would take several kilobytes each.
#[test]
fn a_long_article_of_ever_new_words_takes_bounded_memory() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/model/news.misam-model");
    let bytes = std::fs::read(&path).unwrap();
    let extractor = TaggedExtractor::new(RuleExtractor::embedded().unwrap(), Model::read(&bytes).unwrap());
    extractor.suggest(&SourceText::from(article(20_000).as_str()));
    let before = peak();
    extractor.suggest(&SourceText::from(article(1_000_000).as_str()));
    let more = peak().saturating_sub(before);
    assert!(more < 128 << 20, "{} MiB more for a megabyte of text", more >> 20);
}
