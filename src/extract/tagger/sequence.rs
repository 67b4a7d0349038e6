//! A line of text as the tagger sees it: words, their attributes, and what stands between them.

use std::ops::Range;

use super::attributes::{Attribute, Gist, Kept, Kind, Setting, Window, WordAttributes, key, pair};
use super::facts::{Hints, WordFacts, short};
use crate::extract::classes::Classes;
use crate::extract::key::{phrase_key, word_key};
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
    /// Where it stands: its first attributes.
    pub setting: Setting,
    /// Its own attributes that depend on the words beside it: a range of [`Sequence::local`].
    pub local: Range<u32>,
    /// Those that depend on what others say of it: a range of [`Sequence::said`].
    pub said: Range<u32>,
}

/// The words of a line, with what is kept of their attributes.
#[derive(Clone, Debug)]
pub struct Sequence<A = Attribute> {
    /// The words in order.
    pub words: Vec<SequenceWord>,
    /// Attributes that depend on the place.
    pub local: Vec<A>,
    /// Attributes that depend on what rules and heads say.
    pub said: Vec<A>,
}

impl<A> Default for Sequence<A> {
    fn default() -> Self {
        Self { words: Vec::new(), local: Vec::new(), said: Vec::new() }
    }
}

impl<A: Kept> Sequence<A> {
    /// The attributes of a word that do not follow from the word alone.
    pub fn around(&self, word: &SequenceWord) -> impl Iterator<Item = A> {
        word.setting.attributes().into_iter().map(A::of).chain(self.beside(word).copied())
    }

    /// The same without those that follow from its setting.
    pub(super) fn beside(&self, word: &SequenceWord) -> impl Iterator<Item = &A> {
        let local = self.local.get(word.local.start as usize..word.local.end as usize);
        let said = self.said.get(word.said.start as usize..word.said.end as usize);
        local.unwrap_or_default().iter().chain(said.unwrap_or_default())
    }

    /// The attributes of a word that were not there while only the first `known` streams spoke.
    pub(super) fn said_since(&self, word: &SequenceWord, known: usize) -> &[A] {
        let from = word.said.start as usize + SAID * known;
        self.said.get(from..word.said.end as usize).unwrap_or_default()
    }
}

/// Attributes that each stream gives a word, however many streams there are.
const SAID: usize = 3;

/// Codes of words from elsewhere: rules, another tagger, the rest of the article. 0 says nothing.
pub type Stream = Vec<u16>;

/// Turns lines into sequences, and knows the attributes of each form met so far.
pub struct SequenceReader<'a, A = Attribute> {
    line: Line<'a>,
    words: WordAttributes<'a>,
    hints: &'a Hints,
    met: Met<A>,
    /// For each word of a line, where it stands in phrases of the gazetteer and of the lists.
    phrases: Vec<Vec<u32>>,
}

/// The forms met so far.
#[derive(Debug)]
pub(super) struct Met<A> {
    /// The number of each spelling's form, as the line's vocabulary of this age numbers them.
    numbers: Vec<u32>,
    age: u32,
    gists: Vec<Gist>,
    /// The attributes of the forms that were not let go, and where those of each end.
    attributes: Vec<A>,
    ends: Vec<u32>,
    let_go: usize,
    vocabulary: Vocabulary,
}

/// The number of a spelling whose form has none yet.
const NEW: u32 = u32::MAX;

impl<A> Default for Met<A> {
    fn default() -> Self {
        Self {
            numbers: Vec::new(),
            age: 0,
            gists: Vec::new(),
            attributes: Vec::new(),
            ends: Vec::new(),
            let_go: 0,
            vocabulary: Vocabulary::default(),
        }
    }
}

impl<'a, A: Kept> SequenceReader<'a, A> {
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
        mut met: Met<A>,
    ) -> Self {
        let line = Line::new(lexicon, std::mem::take(&mut met.vocabulary));
        let words = WordAttributes { facts, shape: String::new() };
        Self { line, words, hints, met, phrases: Vec::new() }
    }

    /// The forms met, for the next reader; this one has none left.
    pub(super) fn take_met(&mut self) -> Met<A> {
        Met { vocabulary: self.line.take_vocabulary(), ..std::mem::take(&mut self.met) }
    }

    /// Lets the attributes of the forms met go, when they are scored.
    pub(super) fn let_go(&mut self) {
        self.met.attributes.clear();
        self.met.ends.clear();
        self.met.let_go = self.met.gists.len();
    }

    /// The attributes of a form by its number.
    #[must_use]
    pub fn form(&self, number: u32) -> &[A] {
        let end = |at: usize| self.met.ends.get(at).map(|&end| end as usize);
        let at = (number as usize).checked_sub(self.met.let_go);
        let bounds = at.and_then(|at| Some((at.checked_sub(1).map_or(Some(0), end)?, end(at)?)));
        bounds.and_then(|(from, to)| self.met.attributes.get(from..to)).unwrap_or_default()
    }

    /// The key of a form's stem, as facts have it.
    #[must_use]
    pub fn stem(&self, number: u32) -> u32 {
        self.met.gists.get(number as usize).map_or(0, |gist| short(gist.stem))
    }

    /// The keys of the words of a phrase, the first without its proclitics, for the line that was split last.
    #[must_use]
    pub fn phrase(&self, sequence: &Sequence<A>, first: usize, last: usize) -> Vec<u64> {
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
    pub fn split(&mut self, text: &str, line: Range<usize>) -> Sequence<A> {
        self.line.fill(text, line.start, line.end);
        let mut sequence = Sequence::default();
        self.read_line(&mut sequence);
        sequence
    }

    /// Makes the words of the line those of a sequence, in the place of what it had.
    pub(super) fn read_line(&mut self, sequence: &mut Sequence<A>) {
        sequence.words.clear();
        sequence.said.clear();
        let count = self.line.len();
        for index in 0..count {
            let Some(token) = self.line.tokens.get(index).copied() else { break };
            let form = self.number(index, token.number);
            sequence.words.push(SequenceWord {
                start: token.start,
                end: token.end,
                form,
                gap: gap_class(token.gap),
                setting: Setting::new(token.gap, self.line.gap(index + 1), index, count),
                local: 0..0,
                said: 0..0,
            });
        }
        self.place(sequence);
    }

    /// The number of a word's form: one for each spelling.
    fn number(&mut self, index: usize, spelling: u32) -> u32 {
        let spelling = spelling as usize;
        if self.met.age != self.line.age() {
            self.met.age = self.line.age();
            self.met.numbers.clear();
        }
        if self.met.numbers.len() <= spelling {
            self.met.numbers.resize(self.line.spellings().max(spelling + 1), NEW);
        }
        match self.met.numbers.get_mut(spelling) {
            Some(number) if *number != NEW => *number,
            Some(number) => {
                *number = self.met.gists.len() as u32;
                let number = *number;
                self.describe(index);
                number
            }
            None => NEW,
        }
    }

    /// Finds out about a form that has not been met.
    #[inline(never)]
    fn describe(&mut self, index: usize) {
        let mut gist = self.words.describe(&self.line, index, &mut self.met.attributes);
        let mut readings = self.line.readings(index).iter();
        gist.opens = readings.any(|reading| reading.found.more || self.hints.find(reading.key).is_some());
        self.met.gists.push(gist);
        self.met.ends.push(self.met.attributes.len() as u32);
    }

    fn gist(&self, sequence: &Sequence<A>, index: Option<usize>) -> Gist {
        index
            .and_then(|index| sequence.words.get(index))
            .and_then(|word| self.met.gists.get(word.form as usize))
            .copied()
            .unwrap_or_default()
    }

    /// Adds the attributes that depend on the place.
    #[inline(never)]
    fn place(&mut self, sequence: &mut Sequence<A>) {
        self.find_phrases(&sequence.words);
        let mut local = std::mem::take(&mut sequence.local);
        local.clear();
        for index in 0..sequence.words.len() {
            let from = local.len() as u32;
            self.place_word(sequence, index, &mut local);
            if let Some(word) = sequence.words.get_mut(index) {
                word.local = from..local.len() as u32;
            }
        }
        sequence.local = local;
    }

    /// Adds what rules and heads say, in place of what was said before.
    pub fn hear(&self, sequence: &mut Sequence<A>, streams: &[Stream]) {
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

    fn place_word(&self, sequence: &Sequence<A>, index: usize, out: &mut Vec<A>) {
        let mut here = |lexical, key| out.push(A::of(Attribute { key, window: Window::Here, lexical }));
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
        for &key in self.phrases.get(index).into_iter().flatten() {
            out.push(A::of(Attribute { key, window: Window::Wide, lexical: false }));
        }
    }

    fn hear_word(now: Gist, index: usize, streams: &[Stream], out: &mut Vec<A>) {
        let (mut joint, mut speakers) = (0, 0);
        for (number, stream) in (1..).zip(streams) {
            // Who says nothing of a word, not even that it is outside, leaves no attributes.
            let Some(&code) = stream.get(index) else { continue };
            speakers += 1;
            joint = pair(joint, u64::from(code));
            let value = u64::from(code) << 8 | number;
            out.push(A::of(Attribute {
                key: key(Kind::Stream, value),
                window: Window::Near,
                lexical: false,
            }));
            let mut here = |lexical, key| out.push(A::of(Attribute { key, window: Window::Here, lexical }));
            here(true, key(Kind::Streams, pair(value, now.stem)));
            here(false, key(Kind::Streams, pair(pair(value, 7), u64::from(now.clusters[1]))));
        }
        if speakers > 1 {
            let key = key(Kind::Streams, joint);
            out.push(A::of(Attribute { key, window: Window::Here, lexical: false }));
        }
    }

    /// Finds the phrases of the line.
    #[inline(never)]
    fn find_phrases(&mut self, words: &[SequenceWord]) {
        const CLASSES: Classes = Classes::TOWN
            .or(Classes::VILLAGE)
            .or(Classes::GIVEN)
            .or(Classes::SURNAME)
            .or(Classes::NATIONALITY);
        let mut flags = std::mem::take(&mut self.phrases);
        if flags.len() < self.line.len() {
            flags.resize(self.line.len(), Vec::new());
        }
        flags.iter_mut().for_each(Vec::clear);
        for (index, word) in words.iter().enumerate() {
            // Of most words nothing begins.
            if !self.met.gists.get(word.form as usize).is_some_and(|gist| gist.opens) {
                continue;
            }
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
        self.phrases = flags;
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
