//! The words of a span, folded, and a cursor that walks them.

use crate::text::{WordKind, fold_word, words};

/// More words than any date or count has.
const MAX_WORDS: usize = 40;

/// The words of a span.
#[derive(Debug)]
pub(super) struct Surface {
    words: Vec<SurfaceWord>,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    Space,
    Hyphen,
    Slash,
    /// An opening bracket. A closing one is no more than space.
    Bracket,
    Other,
}

#[derive(Clone, Debug)]
struct SurfaceWord {
    form: String,
    /// What stands before it.
    gap: Gap,
    /// It is written with the two fathas of an indefinite accusative: ألفًا is one thousand, ألفا may be two.
    tanwin: bool,
}

impl Surface {
    /// Splits a span; nothing if it has no words, or more than a date or count can have.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut found = Vec::new();
        let mut last_end = None;
        for word in words(text) {
            let range = word.range.to_std();
            let gap =
                last_end.map_or(Gap::Space, |end| Gap::of(text.get(end..range.start).unwrap_or_default()));
            last_end = Some(range.end);
            let spelled = text.get(range).unwrap_or_default();
            let form = fold_word(spelled);
            let tanwin = spelled.contains('\u{64B}');
            // و2005 and 1446هـ are two words each.
            let pieces = if word.kind == WordKind::Mixed { pieces(&form) } else { vec![form.as_str()] };
            for (index, piece) in pieces.into_iter().enumerate() {
                let gap = if index == 0 { gap } else { Gap::Space };
                found.push(SurfaceWord { form: piece.to_owned(), gap, tanwin });
            }
            if found.len() > MAX_WORDS {
                return None;
            }
        }
        (!found.is_empty()).then_some(Self { words: found })
    }

    /// The span with the alif that the writing of لل has swallowed: الأسبوع for لأسبوع.
    pub(super) fn with_article_restored(&self) -> Option<Self> {
        let mut words = self.words.clone();
        let first = words.first_mut().filter(|word| word.form.starts_with('ل'))?;
        first.form.insert(0, 'ا');
        Some(Self { words })
    }

    /// A cursor on the first word.
    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor { words: &self.words, at: 0, skip: 0 }
    }
}

impl Gap {
    fn of(text: &str) -> Self {
        let mut signs = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c));
        match (signs.next(), signs.next()) {
            (None, _) => Self::Space,
            (Some('-' | '–' | '—' | '‐' | '‑' | '−' | 'ـ'), None) => Self::Hyphen,
            (Some('/'), None) => Self::Slash,
            (Some('('), None) => Self::Bracket,
            (Some(')'), None) => Self::Space,
            _ => Self::Other,
        }
    }
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The runs of digits (with what joins them) and of letters of a word.
fn pieces(form: &str) -> Vec<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut pieces = Vec::new();
    let mut rest = form;
    while let Some(first) = rest.chars().next() {
        let digits = is_digit(first);
        let end =
            rest.find(|c: char| if digits { c.is_alphabetic() } else { is_digit(c) }).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        pieces.push(piece);
        rest = tail;
    }
    pieces
}

/// A place among the words of a span. Copied to try something, assigned back if it went well.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    words: &'a [SurfaceWord],
    at: usize,
    /// Bytes of the word that were read already: the و of وأربعين.
    skip: usize,
}

impl<'a> Cursor<'a> {
    /// True behind the last word.
    pub(super) fn is_done(self) -> bool {
        self.at >= self.words.len()
    }

    /// The folded form of the next word; empty behind the last one, and where a sign parts them.
    pub(super) fn form(self) -> &'a str {
        self.behind(Gap::Space)
    }

    fn behind(self, gap: Gap) -> &'a str {
        // What stands in brackets is read as if it did not: عام (1948).
        let fits = |word: &&SurfaceWord| word.gap == gap || (gap == Gap::Space && word.gap == Gap::Bracket);
        let word = self.words.get(self.at).filter(|word| fits(word) || self.at == 0 || self.skip > 0);
        word.and_then(|word| word.form.get(self.skip..)).unwrap_or_default()
    }

    /// True if the next word is written with tanwin.
    pub(super) fn has_tanwin(self) -> bool {
        self.words.get(self.at).is_some_and(|word| word.tanwin)
    }

    /// Behind the next word.
    pub(super) const fn skipped(self) -> Self {
        Self { words: self.words, at: self.at + 1, skip: 0 }
    }

    /// Steps over the next word.
    pub(super) const fn step(&mut self) {
        *self = self.skipped();
    }

    /// Steps over the next word if it is this one.
    pub(super) fn take(&mut self, form: &str) -> bool {
        self.take_any(&[form])
    }

    /// Steps over the next word if it is one of these.
    pub(super) fn take_any(&mut self, forms: &[&str]) -> bool {
        let found = forms.contains(&self.form());
        if found {
            self.step();
        }
        found
    }

    /// Steps over these words if they are next, all of them.
    pub(super) fn take_all(&mut self, forms: &[&str]) -> bool {
        let mut cursor = *self;
        let found = forms.iter().all(|form| cursor.take(form));
        if found {
            *self = cursor;
        }
        found
    }

    /// What reads the next words, if it does; the cursor stays otherwise.
    pub(super) fn read<T>(&mut self, reader: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut cursor = *self;
        let found = reader(&mut cursor)?;
        *self = cursor;
        Some(found)
    }

    /// What a table knows of the next word, which is then stepped over.
    pub(super) fn look_up<T>(&mut self, table: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let found = table(self.form())?;
        self.step();
        Some(found)
    }

    /// Behind a و that joins the next word, attached or by itself.
    pub(super) fn conjoined(self) -> Option<Self> {
        let rest = self.form().strip_prefix('و')?;
        if rest.is_empty() {
            let next = self.skipped();
            return (!next.form().is_empty()).then_some(next);
        }
        Some(Self { skip: self.skip + 'و'.len_utf8(), ..self })
    }

    /// At the next word if a dash and nothing else stands before it.
    pub(super) fn behind_hyphen(self) -> Option<Self> {
        self.behind_sign(Gap::Hyphen)
    }

    /// At the next word if an opening bracket and nothing else stands before it.
    pub(super) fn behind_bracket(self) -> Option<Self> {
        self.behind_sign(Gap::Bracket)
    }

    /// At the next word if a slash and nothing else stands before it.
    pub(super) fn behind_slash(self) -> Option<Self> {
        self.behind_sign(Gap::Slash)
    }

    fn behind_sign(self, gap: Gap) -> Option<Self> {
        let word = self.words.get(self.at).filter(|word| self.at > 0 && word.gap == gap)?;
        // A cursor inside a word does not look at what stands before it.
        (!word.form.is_empty()).then_some(Self { words: self.words.get(self.at..)?, at: 0, skip: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_walked_and_signs_stop_the_walk() {
        let surface = Surface::new("٣ - 9 مايو 2019").unwrap();
        let mut cursor = surface.cursor();
        assert!(cursor.take("3"));
        assert_eq!(cursor.form(), "");
        let mut behind = cursor.behind_hyphen().unwrap();
        assert!(behind.take_all(&["9", "مايو", "2019"]) && behind.is_done());
        assert!(cursor.behind_slash().is_none());
    }

    #[test]
    fn a_conjunction_is_peeled_attached_or_not() {
        for text in ["خمسة وأربعين", "خمسة و أربعين"] {
            let surface = Surface::new(text).unwrap();
            assert_eq!(surface.cursor().skipped().conjoined().unwrap().form(), "اربعين");
        }
        let surface = Surface::new("ألف و500").unwrap();
        assert_eq!(surface.cursor().skipped().conjoined().unwrap().form(), "500");
        assert!(Surface::new("و").unwrap().cursor().conjoined().is_none());
    }

    #[test]
    fn nothing_and_too_much_are_no_surface() {
        assert!(Surface::new(" \u{200F}").is_none());
        assert!(Surface::new(&"يوم ".repeat(100)).is_none());
    }
}
