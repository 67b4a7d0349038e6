//! The same text as others would write it: drawn out, with vowel marks, without the signs on letters.

use misam::text::letter::{is_arabic_letter, is_mark, joins_forward};
use misam::text::{SourceText, words};

use crate::corpus::{Item, Mark};

/// A way of writing.
#[derive(Clone, Copy)]
pub(crate) enum Writing {
    /// A tatweel in every word that has a place for it.
    Tatweel,
    /// A vowel mark in every word.
    Marks,
    /// Without hamza and madda on alef, ة as ه, final ى as ي.
    Bare,
}

impl Writing {
    pub(crate) const ALL: [Self; 3] = [Self::Tatweel, Self::Marks, Self::Bare];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Tatweel => "a tatweel in every word",
            Self::Marks => "a vowel mark in every word",
            Self::Bare => "no hamza on alef, ه for ة, ي for ى",
        }
    }

    /// An item written so, with its spans at the same letters.
    pub(crate) fn apply(self, item: &Item) -> Item {
        let text = item.text.as_str();
        let signs = self.insertions(text);
        let mut written = String::with_capacity(2 * text.len());
        // For each byte of the text where a letter begins, the byte where it begins now.
        let mut moved = vec![0; text.len() + 1];
        for (at, letter) in text.char_indices() {
            moved[at] = written.len();
            written.push(match (self, letter) {
                (Self::Bare, 'أ' | 'إ' | 'آ') => 'ا',
                (Self::Bare, 'ة') => 'ه',
                (Self::Bare, 'ى') => 'ي',
                _ => letter,
            });
            if signs.binary_search(&at).is_ok() {
                written.push(if matches!(self, Self::Tatweel) { 'ـ' } else { '\u{064E}' });
            }
        }
        moved[text.len()] = written.len();
        let gold = item.gold.iter().map(|mark| Mark {
            start: moved[mark.start],
            end: moved[mark.end],
            label: mark.label.clone(),
        });
        Item { id: item.id.clone(), gold: gold.collect(), text: SourceText::from(written.as_str()) }
    }

    /// The bytes of the letters that get a sign behind them: in each word the first that can have it, from the second
    /// letter on, but not the last.
    fn insertions(self, text: &str) -> Vec<usize> {
        let fits: fn(char) -> bool = match self {
            Self::Tatweel => joins_forward,
            Self::Marks => is_arabic_letter,
            Self::Bare => return Vec::new(),
        };
        let place = |word: std::ops::Range<usize>| {
            let letters: Vec<_> = text.get(word.clone())?.char_indices().collect();
            let pairs = letters.windows(2).skip(1);
            let mut places = pairs.filter_map(|pair| match pair {
                &[(at, letter), (_, next)] if fits(letter) && is_arabic_letter(next) && !is_mark(letter) => {
                    Some(word.start + at)
                }
                _ => None,
            });
            places.next()
        };
        words(text).filter_map(|word| place(word.range.to_std())).collect()
    }
}
