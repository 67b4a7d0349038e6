//! A line of text as the rules see it: words with their possible readings, and what stands between them.

use std::ops::Range;

use super::classes::Classes;
use super::key::{phrase_key, word_key};
use super::lexicon::{Found, HYPHEN, Lexicon};
use super::vocabulary::{Reading, Vocabulary};
use crate::text::letter::{self, Class};
use crate::text::{WordKind, words};

/// What stands between two words, or between a word and the end of the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap(u16);

impl Gap {
    const STOP: u16 = 1;
    const COMMA: u16 = 1 << 1;
    const HYPHEN: u16 = 1 << 2;
    const QUOTE: u16 = 1 << 3;
    const OPEN: u16 = 1 << 4;
    const CLOSE: u16 = 1 << 5;
    const OTHER: u16 = 1 << 6;
    const EDGE: u16 = 1 << 7;
    const SLASH: u16 = 1 << 8;

    fn of(text: &str) -> Self {
        let mut gap = 0;
        for c in text.chars() {
            gap |= match letter::class(c) {
                Class::Space | Class::Invisible | Class::Mark => 0,
                // A tatweel that belongs to no word is a dash.
                Class::Tatweel => Self::HYPHEN,
                _ if letter::is_quote(c) => Self::QUOTE,
                _ => match c {
                    '(' | '[' | '{' => Self::OPEN,
                    ')' | ']' | '}' => Self::CLOSE,
                    '،' | ',' => Self::COMMA,
                    '/' => Self::SLASH,
                    '-' | '–' | '—' | '‐' | '‑' | '−' => Self::HYPHEN,
                    '.' | ':' | ';' | '؛' | '!' | '?' | '؟' | '…' => Self::STOP,
                    _ => Self::OTHER,
                },
            };
        }
        Self(gap)
    }

    /// Every sign as one number.
    pub(super) const fn bits(self) -> u16 {
        self.0
    }

    /// Nothing but space.
    pub(super) const fn is_space(self) -> bool {
        self.0 == 0
    }

    /// A dash and nothing else.
    pub(super) const fn is_hyphen(self) -> bool {
        self.0 == Self::HYPHEN
    }

    /// A slash and nothing else.
    pub(super) const fn is_slash(self) -> bool {
        self.0 == Self::SLASH
    }

    /// A comma is there.
    pub(super) const fn commas(self) -> bool {
        self.0 & Self::COMMA != 0
    }

    /// A closing bracket and nothing else.
    pub(super) const fn is_close(self) -> bool {
        self.0 == Self::CLOSE
    }

    /// An opening bracket and nothing else.
    pub(super) const fn is_open(self) -> bool {
        self.0 == Self::OPEN
    }

    /// A colon or full stop and nothing else.
    pub(super) const fn is_colon(self) -> bool {
        self.0 == Self::STOP
    }

    /// A quotation mark is there.
    pub(super) const fn quotes(self) -> bool {
        self.0 & Self::QUOTE != 0
    }

    /// A bracket opens.
    pub(super) const fn opens(self) -> bool {
        self.0 & Self::OPEN != 0
    }

    /// A bracket closes.
    pub(super) const fn closes(self) -> bool {
        self.0 & Self::CLOSE != 0
    }

    /// A dash is there.
    pub(super) const fn dashes(self) -> bool {
        self.0 & Self::HYPHEN != 0
    }

    /// A sign of another kind (`/`, `|`, `*`) or a colon, full stop and the like.
    pub(super) const fn parts(self) -> bool {
        self.0 & (Self::STOP | Self::OTHER | Self::EDGE | Self::SLASH) != 0
    }
}

/// A word of the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// Byte of the text where it begins.
    pub(super) start: usize,
    /// Byte after its end.
    pub(super) end: usize,
    pub(super) kind: WordKind,
    /// What stands before it.
    pub(super) gap: Gap,
    /// The number of its spelling in the vocabulary.
    pub(super) number: u32,
}

/// Where the words of a line are kept, and what they mean something with.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    words: Range<usize>,
    tail: Gap,
    age: u32,
}

/// A line, or a part of one, split and looked up.
pub(crate) struct Line<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) tokens: Vec<Token>,
    /// What stands after the last word.
    pub(super) tail: Gap,
    vocabulary: Vocabulary,
}

impl<'a> Line<'a> {
    /// An empty line, to be filled, with what is known of words already: of an empty vocabulary, or one that has served with
    /// the same lexicon.
    pub(super) fn new(lexicon: &'a Lexicon, vocabulary: Vocabulary) -> Self {
        Self { lexicon, tokens: Vec::new(), tail: Gap::default(), vocabulary }
    }

    /// What is known of words, for another line; this one is empty then.
    pub(super) fn take_vocabulary(&mut self) -> Vocabulary {
        self.tokens.clear();
        std::mem::take(&mut self.vocabulary)
    }

    /// How often the spellings met were forgotten: their numbers mean something until then.
    pub(super) fn age(&self) -> u32 {
        self.vocabulary.age()
    }

    /// How many spellings were met.
    pub(super) fn spellings(&self) -> usize {
        self.vocabulary.len()
    }

    /// Forgets the spellings met, so that memory does not grow with the text; the line is empty then.
    pub(super) fn forget(&mut self) {
        self.tokens.clear();
        self.vocabulary.clear();
    }

    /// Appends the words of the line to others, for [`Self::fill_again`].
    pub(super) fn keep(&self, words: &mut Vec<Token>) -> Kept {
        let from = words.len();
        words.extend_from_slice(&self.tokens);
        Kept { words: from..words.len(), tail: self.tail, age: self.age() }
    }

    /// Fills the line with words that were kept; false if they are of no use any more.
    pub(super) fn fill_again(&mut self, words: &[Token], kept: &Kept) -> bool {
        let Some(words) = words.get(kept.words.clone()).filter(|_| kept.age == self.age()) else {
            return false;
        };
        self.tokens.clear();
        self.tokens.extend_from_slice(words);
        self.tail = kept.tail;
        true
    }

    /// Splits `text[from..to]` and looks its words up. Keeps the buffers.
    pub(super) fn fill(&mut self, text: &str, from: usize, to: usize) {
        self.tokens.clear();
        let part = text.get(from..to).unwrap_or_default();
        let mut last_end = 0;
        for word in words(part) {
            let range = word.range.to_std();
            let mut gap = Gap::of(part.get(last_end..range.start).unwrap_or_default());
            if last_end == 0 {
                gap.0 |= Gap::EDGE;
            }
            last_end = range.end;
            let letters = part.get(range.clone()).unwrap_or_default();
            self.tokens.push(Token {
                start: from + range.start,
                end: from + range.end,
                kind: word.kind,
                gap,
                number: self.vocabulary.number(self.lexicon, letters, word.kind),
            });
        }
        self.tail = Gap::of(part.get(last_end..).unwrap_or_default());
        self.tail.0 |= Gap::EDGE;
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The readings of a word, whole first; none outside the line.
    pub(super) fn readings(&self, index: usize) -> &[Reading] {
        self.tokens.get(index).map_or(&[], |token| self.vocabulary.readings(token.number))
    }

    /// The folded form of a reading.
    pub(super) fn form_of(&self, reading: &Reading) -> &str {
        self.vocabulary.form(reading)
    }

    /// Byte of the text where a name would begin that is a reading of this word.
    pub(super) fn start(&self, index: usize, reading: &Reading) -> usize {
        self.tokens.get(index).map_or(0, |token| token.start + reading.offset as usize)
    }

    /// The folded form of a whole word; empty outside the line.
    pub(super) fn form(&self, index: usize) -> &str {
        self.readings(index).first().map_or("", |reading| self.form_of(reading))
    }

    /// True if a word read whole begins with the article.
    pub(super) fn definite(&self, index: usize) -> bool {
        self.readings(index).first().is_some_and(|reading| reading.definite)
    }

    /// The classes of a word read whole.
    pub(super) fn bare(&self, index: usize) -> Classes {
        self.readings(index).first().map(Reading::classes).unwrap_or_default()
    }

    /// The classes of a word read whole, if only space parts it from the word before.
    pub(super) fn next(&self, index: usize) -> Classes {
        if self.joined(index) { self.bare(index) } else { Classes::NONE }
    }

    /// The first reading with one of the classes.
    pub(super) fn reading(&self, index: usize, classes: Classes) -> Option<&Reading> {
        self.readings_of(index, classes).iter().find(|reading| reading.classes().any(classes))
    }

    /// The readings of a word, if one of them has one of the classes; else none. Most words have none of what a rule begins
    /// with.
    pub(super) fn readings_of(&self, index: usize, classes: Classes) -> &[Reading] {
        if self.has(index, classes) { self.readings(index) } else { &[] }
    }

    /// The readings of a word, if one of them has one of the classes, or a longer phrase begins with one; else none.
    pub(super) fn openings_of(&self, index: usize, classes: Classes) -> &[Reading] {
        if self.goes_on(index) { self.readings(index) } else { self.readings_of(index, classes) }
    }

    /// True if a longer phrase of the lexicon begins with a reading of a word.
    pub(super) fn goes_on(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| self.vocabulary.goes_on(token.number))
    }

    /// True if a reading of a word is a listed name.
    pub(super) fn is_named(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| self.vocabulary.is_named(token.number))
    }

    /// True if any reading has one of the classes.
    pub(super) fn has(&self, index: usize, classes: Classes) -> bool {
        self.tokens.get(index).is_some_and(|token| self.vocabulary.classes(token.number).any(classes))
    }

    /// True if the word before, parted by space alone, is one of these, attached letters aside.
    pub(super) fn is_behind(&self, index: usize, forms: &[&str]) -> bool {
        index > 0
            && self.joined(index)
            && self.readings(index - 1).iter().any(|reading| forms.contains(&self.form_of(reading)))
    }

    /// True if only space stands before a word, and a word before that.
    pub(super) fn joined(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| token.gap.is_space())
    }

    /// What stands before a word; behind the last word, what closes the line.
    pub(super) fn gap(&self, index: usize) -> Gap {
        self.tokens.get(index).map_or(self.tail, |token| token.gap)
    }

    pub(super) fn kind(&self, index: usize) -> Option<WordKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// True if a word is better read with its first letters peeled (ومقتل, بينهم, بتونس): as a whole it is unknown, or
    /// no more than a rare name.
    pub(super) fn is_clitic_word(&self, index: usize) -> bool {
        const RARE: Classes = Classes::UNIT.or(Classes::VILLAGE);
        const KNOWN: Classes = Classes::ALL.without(RARE);
        let readings = self.readings(index);
        let Some(whole) = readings.first() else { return false };
        if whole.found.names != 0 || !whole.classes().without(RARE).is_empty() {
            return false;
        }
        readings.iter().skip(1).any(|reading| {
            (reading.definite && self.form_of(reading).chars().count() > 4)
                || (reading.classes().any(KNOWN) && self.form_of(reading).chars().count() > 2)
        })
    }

    /// True if the letter before the last two is written with a fatha (مسعفَين): the sign of the dual.
    pub(super) fn has_fatha_before_ending(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|token| self.vocabulary.has_fatha_before_ending(token.number))
    }

    /// The classes that a form would have with the article.
    pub(super) fn with_article(&self, form: &str) -> Classes {
        self.classes_of(&["ال", form].concat())
    }

    /// The classes of a folded form that need not stand in the line.
    pub(super) fn classes_of(&self, form: &str) -> Classes {
        self.lexicon.get(phrase_key(0, word_key(form))).map(|found| found.classes).unwrap_or_default()
    }

    /// True if an indefinite word is a plain adjective: with the article, and without tanwin or dual, a listed one.
    pub(super) fn is_indefinite_adjective(&self, index: usize, listed: Classes) -> bool {
        let form = self.form(index);
        const OTHER: Classes = Classes::COMPASS.or(Classes::STOP).or(Classes::OCCUPATION);
        if self.definite(index) || form.chars().count() < 4 || self.bare(index).any(OTHER) {
            return false;
        }
        let bases = [Some(form), form.strip_suffix('ا'), form.strip_suffix("ين"), form.strip_suffix("ان")];
        let opened =
            form.strip_suffix("تين").or_else(|| form.strip_suffix("تان")).map(|stem| [stem, "ه"].concat());
        bases.into_iter().flatten().any(|base| self.with_article(base).any(listed))
            || opened.is_some_and(|base| self.with_article(&base).any(listed))
    }

    /// True if a word before this one, parted from it by space alone, can be read with one of the classes.
    pub(super) fn after(&self, index: usize, classes: Classes) -> bool {
        index > 0 && self.joined(index) && self.has(index - 1, classes)
    }

    /// Walks the phrases that begin with a reading of a word, calling back with the last word and what was found.
    pub(super) fn phrases(&self, index: usize, reading: &Reading, mut each: impl FnMut(usize, Found)) {
        let mut found = reading.found;
        let mut key = reading.key;
        let mut last = index;
        each(last, found);
        while found.more {
            let next = last + 1;
            let gap = self.gap(next);
            if gap.is_hyphen() {
                key = phrase_key(key, word_key(HYPHEN));
                if self.lexicon.get(key).is_none() {
                    return;
                }
            } else if !gap.is_space() {
                return;
            }
            if next >= self.len() {
                return;
            }
            key = phrase_key(key, word_key(self.form(next)));
            let Some(longer) = self.lexicon.get(key) else { return };
            (found, last) = (longer, next);
            each(last, found);
        }
    }

    /// The last word and classes of the longest phrase with one of the classes that begins with a reading.
    pub(super) fn longest(
        &self,
        index: usize,
        reading: &Reading,
        classes: Classes,
    ) -> Option<(usize, Classes)> {
        let mut best = None;
        self.phrases(index, reading, |last, found| {
            if found.classes.any(classes) {
                best = Some((last, found.classes));
            }
        });
        best
    }
}
