//! Signs that turn the direction of writing, in names: one that is called `gpj.exe` with such a sign before it would be
//! read as `exe.jpg`, and one label, project or person could pass for another.
//!
//! The marks that only say how neutral signs beside them are read (U+200E, U+200F, U+061C) are not among them: they stand
//! in ordinary Arabic titles and turn no letter round. In the text of an article nothing is ever taken out.

use std::borrow::Cow;

/// True of the embeddings, overrides and isolates of the Unicode Bidirectional Algorithm (UAX #9, 2.1 to 2.4) and the
/// signs that end them.
#[must_use]
pub const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first sign in a name that turns the direction of writing.
#[must_use]
pub fn turning_sign(name: &str) -> Option<char> {
    name.chars().find(|&c| turns_direction(c))
}

/// A name without the signs in it that turn the direction of writing: its letters in the order in which they stand.
#[must_use]
pub fn unturned(name: &str) -> Cow<'_, str> {
    match turning_sign(name) {
        None => Cow::Borrowed(name),
        Some(_) => Cow::Owned(name.chars().filter(|&c| !turns_direction(c)).collect()),
    }
}

/// So many letters tell how a text runs.
const TELLING: usize = 600;

/// True if a text is read from the right: most of its first letters are of a script that is written so. A dateline or a
/// name in Latin letters turns nothing round; nor does a text without letters.
#[must_use]
pub fn runs_leftwards(text: &str) -> bool {
    let (mut letters, mut leftwards) = (0, 0);
    for is_leftwards in text.chars().filter_map(runs).take(TELLING) {
        letters += 1;
        leftwards += usize::from(is_leftwards);
    }
    2 * leftwards >= letters
}

/// Whether a letter is written from right to left; `None` of what is no letter. By blocks, which is enough to tell how
/// a text runs and takes no tables.
const fn runs(c: char) -> Option<bool> {
    match c {
        // Hebrew to Arabic, their presentation forms, and the blocks set aside for such scripts (UAX #9, table 4).
        '\u{590}'..='\u{8FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}' => Some(true),
        // Latin to Armenian, the scripts of South and South-East Asia and others, and those of East Asia.
        'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{58F}' | '\u{900}'..='\u{1FFF}' | '\u{3040}'..='\u{D7FF}' => {
            Some(false)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_turns_its_own_direction_is_read_in_the_order_of_its_letters() {
        for sign in [
            '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{2066}', '\u{2067}', '\u{2068}',
            '\u{2069}',
        ] {
            let name = format!("{sign}REP{sign} خبر");
            assert_eq!(
                (turning_sign(&name), &*unturned(&name)),
                (Some(sign), "REP خبر"),
                "U+{:04X}",
                u32::from(sign)
            );
        }
    }

    #[test]
    fn a_text_runs_as_most_of_its_first_letters_do() {
        let english = "The delegation arrived in Tripoli (طرابلس) on Monday, said the ministry.";
        let arabic = "LONDON (Reuters): وصل الوفد إلى طرابلس يوم الاثنين، وفق ما أعلنته الوزارة.";
        assert!(!runs_leftwards(english) && runs_leftwards(arabic));
        // What stands far behind is not asked.
        assert!(runs_leftwards(&format!("{}{}", arabic.repeat(12), english.repeat(100))));
        assert_eq!(["", "12:30", "«…» 😊", "אב", "Ünï"].map(runs_leftwards), [true, true, true, true, false]);
    }

    #[test]
    fn marks_that_stand_in_ordinary_titles_stay() {
        let title = "\u{200F}أعلن (UN) \u{200E}أمس\u{61C} لم\u{200C}يعد";
        assert_eq!(turning_sign(title), None);
        assert!(matches!(unturned(title), Cow::Borrowed(same) if same == title));
    }
}
