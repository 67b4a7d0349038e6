//! The smallest things that can happen to a document. Each knows how to be undone.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Document, Rejection, Span, SpanId, SpanSet, Status};
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// One change to one document. It carries what was there before, so it can be checked and turned round without
/// looking anything up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A span appears.
    Add(Arc<Span>),
    /// A span goes.
    Remove(Arc<Span>),
    /// A span is relabelled, moved, accepted or otherwise rewritten; its name stays.
    Replace {
        /// The span as it is.
        before: Arc<Span>,
        /// The span as it will be.
        after: Arc<Span>,
    },
    /// Many spans get another label because the schema changed. Nobody looked at each: their origins stay.
    Relabel(Relabelling),
    /// A suggestion is turned down (its span goes by a `Remove` beside this).
    Reject(Rejection),
    /// A turned-down suggestion is forgotten.
    Unreject(Rejection),
    /// The review status moves.
    Status {
        /// The status as it is.
        before: Status,
        /// The status as it will be.
        after: Status,
    },
    /// Something is written about the document itself, in its `meta`.
    Meta {
        /// Under which key.
        key: Arc<str>,
        /// What is there; `None` if nothing is.
        before: Option<Value>,
        /// What will be there.
        after: Option<Value>,
    },
    /// The document enters the project (`true`) or leaves it (`false`). What left is kept, so that it can come back.
    Present(bool),
}

/// The spans and rejections of a document that go from one label to another with their schema.
///
/// What is no longer there, or has another label by now, is passed over: suggestions come and go without the history,
/// and taking a change of the schema back must not fail over one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relabelling {
    /// The label they have.
    pub before: LabelCode,
    /// The label they get.
    pub after: LabelCode,
    /// The spans.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<SpanId>,
    /// The rejections, as they are before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejections: Vec<Rejection>,
    /// Rejections by their places in the document's list. So journals have them that were written when the list stood in
    /// the order in which the rejections were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<usize>,
}

impl Relabelling {
    /// The same, with what it names by places in a document's list named as it is.
    fn by_value(&self, document: &Document) -> Self {
        let there = self.rejected.iter().filter_map(|&at| document.rejected.get(at));
        let there = there.filter(|rejection| rejection.label == self.before).cloned();
        let rejections = self.rejections.iter().cloned().chain(there).collect();
        Self { rejections, rejected: Vec::new(), ..self.clone() }
    }

    fn inverted(&self) -> Self {
        let Self { before, after, spans, rejections, rejected } = self.clone();
        let renamed = rejections.into_iter().map(|rejection| Rejection { label: after.clone(), ..rejection });
        Self { rejections: renamed.collect(), before: after, after: before, spans, rejected }
    }
}

/// Why a change does not apply. The document is then as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// The name of a span to add is taken.
    #[error("span {0} exists already")]
    Exists(SpanId),
    /// The span to change is not there, or not as the change expects it.
    #[error("span {0} is not as expected")]
    Differs(SpanId),
    /// The range lies outside the text, is empty, or cuts a character.
    #[error("bytes {start} to {end} are no piece of the text", start = .0.start, end = .0.end)]
    Range(ByteRange),
    /// The fragments are not in order, apart, and spanning the span's range.
    #[error("the fragments of span {0} do not make up its range")]
    Fragments(SpanId),
    /// The rejection to forget is not there.
    #[error("there is no such rejection")]
    NoRejection,
    /// The status is not as the change expects it.
    #[error("the status is {found:?}, not {expected:?}")]
    Status {
        /// What the change expects.
        expected: Status,
        /// What the document has.
        found: Status,
    },
    /// What is written about the document is not what the change expects.
    #[error("\"{0}\" of the document is not as expected")]
    Meta(Arc<str>),
    /// The document is in the project, or out of it, already.
    #[error("the document is in its place already")]
    Presence,
}

impl Change {
    /// True if something is said of the document as a whole, and not of a span in it.
    #[must_use]
    pub fn is_about_document(&self) -> bool {
        match self {
            Self::Status { .. } | Self::Meta { .. } | Self::Present(_) => true,
            Self::Add(_)
            | Self::Remove(_)
            | Self::Replace { .. }
            | Self::Relabel(_)
            | Self::Reject(_)
            | Self::Unreject(_) => false,
        }
    }

    /// The span that came, went or became another; then what it became.
    #[must_use]
    pub fn span(&self) -> Option<&Arc<Span>> {
        match self {
            Self::Add(span) | Self::Remove(span) | Self::Replace { after: span, .. } => Some(span),
            Self::Relabel(_)
            | Self::Reject(_)
            | Self::Unreject(_)
            | Self::Status { .. }
            | Self::Meta { .. }
            | Self::Present(_) => None,
        }
    }

    /// The change that undoes this one.
    #[must_use]
    pub fn inverted(&self) -> Self {
        match self {
            Self::Add(span) => Self::Remove(Arc::clone(span)),
            Self::Remove(span) => Self::Add(Arc::clone(span)),
            Self::Replace { before, after } => {
                Self::Replace { before: Arc::clone(after), after: Arc::clone(before) }
            }
            Self::Relabel(relabelling) => Self::Relabel(relabelling.inverted()),
            Self::Reject(rejection) => Self::Unreject(rejection.clone()),
            Self::Unreject(rejection) => Self::Reject(rejection.clone()),
            &Self::Status { before, after } => Self::Status { before: after, after: before },
            Self::Meta { key, before, after } => {
                Self::Meta { key: Arc::clone(key), before: after.clone(), after: before.clone() }
            }
            &Self::Present(present) => Self::Present(!present),
        }
    }
}

impl Document {
    /// Makes a change.
    ///
    /// # Errors
    /// If the document is not as the change expects it; nothing has happened then.
    pub fn apply(&mut self, change: &Change) -> Result<(), Conflict> {
        self.apply_as_stored(change)?;
        match change {
            Change::Reject(rejection) => {
                // It was put behind all others.
                self.rejected.pop();
                let place = self.rejected.partition_point(|other| order(other, rejection).is_le());
                self.rejected.insert(place, rejection.clone());
            }
            Change::Relabel(_) => self.order_rejections(),
            _ => {}
        }
        Ok(())
    }

    /// Makes a change of a journal. Rejections stand in the order in which they were made until
    /// [ordered](Self::order_rejections): a journal may name them by their places in it.
    ///
    /// # Errors
    /// If the document is not as the change expects it; nothing has happened then.
    pub(crate) fn apply_as_stored(&mut self, change: &Change) -> Result<(), Conflict> {
        match change {
            Change::Add(span) => {
                self.check_place(span)?;
                if self.spans.get(&span.id).is_some() {
                    return Err(Conflict::Exists(span.id.clone()));
                }
                self.spans.insert(Arc::clone(span));
            }
            Change::Remove(span) => {
                self.check_present(span)?;
                self.spans.remove(&span.id);
            }
            Change::Replace { before, after } => {
                self.check_present(before)?;
                self.check_place(after)?;
                if before.id != after.id {
                    return Err(Conflict::Differs(after.id.clone()));
                }
                self.spans.remove(&before.id);
                self.spans.insert(Arc::clone(after));
            }
            Change::Relabel(relabelling) => self.relabel(relabelling),
            Change::Reject(rejection) => {
                self.check_range(rejection.range)?;
                self.rejected.push(rejection.clone());
            }
            Change::Unreject(rejection) => {
                let at = self.rejected.iter().rposition(|r| r == rejection).ok_or(Conflict::NoRejection)?;
                self.rejected.remove(at);
            }
            &Change::Status { before, after } => {
                if self.status != before {
                    return Err(Conflict::Status { expected: before, found: self.status });
                }
                self.status = after;
            }
            Change::Meta { key, before, after } => {
                if self.meta.get(&**key) != before.as_ref() {
                    return Err(Conflict::Meta(Arc::clone(key)));
                }
                match after {
                    Some(value) => self.meta.insert(key.to_string(), value.clone()),
                    None => self.meta.shift_remove(&**key),
                };
            }
            &Change::Present(present) => {
                if self.present == present {
                    return Err(Conflict::Presence);
                }
                self.present = present;
            }
        }
        Ok(())
    }

    /// Puts the rejections into the order in which they are written. It hangs on nothing but what they say, so that what
    /// was taken out of their middle comes back there.
    pub(crate) fn order_rejections(&mut self) {
        self.rejected.sort_by(order);
    }

    /// Has changes of one edit, which this document is still to be given, name rejections by what they say and not by their
    /// places.
    pub(crate) fn name_rejections<'c>(&self, changes: impl IntoIterator<Item = &'c mut Change>) {
        let mut then = self.clone();
        for change in changes {
            let stored = change.clone();
            if let Change::Relabel(relabelling) = change {
                *relabelling = relabelling.by_value(&then);
            }
            // What does not fit is passed over here as it is when it is made.
            let _ = then.apply_as_stored(&stored);
        }
    }

    /// Puts back spans that were stored, all or none.
    ///
    /// # Errors
    /// If one does not fit the text or two have one name.
    pub fn load_spans(&mut self, spans: Vec<Arc<Span>>) -> Result<(), Conflict> {
        for span in &spans {
            self.check_place(span)?;
        }
        self.spans = SpanSet::from_unique(spans).map_err(Conflict::Exists)?;
        Ok(())
    }

    fn relabel(&mut self, Relabelling { before, after, spans, rejections, rejected }: &Relabelling) {
        for id in spans {
            let Some(span) = self.spans.get(id).filter(|span| span.label == *before).cloned() else {
                continue;
            };
            self.spans.remove(id);
            self.spans.insert(Arc::new(Span { label: after.clone(), ..(*span).clone() }));
        }
        for named in rejections.iter().filter(|named| named.label == *before) {
            if let Some(rejection) = self.rejected.iter_mut().find(|rejection| *rejection == named) {
                rejection.label = after.clone();
            }
        }
        // The order may be another by now. Where as many are named as have the label, they are these.
        let has_label = |rejection: &&mut Rejection| rejection.label == *before;
        if !rejected.is_empty() && self.rejected.iter_mut().filter(has_label).count() == rejected.len() {
            self.rejected.iter_mut().filter(has_label).for_each(|rejection| rejection.label = after.clone());
            return;
        }
        for &at in rejected {
            if let Some(rejection) = self.rejected.get_mut(at).filter(has_label) {
                rejection.label = after.clone();
            }
        }
    }

    fn check_present(&self, span: &Span) -> Result<(), Conflict> {
        match self.spans.get(&span.id) {
            Some(found) if **found == *span => Ok(()),
            _ => Err(Conflict::Differs(span.id.clone())),
        }
    }

    fn check_place(&self, span: &Span) -> Result<(), Conflict> {
        self.check_range(span.range)?;
        let Some((first, last)) = span.fragments.first().zip(span.fragments.last()) else {
            return Ok(());
        };
        for &fragment in &span.fragments {
            self.check_range(fragment)?;
        }
        let apart = span.fragments.windows(2).all(|pair| pair[0].end < pair[1].start);
        let hull = first.start == span.range.start && last.end == span.range.end;
        if apart && hull { Ok(()) } else { Err(Conflict::Fragments(span.id.clone())) }
    }

    fn check_range(&self, range: ByteRange) -> Result<(), Conflict> {
        match self.text.slice(range) {
            Some(surface) if !surface.is_empty() => Ok(()),
            _ => Err(Conflict::Range(range)),
        }
    }
}

/// The order of rejections: by their places, the longer one first, then by labels and sources, as they are written.
fn order(a: &Rejection, b: &Rejection) -> Ordering {
    let place = |rejection: &Rejection| (rejection.range.start, Reverse(rejection.range.end));
    place(a).cmp(&place(b)).then_with(|| (&a.label, &a.source).cmp(&(&b.label, &b.source)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin};

    fn document() -> Document {
        Document::new(DocumentId::new("d"), "زار بغداد")
    }

    fn span(range: std::ops::Range<usize>) -> Arc<Span> {
        let label = LabelCode::new("LOC").unwrap();
        Arc::new(Span::new(SpanId::numbered(1), range.into(), label, Origin::Manual))
    }

    #[test]
    fn a_span_that_cuts_a_letter_or_holds_none_is_refused() {
        for range in [7..8, 7..7, 7..99] {
            let place = ByteRange::from(range.clone());
            assert_eq!(document().apply(&Change::Add(span(range))), Err(Conflict::Range(place)));
        }
    }

    #[test]
    fn a_name_is_taken_only_once() {
        let mut document = document();
        document.apply(&Change::Add(span(7..17))).unwrap();
        assert_eq!(document.apply(&Change::Add(span(0..6))), Err(Conflict::Exists(SpanId::numbered(1))));
    }

    #[test]
    fn a_change_that_expects_something_else_leaves_the_document_alone() {
        let mut document = document();
        document.apply(&Change::Add(span(7..17))).unwrap();
        let before = document.clone();
        let stale = Change::Replace { before: span(0..6), after: span(7..9) };
        assert_eq!(document.apply(&stale), Err(Conflict::Differs(SpanId::numbered(1))));
        assert_eq!(document, before);
    }

    #[test]
    fn fragments_must_be_apart_and_reach_both_ends() {
        let mut torn = (*span(0..17)).clone();
        torn.fragments = vec![(0..6).into(), (7..11).into()];
        assert_eq!(
            document().apply(&Change::Add(Arc::new(torn.clone()))),
            Err(Conflict::Fragments(SpanId::numbered(1)))
        );
        torn.fragments = vec![(0..6).into(), (11..17).into()];
        assert_eq!(document().apply(&Change::Add(Arc::new(torn))), Ok(()));
    }

    #[test]
    fn relabelling_passes_over_what_is_gone_and_is_taken_back_exactly() {
        let mut document = document();
        document.apply(&Change::Add(span(7..17))).unwrap();
        let code = |code: &str| LabelCode::new(code).unwrap();
        for label in ["LOC", "ORG"] {
            let rejection = Rejection { range: (0..6).into(), label: code(label), source: None };
            document.apply(&Change::Reject(rejection)).unwrap();
        }
        let before = document.clone();
        let change = Change::Relabel(Relabelling {
            before: code("LOC"),
            after: code("GPE"),
            spans: vec![SpanId::numbered(1), SpanId::numbered(9)],
            rejections: Vec::new(),
            rejected: vec![0, 1, 7],
        });
        document.apply(&change).unwrap();
        let labels: Vec<_> = document.rejected.iter().map(|r| r.label.as_str()).collect();
        assert_eq!(
            (document.spans.get(&SpanId::numbered(1)).unwrap().label.as_str(), &labels[..]),
            ("GPE", &["GPE", "ORG"][..])
        );
        document.apply(&change.inverted()).unwrap();
        assert_eq!(document, before);
    }
}
