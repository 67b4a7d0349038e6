//! What unlabelled text and name lists say of words and phrases: clusters, frequency, what taggers took a word for, and
//! the lists it stands in.

use super::bytes::{Bytes, ModelError, Writer};
use super::keys::KeyIndex;
use crate::extract::key::{phrase_key, word_key};
use crate::text::{fold_word, words};

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// Its clusters, coarse to fine: words that stand in like places. 0 is none.
    pub clusters: [u16; 3],
    /// How often it comes, as the number of binary digits of the count.
    pub frequency: u8,
    /// What a tagger took it for in unlabelled text, the word behind it and the word before it: numbers of sets of codes.
    /// 0 is nothing.
    pub taken: [u16; 3],
}

/// The key of a folded word.
#[inline]
pub(super) const fn short(key: u64) -> u32 {
    (key >> 32) as u32
}

/// The facts of all words.
#[derive(Clone, Debug, Default)]
pub struct WordFacts {
    index: KeyIndex,
    facts: Vec<Fact>,
    /// Sets of codes; the one with number 0 is empty.
    sets: Vec<Vec<u16>>,
}

impl WordFacts {
    /// Facts by the key of the folded word, in any order; a key that comes again is passed over.
    #[must_use]
    pub fn new(mut entries: Vec<(u32, Fact)>, sets: Vec<Vec<u16>>) -> Self {
        entries.sort_by_key(|&(key, _)| key);
        entries.dedup_by_key(|entry| entry.0);
        let (keys, facts) = entries.into_iter().unzip();
        Self { index: KeyIndex::new(keys), facts, sets }
    }

    /// The key of a word as it is written.
    #[must_use]
    pub fn key_of(word: &str) -> u32 {
        short(word_key(&fold_word(word)))
    }

    /// What is known of a folded word.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<&Fact> {
        self.facts.get(self.index.find(short(key))?)
    }

    /// The codes of a set.
    pub(super) fn set(&self, number: u16) -> &[u16] {
        self.sets.get(usize::from(number)).map_or(&[], Vec::as_slice)
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// True if no word is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.number(self.sets.len() as u64);
        for set in &self.sets {
            out.number(set.len() as u64);
            for &code in set {
                out.number(u64::from(code));
            }
        }
        self.index.write(out);
        for column in 0..3 {
            for fact in &self.facts {
                out.number(fact.clusters.get(column).copied().map_or(0, u64::from));
            }
        }
        for fact in &self.facts {
            out.number(u64::from(fact.frequency));
        }
        for column in 0..3 {
            for fact in &self.facts {
                out.number(fact.taken.get(column).copied().map_or(0, u64::from));
            }
        }
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let mut sets = Vec::new();
        for _ in 0..bytes.count(1 << 16)? {
            let mut set = Vec::new();
            for _ in 0..bytes.count(1 << 10)? {
                set.push(bytes.number()? as u16);
            }
            sets.push(set);
        }
        let index = KeyIndex::read(bytes)?;
        let mut facts = vec![Fact::default(); index.keys().len()];
        let mut column = |put: &dyn Fn(&mut Fact, u64)| {
            let mut rest = facts.iter_mut();
            bytes.numbers(rest.len(), |number| {
                rest.next().map(|fact| put(fact, number)).ok_or(ModelError::Malformed)
            })
        };
        column(&|fact, number| fact.clusters[0] = number as u16)?;
        column(&|fact, number| fact.clusters[1] = number as u16)?;
        column(&|fact, number| fact.clusters[2] = number as u16)?;
        column(&|fact, number| fact.frequency = number as u8)?;
        column(&|fact, number| fact.taken[0] = number as u16)?;
        column(&|fact, number| fact.taken[1] = number as u16)?;
        column(&|fact, number| fact.taken[2] = number as u16)?;
        Ok(Self { index, facts, sets })
    }
}

/// Names of lists, as bits, by phrase.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    index: KeyIndex,
    /// The lists a phrase stands in, shifted by one; the lowest bit says that a longer phrase begins so.
    lists: Vec<u32>,
}

impl Hints {
    /// Hints of phrases as they are written, each with its lists as bits, and of phrases by the keys of their words.
    #[must_use]
    pub fn new<'a>(
        names: impl Iterator<Item = (&'a str, u32)>,
        phrases: impl Iterator<Item = (&'a [u64], u32)>,
    ) -> Self {
        let mut entries = std::collections::BTreeMap::<u32, u32>::new();
        for (words, lists) in phrases {
            let mut key = 0;
            for (at, &word) in words.iter().enumerate() {
                key = phrase_key(key, word);
                let bits = if at + 1 < words.len() { 1 } else { lists << 1 };
                *entries.entry(short(key)).or_default() |= bits;
            }
        }
        for (name, lists) in names {
            let mut key = 0;
            let mut before = None;
            for word in words(name).filter_map(|w| name.get(w.range.to_std())) {
                if let Some(before) = before {
                    *entries.entry(short(before)).or_default() |= 1;
                }
                key = phrase_key(key, word_key(&fold_word(word)));
                before = Some(key);
            }
            if let Some(whole) = before {
                *entries.entry(short(whole)).or_default() |= lists << 1;
            }
        }
        let (keys, lists) = entries.into_iter().unzip();
        Self { index: KeyIndex::new(keys), lists }
    }

    /// The lists of a phrase, and whether a longer one begins so.
    #[inline]
    pub(super) fn find(&self, key: u64) -> Option<(u32, bool)> {
        let lists = *self.lists.get(self.index.find(short(key))?)?;
        Some((lists >> 1, lists & 1 == 1))
    }

    pub(super) fn write(&self, out: &mut Writer) {
        self.index.write(out);
        for &lists in &self.lists {
            out.number(u64::from(lists));
        }
    }

    pub(super) fn read(bytes: &mut Bytes<'_>) -> Result<Self, ModelError> {
        let index = KeyIndex::read(bytes)?;
        let mut lists = Vec::with_capacity(index.keys().len());
        bytes.numbers(index.keys().len(), |number| {
            lists.push(number as u32);
            Ok(())
        })?;
        Ok(Self { index, lists })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str) -> u64 {
        words(text)
            .filter_map(|w| text.get(w.range.to_std()))
            .fold(0, |key, w| phrase_key(key, word_key(&fold_word(w))))
    }

    #[test]
    fn phrases_are_found_in_any_spelling_with_all_their_lists() {
        let hints =
            Hints::new([("ريال مدريد", 1), ("ريال", 2), ("ريال مدريد", 4)].into_iter(), std::iter::empty());
        assert_eq!(hints.find(phrase("ريال")), Some((2, true)));
        assert_eq!(hints.find(phrase("ريــال مدريد")), Some((5, false)));
        assert_eq!(hints.find(phrase("مدريد")), None);
        let mut out = Writer::default();
        hints.write(&mut out);
        let again = Hints::read(&mut Bytes::new(&out.0)).unwrap();
        assert_eq!(again.find(phrase("ريال مدريد")), Some((5, false)));
    }

    #[test]
    fn facts_are_read_back() {
        let fact = Fact { clusters: [3, 200, 1000], frequency: 9, taken: [1, 0, 1] };
        let facts = WordFacts::new(vec![(WordFacts::key_of("إدلب"), fact)], vec![Vec::new(), vec![257]]);
        let mut out = Writer::default();
        facts.write(&mut out);
        let again = WordFacts::read(&mut Bytes::new(&out.0)).unwrap();
        assert_eq!(again.find(word_key(&fold_word("ادلب"))), Some(&fact));
        assert_eq!(again.set(1), [257]);
        assert_eq!(again.find(word_key("حلب")), None);
    }
}
