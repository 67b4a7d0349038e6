//! The journal: everything that was done, in order. Replaying it from the stored documents gives back documents and
//! history alike.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::numbers;
use crate::annotation::{Edit, History};

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// An edit was made.
    Do(Arc<Edit>),
    /// The latest edit not yet taken back was taken back.
    Undo,
    /// The edit taken back last was made again.
    Redo,
}

/// An entry and its place in the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Journalled {
    /// Counts entries from 1. A stored document says up to which entry it is current.
    #[serde(deserialize_with = "numbers::of_entry")]
    pub seq: u64,
    /// What was done.
    pub entry: Entry,
}

impl Journalled {
    /// True if the labels were changed.
    #[must_use]
    pub fn changes_schema(&self) -> bool {
        matches!(&self.entry, Entry::Do(edit) if edit.schema.is_some())
    }
}

impl Entry {
    /// Brings a history up to this entry, and gives the edit that it makes: for an undo the one that takes back.
    pub(super) fn remember(self, history: &mut History) -> Option<Arc<Edit>> {
        match self {
            Self::Do(edit) => {
                history.push(Arc::clone(&edit));
                Some(edit)
            }
            Self::Undo => {
                let inverted = history.to_undo().map(|edit| Arc::new(edit.inverted()));
                history.mark_undone();
                inverted
            }
            Self::Redo => {
                let edit = history.to_redo().cloned();
                history.mark_redone();
                edit
            }
        }
    }
}

/// The history that a journal tells, entry by entry.
#[derive(Clone, Debug, Default)]
pub struct Recollection(History);

impl Recollection {
    /// Takes in the next entry.
    pub fn take(&mut self, entry: Entry) {
        entry.remember(&mut self.0);
    }

    /// Takes in the next entry from its JSON. One that arrived by itself is passed over without being read: the history
    /// does not know it, and there may be far more of its kind than of all others.
    ///
    /// # Errors
    /// If it cannot be read; the history goes on without it.
    pub fn take_json(&mut self, json: &str) -> Result<(), serde_json::Error> {
        if !json.split_once(r#""entry":"#).is_some_and(|(_, entry)| entry.starts_with(SUGGESTED)) {
            self.take(serde_json::from_str::<Journalled>(json)?.entry);
        }
        Ok(())
    }

    /// The history.
    #[must_use]
    pub fn into_history(self) -> History {
        self.0
    }
}

/// What the entry of an extractor's suggestions begins with, as [`Journalled`] is written.
const SUGGESTED: &str = r#"{"do":{"kind":"suggest""#;

/// True if entries that take back or make again do so with edits among these, so that nothing before them is needed to
/// replay them.
#[must_use]
pub fn is_self_contained(journal: &[Journalled]) -> bool {
    let mut history = History::default();
    journal.iter().all(|Journalled { entry, .. }| {
        let has_edit = match entry {
            Entry::Do(_) => true,
            Entry::Undo => history.to_undo().is_some(),
            Entry::Redo => history.to_redo().is_some(),
        };
        entry.clone().remember(&mut history);
        has_edit
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::EditKind;

    fn done(kind: EditKind) -> Entry {
        Entry::Do(Arc::new(Edit::new(kind, Vec::new())))
    }

    fn journal(entries: &[Entry]) -> Vec<Journalled> {
        entries.iter().zip(1..).map(|(entry, seq)| Journalled { seq, entry: entry.clone() }).collect()
    }

    #[test]
    fn what_is_taken_back_must_be_there() {
        let label = done(EditKind::Label);
        assert!(is_self_contained(&[]));
        assert!(is_self_contained(&journal(&[label.clone(), Entry::Undo, Entry::Redo])));
        assert!(!is_self_contained(&journal(&[label.clone(), Entry::Undo, Entry::Undo])));
        assert!(!is_self_contained(&journal(&[Entry::Redo])));
        let suggested = done(EditKind::Suggest);
        assert!(!is_self_contained(&journal(&[suggested, Entry::Undo])), "undo passes over suggestions");
        assert!(!is_self_contained(&journal(&[label.clone(), Entry::Undo, label, Entry::Redo])));
    }

    #[test]
    fn suggestions_are_passed_over_without_being_read() {
        let mut told = Recollection::default();
        for entry in journal(&[done(EditKind::Suggest), done(EditKind::Label)]) {
            told.take_json(&serde_json::to_string(&entry).unwrap()).unwrap();
        }
        // Damaged where nobody looks.
        told.take_json(r#"{"seq":3,"entry":{"do":{"kind":"suggest","steps":["#).unwrap();
        assert!(told.take_json(r#"{"seq":4,"entry":{"do":{"kind":"label","steps":["#).is_err());
        let kinds: Vec<_> = told.into_history().done().map(|edit| edit.kind).collect();
        assert_eq!(kinds, [EditKind::Label]);
    }
}
