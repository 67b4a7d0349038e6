//! Where a number goes on, as the browser sees it that puts text of two directions in order.

use super::letter::{Class, class};

/// True at a place inside of a number: between its digits, or beside a sign that joins digits (`14/05`, `12:30`) or that
/// belongs to them (`12%`). Such signs keep digits in their order only where nothing else stands at the place: rules W4 and
/// W5 of the Unicode Bidirectional Algorithm (UAX #9).
#[must_use]
pub fn is_in_number(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else {
        return false;
    };
    let (mut before, mut after) = (before.chars().rev(), after.chars());
    let (left, right) = (before.next(), after.next());
    match (is_digit(left), is_digit(right)) {
        (true, true) => true,
        (true, false) => belongs(right) || joins(right) && is_digit(after.next()),
        (false, true) => belongs(left) || joins(left) && is_digit(before.next()),
        (false, false) => false,
    }
}

/// Digits, and the decimal and thousands separators of Arabic ones.
fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| class(c) == Class::Digit || matches!(c, '٫' | '٬'))
}

/// Common and European separators.
fn joins(c: Option<char>) -> bool {
    matches!(c, Some('.' | ',' | '،' | ':' | '/' | '+' | '-' | '−' | '\u{A0}' | '\u{202F}'))
}

/// European terminators.
fn belongs(c: Option<char>) -> bool {
    matches!(c, Some('%' | '٪' | '‰' | '#' | '$' | '£' | '¥' | '€' | '°' | '±'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places in a text that are inside of a number, as bars.
    fn barred(text: &str) -> String {
        let places = text.char_indices().map(|(at, c)| (is_in_number(text, at), c));
        places.flat_map(|(is_inside, c)| is_inside.then_some('|').into_iter().chain([c])).collect()
    }

    #[test]
    fn numbers_go_on_over_what_joins_their_digits_and_what_belongs_to_them() {
        assert_eq!(barred("في 14/05/2024."), "في 1|4|/|0|5|/|2|0|2|4.");
        assert_eq!(barred("١٢/٣، ثم ٩٫٥٪"), "١|٢|/|٣، ثم ٩|٫|٥|٪");
        assert_eq!(barred("(12:30) -5 $7 12%"), "(1|2|:|3|0) -5 $|7 1|2|%");
    }

    #[test]
    fn what_stands_beside_a_number_does_not_belong_to_it() {
        for text in ["(7)", "«٢»", "2، ثم 3 و4", "NATO-7 -", "", "نص"] {
            assert_eq!(barred(text), text);
        }
        assert!(!is_in_number("12", 0) && !is_in_number("12", 2) && !is_in_number("12", 9));
    }
}
