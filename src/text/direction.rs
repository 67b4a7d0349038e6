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
    fn marks_that_stand_in_ordinary_titles_stay() {
        let title = "\u{200F}أعلن (UN) \u{200E}أمس\u{61C} لم\u{200C}يعد";
        assert_eq!(turning_sign(title), None);
        assert!(matches!(unturned(title), Cow::Borrowed(same) if same == title));
    }
}
