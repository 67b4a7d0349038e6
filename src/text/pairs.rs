//! Which bracket or quote belongs to which.

use super::letter::{self, Class, Side, class};

/// Which brackets and quotes of a text belong together, by the place of the one and the other.
pub(crate) struct Pairs(Vec<(usize, usize)>);

impl Pairs {
    /// Brackets nest. Quotes of one family take turns, the first opens and the second closes, because pages print them
    /// either way round; an apostrophe between letters is no quote.
    pub(crate) fn of(text: &str) -> Self {
        let mut pairs = Vec::new();
        let mut open_brackets: Vec<(u8, usize)> = Vec::new();
        let mut open_quotes = [None; 4];
        let mut before = Class::Space;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let after = chars.peek().map_or(Class::Space, |&(_, c)| class(c));
            if let Some((kind, side)) = letter::bracket(c) {
                match side {
                    Side::Open => open_brackets.push((kind, at)),
                    Side::Close if open_brackets.last().is_some_and(|&(open, _)| open == kind) => {
                        pairs.extend(open_brackets.pop().map(|(_, open)| (open, at)));
                    }
                    Side::Close => {}
                }
            } else if let Some(family) = letter::quote_family(c)
                && !(matches!(c, '\'' | '’') && before == Class::LatinLetter && after == Class::LatinLetter)
                && let Some(open) = open_quotes.get_mut(usize::from(family))
            {
                match open.take() {
                    Some(open) => pairs.push((open, at)),
                    None => *open = Some(at),
                }
            }
            before = class(c);
        }
        let mut both: Vec<_> = pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
        both.sort_unstable();
        Self(both)
    }

    /// Where the other half of the sign at a place is.
    pub(crate) fn mate(&self, at: usize) -> Option<usize> {
        let index = self.0.binary_search_by_key(&at, |&(place, _)| place).ok()?;
        self.0.get(index).map(|&(_, mate)| mate)
    }
}
