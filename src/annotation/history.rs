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
