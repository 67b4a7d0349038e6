//! From the offsets of a file to a place in the text, with every check on the way.

use std::fmt;

use serde::Serialize;

use super::ProblemKind;
use crate::text::{ByteOffset, ByteRange, CodePointOffset, SourceText, Utf16Offset};

/// What the offsets of a file count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points: the unit of Misam's own files, and of Python.
    #[default]
    CodePoint,
    /// UTF-16 code units: the unit of JavaScript and Java.
    Utf16,
    /// UTF-8 bytes: the unit of Rust and Go.
    Byte,
}

impl OffsetUnit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::CodePoint, Self::Utf16, Self::Byte];

    /// The word that files use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CodePoint => "codepoint",
            Self::Utf16 => "utf16",
            Self::Byte => "byte",
        }
    }

    /// The word for people.
    #[must_use]
    pub const fn plural(self) -> &'static str {
        match self {
            Self::CodePoint => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Byte => "bytes",
        }
    }

    fn length(self, text: &SourceText) -> u64 {
        match self {
            Self::CodePoint => text.len_code_points().get().into(),
            Self::Utf16 => text.len_utf16().get().into(),
            Self::Byte => text.range().len() as u64,
        }
    }

    fn byte(self, text: &SourceText, offset: u64) -> Option<ByteOffset> {
        let offset = u32::try_from(offset).ok()?;
        match self {
            Self::CodePoint => text.byte_of_code_point(CodePointOffset::new(offset)),
            Self::Utf16 => text.byte_of_utf16(Utf16Offset::new(offset)),
            Self::Byte => {
                let byte = ByteOffset::new(offset);
                text.code_points_before(byte).map(|_| byte)
            }
        }
    }
}

impl fmt::Display for OffsetUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Offsets as a file states them, with the text they should hold if the file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated<'a> {
    /// The first unit.
    pub start: u64,
    /// The unit after the last.
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

impl Stated<'_> {
    /// The bytes between the offsets.
    ///
    /// # Errors
    /// If they hold nothing, lie outside the text, or cut a character.
    pub fn range(&self, text: &SourceText, unit: OffsetUnit) -> Result<ByteRange, ProblemKind> {
        let &Self { start, end, .. } = self;
        if start >= end {
            return Err(ProblemKind::EmptySpan { start, end });
        }
        let length = unit.length(text);
        if end > length {
            return Err(ProblemKind::OutsideText { end, length, unit });
        }
        match (unit.byte(text, start), unit.byte(text, end)) {
            (Some(start), Some(end)) => Ok(ByteRange { start, end }),
            _ => Err(ProblemKind::CutCharacter { start, end }),
        }
    }

    /// True if the offsets hold the stated text, or any text where none is stated.
    #[must_use]
    pub fn holds(&self, text: &SourceText, unit: OffsetUnit) -> bool {
        self.range(text, unit).is_ok_and(|range| self.surface.is_none_or(|s| text.slice(range) == Some(s)))
    }

    /// The place that is meant: where it is stated to be, or where the stated text stands if that is beyond doubt:
    /// because it occurs once, or because one occurrence is close by and less than half as far as all others.
    ///
    /// # Errors
    /// What is wrong with the offsets, if the place is in doubt.
    pub fn find(&self, text: &SourceText, unit: OffsetUnit) -> Result<Found, ProblemKind> {
        let stated = self.range(text, unit);
        let Some(surface) = self.surface else {
            return stated.map(|range| Found { range, moved: None });
        };
        if let Ok(range) = stated
            && text.slice(range) == Some(surface)
        {
            return Ok(Found { range, moved: None });
        }
        if let Some(range) = self.elsewhere(text, unit, surface) {
            let to = text.code_points_before(range.start).map_or(0, |at| u64::from(at.get()));
            let moved = ProblemKind::Moved { stated: shown(surface), from: self.start, to };
            return Ok(Found { range, moved: Some(moved) });
        }
        let found = shown(text.slice(stated?).unwrap_or_default());
        let &Self { start, end, .. } = self;
        Err(ProblemKind::Surface { start, end, found, stated: shown(surface) })
    }

    fn elsewhere(&self, text: &SourceText, unit: OffsetUnit, surface: &str) -> Option<ByteRange> {
        if surface.trim().is_empty() {
            return None;
        }
        let distance = |byte: usize| {
            let at = text.code_points_before(byte.into()).map_or(0, |at| u64::from(at.get()));
            let wanted = unit.byte(text, self.start).and_then(|byte| text.code_points_before(byte));
            wanted.map_or(self.start, |wanted| u64::from(wanted.get())).abs_diff(at)
        };
        // Only the two nearest matter: a short text may occur a million times.
        let mut nearest: [Option<(u64, usize)>; 2] = [None; 2];
        for (byte, _) in text.as_str().match_indices(surface) {
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
            [Some((near, first)), Some((next, _))] if near <= NEAR && near * 2 < next => first,
            _ => return None,
        };
        Some((meant..meant + surface.len()).into())
    }
}

/// The beginning of a text, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

/// What the offsets of a record count, by the evidence of the texts they should hold. Code points unless they fail
/// somewhere and another unit holds everywhere.
#[must_use]
pub fn detect_unit(text: &SourceText, spans: &[Stated<'_>]) -> OffsetUnit {
    let holds = |unit: OffsetUnit| {
        spans.iter().filter(|span| span.surface.is_some()).all(|span| span.holds(text, unit))
    };
    OffsetUnit::ALL.into_iter().find(|&unit| holds(unit)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(start: u64, end: u64, surface: Option<&str>) -> Stated<'_> {
        Stated { start, end, surface }
    }

    #[test]
    fn offsets_outside_the_text_are_refused() {
        let text = SourceText::from("زار بغداد");
        let range = |start, end| stated(start, end, None).range(&text, OffsetUnit::CodePoint);
        assert_eq!(range(4, 9).unwrap(), ByteRange::from(7..17));
        assert_eq!(range(4, 4), Err(ProblemKind::EmptySpan { start: 4, end: 4 }));
        assert_eq!(range(5, 4), Err(ProblemKind::EmptySpan { start: 5, end: 4 }));
        assert!(matches!(range(4, 10), Err(ProblemKind::OutsideText { end: 10, length: 9, .. })));
        assert!(matches!(range(4, u64::MAX), Err(ProblemKind::OutsideText { .. })));
    }

    #[test]
    fn utf16_and_byte_offsets_are_recognised_by_the_text_they_hold() {
        let text = SourceText::from("😊 زار بغداد");
        for (span, unit) in [
            (stated(6, 11, Some("بغداد")), OffsetUnit::CodePoint),
            (stated(7, 12, Some("بغداد")), OffsetUnit::Utf16),
            (stated(12, 22, Some("بغداد")), OffsetUnit::Byte),
            (stated(0, 1, Some("بغداد")), OffsetUnit::CodePoint),
        ] {
            assert_eq!(detect_unit(&text, &[span]), unit);
        }
    }

    #[test]
    fn a_text_a_little_way_off_is_found_and_the_move_reported() {
        let text = SourceText::from("في بغداد قال، ثم في البصرة، ثم من جديد وبعد حين في بغداد");
        let found = stated(4, 9, Some("بغداد")).find(&text, OffsetUnit::CodePoint).unwrap();
        assert_eq!(text.slice(found.range), Some("بغداد"));
        assert!(matches!(found.moved, Some(ProblemKind::Moved { from: 4, to: 3, .. })));
    }

    #[test]
    fn a_text_in_doubt_is_refused_rather_than_guessed() {
        let text = SourceText::from("من من من من");
        let found = stated(4, 6, Some("من")).find(&text, OffsetUnit::CodePoint);
        assert!(matches!(found, Err(ProblemKind::Surface { start: 4, .. })), "{found:?}");
    }
}
