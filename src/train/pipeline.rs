//! Examples through rules and heads, as they go at work.

use std::sync::Arc;

use super::corpora::Example;
use super::cuts::CutExample;
use super::resources::Taken;
use super::task::Item;
use crate::extract::tagger::cut;
use crate::extract::tagger::decode::Decoder;
use crate::extract::tagger::facts::{Hints, WordFacts};
use crate::extract::tagger::head::Head;
use crate::extract::tagger::sequence::{Sequence, SequenceReader, Stream};
use crate::extract::tagger::streams;
use crate::extract::tagger::table::Table;
use crate::extract::tagger::tags::{self, OUTSIDE};
use crate::extract::{Extractor, Label, RuleExtractor};
use crate::text::SourceText;

/// What stands before the head in training.
pub struct Pipeline<'a> {
    rules: &'a RuleExtractor,
    facts: &'a WordFacts,
    reader: SequenceReader<'a>,
    heads: Decoder,
    /// False if the heads learn without the rules' proposals: then they leave no attributes.
    hears_rules: bool,
}

impl<'a> Pipeline<'a> {
    /// Rules, facts, name lists and the heads before the one to be trained.
    #[must_use]
    pub fn new(rules: &'a RuleExtractor, facts: &'a WordFacts, hints: &'a Hints, heads: &[Head]) -> Self {
        let reader = SequenceReader::new(rules.lexicon(), facts, hints);
        Self { rules, facts, reader, heads: Decoder::new(Arc::new(Table::of(heads))), hears_rules: true }
    }

    /// The same with or without the rules' proposals among the attributes.
    #[must_use]
    pub const fn hearing_rules(mut self, hears_rules: bool) -> Self {
        self.hears_rules = hears_rules;
        self
    }

    /// The reader, which knows the forms of the items made here.
    #[must_use]
    pub const fn reader(&self) -> &SequenceReader<'a> {
        &self.reader
    }

    /// The lines of a text with the streams of rules and heads.
    fn lines(&mut self, text: &str, mut each: impl FnMut(&SequenceReader<'a>, Sequence, Vec<Stream>)) {
        let text = SourceText::new(text.to_owned());
        let suggestions = self.rules.suggest(&text);
        for line in text.paragraphs() {
            let range = line.content.to_std();
            let mut sequence = self.reader.split(text.as_str(), range.clone());
            let from = suggestions.partition_point(|s| s.range.to_std().start < range.start);
            let to = suggestions.partition_point(|s| s.range.to_std().start < range.end);
            let proposed = suggestions[from..to].iter();
            let proposed =
                proposed.filter_map(|s| Some((s.range.to_std(), Label::from_code(s.label.as_str())?)));
            let rules = self.hears_rules.then(|| streams::of_rules(&sequence, proposed));
            let mut streams = vec![rules.unwrap_or_default()];
            self.reader.hear(&mut sequence, &streams);
            for head in 0..self.heads.heads() {
                if head == 0 {
                    self.heads.score(&self.reader, &sequence);
                } else {
                    self.heads.hear(&sequence, head);
                }
                streams.push(streams::of_tags(&self.heads.best(head, &sequence)));
                self.reader.hear(&mut sequence, &streams);
            }
            each(&self.reader, sequence, streams);
        }
    }

    /// Examples as words with gold tags.
    pub fn items(&mut self, examples: &[Example], label: &dyn Fn(&str) -> Option<usize>) -> Vec<Item> {
        let mut out = Vec::new();
        for example in examples {
            self.lines(&example.text, |_, sequence, _| {
                let mut gold = vec![OUTSIDE; sequence.words.len()];
                let bounds = sequence.words.first().zip(sequence.words.last()).map(|(a, b)| (a.start, b.end));
                let mut lost = 0;
                let mut free = 0;
                for (start, end, name) in &example.spans {
                    let (Some(label), Some((from, to))) = (label(name), bounds) else { continue };
                    if *end <= from || *start >= to {
                        continue;
                    }
                    let first = sequence.words.partition_point(|w| w.end <= *start);
                    let last = sequence.words.partition_point(|w| w.start < *end);
                    if first < last && first >= free {
                        tags::write_span(&mut gold, first, last - 1, label);
                        free = last;
                    } else {
                        lost += 1;
                    }
                }
                out.push(Item { sequence, gold, lost });
            });
        }
        out
    }

    /// What a head takes the words of a text for, added to counts.
    pub fn take(&mut self, head: &mut Decoder, text: &str, labels: usize, taken: &mut Taken) {
        if self.reader.form_count() > 100_000 {
            self.reader.forget();
            head.forget();
            self.heads.forget();
        }
        self.lines(text, |reader, sequence, _| {
            head.score(reader, &sequence);
            let tagged = head.best(0, &sequence);
            let count = sequence.words.len();
            for (at, word) in sequence.words.iter().enumerate() {
                let counts = taken.words.entry(reader.stem(word.form));
                let counts = counts.or_insert_with(|| [(); 3].map(|()| vec![0; labels + 1]));
                let behind = (at + 1 < count).then_some(at + 1).filter(|&next| tags::may_open(tagged[next]));
                let ahead = at.checked_sub(1).filter(|&before| tags::may_close(tagged[before]));
                for (counts, at) in counts.iter_mut().zip([Some(at), behind, ahead]) {
                    let Some(at) = at else { continue };
                    counts[0] += 1;
                    if let Some((label, _)) = tags::parts(tagged[at]) {
                        counts[label + 1] += 1;
                    }
                }
            }
            for (first, last, label) in tags::spans(&tagged) {
                if first < last && last < first + 6 {
                    let counts = taken.phrases.entry(reader.phrase(&sequence, first, last));
                    counts.or_insert_with(|| vec![0; labels])[label] += 1;
                }
            }
        });
    }

    /// The places inside words where spans begin.
    pub fn cuts(&mut self, examples: &[Example], label: &dyn Fn(&str) -> Option<usize>) -> Vec<CutExample> {
        let mut out = Vec::new();
        for example in examples {
            let text = SourceText::new(example.text.clone());
            for line in text.paragraphs() {
                let range = line.content.to_std();
                let sequence = self.reader.split(text.as_str(), range.clone());
                for (start, end, name) in &example.spans {
                    let Some(label) = label(name).filter(|_| *start >= range.start && *end <= range.end)
                    else {
                        continue;
                    };
                    let first = sequence.words.partition_point(|w| w.end <= *start);
                    let last = sequence.words.partition_point(|w| w.start < *end);
                    let candidates =
                        cut::candidates(self.reader.line(), self.facts, first, first + 1 == last, label);
                    if candidates.len() > 1 {
                        out.push(CutExample { candidates, start: *start });
                    }
                }
            }
        }
        out
    }
}
