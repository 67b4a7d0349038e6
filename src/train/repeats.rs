//! A second look at an article: a word that is mostly a name in it is likely to be that name in its other lines, too.

use std::collections::HashMap;

use super::task::Item;
use crate::extract::tagger::decode::Decoder;
use crate::extract::tagger::sequence::{Sequence, SequenceReader};
use crate::extract::tagger::tags::{Tag, parts};

/// How often each word of an article was found under each label.
pub struct Repeats {
    labels: usize,
    /// For each stem: how often it comes, then how often under each label.
    counts: HashMap<u32, Vec<i32>>,
}

impl Repeats {
    /// The words of an article as they were tagged at first.
    #[must_use]
    pub fn of(reader: &SequenceReader<'_>, items: &[Item], tagged: &[Vec<Tag>], labels: usize) -> Self {
        let mut repeats = Self { labels, counts: HashMap::new() };
        for (item, tags) in items.iter().zip(tagged) {
            for (word, &tag) in item.sequence.words.iter().zip(tags) {
                repeats.learn(reader.stem(word.form), tag);
            }
        }
        repeats
    }

    fn learn(&mut self, stem: u32, tag: Tag) {
        let counts = self.counts.entry(stem).or_insert_with(|| vec![0; 1 + self.labels]);
        counts[0] += 1;
        if let Some((label, _)) = parts(tag) {
            counts[1 + label] += 1;
        }
    }

    /// The label that at least half of a word's places have, and their share of `weight`; `None` if the word comes once.
    fn mostly(&self, stem: u32, weight: i32) -> Option<(usize, i32)> {
        let (&all, labels) = self.counts.get(&stem)?.split_first()?;
        let (label, &most) =
            labels.iter().enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        (all > 1 && 2 * most >= all).then_some((label, weight * most / all))
    }

    /// Adds to the scores of the sequence that the decoder scored last what the article says of its words.
    pub fn favour(
        &self,
        decoder: &mut Decoder,
        reader: &SequenceReader<'_>,
        sequence: &Sequence,
        weight: i32,
    ) {
        for (index, word) in sequence.words.iter().enumerate() {
            if let Some((label, share)) = self.mostly(reader.stem(word.form), weight) {
                decoder.favour(0, index, label, share);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::tags::{OUTSIDE, Part, tag};

    #[test]
    fn a_word_is_what_it_is_in_at_least_half_of_its_places() {
        let mut repeats = Repeats { labels: 3, counts: HashMap::new() };
        for tag in [tag(1, Part::Single), OUTSIDE] {
            repeats.learn(7, tag);
        }
        assert_eq!(repeats.mostly(7, 100), Some((1, 50)));
        repeats.learn(7, OUTSIDE);
        assert_eq!(repeats.mostly(7, 100), None);
        repeats.learn(8, tag(1, Part::Single));
        assert_eq!(repeats.mostly(8, 100), None, "one place says nothing of others");
        assert_eq!(repeats.mostly(9, 100), None);
    }
}
