//! Numbers in tables.

use crate::quality::agreement::Figure;

/// A ratio with four places; a dash where it is not defined.
pub(super) fn ratio(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.4}"))
}

/// A figure and its interval.
pub(super) fn figure(figure: Figure) -> String {
    let value = ratio(figure.value);
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => format!("{value:>7}  {low:.4} to {high:.4}"),
        _ => format!("{value:>7}"),
    }
}

/// A number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
