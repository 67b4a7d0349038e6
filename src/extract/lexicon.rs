//! The compiled lexicon: folded words and phrases with their classes and names, in one hash table.
//!
//! Two halves go in: the files people write and edit (`assets/lexicon/*.tsv`) and the file that
//! `tools/build_gazetteer.py` derives from open gazetteers (`assets/gazetteer.txt`). A phrase is found word by word:
//! the key of a prefix tells whether more can follow, so looking for the longest phrase costs one probe a word.

use std::collections::HashMap;

use super::classes::Classes;
use super::inflect::{TitleEndings, dual_forms, nisba_forms, noun_forms, title_forms};
use super::key::{KeyState, phrase_key, word_key};
use super::label::Label;
use crate::quality::lint::Names;
use crate::text::{Folding, WordKind, fold::fold_into, fold_word, words};

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
        builder.derived("gazetteer.txt", include_str!("../../assets/gazetteer.txt"))?;
        builder.words("words.tsv", include_str!("../../assets/lexicon/words.tsv"))?;
        for (file, text) in [
            ("places.tsv", include_str!("../../assets/lexicon/places.tsv")),
            ("forces.tsv", include_str!("../../assets/lexicon/forces.tsv")),
            ("organisations.tsv", include_str!("../../assets/lexicon/organisations.tsv")),
            ("media.tsv", include_str!("../../assets/lexicon/media.tsv")),
            ("facilities.tsv", include_str!("../../assets/lexicon/facilities.tsv")),
            ("events.tsv", include_str!("../../assets/lexicon/events.tsv")),
            ("agreements.tsv", include_str!("../../assets/lexicon/agreements.tsv")),
            ("people.tsv", include_str!("../../assets/lexicon/people.tsv")),
        ] {
            builder.names(file, text)?;
        }
        builder.titles("titles.tsv", include_str!("../../assets/lexicon/titles.tsv"))?;
        builder.weapons("weapons.tsv", include_str!("../../assets/lexicon/weapons.tsv"))?;
        builder.nationalities("nationalities.tsv", include_str!("../../assets/lexicon/nationalities.tsv"))?;
        builder.casualties("casualties.tsv", include_str!("../../assets/lexicon/casualties.tsv"))?;
        builder.openings("boilerplate.tsv", include_str!("../../assets/lexicon/boilerplate.tsv"))?;
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

/// Gathers entries; shares equal class sets.
#[derive(Default)]
struct Builder {
    entries: HashMap<u64, (Classes, u16, bool), KeyState>,
    names: Vec<Vec<Name>>,
    openings: Vec<Opening>,
}

impl Builder {
    /// Makes the entry of a phrase and its prefixes; `None` for a phrase without words.
    fn entry(&mut self, phrase: &str) -> Option<&mut (Classes, u16, bool)> {
        let mut key = 0;
        let mut last = None;
        let mut end = 0;
        let mut step = |word: &str, entries: &mut HashMap<u64, (Classes, u16, bool), KeyState>| {
            if let Some(before) = last {
                entries.entry(before).or_default().2 = true;
            }
            key = phrase_key(key, word_key(word));
            last = Some(key);
        };
        let mut folded = String::new();
        for word in words(phrase) {
            let range = word.range.to_std();
            let between = phrase.get(end..range.start).unwrap_or_default();
            if end > 0 && between.contains(HYPHEN) {
                step(HYPHEN, &mut self.entries);
            }
            end = range.end;
            folded.clear();
            fold_into(phrase.get(range).unwrap_or_default(), Folding::SEARCH, &mut folded);
            step(&folded, &mut self.entries);
        }
        Some(self.entries.entry(last?).or_default())
    }

    fn class(&mut self, phrase: &str, classes: Classes) {
        if let Some(entry) = self.entry(phrase) {
            entry.0 |= classes;
        }
    }

    fn name(&mut self, phrase: &str, name: Name) {
        // The list with number 0 is the empty one.
        let fresh = self.names.len().max(1);
        let Some(entry) = self.entry(phrase) else { return };
        if entry.1 == 0 {
            entry.1 = u16::try_from(fresh).unwrap_or(0);
        }
        let number = usize::from(entry.1);
        if number == fresh {
            self.names.resize_with(fresh + 1, Vec::new);
        }
        if let Some(list) = self.names.get_mut(number).filter(|list| !list.contains(&name)) {
            list.push(name);
        }
    }

    /// `=class class` opens a block; other lines are front-coded forms.
    fn derived(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        let mut classes = Classes::NONE;
        let mut before = String::new();
        for (line, content) in lines(text) {
            if let Some(names) = content.strip_prefix('=') {
                classes = class_set(file, line, names)?;
                before.clear();
                continue;
            }
            let mut chars = content.chars();
            let shared = chars
                .next()
                .and_then(|c| u32::from(c).checked_sub(u32::from('a')))
                .ok_or_else(|| error(file, line, "a form must begin with a letter for what it shares"))?;
            let keep = before.char_indices().nth(shared as usize).map_or(before.len(), |(at, _)| at);
            before.truncate(keep);
            before.push_str(chars.as_str());
            // The forms are folded already (tested): no need to split them by the slow way.
            let mut key = 0;
            let mut words = before.split(' ').peekable();
            while let Some(word) = words.next() {
                key = phrase_key(key, word_key(word));
                let entry = self.entries.entry(key).or_default();
                if words.peek().is_some() {
                    entry.2 = true;
                } else {
                    entry.0 |= classes;
                }
            }
        }
        Ok(())
    }

    fn words(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let (class, words) = content
                .split_once('\t')
                .ok_or_else(|| error(file, line, "a class, a tab and words are wanted"))?;
            let classes = class_set(file, line, class)?;
            for word in words.split_whitespace() {
                self.class(word, classes);
            }
        }
        Ok(())
    }

    fn names(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let mut cells = content.split('\t');
            let name = cells.next().unwrap_or_default();
            let label = cells.next().and_then(Label::from_code);
            let label = label.ok_or_else(|| error(file, line, "the second column must be a label"))?;
            let aliases = cells.next().unwrap_or_default();
            let needs = cells.next().unwrap_or_default().trim();
            let (credit, needs) = match needs {
                "credit" => (true, Classes::MEDIA_WORD),
                "" => (false, Classes::NONE),
                names => (names.contains("mediaword"), class_set(file, line, names)?),
            };
            for form in std::iter::once(name).chain(aliases.split(';')) {
                self.name(form.trim(), Name { label, needs, credit });
            }
        }
        Ok(())
    }

    fn weapons(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let cells: Vec<_> = content.split('\t').collect();
            let &[singular, plurals, kind] = cells.as_slice() else {
                return Err(error(file, line, "singular, plurals and kind are wanted"));
            };
            let (classes, inflected) = match kind {
                "noun" | "plural" => (Classes::WEAPON, true),
                "weak" => (Classes::WEAPON_WEAK, true),
                "model" => (Classes::WEAPON_MODEL, false),
                "weakmodel" => (Classes::WEAPON_ADJ | Classes::WEAPON_GENITIVE, false),
                _ => {
                    return Err(error(file, line, "the kind must be noun, plural, weak, model or weakmodel"));
                }
            };
            if !inflected {
                self.class(singular, classes);
                continue;
            }
            for form in noun_forms(&fold_word(singular), kind == "plural") {
                self.class(&form, classes);
            }
            for plural in plurals.split(';').map(str::trim).filter(|p| !p.is_empty()) {
                for form in noun_forms(&fold_word(plural), true) {
                    self.class(&form, classes);
                }
            }
        }
        Ok(())
    }

    fn titles(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let cells: Vec<_> = content.split('\t').collect();
            let &[singular, class, kind] = cells.as_slice() else {
                return Err(error(file, line, "a singular, its class and its forms are wanted"));
            };
            let classes = class_set(file, line, class)?;
            if kind == "fixed" {
                self.class(&format!("ال{singular}"), classes);
                continue;
            }
            let mut endings = TitleEndings::default();
            for ending in kind.split(' ') {
                match ending {
                    "-" => {}
                    "f" => endings.feminine = true,
                    "s" => endings.sound = true,
                    _ => return Err(error(file, line, "the forms must be fixed, - or f and s")),
                }
            }
            for form in title_forms(&fold_word(singular), endings) {
                self.class(&form, classes);
            }
        }
        Ok(())
    }

    fn nationalities(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let mut cells = content.split('\t');
            let stem = cells.next().unwrap_or_default();
            let plurals = cells.next().unwrap_or_default();
            let kind = cells.next().unwrap_or_default();
            let classes = match kind {
                "" | "country" => Classes::NATIONALITY,
                "weak" => Classes::NATIONALITY_WEAK,
                _ => return Err(error(file, line, "the kind must be empty, weak or country")),
            };
            let stem = fold_word(stem);
            for form in nisba_forms(&stem) {
                let weak = kind == "country" && form == stem;
                self.class(&form, if weak { Classes::NATIONALITY_WEAK } else { classes });
            }
            for plural in plurals.split(';').map(str::trim).filter(|p| !p.is_empty()) {
                let plural = fold_word(plural);
                self.class(&plural, classes);
                self.class(&format!("ال{plural}"), classes);
            }
        }
        Ok(())
    }

    fn casualties(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let mut cells = content.split('\t');
            let singular = cells.next().unwrap_or_default();
            let irregular = cells.next().unwrap_or_default();
            let classes = match cells.next().unwrap_or_default() {
                "" => Classes::CASUALTY_DUAL,
                "sound" => Classes::CASUALTY_DUAL | Classes::SOUND_PLURAL,
                _ => return Err(error(file, line, "the kind must be empty or sound")),
            };
            if irregular.is_empty() {
                for form in dual_forms(&fold_word(singular)) {
                    self.class(&form, classes);
                }
            }
            for form in irregular.split(';').map(str::trim).filter(|f| !f.is_empty()) {
                self.class(form, Classes::CASUALTY_DUAL);
                self.class(&format!("ال{form}"), Classes::CASUALTY_DUAL);
            }
        }
        Ok(())
    }

    fn openings(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
        for (line, content) in lines(text) {
            let (opening, kind) = content
                .split_once('\t')
                .ok_or_else(|| error(file, line, "an opening, a tab and a kind are wanted"))?;
            let whole = match kind {
                "start" => false,
                "whole" => true,
                _ => return Err(error(file, line, "the kind must be start or whole")),
            };
            let folded = fold_word(opening);
            let words: Vec<_> = words(&folded)
                .filter(|w| w.kind != WordKind::Symbol)
                .filter_map(|w| folded.get(w.range.to_std()))
                .collect();
            self.openings.push(Opening { words: words.join(" "), whole });
        }
        Ok(())
    }

    fn finish(self) -> Lexicon {
        let mut sets = vec![Classes::NONE];
        let mut numbers: HashMap<Classes, u16> = HashMap::from([(Classes::NONE, 0)]);
        let mut entries = HashMap::with_capacity_and_hasher(self.entries.len(), KeyState::default());
        for (key, (classes, names, more)) in self.entries {
            let set = *numbers.entry(classes).or_insert_with(|| {
                sets.push(classes);
                u16::try_from(sets.len() - 1).unwrap_or(0)
            });
            entries.insert(key, Entry { set, names, more });
        }
        Lexicon { entries, sets, names: self.names, openings: self.openings }
    }
}

/// The lines that say something, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered =
        text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end_matches(['\r', '\n'])));
    numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

fn class_set(file: &str, line: usize, names: &str) -> Result<Classes, LexiconError> {
    names.split([' ', ',']).filter(|name| !name.is_empty()).try_fold(Classes::NONE, |set, name| {
        let class = Classes::named(name.trim());
        class
            .map(|class| set | class)
            .ok_or_else(|| error(file, line, &format!("no class is called {name:?}")))
    })
}

fn error(file: &str, line: usize, what: &str) -> LexiconError {
    LexiconError { file: file.to_owned(), line, what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_load_and_are_large() {
        let lexicon = Lexicon::embedded().unwrap();
        assert!(lexicon.len() > 100_000, "{}", lexicon.len());
        assert!(lexicon.names.len() < usize::from(u16::MAX) && lexicon.sets.len() < usize::from(u16::MAX));
    }

    #[test]
    fn words_phrases_and_names_are_found_in_any_spelling() {
        let lexicon = Lexicon::embedded().unwrap();
        assert!(lexicon.find("الثُلاثاء").unwrap().classes.any(Classes::WEEKDAY));
        assert!(lexicon.find("الكوريه الجنوبية").unwrap().classes.any(Classes::NATIONALITY));
        assert!(lexicon.find("صواريخهم").unwrap().classes.any(Classes::WEAPON));
        assert!(lexicon.find("قتيلين").unwrap().classes.any(Classes::CASUALTY_DUAL));
        for title in ["الرئيس", "الرئيسان", "الأميرتين", "المهندسون", "السفيرات"]
        {
            assert!(lexicon.find(title).unwrap().classes.any(Classes::TITLE), "{title}");
        }
        assert!(lexicon.find("اللواءان").unwrap().classes.any(Classes::RANK));
        assert!(lexicon.find("الصحفيتان").unwrap().classes.any(Classes::OCCUPATION));
        let found = lexicon.find("أنصار الله").unwrap();
        assert!(lexicon.names(found.names).iter().any(|n| n.label == Label::Grp && n.needs.is_empty()));
        assert!(lexicon.find("أنصار").unwrap().more);
        assert!(lexicon.find("شيء لا وجود له").is_none());
        assert!(lexicon.is_name("أنصارُ الله") && lexicon.is_known("الثلاثاء") && !lexicon.is_name("الثلاثاء"));
    }

    #[test]
    fn derived_forms_are_folded_as_the_text_is() {
        let mut before = String::new();
        for (line, content) in lines(include_str!("../../assets/gazetteer.txt")) {
            if content.starts_with('=') {
                before.clear();
                continue;
            }
            let shared = content.as_bytes()[0] - b'a';
            let keep = before.char_indices().nth(shared.into()).map_or(before.len(), |(at, _)| at);
            before.truncate(keep);
            before.push_str(&content[1..]);
            assert_eq!(fold_word(&before), before, "gazetteer.txt:{line}");
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        let mut builder = Builder::default();
        let error = builder.words("words.tsv", "# remark\nweekdays\tالأحد\n").unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("words.tsv", 2));
        assert!(builder.names("x.tsv", "اسم\tXXX\n").is_err());
        assert!(builder.weapons("x.tsv", "سيف\n").is_err());
        assert!(builder.titles("x.tsv", "سيد\ttitle\tg\n").is_err());
        assert!(builder.titles("x.tsv", "سيد\tlord\tf\n").is_err());
    }
}
