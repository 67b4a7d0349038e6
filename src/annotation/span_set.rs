//! The spans of one document, in order and queryable by place.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Span, SpanId};
use crate::text::{ByteOffset, ByteRange};

/// Up to so many spans are looked through for a name; more have an index.
const FEW: usize = 48;

/// Spans in [document order](Span::document_order). They may nest and overlap.
///
/// A sorted vector: documents hold hundreds of spans, seldom tens of thousands, and a move of pointers is cheaper
/// than a tree. Cloning the set shares the spans.
#[derive(Clone, Debug, Default)]
pub struct SpanSet {
    spans: Vec<Arc<Span>>,
    /// The spans by name, if they are more than a few: an index of every document of a large project takes more room than
    /// its spans.
    by_id: Option<HashMap<SpanId, Arc<Span>>>,
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
        match &self.by_id {
            Some(by_id) => by_id.get(id),
            None => self.spans.iter().find(|span| span.id == *id),
        }
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

    /// The place of a span in document order.
    #[must_use]
    pub fn position(&self, id: &SpanId) -> Option<usize> {
        let span = self.get(id)?;
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
        let twice = if spans.len() > FEW {
            let mut names = HashSet::with_capacity(spans.len());
            spans.iter().find(|span| !names.insert(&span.id))
        } else {
            let is_there =
                |(at, span): &(usize, &Arc<Span>)| spans[..*at].iter().any(|other| other.id == span.id);
            spans.iter().enumerate().find(is_there).map(|(_, span)| span)
        };
        if let Some(span) = twice {
            return Err(span.id.clone());
        }
        spans.sort_by(|a, b| a.document_order(b));
        Ok(Self::sorted(spans))
    }

    /// The set of spans in order whose names all differ.
    fn sorted(mut spans: Vec<Arc<Span>>) -> Self {
        spans.shrink_to_fit();
        let by_id = (spans.len() > FEW).then(|| index_of(&spans));
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
        if let Some(by_id) = &mut self.by_id {
            by_id.insert(span.id.clone(), Arc::clone(&span));
        }
        let at = self.spans.partition_point(|other| other.document_order(&span).is_lt());
        self.spans.insert(at, span);
        if self.by_id.is_none() && self.spans.len() > FEW {
            self.by_id = Some(index_of(&self.spans));
        }
    }

    /// Takes a span out.
    pub(super) fn remove(&mut self, id: &SpanId) -> Option<Arc<Span>> {
        let at = self.position(id)?;
        if let Some(by_id) = &mut self.by_id {
            by_id.remove(id);
        }
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
        let mut names = HashSet::with_capacity(spans.len());
        spans.retain(|span| names.insert(span.id.clone()));
        Self::sorted(spans)
    }
}

/// An index of spans by name.
fn index_of(spans: &[Arc<Span>]) -> HashMap<SpanId, Arc<Span>> {
    spans.iter().map(|span| (span.id.clone(), Arc::clone(span))).collect()
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
    fn spans_are_found_by_name_be_they_few_or_many() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 3 * FEW] {
            let ranges: Vec<_> = (0..count).map(|at| (at, at + 2)).collect();
            let mut spans = set(&ranges);
            let more = set(&[(0, 1)]).spans.remove(0);
            let id = SpanId::numbered(count as u32 + 1);
            spans.insert(Arc::new(Span { id: id.clone(), ..(*more).clone() }));
            for number in 1..=count as u32 + 1 {
                let id = SpanId::numbered(number);
                let found = spans.get(&id).unwrap();
                assert_eq!(found.id, id);
                assert_eq!(spans.position(&id).map(|at| &spans.as_slice()[at].id), Some(&id));
            }
            assert_eq!(spans.get(&SpanId::numbered(count as u32 + 2)), None);
            let mut twice = spans.spans.clone();
            assert!(SpanSet::from_unique(twice.clone()).is_ok());
            twice.push(Arc::new(Span { range: (7..9).into(), ..(*more).clone() }));
            assert_eq!(
                SpanSet::from_unique(twice).err(),
                Some(SpanId::numbered(1)),
                "of {count} and one more"
            );
            assert!(spans.remove(&id).is_some() && spans.get(&id).is_none() && spans.remove(&id).is_none());
        }
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
