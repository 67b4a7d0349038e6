//! What one annotator says about one article, as each measure wants to see it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::panel::PanelArticle;
use crate::annotation::{Document, Span};
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText, Word};

/// The number of words and letters that carry no label.
pub(super) const NO_LABEL: usize = 0;

/// A number for each label, from 1 on, in the order of their codes.
#[derive(Clone, Debug, Default)]
pub(super) struct LabelNumbers(BTreeMap<LabelCode, usize>);

impl LabelNumbers {
    pub(super) fn of(labels: impl IntoIterator<Item = LabelCode>) -> Self {
        let mut numbers: BTreeMap<_, _> = labels.into_iter().map(|label| (label, 0)).collect();
        numbers.values_mut().zip(1..).for_each(|(number, next)| *number = next);
        Self(numbers)
    }

    /// Those of all labels in these articles.
    pub(super) fn of_articles(articles: &[PanelArticle<'_>], suggestions: bool) -> Self {
        let documents = articles.iter().flat_map(|article| article.documents.iter().flatten());
        Self::of(documents.flat_map(|document| spans(document, suggestions)).map(|span| span.label.clone()))
    }

    /// How many numbers there are, that of no label among them.
    pub(super) fn size(&self) -> usize {
        self.0.len() + 1
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = (&LabelCode, usize)> {
        self.0.iter().map(|(label, &number)| (label, number))
    }

    pub(super) fn number(&self, label: &LabelCode) -> usize {
        self.0.get(label).copied().unwrap_or(NO_LABEL)
    }
}

/// A piece of an article under one label, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) label: usize,
    /// Code points.
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Segment {
    pub(super) fn length(self) -> u32 {
        self.end - self.start
    }
}

/// The spans of a document that count: confirmed ones, or suggestions too; in document order.
pub(super) fn spans(document: &Document, suggestions: bool) -> Vec<&Span> {
    let spans = document.spans.iter().map(Arc::as_ref);
    let in_text = |span: &&Span| document.text.slice(span.range).is_some_and(|surface| !surface.is_empty());
    spans.filter(|span| suggestions || span.origin.is_confirmed()).filter(in_text).collect()
}

/// One flat layer: of spans that share letters the one that begins first, and of those the longest.
pub(super) fn flat<'a>(spans: &[&'a Span]) -> Vec<&'a Span> {
    let mut kept: Vec<&Span> = Vec::with_capacity(spans.len());
    for span in spans {
        if kept.last().is_none_or(|last| last.range.end <= span.range.start) {
            kept.push(span);
        }
    }
    kept
}

/// The label of every word: that of the span which holds most of its letters, if it holds at least half.
pub(super) fn word_labels(words: &[Word], flat: &[&Span], numbers: &LabelNumbers) -> Vec<usize> {
    let mut spans = flat.iter().peekable();
    let label = |word: &Word| {
        while spans.next_if(|span| span.range.end <= word.range.start).is_some() {}
        let here = spans.clone().take_while(|span| span.range.start < word.range.end);
        let most = here.max_by_key(|span| (shared(span.range, word.range), Reverse(span.range.start)));
        let half = |span: &&&Span| 2 * shared(span.range, word.range) >= word.range.len();
        most.filter(half).map_or(NO_LABEL, |span| numbers.number(&span.label))
    };
    words.iter().map(label).collect()
}

/// The bytes that two ranges share.
pub(super) fn shared(a: ByteRange, b: ByteRange) -> usize {
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    end.to_usize().saturating_sub(start.to_usize())
}

/// The article from end to end: spans and the gaps between them.
pub(super) fn segments(text: &SourceText, flat: &[&Span], numbers: &LabelNumbers) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(2 * flat.len() + 1);
    let mut at = 0;
    let mut push = |label, start, end| {
        if start < end {
            segments.push(Segment { label, start, end });
        }
    };
    for span in flat {
        let Some((start, end)) = text.code_point_range(span.range) else { continue };
        push(NO_LABEL, at, start.get());
        push(numbers.number(&span.label), start.get(), end.get());
        at = end.get();
    }
    push(NO_LABEL, at, text.len_code_points().get());
    segments
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, numbers};
    use super::*;
    use crate::text::words_in;

    fn labels(marked: &str) -> Vec<usize> {
        let document = document("a", marked);
        let words: Vec<_> = words_in(&document.text, document.text.range()).collect();
        let spans = spans(&document, false);
        word_labels(&words, &flat(&spans), &numbers())
    }

    #[test]
    fn a_word_carries_the_label_of_most_of_its_letters() {
        assert_eq!(labels("زار [LOC بغداد] و[ORG وزارة النقل] أمس"), [0, 1, 2, 2, 0]);
        assert_eq!(labels("زار بغ[LOC داد]"), [0, 1]);
        assert_eq!(labels("زار بغدا[LOC د]"), [0, 0]);
    }

    #[test]
    fn segments_cover_the_article_in_code_points() {
        let document = document("a", "😊 [LOC بغداد]");
        let all = spans(&document, false);
        let segments = segments(&document.text, &flat(&all), &numbers());
        let expected = [Segment { label: 0, start: 0, end: 2 }, Segment { label: 1, start: 2, end: 7 }];
        assert_eq!(segments, expected);
    }

    #[test]
    fn the_flat_layer_holds_the_outer_spans() {
        let mut nested = document("a", "زار [ORG وزارة النقل] أمس");
        let outer = nested.spans.iter().next().unwrap().as_ref().clone();
        let inner = Span {
            id: crate::annotation::SpanId::new("in"),
            range: (outer.range.start.to_usize()..outer.range.start.to_usize() + 4).into(),
            ..outer.clone()
        };
        nested.spans = [inner, outer.clone()].into_iter().collect();
        assert_eq!(flat(&spans(&nested, false)), [&outer]);
    }
}
