//! The tags of a sequence: outside, and for each label the beginning, inside and end of a span, or a span of one word.

/// A tag by its number: 0 is outside, then four for each label.
pub type Tag = u8;

/// Outside of every span.
pub const OUTSIDE: Tag = 0;

/// Where in its span a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The first of several words.
    Begin,
    /// Neither the first nor the last.
    Inside,
    /// The last of several words.
    End,
    /// The only one.
    Single,
}

impl Part {
    const ALL: [Self; 4] = [Self::Begin, Self::Inside, Self::End, Self::Single];
}

/// How many tags a set of labels has.
#[must_use]
pub const fn tag_count(labels: usize) -> usize {
    1 + 4 * labels
}

/// The most labels a head may have, so that the tags of one part of all labels, and outside, fill a [`Group`].
pub const MAX_LABELS: usize = LANES - 1;

/// Scores that the processor adds at once.
pub(super) const LANES: usize = 16;

/// Scores of the tags of one part of each label, the label with number 0 in the second lane. The first lane of single words
/// is outside's; of the others it has no tag.
pub(super) type Group<T> = [T; LANES];

/// The groups of a head's tags.
pub(super) const GROUPS: usize = 4;

/// The group of words outside and of spans of one word.
pub(super) const SINGLE: usize = 0;
/// The group of beginnings.
pub(super) const BEGIN: usize = 1;
/// The group of ends.
pub(super) const END: usize = 2;
/// The group of what is inside.
pub(super) const INSIDE: usize = 3;

/// The group and the lane of a tag.
pub(super) fn place(tag: Tag) -> (usize, usize) {
    match parts(tag) {
        None => (SINGLE, 0),
        Some((label, Part::Single)) => (SINGLE, label + 1),
        Some((label, Part::Begin)) => (BEGIN, label + 1),
        Some((label, Part::End)) => (END, label + 1),
        Some((label, Part::Inside)) => (INSIDE, label + 1),
    }
}

/// The tag in a lane of a group.
pub(super) fn tag_at(group: usize, lane: usize) -> Tag {
    let part = match group {
        SINGLE => Part::Single,
        BEGIN => Part::Begin,
        END => Part::End,
        _ => Part::Inside,
    };
    lane.checked_sub(1).map_or(OUTSIDE, |label| tag(label, part))
}

/// The tag of a word in a span of the label with this number.
#[must_use]
pub const fn tag(label: usize, part: Part) -> Tag {
    (1 + 4 * label + part as usize) as Tag
}

/// The label's number and the part that a tag stands for; `None` for outside.
#[must_use]
pub fn parts(tag: Tag) -> Option<(usize, Part)> {
    let number = usize::from(tag.checked_sub(1)?);
    Some((number / 4, *Part::ALL.get(number % 4)?))
}

/// True if a word with this tag may stand first, or after a word outside.
#[must_use]
pub fn may_open(tag: Tag) -> bool {
    parts(tag).is_none_or(|(_, part)| matches!(part, Part::Begin | Part::Single))
}

/// True if a word with this tag may stand last, or before a word outside.
#[must_use]
pub fn may_close(tag: Tag) -> bool {
    parts(tag).is_none_or(|(_, part)| matches!(part, Part::End | Part::Single))
}

/// True if the second tag may follow the first.
#[must_use]
pub fn may_follow(first: Tag, second: Tag) -> bool {
    match (parts(first), parts(second)) {
        (Some((label, Part::Begin | Part::Inside)), Some((next, Part::Inside | Part::End))) => label == next,
        _ => may_close(first) && may_open(second),
    }
}

/// The spans of a well-formed sequence: first word, last word, label's number.
#[must_use]
pub fn spans(tags: &[Tag]) -> Vec<(usize, usize, usize)> {
    let mut spans = Vec::new();
    let mut open = None;
    for (index, &tag) in tags.iter().enumerate() {
        match parts(tag) {
            Some((label, Part::Begin)) => open = Some((index, label)),
            Some((label, Part::Single)) => spans.push((index, index, label)),
            Some((label, Part::End)) => {
                if let Some((first, _)) = open.take().filter(|&(_, opened)| opened == label) {
                    spans.push((first, index, label));
                }
            }
            Some((_, Part::Inside)) => {}
            None => open = None,
        }
    }
    spans
}

/// Writes a span's tags into a sequence.
pub fn write_span(tags: &mut [Tag], first: usize, last: usize, label: usize) {
    let Some(words) = tags.get_mut(first..=last) else { return };
    let count = words.len();
    for (index, slot) in words.iter_mut().enumerate() {
        let part = match (index == 0, index + 1 == count) {
            (true, true) => Part::Single,
            (true, false) => Part::Begin,
            (false, true) => Part::End,
            (false, false) => Part::Inside,
        };
        *slot = tag(label, part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_lead_back_to_their_label_and_part() {
        for label in 0..11 {
            for part in Part::ALL {
                assert_eq!(parts(tag(label, part)), Some((label, part)));
            }
        }
        assert_eq!(parts(OUTSIDE), None);
    }

    #[test]
    fn every_tag_has_a_lane_of_its_own() {
        for tag in 0..tag_count(MAX_LABELS) as Tag {
            let (group, lane) = place(tag);
            assert!(group < GROUPS && lane < LANES);
            assert_eq!(tag_at(group, lane), tag);
        }
    }

    #[test]
    fn a_span_goes_on_only_with_its_own_label() {
        assert!(may_follow(tag(1, Part::Begin), tag(1, Part::End)));
        assert!(!may_follow(tag(1, Part::Begin), tag(2, Part::End)));
        assert!(!may_follow(tag(1, Part::Begin), OUTSIDE));
        assert!(!may_follow(OUTSIDE, tag(1, Part::Inside)));
        assert!(may_follow(tag(1, Part::End), tag(1, Part::Begin)));
    }

    #[test]
    fn written_spans_are_read_back() {
        let mut tags = [OUTSIDE; 7];
        write_span(&mut tags, 0, 0, 3);
        write_span(&mut tags, 1, 3, 0);
        write_span(&mut tags, 5, 6, 2);
        assert_eq!(spans(&tags), [(0, 0, 3), (1, 3, 0), (5, 6, 2)]);
    }
}
