//! Makes the lexicon of its files, line by line.

use std::collections::HashMap;

use super::{Entry, HYPHEN, Lexicon, LexiconError, Name, Opening};
use crate::extract::classes::Classes;
use crate::extract::inflect::{TitleEndings, dual_forms, nisba_forms, noun_forms, title_forms};
use crate::extract::key::{KeyState, phrase_key, word_key};
use crate::extract::label::Label;
use crate::text::{Folding, WordKind, fold::fold_into, fold_word, words};

/// Gathers entries; shares equal class sets.
#[derive(Default)]
pub(super) struct Builder {
    pub(super) entries: HashMap<u64, (Classes, u16, bool), KeyState>,
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
    pub(super) fn derived(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
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

    pub(super) fn words(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
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

    pub(super) fn names(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
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

    pub(super) fn weapons(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
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

    pub(super) fn titles(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
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

    pub(super) fn nationalities(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
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

    pub(super) fn casualties(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
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

    pub(super) fn openings(&mut self, file: &str, text: &str) -> Result<(), LexiconError> {
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

    pub(super) fn finish(self) -> Lexicon {
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
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
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
