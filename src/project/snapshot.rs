//! Snapshots: all documents stored as they are, a part at a time, so that opening a project does not replay all that was
//! ever done. Edits may come between the parts, and a part may be refused: whatever is in the storage, with the journal it
//! comes to what was done.

use std::collections::HashSet;

use super::{Project, StoredDocument, Write};
use crate::annotation::DocumentId;

/// The setting that says up to which journal entry all documents are current.
pub const SNAPSHOT: &str = "snapshot";

/// The setting that holds the labels.
pub const SCHEMA: &str = "schema";

/// How much goes into one part at most.
#[derive(Clone, Copy, Debug)]
pub struct Portion {
    /// So many documents.
    pub documents: usize,
    /// No more documents once their texts have so many bytes of UTF-8.
    pub text_bytes: usize,
    /// So many blocks of heads.
    pub blocks: usize,
}

/// A part of a snapshot: what goes into one transaction.
///
/// From [`Project::next_part`] on everything in it counts as stored, so there is only one at a time, and it ends with
/// [`Project::part_stored`] or [`Project::part_refused`]: the last part says that all documents are there.
#[derive(Debug)]
pub struct SnapshotPart {
    /// What is to be written, all of it or nothing.
    pub writes: Vec<Write>,
    /// Documents that are stored as they are.
    ids: Vec<DocumentId>,
    /// Those of them that lay in stacks.
    unstacked: Vec<(DocumentId, u64)>,
    /// True if heads are written.
    has_heads: bool,
    /// True if nothing is left to store.
    is_last: bool,
}

impl Project {
    /// The next part of a snapshot, of what has changed since it was stored last.
    pub fn next_part(&mut self, most: Portion) -> SnapshotPart {
        let ids = self.take_changed(most.documents, most.text_bytes);
        let unstacked = self.unstack(&ids);
        let with_text: HashSet<_> = unstacked.iter().map(|(id, _)| id).collect();
        let mut writes: Vec<Write> =
            ids.iter().filter_map(|id| self.as_stored(id, with_text.contains(id))).collect();
        let (mut is_last, mut has_heads) = (self.is_stored(), false);
        if is_last && self.may_leave_journal() {
            let (heads, are_all) = self.take_stale_heads(most.blocks);
            writes.extend(heads);
            (is_last, has_heads) = (are_all, true);
            if is_last {
                writes.push(Write::Setting { key: SNAPSHOT.into(), value: self.seq().into() });
                writes.extend(self.stacks_to_write());
            }
        }
        if is_last {
            let schema = serde_json::to_value(self.stored_schema());
            writes.extend(schema.ok().map(|value| Write::Setting { key: SCHEMA.into(), value }));
        }
        SnapshotPart { writes, ids, unstacked, has_heads, is_last }
    }

    /// The part is in the storage. True if it was the last.
    pub fn part_stored(&mut self, part: &SnapshotPart) -> bool {
        if part.is_last {
            self.forget_empty_stacks();
        }
        part.is_last
    }

    /// The part was refused, so nothing of it is in the storage.
    pub fn part_refused(&mut self, part: SnapshotPart) {
        self.put_back_changed(part.ids);
        self.restack(part.unstacked);
        if part.has_heads {
            self.put_back_heads();
        }
    }

    /// A document as it is stored now, with its text if that was in a stack so far.
    fn as_stored(&self, id: &DocumentId, with_text: bool) -> Option<Write> {
        let document = self.document(id)?;
        let order = self.position(id).and_then(|order| u32::try_from(order).ok()).unwrap_or(u32::MAX);
        let stored = StoredDocument::of(document, order, self.seq());
        Some(Write::Snapshot(Box::new(stored), with_text.then(|| document.text.clone())))
    }
}
