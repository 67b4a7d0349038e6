//! Folding: a copy of a text without the differences that spelling habits make. [`Folded`](super::Folded) knows the way back.
//!
//! A folded copy is for finding and comparing only. Every character folds by itself, whatever stands beside it, so
//! folding a part of a text gives the matching part of the folded text, and folding twice changes nothing more.

use std::borrow::Cow;
use std::ops::BitOr;

use super::letter::{self, Class, TATWEEL, class};
use super::presentation::spelled_out;

/// Which differences to fold away. Combine with `|`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Folding(u16);

impl Folding {
    /// Nothing: the text as it is.
    pub const NONE: Self = Self(0);
    /// Drops harakat, tanwin, shadda, sukun, superscript alef, Quranic marks and combining marks of other scripts. The
    /// three marks that are part of a letter's spelling (madda, hamza above and below) belong to [`Self::ALEF`].
    pub const MARKS: Self = Self(1);
    /// Drops tatweel.
    pub const TATWEEL: Self = Self(1 << 1);
    /// Drops direction controls, ZWNJ, ZWJ, word joiner, byte order mark, soft hyphen, variation selectors.
    pub const INVISIBLE: Self = Self(1 << 2);
    /// Spells out presentation forms and ligatures: `ﻻ` → `لا`.
    pub const PRESENTATION: Self = Self(1 << 3);
    /// `أ إ آ ٱ` → `ا`, and drops the combining madda and hamzas.
    pub const ALEF: Self = Self(1 << 4);
    /// `ؤ` → `و` and `ئ` → `ي`: the same letters typed without their hamza. A lone `ء` stays.
    pub const HAMZA_SEATS: Self = Self(1 << 5);
    /// `ى` → `ي`.
    pub const YA: Self = Self(1 << 6);
    /// `ة` → `ه`.
    pub const TA_MARBUTA: Self = Self(1 << 7);
    /// Persian and Urdu twins of Arabic letters: `ک` → `ك`, `ی` → `ي`, `ہ ھ ە ۀ` → `ه`.
    pub const TWINS: Self = Self(1 << 8);
    /// Digits of three systems → 0-9, and `٫` → `.`, `٬` → `,`, `٪` → `%`.
    pub const DIGITS: Self = Self(1 << 9);
    /// Capitals → small letters, where one character becomes one.
    pub const CASE: Self = Self(1 << 10);
    /// Any single white space character within a line → a space. Nothing is collapsed, and line ends stay.
    pub const SPACES: Self = Self(1 << 11);

    /// Everything above: two spellings of one name meet. For search and gazetteers.
    pub const SEARCH: Self = Self((1 << 12) - 1);

    /// True if every difference of `other` is folded.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// This folding without the differences of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What one character becomes.
    #[inline]
    pub(super) fn fold(self, c: char) -> Output {
        let code = c as usize;
        let differences = LOW_DIFFERENCES.get(code).map_or_else(|| high_differences(c), |&low| low);
        if self.0 & differences.0 == 0 { Output::Same } else { folded(c) }
    }
}

/// Which foldings change a character; at most one, or none.
static LOW_DIFFERENCES: [Folding; 0x700] = low_differences();

const fn low_differences() -> [Folding; 0x700] {
    let mut differences = [Folding::NONE; 0x700];
    let mut code = 0;
    while code < differences.len() {
        differences[code] = low_difference(code as u32);
        code += 1;
    }
    differences
}

const fn low_difference(code: u32) -> Folding {
    match code {
        0x41..=0x5A | 0xC0..=0x2AF | 0x370..=0x5FF => Folding::CASE,
        0x09 | 0x0B | 0x0C | 0x85 | 0xA0 => Folding::SPACES,
        0xAD | 0x61C => Folding::INVISIBLE,
        0x640 => Folding::TATWEEL,
        0x622 | 0x623 | 0x625 | 0x671 | 0x653..=0x655 => Folding::ALEF,
        0x624 | 0x626 => Folding::HAMZA_SEATS,
        0x649 => Folding::YA,
        0x629 => Folding::TA_MARBUTA,
        0x6A9 | 0x6CC | 0x6C0 | 0x6C1 | 0x6BE | 0x6D5 => Folding::TWINS,
        0x660..=0x669 | 0x6F0..=0x6F9 | 0x66A..=0x66C => Folding::DIGITS,
        0x300..=0x36F | 0x610..=0x61A | 0x64B..=0x65F | 0x670 => Folding::MARKS,
        0x6D6..=0x6DC | 0x6DF..=0x6E4 | 0x6E7 | 0x6E8 | 0x6EA..=0x6ED => Folding::MARKS,
        _ => Folding::NONE,
    }
}

fn high_differences(c: char) -> Folding {
    match class(c) {
        Class::Mark if matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}') => Folding::INVISIBLE,
        Class::Mark => Folding::MARKS,
        Class::Invisible => Folding::INVISIBLE,
        Class::ArabicLetter | Class::Tatweel => Folding::PRESENTATION,
        Class::Space if c.is_whitespace() && !matches!(c, '\u{2028}' | '\u{2029}') => Folding::SPACES,
        Class::LatinLetter | Class::Other => Folding::CASE,
        _ => Folding::NONE,
    }
}

/// What becomes of a character whose difference is folded.
fn folded(c: char) -> Output {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => Output::Char('ا'),
        'ؤ' => Output::Char('و'),
        'ئ' | 'ى' | 'ی' => Output::Char('ي'),
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۀ' => Output::Char('ه'),
        'ک' => Output::Char('ك'),
        '٫' => Output::Char('.'),
        '٬' => Output::Char(','),
        '٪' => Output::Char('%'),
        TATWEEL => Output::Dropped,
        _ => match class(c) {
            Class::Mark | Class::Invisible => Output::Dropped,
            Class::Space => Output::Char(' '),
            Class::Digit => {
                letter::digit_value(c).map_or(Output::Same, |d| Output::Char(char::from(b'0' + d)))
            }
            Class::ArabicLetter | Class::Tatweel => spelled_out(c).map_or(Output::Same, Output::Text),
            _ => small_letter(c).map_or(Output::Same, Output::Char),
        },
    }
}

/// The small form of a capital, if it is one other character.
fn small_letter(c: char) -> Option<char> {
    let mut lower = c.to_lowercase();
    let small = lower.next()?;
    (lower.next().is_none() && small != c).then_some(small)
}

impl BitOr for Folding {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What folding makes of one character.
pub(super) enum Output {
    Same,
    Dropped,
    Char(char),
    /// Letters that have yet to be folded themselves.
    Text(&'static str),
}

/// Appends the folded form of one character.
pub(super) fn push_folded(c: char, output: &Output, folding: Folding, to: &mut String) {
    match output {
        Output::Same => to.push(c),
        Output::Dropped => {}
        Output::Char(folded) => to.push(*folded),
        Output::Text(letters) => letters.chars().for_each(|c| push_folded(c, &folding.fold(c), folding, to)),
    }
}

/// Appends the folded form of a text, for hot paths that keep one buffer.
pub fn fold_into(text: &str, folding: Folding, to: &mut String) {
    to.reserve(text.len());
    // What stays the same is copied stretch by stretch.
    let mut same_from = 0;
    for (at, c) in text.char_indices() {
        let output = folding.fold(c);
        if !matches!(output, Output::Same) {
            to.push_str(text.get(same_from..at).unwrap_or_default());
            push_folded(c, &output, folding, to);
            same_from = at + c.len_utf8();
        }
    }
    to.push_str(text.get(same_from..).unwrap_or_default());
}

/// The folded form of a text; borrowed if nothing folds.
#[must_use]
pub fn fold(text: &str, folding: Folding) -> Cow<'_, str> {
    let first = text.char_indices().find(|&(_, c)| !matches!(folding.fold(c), Output::Same));
    let Some((same, _)) = first else { return Cow::Borrowed(text) };
    let (head, tail) = text.split_at(same);
    let mut folded = String::with_capacity(text.len());
    folded.push_str(head);
    fold_into(tail, folding, &mut folded);
    Cow::Owned(folded)
}

/// A word as gazetteers and search compare it: folded by [`Folding::SEARCH`].
#[must_use]
pub fn fold_word(word: &str) -> String {
    fold(word, Folding::SEARCH).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (a, b) in [
            ("طرابــلس", "طرابلس"),
            ("عُمان", "عمان"),
            ("الأردن", "الاردن"),
            ("القاهرة", "القاهره"),
            ("الأممِ", "الامم"),
            ("آب", "ا\u{653}ب"),
            ("موسى", "موسي"),
            ("مسؤول", "مسوول"),
            ("رئيس", "رييس"),
            ("کابل", "كابل"),
            ("ﻻﻫﻮﺭ", "لاهور"),
            ("ﷲ", "الله"),
            ("٣٫٥٪", "3.5%"),
            ("۲۵", "٢٥"),
            ("ا\u{200F}ب\u{200C}ج", "ابج"),
            ("NATO", "nato"),
            ("دير\u{A0}الزور", "دير الزور"),
        ] {
            assert_eq!(fold_word(a), fold_word(b));
        }
    }

    #[test]
    fn different_names_stay_different() {
        for (a, b) in [("سوريا", "سورية"), ("علي", "عل"), ("ماء", "ما"), ("لبنان", "لبنانن")]
        {
            assert_ne!(fold_word(a), fold_word(b));
        }
    }

    #[test]
    fn a_text_without_differences_is_borrowed() {
        assert!(matches!(fold("بيروت 12.7", Folding::SEARCH), Cow::Borrowed(_)));
        assert!(matches!(fold("الأُردن", Folding::NONE), Cow::Borrowed(_)));
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            for folding in [Folding::SEARCH, Folding::MARKS, Folding::PRESENTATION] {
                let c = c.to_string();
                let once = fold(&c, folding);
                assert_eq!(fold(&once, folding), once);
            }
        }
    }

    #[test]
    fn no_character_escapes_its_folding() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let small: String = c.to_lowercase().collect();
            let expected = match class(c) {
                Class::Mark | Class::Invisible => String::new(),
                Class::Digit => letter::digit_value(c).map(|d| d.to_string()).unwrap_or_default(),
                _ if small.chars().count() == 1 && small != c.to_string() => small,
                _ => continue,
            };
            assert_eq!(fold(&c.to_string(), Folding::SEARCH), expected, "U+{:04X}", c as u32);
        }
    }
}
