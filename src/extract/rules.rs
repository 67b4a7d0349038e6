//! The extractor made of gazetteers and rules.

use std::collections::VecDeque;
use std::ops::Range;

use super::candidate::{Candidate, Rule};
use super::confidence::Calibration;
use super::consistency::Mentions;
use super::label::Label;
use super::lexicon::{Lexicon, LexiconError};
use super::line::{Kept, Line, Token};
use super::resolve::resolve;
use super::vocabulary::Vocabulary;
use super::{
    Extractor, Progress, Session, Suggestion, agreement, boilerplate, date, event, facility, force, gloss,
    names, nationality, number, organisation, person, place, value, weapon,
};
use crate::schema::LabelCode;
use crate::text::letter::{self, Class};
use crate::text::{ByteRange, SourceText};

/// A line longer than this is looked at in parts, so that no step is long and no buffer grows with the text.
const MAX_PART_BYTES: usize = 16 * 1024;

/// Spellings kept at once, so that memory does not grow with the text.
pub(super) const SPELLINGS: usize = 32 * 1024;

/// Words kept at once, so that memory does not grow with the text.
const WORDS: usize = 64 * 1024;

/// What a session does before it reports.
const STEP_BYTES: u64 = 64 * 1024;

/// The extractor made of gazetteers and rules. Loading costs some ten milliseconds; keep it.
#[derive(Debug)]
pub struct RuleExtractor {
    lexicon: Lexicon,
    calibration: Calibration,
    codes: [LabelCode; Label::ALL.len()],
}

impl RuleExtractor {
    /// Name and version, as suggestions carry it in `source`.
    pub const SOURCE: &'static str = "misam-rules/0.1";

    /// Loads the built-in lexicon.
    ///
    /// # Errors
    /// If a built-in file is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, LexiconError> {
        let mut codes = Vec::with_capacity(Label::ALL.len());
        for label in Label::ALL {
            let code = label.label_code().ok_or_else(|| LexiconError {
                file: "label codes".to_owned(),
                line: 0,
                what: format!("{} is not a label code", label.code()),
            })?;
            codes.push(code);
        }
        let codes = codes.try_into().map_err(|_| LexiconError {
            file: "label codes".to_owned(),
            line: 0,
            what: "not as many codes as labels".to_owned(),
        })?;
        Ok(Self { lexicon: Lexicon::embedded()?, calibration: Calibration::embedded()?, codes })
    }

    /// The lexicon.
    #[must_use]
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Like [`Extractor::suggest`], with the family of the rule that made each suggestion: for measuring.
    #[must_use]
    pub fn explain(&self, text: &SourceText) -> Vec<(Suggestion, Rule)> {
        let mut alone = Alone::new(self, text);
        while !alone.step().is_complete() {}
        alone.session.into_suggestions()
    }

    fn suggestion(&self, line: &Line<'_>, text: &str, candidate: &Candidate) -> Option<Suggestion> {
        let surface = text.get(candidate.start..candidate.end)?;
        let evidence = candidate
            .evidence
            .and_then(|at| line.tokens.get(at))
            .and_then(|token| text.get(token.start..token.end));
        let mut reason = candidate.rule.says().to_owned();
        if let Some(word) = evidence {
            reason.push_str(": ");
            reason.push_str(word);
        }
        let code = self.codes.get(candidate.label as usize)?;
        let clean = (!candidate.restored.is_empty()).then(|| [candidate.restored, surface].concat());
        let value = value::of(code.as_str(), clean.as_deref().unwrap_or(surface), None);
        Some(Suggestion {
            range: ByteRange::from(candidate.start..candidate.end),
            label: code.clone(),
            confidence: self.calibration.tally(candidate.rule).precision(),
            alternative: None,
            reason,
            normalized: value.map(|value| value.to_string()).or(clean),
        })
    }
}

impl Extractor for RuleExtractor {
    fn source(&self) -> &str {
        Self::SOURCE
    }

    fn begin<'a>(&'a self, text: &SourceText) -> Box<dyn Session + 'a> {
        Box::new(Alone::new(self, text))
    }
}

/// The rules at work by themselves.
struct Alone<'a> {
    session: RuleSession<'a>,
    line: Line<'a>,
}

impl<'a> Alone<'a> {
    fn new(extractor: &'a RuleExtractor, text: &SourceText) -> Self {
        let line = Line::new(&extractor.lexicon, Vocabulary::default());
        Self { session: RuleSession::new(extractor, text), line }
    }
}

impl Session for Alone<'_> {
    fn step(&mut self) -> Progress {
        self.session.advance(&mut self.line)
    }

    fn finish(mut self: Box<Self>) -> Vec<Suggestion> {
        while !self.step().is_complete() {}
        self.session.into_suggestions().into_iter().map(|(suggestion, _)| suggestion).collect()
    }
}

/// One article under way: a first pass by rules, then a second that carries names through the article.
pub(super) struct RuleSession<'a> {
    extractor: &'a RuleExtractor,
    text: SourceText,
    waiting: VecDeque<Range<usize>>,
    parts: Vec<Part>,
    /// Words of the first parts: a part is gone over more than once, and need not be split again.
    words: Vec<Token>,
    mentions: Mentions,
    /// The part that the second pass looks at next.
    second: usize,
    done: u64,
    candidates: Vec<Candidate>,
    extra: Vec<Candidate>,
}

/// A part of the text and what was found in it.
struct Part {
    bytes: Range<usize>,
    words: Option<Kept>,
    found: Vec<(Suggestion, Rule)>,
    boilerplate: bool,
}

/// A part that is no boilerplate, with what the rules found in it.
pub(super) struct Ruled {
    pub(super) bytes: Range<usize>,
    words: Option<Kept>,
    pub(super) suggestions: Vec<Suggestion>,
}

impl<'a> RuleSession<'a> {
    pub(super) fn new(extractor: &'a RuleExtractor, text: &SourceText) -> Self {
        let waiting = text.paragraphs().iter().flat_map(|p| parts_of(text, p.content.to_std())).collect();
        Self {
            extractor,
            text: text.clone(),
            waiting,
            parts: Vec::new(),
            words: Vec::new(),
            mentions: Mentions::default(),
            second: 0,
            done: 0,
            candidates: Vec::new(),
            extra: Vec::new(),
        }
    }

    /// Does a part of the work, with a line to be filled.
    pub(super) fn advance(&mut self, line: &mut Line<'_>) -> Progress {
        let until = self.done + STEP_BYTES;
        while self.done < until {
            if line.spellings() > SPELLINGS {
                line.forget();
            }
            if let Some(bytes) = self.waiting.pop_front() {
                self.done += bytes.len() as u64;
                self.first_pass(line, bytes);
            } else if self.second < self.parts.len() && !self.mentions.is_empty() {
                self.second_pass(line);
            } else {
                let whole = self.total();
                self.done = whole;
                return Progress { done: whole, total: whole };
            }
        }
        Progress { done: self.done, total: self.total().max(self.done + 1) }
    }

    fn total(&self) -> u64 {
        2 * self.text.as_str().len() as u64
    }

    fn first_pass(&mut self, line: &mut Line<'_>, bytes: Range<usize>) {
        line.fill(self.text.as_str(), bytes.start, bytes.end);
        let boilerplate = boilerplate::is_boilerplate(line);
        let mut found = Vec::new();
        if !boilerplate {
            self.candidates.clear();
            propose(line, &mut self.candidates);
            resolve(&mut self.candidates, line.len());
            place::continue_lists(line, &mut self.candidates, &mut self.extra);
            resolve(&mut self.candidates, line.len());
            gloss::propose(line, &mut self.candidates, &mut self.extra);
            resolve(&mut self.candidates, line.len());
            for candidate in &self.candidates {
                self.mentions.learn(line, candidate);
                let suggestion = self.extractor.suggestion(line, self.text.as_str(), candidate);
                found.extend(suggestion.map(|s| (s, candidate.rule)));
            }
        }
        let words = (!boilerplate && self.words.len() < WORDS).then(|| line.keep(&mut self.words));
        self.parts.push(Part { bytes, words, found, boilerplate });
    }

    fn second_pass(&mut self, line: &mut Line<'_>) {
        let Some(part) = self.parts.get_mut(self.second) else { return };
        self.second += 1;
        self.done += part.bytes.len() as u64;
        if part.boilerplate {
            return;
        }
        fill(line, self.text.as_str(), &part.bytes, part.words.as_ref(), &self.words);
        self.candidates.clear();
        self.mentions.propose(line, &mut self.candidates);
        resolve(&mut self.candidates, line.len());
        let mut taken = part.found.iter().map(|(s, _)| s.range.to_std()).peekable();
        let mut fresh = Vec::new();
        for candidate in &self.candidates {
            while taken.next_if(|range| range.end <= candidate.start).is_some() {}
            if taken.peek().is_none_or(|range| candidate.end <= range.start) {
                let suggestion = self.extractor.suggestion(line, self.text.as_str(), candidate);
                fresh.extend(suggestion.map(|s| (s, candidate.rule)));
            }
        }
        if !fresh.is_empty() {
            part.found.append(&mut fresh);
            part.found.sort_by_key(|(s, _)| s.range);
        }
    }

    /// The parts of the text that are not boilerplate, in order, with what was found in each. Nothing is left behind.
    pub(super) fn take_parts(&mut self) -> impl DoubleEndedIterator<Item = Ruled> + use<> {
        let parts = std::mem::take(&mut self.parts).into_iter().filter(|part| !part.boilerplate);
        parts.map(|Part { bytes, words, found, .. }| {
            let suggestions = found.into_iter().map(|(suggestion, _)| suggestion).collect();
            Ruled { bytes, words, suggestions }
        })
    }

    /// Fills a line with the words of a part.
    pub(super) fn fill(&self, line: &mut Line<'_>, part: &Ruled) {
        fill(line, self.text.as_str(), &part.bytes, part.words.as_ref(), &self.words);
    }

    fn into_suggestions(self) -> Vec<(Suggestion, Rule)> {
        self.parts.into_iter().flat_map(|part| part.found).collect()
    }
}

/// Fills a line with the words of a part: those that were kept, or else split anew.
fn fill(line: &mut Line<'_>, text: &str, bytes: &Range<usize>, kept: Option<&Kept>, words: &[Token]) {
    if !kept.is_some_and(|kept| line.fill_again(words, kept)) {
        line.fill(text, bytes.start, bytes.end);
    }
}

/// Every proposal of every rule for a line.
fn propose(line: &Line<'_>, out: &mut Vec<Candidate>) {
    for index in 0..line.len() {
        names::propose(line, index, out);
        date::propose(line, index, out);
        number::propose(line, index, out);
        weapon::propose(line, index, out);
        place::propose(line, index, out);
        facility::propose(line, index, out);
        organisation::propose(line, index, out);
        force::propose(line, index, out);
        event::propose(line, index, out);
        agreement::propose(line, index, out);
        person::propose(line, index, out);
        nationality::propose(line, index, out);
    }
}

/// Cuts a long line into parts, before a space or a sign if there is one, else between two letters: what is longer than
/// a part and has neither is no writing.
fn parts_of(text: &SourceText, line: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = line.start;
    std::iter::from_fn(move || {
        if start >= line.end {
            return None;
        }
        let mut end = line.end;
        if end - start > MAX_PART_BYTES {
            end = (start..=start + MAX_PART_BYTES)
                .rfind(|&at| text.as_str().is_char_boundary(at))
                .unwrap_or(end);
            let window = text.as_str().get(start..end).unwrap_or_default();
            let parts = |c| matches!(letter::class(c), Class::Space | Class::Punctuation);
            match window.rfind(parts) {
                Some(at) if at > 0 => end = start + at,
                _ => {
                    end =
                        (end..line.end).find(|&at| text.is_grapheme_boundary(at.into())).unwrap_or(line.end);
                }
            }
        }
        let part = start..end;
        start = end;
        Some(part)
    })
}
