//! Documents that are in the storage and not read yet. The project lists them by their heads; what the journal says of
//! them waits until they come.

use std::collections::BTreeSet;

use super::head::{BLOCK, Head, HeadsIndex, listed_title};
use super::{Project, Write};
use crate::annotation::{Change, Document, DocumentId, FLAG, Status};
use crate::quality::adjudication::is_gold;
use crate::text::unturned;

/// The setting under which the index of the heads is stored; that of a block is this, a stroke and its number.
pub const HEADS: &str = "heads";

/// A document that is not read yet.
#[derive(Clone, Debug)]
pub(super) struct Unread {
    head: Head,
    /// What the journal says of it after the heads were stored, with the numbers of the entries.
    later: Vec<(u64, Change)>,
}

impl Unread {
    pub(super) fn follow(&mut self, seq: u64, change: &Change) {
        self.head.follow(change);
        self.later.push((seq, change.clone()));
    }
}

/// Heads that are not in the storage as they are.
#[derive(Clone, Debug, Default)]
pub(super) enum StaleHeads {
    /// None is known to be there.
    #[default]
    All,
    /// Those in these blocks.
    Some(BTreeSet<usize>),
}

impl StaleHeads {
    /// Those of the document in this place of the list among them.
    pub(super) fn add(&mut self, place: usize) {
        if let Self::Some(blocks) = self {
            blocks.insert(place / BLOCK);
        }
    }
}

/// A document in the project's list, read or not.
#[derive(Clone, Copy, Debug)]
pub enum Listed<'a> {
    /// One that is read.
    Read(&'a Document),
    /// One of which only the head is known.
    Unread(&'a Head),
}

impl<'a> Listed<'a> {
    /// Its name.
    #[must_use]
    pub fn id(self) -> &'a DocumentId {
        match self {
            Self::Read(document) => &document.id,
            Self::Unread(head) => &head.id,
        }
    }

    /// Its title as it is shown: without the signs that turn the direction of writing.
    #[must_use]
    pub fn shown_title(self) -> String {
        unturned(self.title()).into_owned()
    }

    /// Its title, or of a very long one the beginning: a text of one line is called by that line.
    #[must_use]
    pub fn title(self) -> &'a str {
        listed_title(match self {
            Self::Read(document) => document.title(),
            Self::Unread(head) => &head.title,
        })
    }

    /// How far the annotator has come with it.
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::Read(document) => document.status,
            Self::Unread(head) => head.status,
        }
    }

    /// How many of its spans somebody has confirmed.
    #[must_use]
    pub fn confirmed(self) -> usize {
        match self {
            Self::Read(document) => document.spans.len() - document.spans.suggested(),
            Self::Unread(head) => head.spans.saturating_sub(head.suggested),
        }
    }

    /// True if somebody wants to come back to it.
    #[must_use]
    pub fn is_flagged(self) -> bool {
        match self {
            Self::Read(document) => document.meta.contains_key(FLAG),
            Self::Unread(head) => head.flagged,
        }
    }

    /// True if it is the adjudicator's: the answer to what several have said of the same text.
    #[must_use]
    pub fn is_gold(self) -> bool {
        match self {
            Self::Read(document) => is_gold(document),
            Self::Unread(head) => head.gold,
        }
    }
}

impl Project {
    /// The list of articles in the project's order, without those taken out, whether they are read or not.
    pub fn listed(&self) -> impl DoubleEndedIterator<Item = Listed<'_>> {
        self.order.iter().filter_map(|id| self.find(id))
    }

    /// An article of the list.
    #[must_use]
    pub fn find(&self, id: &DocumentId) -> Option<Listed<'_>> {
        match (self.document(id), self.unread.get(id)) {
            (Some(document), _) => document.present.then_some(Listed::Read(document)),
            (None, Some(Unread { head, .. })) => head.present.then_some(Listed::Unread(head)),
            (None, None) => None,
        }
    }

    /// Puts documents at the end of the list that are still to be read. To be called before the journal is replayed.
    pub fn expect(&mut self, heads: Vec<Head>) {
        self.stale_heads = StaleHeads::Some(BTreeSet::new());
        self.listing += 1;
        for head in heads {
            self.list(head.id.clone());
            if let Some(stack) = head.stack {
                self.stacks.put(head.id.clone(), stack);
            }
            self.unread.insert(head.id.clone(), Unread { head, later: Vec::new() });
        }
    }

    /// The stack that a document lies in, if it lies in one and nowhere else.
    #[must_use]
    pub fn stack_of(&self, id: &DocumentId) -> Option<u64> {
        self.stacks.of(id)
    }

    /// True if a document is in the storage and not read yet.
    #[must_use]
    pub fn is_unread(&self, id: &DocumentId) -> bool {
        self.unread.contains_key(id)
    }

    /// The stacks that documents lie in which are not read yet, in their order.
    #[must_use]
    pub fn unread_stacks(&self) -> Vec<u64> {
        let stacks: BTreeSet<u64> = self.unread.keys().filter_map(|id| self.stacks.of(id)).collect();
        stacks.into_iter().collect()
    }

    /// The documents in stacks that are not read yet.
    #[must_use]
    pub fn unread_in_stacks(&self) -> Vec<DocumentId> {
        self.unread.keys().filter(|id| self.stacks.of(id).is_some()).cloned().collect()
    }

    /// How many documents are not read yet.
    #[must_use]
    pub fn unread_count(&self) -> usize {
        self.unread.len()
    }

    /// True if all documents are read.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.unread.is_empty()
    }

    /// True if all documents and all of the history are read: what goes back in the history, or concerns articles as a
    /// whole, must wait for it.
    #[must_use]
    pub fn is_all_known(&self) -> bool {
        self.is_whole() && self.knows_history()
    }

    /// Takes in a document that was to be read, as its snapshot has it, and what the journal says of it after that.
    /// Gives how many changes did not fit. One that is there already is left as it is.
    pub fn arrive(&mut self, document: Document, snapshot: u64) -> usize {
        let id = document.id.clone();
        let Some(unread) = self.unread.remove(&id) else {
            return 0;
        };
        self.continue_after(snapshot);
        self.listing += 1;
        self.documents.insert(id.clone(), Box::new(document));
        let later = unread.later.into_iter().filter(|&(seq, _)| seq > snapshot);
        let unfit = later
            .filter(|(_, change)| self.apply_step(&id, change, Document::apply_as_stored).is_err())
            .count();
        self.documents.get_mut(&id).into_iter().for_each(|arrived| arrived.order_rejections());
        unfit
    }

    /// Gives up a document that cannot be read. Its name stays taken.
    pub fn miss(&mut self, id: &DocumentId) {
        if self.unread.remove(id).is_some() {
            self.reserved.insert(id.clone());
            self.listing += 1;
        }
    }

    /// Gives up all documents that are not read, and says how many they are.
    pub fn miss_all(&mut self) -> usize {
        let missed: Vec<_> = self.unread.keys().cloned().collect();
        missed.iter().for_each(|id| self.miss(id));
        missed.len()
    }

    /// True if the journal so far is not needed any more once all documents are stored as they are. It is as long as a
    /// document could not be read: what the journal says of it is nowhere else.
    #[must_use]
    pub fn may_leave_journal(&self) -> bool {
        self.is_whole() && self.reserved.is_empty()
    }

    /// Some of the blocks of heads that are not in the storage as they are, at most so many, and whether those are all.
    /// They count as stored from now on. With the last of them comes the index; where they go in several parts, the index
    /// is taken back before, for the blocks are not all of one moment until then.
    #[must_use]
    pub fn take_stale_heads(&mut self, most: usize) -> (Vec<Write>, bool) {
        let count = self.order.len().div_ceil(BLOCK);
        let stale = std::mem::replace(&mut self.stale_heads, StaleHeads::Some(BTreeSet::new()));
        let mut blocks = match stale {
            StaleHeads::All => (0..count).collect(),
            StaleHeads::Some(blocks) => blocks,
        };
        let later = blocks.iter().nth(most).copied().map(|first| blocks.split_off(&first));
        let index = match &later {
            None => serde_json::to_value(HeadsIndex {
                seq: self.seq(),
                count: self.documents.len(),
                blocks: count,
            }),
            Some(_) => Ok(serde_json::Value::Null),
        };
        let is_all = later.is_none();
        self.stale_heads = StaleHeads::Some(later.unwrap_or_default());
        let index = index.ok().map(|value| Write::Setting { key: HEADS.into(), value });
        (blocks.into_iter().filter_map(|block| self.heads_of(block)).chain(index).collect(), is_all)
    }

    /// The heads of a block as they are written.
    fn heads_of(&self, block: usize) -> Option<Write> {
        let documents = self.order.iter().skip(block * BLOCK).take(BLOCK).filter_map(|id| self.document(id));
        let head = |document: &Document| Head { stack: self.stacks.of(&document.id), ..Head::of(document) };
        let json = serde_json::to_string(&documents.map(head).collect::<Vec<_>>()).ok()?;
        Some(Write::Json { key: heads_key(block).into(), json })
    }

    /// Says that heads could not be stored after all.
    pub fn put_back_heads(&mut self) {
        self.stale_heads = StaleHeads::All;
    }

    /// True if the heads in the storage are those of before the last changes, or are not there at all.
    #[must_use]
    pub fn lacks_heads(&self) -> bool {
        matches!(self.stale_heads, StaleHeads::All)
    }
}

/// The setting a block of heads is stored under. The keys stand in the order of the blocks.
fn heads_key(number: usize) -> String {
    format!("{HEADS}/{number:06}")
}
