//! A line of text as the tagger sees it: words, their attributes, and what stands between them.

use std::collections::HashMap;
use std::ops::Range;

use super::attributes::{Attribute, Gist, Kind, Window, WordAttributes, key, pair};
use super::facts::{Hints, WordFacts, short};
use crate::extract::classes::Classes;
use crate::extract::key::{KeyState, phrase_key, word_key};
use crate::extract::lexicon::Lexicon;
use crate::extract::line::{Gap, Line};
use crate::extract::vocabulary::{Reading, Vocabulary};

/// What stands before a word, as transitions tell it apart.
pub const GAPS: usize = 5;

/// A word of a sequence.
#[derive(Clone, Debug)]
pub struct SequenceWord {
    /// Byte of the text where it begins.
    pub start: usize,
    /// Byte after its end.
    pub end: usize,
    /// The number of its form: the same for the same letters.
    pub form: u32,
    /// What stands before it, below [`GAPS`].
    pub gap: u8,
    /// Its own attributes that depend on where it stands: a range of [`Sequence::local`].
    pub local: Range<u32>,
    /// Those that depend on what others say of it: a range of [`Sequence::said`].
    pub said: Range<u32>,
}

/// The words of a line.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    /// The words in order.
    pub words: Vec<SequenceWord>,
    /// Attributes that depend on the place.
    pub local: Vec<Attribute>,
    /// Attributes that depend on what rules and heads say.
    pub said: Vec<Attribute>,
}

impl Sequence {
    /// The attributes of a word that do not follow from the word alone.
    pub fn around(&self, word: &SequenceWord) -> impl Iterator<Item = &Attribute> {
        let local = self.local.get(word.local.start as usize..word.local.end as usize);
        let said = self.said.get(word.said.start as usize..word.said.end as usize);
        local.unwrap_or_default().iter().chain(said.unwrap_or_default())
    }

    /// The attributes of a word that were not there while only the first `known` streams spoke.
    pub(super) fn said_since(&self, word: &SequenceWord, known: usize) -> &[Attribute] {
        let from = word.said.start as usize + SAID * known;
        self.said.get(from..word.said.end as usize).unwrap_or_default()
    }
}

/// Attributes that each stream gives a word, however many streams there are.
const SAID: usize = 3;

/// Codes of words from elsewhere: rules, another tagger, the rest of the article. 0 says nothing.
pub type Stream = Vec<u16>;

/// Turns lines into sequences, and knows the attributes of each form met so far.
pub struct SequenceReader<'a> {
    line: Line<'a>,
    words: WordAttributes<'a>,
    hints: &'a Hints,
    met: Met,
}

/// The forms met so far.
#[derive(Debug, Default)]
pub(super) struct Met {
    numbers: HashMap<u64, u32, KeyState>,
    gists: Vec<Gist>,
    /// The attributes of each form, until they are let go.
    attributes: Vec<Vec<Attribute>>,
    let_go: usize,
    vocabulary: Vocabulary,
}

impl<'a> SequenceReader<'a> {
    /// A reader over a lexicon and what is known of words.
    #[must_use]
    pub fn new(lexicon: &'a Lexicon, facts: &'a WordFacts, hints: &'a Hints) -> Self {
        Self::going_on(lexicon, facts, hints, Met::default())
    }

    /// A reader that goes on with the forms that another one met, over the same lexicon and facts.
    pub(super) fn going_on(
        lexicon: &'a Lexicon,
        facts: &'a WordFacts,
        hints: &'a Hints,
        mut met: Met,
    ) -> Self {
        let line = Line::new(lexicon, std::mem::take(&mut met.vocabulary));
        Self { line, words: WordAttributes { facts, shape: String::new() }, hints, met }
    }

    /// The forms met, for the next reader; this one has none left.
    pub(super) fn take_met(&mut self) -> Met {
        Met { vocabulary: self.line.take_vocabulary(), ..std::mem::take(&mut self.met) }
    }

    /// Lets the attributes of the forms met go, when they are scored.
    pub(super) fn let_go(&mut self) {
        for attributes in self.met.attributes.iter_mut().skip(self.met.let_go) {
            *attributes = Vec::new();
        }
        self.met.let_go = self.met.attributes.len();
    }

    /// The attributes of a form by its number.
    #[must_use]
    pub fn form(&self, number: u32) -> &[Attribute] {
        self.met.attributes.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// The key of a form's stem, as facts have it.
    #[must_use]
    pub fn stem(&self, number: u32) -> u32 {
        self.met.gists.get(number as usize).map_or(0, |gist| short(gist.stem))
    }

    /// The keys of the words of a phrase, the first without its proclitics, for the line that was split last.
    #[must_use]
    pub fn phrase(&self, sequence: &Sequence, first: usize, last: usize) -> Vec<u64> {
        let gist = self.gist(sequence, Some(first));
        std::iter::once(gist.stem).chain((first + 1..=last).map(|at| word_key(self.line.form(at)))).collect()
    }

    /// The line that was split last.
    pub(crate) const fn line(&self) -> &Line<'a> {
        &self.line
    }

    /// The line, to be filled.
    pub(crate) const fn line_mut(&mut self) -> &mut Line<'a> {
        &mut self.line
    }

    /// Forgets the forms met, so that memory does not grow with the text.
    pub fn forget(&mut self) {
        self.met = Met::default();
        self.line.forget();
    }

    /// How many forms were met.
    #[must_use]
    pub fn form_count(&self) -> usize {
        self.met.gists.len()
    }

    /// Splits a line into words.
    pub fn split(&mut self, text: &str, line: Range<usize>) -> Sequence {
        self.line.fill(text, line.start, line.end);
        let mut words = Vec::with_capacity(self.line.len());
        for index in 0..self.line.len() {
            let Some(token) = self.line.tokens.get(index).copied() else { break };
            let form = self.number(text, index, token.start..token.end);
            words.push(SequenceWord {
                start: token.start,
                end: token.end,
                form,
                gap: gap_class(token.gap),
                local: 0..0,
                said: 0..0,
            });
        }
        let mut sequence = Sequence { words, ..Sequence::default() };
        self.place(&mut sequence);
        sequence
    }

    fn number(&mut self, text: &str, index: usize, word: Range<usize>) -> u32 {
        let key = word_key(text.get(word).unwrap_or_default());
        if let Some(&number) = self.met.numbers.get(&key) {
            return number;
        }
        let mut attributes = Vec::new();
        let gist = self.words.describe(&self.line, index, &mut attributes);
        let number = self.met.gists.len() as u32;
        self.met.gists.push(gist);
        self.met.attributes.push(attributes);
        self.met.numbers.insert(key, number);
        number
    }

    fn gist(&self, sequence: &Sequence, index: Option<usize>) -> Gist {
        index
            .and_then(|index| sequence.words.get(index))
            .and_then(|word| self.met.gists.get(word.form as usize))
            .copied()
            .unwrap_or_default()
    }

    /// Adds the attributes that depend on the place.
    fn place(&self, sequence: &mut Sequence) {
        let phrases = self.phrases();
        let mut local = Vec::with_capacity(sequence.words.len() * 48);
        for index in 0..sequence.words.len() {
            let from = local.len() as u32;
            self.place_word(sequence, index, &phrases, &mut local);
            if let Some(word) = sequence.words.get_mut(index) {
                word.local = from..local.len() as u32;
            }
        }
        sequence.local = local;
    }

    /// Adds what rules and heads say, in place of what was said before.
    pub fn hear(&self, sequence: &mut Sequence, streams: &[Stream]) {
        let mut said = std::mem::take(&mut sequence.said);
        said.clear();
        for index in 0..sequence.words.len() {
            let from = said.len() as u32;
            Self::hear_word(self.gist(sequence, Some(index)), index, streams, &mut said);
            if let Some(word) = sequence.words.get_mut(index) {
                word.said = from..said.len() as u32;
            }
        }
        sequence.said = said;
    }

    fn place_word(&self, sequence: &Sequence, index: usize, phrases: &[Vec<u32>], out: &mut Vec<Attribute>) {
        let mut here = |lexical, key| out.push(Attribute { key, window: Window::Here, lexical });
        let gap = u64::from(self.line.gap(index).bits());
        let after = u64::from(self.line.gap(index + 1).bits());
        here(false, key(Kind::Gap, gap << 1));
        here(false, key(Kind::Gap, after << 1 | 1));
        here(false, key(Kind::Gaps, gap << 16 | after));
        let count = sequence.words.len();
        let title = u64::from(count < 16);
        here(false, key(Kind::Place, (index.min(3) as u64) << 2 | title << 1));
        here(false, key(Kind::Place, ((count - index).min(3) as u64) << 2 | title << 1 | 1));
        let now = self.gist(sequence, Some(index));
        let before = self.gist(sequence, index.checked_sub(1));
        let earlier = self.gist(sequence, index.checked_sub(2));
        let next = self.gist(sequence, Some(index + 1));
        here(true, key(Kind::WordPair, pair(pair(1, before.stem), now.stem)));
        here(true, key(Kind::WordPair, pair(pair(2, now.stem), next.stem)));
        here(true, key(Kind::WordPair, pair(pair(3, before.stem), next.stem)));
        here(true, key(Kind::WordPair, pair(pair(4, earlier.stem), before.stem)));
        for level in 0..3u64 {
            let of = |gist: Gist| u64::from(gist.clusters[level as usize]);
            here(false, key(Kind::ClusterPair, pair(level << 2 | 1, of(before) << 16 | of(now))));
            here(false, key(Kind::ClusterPair, pair(level << 2 | 2, of(now) << 16 | of(next))));
            if level < 2 {
                here(
                    false,
                    key(Kind::ClusterPair, pair(level << 2 | 3, of(before) << 32 | of(now) << 16 | of(next))),
                );
            }
        }
        here(false, key(Kind::ClassPair, pair(pair(1, before.classes), now.classes)));
        here(false, key(Kind::ClassPair, pair(pair(2, now.classes), next.classes)));
        here(false, key(Kind::ClassPair, pair(pair(3, before.classes), u64::from(now.clusters[0]))));
        here(false, key(Kind::ClassPair, pair(pair(4, now.classes), u64::from(next.clusters[0]))));
        here(false, key(Kind::EndingPair, pair(pair(1, before.ending), now.ending)));
        here(false, key(Kind::EndingPair, pair(pair(2, now.ending), next.ending)));
        if now.taken != 0 || before.taken != 0 || next.taken != 0 {
            here(false, key(Kind::TakenPair, pair(pair(1, before.taken), now.taken)));
            here(false, key(Kind::TakenPair, pair(pair(2, now.taken), next.taken)));
            here(false, key(Kind::TakenPair, pair(pair(3, before.taken), pair(now.taken, next.taken))));
            here(false, key(Kind::TakenPair, pair(pair(4, before.classes), now.taken)));
            here(false, key(Kind::TakenPair, pair(pair(5, u64::from(before.clusters[1])), now.taken)));
        }
        if before.behind != 0 || next.ahead != 0 {
            here(false, key(Kind::TakenPair, pair(pair(6, before.behind), now.taken)));
            here(false, key(Kind::TakenPair, pair(pair(7, next.ahead), now.taken)));
            here(false, key(Kind::TakenPair, pair(pair(8, before.behind), u64::from(now.clusters[1]))));
            here(false, key(Kind::TakenPair, pair(pair(9, before.behind), next.ahead)));
        }
        here(
            false,
            key(
                Kind::EndingPair,
                pair(pair(3, before.ending), pair(now.ending, u64::from(before.clusters[0]))),
            ),
        );
        for &flag in phrases.get(index).into_iter().flatten() {
            out.push(Attribute { key: flag, window: Window::Wide, lexical: false });
        }
    }

    fn hear_word(now: Gist, index: usize, streams: &[Stream], out: &mut Vec<Attribute>) {
        let mut joint = 0;
        for (number, stream) in (1..).zip(streams) {
            let code = stream.get(index).copied().unwrap_or_default();
            joint = pair(joint, u64::from(code));
            let value = u64::from(code) << 8 | number;
            out.push(Attribute { key: key(Kind::Stream, value), window: Window::Near, lexical: false });
            let mut here = |lexical, key| out.push(Attribute { key, window: Window::Here, lexical });
            here(true, key(Kind::Streams, pair(value, now.stem)));
            here(false, key(Kind::Streams, pair(pair(value, 7), u64::from(now.clusters[1]))));
        }
        if streams.len() > 1 {
            out.push(Attribute { key: key(Kind::Streams, joint), window: Window::Here, lexical: false });
        }
    }

    /// For each word, where it stands in phrases of the gazetteer and of the lists.
    fn phrases(&self) -> Vec<Vec<u32>> {
        const CLASSES: Classes = Classes::TOWN
            .or(Classes::VILLAGE)
            .or(Classes::GIVEN)
            .or(Classes::SURNAME)
            .or(Classes::NATIONALITY);
        let mut flags: Vec<Vec<u32>> = vec![Vec::new(); self.line.len()];
        for index in 0..self.line.len() {
            for reading in self.line.readings(index) {
                let mut best: Option<(usize, u64)> = None;
                self.line.phrases(index, reading, |last, found| {
                    if last == index {
                        return;
                    }
                    let mut what = 0;
                    if found.classes.any(CLASSES) {
                        what |= found.classes.indices().fold(0, |set, class| set | 1 << (class % 48));
                    }
                    for name in self.line.lexicon.names(found.names) {
                        what |= 1 << (48 + name.label as u64);
                    }
                    if what != 0 {
                        best = Some((last, what));
                    }
                });
                if let Some((last, what)) = best {
                    mark(&mut flags, index, last, |part| key(Kind::Phrase, pair(what, part)));
                }
                self.hint(index, reading, &mut flags);
            }
        }
        flags
    }

    /// Marks the longest phrase of the name lists that begins with a reading.
    fn hint(&self, index: usize, reading: &Reading, flags: &mut [Vec<u32>]) {
        let mut best = None;
        let mut phrase = reading.key;
        let mut last = index;
        while let Some((lists, more)) = self.hints.find(phrase) {
            if lists != 0 {
                best = Some((last, lists));
            }
            let next = last + 1;
            if !more
                || next >= self.line.len()
                || !(self.line.gap(next).is_space() || self.line.gap(next).is_hyphen())
            {
                break;
            }
            phrase = phrase_key(phrase, word_key(self.line.form(next)));
            last = next;
        }
        let Some((last, lists)) = best else { return };
        let alone = u64::from(index == last);
        for list in (0..32).filter(|list| lists >> list & 1 == 1) {
            mark(flags, index, last, |part| key(Kind::Hint, list << 4 | part << 1 | alone));
        }
    }
}

/// Adds an attribute for each word of a phrase.
fn mark(flags: &mut [Vec<u32>], first: usize, last: usize, attribute: impl Fn(u64) -> u32) {
    for (at, flags) in flags.iter_mut().enumerate().take(last + 1).skip(first) {
        let part = match (at == first, at == last) {
            (true, _) => 1,
            (_, true) => 2,
            _ => 3,
        };
        flags.push(attribute(part));
    }
}

fn gap_class(gap: Gap) -> u8 {
    if gap.is_space() {
        0
    } else if gap.parts() {
        4
    } else if gap.commas() {
        1
    } else if gap.dashes() {
        3
    } else {
        2
    }
}
