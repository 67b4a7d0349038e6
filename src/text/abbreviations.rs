//! Abbreviations that end with a full stop, which is a part of them.

/// Titles: a name follows, so that they keep their full stop where only titles stand before them (`د.`, `أ. د.`). Behind
/// other words such a letter is likely the last of a sentence (`الفئة أ.`).
pub const TITLES: [&str; 19] = [
    "أ", "ا", "د", "م", "أ.د", "ا.د", "أ.م", "أ.م.د", "م.م", "م.د", "Dr", "Mr", "Mrs", "Ms", "Prof", "St",
    "Gen", "Col", "Capt",
];

/// What else keeps its full stop, wherever it stands: what ends the names of companies and of persons.
pub const ENDINGS: [&str; 10] = ["Inc", "Ltd", "Co", "Corp", "Bros", "Jr", "Sr", "Esq", "Mt", "Ft"];

/// True if a full stop behind `before` belongs to the word it ends with. Besides the lists these are single letters with a
/// full stop each (`ص.ب.`, `ق.م.`, `U.S.`) and Latin initials (`George W.`).
#[must_use]
pub fn takes_full_stop(before: &str) -> bool {
    let mut tokens =
        before.split(|c: char| c.is_whitespace() || is_apart(c)).filter(|token| !token.is_empty());
    // With nothing between the two, the last token is the word itself.
    let Some(word) = tokens.next_back().filter(|word| before.ends_with(word)) else { return false };
    let is_title = |word: &str| TITLES.contains(&word.strip_suffix('.').unwrap_or(word));
    let is_initial = || {
        let mut chars = word.chars();
        chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.next().is_none()
    };
    let in_letters = || word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    ENDINGS.contains(&word)
        || is_initial()
        || in_letters() && !TITLES.contains(&word)
        || is_title(word) && tokens.all(is_title)
}

/// Signs that no abbreviation holds.
fn is_apart(c: char) -> bool {
    super::letter::is_bracket(c)
        || super::letter::is_quote(c)
        || matches!(c, '،' | ',' | '؛' | ';' | ':' | '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_take_a_full_stop() {
        for before in [
            "د",
            "م",
            "أ",
            "أ.د",
            "أ. د",
            "ص.ب",
            "الصندوق ص.ب",
            "عام 300 ق.م",
            "شركة النور ش.م.ل",
            "U.S",
            "George W",
            "«د",
            "Dr",
            "Google Inc",
        ] {
            assert!(takes_full_stop(before), "{before}");
        }
    }

    #[test]
    fn other_words_do_not() {
        for before in [
            "",
            "القاهرة",
            "الفئة أ",
            "عام 2024 م",
            "1446هـ",
            "12.5",
            "د ",
            "NATO",
            "a",
            "example.com",
            "ص.ب)",
        ] {
            assert!(!takes_full_stop(before), "{before}");
        }
    }
}
