//! The names of the spans of one document: those that a file gives are kept, and the others get names that none has.

use std::collections::HashSet;

use super::problem::Problems;
use super::{Outcome, ProblemKind};
use crate::annotation::{Span, SpanId};

/// The names that spans claim, by the index of the span.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<SpanId>,
    first: Vec<(usize, SpanId)>,
    /// Index, the name it cannot have, the path of the field.
    again: Vec<(usize, SpanId, String)>,
}

impl Names {
    /// A span claims a name. The first one gets it.
    pub(super) fn claim(&mut self, id: SpanId, path: String, index: usize) {
        if self.taken.insert(id.clone()) {
            self.first.push((index, id));
        } else {
            self.again.push((index, id, path));
        }
    }

    /// Names the spans: those that claimed a name, then the nameless, then those whose name was taken, which is said.
    pub(super) fn give(self, spans: &mut [Span], nameless: Vec<usize>, problems: &mut Problems) {
        let Self { taken, first, again } = self;
        let mut free = (1..).map(SpanId::numbered).filter(|id| !taken.contains(id));
        let mut named: Vec<(usize, SpanId)> = first;
        named.extend(nameless.into_iter().zip(&mut free));
        for ((index, id, path), now) in again.into_iter().zip(&mut free) {
            problems.say(path, ProblemKind::DuplicateSpan { id, now: now.clone() }, Outcome::Repaired);
            named.push((index, now));
        }
        for (index, id) in named {
            if let Some(span) = spans.get_mut(index) {
                span.id = id;
            }
        }
    }
}
