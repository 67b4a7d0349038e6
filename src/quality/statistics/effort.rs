//! Time and actions, from the times of edits.

use std::collections::HashMap;

use crate::annotation::{DocumentId, Edit, EditKind};

/// Two edits further apart than this, in milliseconds, have something else between them than work.
pub const IDLE_MS: u64 = 60_000;

/// Time and actions spent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Edits, each of which is one gesture or key.
    pub actions: usize,
    /// Milliseconds between edits, without the times when nobody worked.
    pub time: u64,
}

/// What was spent, in all and article by article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effort {
    /// In all.
    pub total: Work,
    /// By article. A step over several articles is in the total only.
    pub by_article: HashMap<DocumentId, Work>,
}

/// Adds up what edits took, in any order. The time before an edit is that edit's, if it is at most `idle`
/// milliseconds; a longer one is nobody's. Bringing articles in and taking them out is no labelling, but work goes on
/// from there. Edits without a time are actions only.
pub fn effort<'a>(edits: impl IntoIterator<Item = &'a Edit>, idle: u64) -> Effort {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| edit.at);
    let mut effort = Effort::default();
    let mut last = None;
    for edit in edits {
        let gap = last.map_or(0, |last| edit.at.saturating_sub(last));
        last = (edit.at > 0).then_some(edit.at);
        if matches!(edit.kind, EditKind::Import | EditKind::Discard | EditKind::Suggest) {
            continue;
        }
        let time = if gap <= idle { gap } else { 0 };
        effort.total.add(time);
        if let Some(document) = only_document(edit) {
            if !effort.by_article.contains_key(document) {
                effort.by_article.insert(document.clone(), Work::default());
            }
            if let Some(work) = effort.by_article.get_mut(document) {
                work.add(time);
            }
        }
    }
    effort
}

impl Work {
    fn add(&mut self, time: u64) {
        self.actions += 1;
        self.time += time;
    }
}

/// The document that an edit changes, if it is one.
fn only_document(edit: &Edit) -> Option<&DocumentId> {
    let first = edit.first_document()?;
    edit.steps.iter().all(|step| step.document == *first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Change, Step};

    fn edit(kind: EditKind, documents: &[&str], at: u64) -> Edit {
        let step = |id: &&str| Step { document: DocumentId::new(*id), change: Change::Present(true) };
        Edit { at, ..Edit::new(kind, documents.iter().map(step).collect()) }
    }

    #[test]
    fn pauses_are_no_work() {
        let edits = [
            edit(EditKind::Import, &["a", "b"], 1_000),
            edit(EditKind::Label, &["a"], 5_000),
            edit(EditKind::Accept, &["a"], 5_000 + IDLE_MS),
            edit(EditKind::Accept, &["b"], 5_001 + 2 * IDLE_MS),
            edit(EditKind::Relabel, &["a", "b"], 7_001 + 2 * IDLE_MS),
        ];
        let found = effort(&edits, IDLE_MS);
        let of = |id: &str| found.by_article[&DocumentId::new(id)];
        assert_eq!(of("a"), Work { actions: 2, time: 4_000 + IDLE_MS });
        assert_eq!(of("b"), Work { actions: 1, time: 0 }, "before it, nobody worked");
        assert_eq!(found.total, Work { actions: 4, time: 6_000 + IDLE_MS });
    }

    #[test]
    fn the_order_of_edits_does_not_matter_and_missing_times_count_for_none() {
        let mut edits: Vec<_> =
            [3_000, 1_000, 0, 2_000].into_iter().map(|at| edit(EditKind::Label, &["a"], at)).collect();
        let found = effort(&edits, IDLE_MS);
        assert_eq!(found.total, Work { actions: 4, time: 2_000 });
        edits.reverse();
        assert_eq!(effort(&edits, IDLE_MS), found);
    }
}
