//! Lines that belong to the page and not to the article: no spans there (guideline 5.12).

use super::line::Line;

/// A line this long tells something of its own, whatever it begins with.
const MAX_WORDS: usize = 30;

/// True if a line is boilerplate: an invitation to share, subscribe, follow or read more.
pub(super) fn is_boilerplate(line: &Line<'_>) -> bool {
    if line.len() == 0 || line.len() > MAX_WORDS {
        return false;
    }
    line.lexicon.openings().iter().any(|opening| {
        let mut words = 0;
        let opens = opening.words.split(' ').enumerate().all(|(index, word)| {
            words = index + 1;
            line.form(index) == word
        });
        opens && (!opening.whole || words == line.len())
    })
}
