//! A folded text that remembers where each part of it came from.

use std::ops::Range;

use super::fold::{Folding, Output, push_folded};
use super::letter::{self, Class, class};
use super::{ByteOffset, ByteRange};

/// How a stretch of the source relates to the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stretch {
    /// Byte for byte, each character as long as what it became.
    Even,
    /// One character that became longer or shorter.
    Uneven,
    /// Dropped, and part of the letter before: its marks, and the tatweel that stretches it.
    Attached,
    /// Dropped, and no letter's own: direction controls, dashes of tatweel, lone marks.
    Loose,
}

/// Where a stretch begins in both texts.
#[derive(Clone, Copy, Debug)]
struct Break {
    source: u32,
    folded: u32,
    stretch: Stretch,
}

/// A folded text that knows where each part of it came from.
///
/// Costs 12 bytes for each place where the two texts part or meet again; a text in which nothing changes length costs
/// one such entry.
#[derive(Clone, Debug)]
pub struct Folded {
    text: String,
    breaks: Vec<Break>,
    source_len: u32,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(source: &str, folding: Folding) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut breaks: Vec<Break> = Vec::new();
        // The last letter that was kept, to know a stretching tatweel from a dash.
        let mut kept = '\0';
        // What stays the same is copied stretch by stretch.
        let mut same_from = None;
        for (at, c) in source.char_indices() {
            let output = folding.fold(c);
            if matches!(output, Output::Same) {
                if same_from.is_none() {
                    same_from = Some(at);
                    part(&mut breaks, at, text.len(), Stretch::Even);
                }
                continue;
            }
            if let Some(same) = same_from.take().and_then(|from| source.get(from..at)) {
                text.push_str(same);
                kept = same.chars().next_back().unwrap_or(kept);
            }
            let before = text.len();
            push_folded(c, &output, folding, &mut text);
            let last = breaks.last().map(|b| b.stretch);
            let stretch = if text.len() > before {
                kept = c;
                if text.len() - before == c.len_utf8() && !matches!(output, Output::Text(_)) {
                    Stretch::Even
                } else {
                    Stretch::Uneven
                }
            } else if matches!(last, None | Some(Stretch::Loose)) || !belongs_to(c, kept) {
                Stretch::Loose
            } else {
                Stretch::Attached
            };
            part(&mut breaks, at, before, stretch);
        }
        text.push_str(same_from.and_then(|from| source.get(from..)).unwrap_or_default());
        text.shrink_to_fit();
        breaks.shrink_to_fit();
        Self { text, breaks, source_len: ByteOffset::from(source.len()).get() }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// So many bytes of memory it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.breaks.capacity() * size_of::<Break>()
    }

    /// Where a part of the folded text came from: the smallest range of whole source characters that holds it, with the
    /// marks and stretching tatweel of its last letter, but without what was dropped before its first.
    ///
    /// Ends inside a character are moved outwards, ends outside the text into it. An empty part is an empty range.
    #[must_use]
    pub fn source_range(&self, folded: Range<usize>) -> ByteRange {
        let start = floor_char_boundary(&self.text, folded.start);
        let end = ceil_char_boundary(&self.text, folded.end.max(start));
        let source_start = match self.stretch_at(|b| b.folded as usize <= start) {
            Some((b, _, source_end)) => match b.stretch {
                Stretch::Even => b.source as usize + (start - b.folded as usize),
                Stretch::Uneven if start < self.text.len() => b.source as usize,
                _ => source_end,
            },
            None => 0,
        };
        if start >= end {
            return ByteRange::from(source_start..source_start);
        }
        let source_end = match self.stretch_at(|b| (b.folded as usize) < end) {
            Some((b, index, stretch_end)) => {
                let here = match b.stretch {
                    Stretch::Even => (b.source as usize + (end - b.folded as usize)).min(stretch_end),
                    _ => stretch_end,
                };
                let next_is_attached =
                    self.breaks.get(index + 1).is_some_and(|next| next.stretch == Stretch::Attached);
                if here == stretch_end && next_is_attached { self.source_end(index + 1) } else { here }
            }
            None => source_start,
        };
        ByteRange::from(source_start..source_end)
    }

    /// The last stretch that satisfies a condition which holds for a prefix of them, its index and its source end.
    fn stretch_at(&self, condition: impl Fn(&Break) -> bool) -> Option<(Break, usize, usize)> {
        let index = self.breaks.partition_point(condition).checked_sub(1)?;
        Some((*self.breaks.get(index)?, index, self.source_end(index)))
    }

    fn source_end(&self, index: usize) -> usize {
        self.breaks.get(index + 1).map_or(self.source_len, |next| next.source) as usize
    }
}

/// Begins a stretch, unless the one before goes on.
fn part(breaks: &mut Vec<Break>, source: usize, folded: usize, stretch: Stretch) {
    let goes_on = breaks.last().is_some_and(|last| last.stretch == stretch) && stretch != Stretch::Uneven;
    if !goes_on {
        let (source, folded) = (ByteOffset::from(source).get(), ByteOffset::from(folded).get());
        breaks.push(Break { source, folded, stretch });
    }
}

/// True if a dropped character is part of the letter before it.
fn belongs_to(dropped: char, letter: char) -> bool {
    match class(dropped) {
        Class::Tatweel => letter::hangs_on(dropped, letter),
        Class::Invisible => false,
        _ => true,
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Folds, finds the part in the folded text, and gives the source of it.
    fn source_of<'a>(source: &'a str, part: &str) -> &'a str {
        let folded = Folded::new(source, Folding::SEARCH);
        let at = folded.as_str().find(part).expect("the part is in the folded text");
        &source[folded.source_range(at..at + part.len()).to_std()]
    }

    #[test]
    fn parts_lead_back_to_the_source() {
        let source = "وصل\u{200F} «عُــمان» ﻻ٢٥";
        assert_eq!(source_of(source, "وصل"), "وصل");
        assert_eq!(source_of(source, "عمان"), "عُــمان");
        assert_eq!(source_of(source, "ع"), "عُــ");
        assert_eq!(source_of(source, "25"), "٢٥");
        assert_eq!(source_of(source, "ا2"), "ﻻ٢");
    }

    #[test]
    fn what_was_dropped_before_a_part_stays_outside() {
        assert_eq!(source_of("لـأوبك", "اوبك"), "أوبك");
        assert_eq!(source_of("\u{200F}\u{64E}بيروت", "بيروت"), "بيروت");
    }

    #[test]
    fn a_dash_of_tatweel_belongs_to_no_letter() {
        assert_eq!(source_of("القاهرةـ بيروت", "القاهره"), "القاهرة");
        assert_eq!(source_of("1446هـ.", "1446ه"), "1446هـ");
    }

    #[test]
    fn ranges_outside_the_text_are_moved_into_it() {
        let folded = Folded::new("أب", Folding::SEARCH);
        assert_eq!(folded.source_range(1..99), ByteRange::from(0..4));
        assert_eq!(folded.source_range(50..99), ByteRange::from(4..4));
        assert_eq!(Folded::new("", Folding::SEARCH).source_range(0..3), ByteRange::from(0..0));
    }
}
