//! The compiled lexicon: folded words and phrases with their classes and names, in one hash table.
//!
//! Two halves go in: the files people write and edit (`assets/lexicon/*.tsv`) and the file that
//! `tools/build_gazetteer.py` derives from open gazetteers (`assets/gazetteer.txt`). A phrase is found word by word:
//! the key of a prefix tells whether more can follow, so looking for the longest phrase costs one probe a word.

mod builder;

use std::collections::HashMap;

use builder::Builder;

use super::classes::Classes;
use super::key::{KeyState, phrase_key, word_key};
use super::label::Label;
use crate::quality::lint::Names;
use crate::text::{fold_word, words};

/// A file of the lexicon that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}; the lexicon was not loaded, correct the line and build again")]
pub struct LexiconError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// What the lexicon holds under one key. Small, since there are many.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Index into the class sets.
    set: u16,
    /// Index into the name lists; 0 is none.
    names: u16,
    /// True if a longer phrase begins so.
    more: bool,
}

/// A name that stands in the hand-written lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Its label.
    pub(super) label: Label,
    /// If not empty: the name counts only behind a word of one of these classes.
    pub(super) needs: Classes,
    /// True if the place of a credit (dateline, brackets) also makes it count.
    pub(super) credit: bool,
}

/// What is known of a word or phrase.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub(super) classes: Classes,
    pub(super) names: u16,
    pub(super) more: bool,
}

/// The lexicon.
#[derive(Debug)]
pub struct Lexicon {
    entries: HashMap<u64, Entry, KeyState>,
    sets: Vec<Classes>,
    names: Vec<Vec<Name>>,
    openings: Vec<Opening>,
}

/// A line opening that marks boilerplate.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    /// Folded words, single spaces between them.
    pub(super) words: String,
    /// True if the line must be nothing else.
    pub(super) whole: bool,
}

/// Somewhat more than the built-in files hold, so that the table grows only once.
const EXPECTED_ENTRIES: usize = 180_000;

/// What stands for a hyphen between two words of an entry (`المخلب - القفل`).
pub(super) const HYPHEN: &str = "-";

impl Lexicon {
    /// The lexicon that is part of the program.
    ///
    /// # Errors
    /// If one of the built-in files is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, LexiconError> {
        let mut builder = Builder::default();
        builder.entries.reserve(EXPECTED_ENTRIES);
        builder.derived("gazetteer.txt", include_str!("../../../assets/gazetteer.txt"))?;
        builder.words("words.tsv", include_str!("../../../assets/lexicon/words.tsv"))?;
        for (file, text) in [
            ("places.tsv", include_str!("../../../assets/lexicon/places.tsv")),
            ("forces.tsv", include_str!("../../../assets/lexicon/forces.tsv")),
            ("organisations.tsv", include_str!("../../../assets/lexicon/organisations.tsv")),
            ("media.tsv", include_str!("../../../assets/lexicon/media.tsv")),
            ("facilities.tsv", include_str!("../../../assets/lexicon/facilities.tsv")),
            ("events.tsv", include_str!("../../../assets/lexicon/events.tsv")),
            ("agreements.tsv", include_str!("../../../assets/lexicon/agreements.tsv")),
            ("people.tsv", include_str!("../../../assets/lexicon/people.tsv")),
        ] {
            builder.names(file, text)?;
        }
        builder.titles("titles.tsv", include_str!("../../../assets/lexicon/titles.tsv"))?;
        builder.weapons("weapons.tsv", include_str!("../../../assets/lexicon/weapons.tsv"))?;
        builder
            .nationalities("nationalities.tsv", include_str!("../../../assets/lexicon/nationalities.tsv"))?;
        builder.casualties("casualties.tsv", include_str!("../../../assets/lexicon/casualties.tsv"))?;
        builder.openings("boilerplate.tsv", include_str!("../../../assets/lexicon/boilerplate.tsv"))?;
        Ok(builder.finish())
    }

    /// What stands under a phrase key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<Found> {
        let entry = self.entries.get(&key)?;
        let classes = self.sets.get(usize::from(entry.set)).copied().unwrap_or_default();
        Some(Found { classes, names: entry.names, more: entry.more })
    }

    /// The hand-written names of an entry.
    pub(super) fn names(&self, index: u16) -> &[Name] {
        self.names.get(usize::from(index)).map_or(&[], Vec::as_slice)
    }

    /// The openings of boilerplate lines.
    pub(super) fn openings(&self) -> &[Opening] {
        &self.openings
    }

    /// How many different words and phrases are known, prefixes of phrases not counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.values().filter(|entry| entry.set != 0 || entry.names != 0).count()
    }

    /// True if nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is known of a phrase in any spelling.
    fn find(&self, phrase: &str) -> Option<Found> {
        let words = words(phrase).filter_map(|word| phrase.get(word.range.to_std()));
        self.get(words.fold(0, |key, word| phrase_key(key, word_key(&fold_word(word)))))
    }
}

/// The lint asks the same lexicon that suggestions come from.
impl Names for Lexicon {
    /// True for the hand-written lists only: the derived gazetteer holds too many words that are names somewhere.
    fn is_name(&self, phrase: &str) -> bool {
        self.find(phrase).is_some_and(|found| found.names != 0)
    }

    fn is_known(&self, phrase: &str) -> bool {
        self.find(phrase).is_some_and(|found| found.names != 0 || !found.classes.is_empty())
    }
}

#[cfg(test)]
mod tests;
