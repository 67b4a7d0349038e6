//! Documents that came together lie together in the storage, some hundred to a record, and stay there until something is
//! said of them: a document that nobody touches is written once.
//!
//! A stack holds its documents as they were before the entry of the journal that lets them in. A snapshot does not put
//! them by themselves; it notes how far the stacks reach whose documents are in, and up to which entry ([`LetIn`]). What
//! has been changed since, or was never let in, is stored by itself first, and its own record is newer than the stack.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{Project, StoredDocument, Write, numbers};
use crate::annotation::{Document, DocumentId};
use crate::text::SourceText;

/// The setting under which [`LetIn`] is stored.
pub const LET_IN: &str = "let_in";

/// Up to which stack documents that have no record of their own are in the project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetIn {
    /// The last such stack.
    #[serde(deserialize_with = "numbers::up_to")]
    pub stack: u64,
    /// The journal entry up to which they are current.
    #[serde(deserialize_with = "numbers::up_to")]
    pub seq: u64,
}

/// A document in a stack, as it came out of the storage. A value of the wrong type is `None`.
#[derive(Clone, Debug)]
pub struct Stacked {
    /// The number of the stack.
    pub stack: u64,
    /// Its name.
    pub id: String,
    /// Its record, JSON.
    pub record: Option<String>,
    /// Its text, UTF-8.
    pub text: Option<Vec<u8>>,
}

/// Which documents lie in stacks and nowhere else.
#[derive(Clone, Debug, Default)]
pub(super) struct Stacks {
    /// The highest number in use, or once in use.
    latest: u64,
    /// The stack of each.
    of: HashMap<DocumentId, u64>,
    /// How many of them lie in each stack that is in the storage.
    counts: BTreeMap<u64, usize>,
}

impl Stacks {
    pub(super) fn put(&mut self, id: DocumentId, stack: u64) {
        self.continue_after(stack);
        if self.of.insert(id, stack).is_none() {
            *self.counts.entry(stack).or_default() += 1;
        }
    }

    fn take(&mut self, id: &DocumentId) -> Option<u64> {
        let stack = self.of.remove(id)?;
        if let Some(count) = self.counts.get_mut(&stack) {
            *count -= 1;
        }
        Some(stack)
    }

    pub(super) fn of(&self, id: &DocumentId) -> Option<u64> {
        self.of.get(id).copied()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &DocumentId> {
        self.of.keys()
    }

    pub(super) fn continue_after(&mut self, stack: u64) {
        self.latest = self.latest.max(numbers::bounded(stack));
    }
}

impl Project {
    /// What is to be written of documents that were just put in and not let in yet: many of them lie in stacks from now on.
    pub fn arrivals(&mut self, ids: &[DocumentId]) -> Vec<Write> {
        // Files may have rejections in another order than the project keeps them in.
        for id in ids {
            self.documents.get_mut(id).into_iter().for_each(|new| new.order_rejections());
        }
        let stored = |id: &DocumentId| {
            let document = self.document(id)?;
            let order = self.position(id).and_then(|order| u32::try_from(order).ok()).unwrap_or(u32::MAX);
            Some((StoredDocument::of(document, order, self.seq()), document.text.clone()))
        };
        let writes = Write::arrivals(ids.iter().filter_map(stored).collect(), self.stacks.latest + 1);
        for write in &writes {
            if let Write::Stack(number, documents) = write {
                documents.iter().for_each(|(record, _)| self.stacks.put(record.id.clone(), *number));
            }
        }
        writes
    }

    /// Says which documents lie in stacks and nowhere else, and which number was the last in use. To be called before the
    /// journal that came with them is replayed.
    pub fn note_stacked(&mut self, stacked: impl IntoIterator<Item = (DocumentId, u64)>, latest: u64) {
        self.stacks.continue_after(latest);
        stacked.into_iter().for_each(|(id, stack)| self.stacks.put(id, stack));
    }

    /// Notes what a snapshot cannot leave in its stack: documents that no entry of the journal has let in. To be called
    /// when the journal has been replayed.
    pub fn settle_stacked(&mut self) {
        let is_out = |id: &&DocumentId| self.document(id).is_some_and(|document| !document.present);
        let out: Vec<_> = self.stacks.ids().filter(is_out).cloned().collect();
        self.put_back_changed(out);
    }

    /// The number of the latest stack.
    #[must_use]
    pub fn latest_stack(&self) -> u64 {
        self.stacks.latest
    }

    /// Has documents lie by themselves, and gives those that lay in stacks until now: their texts are to be stored with
    /// their snapshots.
    pub fn unstack(&mut self, ids: &[DocumentId]) -> Vec<(DocumentId, u64)> {
        ids.iter().filter_map(|id| Some((id.clone(), self.stacks.take(id)?))).collect()
    }

    /// Says that they could not be stored by themselves after all.
    pub fn restack(&mut self, stacked: Vec<(DocumentId, u64)>) {
        stacked.into_iter().for_each(|(id, stack)| self.stacks.put(id, stack));
    }

    /// What a snapshot writes about stacks: which of them no document needs any more, and up to which their documents are
    /// in. Nothing where there never were any.
    #[must_use]
    pub fn stacks_to_write(&self) -> Vec<Write> {
        if self.stacks.latest == 0 {
            return Vec::new();
        }
        let empty = self.stacks.counts.iter().filter(|(_, count)| **count == 0);
        let let_in = LetIn { stack: self.stacks.latest, seq: self.seq() };
        let setting = serde_json::to_value(let_in).ok();
        let setting = setting.map(|value| Write::Setting { key: LET_IN.into(), value });
        empty.map(|(number, _)| Write::ForgetStack(*number)).chain(setting).collect()
    }

    /// Says that stacks which no document needs are not in the storage any more.
    pub fn forget_empty_stacks(&mut self) {
        self.stacks.counts.retain(|_, count| *count > 0);
    }

    /// Says that there is no stack in the storage.
    pub fn forget_stacks(&mut self) {
        self.stacks = Stacks { latest: self.stacks.latest, ..Stacks::default() };
    }
}

/// A stack is closed once its texts reach this many bytes, or when it has so many documents.
const STACK_BYTES: usize = 1 << 20;
const STACK_DOCUMENTS: usize = 1_000;

/// So few documents are stored each by itself at once.
const FEW: usize = 32;

impl Write {
    /// What is to be written of documents that came together: many of them in stacks, numbered from here on.
    #[must_use]
    pub fn arrivals(documents: Vec<(StoredDocument, SourceText)>, first: u64) -> Vec<Self> {
        if documents.len() <= FEW {
            let alone = |(stored, text)| Self::Document(Box::new(stored), text);
            return documents.into_iter().map(alone).collect();
        }
        let (mut stacks, mut stack, mut bytes) = (Vec::new(), Vec::new(), 0);
        for (stored, text) in documents {
            bytes += text.as_str().len();
            stack.push((stored, text));
            if bytes >= STACK_BYTES || stack.len() >= STACK_DOCUMENTS {
                stacks.push(std::mem::take(&mut stack));
                bytes = 0;
            }
        }
        stacks.extend((!stack.is_empty()).then_some(stack));
        (first..).zip(stacks).map(|(number, stack)| Self::Stack(number, stack)).collect()
    }
}

/// A document of a stack as it is by now.
pub(super) fn let_in(document: &mut Document, seq: u64, stack: u64, let_in: Option<LetIn>) -> u64 {
    match let_in.filter(|let_in| stack <= let_in.stack) {
        Some(let_in) => {
            document.present = true;
            seq.max(let_in.seq)
        }
        None => seq,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_documents_are_stored_in_stacks_in_their_order_and_few_by_themselves() {
        let arrivals = |count: usize, length: usize| {
            let text = SourceText::new("x".repeat(length));
            let stored = |order: usize| {
                let document = Document::new(DocumentId::new(format!("d{order}")), text.clone());
                (StoredDocument::of(&document, u32::try_from(order).unwrap(), 0), text.clone())
            };
            Write::arrivals((0..count).map(stored).collect(), 3)
        };
        assert!(arrivals(FEW, 1).iter().all(|write| matches!(write, Write::Document(..))));
        for (count, length, lengths) in [
            (FEW + 1, 1, vec![(3, FEW + 1)]),
            (STACK_DOCUMENTS + 2, 1, vec![(3, STACK_DOCUMENTS), (4, 2)]),
            (FEW + 1, STACK_BYTES / 16, vec![(3, 16), (4, 16), (5, 1)]),
        ] {
            let mut orders = Vec::new();
            let stacks = arrivals(count, length).into_iter().map(|write| match write {
                Write::Stack(number, stack) => {
                    orders.extend(stack.iter().map(|(stored, _)| stored.order));
                    (number, stack.len())
                }
                other => panic!("{other:?}"),
            });
            assert_eq!(stacks.collect::<Vec<_>>(), lengths);
            assert!(orders.into_iter().map(|order| order as usize).eq(0..count));
        }
    }

    fn project(count: usize) -> (Project, Vec<DocumentId>) {
        let mut project = Project::default();
        let documents = (0..count).map(|at| Document::new(DocumentId::new(format!("d{at}")), "خبر"));
        let imported = project.import(documents.collect::<Vec<_>>(), |edit| edit).unwrap();
        (project, imported.names)
    }

    #[test]
    fn what_only_came_in_needs_no_record_of_its_own_and_what_is_said_of_does() {
        let (mut project, names) = project(FEW + 1);
        assert!(project.is_stored(), "it lies in its stack as it is");
        project.undo().unwrap();
        assert_eq!(
            project.take_changed(usize::MAX, usize::MAX).len(),
            FEW + 1,
            "taken out is not as it came"
        );
        let unstacked = project.unstack(&names);
        assert_eq!(unstacked.len(), FEW + 1);
        assert!(matches!(&project.stacks_to_write()[..], [Write::ForgetStack(1), Write::Setting { .. }]));
        project.redo().unwrap();
        assert_eq!(project.take_changed(usize::MAX, usize::MAX).len(), FEW + 1, "it has records of its own");
        project.restack(unstacked);
        assert!(
            matches!(&project.stacks_to_write()[..], [Write::Setting { .. }]),
            "the stack is needed again"
        );
    }

    #[test]
    fn what_no_entry_lets_in_does_not_stay_where_a_snapshot_would_let_it_in() {
        let (there, names) = project(FEW + 1);
        let mut project = Project::default();
        for document in there.all_documents() {
            project.insert(Document { present: false, ..document.clone() });
        }
        project.note_stacked(names.into_iter().map(|id| (id, 7)), 7);
        project.settle_stacked();
        assert!(!project.is_stored());
        assert_eq!(project.latest_stack(), 7);
    }
}
