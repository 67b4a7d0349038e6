//! What was done and can be undone; what was undone and can be done again.

use std::sync::Arc;

use super::Edit;

/// Two stacks without a limit. The history only remembers edits; applying them is its owner's business.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    done: Vec<Arc<Edit>>,
    undone: Vec<Arc<Edit>>,
}

impl History {
    /// Remembers an edit that was made. What had been undone can no longer be redone.
    pub fn push(&mut self, edit: Arc<Edit>) {
        if edit.kind.is_undoable() {
            self.done.push(edit);
            self.undone.clear();
        }
    }

    /// Puts what was done before in front of what is remembered. What had been undone before can still be redone if
    /// nothing was done since.
    pub fn precede(&mut self, earlier: Self) {
        if self.done.is_empty() && self.undone.is_empty() {
            *self = earlier;
        } else {
            self.done.splice(..0, earlier.done);
        }
    }

    /// The edit that undo would take back.
    #[must_use]
    pub fn to_undo(&self) -> Option<&Arc<Edit>> {
        self.done.last()
    }

    /// The edit that redo would make again.
    #[must_use]
    pub fn to_redo(&self) -> Option<&Arc<Edit>> {
        self.undone.last()
    }

    /// Notes that [`to_undo`](Self::to_undo) was taken back.
    pub fn mark_undone(&mut self) {
        self.undone.extend(self.done.pop());
    }

    /// Notes that [`to_redo`](Self::to_redo) was made again.
    pub fn mark_redone(&mut self) {
        self.done.extend(self.undone.pop());
    }

    /// Edits that can be undone, oldest first.
    pub fn done(&self) -> impl DoubleEndedIterator<Item = &Arc<Edit>> + ExactSizeIterator {
        self.done.iter()
    }

    /// Edits that can be done again, the next one last.
    pub fn undone(&self) -> impl DoubleEndedIterator<Item = &Arc<Edit>> + ExactSizeIterator {
        self.undone.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::EditKind;

    fn edit(at: u64) -> Arc<Edit> {
        Arc::new(Edit { at, ..Edit::new(EditKind::Label, Vec::new()) })
    }

    fn times<'a>(edits: impl Iterator<Item = &'a Arc<Edit>>) -> Vec<u64> {
        edits.map(|edit| edit.at).collect()
    }

    #[test]
    fn what_was_done_before_comes_in_front_and_what_was_undone_before_a_new_edit_is_gone() {
        let mut earlier = History::default();
        [1, 2, 3].map(edit).into_iter().for_each(|edit| earlier.push(edit));
        earlier.mark_undone();

        let mut nothing_since = History::default();
        nothing_since.precede(earlier.clone());
        assert_eq!(nothing_since, earlier);

        let mut since = History::default();
        since.push(edit(4));
        since.mark_undone();
        since.precede(earlier);
        assert_eq!(times(since.done()), [1, 2]);
        assert_eq!(times(since.undone()), [4]);
    }
}
