//! What waits to be written to the storage: strictly in order, one batch at a time, nothing dropped until it is
//! acknowledged.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::{Journalled, Saving, StorageError, StoredDocument};
use crate::text::SourceText;

/// One thing to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// A document that is new to the storage, with its text. To be queued before the journal entry that lets it in.
    /// A name that is taken is a [collision](StorageError::Collision): nothing is overwritten.
    Document(Box<StoredDocument>, SourceText),
    /// Documents that are new to the storage and came together, with their texts, in one record of this number: a browser
    /// stores a thousand records far more slowly than one of a thousand documents. A number that is taken is a
    /// [collision](StorageError::Collision): of two tabs that know of the same stacks only one can add the next.
    Stack(u64, Vec<(StoredDocument, SourceText)>),
    /// A newer snapshot of a document, with its text if that has lain in a stack so far.
    Snapshot(Box<StoredDocument>, Option<SourceText>),
    /// All documents of the stack of this number are stored by themselves: it is not needed any more.
    ForgetStack(u64),
    /// A journal entry.
    Entry(Journalled),
    /// A setting.
    Setting {
        /// Its name.
        key: Arc<str>,
        /// Its value.
        value: Value,
    },
    /// A setting whose value is JSON already, because there is much of it.
    Json {
        /// Its name.
        key: Arc<str>,
        /// Its value, as JSON.
        json: String,
    },
}

/// At most so many writes go into one batch: an edit must not wait behind a long import for its turn.
const BATCH_WRITES: usize = 512;

/// A batch is closed once its texts reach this many bytes.
const BATCH_BYTES: usize = 4 << 20;

/// The wait before the first retry; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

impl Write {
    /// The bytes of the texts in it.
    fn text_bytes(&self) -> usize {
        match self {
            Self::Document(_, text) => text.as_str().len(),
            Self::Stack(_, documents) => documents.iter().map(|(_, text)| text.as_str().len()).sum(),
            Self::Snapshot(_, text) => text.as_ref().map_or(0, |text| text.as_str().len()),
            Self::Json { json, .. } => json.len(),
            Self::ForgetStack(_) | Self::Entry(_) | Self::Setting { .. } => 0,
        }
    }
}

/// Writes in the order they were made. The queue knows what comes next and when to try again; it writes nothing.
#[derive(Debug, Default)]
pub struct WriteQueue {
    waiting: VecDeque<Write>,
    /// The batch being written, or refused and to be written again.
    batch: Option<Rc<[Write]>>,
    is_writing: bool,
    failures: u32,
    error: Option<StorageError>,
}

impl WriteQueue {
    /// Adds a write at the end.
    pub fn push(&mut self, write: Write) {
        self.waiting.push_back(write);
    }

    /// The batch to write now, if there is one and none is being written. A refused batch comes again as it was.
    pub fn begin(&mut self) -> Option<Rc<[Write]>> {
        if self.is_writing || self.is_stuck() {
            return None;
        }
        if self.batch.is_none() {
            let length = self.next_length();
            self.batch = (length > 0).then(|| self.waiting.drain(..length).collect());
        }
        self.is_writing = self.batch.is_some();
        self.batch.clone()
    }

    /// Notes that the batch is in the storage.
    pub fn succeeded(&mut self) {
        self.batch = None;
        self.is_writing = false;
        self.failures = 0;
        self.error = None;
    }

    /// Notes that the batch was refused, whole. Gives the time after which to try again, if that can help.
    pub fn failed(&mut self, error: StorageError) -> Option<Duration> {
        self.is_writing = false;
        let wait = error.may_pass().then(|| {
            let doubled = FIRST_WAIT.saturating_mul(1 << self.failures.min(16));
            doubled.min(LONGEST_WAIT)
        });
        self.failures += 1;
        self.error = Some(error);
        wait
    }

    /// Forgets the trouble, for instance because there is a new connection.
    pub fn start_afresh(&mut self) {
        self.is_writing = false;
        self.failures = 0;
        self.error = None;
    }

    /// Whether everything is kept.
    #[must_use]
    pub fn saving(&self) -> Saving {
        let waiting = self.waiting.len() + self.batch.as_ref().map_or(0, |batch| batch.len());
        match &self.error {
            Some(error) => Saving::Failed { waiting, error: error.clone(), retrying: error.may_pass() },
            None if waiting == 0 => Saving::Saved,
            None => Saving::Writing(waiting),
        }
    }

    /// The journal entries that wait, in order.
    pub fn entries(&self) -> impl Iterator<Item = &Journalled> {
        let batch = self.batch.as_deref().unwrap_or_default();
        batch.iter().chain(&self.waiting).filter_map(|write| match write {
            Write::Entry(entry) => Some(entry),
            _ => None,
        })
    }

    fn is_stuck(&self) -> bool {
        self.error.as_ref().is_some_and(|error| !error.may_pass())
    }

    fn next_length(&self) -> usize {
        let mut bytes = 0;
        let full = self.waiting.iter().take(BATCH_WRITES).position(|write| {
            bytes += write.text_bytes();
            bytes >= BATCH_BYTES
        });
        full.map_or(self.waiting.len().min(BATCH_WRITES), |last| last + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Entry;

    fn entry(seq: u64) -> Write {
        Write::Entry(Journalled { seq, entry: Entry::Undo })
    }

    fn numbers(batch: &[Write]) -> Vec<u64> {
        batch
            .iter()
            .filter_map(|write| match write {
                Write::Entry(entry) => Some(entry.seq),
                _ => None,
            })
            .collect()
    }

    fn queue(entries: std::ops::RangeInclusive<u64>) -> WriteQueue {
        let mut queue = WriteQueue::default();
        entries.map(entry).for_each(|write| queue.push(write));
        queue
    }

    fn refusal() -> StorageError {
        StorageError::Refused { name: "UnknownError".into(), message: String::new() }
    }

    #[test]
    fn one_batch_is_written_at_a_time_and_order_is_kept() {
        let mut queue = queue(1..=2);
        assert_eq!(numbers(&queue.begin().unwrap()), [1, 2]);
        queue.push(entry(3));
        assert!(queue.begin().is_none(), "the first batch is not acknowledged yet");
        assert_eq!(queue.saving(), Saving::Writing(3));
        queue.succeeded();
        assert_eq!(numbers(&queue.begin().unwrap()), [3]);
        queue.succeeded();
        assert_eq!(queue.saving(), Saving::Saved);
        assert!(queue.begin().is_none());
    }

    #[test]
    fn a_refused_batch_comes_again_unchanged_before_anything_newer() {
        let mut queue = queue(1..=2);
        queue.begin().unwrap();
        queue.failed(StorageError::Full).unwrap();
        queue.push(entry(3));
        assert_eq!(queue.entries().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(queue.saving(), Saving::Failed { waiting: 3, error: StorageError::Full, retrying: true });
        assert_eq!(numbers(&queue.begin().unwrap()), [1, 2]);
        queue.succeeded();
        assert_eq!(queue.saving(), Saving::Writing(1));
    }

    #[test]
    fn waits_double_up_to_ten_seconds_and_start_again_after_a_success() {
        let mut queue = queue(1..=1);
        let mut waits = Vec::new();
        for _ in 0..8 {
            queue.begin().unwrap();
            waits.push(queue.failed(refusal()).unwrap().as_millis());
        }
        assert_eq!(waits, [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
        queue.begin().unwrap();
        queue.succeeded();
        queue.push(entry(2));
        queue.begin().unwrap();
        assert_eq!(queue.failed(refusal()), Some(FIRST_WAIT));
    }

    #[test]
    fn where_trying_again_cannot_help_nothing_is_tried_until_a_fresh_start() {
        let mut queue = queue(1..=1);
        queue.begin().unwrap();
        assert_eq!(queue.failed(StorageError::Closed), None);
        assert!(queue.begin().is_none());
        queue.start_afresh();
        assert_eq!(numbers(&queue.begin().unwrap()), [1]);
    }

    #[test]
    fn batches_are_bounded() {
        let mut queue = queue(1..=BATCH_WRITES as u64 + 1);
        assert_eq!(queue.begin().unwrap().len(), BATCH_WRITES);
        queue.succeeded();
        assert_eq!(queue.begin().unwrap().len(), 1);
    }

    #[test]
    fn a_batch_of_long_texts_is_closed_early() {
        use crate::annotation::{Document, DocumentId};
        let mut queue = WriteQueue::default();
        let text = SourceText::new("x".repeat(BATCH_BYTES / 2));
        for order in 0..3 {
            let document = Document::new(DocumentId::new(format!("d{order}")), text.clone());
            queue.push(Write::Document(Box::new(StoredDocument::of(&document, order, 0)), text.clone()));
        }
        assert_eq!(queue.begin().unwrap().len(), 2);
    }
}
