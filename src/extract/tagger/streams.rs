//! What others say of the words of a line, as codes that become attributes.

use std::ops::Range;

use super::sequence::{Sequence, Stream};
use super::tags::Tag;
use crate::extract::Label;

/// The rules' proposals, bytes of the text and their label: the label and the place in the span of each word.
#[must_use]
pub fn of_rules<A>(sequence: &Sequence<A>, proposals: impl Iterator<Item = (Range<usize>, Label)>) -> Stream {
    let mut stream = vec![0; sequence.words.len()];
    for (range, label) in proposals {
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
