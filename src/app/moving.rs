//! The ends of a span moved several times in a row: what that comes to in the end counts, not the ways in between.

use std::collections::HashSet;
use std::sync::Arc;

use crate::annotation::{Change, DocumentId, Edit, EditKind, History, Span, SpanId};

/// The moves of a span's ends that were made last, with nothing else between them.
pub(super) struct Run {
    /// The span as it was before the first of them; as it is, if there are none.
    pub(super) begun_as: Arc<Span>,
    /// Suggestions that were in the way, and are gone.
    pub(super) taken_away: Vec<Arc<Span>>,
}

impl Run {
    /// The moves of this span up to now.
    pub(super) fn so_far(history: &History, document: &DocumentId, span: &Arc<Span>) -> Self {
        let mut run = Self { begun_as: Arc::clone(span), taken_away: Vec::new() };
        let mut back_again: HashSet<&SpanId> = HashSet::new();
        for edit in history.done().rev() {
            let Some(before) = moved(edit, document, &run.begun_as) else { break };
            run.begun_as = Arc::clone(before);
            for step in &edit.steps {
                match &step.change {
                    Change::Add(other) => {
                        back_again.insert(&other.id);
                    }
                    // What came back has gone before.
                    Change::Remove(other) if !back_again.remove(&other.id) => {
                        run.taken_away.push(Arc::clone(other));
                    }
                    _ => {}
                }
            }
        }
        run
    }
}

/// The span before an edit, if that moved its ends to where they are in `after`.
fn moved<'e>(edit: &'e Edit, document: &DocumentId, after: &Span) -> Option<&'e Arc<Span>> {
    let is_here = edit.kind == EditKind::Move && edit.steps.iter().all(|step| step.document == *document);
    let replaced = edit.steps.iter().find_map(|step| match &step.change {
        Change::Replace { before, after: now } if now.id == after.id => Some((before, now)),
        _ => None,
    });
    replaced.filter(|(_, now)| is_here && ***now == *after).map(|(before, _)| before)
}
