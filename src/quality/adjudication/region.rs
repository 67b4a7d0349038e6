//! Places of an article where spans of several voices touch each other, and what they differ in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::annotation::Span;
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// What voices differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disagreement {
    /// Some have a span where others have none.
    Missing,
    /// The same place, other labels.
    Label,
    /// The same label, other ends.
    Boundary,
    /// One span against several, or spans within each other.
    Nested,
}

impl Disagreement {
    /// The word used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Label => "label",
            Self::Boundary => "boundary",
            Self::Nested => "nested",
        }
    }
}

/// What one voice says in a region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Whose it is, by place in the list of annotators.
    pub voice: usize,
    /// False for an extractor that is shown but not asked.
    pub votes: bool,
    /// Its spans, in document order; none if it has nothing here.
    pub spans: Vec<Span>,
}

impl Side {
    /// Places and labels, by which answers are compared.
    pub(super) fn answer(&self) -> BTreeSet<Answer<'_>> {
        self.spans.iter().map(answer).collect()
    }
}

/// Place and label of a span.
pub(super) type Answer<'a> = (ByteRange, &'a [ByteRange], &'a LabelCode);

pub(super) fn answer(span: &Span) -> Answer<'_> {
    (span.range, &span.fragments, &span.label)
}

/// A place where spans touch each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// From the first to the last letter of its spans, in bytes.
    pub range: ByteRange,
    /// Every voice of the article, in order.
    pub sides: Vec<Side>,
    /// What those who vote differ in; nothing if they agree.
    pub kinds: Vec<Disagreement>,
}

impl Region {
    /// True if all who vote say the same.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.kinds.is_empty()
    }
}

/// Parts what voices say into regions, in the order of the text. Spans that share letters are in one region, whoever they
/// are from, and so are chains of them.
pub(super) fn regions(voices: &[(usize, bool, Vec<Span>)]) -> Vec<Region> {
    let mut ranges: Vec<ByteRange> =
        voices.iter().flat_map(|(_, _, spans)| spans).map(|span| span.range).collect();
    ranges.sort_unstable();
    let mut hulls: Vec<ByteRange> = Vec::new();
    for range in ranges {
        match hulls.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => hulls.push(range),
        }
    }
    let region = |range: ByteRange| {
        let side = |(voice, votes, spans): &(usize, bool, Vec<Span>)| Side {
            voice: *voice,
            votes: *votes,
            spans: spans.iter().filter(|span| range.contains(span.range)).cloned().collect(),
        };
        let sides: Vec<Side> = voices.iter().map(side).collect();
        let kinds = kinds(&sides);
        Region { range, sides, kinds }
    };
    hulls.into_iter().map(region).collect()
}

fn kinds(sides: &[Side]) -> Vec<Disagreement> {
    let voting: Vec<&Side> = sides.iter().filter(|side| side.votes).collect();
    let mut kinds = BTreeSet::new();
    for (at, first) in voting.iter().enumerate() {
        for second in voting.iter().skip(at + 1) {
            if first.answer() != second.answer() {
                compare(&first.spans, &second.spans, &mut kinds);
            }
        }
    }
    kinds.into_iter().collect()
}

fn compare(first: &[Span], second: &[Span], kinds: &mut BTreeSet<Disagreement>) {
    let open = |spans: &'_ [Span], others: &[Span]| -> Vec<Span> {
        spans
            .iter()
            .filter(|span| !others.iter().any(|other| answer(other) == answer(span)))
            .cloned()
            .collect()
    };
    let (a, b) = (open(first, second), open(second, first));
    for (own, other) in [(&a, second), (&b, first)] {
        for span in own {
            let touching = other.iter().filter(|other| other.range.overlaps(span.range)).count();
            match touching {
                0 => kinds.insert(Disagreement::Missing),
                1 => false,
                _ => kinds.insert(Disagreement::Nested),
            };
        }
    }
    for x in &a {
        for y in b.iter().filter(|y| y.range.overlaps(x.range)) {
            let same_place = (x.range, &x.fragments) == (y.range, &y.fragments);
            if x.label != y.label {
                kinds.insert(Disagreement::Label);
            }
            if !same_place {
                kinds.insert(Disagreement::Boundary);
            }
        }
        // A span more around, or within, what both have.
        if second.iter().any(|y| y.range.overlaps(x.range) && first.iter().any(|z| answer(z) == answer(y))) {
            kinds.insert(Disagreement::Nested);
        }
    }
    for y in &b {
        if first.iter().any(|x| x.range.overlaps(y.range) && second.iter().any(|z| answer(z) == answer(x))) {
            kinds.insert(Disagreement::Nested);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::kinds;
    use super::Disagreement::{Boundary, Label, Missing, Nested};

    #[test]
    fn what_voices_differ_in_is_told() {
        for (expected, first, second) in [
            (&[][..], "زار [LOC سبها] أمس", "زار [LOC سبها] أمس"),
            (&[Missing], "زار [LOC سبها] أمس", "زار سبها أمس"),
            (&[Label], "زار [LOC سبها] أمس", "زار [ORG سبها] أمس"),
            (&[Boundary], "زار [LOC مدينة سبها] أمس", "زار مدينة [LOC سبها] أمس"),
            (&[Label, Boundary], "زار [FAC مدينة سبها] أمس", "زار مدينة [LOC سبها] أمس"),
            (&[Boundary, Nested], "زار [LOC مدينة سبها] أمس", "زار [LOC مدينة] [LOC سبها] أمس"),
        ] {
            assert_eq!(kinds(&[first, second]), [expected], "{first} / {second}");
        }
    }

    #[test]
    fn three_voices_agree_only_all_together() {
        let same = "زار [LOC سبها] أمس";
        assert_eq!(kinds(&[same, same, same]), [[]]);
        assert_eq!(kinds(&[same, same, "زار سبها أمس"]), [[Missing]]);
    }

    #[test]
    fn spans_that_do_not_touch_are_regions_of_their_own() {
        assert_eq!(kinds(&["زار [LOC سبها] [DAT أمس]", "زار [ORG سبها] [DAT أمس]"]), [&[Label][..], &[]]);
    }
}
