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
    Extractor, Found, Progress, Session, Suggestion, agreement, boilerplate, date, event, facility, force,
    gloss, names, nationality, number, organisation, person, place, value, weapon,
};
use crate::schema::LabelCode;
use crate::text::letter::{self, Class};
use crate::text::pairs::with_other_half;
use crate::text::{ByteOffset, ByteRange, SourceText};

/// A line longer than this is looked at in parts, so that no step is long and no buffer grows with the text.
const MAX_PART_BYTES: usize = 16 * 1024;

/// Spellings kept at once, so that memory does not grow with the text.
const SPELLINGS: usize = 32 * 1024;

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
        alone.found
    }

    fn suggestion(&self, line: &Line<'_>, text: &str, candidate: &Candidate) -> Option<Suggestion> {
        let range = with_other_half(text, candidate.start..candidate.end);
        let surface = text.get(range.clone())?;
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
            range: ByteRange::from(range),
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
    found: Vec<(Suggestion, Rule)>,
}

impl<'a> Alone<'a> {
    fn new(extractor: &'a RuleExtractor, text: &SourceText) -> Self {
        let line = Line::new(&extractor.lexicon, Vocabulary::default());
        Self { session: RuleSession::new(extractor, text), line, found: Vec::new() }
    }
}

impl Session for Alone<'_> {
    fn step(&mut self) -> Progress {
        let until = self.session.done + STEP_BYTES;
        while self.session.done < until {
            if self.session.reads(&mut self.line) {
                continue;
            }
            if !self.session.settle(&mut self.line) {
                break;
            }
            for candidate in self.session.candidates() {
                let suggestion = self.session.suggestion(&self.line, candidate);
                self.found.extend(suggestion.map(|suggestion| (suggestion, candidate.rule)));
            }
        }
        self.session.progress()
    }

    fn take(&mut self) -> Found {
        let suggestions = std::mem::take(&mut self.found).into_iter().map(|(suggestion, _)| suggestion);
        Found { suggestions: suggestions.collect(), until: self.session.settled_until() }
    }
}

/// One article under way: a first pass by rules, then a second that carries names through the article.
pub(super) struct RuleSession<'a> {
    extractor: &'a RuleExtractor,
    text: SourceText,
    /// Parts that the first pass has not come to.
    waiting: VecDeque<Range<usize>>,
    parts: Vec<Part>,
    /// Words of the first parts: a part is gone over more than once, and need not be split again.
    words: Vec<Token>,
    /// What the first pass found, part by part.
    found: Vec<Candidate>,
    mentions: Mentions,
    /// The part that the second pass looks at next.
    second: usize,
    /// Bytes looked at, over both passes.
    done: u64,
    candidates: Vec<Candidate>,
    extra: Vec<Candidate>,
}

/// A part of the text and what was found in it.
struct Part {
    bytes: Range<usize>,
    words: Option<Kept>,
    /// A range of [`RuleSession::found`].
    found: Range<usize>,
    boilerplate: bool,
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
            found: Vec::new(),
            mentions: Mentions::default(),
            second: 0,
            done: 0,
            candidates: Vec::new(),
            extra: Vec::new(),
        }
    }

    /// Bytes looked at, over both passes.
    pub(super) const fn done(&self) -> u64 {
        self.done
    }

    /// How far both passes are.
    pub(super) fn progress(&self) -> Progress {
        let total = 2 * self.text.as_str().len() as u64;
        match self.waiting.is_empty() && self.second >= self.parts.len() {
            true => Progress { done: total, total },
            false => Progress { done: self.done, total: total.max(self.done + 1) },
        }
    }

    /// Before this place both passes are through.
    pub(super) fn settled_until(&self) -> ByteOffset {
        if !self.waiting.is_empty() {
            return ByteOffset::default();
        }
        self.parts.get(self.second).map_or(self.text.as_str().len(), |part| part.bytes.start).into()
    }

    /// Goes over the next part in the first pass, with a line to be filled; false if there is none.
    pub(super) fn reads(&mut self, line: &mut Line<'_>) -> bool {
        let Some(bytes) = self.waiting.pop_front() else { return false };
        self.done += bytes.len() as u64;
        forget_many(line);
        line.fill(self.text.as_str(), bytes.start, bytes.end);
        let boilerplate = boilerplate::is_boilerplate(line);
        let from = self.found.len();
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
            }
            self.found.extend_from_slice(&self.candidates);
        }
        let words = (!boilerplate && self.words.len() < WORDS).then(|| line.keep(&mut self.words));
        self.parts.push(Part { bytes, words, found: from..self.found.len(), boilerplate });
        true
    }

    /// When all is read: goes over the next part that is no boilerplate in the second pass, and leaves its words in the line
    /// and what is proposed in [`Self::candidates`]; false if there is none.
    pub(super) fn settle(&mut self, line: &mut Line<'_>) -> bool {
        let part = loop {
            let Some(part) = self.parts.get(self.second) else { return false };
            self.second += 1;
            self.done += part.bytes.len() as u64;
            if !part.boilerplate {
                break part;
            }
        };
        forget_many(line);
        fill(line, self.text.as_str(), &part.bytes, part.words.as_ref(), &self.words);
        let found = self.found.get(part.found.clone()).unwrap_or_default();
        self.candidates.clear();
        if self.mentions.is_empty() {
            self.candidates.extend_from_slice(found);
            return true;
        }
        self.mentions.propose(line, &mut self.candidates);
        resolve(&mut self.candidates, line.len());
        // What was found by itself counts more.
        let mut taken = found.iter().peekable();
        self.candidates.retain(|candidate| {
            while taken.next_if(|found| found.end <= candidate.start).is_some() {}
            taken.peek().is_none_or(|found| candidate.end <= found.start)
        });
        self.candidates.extend_from_slice(found);
        self.candidates.sort_unstable_by_key(|candidate| candidate.start);
        true
    }

    /// What is proposed for the part that was settled last: by position, without overlap.
    pub(super) fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// What a proposal says, with the line it is about.
    pub(super) fn suggestion(&self, line: &Line<'_>, candidate: &Candidate) -> Option<Suggestion> {
        self.extractor.suggestion(line, self.text.as_str(), candidate)
    }
}

/// Lets a line forget spellings that are too many, before it is filled.
fn forget_many(line: &mut Line<'_>) {
    if line.spellings() > SPELLINGS {
        line.forget();
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
