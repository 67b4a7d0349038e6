//! The text of an article, byte for byte as it came, with an index between the three units of position.

use std::sync::{Arc, OnceLock};

use unicode_segmentation::GraphemeCursor;

use super::letter::{Class, class};
use super::{ByteOffset, ByteRange, CodePointOffset, Utf16Offset};

/// The longest text Misam takes, in bytes: 2 GiB less one, what a page can hold in one piece. Offsets are 32 bits wide.
pub const MAX_TEXT_BYTES: usize = i32::MAX as usize;

/// A checkpoint stands at every multiple of this many bytes.
const STRIDE: usize = 128;

/// The counts of the other two units before a checkpoint.
#[derive(Clone, Copy, Debug)]
struct Checkpoint {
    code_points: u32,
    utf16: u32,
}

/// One paragraph: a line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The line without its terminator.
    pub content: ByteRange,
    /// The line with its terminator (`\n`, `\r\n`, `\r`, U+2028, U+2029), if it has one.
    pub full: ByteRange,
}

/// The text, and what is known of it once somebody has asked: most texts of a large project only lie there.
#[derive(Debug)]
struct Inner {
    text: Box<str>,
    counts: OnceLock<Counts>,
    paragraphs: OnceLock<Box<[Paragraph]>>,
    sha256: OnceLock<Box<str>>,
}

/// An index of the other two units.
#[derive(Debug)]
struct Counts {
    checkpoints: Box<[Checkpoint]>,
    total: Checkpoint,
}

impl Counts {
    fn of(text: &str) -> Self {
        let last = text.char_indices().next_back().map_or(0, |(byte, _)| byte);
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut at = Checkpoint { code_points: 0, utf16: 0 };
        for (number, bytes) in text.as_bytes().chunks(STRIDE).enumerate() {
            // Behind the beginning of the last character there is nothing to describe.
            if number * STRIDE <= last {
                checkpoints.push(at);
            }
            // Every byte but those of the form 10xxxxxx begins a character; one from F0 on begins one of four bytes, which is
            // two units of UTF-16. Counted byte by byte and not letter by letter, many at once.
            let (mut begun, mut pairs) = (0_u8, 0_u8);
            for &byte in bytes {
                begun += u8::from(byte & 0xC0 != 0x80);
                pairs += u8::from(byte >= 0xF0);
            }
            at.code_points += u32::from(begun);
            at.utf16 += u32::from(begun) + u32::from(pairs);
        }
        Self { checkpoints: checkpoints.into_boxed_slice(), total: at }
    }
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The SHA-256 of bytes, in lower-case hexadecimal.
#[must_use]
pub fn sha256_of(bytes: impl AsRef<[u8]>) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(bytes))
}

/// An immutable text. Cloning shares it.
///
/// Nothing ever changes or normalises the text; views of it (folded, tokenised) are separate values whose positions
/// lead back here. Each conversion costs at most a binary search and a walk over one stride.
#[derive(Clone, Debug)]
pub struct SourceText(Arc<Inner>);

impl SourceText {
    /// Takes a text. It is indexed once, when a position in it is first asked for.
    ///
    /// Texts over [`MAX_TEXT_BYTES`] are refused by the readers before they come here.
    #[must_use]
    pub fn new(text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        debug_assert!(text.len() <= MAX_TEXT_BYTES);
        Self(Arc::new(Inner {
            text,
            counts: OnceLock::new(),
            paragraphs: OnceLock::new(),
            sha256: OnceLock::new(),
        }))
    }

    fn counts(&self) -> &Counts {
        self.0.counts.get_or_init(|| Counts::of(&self.0.text))
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// True if this is the same text, and not only one that reads the same. Costs nothing.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The SHA-256 of the text, in lower-case hexadecimal. It is taken once.
    #[must_use]
    pub fn sha256(&self) -> &str {
        self.0.sha256.get_or_init(|| sha256_of(self.0.text.as_bytes()).into())
    }

    /// The whole text as a range.
    #[must_use]
    pub fn range(&self) -> ByteRange {
        ByteRange::from(0..self.0.text.len())
    }

    /// Length in code points.
    #[must_use]
    pub fn len_code_points(&self) -> CodePointOffset {
        CodePointOffset::new(self.counts().total.code_points)
    }

    /// Length in UTF-16 code units.
    #[must_use]
    pub fn len_utf16(&self) -> Utf16Offset {
        Utf16Offset::new(self.counts().total.utf16)
    }

    /// The text of a range; `None` if it is outside the text or cuts a character.
    #[must_use]
    pub fn slice(&self, range: ByteRange) -> Option<&str> {
        self.0.text.get(range.to_std())
    }

    /// Code points before a byte; `None` outside the text or inside a character.
    #[must_use]
    pub fn code_points_before(&self, byte: ByteOffset) -> Option<CodePointOffset> {
        self.counts_at(byte).map(|at| CodePointOffset::new(at.code_points))
    }

    /// UTF-16 units before a byte; `None` outside the text or inside a character.
    #[must_use]
    pub fn utf16_before(&self, byte: ByteOffset) -> Option<Utf16Offset> {
        self.counts_at(byte).map(|at| Utf16Offset::new(at.utf16))
    }

    /// The byte where a code point begins (or the end of the text); `None` past the end.
    #[must_use]
    pub fn byte_of_code_point(&self, offset: CodePointOffset) -> Option<ByteOffset> {
        self.byte_where(offset.get(), |at| at.code_points, |_| 1)
    }

    /// The byte of a UTF-16 position; `None` past the end or between the halves of a surrogate pair.
    #[must_use]
    pub fn byte_of_utf16(&self, offset: Utf16Offset) -> Option<ByteOffset> {
        self.byte_where(offset.get(), |at| at.utf16, |c| c.len_utf16() as u32)
    }

    /// A range of code points as bytes; `None` past the end or if the ends are in the wrong order.
    #[must_use]
    pub fn byte_range(&self, start: CodePointOffset, end: CodePointOffset) -> Option<ByteRange> {
        if start > end {
            return None;
        }
        Some(ByteRange { start: self.byte_of_code_point(start)?, end: self.byte_of_code_point(end)? })
    }

    /// A range of bytes as code points; `None` outside the text or inside a character.
    #[must_use]
    pub fn code_point_range(&self, range: ByteRange) -> Option<(CodePointOffset, CodePointOffset)> {
        Some((self.code_points_before(range.start)?, self.code_points_before(range.end)?))
    }

    /// The lines of the text in order. They cover it without gaps; an empty text has none, and a text that ends in a
    /// line terminator has no empty line after it.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        self.0.paragraphs.get_or_init(|| split_paragraphs(&self.0.text).into_boxed_slice())
    }

    /// The index of the paragraph that holds a byte. The end of the text belongs to the last one.
    #[must_use]
    pub fn paragraph_at(&self, byte: ByteOffset) -> Option<usize> {
        let after = self.paragraphs().partition_point(|p| p.full.start <= byte);
        after.checked_sub(1)
    }

    /// True if a letter and its marks (an extended grapheme cluster, UAX #29) are not cut at this byte. False outside
    /// the text and inside a character.
    #[must_use]
    pub fn is_grapheme_boundary(&self, byte: ByteOffset) -> bool {
        let text = self.as_str();
        if !text.is_char_boundary(byte.to_usize()) {
            return false;
        }
        let (before, after) = text.split_at(byte.to_usize());
        if let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) {
            // Most places are decided by the two characters beside them.
            match (class(before), class(after)) {
                (Class::Other, _) | (_, Class::Mark | Class::Other) | (Class::Space, Class::Space) => {}
                _ => return true,
            }
        }
        GraphemeCursor::new(byte.to_usize(), text.len(), true).is_boundary(text, 0).unwrap_or(true)
    }

    /// The last grapheme boundary at or before a byte; the end of the text for bytes outside it.
    #[must_use]
    pub fn grapheme_floor(&self, byte: ByteOffset) -> ByteOffset {
        let text = self.as_str();
        let mut at = byte.to_usize().min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let mut cursor = GraphemeCursor::new(at, text.len(), true);
        match cursor.is_boundary(text, 0) {
            Ok(false) => {
                cursor.prev_boundary(text, 0).ok().flatten().map_or(ByteOffset::ZERO, ByteOffset::from)
            }
            _ => ByteOffset::from(at),
        }
    }

    /// The first grapheme boundary at or after a byte; the end of the text for bytes outside it.
    #[must_use]
    pub fn grapheme_ceil(&self, byte: ByteOffset) -> ByteOffset {
        let text = self.as_str();
        let mut at = byte.to_usize().min(text.len());
        while !text.is_char_boundary(at) {
            at += 1;
        }
        let mut cursor = GraphemeCursor::new(at, text.len(), true);
        match cursor.is_boundary(text, 0) {
            Ok(false) => {
                cursor.next_boundary(text, 0).ok().flatten().map_or(self.range().end, ByteOffset::from)
            }
            _ => ByteOffset::from(at),
        }
    }

    fn counts_at(&self, byte: ByteOffset) -> Option<Checkpoint> {
        let byte = byte.to_usize();
        let text = self.as_str();
        if byte == text.len() {
            return Some(self.counts().total);
        }
        if !text.is_char_boundary(byte) {
            return None;
        }
        let mut at = *self.counts().checkpoints.get(byte / STRIDE)?;
        for c in text[self.first_boundary(byte / STRIDE)..byte].chars() {
            at.code_points += 1;
            at.utf16 += c.len_utf16() as u32;
        }
        Some(at)
    }

    /// A checkpoint describes the first character that begins at or after its multiple of the stride.
    fn first_boundary(&self, checkpoint: usize) -> usize {
        let text = self.as_str();
        let mut byte = checkpoint * STRIDE;
        while !text.is_char_boundary(byte) {
            byte += 1;
        }
        byte
    }

    fn byte_where(
        &self,
        wanted: u32,
        count: impl Fn(&Checkpoint) -> u32,
        width: impl Fn(char) -> u32,
    ) -> Option<ByteOffset> {
        let text = self.as_str();
        let after = self.counts().checkpoints.partition_point(|at| count(at) <= wanted);
        let Some(checkpoint) = after.checked_sub(1) else {
            return (wanted == 0).then_some(ByteOffset::ZERO);
        };
        let mut seen = count(&self.counts().checkpoints[checkpoint]);
        let start = self.first_boundary(checkpoint);
        for (byte, c) in text[start..].char_indices() {
            if seen >= wanted {
                return (seen == wanted).then(|| ByteOffset::from(start + byte));
            }
            seen += width(c);
        }
        (seen == wanted).then(|| ByteOffset::from(text.len()))
    }
}

impl PartialEq for SourceText {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for SourceText {}

impl Default for SourceText {
    fn default() -> Self {
        Self::new("")
    }
}

impl From<String> for SourceText {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for SourceText {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

fn split_paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((byte, c)) = chars.next() {
        let end = match c {
            '\r' if chars.next_if(|&(_, next)| next == '\n').is_some() => byte + 2,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => byte + c.len_utf8(),
            _ => continue,
        };
        paragraphs.push(Paragraph { content: (start..byte).into(), full: (start..end).into() });
        start = end;
    }
    if start < text.len() {
        let range = ByteRange::from(start..text.len());
        paragraphs.push(Paragraph { content: range, full: range });
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIXED: &str = "😊 زار غوتيريش\r\nالقاهــرة و«لُبنان»\u{2028}👨‍👩‍👧 NATO";

    #[test]
    fn every_boundary_converts_there_and_back() {
        let long = MIXED.repeat(40);
        let text = SourceText::new(long.as_str());
        for (cp, (byte, _)) in long.char_indices().enumerate() {
            let byte = ByteOffset::from(byte);
            let utf16 = long[..byte.to_usize()].encode_utf16().count() as u32;
            assert_eq!(text.code_points_before(byte), Some(CodePointOffset::new(cp as u32)));
            assert_eq!(text.utf16_before(byte), Some(Utf16Offset::new(utf16)));
            assert_eq!(text.byte_of_code_point(CodePointOffset::new(cp as u32)), Some(byte));
            assert_eq!(text.byte_of_utf16(Utf16Offset::new(utf16)), Some(byte));
        }
        assert_eq!(text.byte_of_code_point(text.len_code_points()), Some(text.range().end));
        assert_eq!(text.byte_of_utf16(text.len_utf16()), Some(text.range().end));
    }

    #[test]
    fn positions_inside_a_character_or_outside_the_text_are_refused() {
        let text = SourceText::from("😊ب");
        assert_eq!(text.code_points_before(ByteOffset::new(1)), None);
        assert_eq!(text.byte_of_utf16(Utf16Offset::new(1)), None);
        assert_eq!(text.byte_of_code_point(CodePointOffset::new(3)), None);
        assert_eq!(text.code_points_before(ByteOffset::new(99)), None);
    }

    #[test]
    fn paragraphs_cover_the_text_and_keep_their_terminators() {
        let text = SourceText::from("a\r\nب\n\nc\rd\u{2029}");
        let contents: Vec<_> = text.paragraphs().iter().filter_map(|p| text.slice(p.content)).collect();
        assert_eq!(contents, ["a", "ب", "", "c", "d"]);
        let whole: String = text.paragraphs().iter().filter_map(|p| text.slice(p.full)).collect();
        assert_eq!(whole, text.as_str());
    }

    #[test]
    fn the_empty_text_has_one_position_and_no_paragraph() {
        let text = SourceText::from("");
        assert_eq!(text.byte_of_utf16(Utf16Offset::ZERO), Some(ByteOffset::ZERO));
        assert_eq!(text.code_points_before(ByteOffset::ZERO), Some(CodePointOffset::ZERO));
        assert!(text.paragraphs().is_empty());
        assert_eq!(text.paragraph_at(ByteOffset::ZERO), None);
    }

    #[test]
    fn a_mark_belongs_to_its_letter() {
        let text = SourceText::from("لُبنان");
        assert!(!text.is_grapheme_boundary(ByteOffset::new(2)));
        assert!(text.is_grapheme_boundary(ByteOffset::new(4)));
    }
}
