//! The extractor with a trained model: rules first, then the tagger, which sees what the rules propose.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::clue::{LEARNT, clue};
use super::cut::{self, Cutter};
use super::decode::{Decoder, FORMS, Scored, TaggedSpan};
use super::facts::{Hints, WordFacts};
use super::model::{About, Model};
use super::sequence::{Met, Sequence, SequenceReader};
use super::streams;
use super::table::Table;
use crate::extract::candidate::Candidate;
use crate::extract::foreign;
use crate::extract::rules::RuleSession;
use crate::extract::{Extractor, Found, Label, Progress, RuleExtractor, Session, Suggestion, value};
use crate::schema::LabelCode;
use crate::text::pairs::with_other_half;
use crate::text::{ByteRange, SourceText, WordKind};

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
    found: Vec<Suggestion>,
}

impl TaggedSession<'_> {
    /// Tags the line that the rules settle next; false if there is none.
    fn tag(&mut self) -> bool {
        if self.reader.form_count() > FORMS {
            self.reader.forget();
            self.decoder.forget();
        }
        if !self.rules.settle(self.reader.line_mut()) {
            return false;
        }
        let mut sequence = std::mem::take(&mut self.sequence);
        self.reader.read_line(&mut sequence);
        let proposed = self.rules.candidates().iter().map(|c| (c.start..c.end, c.label));
        let mut streams = vec![streams::of_rules(&sequence, proposed)];
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
        if let Some(last) = heads.checked_sub(1) {
            let foreign = foreign::prose(self.reader.line(), self.text.as_str());
            for span in self.decoder.spans(last, &sequence, self.extractor.about.least) {
                let is_foreign = foreign.iter().any(|run| run.start <= span.last && span.first < run.end);
                let suggestion = self.suggestion(&sequence, &span, is_foreign);
                self.found.extend(suggestion);
            }
        }
        self.sequence = sequence;
        true
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

    /// What the rules say of a span, if they found the same: then they know its beginning.
    fn ruled(&self, word: Range<usize>, end: usize, label: Option<Label>) -> Option<Suggestion> {
        let is_same = |candidate: &&Candidate| {
            candidate.end == end && word.contains(&candidate.start) && Some(candidate.label) == label
        };
        let candidate = self.rules.candidates().iter().find(is_same)?;
        self.rules.suggestion(self.reader.line(), candidate)
    }

    /// What is suggested for a span. In prose of another script that is nothing but what the rules say.
    fn suggestion(
        &self,
        sequence: &Sequence<u32>,
        span: &TaggedSpan,
        is_foreign: bool,
    ) -> Option<Suggestion> {
        let extractor = self.extractor;
        let code = extractor.codes.get(span.label)?;
        let (first, last) = self.without_signs(sequence, span);
        let end = sequence.words.get(last)?.end;
        let word = sequence.words.get(first)?;
        let label = Label::from_code(code.as_str());
        let found = match self.ruled(word.start..word.end, end, label) {
            Some(ruled) => ruled,
            None if is_foreign => return None,
            None => self.learnt(code, label, first, last, end)?,
        };
        // A run of signs stands where names stand, and is none.
        if !self.text.slice(found.range)?.chars().any(char::is_alphanumeric) {
            return None;
        }
        let other =
            span.other.and_then(|(label, likely)| Some((extractor.codes.get(label)?.clone(), likely)));
        Some(Suggestion { confidence: extractor.calibrated(span.likely), alternative: other, ..found })
    }

    /// A span that no rule proposed, of the words `first..=last` to a byte of the text, with its beginning where the word's
    /// proclitics end.
    fn learnt(
        &self,
        code: &LabelCode,
        label: Option<Label>,
        first: usize,
        last: usize,
        end: usize,
    ) -> Option<Suggestion> {
        let extractor = self.extractor;
        let line = self.reader.line();
        let (mut reason, mut spoke) = (LEARNT, None);
        if let Some(label) = label {
            (reason, spoke) = clue(line, self.rules.candidates(), label, first, last);
        }
        let spoke = spoke.and_then(|bytes| self.text.as_str().get(bytes));
        let label = label.map_or(0, |label| label as usize);
        let candidates = cut::candidates(line, &extractor.facts, first, first == last, label);
        let chosen = extractor.cutter.choose(&candidates)?;
        let range = with_other_half(self.text.as_str(), chosen.start..end);
        let surface = self.text.as_str().get(range.clone())?;
        let clean = (!chosen.restored.is_empty()).then(|| [chosen.restored, surface].concat());
        let value = value::of(code.as_str(), clean.as_deref().unwrap_or(surface), None);
        Some(Suggestion {
            range: ByteRange::from(range),
            label: code.clone(),
            confidence: 0.0,
            alternative: None,
            reason: spoke.map_or_else(|| reason.to_owned(), |spoke| format!("{reason}: {spoke}")),
            normalized: value.map(|value| value.to_string()).or(clean),
        })
    }
}

impl Session for TaggedSession<'_> {
    fn step(&mut self) -> Progress {
        let until = self.rules.done() + STEP_BYTES;
        while self.rules.done() < until {
            if !self.rules.reads(self.reader.line_mut()) && !self.tag() {
                break;
            }
        }
        self.rules.progress()
    }

    fn take(&mut self) -> Found {
        Found { suggestions: std::mem::take(&mut self.found), until: self.rules.settled_until() }
    }
}

impl Drop for TaggedSession<'_> {
    fn drop(&mut self) {
        let known = Known { met: self.reader.take_met(), scored: self.decoder.take_scored() };
        self.extractor.known.lock().unwrap_or_else(PoisonError::into_inner).push(known);
    }
}
