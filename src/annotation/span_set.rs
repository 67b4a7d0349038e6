//! The spans of one document, in order and queryable by place.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::{Span, SpanId};
use crate::text::{ByteOffset, ByteRange};

/// Spans in [document order](Span::document_order). They may nest and overlap.
///
/// A sorted vector: documents hold hundreds of spans, seldom tens of thousands, and a move of pointers is cheaper
/// than a tree. Cloning the set shares the spans.
#[derive(Clone, Debug, Default)]
pub struct SpanSet {
    spans: Vec<Arc<Span>>,
    by_id: HashMap<SpanId, Arc<Span>>,
    /// At least the length in bytes of the longest span: how far left of a range its overlaps may start.
    longest: usize,
    /// The highest number ever used in a name.
    highest: u32,
    /// How many nobody has confirmed.
    suggested: usize,
    /// Counts the changes.
    revision: u64,
}

impl SpanSet {
    /// Number of spans.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// True if there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Number of spans that nobody has confirmed.
    #[must_use]
    pub fn suggested(&self) -> usize {
        self.suggested
    }

    /// A number that differs whenever this set was changed: who has seen it need not look at every span again.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// All spans in document order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Span>> + ExactSizeIterator {
        self.spans.iter()
    }

    /// All spans in document order, to be taken by their places.
    #[must_use]
    pub fn as_slice(&self) -> &[Arc<Span>] {
        &self.spans
    }

    /// The span of that name.
    #[must_use]
    pub fn get(&self, id: &SpanId) -> Option<&Arc<Span>> {
        self.by_id.get(id)
    }

    /// The spans that share at least one byte with `range`, in document order.
    pub fn overlapping(&self, range: ByteRange) -> impl Iterator<Item = &Arc<Span>> {
        let earliest = ByteOffset::from(range.start.to_usize().saturating_sub(self.longest));
        let first = self.spans.partition_point(|span| span.range.start < earliest);
        self.spans[first..]
            .iter()
            .take_while(move |span| span.range.start < range.end)
            .filter(move |span| span.range.overlaps(range))
    }

    /// The spans around a caret position, innermost first; a span is also found from its very end.
    #[must_use]
    pub fn around(&self, offset: ByteOffset) -> Vec<&Arc<Span>> {
        let earliest = ByteOffset::from(offset.to_usize().saturating_sub(self.longest));
        let first = self.spans.partition_point(|span| span.range.start < earliest);
        let mut found: Vec<_> = self.spans[first..]
            .iter()
            .take_while(|span| span.range.start <= offset)
            .filter(|span| offset <= span.range.end)
            .collect();
        found.sort_by_key(|span| (!span.range.holds(offset), span.range.len()));
        found
    }

    /// The first span that starts at or after a position.
    #[must_use]
    pub fn next_from(&self, offset: ByteOffset) -> Option<&Arc<Span>> {
        self.spans.get(self.spans.partition_point(|span| span.range.start < offset))
    }

    /// The place of a span in document order.
    #[must_use]
    pub fn position(&self, id: &SpanId) -> Option<usize> {
        let span = self.by_id.get(id)?;
        self.spans.binary_search_by(|other| other.document_order(span)).ok()
    }

    /// Names that no span of the set has or had, one after the other.
    pub fn free_ids(&self) -> impl Iterator<Item = SpanId> + use<> {
        (self.highest.saturating_add(1)..).map(SpanId::numbered)
    }

    /// The set of spans whose names all differ.
    ///
    /// # Errors
    /// The first name that is there twice.
    pub fn from_unique(mut spans: Vec<Arc<Span>>) -> Result<Self, SpanId> {
        let mut by_id = HashMap::with_capacity(spans.len());
        for span in &spans {
            if by_id.insert(span.id.clone(), Arc::clone(span)).is_some() {
                return Err(span.id.clone());
            }
        }
        spans.sort_by(|a, b| a.document_order(b));
        Ok(Self::indexed(spans, by_id))
    }

    fn indexed(spans: Vec<Arc<Span>>, by_id: HashMap<SpanId, Arc<Span>>) -> Self {
        let longest = spans.iter().map(|span| span.range.len()).max().unwrap_or(0);
        let highest = spans.iter().filter_map(|span| span.id.number()).max().unwrap_or(0);
        let suggested = spans.iter().filter(|span| !span.origin.is_confirmed()).count();
        Self { spans, by_id, longest, highest, suggested, revision: 0 }
    }

    /// Puts a span in its place. The caller sees to it that its name is free.
    pub(super) fn insert(&mut self, span: Arc<Span>) {
        self.longest = self.longest.max(span.range.len());
        self.highest = self.highest.max(span.id.number().unwrap_or(0));
        self.suggested += usize::from(!span.origin.is_confirmed());
        self.revision += 1;
        self.by_id.insert(span.id.clone(), Arc::clone(&span));
        let at = self.spans.partition_point(|other| other.document_order(&span).is_lt());
        self.spans.insert(at, span);
    }

    /// Takes a span out.
    pub(super) fn remove(&mut self, id: &SpanId) -> Option<Arc<Span>> {
        let at = self.position(id)?;
        self.by_id.remove(id);
        let span = self.spans.remove(at);
        self.suggested -= usize::from(!span.origin.is_confirmed());
        self.revision += 1;
        Some(span)
    }
}

impl PartialEq for SpanSet {
    fn eq(&self, other: &Self) -> bool {
        self.spans == other.spans
    }
}

impl FromIterator<Span> for SpanSet {
    /// Of spans with one name the first in document order is kept.
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<_> = spans.into_iter().map(Arc::new).collect();
        spans.sort_by(|a, b| a.document_order(b));
        let mut by_id = HashMap::with_capacity(spans.len());
        spans.retain(|span| match by_id.entry(span.id.clone()) {
            Entry::Occupied(_) => false,
            Entry::Vacant(free) => {
                free.insert(Arc::clone(span));
                true
            }
        });
        Self::indexed(spans, by_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Origin;
    use crate::schema::LabelCode;

    fn set(ranges: &[(usize, usize)]) -> SpanSet {
        let label = LabelCode::new("LOC").unwrap();
        ranges
            .iter()
            .enumerate()
            .map(|(n, &(a, b))| {
                Span::new(SpanId::numbered(n as u32 + 1), (a..b).into(), label.clone(), Origin::Manual)
            })
            .collect()
    }

    fn ids<'a>(spans: impl IntoIterator<Item = &'a Arc<Span>>) -> Vec<&'a str> {
        spans.into_iter().map(|span| span.id.as_str()).collect()
    }

    #[test]
    fn outer_spans_come_before_inner_ones() {
        assert_eq!(ids(set(&[(4, 6), (4, 20), (0, 2)]).iter()), ["s3", "s2", "s1"]);
    }

    #[test]
    fn overlaps_are_found_however_far_left_they_start() {
        let spans = set(&[(0, 100), (10, 12), (50, 60), (60, 70)]);
        assert_eq!(ids(spans.overlapping((55..60).into())), ["s1", "s3"]);
    }

    #[test]
    fn the_innermost_span_is_found_first_and_ends_count() {
        let spans = set(&[(0, 20), (5, 10), (10, 15)]);
        assert_eq!(ids(spans.around(ByteOffset::new(10))), ["s3", "s1", "s2"]);
        assert_eq!(ids(spans.around(ByteOffset::new(20))), ["s1"]);
    }

    #[test]
    fn free_ids_follow_the_highest_number() {
        let first_free = |spans: &SpanSet| spans.free_ids().next().unwrap();
        assert_eq!(first_free(&set(&[])).as_str(), "s1");
        let mut spans = set(&[(0, 1), (1, 2)]);
        spans.remove(&SpanId::numbered(2));
        assert_eq!(first_free(&spans).as_str(), "s3", "a name is not used twice");
    }
}
