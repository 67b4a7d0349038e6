//! The texts of the interface, from `locales/`, with numbers in their right form.

use std::borrow::Borrow;

use super::settings::Language;

/// The form of a counted text that a number asks for (Unicode CLDR, cardinal numbers).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PluralCategory {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

mod generated {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

pub use generated::{Counted, FileCounted, FileText, ReviewCounted, ReviewText, Text};

/// Something the interface says. Which table it stands in decides which part of the page carries it.
pub trait Phrase: Copy {
    /// The words, with `{placeholders}` in them.
    fn words(self, language: Language) -> &'static str;
}

/// Something the interface says with a number.
pub trait CountedPhrase: Copy {
    /// Its forms in a language, by plural category.
    fn forms(self, language: Language) -> &'static [&'static str; 6];
}

impl Phrase for Text {
    fn words(self, language: Language) -> &'static str {
        generated::TEXTS[language as usize][self as usize]
    }
}

impl Phrase for ReviewText {
    fn words(self, language: Language) -> &'static str {
        generated::REVIEW_TEXTS[language as usize][self as usize]
    }
}

impl Phrase for FileText {
    fn words(self, language: Language) -> &'static str {
        generated::FILE_TEXTS[language as usize][self as usize]
    }
}

impl CountedPhrase for Counted {
    fn forms(self, language: Language) -> &'static [&'static str; 6] {
        &generated::COUNTED[language as usize][self as usize]
    }
}

impl CountedPhrase for ReviewCounted {
    fn forms(self, language: Language) -> &'static [&'static str; 6] {
        &generated::REVIEW_COUNTED[language as usize][self as usize]
    }
}

impl CountedPhrase for FileCounted {
    fn forms(self, language: Language) -> &'static [&'static str; 6] {
        &generated::FILE_COUNTED[language as usize][self as usize]
    }
}

impl Language {
    /// A text of the interface.
    #[must_use]
    pub fn text(self, text: impl Phrase) -> &'static str {
        text.words(self)
    }

    /// A text of the interface with its `{placeholders}` filled in.
    #[must_use]
    pub fn fill(self, text: impl Phrase, values: &[(&str, &str)]) -> String {
        fill(self.text(text), values)
    }

    /// Several things in one sentence, with the comma of the language between them.
    #[must_use]
    pub fn list<S: Borrow<str>>(self, things: &[S]) -> String {
        things.join(match self {
            Self::English => ", ",
            Self::Arabic => "، ",
        })
    }

    /// One of the page's own names, to be filled into a text: it runs as the language does, also where it begins with a
    /// word of another one (`CSV (سطر لكل مقطع)`).
    #[must_use]
    pub fn own_name(self, name: &str) -> String {
        match self {
            // A mark that is read from the right and not seen.
            Self::Arabic => format!("\u{200F}{name}"),
            Self::English => name.to_owned(),
        }
    }

    /// A text that goes with a number, in the form the number asks for; `{n}` in it is the number.
    #[must_use]
    pub fn count(self, text: impl CountedPhrase, number: usize) -> String {
        fill(text.forms(self)[self.category(number) as usize], &[("n", &number.to_string())])
    }

    /// The rules of CLDR for whole numbers.
    fn category(self, number: usize) -> PluralCategory {
        match (self, number, number % 100) {
            (Self::English, 1, _) | (Self::Arabic, 1, _) => PluralCategory::One,
            (Self::English, ..) => PluralCategory::Other,
            (Self::Arabic, 0, _) => PluralCategory::Zero,
            (Self::Arabic, 2, _) => PluralCategory::Two,
            (Self::Arabic, _, 3..=10) => PluralCategory::Few,
            (Self::Arabic, _, 11..=99) => PluralCategory::Many,
            (Self::Arabic, ..) => PluralCategory::Other,
        }
    }
}

fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        // Words are isolated, so that Arabic inside English, or the other way round, keeps to its place in the sentence,
        // and so are signs: alone in an Arabic sentence, -1 would turn into 1-.
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) if value.bytes().all(|byte| byte.is_ascii_digit()) => filled.push_str(value),
            Some((_, value)) => filled.extend(["\u{2068}", value, "\u{2069}"]),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_sentences_have_the_comma_of_the_language() {
        use crate::app::Message;
        use crate::schema::Schema;
        assert_eq!(Language::English.list(&["a"]), "a");
        let crosses = Message::Crosses(vec!["بغداد".to_owned(), "دمشق".to_owned()]);
        let said = |language| crosses.say(language, &Schema::default());
        assert!(said(Language::English).contains("بغداد, دمشق"), "{}", said(Language::English));
        assert!(said(Language::Arabic).contains("بغداد، دمشق"), "{}", said(Language::Arabic));
        let keys = crate::formats::Evidence::Keys { keys: vec!["text", "spans"] };
        let said = |language| crate::app::evidence_text::say_evidence(&keys, language);
        assert!(
            said(Language::English).contains("text, spans") && said(Language::Arabic).contains("text، spans")
        );
    }

    #[test]
    fn a_percentage_among_arabic_keeps_its_sign_behind_it() {
        let near = |language: Language| {
            language.fill(ReviewText::ImportTwinNear, &[("title", "خبر"), ("share", "81")])
        };
        assert!(near(Language::Arabic).contains("\u{2066}81%\u{2069}"), "{}", near(Language::Arabic));
        assert!(near(Language::English).contains("81%") && !near(Language::English).contains('\u{2066}'));
        assert!(Language::Arabic.text(ReviewText::AgreementInterval).contains("\u{2066}95%\u{2069}"));
        let arabic = Language::Arabic as usize;
        let texts =
            [&generated::TEXTS[arabic][..], &generated::REVIEW_TEXTS[arabic], &generated::FILE_TEXTS[arabic]];
        let forms = [
            &generated::COUNTED[arabic][..],
            &generated::REVIEW_COUNTED[arabic],
            &generated::FILE_COUNTED[arabic],
        ];
        let all = texts.concat().into_iter().chain(forms.concat().into_iter().flatten());
        let bare: Vec<_> = all.filter(|text| text.replace("%\u{2069}", "").contains('%')).collect();
        assert!(bare.is_empty(), "{bare:?}");
    }

    #[test]
    fn arabic_numbers_take_the_six_forms() {
        use PluralCategory::{Few, Many, One, Other, Two, Zero};
        let expected = [
            (0, Zero),
            (1, One),
            (2, Two),
            (3, Few),
            (10, Few),
            (11, Many),
            (99, Many),
            (100, Other),
            (102, Other),
            (103, Few),
        ];
        for (number, category) in expected {
            assert_eq!(Language::Arabic.category(number), category, "{number}");
        }
    }

    #[test]
    fn names_of_the_page_run_as_its_language_does() {
        let filled = |language: Language, name| {
            language.fill(ReviewText::ImportFound, &[("found", &language.own_name(name))])
        };
        // The first letter of strong direction says how the isolated words run.
        assert!(filled(Language::Arabic, "CSV (سطر)").contains("\u{2068}\u{200F}CSV"));
        assert!(filled(Language::English, "CSV (a row)").contains("\u{2068}CSV"));
    }

    #[test]
    fn placeholders_are_filled_and_what_is_filled_in_is_not_read_again() {
        let filled = fill("{a} و{b} {c}", &[("a", "{b}"), ("b", "2")]);
        assert_eq!(filled.replace(['\u{2068}', '\u{2069}'], ""), "{b} و2 {c}");
        assert_eq!(fill("an open { brace", &[]), "an open { brace");
    }
}
