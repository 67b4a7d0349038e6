//! Proclitics: the one-letter words و ف ب ل ك that Arabic writes together with the next word.
//!
//! A name may begin inside a written word: `وب|القاهرة`. This module lists the places where spelling allows that; it
//! has no lexicon, so `و|هران` is listed too, and the gazetteer or the reader decides. The rules:
//!
//! - A stack is an optional conjunction (`و` or `ف`) and an optional preposition (`ب`, `ل` or `ك`), in this order.
//! - The future `س` is not among them: only verbs follow it, and no span begins at a verb.
//! - The article stays with the name. `لل` hides one: ل + ال is written without the alif, and the cut is after the
//!   first ل, so that `لل|جيش` is never proposed but `ل|لجيش` is.
//! - A cut lies before the next base letter: marks, tatweel and invisible signs stay with the clitic (`وَ|تونس`,
//!   `لـ|أوبك`).
//! - What is left has at least two letters, or a digit.

use serde::{Deserialize, Serialize};
use unicode_segmentation::GraphemeCursor;

use super::letter::{self, Class, TATWEEL, class};
use super::words::words_in;
use super::{ByteOffset, ByteRange, SourceText};

/// What a project does with the proclitics that are written on to a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcliticPolicy {
    /// They stay outside. A word taken as a whole is taken with all its letters: where a name begins in it, the hand
    /// says.
    #[default]
    Outside,
    /// They stay outside, and a word taken as a whole leaves those outside that its [spelling shows](shown_cut).
    Peeled,
    /// They belong to the name: a span begins where its word does.
    Inside,
}

impl ProcliticPolicy {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Outside, Self::Peeled, Self::Inside];
}

/// One proclitic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proclitic {
    /// و "and".
    Wa,
    /// ف "so".
    Fa,
    /// ب "in, with".
    Ba,
    /// ل "to, for".
    La,
    /// ك "as".
    Ka,
}

impl Proclitic {
    /// The clitic that a letter may be.
    #[must_use]
    pub const fn from_letter(c: char) -> Option<Self> {
        Some(match c {
            'و' => Self::Wa,
            'ف' => Self::Fa,
            'ب' => Self::Ba,
            'ل' => Self::La,
            'ك' => Self::Ka,
            _ => return None,
        })
    }

    /// Its letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Wa => 'و',
            Self::Fa => 'ف',
            Self::Ba => 'ب',
            Self::La => 'ل',
            Self::Ka => 'ك',
        }
    }

    const fn is_conjunction(self) -> bool {
        matches!(self, Self::Wa | Self::Fa)
    }
}

/// A place inside a word where a name may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Cut {
    /// Bytes from the start of the word to the first letter of what is left.
    pub offset: usize,
    /// The conjunction that was peeled, if any.
    pub conjunction: Option<Proclitic>,
    /// The preposition that was peeled, if any.
    pub preposition: Option<Proclitic>,
    /// True if what is left begins with the second ل of لل, so that an article may have lost its alif.
    pub lost_alif: bool,
}

impl Cut {
    /// The peeled letters in order, without marks and tatweel.
    pub fn letters(self) -> impl Iterator<Item = char> {
        self.conjunction.into_iter().chain(self.preposition).map(Proclitic::letter)
    }
}

/// The cuts of one word, outermost first; at most two. Copied, never allocated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProcliticCuts([Option<Cut>; 2]);

impl ProcliticCuts {
    /// The cuts, outermost first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Cut> {
        self.0.into_iter().flatten()
    }

    /// True if nothing can be peeled.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0[0].is_none()
    }

    /// The cut that leaves least.
    #[must_use]
    pub fn innermost(&self) -> Option<Cut> {
        self.iter().next_back()
    }
}

impl IntoIterator for ProcliticCuts {
    type Item = Cut;
    type IntoIter = std::iter::Flatten<std::array::IntoIter<Option<Cut>, 2>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().flatten()
    }
}

/// The places inside a written word where a name may begin.
#[must_use]
pub fn proclitic_cuts(word: &str) -> ProcliticCuts {
    let mut cuts = ProcliticCuts::default();
    let Some((first, after_first)) = clitic_at(word, 0) else { return cuts };
    let second = clitic_at(word, after_first);
    if first.is_conjunction() {
        cuts.0[0] = cut(word, after_first, Some(first), None);
        if let Some((second, after_second)) = second.filter(|(second, _)| !second.is_conjunction()) {
            cuts.0[1] = cut(word, after_second, Some(first), Some(second));
        }
    } else {
        cuts.0[0] = cut(word, after_first, None, Some(first));
    }
    cuts
}

/// The bytes of the proclitics that the spelling of a word itself shows to be such: before ال, in لل, or parted from the
/// rest by a tatweel, a digit or a Latin letter. 0 if it shows none.
///
/// There is no lexicon here: the article of `والدته` is taken for one, and the و of `وتونس` is not seen.
#[must_use]
pub fn shown_cut(word: &str) -> usize {
    proclitic_cuts(word).iter().rfind(|cut| is_shown(word, *cut)).map_or(0, |cut| cut.offset)
}

fn is_shown(word: &str, cut: Cut) -> bool {
    let (before, after) = word.split_at_checked(cut.offset).unwrap_or((word, ""));
    let mut letters = after.chars().filter(|&c| letter::is_arabic_letter(c));
    let article = letters.next() == Some('ا') && letters.next() == Some('ل') && letters.nth(1).is_some();
    let foreign = after.chars().next().is_some_and(|c| class(c) != Class::ArabicLetter);
    article || cut.lost_alif || foreign || before.contains(TATWEEL)
}

/// A range that begins behind the proclitics of a word, with them; any other range as it is.
#[must_use]
pub fn with_proclitics(text: &SourceText, range: ByteRange) -> ByteRange {
    let line = text.paragraph_at(range.start).and_then(|line| text.paragraphs().get(line));
    let word = line.and_then(|line| words_in(text, line.content).find(|word| word.range.end > range.start));
    let before = |start: ByteOffset| range.start.to_usize().checked_sub(start.to_usize());
    match word.and_then(|word| Some((word.range, before(word.range.start)?))) {
        Some((word, peeled)) if is_cut(text.slice(word).unwrap_or_default(), peeled) => {
            ByteRange { start: word.start, end: range.end }
        }
        _ => range,
    }
}

fn is_cut(word: &str, offset: usize) -> bool {
    proclitic_cuts(word).iter().any(|cut| cut.offset == offset)
}

/// The next place to begin at when the reader asks again and again: from the whole word inwards cut by cut, then back to
/// the whole word. `None` if the word cannot be cut.
///
/// `start` and the answer are bytes from the start of the word.
#[must_use]
pub fn next_cut(word: &str, start: usize) -> Option<usize> {
    let cuts = proclitic_cuts(word);
    if cuts.is_empty() {
        return None;
    }
    Some(cuts.iter().map(|cut| cut.offset).find(|&offset| offset > start).unwrap_or(0))
}

/// What is left after a cut, with the article's alif given back (`للجيش` cut after its first ل → `الجيش`); `None` if
/// the cut is not into لل.
///
/// Whether the name has an article is for the gazetteer to say: `لليبيا` gives `اليبيا`, which is no name, while the
/// rest as it stands is one.
#[must_use]
pub fn restored_form(word: &str, cut: Cut) -> Option<String> {
    let rest = word.get(cut.offset..).filter(|_| cut.lost_alif)?;
    Some(["ا", rest].concat())
}

/// The clitic at a place in a word, and the place behind it and all that hangs on it.
fn clitic_at(word: &str, at: usize) -> Option<(Proclitic, usize)> {
    let rest = word.get(at..)?;
    let mut chars = rest.char_indices();
    let clitic = Proclitic::from_letter(chars.next()?.1)?;
    let end = chars
        .find(|&(_, c)| !matches!(class(c), Class::Mark | Class::Tatweel | Class::Invisible))
        .map_or(rest.len(), |(end, _)| end);
    Some((clitic, at + end))
}

/// A cut, if what it leaves can be a name and no grapheme is broken.
fn cut(
    word: &str,
    offset: usize,
    conjunction: Option<Proclitic>,
    preposition: Option<Proclitic>,
) -> Option<Cut> {
    let rest = word.get(offset..)?;
    let first = rest.chars().next()?;
    let first_class = class(first);
    let letters =
        rest.chars().filter(|&c| !matches!(class(c), Class::Mark | Class::Tatweel | Class::Invisible));
    if letters.take(2).count() < 2 && first_class != Class::Digit {
        return None;
    }
    let whole = match first_class {
        Class::ArabicLetter | Class::LatinLetter | Class::Digit => true,
        Class::Other => GraphemeCursor::new(offset, word.len(), true).is_boundary(word, 0).unwrap_or(false),
        _ => false,
    };
    let lost_alif = preposition == Some(Proclitic::La) && first == Proclitic::La.letter();
    whole.then_some(Cut { offset, conjunction, preposition, lost_alif })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rests(word: &str) -> Vec<&str> {
        proclitic_cuts(word).iter().map(|cut| &word[cut.offset..]).collect()
    }

    #[test]
    fn cuts_of_the_guideline() {
        for (word, expected) in [
            ("وعمّان", &["عمّان"][..]),
            ("ولبغداد", &["لبغداد", "بغداد"]),
            ("بالرباط", &["الرباط"]),
            ("فالكونغرس", &["الكونغرس"]),
            ("كقطر", &["قطر"]),
            ("وبدبابات", &["بدبابات", "دبابات"]),
            ("وبالقاهرة", &["بالقاهرة", "القاهرة"]),
            ("للجيش", &["لجيش"]),
            ("وللأردن", &["للأردن", "لأردن"]),
            ("لليمن", &["ليمن"]),
            ("لليبيا", &["ليبيا"]),
            ("للجنة", &["لجنة"]),
            ("لقوات", &["قوات"]),
            ("و2005", &["2005"]),
            ("ب3", &["3"]),
            ("بـNATO", &["NATO"]),
        ] {
            assert_eq!(rests(word), expected, "{word}");
        }
    }

    #[test]
    fn what_hangs_on_a_clitic_stays_with_it() {
        assert_eq!(rests("وَتونس"), ["تونس"]);
        assert_eq!(rests("لـأوبك"), ["أوبك"]);
        assert_eq!(rests("وَبِـــ\u{200F}القاهرة"), ["بِـــ\u{200F}القاهرة", "القاهرة"]);
    }

    #[test]
    fn nothing_is_cut_from_words_without_clitics_or_too_short() {
        for word in
            ["", "الرباط", "سوريا", "لـ", "و", "بك", "لَه", "وـ", "سيزور", "NATO", "2005", "\u{64E}", "وُ"]
        {
            assert_eq!(rests(word), [""; 0], "{word}");
        }
    }

    #[test]
    fn the_letters_peeled_are_named() {
        let cuts = proclitic_cuts("وَلِلأردن");
        let letters: Vec<String> = cuts.iter().map(|cut| cut.letters().collect()).collect();
        assert_eq!(letters, ["و", "ول"]);
    }

    #[test]
    fn the_article_is_given_back_after_lam() {
        for (word, article) in [("للجيش", "الجيش"), ("وللأردن", "الأردن"), ("للجنة", "الجنة")]
        {
            let cut = proclitic_cuts(word).innermost().expect("it has a cut");
            assert_eq!(restored_form(word, cut).as_deref(), Some(article));
        }
        let cut = proclitic_cuts("لقوات").innermost().expect("it has a cut");
        assert_eq!(restored_form("لقوات", cut), None);
    }

    #[test]
    fn asking_again_goes_inwards_and_then_back() {
        let word = "وبالقاهرة";
        let stops: Vec<_> = std::iter::successors(Some(0), |&at| next_cut(word, at)).take(4).collect();
        assert_eq!(stops, [0, 2, 4, 0]);
        assert_eq!(next_cut("للقاهرة", 0), Some(2));
        assert_eq!(next_cut("للقاهرة", 2), Some(0));
        assert_eq!(next_cut("تونس", 0), None);
    }

    #[test]
    fn a_range_takes_the_proclitics_of_its_first_word_along_and_nothing_else() {
        let text = SourceText::from("زار وبالقاهرة مجلس وزراء");
        let with = |words: &str| {
            let start = text.as_str().find(words).expect("it stands in the text");
            text.slice(with_proclitics(&text, ByteRange::from(start..start + words.len())))
        };
        assert_eq!(with("القاهرة مجلس"), Some("وبالقاهرة مجلس"));
        assert_eq!(with("بالقاهرة"), Some("وبالقاهرة"));
        assert_eq!(with("وبالقاهرة"), Some("وبالقاهرة"));
        for words in ["قاهرة", "زار", "راء", "مجلس وزراء"] {
            assert_eq!(with(words), Some(words));
        }
    }
}
