//! The extractor with a trained model: rules first, then the tagger, which sees what the rules propose.

use std::sync::{Arc, Mutex, PoisonError};

use super::cut::{self, Cutter};
use super::decode::{Decoder, FORMS, Scored, TaggedSpan};
use super::facts::{Hints, WordFacts};
use super::model::{About, Model};
use super::sequence::{Met, Sequence, SequenceReader};
use super::streams;
use super::table::Table;
use crate::extract::rules::{RuleSession, Ruled, SPELLINGS};
use crate::extract::{Extractor, Label, Progress, RuleExtractor, Session, Suggestion, value};
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText, WordKind};

/// The reason of what no rule proposed.
pub const LEARNT: &str = "learnt from labelled news";

/// What a session does before it reports.
const STEP_BYTES: u64 = 16 * 1024;

/// Rules and a trained model.
#[derive(Debug)]
pub struct TaggedExtractor {
    rules: Arc<RuleExtractor>,
    about: About,
    facts: WordFacts,
    hints: Hints,
    table: Arc<Table>,
    cutter: Cutter,
    codes: Vec<LabelCode>,
    /// What sessions that are over knew of words: the next ones go on from there. It makes them faster and changes nothing
    /// of what they find.
    known: Mutex<Vec<Known>>,
}

/// What a session knows of words.
#[derive(Debug, Default)]
struct Known {
    met: Met<u32>,
    scored: Scored,
}

impl TaggedExtractor {
    /// An extractor of rules and a model. A label of the model that is no label code gives no suggestions.
    #[must_use]
    pub fn new(rules: impl Into<Arc<RuleExtractor>>, model: Model) -> Self {
        let Model { about, facts, hints, heads, cutter } = model;
        let labels = heads.last().map_or(&[][..], |head| &head.labels);
        let codes = labels.iter().filter_map(|label| LabelCode::new(label).ok()).collect();
        // The table has all that the heads have: they are let go.
        let table = Arc::new(Table::of(&heads));
        Self { rules: rules.into(), about, facts, hints, table, cutter, codes, known: Mutex::default() }
    }

    /// What the model says of itself.
    #[must_use]
    pub const fn about(&self) -> &About {
        &self.about
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &RuleExtractor {
        &self.rules
    }

    /// The confidence that goes with a likelihood: the share of right spans at that likelihood, between measured points.
    fn calibrated(&self, likely: f32) -> f32 {
        let points = &self.about.reliability;
        let at = likely * points.len() as f32 - 0.5;
        let below = at.floor().max(0.0) as usize;
        let share = (at - below as f32).clamp(0.0, 1.0);
        match (points.get(below), points.get(below + 1).or(points.get(below))) {
            (Some(low), Some(high)) => low + (high - low) * share,
            _ => likely,
        }
    }
}

impl Extractor for TaggedExtractor {
    fn source(&self) -> &str {
        &self.about.name
    }

    fn begin<'a>(&'a self, text: &SourceText) -> Box<dyn Session + 'a> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let decoder = Decoder::going_on(Arc::clone(&self.table), known.scored);
        Box::new(TaggedSession {
            extractor: self,
            text: text.clone(),
            rules: RuleSession::new(&self.rules, text),
            reader: SequenceReader::going_on(self.rules.lexicon(), &self.facts, &self.hints, known.met),
            sequence: Sequence::default(),
            decoder,
            lines: None,
            done: 0,
            found: Vec::new(),
        })
    }
}

struct TaggedSession<'a> {
    extractor: &'a TaggedExtractor,
    text: SourceText,
    rules: RuleSession<'a>,
    reader: SequenceReader<'a, u32>,
    sequence: Sequence<u32>,
    decoder: Decoder,
    /// Lines to be tagged, the last one first; `None` while the rules are at work.
    lines: Option<Vec<Ruled>>,
    done: u64,
    found: Vec<Suggestion>,
}

impl TaggedSession<'_> {
    fn total(&self) -> u64 {
        // The rules go over the text twice, the tagger once.
        3 * self.text.as_str().len() as u64
    }

    fn tag(&mut self, line: &Ruled) {
        if self.reader.form_count() > FORMS {
            self.reader.forget();
            self.decoder.forget();
        }
        if self.reader.line().spellings() > SPELLINGS {
            self.reader.line_mut().forget();
        }
        let mut sequence = std::mem::take(&mut self.sequence);
        self.rules.fill(self.reader.line_mut(), line);
        self.reader.read_line(&mut sequence);
        let mut streams = vec![streams::of_rules(&sequence, line.suggestions.iter())];
        self.reader.hear(&mut sequence, &streams);
        self.decoder.score(&self.reader, &sequence);
        self.reader.let_go();
        let heads = self.decoder.heads();
        for head in 1..heads {
            let tags = self.decoder.best(head - 1, &sequence);
            streams.push(streams::of_tags(&tags));
            self.reader.hear(&mut sequence, &streams);
            self.decoder.hear(&sequence, head);
        }
        let Some(last) = heads.checked_sub(1) else { return };
        for span in self.decoder.spans(last, &sequence, self.extractor.about.least) {
            let suggestion = self.suggestion(&sequence, &span, &line.suggestions);
            self.found.extend(suggestion);
        }
        self.sequence = sequence;
    }

    /// The first and the last word of a span without signs at its ends that go with no number: an emoji behind a name is
    /// no part of it.
    fn without_signs(&self, sequence: &Sequence<u32>, span: &TaggedSpan) -> (usize, usize) {
        let line = self.reader.line();
        let is_loose = |at: usize, beside: usize| {
            let word = sequence.words.get(at).and_then(|word| self.text.as_str().get(word.start..word.end));
            line.kind(at) == Some(WordKind::Symbol)
                && !matches!(line.kind(beside), Some(WordKind::Number | WordKind::Mixed))
                && word.is_some_and(|word| !word.is_ascii())
        };
        let (mut first, mut last) = (span.first, span.last);
        while first < last && is_loose(last, last - 1) {
            last -= 1;
        }
        while first < last && is_loose(first, first + 1) {
            first += 1;
        }
        (first, last)
    }

    fn suggestion(
        &self,
        sequence: &Sequence<u32>,
        span: &TaggedSpan,
        ruled: &[Suggestion],
    ) -> Option<Suggestion> {
        let extractor = self.extractor;
        let code = extractor.codes.get(span.label)?;
        let (first, last) = self.without_signs(sequence, span);
        let end = sequence.words.get(last)?.end;
        let word = sequence.words.get(first)?;
        // Where the rules saw the same span they know its beginning.
        let same = ruled.iter().find(|s| {
            let range = s.range.to_std();
            range.end == end && (word.start..word.end).contains(&range.start) && s.label == *code
        });
        let label = Label::from_code(code.as_str()).map_or(0, |label| label as usize);
        let (start, restored) = if let Some(same) = same {
            (same.range.to_std().start, "")
        } else {
            let candidates =
                cut::candidates(self.reader.line(), &extractor.facts, first, first == last, label);
            let chosen = extractor.cutter.choose(&candidates)?;
            (chosen.start, chosen.restored)
        };
        let surface = self.text.as_str().get(start..end)?;
        // A run of signs stands where names stand, and is none.
        if !surface.chars().any(char::is_alphanumeric) {
            return None;
        }
        let clean = (!restored.is_empty()).then(|| [restored, surface].concat());
        let value = value::of(code.as_str(), clean.as_deref().unwrap_or(surface), None);
        let normalized = value.map(|value| value.to_string()).or(clean);
        Some(Suggestion {
            range: ByteRange::from(start..end),
            label: code.clone(),
            confidence: extractor.calibrated(span.likely),
            alternative: span
                .other
                .and_then(|(label, likely)| Some((extractor.codes.get(label)?.clone(), likely))),
            reason: same.map_or_else(|| LEARNT.to_owned(), |same| same.reason.clone()),
            normalized: same.and_then(|same| same.normalized.clone()).or(normalized),
        })
    }
}

impl Session for TaggedSession<'_> {
    fn step(&mut self) -> Progress {
        let total = self.total();
        if self.lines.is_some() {
            let until = self.done + STEP_BYTES;
            while self.done < until {
                let Some(line) = self.lines.as_mut().and_then(Vec::pop) else {
                    return Progress { done: total, total };
                };
                self.done += line.bytes.len() as u64;
                self.tag(&line);
            }
            return Progress { done: self.done.min(total - 1), total };
        }
        let progress = self.rules.advance(self.reader.line_mut());
        if progress.is_complete() {
            self.lines = Some(self.rules.take_parts().rev().collect());
            self.done = total / 3 * 2;
        } else {
            self.done = progress.done.min(total / 3 * 2);
        }
        Progress { done: self.done.min(total.saturating_sub(1)), total: total.max(1) }
    }

    fn finish(mut self: Box<Self>) -> Vec<Suggestion> {
        while !self.step().is_complete() {}
        std::mem::take(&mut self.found)
    }
}

impl Drop for TaggedSession<'_> {
    fn drop(&mut self) {
        let known = Known { met: self.reader.take_met(), scored: self.decoder.take_scored() };
        self.extractor.known.lock().unwrap_or_else(PoisonError::into_inner).push(known);
    }
}
