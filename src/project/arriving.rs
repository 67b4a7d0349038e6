//! A stored project on its way back into memory: what the list shows comes first, the documents follow in pieces while
//! somebody works already, those that are stored by themselves before those that lie in stacks.

use std::collections::HashMap;

use super::revive::{Revived, StoredProject, revive};
use super::stacks::{LetIn, Stacked};
use super::{Head, Project, StoredSchema};
use crate::annotation::DocumentId;

impl Project {
    /// A project of what was read: all of it, or what the list shows and what is newer than that. Says, too, how much of it
    /// could not be understood.
    #[must_use]
    pub fn revived(
        heads: Option<Vec<Head>>,
        revived: Revived,
        schema: Option<StoredSchema>,
    ) -> (Self, usize) {
        let mut project = Self::default();
        if let Some(schema) = schema {
            project.restore_schema(schema);
        }
        if let Some(heads) = heads {
            project.expect(heads);
        }
        for document in revived.documents {
            project.insert(document);
        }
        project.note_stacked(revived.stacked, revived.latest_stack);
        let unfit = project.replay(revived.journal, &revived.snapshots);
        project.settle_stacked();
        project.continue_after(revived.latest);
        project.reserve(revived.unreadable);
        (project, revived.damaged.len() + unfit)
    }

    /// Takes in documents that the list has told of, and says how much of them could not be understood.
    pub fn take_in(&mut self, revived: Revived) -> usize {
        let mut damaged = revived.damaged.len();
        for document in revived.documents {
            let snapshot = revived.snapshots.get(&document.id).copied().unwrap_or(0);
            damaged += self.arrive(document, snapshot);
        }
        damaged
    }
}

/// How far the reading has come: first come documents that are stored by themselves, in the order of their names, and then
/// stack after stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind the one of this name, or at the first.
    Alone(Option<String>),
    /// At the stack in this place of the list of those that are to be read.
    Stack(usize),
}

impl Place {
    /// Where it goes on after what was read here; nothing at the end.
    #[must_use]
    pub fn after(&self, read: &StoredProject, stacks: &[u64]) -> Option<Self> {
        match (self, read.documents.last()) {
            (Self::Alone(_), Some((name, _))) => Some(Self::Alone(Some(name.clone()))),
            (Self::Alone(_), None) => Some(Self::Stack(0)),
            (Self::Stack(at), _) => (*at < stacks.len()).then_some(Self::Stack(at + 1)),
        }
    }
}

/// Documents as they came out of the storage in one go, on their way into the project.
#[derive(Debug)]
pub struct Delivery {
    records: std::vec::IntoIter<(String, Option<String>)>,
    texts: HashMap<String, Option<Vec<u8>>>,
    stacked: std::vec::IntoIter<Stacked>,
    let_in: Option<LetIn>,
    /// Those whose texts did not come along. They are to be read by themselves.
    pub without_text: Vec<DocumentId>,
}

impl Delivery {
    /// What was read.
    #[must_use]
    pub fn of(stored: StoredProject) -> Self {
        Self {
            texts: stored.texts.into_iter().collect(),
            records: stored.documents.into_iter(),
            stacked: stored.stacked.into_iter(),
            let_in: stored.let_in,
            without_text: Vec::new(),
        }
    }

    /// True if there are documents in it to be taken in.
    #[must_use]
    pub fn is_left(&self) -> bool {
        self.records.len() > 0 || self.stacked.len() > 0
    }

    /// Takes in documents until the time is up, at least one, and says how much could not be understood. Those that are
    /// there already stay as they are: somebody may have worked on them.
    pub fn take_slice(&mut self, project: &mut Project, mut is_time_up: impl FnMut() -> bool) -> usize {
        let mut damaged = 0;
        while let Some((id, stored)) = self.next() {
            if project.is_unread(&id) {
                match stored {
                    Some(stored) => {
                        damaged += project.take_in(revive(stored));
                        project.miss(&id);
                    }
                    None => self.without_text.push(id),
                }
            }
            if is_time_up() {
                break;
            }
        }
        damaged
    }

    /// The next document as it is stored; without what is stored if its text did not come along.
    fn next(&mut self) -> Option<(DocumentId, Option<StoredProject>)> {
        if let Some((name, record)) = self.records.next() {
            let id = DocumentId::new(name.as_str());
            let text = self.texts.remove_entry(&name);
            let stored = text.map(|text| StoredProject {
                documents: vec![(name, record)],
                texts: vec![text],
                ..StoredProject::default()
            });
            return Some((id, stored));
        }
        let stacked = self.stacked.next()?;
        let id = DocumentId::new(stacked.id.as_str());
        let stored =
            StoredProject { stacked: vec![stacked], let_in: self.let_in, ..StoredProject::default() };
        Some((id, Some(stored)))
    }
}
