//! What others say of the words of a line, as codes that become attributes.

use super::sequence::{Sequence, Stream};
use super::tags::Tag;
use crate::extract::{Label, Suggestion};

/// The rules' proposals: label and place in the span of each word.
#[must_use]
pub fn of_rules<'s, A>(sequence: &Sequence<A>, suggestions: impl Iterator<Item = &'s Suggestion>) -> Stream {
    let mut stream = vec![0; sequence.words.len()];
    for suggestion in suggestions {
        let Some(label) = Label::from_code(suggestion.label.as_str()) else { continue };
        let range = suggestion.range.to_std();
        let first = sequence.words.partition_point(|word| word.end <= range.start);
        let last = sequence.words.partition_point(|word| word.start < range.end);
        for (at, code) in stream.iter_mut().enumerate().take(last).skip(first) {
            let part = u16::from(at > first) << 1 | u16::from(at + 1 < last);
            *code = (label as u16 + 1) << 2 | part;
        }
    }
    stream
}

/// The tags of a head before.
#[must_use]
pub fn of_tags(tags: &[Tag]) -> Stream {
    tags.iter().map(|&tag| u16::from(tag)).collect()
}
