//! What the tagger looks at: attributes of words, each a 32-bit hash of its kind and value.
//!
//! An attribute belongs to a word and speaks for the tags of the words around it, as far as its [`Window`] reaches. Most
//! attributes follow from the word alone, whatever stands beside it; these are made once for each different word.

use super::facts::WordFacts;
use crate::extract::classes::Classes;
use crate::extract::key::word_key;
use crate::extract::line::{Gap, Line};
use crate::extract::vocabulary::Reading;
use crate::text::WordKind;

/// How far around its word an attribute is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// At the word itself.
    Here,
    /// One word to either side.
    Near,
    /// Two words to either side.
    Wide,
}

impl Window {
    /// Words to either side.
    #[must_use]
    pub const fn reach(self) -> usize {
        match self {
            Self::Here => 0,
            Self::Near => 1,
            Self::Wide => 2,
        }
    }
}

/// An attribute of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Hash of kind and value.
    pub key: u32,
    /// Where it is looked at.
    pub window: Window,
    /// True if it names the word itself and not what the word is like.
    pub lexical: bool,
}

/// What is kept of an attribute: all of it to learn from, its key alone to look up.
pub trait Kept: Copy {
    /// What is kept.
    fn of(attribute: Attribute) -> Self;
    /// The attribute's key.
    fn key(self) -> u32;
}

impl Kept for Attribute {
    fn of(attribute: Attribute) -> Self {
        attribute
    }

    fn key(self) -> u32 {
        self.key
    }
}

impl Kept for u32 {
    fn of(attribute: Attribute) -> Self {
        attribute.key
    }

    fn key(self) -> u32 {
        self
    }
}

/// The kinds of attributes. The numbers are part of the model's format.
#[derive(Clone, Copy)]
#[repr(u8)]
pub(super) enum Kind {
    Word = 1,
    Stem,
    Script,
    Prefix,
    Suffix,
    StemPrefix,
    Length,
    Definite,
    Cluster,
    Frequency,
    Class,
    ReadingClass,
    ListedName,
    Gap,
    Gaps,
    Place,
    Phrase,
    WordPair,
    ClusterPair,
    ClassPair,
    EndingPair,
    Stream,
    Streams,
    Taken,
    Hint,
    TakenPair,
    Letters,
}

/// The hash of an attribute.
#[inline]
pub(super) fn key(kind: Kind, value: u64) -> u32 {
    let mixed =
        (value ^ (kind as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed >> 32) as u32
}

/// Two values as one.
#[inline]
pub(super) const fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Where a word stands in its line and what signs are around it: few, so what they say can be summed up once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setting(u32);

impl Setting {
    /// The setting of a word by the signs before and after it, its number in the line and the number of the line's words.
    pub(super) fn new(before: Gap, after: Gap, index: usize, count: usize) -> Self {
        let signs = u32::from(before.bits()) << 9 | u32::from(after.bits());
        let place = (index.min(3) as u32) << 2 | count.saturating_sub(index).min(3) as u32;
        Self(signs << 5 | place << 1 | u32::from(count < 16))
    }

    /// Its key in a table.
    pub(super) fn key(self) -> u64 {
        u64::from(self.0).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// Its attributes, which speak for the word itself.
    pub(super) fn attributes(self) -> [Attribute; 5] {
        let bits = |from: u32, count: u32| u64::from(self.0 >> from & ((1 << count) - 1));
        let (before, after) = (bits(14, 9), bits(5, 9));
        let (first, last, title) = (bits(3, 2), bits(1, 2), bits(0, 1));
        let keys = [
            key(Kind::Gap, before << 1),
            key(Kind::Gap, after << 1 | 1),
            key(Kind::Gaps, before << 16 | after),
            key(Kind::Place, first << 2 | title << 1),
            key(Kind::Place, last << 2 | title << 1 | 1),
        ];
        keys.map(|key| Attribute { key, window: Window::Here, lexical: false })
    }
}

/// A word as the tagger keeps it: what pairs with its neighbours are made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gist {
    /// Key of the stem.
    pub(super) stem: u64,
    /// Clusters, coarse to fine; 0 is unknown.
    pub(super) clusters: [u16; 3],
    /// The classes as a whole word, folded into a hash.
    pub(super) classes: u64,
    /// The label it was mostly taken for in unlabelled text, with the share; 0 is none.
    pub(super) taken: u64,
    /// The same of the word behind it.
    pub(super) behind: u64,
    /// The same of the word before it.
    pub(super) ahead: u64,
    /// Definiteness and last letters: what adjectives agree in.
    pub(super) ending: u64,
    /// True if a phrase of the lexicon or of the lists may begin with it.
    pub(super) opens: bool,
}

/// Gathers a word's own attributes.
pub(super) struct WordAttributes<'a> {
    pub(super) facts: &'a WordFacts,
    pub(super) shape: String,
}

impl WordAttributes<'_> {
    /// Appends the attributes of a word that follow from the word alone.
    pub(super) fn describe<A: Kept>(&mut self, line: &Line<'_>, index: usize, out: &mut Vec<A>) -> Gist {
        let readings = line.readings(index);
        let Some(whole) = readings.first() else { return Gist::default() };
        let form = line.form_of(whole);
        let kind = line.kind(index).unwrap_or(WordKind::Arabic);
        self.shape.clear();
        let digits = matches!(kind, WordKind::Number | WordKind::Mixed);
        self.shape.extend(form.chars().map(|c| if digits && c.is_ascii_digit() { '0' } else { c }));
        let word = word_key(&self.shape);
        let stem = self.stem(line, whole, readings);
        let stem_form = line.form_of(stem);
        let stem_key = if stem.is_whole() { word } else { word_key(stem_form) };

        let mut push = |window, lexical, key| out.push(A::of(Attribute { key, window, lexical }));
        push(Window::Wide, true, key(Kind::Word, word));
        push(Window::Wide, true, key(Kind::Stem, stem_key));
        push(Window::Wide, false, key(Kind::Script, kind as u64));
        if matches!(kind, WordKind::Arabic | WordKind::Mixed | WordKind::Latin) {
            for count in 1..=4 {
                if let Some(prefix) = leading(form, count) {
                    push(Window::Near, count > 2, key(Kind::Prefix, word_key(prefix)));
                }
                if let Some(suffix) = trailing(form, count) {
                    push(Window::Near, count > 2, key(Kind::Suffix, word_key(suffix)));
                }
            }
            let ends: Vec<usize> =
                stem_form.char_indices().map(|(at, _)| at).chain([stem_form.len()]).collect();
            for window in ends.windows(4) {
                if let Some(letters) = stem_form.get(window[0]..window[3]) {
                    push(Window::Here, true, key(Kind::Letters, word_key(letters)));
                }
            }
            if !stem.is_whole() {
                for count in 2..=4 {
                    if let Some(prefix) = leading(stem_form, count) {
                        push(Window::Near, count > 2, key(Kind::StemPrefix, word_key(prefix)));
                    }
                }
            }
        }
        let length = form.chars().count().min(12) as u64;
        push(Window::Near, false, key(Kind::Length, length));
        let proclitics = proclitics(stem);
        let definite = u64::from(stem.definite);
        push(Window::Wide, false, key(Kind::Definite, definite << 8 | proclitics));
        let fact = self.facts.find(word).or_else(|| self.facts.find(stem_key)).copied().unwrap_or_default();
        if fact.clusters == [0; 3] {
            push(Window::Wide, false, key(Kind::Cluster, u64::MAX));
        } else {
            for (level, cluster) in (0..).zip(fact.clusters) {
                push(Window::Wide, false, key(Kind::Cluster, level << 16 | u64::from(cluster)));
            }
        }
        push(Window::Near, false, key(Kind::Frequency, u64::from(fact.frequency)));
        let [taken, behind, ahead] = self.facts.find(stem_key).map_or([0; 3], |fact| fact.taken);
        for (side, number) in [(1, behind), (2, ahead)] {
            for &code in self.facts.set(number) {
                push(Window::Near, false, key(Kind::Taken, side << 16 | u64::from(code)));
            }
        }
        for &code in self.facts.set(taken) {
            push(Window::Wide, false, key(Kind::Taken, u64::from(code)));
        }
        if taken == 0 {
            push(Window::Wide, false, key(Kind::Taken, u64::MAX));
        }
        // The label with the largest share; codes from 200 << 8 on say how often it was none.
        let mostly = |number| {
            let set = self.facts.set(number).iter().filter(|&&code| code < 200 << 8);
            set.max_by_key(|&&code| code & 7).map_or(0, |&code| u64::from(code >> 8 << 3 | code & 7) + 1)
        };
        for class in whole.classes().indices() {
            push(Window::Wide, false, key(Kind::Class, class));
        }
        if whole.classes().is_empty() {
            push(Window::Wide, false, key(Kind::Class, u64::MAX));
        }
        let mut peeled = Classes::NONE;
        for reading in readings.iter().skip(1) {
            peeled |= reading.classes();
        }
        for class in peeled.indices() {
            push(Window::Near, false, key(Kind::ReadingClass, class));
        }
        for reading in readings {
            for name in line.lexicon.names(reading.found.names) {
                let value = (name.label as u64) << 2
                    | u64::from(reading.is_whole()) << 1
                    | u64::from(name.needs.is_empty());
                push(Window::Near, false, key(Kind::ListedName, value));
            }
        }
        let last = trailing(form, 1).map_or(0, word_key);
        Gist {
            stem: stem_key,
            clusters: fact.clusters,
            taken: mostly(taken),
            behind: mostly(behind),
            ahead: mostly(ahead),
            classes: stem.classes().digest(),
            ending: pair(last, definite),
            opens: false,
        }
    }

    /// The likeliest reading: the whole word, unless a reading without proclitics is known to be far more frequent.
    fn stem<'l>(&self, line: &Line<'_>, whole: &'l Reading, readings: &'l [Reading]) -> &'l Reading {
        const FAR: u8 = 3;
        let frequency = |reading: &Reading| {
            self.facts.find(word_key(line.form_of(reading))).map_or(0, |fact| fact.frequency)
        };
        let mut best = whole;
        let mut most = frequency(whole).saturating_add(FAR);
        for reading in readings.iter().skip(1) {
            let count = frequency(reading);
            if count > most {
                (best, most) = (reading, count);
            }
        }
        best
    }
}

fn proclitics(reading: &Reading) -> u64 {
    let code = |letter: Option<crate::text::Proclitic>| letter.map_or(0, |p| p as u64 + 1);
    code(reading.conjunction) << 4 | code(reading.preposition)
}

/// The first letters, if the word has more than that.
fn leading(form: &str, count: usize) -> Option<&str> {
    let (end, _) = form.char_indices().nth(count)?;
    form.get(..end)
}

/// The last letters, if the word has more than that.
fn trailing(form: &str, count: usize) -> Option<&str> {
    let (start, _) = form.char_indices().rev().nth(count - 1)?;
    (start > 0).then(|| form.get(start..)).flatten()
}
