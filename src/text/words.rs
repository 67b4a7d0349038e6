//! Words, as an Arabic reader and a gazetteer see them.
//!
//! UAX #29 is close but not enough: it knows nothing of tatweel as a dash, of direction marks left inside words, or of
//! model names. The rules here:
//!
//! - Letters, their marks, and tatweel after a letter are one word; so are letters with digits (`1446هـ`, `و2005`).
//! - ZWNJ, ZWJ, direction controls and soft hyphens inside a word do not part it, and never stand at its edge.
//! - A tatweel that follows no letter is a dash, and so is one at the end of a word whose last letter does not join
//!   forward: `لـ` is a word with its tatweel, the dash of `القاهرةـ` is not part of it.
//! - `.` `,` `٫` `٬` `:` `/` `؍` join two digits (`12.7`, `1,200`, `٣٫٥`, `14:30`, `٢٠٢٤/٥/١`). A hyphen does not: in
//!   `2-1` and `2003-2005` it parts two numbers. Nor does `،`, which is punctuation everywhere.
//! - A hyphen joins letters to the digit right after them, for models: `إف-16`, `سوخوي-35`, `F-16`. It joins nothing
//!   else: `واشنطن-طهران` are two words, and so are `1446هـ-2025`.
//! - Between Latin letters `'` `’` and `.` join (`O'Brien`, `example.com`), and `_` joins Latin letters and digits.
//!   Between Arabic letters they do not: a missing space after a full stop must not glue two sentences.
//! - Symbols (percent, currency, emoji) are words of their own, one each. Punctuation is never a word.

use super::letter::{self, Class, arabic_run, next_cluster};
use super::{ByteOffset, ByteRange, SourceText};

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// Arabic letters only.
    Arabic,
    /// Letters of another script only.
    Latin,
    /// Digits, with the separators between them.
    Number,
    /// Letters and digits, or letters of two scripts: `1446هـ`, `إف-16`.
    Mixed,
    /// One sign: `%`, `€`, an emoji.
    Symbol,
}

/// A word and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// The bytes of the word, counted from the start of the text that was split.
    pub range: ByteRange,
    /// What it is made of.
    pub kind: WordKind,
}

impl Word {
    /// The word as found in a slice that begins at `base`, placed in the whole text.
    #[must_use]
    pub fn shifted(self, base: ByteOffset) -> Self {
        let base = base.to_usize();
        let range = self.range.to_std();
        Self { range: ByteRange::from(range.start + base..range.end + base), ..self }
    }
}

/// The words of a text in order, in one pass and without allocating.
///
/// Words never overlap, hold no white space and no Arabic punctuation, and begin and end on grapheme boundaries.
#[must_use]
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a part of a text, with positions in the whole text. A range outside the text has none.
pub fn words_in(text: &SourceText, range: ByteRange) -> impl Iterator<Item = Word> {
    words(text.slice(range).unwrap_or_default()).map(move |word| word.shifted(range.start))
}

/// Iterator over the words of a text; made by [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

/// What a word has held so far.
#[derive(Clone, Copy, Default)]
struct Content {
    arabic: bool,
    latin: bool,
    digits: bool,
}

impl Content {
    fn add(&mut self, class: Class) {
        match class {
            Class::ArabicLetter => self.arabic = true,
            Class::LatinLetter => self.latin = true,
            Class::Digit => self.digits = true,
            _ => {}
        }
    }

    fn kind(self) -> WordKind {
        match (self.arabic, self.latin, self.digits) {
            (true, false, false) => WordKind::Arabic,
            (false, true, false) => WordKind::Latin,
            (false, false, _) => WordKind::Number,
            _ => WordKind::Mixed,
        }
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    #[inline]
    fn next(&mut self) -> Option<Word> {
        loop {
            // A space before a letter needs no second look.
            while let Some([b' ', 0..=0x7F | 0xD8..=0xDA]) = self.text.as_bytes().get(self.at..self.at + 2) {
                self.at += 1;
            }
            let start = self.at;
            let cluster = next_cluster(self.text.get(start..)?)?;
            let kind = match cluster.class {
                Class::ArabicLetter | Class::LatinLetter | Class::Digit => self.finish_word(cluster.class),
                Class::Symbol => {
                    self.at += cluster.len;
                    WordKind::Symbol
                }
                _ => {
                    self.at += cluster.len;
                    continue;
                }
            };
            return Some(Word { range: ByteRange::from(start..self.at), kind });
        }
    }
}

impl Words<'_> {
    /// Takes the word that begins at `self.at` with a letter or digit; leaves `self.at` at its end.
    fn finish_word(&mut self, first: Class) -> WordKind {
        let mut content = Content::default();
        // The class of the last letter or digit, and the end of the word if it ended here.
        let mut last = first;
        let mut end = self.at;
        let mut letter_at = self.at;
        let mut at = self.at;
        loop {
            // Almost every word of a text is one such run with a space behind it.
            if let Some(run) = arabic_run(self.text, at) {
                content.add(Class::ArabicLetter);
                last = Class::ArabicLetter;
                letter_at = run.last;
                at = run.end.unwrap_or(run.last);
                end = run.end.unwrap_or(end);
            }
            if self.text.as_bytes().get(at) == Some(&b' ') {
                break;
            }
            let Some(cluster) = self.text.get(at..).and_then(next_cluster) else { break };
            match cluster.class {
                Class::ArabicLetter | Class::LatinLetter | Class::Digit => {
                    content.add(cluster.class);
                    last = cluster.class;
                    letter_at = at;
                    at += cluster.len;
                    end = at;
                }
                // A mark here is one that a control has parted from its letter.
                Class::Invisible | Class::Mark => at += cluster.len,
                Class::Tatweel if last == Class::ArabicLetter => {
                    let hangs = at == end && self.hangs_on_letter(at, letter_at);
                    at += cluster.len;
                    if hangs {
                        end = at;
                    }
                }
                Class::Punctuation if at == end => {
                    let Some(next) = self.joined(at, cluster.len, last, content) else { break };
                    at = next;
                }
                _ => break,
            }
        }
        self.at = end;
        content.kind()
    }

    /// True if the tatweel at `at` stretches the letter before it and is no dash.
    fn hangs_on_letter(&self, at: usize, letter_at: usize) -> bool {
        let char_at = |at: usize| self.text.get(at..).and_then(|rest| rest.chars().next());
        char_at(at).zip(char_at(letter_at)).is_some_and(|(sign, letter)| letter::hangs_on(sign, letter))
    }

    /// If the punctuation at `at` joins what stands on its two sides, where the right side begins.
    fn joined(&self, at: usize, len: usize, left: Class, content: Content) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let sign = rest.chars().next()?;
        // A sign that carries marks is no separator.
        if sign.len_utf8() != len {
            return None;
        }
        let right = next_cluster(rest.get(len..)?)?.class;
        let joins = match sign {
            '.' => left == right && matches!(left, Class::Digit | Class::LatinLetter),
            ',' | '٫' | '٬' | ':' | '/' | '؍' => left == Class::Digit && right == Class::Digit,
            '-' | '\u{2010}' | '\u{2011}' => {
                !content.digits && right == Class::Digit && !self.text.get(..at)?.ends_with(letter::TATWEEL)
            }
            '\'' | '’' => left == Class::LatinLetter && right == Class::LatinLetter,
            '_' => is_latin_or_digit(left) && is_latin_or_digit(right),
            _ => false,
        };
        joins.then_some(at + len)
    }
}

fn is_latin_or_digit(class: Class) -> bool {
    matches!(class, Class::LatinLetter | Class::Digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|w| &text[w.range.to_std()]).collect()
    }

    #[test]
    fn words_of_arabic_news() {
        for (text, expected) in [
            ("", &[][..]),
            (" \u{A0}\r\n", &[]),
            ("زار الوفدُ العُمانيُّ طرابــلس.", &["زار", "الوفدُ", "العُمانيُّ", "طرابــلس"]),
            ("لـ«أوبك»، بـ\"أطباء\"", &["لـ", "أوبك", "بـ", "أطباء"]),
            ("الرباط ـ رويترز", &["الرباط", "رويترز"]),
            ("القاهرةـ رويترز", &["القاهرة", "رويترز"]),
            ("«ـه» وـ", &["ه", "و"]),
            ("نسبة ٣٫٥ و12.7 و1,200", &["نسبة", "٣٫٥", "و12.7", "و1,200"]),
            ("الساعة 14:30 القرار ١٧٠١", &["الساعة", "14:30", "القرار", "١٧٠١"]),
            ("فاز 2-1 في 2003-2005", &["فاز", "2", "1", "في", "2003", "2005"]),
            ("٢٠٢٤/٥/١، 6 أبريل/نيسان", &["٢٠٢٤/٥/١", "6", "أبريل", "نيسان"]),
            ("إف-16 وسوخوي-35 كا-52 F-16 MQ-9B", &["إف-16", "وسوخوي-35", "كا-52", "F-16", "MQ-9B"]),
            ("واشنطن-طهران", &["واشنطن", "طهران"]),
            ("1446هـ. 1446ه-2025م", &["1446هـ", "1446ه", "2025م"]),
            ("بـ-5 كتاباﹰ", &["بـ", "5", "كتاباﹰ"]),
            ("انتهى.وقال 2003،2005", &["انتهى", "وقال", "2003", "2005"]),
            ("O'Brien l’Orient example.com 'قال'", &["O'Brien", "l’Orient", "example.com", "قال"]),
            ("#عاصفة_الحزم sky_news", &["عاصفة", "الحزم", "sky_news"]),
            ("1.5% و٢٠٪ و$5", &["1.5", "%", "و٢٠", "٪", "و", "$", "5"]),
            ("مي\u{200C}خواهم\u{200F}،", &["مي\u{200C}خواهم"]),
            ("\u{200F}القا\u{200E}هرة\u{200F}", &["القا\u{200E}هرة"]),
            ("😊👨‍👩‍👧زار", &["😊", "👨‍👩‍👧", "زار"]),
            ("\u{64E}", &[]),
            ("،\u{64E}ب", &["ب"]),
        ] {
            assert_eq!(split(text), expected, "{text:?}");
        }
    }

    #[test]
    fn kinds() {
        for (text, kind) in [
            ("القاهرة", WordKind::Arabic),
            ("NATO", WordKind::Latin),
            ("Москва", WordKind::Latin),
            ("١٢٫٧", WordKind::Number),
            ("1446هـ", WordKind::Mixed),
            ("إف-16", WordKind::Mixed),
            ("€", WordKind::Symbol),
        ] {
            let found: Vec<_> = words(text).map(|w| w.kind).collect();
            assert_eq!(found, [kind], "{text}");
        }
    }

    #[test]
    fn words_of_a_part_have_positions_in_the_whole() {
        let text = SourceText::from("قال إن\nالوفد وصل");
        let paragraph = text.paragraphs()[1].content;
        let found: Vec<_> = words_in(&text, paragraph).filter_map(|w| text.slice(w.range)).collect();
        assert_eq!(found, ["الوفد", "وصل"]);
    }
}
