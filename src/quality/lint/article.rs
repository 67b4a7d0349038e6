//! A document made ready for the checks.

use std::sync::Arc;

use super::finding::{Finding, Fix, Rule};
use super::vocabulary::Vocabulary;
use crate::annotation::{Document, Span};
use crate::schema::LabelCode;
use crate::text::{ByteRange, Cut, Word, fold_word, proclitic_cuts, words, words_in};

/// A document, its words, and its confirmed spans.
pub(super) struct Article<'a> {
    pub(super) document: &'a Document,
    /// Confirmed spans that lie in the text, in document order.
    pub(super) labels: Vec<Labelled<'a>>,
    /// Confirmed spans that do not.
    pub(super) outside: Vec<&'a Span>,
    /// Every word of the text.
    pub(super) words: Vec<Word>,
    /// Lines that are no part of the article.
    pub(super) boilerplate: Vec<ByteRange>,
}

/// A span with its letters.
pub(super) struct Labelled<'a> {
    pub(super) span: &'a Span,
    pub(super) surface: &'a str,
    /// Its words, folded; the first as the span cuts it.
    pub(super) words: Vec<SpanWord<'a>>,
}

/// A word of a span.
pub(super) struct SpanWord<'a> {
    pub(super) range: ByteRange,
    pub(super) surface: &'a str,
    pub(super) folded: String,
}

impl SpanWord<'_> {
    /// The word, and what proclitics may leave of it, folded.
    pub(super) fn readings(&self) -> impl Iterator<Item = String> {
        let rests = proclitic_cuts(self.surface).into_iter().filter_map(|cut| self.surface.get(cut.offset..));
        std::iter::once(self.folded.clone()).chain(rests.map(fold_word))
    }
}

impl<'a> Labelled<'a> {
    pub(super) fn has_label(&self, code: &str) -> bool {
        self.span.label.as_str() == code
    }

    /// The folded words with single spaces between them.
    pub(super) fn key(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|word| word.folded.as_str()).collect();
        words.join(" ")
    }
}

impl<'a> Article<'a> {
    pub(super) fn new(document: &'a Document, vocabulary: &Vocabulary) -> Self {
        let text = &document.text;
        let (mut labels, mut outside) = (Vec::new(), Vec::new());
        for span in document.spans.iter().map(Arc::as_ref).filter(|span| span.origin.is_confirmed()) {
            match text.slice(span.range).filter(|surface| !surface.is_empty()) {
                Some(surface) => labels.push(Labelled { span, surface, words: span_words(span, surface) }),
                None => outside.push(span),
            }
        }
        let lines = text.paragraphs().iter().map(|paragraph| paragraph.content);
        let boilerplate = lines
            .filter(|line| text.slice(*line).is_some_and(|line| vocabulary.is_boilerplate(line)))
            .collect();
        let words = words_in(text, text.range()).collect();
        Self { document, labels, outside, words, boilerplate }
    }

    /// The surface of a range.
    pub(super) fn slice(&self, range: ByteRange) -> &'a str {
        self.document.text.slice(range).unwrap_or_default()
    }

    /// The word of the text in which a range begins, and how many bytes of it stand before the range.
    pub(super) fn first_word(&self, range: ByteRange) -> Option<(Word, usize)> {
        let at = self.words.partition_point(|word| word.range.end <= range.start);
        let word = *self.words.get(at)?;
        Some((word, range.start.to_usize().checked_sub(word.range.start.to_usize())?))
    }

    /// The proclitic cut at which a range begins.
    pub(super) fn cut_before(&self, range: ByteRange) -> Option<Cut> {
        let (word, peeled) = self.first_word(range)?;
        proclitic_cuts(self.slice(word.range)).iter().find(|cut| cut.offset == peeled)
    }

    /// The word before a range, if only a space parts them and the range begins at a word.
    pub(super) fn word_before(&self, range: ByteRange) -> Option<Word> {
        let at = self.words.partition_point(|word| word.range.end <= range.start);
        let word = *self.words.get(at.checked_sub(1)?)?;
        let between = self.slice(ByteRange::new(word.range.end, range.start));
        (!between.is_empty() && between.chars().all(|c| matches!(c, ' ' | '\u{A0}'))).then_some(word)
    }

    /// True if a confirmed span shares letters with a range.
    pub(super) fn is_labelled(&self, range: ByteRange) -> bool {
        self.document.spans.overlapping(range).any(|span| span.origin.is_confirmed())
    }

    /// True if a suggestion of this label shares letters with a range: whoever reviews it decides about the words.
    pub(super) fn is_waiting(&self, range: ByteRange, label: &LabelCode) -> bool {
        let mut spans = self.document.spans.overlapping(range);
        spans.any(|span| !span.origin.is_confirmed() && span.label == *label)
    }

    /// True if a range lies in a line that is no part of the article.
    pub(super) fn is_boilerplate(&self, range: ByteRange) -> bool {
        self.boilerplate.iter().any(|line| line.overlaps(range))
    }

    /// A finding about one span.
    pub(super) fn about(&self, rule: Rule, span: &Span, fix: Option<Fix>) -> Finding {
        Finding {
            rule,
            document: self.document.id.clone(),
            span: Some(span.id.clone()),
            range: span.range,
            seen: Vec::new(),
            other: None,
            fix,
            allowed: false,
        }
    }

    /// A finding about the article as a whole.
    pub(super) fn whole(&self, rule: Rule) -> Finding {
        about_whole(self.document, rule)
    }

    /// A finding about words without a span.
    pub(super) fn missing(&self, rule: Rule, range: ByteRange, label: &LabelCode) -> Finding {
        Finding {
            rule,
            document: self.document.id.clone(),
            span: None,
            range,
            seen: Vec::new(),
            other: None,
            fix: Some(Fix::Add { range, label: label.clone() }),
            allowed: false,
        }
    }
}

/// A finding about a document as a whole. Its place is the first line with something on it.
pub(super) fn about_whole(document: &Document, rule: Rule) -> Finding {
    let mut lines = document.text.paragraphs().iter().map(|paragraph| paragraph.content);
    let is_said = |line: &ByteRange| document.text.slice(*line).is_some_and(|line| !line.trim().is_empty());
    Finding {
        rule,
        document: document.id.clone(),
        span: None,
        range: lines.find(is_said).unwrap_or_default(),
        seen: Vec::new(),
        other: None,
        fix: None,
        allowed: false,
    }
}

/// The fix that moves a span and keeps its label.
pub(super) fn moved(span: &Span, range: ByteRange) -> Fix {
    Fix::Set { range, label: span.label.clone() }
}

fn span_words<'a>(span: &Span, surface: &'a str) -> Vec<SpanWord<'a>> {
    words(surface)
        .filter_map(|word| {
            let part = surface.get(word.range.to_std())?;
            let range = word.shifted(span.range.start).range;
            Some(SpanWord { range, surface: part, folded: fold_word(part) })
        })
        .collect()
}
