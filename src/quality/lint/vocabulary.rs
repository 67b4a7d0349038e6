//! What the checks know about words: the classes of the guideline, and a gazetteer asked through a trait.

use std::collections::{HashMap, HashSet};

use crate::schema::LabelCode;
use crate::text::{fold_word, words};

/// A gazetteer, as far as the checks need one. Spelling of the phrases is as in the text.
pub trait Names {
    /// True if the phrase is a name that someone wrote down as one.
    fn is_name(&self, phrase: &str) -> bool;

    /// True if the phrase is a word or name of any kind.
    fn is_known(&self, phrase: &str) -> bool;
}

/// The gazetteer that knows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoNames;

impl Names for NoNames {
    fn is_name(&self, _: &str) -> bool {
        false
    }

    fn is_known(&self, _: &str) -> bool {
        false
    }
}

/// A word file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}; no checks were made, correct the line first")]
pub struct VocabularyError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// The word classes of the guideline.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    plain: HashMap<Class, HashSet<String>>,
    /// Classes that hold for one label, by class and folded word.
    by_label: HashMap<LabelClass, HashMap<String, Vec<LabelCode>>>,
    openings: Vec<Opening>,
}

/// Classes of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::quality) enum Class {
    Compass,
    Title,
    Number,
    Time,
}

impl Class {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "compass" => Self::Compass,
            "title" => Self::Title,
            "number" => Self::Number,
            "time" => Self::Time,
            _ => return None,
        })
    }
}

/// Classes of words that mean something for one label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::quality) enum LabelClass {
    /// Stays outside a name of the label.
    Outside,
    /// No name of the label when alone.
    Bare,
    /// Belongs to the name behind it, which then has the label.
    Head,
    /// Makes a body of the label with a nationality behind it.
    NationalityHead,
}

impl LabelClass {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "outside" => Self::Outside,
            "bare" => Self::Bare,
            "head" => Self::Head,
            "nathead" => Self::NationalityHead,
            _ => return None,
        })
    }
}

#[derive(Clone, Debug)]
struct Opening {
    /// Folded words, single spaces between them.
    words: String,
    /// True if the line must be nothing else.
    whole: bool,
}

impl Vocabulary {
    /// The classes of the guideline and the boilerplate lines that Misam knows.
    ///
    /// # Errors
    /// If one of the built-in files is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, VocabularyError> {
        Self::read(
            ("guideline/words.tsv", include_str!("../../../assets/guideline/words.tsv")),
            ("lexicon/boilerplate.tsv", include_str!("../../../assets/lexicon/boilerplate.tsv")),
        )
    }

    /// Reads a file of word classes (class, tab, words) and one of boilerplate openings (opening, tab, `start` or
    /// `whole`); both as name and content.
    ///
    /// # Errors
    /// The first line that is not so.
    pub fn read(classes: (&str, &str), openings: (&str, &str)) -> Result<Self, VocabularyError> {
        let mut vocabulary = Self::default();
        for (line, head, rest) in rows(classes)? {
            let wrong = |what| VocabularyError { file: classes.0.to_owned(), line, what };
            let folded = rest.split_whitespace().map(fold_word);
            if let Some((class, label)) = head.split_once(':') {
                let class = LabelClass::named(class).ok_or_else(|| wrong("no class is called so"))?;
                let label = LabelCode::new(label).map_err(|_| wrong("this is no label"))?;
                let of_class = vocabulary.by_label.entry(class).or_default();
                for word in folded {
                    of_class.entry(word).or_default().push(label.clone());
                }
            } else {
                let class = Class::named(head).ok_or_else(|| wrong("no class is called so"))?;
                vocabulary.plain.entry(class).or_default().extend(folded);
            }
        }
        for (line, opening, kind) in rows(openings)? {
            let whole = match kind.trim() {
                "start" => false,
                "whole" => true,
                _ => {
                    let what = "the kind must be start or whole";
                    return Err(VocabularyError { file: openings.0.to_owned(), line, what });
                }
            };
            vocabulary.openings.push(Opening { words: folded_words(opening), whole });
        }
        Ok(vocabulary)
    }

    /// True if a folded word is of a class.
    pub(in crate::quality) fn has(&self, class: Class, word: &str) -> bool {
        self.plain.get(&class).is_some_and(|words| words.contains(word))
    }

    /// The labels for which a folded word is of a class.
    pub(in crate::quality) fn labels(&self, class: LabelClass, word: &str) -> &[LabelCode] {
        self.by_label.get(&class).and_then(|words| words.get(word)).map_or(&[], Vec::as_slice)
    }

    /// True if a line is no part of the article.
    pub(in crate::quality) fn is_boilerplate(&self, line: &str) -> bool {
        let line = folded_words(line);
        if line.split(' ').count() > MAX_BOILERPLATE_WORDS {
            return false;
        }
        self.openings.iter().any(|opening| {
            line.strip_prefix(opening.words.as_str())
                .is_some_and(|rest| rest.is_empty() || !opening.whole && rest.starts_with(' '))
        })
    }
}

/// A line longer than this tells something of its own, whatever it begins with.
const MAX_BOILERPLATE_WORDS: usize = 30;

fn folded_words(text: &str) -> String {
    let words: Vec<_> = words(text).filter_map(|word| text.get(word.range.to_std())).map(fold_word).collect();
    words.join(" ")
}

/// The lines of a file that say something: number, first cell, the rest.
fn rows<'a>((file, text): (&str, &'a str)) -> Result<Vec<(usize, &'a str, &'a str)>, VocabularyError> {
    let said = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    said.map(|(index, line)| {
        let (head, rest) = line.split_once('\t').ok_or_else(|| VocabularyError {
            file: file.to_owned(),
            line: index + 1,
            what: "two cells with a tab between them are wanted",
        })?;
        Ok((index + 1, head, rest))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_are_read() {
        let vocabulary = Vocabulary::embedded().unwrap();
        assert!(vocabulary.has(Class::Title, "الرييس"));
        assert!(!vocabulary.has(Class::Title, "بيروت"));
        assert_eq!(vocabulary.labels(LabelClass::Head, "مطار"), [LabelCode::new("FAC").unwrap()]);
    }

    #[test]
    fn a_wrong_line_is_named() {
        let read = |classes| Vocabulary::read(("words.tsv", classes), ("openings.tsv", ""));
        assert_eq!(read("# remark\nweather\tمطر").unwrap_err().line, 2);
        assert_eq!(read("compass شمال").unwrap_err().line, 1);
        assert!(read("bare:two words\tشيء").is_err());
        assert!(Vocabulary::read(("w", ""), ("openings.tsv", "تابعوا\tsometimes")).is_err());
    }

    #[test]
    fn boilerplate_is_told_by_its_first_words() {
        let vocabulary =
            Vocabulary::read(("w", ""), ("o", "تابعوا\tstart\nاقرأ أيضا\tstart\nإعلان\twhole")).unwrap();
        assert!(vocabulary.is_boilerplate("تابعوا حساب التجربة"));
        assert!(vocabulary.is_boilerplate("اقرأ أيضًا: خبر"));
        assert!(vocabulary.is_boilerplate("إعلان"));
        assert!(!vocabulary.is_boilerplate("إعلان مبادئ"));
        assert!(!vocabulary.is_boilerplate("تابعواا"));
    }
}
