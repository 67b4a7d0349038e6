//! How each spelling met so far can be read: found out once, for words come again and again.

use std::collections::HashMap;
use std::ops::Range;

use super::classes::Classes;
use super::key::{KeyState, phrase_key, spelling_key, word_key};
use super::lexicon::{Found, Lexicon};
use crate::text::{Cut, Folding, Proclitic, WordKind, fold::fold_into, proclitic_cuts};

/// One way to read a word: whole, or with proclitics peeled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// Bytes from the word's beginning to where the name would begin.
    pub(super) offset: u32,
    pub(super) conjunction: Option<Proclitic>,
    pub(super) preposition: Option<Proclitic>,
    /// True if it begins with the article, as spelled or as given back. The folded form alone does not tell آليات from
    /// الآليات.
    pub(super) definite: bool,
    /// The letters that the writing of لل has swallowed and that the clean form gets back.
    pub(super) restored: &'static str,
    pub(super) found: Found,
    /// The key of the folded form as the beginning of a phrase.
    pub(super) key: u64,
    form: (u32, u32),
}

impl Reading {
    /// True if nothing was peeled.
    pub(super) const fn is_whole(&self) -> bool {
        self.conjunction.is_none() && self.preposition.is_none()
    }

    pub(super) const fn classes(&self) -> Classes {
        self.found.classes
    }
}

/// The spellings met so far, by number.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<u64, u32, KeyState>,
    spellings: Vec<Spelling>,
    readings: Vec<Reading>,
    folded: String,
    age: u32,
}

/// A word as it is spelled, marks and all.
#[derive(Clone, Copy, Debug)]
struct Spelling {
    readings: (u32, u32),
    /// The classes of all its readings.
    classes: Classes,
    /// True if a longer phrase begins with one of its readings.
    more: bool,
    /// True if one of its readings is a listed name.
    named: bool,
    /// A fatha stands before the ending ين.
    dual: bool,
}

impl Vocabulary {
    /// The number of a word's spelling.
    #[inline]
    pub(super) fn number(&mut self, lexicon: &Lexicon, word: &str, kind: WordKind) -> u32 {
        let key = spelling_key(word);
        if let Some(&number) = self.numbers.get(&key) {
            return number;
        }
        let number = self.spellings.len() as u32;
        let first = self.readings.len() as u32;
        self.read(lexicon, word, kind);
        let readings = (first, self.readings.len() as u32);
        let dual = word.ends_with("\u{64E}ين");
        let mut spelling = Spelling { readings, classes: Classes::NONE, more: false, named: false, dual };
        for reading in self.readings.get(first as usize..).unwrap_or_default() {
            spelling.classes |= reading.classes();
            spelling.more |= reading.found.more;
            spelling.named |= reading.found.names != 0;
        }
        self.spellings.push(spelling);
        self.numbers.insert(key, number);
        number
    }

    /// How many spellings there are.
    pub(super) fn len(&self) -> usize {
        self.spellings.len()
    }

    /// How often it was cleared.
    pub(super) const fn age(&self) -> u32 {
        self.age
    }

    pub(super) fn clear(&mut self) {
        self.age = self.age.wrapping_add(1);
        self.numbers.clear();
        self.spellings.clear();
        self.readings.clear();
        self.folded.clear();
    }

    /// The readings of a spelling, whole first.
    #[inline]
    pub(super) fn readings(&self, number: u32) -> &[Reading] {
        self.spellings
            .get(number as usize)
            .and_then(|word| self.readings.get(word.readings.0 as usize..word.readings.1 as usize))
            .unwrap_or_default()
    }

    /// The classes of all readings of a spelling.
    #[inline]
    pub(super) fn classes(&self, number: u32) -> Classes {
        self.spellings.get(number as usize).map_or(Classes::NONE, |word| word.classes)
    }

    /// True if a longer phrase begins with a reading of a spelling.
    #[inline]
    pub(super) fn goes_on(&self, number: u32) -> bool {
        self.spellings.get(number as usize).is_some_and(|word| word.more)
    }

    /// True if a reading of a spelling is a listed name.
    #[inline]
    pub(super) fn is_named(&self, number: u32) -> bool {
        self.spellings.get(number as usize).is_some_and(|word| word.named)
    }

    /// The folded form of a reading.
    pub(super) fn form(&self, reading: &Reading) -> &str {
        self.folded.get(reading.form.0 as usize..reading.form.1 as usize).unwrap_or_default()
    }

    /// True if the letter before the last two is written with a fatha.
    pub(super) fn has_fatha_before_ending(&self, number: u32) -> bool {
        self.spellings.get(number as usize).is_some_and(|word| word.dual)
    }

    /// Adds the readings of a word.
    fn read(&mut self, lexicon: &Lexicon, word: &str, kind: WordKind) {
        let whole = self.folded.len();
        fold_into(word, Folding::SEARCH, &mut self.folded);
        let end = self.folded.len();
        self.push(lexicon, word, None, "", whole..end);
        self.respell(word);
        if !matches!(kind, WordKind::Arabic | WordKind::Mixed) {
            return;
        }
        for cut in proclitic_cuts(word) {
            let rest = word.get(cut.offset..).unwrap_or_default();
            let begin = self.folded.len();
            fold_into(rest, Folding::SEARCH, &mut self.folded);
            let end = self.folded.len();
            self.push(lexicon, rest, Some(cut), "", begin..end);
            if cut.lost_alif {
                for lost in ["ا", "ال"] {
                    let begin = self.folded.len();
                    self.folded.push_str(lost);
                    fold_into(rest, Folding::SEARCH, &mut self.folded);
                    let end = self.folded.len();
                    self.push(lexicon, rest, Some(cut), lost, begin..end);
                }
            }
        }
    }

    fn push(
        &mut self,
        lexicon: &Lexicon,
        rest: &str,
        cut: Option<Cut>,
        restored: &'static str,
        form: Range<usize>,
    ) {
        let key = phrase_key(0, word_key(self.folded.get(form.clone()).unwrap_or_default()));
        self.readings.push(Reading {
            offset: cut.map_or(0, |cut| cut.offset as u32),
            conjunction: cut.and_then(|cut| cut.conjunction),
            preposition: cut.and_then(|cut| cut.preposition),
            definite: !restored.is_empty() || rest.starts_with("ال"),
            restored,
            found: lexicon.get(key).unwrap_or_default(),
            key,
            form: (form.start as u32, form.end as u32),
        });
    }

    /// Takes back what folding has mixed up: the particles على and إلى are written with ى, the name علي and the adjective
    /// آلي with ي; وأحد is "and one", not واحد.
    fn respell(&mut self, word: &str) {
        let Some(reading) = self.readings.last_mut() else { return };
        let form = self.folded.get(reading.form.0 as usize..).unwrap_or_default();
        let classes = &mut reading.found.classes;
        match form {
            "علي" | "الي" if word.ends_with('ى') => *classes = Classes::STOP | Classes::PLACE_HINT,
            "علي" | "الي" => *classes = classes.without(Classes::STOP | Classes::PLACE_HINT),
            "واحد" if word.contains('أ') => *classes = Classes::NONE,
            // آلية إطفاء, not إليه.
            "اليه" if word.starts_with('آ') => {
                *classes = classes.without(Classes::STOP | Classes::PLACE_HINT);
            }
            _ => {}
        }
    }
}
