//! The documents of a project, and the one door through which they change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::numbers::bounded;
use super::stacks::Stacks;
use super::unread::{StaleHeads, Unread};
use super::{Entry, Journalled, Revived, StoredSchema, Write};
use crate::annotation::{Change, Conflict, Document, DocumentId, Edit, EditKind, History, Step};
use crate::schema::Schema;
use crate::text;

/// Why an edit was refused. No document has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The edit names a document that is not there.
    #[error("there is no document {0}")]
    NoDocument(DocumentId),
    /// A change does not fit the document.
    #[error("document {document}: {conflict}")]
    Conflict {
        /// The document.
        document: DocumentId,
        /// What does not fit.
        conflict: Conflict,
    },
    /// The edit changes another schema than the project has.
    #[error("the schema is not as expected")]
    Schema,
    /// There is nothing to undo or redo.
    #[error("there is nothing left to take back or to make again")]
    NothingLeft,
}

/// Documents in order, and the history of what was done to them.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Each in a place of its own: a table has room for twice as many, and grows by being copied.
    pub(super) documents: HashMap<DocumentId, Box<Document>>,
    pub(super) order: Vec<DocumentId>,
    /// The place of each document in the order.
    places: HashMap<DocumentId, usize>,
    /// Documents that are in the storage and not read yet.
    pub(super) unread: HashMap<DocumentId, Unread>,
    /// Names that no new document gets.
    pub(super) reserved: HashSet<DocumentId>,
    history: History,
    /// The labels.
    schema: Arc<Schema>,
    /// The journal entry up to which the schema was current when it came from the storage.
    schema_seq: u64,
    /// The number of the latest journal entry.
    seq: u64,
    /// Documents that were changed since they were stored.
    changed: HashSet<DocumentId>,
    /// Documents that lie in the storage among others that came with them.
    pub(super) stacks: Stacks,
    /// Heads that are not in the storage as they are.
    pub(super) stale_heads: StaleHeads,
    /// True while only the latest part of the history is known.
    is_history_partial: bool,
    /// Counts what changes a list of the documents.
    pub(super) listing: u64,
}

/// Documents that were brought in.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The names they got.
    pub names: Vec<DocumentId>,
    /// What is to be written of them, before the entry.
    pub arrivals: Vec<Write>,
    /// The journal entry that lets them in.
    pub entry: Journalled,
}

impl Project {
    /// The documents in the project's order, without those taken out.
    pub fn documents(&self) -> impl DoubleEndedIterator<Item = &Document> {
        self.all_documents().filter(|document| document.present)
    }

    /// All documents in the project's order, those taken out among them.
    pub fn all_documents(&self) -> impl DoubleEndedIterator<Item = &Document> {
        self.order.iter().filter_map(|id| self.document(id))
    }

    /// A number that differs whenever documents came or went, or something was said of one as a whole: who has listed
    /// them need not look at every one again.
    #[must_use]
    pub fn listing(&self) -> u64 {
        self.listing
    }

    /// The place of a document in the order of all that ever were in the project.
    #[must_use]
    pub fn position(&self, id: &DocumentId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The document of that name.
    #[must_use]
    pub fn document(&self, id: &DocumentId) -> Option<&Document> {
        self.documents.get(id).map(Box::as_ref)
    }

    /// The document with exactly this text.
    #[must_use]
    pub fn document_with_text(&self, text: &str) -> Option<&Document> {
        self.documents().find(|document| document.text.as_str() == text)
    }

    /// The labels.
    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Takes the schema from the storage; to be called before the journal is replayed.
    pub fn restore_schema(&mut self, stored: StoredSchema) {
        self.schema = stored.schema;
        self.schema_seq = stored.seq;
    }

    /// The schema as it is stored.
    #[must_use]
    pub fn stored_schema(&self) -> StoredSchema {
        StoredSchema { seq: self.seq, schema: Arc::clone(&self.schema) }
    }

    /// What was done and undone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// A journal that tells the history and nothing else, for a storage that has lost its own. It is never longer than
    /// the one that was lost, so its numbers stay below those of new entries.
    #[must_use]
    pub fn journal_of_history(&self) -> Vec<Journalled> {
        let made = self.history.done().chain(self.history.undone().rev());
        let made = made.map(|edit| Entry::Do(Arc::clone(edit)));
        let entries = made.chain(self.history.undone().map(|_| Entry::Undo));
        entries.zip(1..).map(|(entry, seq)| Journalled { seq, entry }).collect()
    }

    /// Says that of the history only the latest part was replayed. Nothing is to be undone until the rest
    /// [follows](Self::recall).
    pub fn expect_history(&mut self) {
        self.is_history_partial = true;
    }

    /// False while only the latest part of the history is known.
    #[must_use]
    pub fn knows_history(&self) -> bool {
        !self.is_history_partial
    }

    /// Puts the earlier part of the history in its place.
    pub fn recall(&mut self, earlier: History) {
        self.history.precede(earlier);
        self.is_history_partial = false;
    }

    /// Up to so many documents that were changed since they were stored, with so many bytes of text or a little more; they
    /// count as stored from now on.
    pub fn take_changed(&mut self, most: usize, most_bytes: usize) -> Vec<DocumentId> {
        let mut bytes = 0;
        let has_room = |id: &&DocumentId| {
            let is_first = bytes < most_bytes;
            bytes += self.document(id).map_or(0, |document| document.text.as_str().len());
            is_first
        };
        let some: Vec<_> = self.changed.iter().take(most).take_while(has_room).cloned().collect();
        some.iter().for_each(|id| {
            self.changed.remove(id);
        });
        some
    }

    /// Says that documents could not be stored after all.
    pub fn put_back_changed(&mut self, documents: impl IntoIterator<Item = DocumentId>) {
        self.changed.extend(documents);
    }

    /// True if all documents are stored as they are.
    #[must_use]
    pub fn is_stored(&self) -> bool {
        self.changed.is_empty()
    }

    /// Takes in what another tab has done: documents that are new, and the entries after the latest one here.
    ///
    /// # Errors
    /// If an entry is missing or does not fit: the project must be read anew. Nothing has changed then, or too much.
    pub fn follow(&mut self, news: Revived) -> Result<(), Refused> {
        let is_next = |(entry, seq): (&Journalled, u64)| entry.seq == seq;
        if !news.journal.iter().zip(self.seq + 1..).all(is_next) {
            return Err(Refused::NothingLeft);
        }
        let mut snapshots: HashMap<_, _> = self.order.iter().map(|id| (id.clone(), self.seq)).collect();
        for document in news.documents {
            if !self.documents.contains_key(&document.id) {
                snapshots.insert(document.id.clone(), news.snapshots.get(&document.id).copied().unwrap_or(0));
                self.insert(document);
            }
        }
        self.note_stacked(news.stacked, news.latest_stack);
        let unfit = self.replay(news.journal, &snapshots);
        self.settle_stacked();
        match unfit {
            0 => Ok(()),
            _ => Err(Refused::NothingLeft),
        }
    }

    /// The number of the latest journal entry.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// Keeps names free of new documents: those of documents in the storage that could not be read.
    pub fn reserve(&mut self, names: impl IntoIterator<Item = DocumentId>) {
        self.reserved.extend(names);
    }

    /// Puts a document at the end of the list, present or not. Its name is changed (`x`, `x-2`, `x-3` …) if it is
    /// taken; the name it got is returned. What comes from outside enters by [`import`](Self::import); this is how
    /// stored documents come back.
    pub fn insert(&mut self, document: impl Into<Box<Document>>) -> DocumentId {
        let mut document = document.into();
        let is_taken = |name: &str| self.is_taken(&DocumentId::new(name));
        if self.is_taken(&document.id) {
            document.id = DocumentId::new(text::free_name(document.id.as_str(), "-", is_taken));
        }
        let id = document.id.clone();
        self.listing += 1;
        self.stale_heads.add(self.order.len());
        self.list(id.clone());
        self.documents.insert(id.clone(), document);
        id
    }

    /// Puts a name at the end of the list.
    pub(super) fn list(&mut self, id: DocumentId) {
        self.places.insert(id.clone(), self.order.len());
        self.order.push(id);
    }

    /// Brings documents in, as one edit that can be undone. The journal entry must be kept only after the documents are.
    ///
    /// # Errors
    /// None in practice: documents that were just put in can enter.
    pub fn import(
        &mut self,
        documents: impl IntoIterator<Item = Document>,
        sign: impl FnOnce(Edit) -> Edit,
    ) -> Result<Imported, Refused> {
        let names: Vec<_> = documents
            .into_iter()
            .map(|document| self.insert(Document { present: false, ..document }))
            .collect();
        let arrivals = self.arrivals(&names);
        let steps =
            names.iter().map(|id| Step { document: id.clone(), change: Change::Present(true) }).collect();
        let entry = self.commit(sign(Edit::new(EditKind::Import, steps)))?;
        Ok(Imported { names, arrivals, entry })
    }

    /// A document as it was when so many edits of the history were done. What came without the history, such as
    /// suggestions, stays where it does not stand in the way. `None` if the labels have changed since: what was said
    /// then would have no meaning now.
    #[must_use]
    pub fn document_after(&self, id: &DocumentId, count: usize) -> Option<Document> {
        let since = self.history.done().len().checked_sub(count)?;
        let mut document = self.document(id)?.clone();
        for edit in self.history.done().rev().take(since) {
            if edit.schema.is_some() {
                return None;
            }
            let steps = edit.steps.iter().rev().filter(|step| step.document == *id);
            for step in steps.filter(|step| !matches!(step.change, Change::Present(_))) {
                // What does not fit any more stays as it is.
                let _ = document.apply(&step.change.inverted());
            }
        }
        Some(document)
    }

    /// Numbers further journal entries above `seq`: a stored journal may hold entries that could not be read.
    pub fn continue_after(&mut self, seq: u64) {
        self.seq = self.seq.max(bounded(seq));
    }

    /// Makes an edit, whole or not at all, and gives the journal entry for it.
    ///
    /// # Errors
    /// If the edit does not fit; nothing has changed then.
    pub fn commit(&mut self, edit: Edit) -> Result<Journalled, Refused> {
        let edit = Arc::new(edit);
        self.apply(&edit)?;
        self.history.push(Arc::clone(&edit));
        Ok(self.journal(Entry::Do(edit)))
    }

    /// Takes back the latest edit.
    ///
    /// # Errors
    /// If there is none.
    pub fn undo(&mut self) -> Result<Journalled, Refused> {
        let edit = self.history.to_undo().cloned().ok_or(Refused::NothingLeft)?;
        self.apply(&edit.inverted())?;
        self.history.mark_undone();
        Ok(self.journal(Entry::Undo))
    }

    /// Makes the latest undone edit again.
    ///
    /// # Errors
    /// If there is none.
    pub fn redo(&mut self) -> Result<Journalled, Refused> {
        let edit = self.history.to_redo().cloned().ok_or(Refused::NothingLeft)?;
        self.apply(&edit)?;
        self.history.mark_redone();
        Ok(self.journal(Entry::Redo))
    }

    /// Replays a stored journal over stored documents: each change reaches the documents whose snapshot is older
    /// than it, and the schema likewise; the history is as it was. Entries that do not fit are counted, not fatal: work stored after a
    /// damaged entry is still brought back.
    pub fn replay(
        &mut self,
        journal: impl IntoIterator<Item = Journalled>,
        snapshots: &HashMap<DocumentId, u64>,
    ) -> usize {
        let mut unfit = 0;
        for Journalled { seq, entry } in journal {
            let is_newer = |id: &DocumentId| snapshots.get(id).is_some_and(|&snapshot| snapshot < seq);
            let edit = self.by_value(entry, is_newer).remember(&mut self.history);
            self.seq = self.seq.max(seq);
            let schema = edit.as_ref().and_then(|edit| edit.schema.as_ref());
            if let Some(change) = schema.filter(|_| seq > self.schema_seq) {
                self.schema = Arc::clone(&change.after);
            }
            for step in edit.iter().flat_map(|edit| &edit.steps) {
                if let Some(unread) = self.unread.get_mut(&step.document) {
                    unread.follow(seq, &step.change);
                    continue;
                }
                let apply = Document::apply_as_stored;
                if is_newer(&step.document) && self.apply_step(&step.document, &step.change, apply).is_err() {
                    unfit += 1;
                }
            }
        }
        self.documents.values_mut().for_each(|document| document.order_rejections());
        unfit
    }

    /// A stored entry, with rejections that it names by their places in documents as they are named now. The places are
    /// known only here: before and after, the rejections stand in another order.
    fn by_value(&self, entry: Entry, is_newer: impl Fn(&DocumentId) -> bool) -> Entry {
        let by_place =
            |step: &Step| matches!(&step.change, Change::Relabel(found) if !found.rejected.is_empty());
        let Entry::Do(edit) = &entry else { return entry };
        let concerned: HashSet<&DocumentId> =
            edit.steps.iter().filter(|step| by_place(step)).map(|step| &step.document).collect();
        if concerned.is_empty() {
            return entry;
        }
        let mut edit = Edit::clone(edit);
        let documents = concerned.into_iter().filter(|id| is_newer(id)).filter_map(|id| self.document(id));
        for document in documents {
            let steps = edit.steps.iter_mut().filter(|step| step.document == document.id);
            document.name_rejections(steps.map(|step| &mut step.change));
        }
        Entry::Do(Arc::new(edit))
    }

    fn is_taken(&self, id: &DocumentId) -> bool {
        self.places.contains_key(id) || self.reserved.contains(id)
    }

    fn journal(&mut self, entry: Entry) -> Journalled {
        self.seq += 1;
        Journalled { seq: self.seq, entry }
    }

    fn apply(&mut self, edit: &Edit) -> Result<(), Refused> {
        if edit.schema.as_ref().is_some_and(|change| change.before != self.schema) {
            return Err(Refused::Schema);
        }
        for (done, step) in edit.steps.iter().enumerate() {
            if let Err(refused) = self.apply_step(&step.document, &step.change, Document::apply) {
                for step in edit.steps[..done].iter().rev() {
                    let back = self.apply_step(&step.document, &step.change.inverted(), Document::apply);
                    debug_assert!(back.is_ok(), "a change just made can be taken back");
                }
                return Err(refused);
            }
        }
        if let Some(change) = &edit.schema {
            self.schema = Arc::clone(&change.after);
        }
        Ok(())
    }

    pub(super) fn apply_step(
        &mut self,
        id: &DocumentId,
        change: &Change,
        apply: fn(&mut Document, &Change) -> Result<(), Conflict>,
    ) -> Result<(), Refused> {
        let document = self.documents.get_mut(id).ok_or_else(|| Refused::NoDocument(id.clone()))?;
        apply(document, change).map_err(|conflict| Refused::Conflict { document: id.clone(), conflict })?;
        if !self.changed.contains(id) {
            if let Some(place) = self.places.get(id) {
                self.stale_heads.add(*place);
            }
            // That it was let in is known of every document that lies in a stack after a snapshot.
            let is_let_in = matches!(change, Change::Present(true)) && self.stacks.of(id).is_some();
            if !is_let_in {
                self.changed.insert(id.clone());
            }
        }
        self.listing += u64::from(change.is_about_document());
        Ok(())
    }
}

#[cfg(test)]
mod tests;
