//! What a character is, for Arabic news: letter, mark, tatweel, digit, punctuation, invisible control.
//!
//! One table look-up answers for everything below U+0780, which is nearly all of an Arabic article; a short match
//! answers for the rest. Characters whose behaviour depends on their neighbours (emoji, Indic and Hangul syllables,
//! prefixed number signs) are [`Class::Other`], and callers ask UAX #29 about those.

use unicode_segmentation::UnicodeSegmentation;

use super::presentation::spelled_out;

/// Tatweel (kashida), U+0640: stretches a joined letter; free-standing it is used as a dash.
pub const TATWEEL: char = '\u{0640}';

/// Zero width joiner: part of the letter before it, and the glue of emoji sequences.
const ZWJ: char = '\u{200D}';

/// The class of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// A letter of the Arabic script, presentation forms included.
    ArabicLetter,
    /// A combining mark or zero width (non-)joiner: belongs to the character before it.
    Mark,
    /// U+0640, and the presentation forms of marks that stand on one or beside their letter: they go on with a word but
    /// begin none.
    Tatweel,
    /// A letter of the Latin script.
    LatinLetter,
    /// A digit: 0-9, ٠-٩ or ۰-۹.
    Digit,
    /// White space, line ends, the zero width space and stray control codes: whatever parts words.
    Space,
    /// Punctuation of any script, brackets and quotes among it.
    Punctuation,
    /// Direction controls (LRM, RLM, ALM, embeddings, isolates), word joiner, byte order mark, soft hyphen.
    Invisible,
    /// Percent, currency, mathematical and other signs.
    Symbol,
    /// Anything else; [`class_of_cluster`] decides.
    Other,
}

const TABLE_LEN: usize = 0x780;

static TABLE: [Class; TABLE_LEN] = table();

const fn table() -> [Class; TABLE_LEN] {
    let mut table = [Class::Other; TABLE_LEN];
    let mut code = 0;
    while code < TABLE_LEN {
        table[code] = low_class(code as u32);
        code += 1;
    }
    table
}

const fn low_class(code: u32) -> Class {
    match code {
        0x30..=0x39 | 0x660..=0x669 | 0x6F0..=0x6F9 => Class::Digit,
        0x41..=0x5A | 0x61..=0x7A | 0xAA | 0xB5 | 0xBA => Class::LatinLetter,
        0xD7 | 0xF7 => Class::Symbol,
        0xC0..=0x2C1 | 0x2C6..=0x2D1 | 0x2E0..=0x2E4 | 0x2EC | 0x2EE => Class::LatinLetter,
        0x00..=0x20 | 0x7F..=0xA0 => Class::Space,
        0xAD | 0x61C => Class::Invisible,
        // $ % + =
        0x24 | 0x25 | 0x2B | 0x3D => Class::Symbol,
        0x21..=0x7E => Class::Punctuation,
        // ¡ « » ¶ § · ¿
        0xA1 | 0xA7 | 0xAB | 0xB6 | 0xB7 | 0xBB | 0xBF => Class::Punctuation,
        0xA2..=0xBF | 0x2C2..=0x2FF => Class::Symbol,
        0x300..=0x36F => Class::Mark,
        // ، ؍ ؛ ؝ ؞ ؟ ٫ ٬ ٭ ۔
        0x60C | 0x60D | 0x61B | 0x61D..=0x61F | 0x66B..=0x66D | 0x6D4 => Class::Punctuation,
        0x606..=0x60F | 0x66A | 0x6DE | 0x6E9 | 0x6FD | 0x6FE => Class::Symbol,
        0x610..=0x61A | 0x64B..=0x65F | 0x670 => Class::Mark,
        0x6D6..=0x6DC | 0x6DF..=0x6E4 | 0x6E7 | 0x6E8 | 0x6EA..=0x6ED => Class::Mark,
        0x640 => Class::Tatweel,
        0x620..=0x6FF if code != 0x6DD => Class::ArabicLetter,
        0x750..=0x77F => Class::ArabicLetter,
        _ => Class::Other,
    }
}

const fn high_class(code: u32) -> Class {
    match code {
        0x888 => Class::Symbol,
        0x870..=0x88E | 0x8A0..=0x8C9 => Class::ArabicLetter,
        0x898..=0x89F | 0x8CA..=0x8E1 | 0x8E3..=0x8FF => Class::Mark,
        0x1DC0..=0x1DFF | 0x200C | 0x200D | 0x20D0..=0x20F0 | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F => {
            Class::Mark
        }
        0x2000..=0x200B | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000 => Class::Space,
        0x200E | 0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0x2066..=0x206F | 0xFEFF => Class::Invisible,
        // ‰ ‱ ⁄ ⁒
        0x2030 | 0x2031 | 0x2044 | 0x2052 | 0x20A0..=0x20C0 => Class::Symbol,
        0x2010..=0x205E | 0x3001..=0x3003 | 0x3008..=0x3011 | 0x3014..=0x301F => Class::Punctuation,
        0xFD3E | 0xFD3F => Class::Punctuation,
        // Marks drawn apart from their letter.
        0xFC5E..=0xFC63 | 0xFCF2..=0xFCF4 | 0xFE70..=0xFE72 | 0xFE74 | 0xFE76..=0xFE7F => Class::Tatweel,
        0xFD40..=0xFD4F | 0xFDCF | 0xFDFC..=0xFDFF | 0xFBB2..=0xFBC2 => Class::Symbol,
        0xFB50..=0xFBB1 | 0xFBD3..=0xFD3D | 0xFD50..=0xFD8F | 0xFD92..=0xFDC7 | 0xFDF0..=0xFDFB => {
            Class::ArabicLetter
        }
        0xFE10..=0xFE19 | 0xFE30..=0xFE52 | 0xFE54..=0xFE61 | 0xFE63 | 0xFE68 => Class::Punctuation,
        0xFE73 | 0xFE80..=0xFEFC => Class::ArabicLetter,
        // ！ ＂ ＇ （ ） ， － ． ／ ： ； ？ ［ ］ ｛ ｝
        0xFF01 | 0xFF02 | 0xFF07..=0xFF09 | 0xFF0C..=0xFF0F | 0xFF1A | 0xFF1B | 0xFF1F => Class::Punctuation,
        0xFF3B..=0xFF3D | 0xFF5B | 0xFF5D => Class::Punctuation,
        _ => Class::Other,
    }
}

/// The class of a character taken alone.
#[inline]
#[must_use]
pub fn class(c: char) -> Class {
    let code = c as u32;
    match TABLE.get(code as usize) {
        Some(&class) => class,
        None => high_class(code),
    }
}

/// A run of Arabic letters and their marks; made by [`arabic_run`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArabicRun {
    /// Where its last letter begins.
    pub(crate) last: usize,
    /// Where it ends, if what follows shows that the last letter ends there too. Else [`next_cluster`] has to be asked
    /// about the last letter.
    pub(crate) end: Option<usize>,
}

/// The run of Arabic letters that begins at a byte, if one does.
///
/// The way through most of a text: it looks at bytes only, and stops early at whatever it does not know.
#[inline]
pub(crate) fn arabic_run(text: &str, at: usize) -> Option<ArabicRun> {
    let bytes = text.as_bytes();
    let class_at = |at: usize| match bytes.get(at..at + 2) {
        // The two bytes of U+0600 to U+06FF.
        Some(&[lead @ 0xD8..=0xDB, trail]) => {
            TABLE.get(usize::from(lead & 0x1F) << 6 | usize::from(trail & 0x3F)).copied()
        }
        _ => None,
    };
    if class_at(at) != Some(Class::ArabicLetter) {
        return None;
    }
    let (mut last, mut end) = (at, at + 2);
    let stop = loop {
        match class_at(end) {
            Some(Class::ArabicLetter) => last = end,
            Some(Class::Mark) => {}
            stop => break stop,
        }
        end += 2;
    };
    let ends_there = match stop {
        Some(class) => class != Class::Other,
        None => bytes.get(end).is_none_or(u8::is_ascii),
    };
    Some(ArabicRun { last, end: ends_there.then_some(end) })
}

/// One user-perceived character (an extended grapheme cluster, UAX #29): its length in bytes and its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cluster {
    pub(crate) len: usize,
    pub(crate) class: Class,
}

/// The cluster at the start of a text that begins on a cluster boundary; `None` at the end.
///
/// Agrees with UAX #29 (tested over all characters), but takes the short way through letters and their marks. Never
/// [`Class::Other`].
#[inline]
pub(crate) fn next_cluster(text: &str) -> Option<Cluster> {
    let mut chars = text.chars();
    let first = class(chars.next()?);
    if first == Class::Other {
        return Some(full_cluster(text));
    }
    loop {
        let rest = chars.as_str();
        let len = text.len() - rest.len();
        let Some(next) = chars.next() else { return Some(Cluster { len, class: first }) };
        match class(next) {
            // Controls stand alone; a mark after one is a cluster of its own.
            Class::Mark if first == Class::Invisible || first == Class::Space => {
                return Some(full_cluster(text));
            }
            Class::Mark if next == ZWJ && matches!(first, Class::Symbol | Class::Punctuation) => {
                return Some(full_cluster(text));
            }
            Class::Mark => {}
            Class::Other => return Some(full_cluster(text)),
            Class::Space if first == Class::Space => return Some(full_cluster(text)),
            _ => return Some(Cluster { len, class: first }),
        }
    }
}

#[cold]
fn full_cluster(text: &str) -> Cluster {
    let cluster = text.graphemes(true).next().unwrap_or(text);
    Cluster { len: cluster.len(), class: class_of_cluster(cluster) }
}

/// The class of a whole grapheme cluster: that of its base. Never [`Class::Other`].
#[must_use]
pub fn class_of_cluster(cluster: &str) -> Class {
    // A prefixed sign (U+0600..) takes its class from what it stands before.
    let mut decided = Class::Space;
    for c in cluster.chars() {
        decided = match class(c) {
            Class::Other if c.is_alphabetic() => Class::LatinLetter,
            Class::Other if c.is_numeric() => Class::Digit,
            Class::Other if is_prefixed_sign(c) => {
                decided = Class::Symbol;
                continue;
            }
            Class::Other if c.is_control() || c.is_whitespace() => Class::Space,
            Class::Other => Class::Symbol,
            Class::Tatweel if decided == Class::Symbol => Class::Symbol,
            known => known,
        };
        break;
    }
    decided
}

/// Signs that Unicode writes before the digits they enclose or underline.
const fn is_prefixed_sign(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{605}' | '\u{6DD}' | '\u{890}' | '\u{891}' | '\u{8E2}')
}

/// A letter of the Arabic script (presentation forms included; tatweel and marks are not letters).
#[must_use]
pub fn is_arabic_letter(c: char) -> bool {
    class(c) == Class::ArabicLetter
}

/// Harakat, tanwin, shadda, sukun, superscript alef, Quranic marks, any other combining mark, ZWNJ and ZWJ.
#[must_use]
pub fn is_mark(c: char) -> bool {
    class(c) == Class::Mark
}

/// A direction control or another sign without ink that readers never select on purpose.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    class(c) == Class::Invisible
}

/// The value of a decimal digit in one of the three systems (0-9, ٠-٩, ۰-۹).
#[must_use]
pub fn digit_value(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '\u{660}'..='\u{669}' => Some((c as u32 - 0x660) as u8),
        '\u{6F0}'..='\u{6F9}' => Some((c as u32 - 0x6F0) as u8),
        _ => None,
    }
}

/// True if a tatweel after this letter stretches it. After the letters that do not join forward (ا د ذ ر ز و ة ى ء
/// and their kin) a trailing tatweel can only be a dash.
#[must_use]
pub fn joins_forward(c: char) -> bool {
    let c = spelled_out(c).and_then(|letters| letters.chars().next_back()).unwrap_or(c);
    is_arabic_letter(c)
        && !matches!(c,
            '\u{621}'..='\u{625}' | '\u{627}' | '\u{629}' | '\u{62F}'..='\u{632}' | '\u{648}' | '\u{649}'
            | '\u{671}'..='\u{673}' | '\u{675}'..='\u{677}' | '\u{688}'..='\u{699}' | '\u{6C0}' | '\u{6C3}'..='\u{6CB}'
            | '\u{6CD}' | '\u{6CF}' | '\u{6D2}' | '\u{6D3}' | '\u{6D5}')
}

/// True if a sign of [`Class::Tatweel`] is part of the letter before it, and no dash or stray mark.
#[must_use]
pub fn hangs_on(sign: char, letter: char) -> bool {
    if sign == TATWEEL { joins_forward(letter) } else { is_arabic_letter(letter) }
}

/// The side of a bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Open,
    Close,
}

/// Brackets, with a number for the kind so that only like closes like.
pub(crate) const fn bracket(c: char) -> Option<(u8, Side)> {
    Some(match c {
        '(' | '（' => (0, Side::Open),
        ')' | '）' => (0, Side::Close),
        '[' | '［' => (1, Side::Open),
        ']' | '］' => (1, Side::Close),
        '{' | '｛' => (2, Side::Open),
        '}' | '｝' => (2, Side::Close),
        // The ornate parentheses: in Arabic text U+FD3F opens.
        '\u{FD3F}' => (3, Side::Open),
        '\u{FD3E}' => (3, Side::Close),
        _ => return None,
    })
}

/// The family of a quotation mark. Within a family the marks stand for each other, because Arabic pages print them
/// either way round.
pub(crate) const fn quote_family(c: char) -> Option<u8> {
    Some(match c {
        '«' | '»' => 0,
        '"' | '“' | '”' | '„' | '‟' | '＂' => 1,
        '\'' | '‘' | '’' | '‚' | '‛' | '＇' => 2,
        '‹' | '›' => 3,
        _ => return None,
    })
}

/// True for a quotation mark of any shape.
#[must_use]
pub fn is_quote(c: char) -> bool {
    quote_family(c).is_some()
}

/// True for an opening or closing bracket.
#[must_use]
pub fn is_bracket(c: char) -> bool {
    bracket(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_chars() -> impl Iterator<Item = char> {
        (0..=0x10_FFFF).filter_map(char::from_u32)
    }

    fn clusters(text: &str) -> usize {
        text.graphemes(true).count()
    }

    #[test]
    fn marks_and_only_marks_join_the_letter_before_them() {
        for c in all_chars().filter(|&c| class(c) != Class::Other) {
            let joined = clusters(&format!("ب{c}")) == 1;
            assert_eq!(joined, class(c) == Class::Mark, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn no_classified_character_joins_the_letter_after_it() {
        for c in all_chars().filter(|&c| !matches!(class(c), Class::Other | Class::Mark)) {
            assert_eq!(clusters(&format!("{c}ب")), 2, "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn the_short_way_finds_the_clusters_of_the_standard() {
        for sample in [
            "لُبْنان",
            "👨‍👩‍👧و",
            "©\u{200D}©",
            "\r\nأ",
            " \u{64E}ب",
            "؀12",
            "1️⃣",
            "e\u{301}",
            "한국",
            "🇱🇧🇵🇸",
            "ك\u{200D}😊",
        ] {
            let mut rest = sample;
            for expected in sample.graphemes(true) {
                assert_eq!(next_cluster(rest).map(|c| c.len), Some(expected.len()), "{sample:?}");
                rest = &rest[expected.len()..];
            }
        }
    }

    #[test]
    fn arabic_classes() {
        for (c, expected) in [
            ('ب', Class::ArabicLetter),
            ('پ', Class::ArabicLetter),
            ('ﻻ', Class::ArabicLetter),
            ('\u{651}', Class::Mark),
            ('\u{670}', Class::Mark),
            ('ـ', Class::Tatweel),
            ('\u{FE71}', Class::Tatweel),
            ('٣', Class::Digit),
            ('۳', Class::Digit),
            ('،', Class::Punctuation),
            ('؟', Class::Punctuation),
            ('«', Class::Punctuation),
            ('\u{FD3F}', Class::Punctuation),
            ('٪', Class::Symbol),
            ('€', Class::Symbol),
            ('\u{200F}', Class::Invisible),
            ('\u{A0}', Class::Space),
        ] {
            assert_eq!(class(c), expected, "{c:?}");
        }
    }

    #[test]
    fn letters_of_the_arabic_block_are_unicode_letters() {
        for c in all_chars().filter(|&c| class(c) == Class::ArabicLetter) {
            assert!(c.is_alphabetic(), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn digits_have_one_value_in_three_systems() {
        for (digits, value) in [("0٠۰", 0), ("7٧۷", 7)] {
            assert!(digits.chars().all(|c| digit_value(c) == Some(value)));
        }
        assert_eq!(digit_value('½'), None);
    }
}
