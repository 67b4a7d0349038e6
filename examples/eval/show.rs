//! Errors with the words around them, and texts with their suggestions.

use std::collections::HashSet;

use misam::extract::Extractor;
use misam::text::SourceText;

use crate::corpus::{Failure, Found, Item, Mark};

/// Missed and wrong spans of an item; those of one label, if it is named.
pub(crate) fn errors(item: &Item, found: &[Found], only: &str) {
    let wanted = |label: &str| only.is_empty() || only == label;
    let gold: HashSet<&Mark> = item.gold.iter().collect();
    let mine: HashSet<&Mark> = found.iter().map(|found| &found.mark).collect();
    let whole = item.text.as_str();
    let context = |mark: &Mark| {
        let before: Vec<_> = whole[..mark.start].chars().rev().take(25).collect();
        let before: String = before.into_iter().rev().collect();
        let after: String = whole[mark.end..].chars().take(25).collect();
        format!("{before}⟦{}⟧{after}", item.words(mark)).replace('\n', "⏎")
    };
    for mark in item.gold.iter().filter(|mark| !mine.contains(mark) && wanted(&mark.label)) {
        println!("- {} {} {}", item.id, mark.label, context(mark));
    }
    for found in found.iter().filter(|found| wanted(&found.mark.label) && !gold.contains(&found.mark)) {
        println!("+ {} {} {} [{}]", item.id, found.mark.label, context(&found.mark), found.reason);
    }
}

/// A text with its suggestions in brackets, as the corpus is written.
pub(crate) fn marked(path: &str, extractor: &dyn Extractor) -> Result<(), Failure> {
    let text = SourceText::new(std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?);
    let whole = text.as_str();
    let mut at = 0;
    for suggestion in extractor.suggest(&text) {
        let range = suggestion.range.to_std();
        print!("{}[{} {}]", &whole[at..range.start], suggestion.label, &whole[range.clone()]);
        at = range.end;
    }
    println!("{}", &whole[at..]);
    Ok(())
}
