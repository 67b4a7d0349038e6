//! What leads from one state of a document to another.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Change, Document, Rejection, Span, SpanId};

impl Document {
    /// The changes that make this document say what another state of it says: spans, rejections, status, and what is
    /// written about it. Whether it is in its project stays as it is.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<Change> {
        let mut changes = span_changes(self, other);
        changes.extend(decision_changes(self, other));
        let new_keys = other.meta.keys().filter(|key| !self.meta.contains_key(*key));
        changes.extend(self.meta.keys().chain(new_keys).filter_map(|key| meta_change(self, other, key)));
        changes
    }

    /// [`Self::changes_to`] a document that somebody made anew of the same text: a span that says the same is the same one,
    /// whatever it is called there, and the others get names that are free here. Of what is written about the document only
    /// what stands under this key counts.
    #[must_use]
    pub fn changes_to_one_made_anew(&self, other: &Self, key: &str) -> Vec<Change> {
        let mut changes = content_changes(self, other);
        changes.extend(decision_changes(self, other));
        changes.extend(meta_change(self, other, key));
        changes
    }
}

fn span_changes(from: &Document, to: &Document) -> Vec<Change> {
    let wanted: HashMap<&SpanId, &Arc<Span>> = to.spans.iter().map(|span| (&span.id, span)).collect();
    let mut changes = Vec::new();
    for span in from.spans.iter() {
        match wanted.get(&span.id) {
            None => changes.push(Change::Remove(Arc::clone(span))),
            Some(after) if **after != *span => {
                changes.push(Change::Replace { before: Arc::clone(span), after: Arc::clone(after) });
            }
            Some(_) => {}
        }
    }
    let new = to.spans.iter().filter(|span| from.spans.get(&span.id).is_none());
    changes.extend(new.map(|span| Change::Add(Arc::clone(span))));
    changes
}

/// [`span_changes`] where names mean nothing.
fn content_changes(from: &Document, to: &Document) -> Vec<Change> {
    let mut kept = HashSet::new();
    let mut added: Vec<&Arc<Span>> = Vec::new();
    for span in to.spans.iter() {
        let same = |other: &&Arc<Span>| {
            !kept.contains(&other.id) && Span { id: span.id.clone(), ..(***other).clone() } == **span
        };
        let stays = from.spans.overlapping(span.range).find(same).map(|other| other.id.clone());
        match stays {
            Some(id) => {
                kept.insert(id);
            }
            None => added.push(span),
        }
    }
    let gone = from.spans.iter().filter(|span| !kept.contains(&span.id));
    let mut changes: Vec<Change> = gone.cloned().map(Change::Remove).collect();
    let named = added.into_iter().zip(from.spans.free_ids());
    changes.extend(named.map(|(span, id)| Change::Add(Arc::new(Span { id, ..(**span).clone() }))));
    changes
}

/// What was decided: suggestions turned down, and the status.
fn decision_changes(from: &Document, to: &Document) -> Vec<Change> {
    let gone = only_in(&from.rejected, &to.rejected).map(Change::Unreject);
    let new = only_in(&to.rejected, &from.rejected).map(Change::Reject);
    let mut changes: Vec<Change> = gone.chain(new).collect();
    if from.status != to.status {
        changes.push(Change::Status { before: from.status, after: to.status });
    }
    changes
}

fn meta_change(from: &Document, to: &Document, key: &str) -> Option<Change> {
    let [before, after] = [from, to].map(|document| document.meta.get(key));
    (before != after).then(|| Change::Meta {
        key: key.into(),
        before: before.cloned(),
        after: after.cloned(),
    })
}

/// What is in the one list oftener than in the other, so much oftener.
fn only_in<'a>(these: &'a [Rejection], those: &'a [Rejection]) -> impl Iterator<Item = Rejection> + 'a {
    let mut left: HashMap<&Rejection, usize> = HashMap::new();
    for rejection in those {
        *left.entry(rejection).or_default() += 1;
    }
    let is_alone = move |rejection: &&Rejection| match left.get_mut(*rejection) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    these.iter().filter(is_alone).cloned()
}
