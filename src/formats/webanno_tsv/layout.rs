//! An article as sentences, tokens and the parts of tokens that spans need.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::annotation::Span;
use crate::text::{ByteOffset, ByteRange, SourceText, sentences, words};

/// A token or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) range: ByteRange,
    /// Index of the sentence, and of the token in it, both from 0.
    pub(super) sentence: usize,
    pub(super) token: usize,
    /// Index of the part, from 0; none for the whole token.
    pub(super) part: Option<usize>,
}

impl Unit {
    /// The name of its row: `1-2`, `1-2.1`.
    pub(super) fn name(&self) -> String {
        let (sentence, token) = (self.sentence + 1, self.token + 1);
        match self.part {
            None => format!("{sentence}-{token}"),
            Some(part) => format!("{sentence}-{token}.{}", part + 1),
        }
    }
}

/// The rows of an article.
pub(super) struct Layout {
    /// From the first token of each sentence to that of the next.
    pub(super) sentences: Vec<ByteRange>,
    /// In the order of their rows.
    pub(super) units: Vec<Unit>,
    /// The units of each span, in the order of the spans; none for a span without a visible character.
    pub(super) spans: Vec<Vec<usize>>,
}

impl Layout {
    pub(super) fn new(text: &SourceText, spans: &[&Span]) -> Self {
        let tokens = tokens(text);
        // The tokens that each span meets, and what it has of the first and the last.
        let met: Vec<Vec<ByteRange>> = spans.iter().map(|span| parts(&tokens, span.range)).collect();
        let whole: BTreeSet<ByteRange> = tokens.iter().copied().collect();
        // In the order that spans have: by start, the longer first.
        let partial: BTreeSet<(ByteRange, ByteOffset, Reverse<ByteOffset>)> = met
            .iter()
            .flatten()
            .filter(|part| !whole.contains(part))
            .filter_map(|part| Some((token_of(&tokens, *part)?, part.start, Reverse(part.end))))
            .collect();

        let starts: BTreeSet<usize> = sentence_starts(text, &tokens);
        let (mut sentence, mut token) = (0, 0);
        let mut units = Vec::with_capacity(tokens.len() + partial.len());
        for (n, &range) in tokens.iter().enumerate() {
            if n > 0 && starts.contains(&range.start.to_usize()) {
                (sentence, token) = (sentence + 1, 0);
            }
            units.push(Unit { range, sentence, token, part: None });
            let from = (range, ByteOffset::ZERO, Reverse(range.end));
            let parts = partial.range(from..).take_while(|(of, ..)| *of == range).enumerate();
            units.extend(parts.map(|(part, &(_, start, Reverse(end)))| Unit {
                range: ByteRange { start, end },
                sentence,
                token,
                part: Some(part),
            }));
            token += 1;
        }
        let end = text.range().end.to_usize();
        let edges: Vec<usize> = starts.into_iter().chain([end]).collect();
        let sentences = edges.windows(2).filter_map(|pair| match *pair {
            [start, end] => Some((start..end).into()),
            _ => None,
        });
        let index: HashMap<ByteRange, usize> =
            units.iter().enumerate().map(|(at, unit)| (unit.range, at)).collect();
        let index_of = |part: &ByteRange| index.get(part).copied();
        let spans = met.iter().map(|parts| parts.iter().filter_map(index_of).collect()).collect();
        Self { sentences: sentences.collect(), units, spans }
    }
}

/// Words, and every other thing that is not white space.
fn tokens(text: &SourceText) -> Vec<ByteRange> {
    let source = text.as_str();
    let mut tokens = Vec::new();
    let mut behind = 0;
    for word in words(source) {
        let range = word.range.to_std();
        pieces(source, behind..range.start, false, &mut tokens);
        pieces(source, range.clone(), true, &mut tokens);
        behind = range.end;
    }
    pieces(source, behind..source.len(), false, &mut tokens);
    tokens
}

/// The runs between white space, whole or grapheme by grapheme.
fn pieces(source: &str, range: std::ops::Range<usize>, whole: bool, tokens: &mut Vec<ByteRange>) {
    let Some(text) = source.get(range.clone()) else { return };
    let mut at = range.start;
    for run in text.split(char::is_whitespace) {
        if whole && !run.is_empty() {
            tokens.push((at..at + run.len()).into());
        } else {
            for (start, grapheme) in run.grapheme_indices(true) {
                tokens.push((at + start..at + start + grapheme.len()).into());
            }
        }
        let space = source.get(at + run.len()..).and_then(|rest| rest.chars().next());
        at += run.len() + space.map_or(0, char::len_utf8);
    }
}

/// What a span has of each token it meets.
fn parts(tokens: &[ByteRange], span: ByteRange) -> Vec<ByteRange> {
    let first = tokens.partition_point(|token| token.end <= span.start);
    let met = tokens.iter().skip(first).take_while(|token| token.start < span.end);
    met.map(|token| ByteRange { start: token.start.max(span.start), end: token.end.min(span.end) }).collect()
}

fn token_of(tokens: &[ByteRange], part: ByteRange) -> Option<ByteRange> {
    tokens.get(tokens.partition_point(|token| token.end <= part.start)).copied()
}

/// Where the first token of each sentence begins.
fn sentence_starts(text: &SourceText, tokens: &[ByteRange]) -> BTreeSet<usize> {
    let begins: BTreeSet<usize> = tokens.iter().map(|token| token.start.to_usize()).collect();
    let paragraphs = text.paragraphs().iter();
    let sentences = paragraphs.flat_map(|paragraph| sentences(text.as_str(), paragraph.content));
    sentences
        .map(|sentence| sentence.start.to_usize())
        .chain(begins.first().copied())
        .filter(|start| begins.contains(start))
        .collect()
}
