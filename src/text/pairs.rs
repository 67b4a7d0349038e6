//! Which bracket or quote belongs to which.

use std::ops::Range;

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

/// A part of a text with the other half of what is open in it, a bracket or a quote, where that stands at one of its ends
/// or behind space there: `القرار رقم (2254` with the bracket that follows. A part in which nothing is open, or more than
/// one thing, or whose other half is further off, stays as it is. Takes as long as the part is.
pub(crate) fn with_other_half(text: &str, part: Range<usize>) -> Range<usize> {
    let Some(sign) = text.get(part.clone()).and_then(open_sign) else {
        return part;
    };
    let is_space = |c: char| class(c) == Class::Space && !matches!(c, '\n' | '\r');
    let behind = text.get(part.end..).unwrap_or_default();
    let mut signs = behind.char_indices().skip_while(|&(_, c)| is_space(c));
    if let Some((at, c)) = signs.next().filter(|&(_, c)| sign.is_closed_by(c)) {
        return part.start..part.end + at + c.len_utf8();
    }
    let ahead = text.get(..part.start).unwrap_or_default();
    let mut signs = ahead.char_indices().rev().skip_while(|&(_, c)| is_space(c));
    match signs.next().filter(|&(_, c)| Sign::of(c).is_some_and(|open| open.is_closed_by_sign(sign))) {
        Some((at, _)) => at..part.end,
        None => part,
    }
}

/// A sign that has another half.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Bracket(u8, Side),
    Quote(u8),
}

impl Sign {
    /// Single quotes are apostrophes as often.
    fn of(c: char) -> Option<Self> {
        let bracket = letter::bracket(c).map(|(kind, side)| Self::Bracket(kind, side));
        let quote = letter::quote_family(c).filter(|_| letter::quote_family(c) != letter::quote_family('\''));
        bracket.or_else(|| quote.map(Self::Quote))
    }

    fn is_closed_by(self, c: char) -> bool {
        Self::of(c).is_some_and(|sign| self.is_closed_by_sign(sign))
    }

    /// Quotes of one family stand for each other, because pages print them either way round.
    fn is_closed_by_sign(self, sign: Self) -> bool {
        match (self, sign) {
            (Self::Bracket(kind, Side::Open), Self::Bracket(other, Side::Close)) => kind == other,
            (Self::Quote(family), Self::Quote(other)) => family == other,
            _ => false,
        }
    }
}

/// The one bracket or quote of a text whose other half is not in it.
fn open_sign(text: &str) -> Option<Sign> {
    let mut open: Vec<Sign> = Vec::new();
    for sign in text.chars().filter_map(Sign::of) {
        if open.last().is_some_and(|last| last.is_closed_by_sign(sign)) {
            open.pop();
        } else {
            open.push(sign);
        }
    }
    match open.as_slice() {
        [sign] => Some(*sign),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::with_other_half;

    /// What becomes of the part of a text between bars.
    fn taken(text: &str) -> String {
        let (before, rest) = text.split_once('|').unwrap();
        let (part, after) = rest.split_once('|').unwrap();
        let whole = [before, part, after].concat();
        whole[with_other_half(&whole, before.len()..before.len() + part.len())].to_owned()
    }

    #[test]
    fn the_other_half_at_an_end_is_taken_in() {
        assert_eq!(taken("صدر |القرار رقم (2254|) أمس"), "القرار رقم (2254)");
        assert_eq!(taken("ولد |عام (1948|) في حيفا"), "عام (1948)");
        assert_eq!(taken("قصفت |طائرات «إف-16|» البلدة"), "طائرات «إف-16»");
        assert_eq!(taken("مقتل (|15) عنصرا| أمس"), "(15) عنصرا");
        assert_eq!(taken("عن \"|لواء القدس\" الفلسطيني| أمس"), "\"لواء القدس\" الفلسطيني");
        assert_eq!(taken("في |عام ( 1319| ) هجري"), "عام ( 1319 )");
    }

    #[test]
    fn what_is_whole_or_cannot_be_stays() {
        for text in [
            "زار |بغداد| أمس",
            "في (|بغداد|) أمس",
            "|كتيبة «النور» الأولى| ثم",
            "عن |كتيبة (النور| ثم) رحل",
            "عن |كتيبة (النور|",
            "عن |كتيبة ((النور|)) ثم",
            "قال |O'Brien|' ثم",
            "في |عام (1948|\n) ثم",
        ] {
            assert_eq!(taken(text), text.split('|').nth(1).unwrap(), "{text}");
        }
    }
}
