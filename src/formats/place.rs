//! From the offsets of a file to a place in the text, with every check on the way.
//!
//! Files seldom say what their offsets count, and some that say it are wrong. The texts that the spans should hold, or
//! where a file has none, the edges of words, show which [`Convention`] was meant.

use std::cell::OnceCell;
use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use super::ProblemKind;
use crate::text::{ByteOffset, ByteRange, CodePointOffset, SourceText, Utf16Offset};

/// What the offsets of a file count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points: the unit of Misam's own files, and of Python.
    #[default]
    CodePoint,
    /// UTF-16 code units: the unit of JavaScript and Java.
    Utf16,
    /// UTF-8 bytes: the unit of Rust and Go.
    Byte,
    /// Extended grapheme clusters (UAX #29): what a reader takes for one character.
    Grapheme,
}

impl OffsetUnit {
    /// Every unit, the likelier ones first.
    pub const ALL: [Self; 4] = [Self::CodePoint, Self::Utf16, Self::Byte, Self::Grapheme];

    /// The word that files use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CodePoint => "codepoint",
            Self::Utf16 => "utf16",
            Self::Byte => "byte",
            Self::Grapheme => "grapheme",
        }
    }

    /// The word for people.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::CodePoint => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Byte => "bytes",
            Self::Grapheme => "graphemes",
        }
    }
}

impl fmt::Display for OffsetUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a file states where a span ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndOffset {
    /// The first unit that is no part of it.
    #[default]
    AfterLast,
    /// The last unit that is a part of it.
    Last,
}

/// How the offsets of a file are to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Convention {
    /// What is counted.
    pub unit: OffsetUnit,
    /// What the end of a span is.
    pub end: EndOffset,
}

impl Convention {
    /// Offsets that count `unit`, the end behind the span.
    #[must_use]
    pub const fn of(unit: OffsetUnit) -> Self {
        Self { unit, end: EndOffset::AfterLast }
    }

    /// Every convention, the likelier ones first.
    fn all() -> impl Iterator<Item = Self> {
        [EndOffset::AfterLast, EndOffset::Last]
            .into_iter()
            .flat_map(|end| OffsetUnit::ALL.map(|unit| Self { unit, end }))
    }
}

/// Offsets as a file states them, with the text they should hold if the file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated<'a> {
    /// The first unit.
    pub start: u64,
    /// The unit after the last, or the last one: a matter of the [`Convention`].
    pub end: u64,
    /// The text between them, as the file has it.
    pub surface: Option<&'a str>,
}

/// A place in the text, found where it was stated or a little way off.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The place.
    pub range: ByteRange,
    /// How it differs from what was stated ([`ProblemKind::Moved`]).
    pub moved: Option<ProblemKind>,
}

/// How far from where it is stated to be a text is taken for the one that is meant, in code points, if it occurs more
/// than once.
const NEAR: u64 = 16;

/// Without stated texts, so many spans at least must speak for another convention than the expected one.
const FEWEST_WITNESSES: usize = 3;

/// The offsets of a file over the text they point into.
#[derive(Debug)]
pub struct Offsets<'t> {
    text: &'t SourceText,
    /// Where graphemes begin, and the end of the text; counted when first asked for.
    graphemes: OnceCell<Vec<usize>>,
}

impl<'t> Offsets<'t> {
    /// Offsets into a text.
    #[must_use]
    pub fn new(text: &'t SourceText) -> Self {
        Self { text, graphemes: OnceCell::new() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t SourceText {
        self.text
    }

    fn graphemes(&self) -> &[usize] {
        self.graphemes.get_or_init(|| {
            let text = self.text.as_str();
            text.grapheme_indices(true).map(|(byte, _)| byte).chain([text.len()]).collect()
        })
    }

    fn length(&self, unit: OffsetUnit) -> u64 {
        match unit {
            OffsetUnit::CodePoint => self.text.len_code_points().get().into(),
            OffsetUnit::Utf16 => self.text.len_utf16().get().into(),
            OffsetUnit::Byte => self.text.range().len() as u64,
            OffsetUnit::Grapheme => self.graphemes().len() as u64 - 1,
        }
    }

    fn byte(&self, unit: OffsetUnit, offset: u64) -> Option<ByteOffset> {
        let offset = u32::try_from(offset).ok()?;
        match unit {
            OffsetUnit::CodePoint => self.text.byte_of_code_point(CodePointOffset::new(offset)),
            OffsetUnit::Utf16 => self.text.byte_of_utf16(Utf16Offset::new(offset)),
            OffsetUnit::Byte => {
                let byte = ByteOffset::new(offset);
                self.text.code_points_before(byte).map(|_| byte)
            }
            OffsetUnit::Grapheme => {
                self.graphemes().get(usize::try_from(offset).ok()?).copied().map(ByteOffset::from)
            }
        }
    }

    /// The bytes between stated offsets.
    ///
    /// # Errors
    /// If they hold nothing, lie outside the text, or cut a character.
    pub fn range(&self, stated: &Stated<'_>, convention: Convention) -> Result<ByteRange, ProblemKind> {
        let Convention { unit, end: kind } = convention;
        let start = stated.start;
        let end = match kind {
            EndOffset::AfterLast => stated.end,
            EndOffset::Last => stated.end.saturating_add(1),
        };
        if start >= end {
            return Err(ProblemKind::EmptySpan { start, end: stated.end });
        }
        let length = self.length(unit);
        if end > length {
            return Err(ProblemKind::OutsideText { end: stated.end, length, unit });
        }
        match (self.byte(unit, start), self.byte(unit, end)) {
            (Some(start), Some(end)) => Ok(ByteRange { start, end }),
            _ => Err(ProblemKind::CutCharacter { start, end: stated.end }),
        }
    }

    /// The place that is meant: where it is stated to be, or where the stated text stands if that is beyond doubt:
    /// because it occurs once, or because one occurrence is close by and less than half as far as all others. If the
    /// `nearest` will do, there is no doubt as long as it stands anywhere.
    ///
    /// # Errors
    /// What is wrong with the offsets, if the place is in doubt.
    pub fn find(
        &self,
        stated: &Stated<'_>,
        convention: Convention,
        nearest: bool,
    ) -> Result<Found, ProblemKind> {
        let range = self.range(stated, convention);
        let Some(surface) = stated.surface else {
            return range.map(|range| Found { range, moved: None });
        };
        if let Ok(range) = range
            && self.text.slice(range) == Some(surface)
        {
            return Ok(Found { range, moved: None });
        }
        let &Stated { start, end, .. } = stated;
        if let Some(range) = self.elsewhere(start, convention.unit, surface, nearest) {
            let to = self.text.code_points_before(range.start).map_or(0, |at| u64::from(at.get()));
            let moved = ProblemKind::Moved { stated: shown(surface), from: start, to };
            return Ok(Found { range, moved: Some(moved) });
        }
        let found = shown(self.text.slice(range?).unwrap_or_default());
        Err(ProblemKind::Surface { start, end, found, stated: shown(surface) })
    }

    fn elsewhere(&self, start: u64, unit: OffsetUnit, surface: &str, will_do: bool) -> Option<ByteRange> {
        if surface.trim().is_empty() {
            return None;
        }
        let code_points = |byte| self.text.code_points_before(byte).map(|at| u64::from(at.get()));
        let wanted = self.byte(unit, start).and_then(code_points).unwrap_or(start);
        let distance = |byte: usize| wanted.abs_diff(code_points(byte.into()).unwrap_or(0));
        // Only the two nearest matter: a short text may occur a million times.
        let mut nearest: [Option<(u64, usize)>; 2] = [None; 2];
        for (byte, _) in self.text.as_str().match_indices(surface) {
            let place = Some((distance(byte), byte));
            match nearest {
                [Some(first), _] if place < Some(first) => nearest = [place, Some(first)],
                [Some(_), second] if second.is_none() || place < second => nearest[1] = place,
                [None, _] => nearest[0] = place,
                _ => {}
            }
        }
        let meant = match nearest {
            [Some((_, only)), None] => only,
            [Some((near, first)), Some((next, _))] if will_do || (near <= NEAR && near * 2 < next) => first,
            _ => return None,
        };
        Some((meant..meant + surface.len()).into())
    }

    /// How the offsets are to be taken, by the evidence of the texts they should hold: what is `expected` unless
    /// another convention fits more spans, and at least three of four. Where no text is stated, the edges of words
    /// speak, if what is expected fits less than half of the spans, and another convention all, at least three.
    #[must_use]
    pub fn detect(&self, spans: &[Stated<'_>], expected: Convention) -> Convention {
        let stated: Vec<_> = spans.iter().filter(|span| span.surface.is_some()).collect();
        if !stated.is_empty() {
            let fits = |convention| {
                let holds = |span: &&&Stated<'_>| {
                    self.range(span, convention).is_ok_and(|range| self.text.slice(range) == span.surface)
                };
                stated.iter().filter(holds).count()
            };
            return best(stated.len(), expected, fits);
        }
        if spans.len() < FEWEST_WITNESSES {
            return expected;
        }
        let fits = |convention| {
            let fits = |span: &&Stated<'_>| {
                self.range(span, convention).is_ok_and(|range| has_clean_edges(self.text, range))
            };
            spans.iter().filter(fits).count()
        };
        // Words end in many places: this is weaker evidence, and it has to be unanimous.
        let found = best(spans.len(), expected, fits);
        if fits(expected) * 2 < spans.len() && fits(found) == spans.len() { found } else { expected }
    }
}

/// The convention that fits most of so many spans, the expected one if in doubt.
fn best(of: usize, expected: Convention, fits: impl Fn(Convention) -> usize) -> Convention {
    let as_expected = fits(expected);
    if as_expected == of {
        return expected;
    }
    let mut best = (as_expected, expected);
    for convention in Convention::all() {
        let fitting = fits(convention);
        if fitting > best.0 {
            best = (fitting, convention);
        }
    }
    if best.0 * 4 >= of * 3 { best.1 } else { expected }
}

/// True if a range neither begins nor ends with a space, cuts no grapheme, and ends where a word does. It may begin
/// inside a word, behind an attached preposition.
fn has_clean_edges(text: &SourceText, range: ByteRange) -> bool {
    let (Some(inside), Some(after)) =
        (text.slice(range), text.slice(ByteRange { start: range.end, end: text.range().end }))
    else {
        return false;
    };
    let ends_word = !(inside.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric));
    inside.trim() == inside
        && ends_word
        && text.is_grapheme_boundary(range.start)
        && text.is_grapheme_boundary(range.end)
}

/// The beginning of a text, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(start: u64, end: u64, surface: Option<&str>) -> Stated<'_> {
        Stated { start, end, surface }
    }

    const CODE_POINTS: Convention = Convention::of(OffsetUnit::CodePoint);

    #[test]
    fn offsets_outside_the_text_are_refused() {
        let text = SourceText::from("زار بغداد");
        let offsets = Offsets::new(&text);
        let range = |start, end| offsets.range(&stated(start, end, None), CODE_POINTS);
        assert_eq!(range(4, 9).unwrap(), ByteRange::from(7..17));
        assert_eq!(range(4, 4), Err(ProblemKind::EmptySpan { start: 4, end: 4 }));
        assert_eq!(range(5, 4), Err(ProblemKind::EmptySpan { start: 5, end: 4 }));
        assert!(matches!(range(4, 10), Err(ProblemKind::OutsideText { end: 10, length: 9, .. })));
        assert!(matches!(range(4, u64::MAX), Err(ProblemKind::OutsideText { .. })));
    }

    #[test]
    fn what_offsets_count_is_recognised_by_the_text_they_hold() {
        let text = SourceText::from("😊 زارَ بغداد");
        for (span, unit) in [
            (stated(7, 12, Some("بغداد")), OffsetUnit::CodePoint),
            (stated(8, 13, Some("بغداد")), OffsetUnit::Utf16),
            (stated(14, 24, Some("بغداد")), OffsetUnit::Byte),
            (stated(6, 11, Some("بغداد")), OffsetUnit::Grapheme),
            (stated(0, 1, Some("بغداد")), OffsetUnit::CodePoint),
        ] {
            assert_eq!(Offsets::new(&text).detect(&[span], CODE_POINTS), Convention::of(unit));
        }
        let inclusive = Offsets::new(&text).detect(&[stated(7, 11, Some("بغداد"))], CODE_POINTS);
        assert_eq!(inclusive, Convention { unit: OffsetUnit::CodePoint, end: EndOffset::Last });
    }

    #[test]
    fn one_wrong_span_does_not_hide_what_the_others_show() {
        let text = SourceText::from("😊 زار عمر بغداد ثم دمشق");
        let spans = [
            stated(3, 6, Some("زار")),
            stated(7, 10, Some("عمر")),
            stated(11, 16, Some("بغداد")),
            stated(0, 4, Some("دمشق")),
        ];
        assert_eq!(Offsets::new(&text).detect(&spans, CODE_POINTS).unit, OffsetUnit::Utf16);
        assert_eq!(Offsets::new(&text).detect(&spans[2..], CODE_POINTS).unit, OffsetUnit::CodePoint);
    }

    #[test]
    fn without_stated_texts_the_edges_of_words_speak() {
        let text = SourceText::from("😊 زار عمر بغداد ثم دمشق");
        let spans = [(3, 6), (7, 10), (11, 16)].map(|(start, end)| stated(start, end, None));
        assert!(spans.iter().all(|span| has_clean_edges(
            &text,
            Offsets::new(&text).range(span, Convention::of(OffsetUnit::Utf16)).unwrap()
        )));
        assert_eq!(Offsets::new(&text).detect(&spans, CODE_POINTS).unit, OffsetUnit::Utf16);
        assert_eq!(Offsets::new(&text).detect(&spans[..2], CODE_POINTS).unit, OffsetUnit::CodePoint);
        let last = [(2, 4), (6, 8), (10, 14)].map(|(start, end)| stated(start, end, None));
        assert_eq!(Offsets::new(&text).detect(&last, CODE_POINTS).end, EndOffset::Last);
    }

    #[test]
    fn a_text_a_little_way_off_is_found_and_the_move_reported() {
        let text = SourceText::from("في بغداد قال، ثم في البصرة، ثم من جديد وبعد حين في بغداد");
        let found = Offsets::new(&text).find(&stated(4, 9, Some("بغداد")), CODE_POINTS, false).unwrap();
        assert_eq!(text.slice(found.range), Some("بغداد"));
        assert!(matches!(found.moved, Some(ProblemKind::Moved { from: 4, to: 3, .. })));
    }

    #[test]
    fn a_text_in_doubt_is_refused_rather_than_guessed() {
        let text = SourceText::from("من من من من");
        let find = |nearest| Offsets::new(&text).find(&stated(4, 6, Some("من")), CODE_POINTS, nearest);
        assert!(matches!(find(false), Err(ProblemKind::Surface { start: 4, .. })));
        assert_eq!(find(true).unwrap().range, ByteRange::from(5..9), "if a person says so");
    }
}
