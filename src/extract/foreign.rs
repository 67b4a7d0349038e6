//! Prose in another script: a quotation, a caption, a whole page in English. The tagger knows words of other scripts as names
//! alone, for that is what they are in Arabic news, and would take every second word of such prose for one.

use std::ops::Range;

use super::line::Line;
use crate::text::WordKind;

/// So many words of another script in a row may be prose.
const PROSE: usize = 4;

/// The words of a line, by number, that are prose in another script: runs of at least [`PROSE`] words in it, numbers and
/// signs between them, of which fewer than half begin as names do, with a capital letter. A script without capital letters
/// has no such names.
pub(super) fn prose(line: &Line<'_>, text: &str) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut run = Run::default();
    for (index, token) in line.tokens.iter().enumerate() {
        match token.kind {
            WordKind::Arabic => runs.extend(std::mem::take(&mut run).if_prose()),
            WordKind::Latin => {
                let first = text.get(token.start..token.end).and_then(|word| word.chars().next());
                run.add(index, first.is_some_and(char::is_uppercase));
            }
            WordKind::Number | WordKind::Mixed | WordKind::Symbol => {}
        }
    }
    runs.extend(run.if_prose());
    runs
}

/// Words of another script without an Arabic one between them.
#[derive(Default)]
struct Run {
    first: usize,
    last: usize,
    count: usize,
    capitals: usize,
}

impl Run {
    fn add(&mut self, index: usize, is_capital: bool) {
        if self.count == 0 {
            self.first = index;
        }
        self.last = index;
        self.count += 1;
        self.capitals += usize::from(is_capital);
    }

    fn if_prose(self) -> Option<Range<usize>> {
        (self.count >= PROSE && 2 * self.capitals < self.count).then_some(self.first..self.last + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::RuleExtractor;
    use crate::extract::vocabulary::Vocabulary;

    /// The first and the last word of each run.
    fn of(text: &str) -> Vec<(usize, usize)> {
        let rules = RuleExtractor::embedded().unwrap();
        let mut line = Line::new(rules.lexicon(), Vocabulary::default());
        line.fill(text, 0, text.len());
        prose(&line, text).into_iter().map(|run| (run.start, run.end - 1)).collect()
    }

    #[test]
    fn sentences_in_another_script_are_prose() {
        assert_eq!(of("Two real articles as published on the web"), [(0, 7)]);
        assert_eq!(of("قال: the talks in 2019 were over yesterday وغادر"), [(1, 7)]);
        assert_eq!(of("Вчера в городе прошли переговоры"), [(0, 4)]);
    }

    #[test]
    fn names_in_another_script_are_none() {
        for name in [
            "منظمة Human Rights Watch الحقوقية",
            "United Nations Office for the Coordination of Humanitarian Affairs",
            "صحيفة The New York Times الأميركية",
            "Médecins Sans Frontières, Human Rights Watch",
            "شركة iPhone في دبي",
            "of the web",
        ] {
            assert_eq!(of(name), [], "{name}");
        }
    }
}
