//! What leads from one state of a document to another.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Change, Document, Rejection, Span, SpanId};

impl Document {
    /// The changes that make this document say what another state of it says: spans, rejections, status, and what is
    /// written about it. Whether it is in its project stays as it is.
    #[must_use]
    pub fn changes_to(&self, other: &Self) -> Vec<Change> {
        let mut changes = span_changes(self, other);
        let (gone, new) = rejection_changes(&self.rejected, &other.rejected);
        changes.extend(gone.into_iter().map(Change::Unreject));
        changes.extend(new.into_iter().map(Change::Reject));
        if self.status != other.status {
            changes.push(Change::Status { before: self.status, after: other.status });
        }
        let new_keys = other.meta.keys().filter(|key| !self.meta.contains_key(*key));
        for key in self.meta.keys().chain(new_keys) {
            let (before, after) = (self.meta.get(key), other.meta.get(key));
            if before != after {
                let [before, after] = [before, after].map(Option::<&serde_json::Value>::cloned);
                changes.push(Change::Meta { key: key.as_str().into(), before, after });
            }
        }
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

/// What is only in the one list, and what is only in the other.
fn rejection_changes(from: &[Rejection], to: &[Rejection]) -> (Vec<Rejection>, Vec<Rejection>) {
    let mut new = to.to_vec();
    let mut gone = Vec::new();
    for rejection in from {
        match new.iter().position(|other| other == rejection) {
            Some(at) => {
                new.remove(at);
            }
            None => gone.push(rejection.clone()),
        }
    }
    (gone, new)
}
