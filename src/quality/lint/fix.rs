//! From findings to changes.

use std::collections::HashSet;
use std::sync::Arc;

use super::finding::{Finding, Fix};
use crate::annotation::{Change, Document, Origin, Span, SpanId};
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// What a span that a fix has added says of its source.
const SOURCE: &str = "misam-lint";

/// The changes that mend the findings about a document, to be made together, and how many findings they mend.
///
/// A span is changed once; a fix that would put a span over another one, or touches what an earlier fix has changed, is
/// left for the next time. Findings about other documents are passed over.
#[must_use]
pub fn fixes<'f>(
    document: &Document,
    findings: impl IntoIterator<Item = &'f Finding>,
) -> (Vec<Change>, usize) {
    let mut mending = Mending { document, touched: HashSet::new(), placed: Vec::new(), changes: Vec::new() };
    let mut ids = document.spans.free_ids();
    let mut mended = 0;
    for finding in findings.into_iter().filter(|finding| finding.document == document.id) {
        let span = finding.span.as_ref().and_then(|id| document.spans.get(id));
        // One that has moved since is another matter.
        let span = span.filter(|span| span.range == finding.range);
        let done = match (&finding.fix, span) {
            (Some(Fix::Remove), Some(span)) => mending.remove(span),
            (Some(Fix::Set { range, label }), Some(span)) => mending.set(span, *range, label),
            (Some(Fix::Add { range, label }), _) => {
                let reason = finding.rule.code();
                ids.next().is_some_and(|id| mending.add(id, *range, label, reason))
            }
            _ => false,
        };
        mended += usize::from(done);
    }
    (mending.changes, mended)
}

struct Mending<'a> {
    document: &'a Document,
    touched: HashSet<SpanId>,
    /// Where spans were put.
    placed: Vec<ByteRange>,
    changes: Vec<Change>,
}

impl Mending<'_> {
    fn remove(&mut self, span: &Arc<Span>) -> bool {
        let free = self.touched.insert(span.id.clone());
        if free {
            self.changes.push(Change::Remove(Arc::clone(span)));
        }
        free
    }

    fn set(&mut self, span: &Arc<Span>, range: ByteRange, label: &LabelCode) -> bool {
        if !self.is_free(range, Some(&span.id)) || !self.touched.insert(span.id.clone()) {
            return false;
        }
        let mut after =
            Span { range, label: label.clone(), origin: span.origin.after_correction(), ..(**span).clone() };
        // It was said of other words, or of another thing.
        after.alternative = None;
        after.normalized = None;
        if range != span.range {
            after.fragments = Vec::new();
        }
        self.placed.push(range);
        self.changes.push(Change::Replace { before: Arc::clone(span), after: Arc::new(after) });
        true
    }

    fn add(&mut self, id: SpanId, range: ByteRange, label: &LabelCode, reason: &str) -> bool {
        if !self.is_free(range, None) {
            return false;
        }
        let mut span = Span::new(id, range, label.clone(), Origin::Manual);
        (span.source, span.reason) = (Some(SOURCE.into()), Some(reason.into()));
        self.placed.push(range);
        self.changes.push(Change::Add(Arc::new(span)));
        true
    }

    /// True if no confirmed span but the one that moves stands in a place. Spans that overlapped before are let be.
    fn is_free(&self, range: ByteRange, own: Option<&SpanId>) -> bool {
        let own_range = own.and_then(|id| self.document.spans.get(id)).map(|span| span.range);
        let in_the_way = |span: &&Arc<Span>| {
            Some(&span.id) != own
                && span.origin.is_confirmed()
                && !self.touched.contains(&span.id)
                && own_range.is_none_or(|own| !own.overlaps(span.range))
        };
        !self.document.spans.overlapping(range).any(|span| in_the_way(&span))
            && !self.placed.iter().any(|placed| placed.overlaps(range))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NoNames, Vocabulary, lint};
    use super::*;
    use crate::quality::testing::marked;

    /// The document after its fixes, and how many findings there were and were mended.
    fn mended(text: &str) -> (Document, usize, usize) {
        let mut document = marked("d", text);
        let findings = lint(std::slice::from_ref(&document), &Vocabulary::embedded().unwrap(), &NoNames);
        let (changes, mended) = fixes(&document, &findings);
        changes.iter().for_each(|change| document.apply(change).unwrap());
        (document, findings.len(), mended)
    }

    fn spans(document: &Document) -> Vec<(&str, &str, Origin)> {
        let row = |span: &'_ Arc<Span>| document.text.slice(span.range).map(|s| (s, span.origin));
        document
            .spans
            .iter()
            .filter_map(|span| Some((span.label.as_str(), row(span)?.0, span.origin)))
            .collect()
    }

    #[test]
    fn what_can_be_mended_is_mended_and_nothing_else() {
        let (document, findings, mended) = mended("قال [GRP الجيش] في [LOC سبها] ثم سبها و[LOC مدينة هون].");
        assert_eq!((findings, mended), (3, 3));
        assert_eq!(
            spans(&document),
            [
                ("LOC", "سبها", Origin::Manual),
                ("LOC", "سبها", Origin::Manual),
                ("LOC", "هون", Origin::Manual)
            ]
        );
        let added = document.spans.iter().find(|span| span.source.is_some()).unwrap();
        assert_eq!(added.reason.as_deref(), Some("unlabelled-repeat"));
    }

    #[test]
    fn a_span_is_changed_once() {
        let (document, findings, mended) = mended("جاء [NUM عدة] هنا");
        assert_eq!((findings, mended, document.spans.len()), (2, 1, 0));
    }

    #[test]
    fn nothing_is_put_over_another_span() {
        let (document, findings, mended) = mended("عند [X بعيد مطار] [LOC سبها] ليلًا");
        assert_eq!((findings, mended), (0, 0));
        assert_eq!(document.spans.len(), 2);
        let findings = [Finding {
            fix: Some(Fix::Add { range: document.text.range(), label: LabelCode::new("X").unwrap() }),
            ..super::super::article::Article::new(&document, &Vocabulary::default())
                .whole(super::super::Rule::UnlabelledRepeat)
        }];
        assert_eq!(fixes(&document, &findings).1, 0);
    }
}
