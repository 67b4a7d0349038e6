//! Reading the storage back. Nothing in it is believed: whatever cannot be read is named and left where it is, and
//! never hides the rest.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::numbers::{HIGHEST, HIGHEST_BROUGHT, TOO_HIGH, bounded};
use super::stacks::let_in;
use super::store::LAYOUT;
use super::{Journalled, LetIn, Stacked, StoreError, StoredDocument};
use crate::annotation::{Document, DocumentId};
use crate::text::SourceText;

/// What a storage holds, as it came out. A value of the wrong type is `None`.
#[derive(Clone, Debug, Default)]
pub struct StoredProject {
    /// Documents without their texts: key and JSON.
    pub documents: Vec<(String, Option<String>)>,
    /// Texts: document key and UTF-8.
    pub texts: Vec<(String, Option<Vec<u8>>)>,
    /// The journal: number and JSON.
    pub journal: Vec<(u64, Option<String>)>,
    /// What lies in stacks. A document that is also stored by itself is newer there.
    pub stacked: Vec<Stacked>,
    /// Up to which stack what lies there is in the project.
    pub let_in: Option<LetIn>,
}

/// What could be brought back.
#[derive(Debug, Default)]
pub struct Revived {
    /// The documents in the project's order, as their snapshots have them.
    pub documents: Vec<Document>,
    /// The journal entry up to which each document is current.
    pub snapshots: HashMap<DocumentId, u64>,
    /// The journal in order, to be replayed over the documents.
    pub journal: Vec<Journalled>,
    /// The highest number in use, readable or not, among those that entries can have: new ones must be numbered above it.
    pub latest: u64,
    /// Documents that could not be read: no new one may take their names.
    pub unreadable: Vec<DocumentId>,
    /// What could not be read.
    pub damaged: Vec<Damaged>,
    /// Documents that lie in stacks and are not stored by themselves, with the numbers of those.
    pub stacked: Vec<(DocumentId, u64)>,
    /// The highest number of a stack that is known of: new ones must be numbered above it.
    pub latest_stack: u64,
    /// The journal entry up to which all of those are current that no snapshot has let in.
    pub stacked_from: Option<u64>,
}

/// Something in the storage that cannot be read. It is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum Damaged {
    /// A document's record.
    #[error("the record of document {id} is not readable: {reason}")]
    Record {
        /// The key of the record.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A text to which no record belongs. It can still be saved as a file.
    #[error("document {id} has a text but no record")]
    NoRecord {
        /// The key of the text.
        id: String,
        /// The text.
        text: String,
    },
    /// A document whose text or spans do not fit.
    #[error(transparent)]
    Document(#[from] StoreError),
    /// A journal entry.
    #[error("journal entry {seq} is not readable: {reason}")]
    Entry {
        /// Its number.
        seq: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// Journal entries that should be there and are not.
    #[error("journal entries {first} to {last} are missing")]
    Gap {
        /// The first one missing.
        first: u64,
        /// The last one missing.
        last: u64,
    },
    /// A note that all documents are current up to an entry which the journal does not reach.
    #[error("the journal does not reach entry {seq}, up to which all documents are said to be current")]
    Snapshot {
        /// The entry.
        seq: u64,
    },
}

/// Makes documents and journal of what the storage holds.
#[must_use]
pub fn revive(stored: StoredProject) -> Revived {
    let mut revived = Revived::default();
    let StoredProject { mut documents, mut texts, journal, stacked, let_in } = stored;
    revived.latest_stack = let_in.map_or(0, |let_in| let_in.stack);
    if !stacked.is_empty() {
        let mut known: HashSet<String> = documents.iter().map(|(id, _)| id.clone()).collect();
        for Stacked { stack, id, record, text } in stacked {
            revived.latest_stack = revived.latest_stack.max(bounded(stack));
            if known.insert(id.clone()) {
                revived.stacked.push((DocumentId::new(id.as_str()), stack));
                documents.push((id.clone(), record));
                texts.push((id, text));
            }
        }
    }
    revived.read_documents(documents, texts, let_in);
    revived.read_journal(journal);
    revived.latest = revived.snapshots.values().fold(revived.latest, |latest, &seq| latest.max(seq));
    revived
}

impl Revived {
    /// Names the note that all documents are current up to this entry, which the journal does not reach, so that all of it
    /// was read. New entries are numbered above it where entries can be: it would be true of them.
    #[must_use]
    pub fn doubting_snapshot(mut self, seq: u64) -> Self {
        self.damaged.push(Damaged::Snapshot { seq });
        if seq <= HIGHEST_BROUGHT {
            self.latest = self.latest.max(seq);
        }
        self
    }

    fn read_documents(
        &mut self,
        records: Vec<(String, Option<String>)>,
        texts: Vec<(String, Option<Vec<u8>>)>,
        reach: Option<LetIn>,
    ) {
        let mut texts: HashMap<_, _> = texts.into_iter().collect();
        let stacks: HashMap<_, _> = self.stacked.iter().cloned().collect();
        let mut placed = Vec::with_capacity(records.len());
        for (id, record) in records {
            let text = texts.remove(&id).flatten();
            match read_document(id.clone(), record, text) {
                Ok((order, mut seq, mut document)) => {
                    if let Some(&stack) = stacks.get(&document.id) {
                        seq = let_in(&mut document, seq, stack, reach);
                        if reach.is_none_or(|reach| stack > reach.stack) {
                            self.stacked_from = Some(self.stacked_from.map_or(seq, |from| from.min(seq)));
                        }
                    }
                    placed.push((order, seq, document));
                }
                Err(damaged) => {
                    self.unreadable.push(DocumentId::new(id));
                    self.damaged.push(damaged);
                }
            }
        }
        placed.sort_by_key(|&(order, ..)| order);
        for (_, seq, document) in placed {
            self.snapshots.insert(document.id.clone(), seq);
            self.documents.push(document);
        }
        let mut orphans: Vec<_> = texts.into_iter().collect();
        orphans.sort();
        self.unreadable.extend(orphans.iter().map(|(id, _)| DocumentId::new(id.as_str())));
        self.damaged.extend(orphans.into_iter().map(|(id, text)| {
            let text = String::from_utf8_lossy(&text.unwrap_or_default()).into_owned();
            Damaged::NoRecord { id, text }
        }));
    }

    fn read_journal(&mut self, mut entries: Vec<(u64, Option<String>)>) {
        entries.sort_by_key(|&(seq, _)| seq);
        let mut expected = entries.first().map_or(1, |&(seq, _)| seq);
        for (seq, entry) in entries {
            if seq > HIGHEST {
                self.damaged.push(Damaged::Entry { seq, reason: TOO_HIGH.to_owned() });
                continue;
            }
            if seq > expected {
                self.damaged.push(Damaged::Gap { first: expected, last: seq - 1 });
            }
            expected = seq + 1;
            self.latest = seq;
            match read_entry(seq, entry) {
                Ok(entry) => self.journal.push(entry),
                Err(reason) => self.damaged.push(Damaged::Entry { seq, reason }),
            }
        }
    }
}

fn read_document(
    id: String,
    record: Option<String>,
    text: Option<Vec<u8>>,
) -> Result<(u32, u64, Document), Damaged> {
    let record = read_record(&id, record)?;
    let text = text.unwrap_or_default();
    let text = String::from_utf8(text)
        .map_err(|error| Damaged::Record { id, reason: format!("its text is damaged: {error}") })?;
    let (order, seq) = (record.order, record.seq);
    Ok((order, seq, record.revive(SourceText::new(text))?))
}

fn read_record(id: &str, record: Option<String>) -> Result<StoredDocument, Damaged> {
    let damaged = |reason: String| Damaged::Record { id: id.to_owned(), reason };
    let json = record.ok_or_else(|| damaged("it is not a text".into()))?;
    match serde_json::from_str::<StoredDocument>(&json) {
        Ok(record) if record.id.as_str() == id => Ok(record),
        Ok(record) => Err(damaged(format!("it says it is {}", record.id))),
        Err(error) => match serde_json::from_str(&json) {
            Ok(Layout { layout }) if layout > LAYOUT => {
                Err(StoreError::Newer { id: DocumentId::new(id), layout }.into())
            }
            _ => Err(damaged(error.to_string())),
        },
    }
}

/// The one field that every layout of a record has.
#[derive(Deserialize)]
struct Layout {
    layout: u32,
}

fn read_entry(seq: u64, entry: Option<String>) -> Result<Journalled, String> {
    let json = entry.ok_or("it is not a text")?;
    let entry: Journalled = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    if entry.seq == seq { Ok(entry) } else { Err(format!("it says it is number {}", entry.seq)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Entry;

    fn stored(names: &[&str]) -> StoredProject {
        let mut stored = StoredProject::default();
        for (order, name) in names.iter().enumerate() {
            let document = Document::new(DocumentId::new(*name), format!("خبر {name}").as_str());
            let record = StoredDocument::of(&document, order as u32, 2);
            stored.documents.push(((*name).into(), Some(serde_json::to_string(&record).unwrap())));
            stored.texts.push(((*name).into(), Some(document.text.as_str().into())));
        }
        for seq in 1..=3 {
            let entry = Journalled { seq, entry: Entry::Undo };
            stored.journal.push((seq, Some(serde_json::to_string(&entry).unwrap())));
        }
        stored
    }

    fn names(revived: &Revived) -> Vec<&str> {
        revived.documents.iter().map(|document| document.id.as_str()).collect()
    }

    fn seqs(revived: &Revived) -> Vec<u64> {
        revived.journal.iter().map(|entry| entry.seq).collect()
    }

    #[test]
    fn a_document_in_a_stack_is_one_like_any_other_and_its_own_record_is_newer() {
        let whole = stored(&["a", "b"]);
        let stacked = |name: &str| {
            let record = whole.documents.iter().find(|(id, _)| id == name).unwrap().1.clone();
            let text = whole.texts.iter().find(|(id, _)| id == name).unwrap().1.clone();
            Stacked { stack: 2, id: name.to_owned(), record, text }
        };
        let older = Stacked { id: "b".to_owned(), ..stacked("a") };
        let mut some = whole.clone();
        some.documents.remove(0);
        some.texts.remove(0);
        let damaged = Stacked { stack: 3, id: "stacks/3".to_owned(), record: None, text: None };
        some.stacked = vec![stacked("a"), older, damaged];
        let revived = revive(some);
        assert_eq!(names(&revived), names(&revive(whole.clone())));
        assert_eq!(revived.documents[1].text.as_str(), "خبر b");
        assert_eq!((revived.damaged.len(), revived.unreadable[0].as_str()), (1, "stacks/3"));
        assert_eq!(revived.stacked[0], (DocumentId::new("a"), 2));
        assert_eq!(
            (revived.stacked.len(), revived.latest_stack),
            (2, 3),
            "what has a record of its own lies there"
        );
    }

    #[test]
    fn what_a_snapshot_has_left_in_its_stack_is_in_the_project_and_as_new_as_the_snapshot() {
        let whole = stored(&["a"]);
        let out = Document { present: false, ..Document::new(DocumentId::new("a"), "خبر a") };
        let record = serde_json::to_string(&StoredDocument::of(&out, 0, 2)).unwrap();
        for (let_in, expected) in [
            (None, (false, 2, Some(2))),
            (Some(LetIn { stack: 4, seq: 3 }), (false, 2, Some(2))),
            (Some(LetIn { stack: 5, seq: 3 }), (true, 3, None)),
        ] {
            let text = whole.texts[0].1.clone();
            let stacked = Stacked { stack: 5, id: "a".to_owned(), record: Some(record.clone()), text };
            let revived =
                revive(StoredProject { stacked: vec![stacked], let_in, ..StoredProject::default() });
            let seq = revived.snapshots[&DocumentId::new("a")];
            assert_eq!((revived.documents[0].present, seq, revived.stacked_from), expected, "{let_in:?}");
        }
    }

    #[test]
    fn a_sound_storage_comes_back_whole_and_in_the_projects_order() {
        let mut stored = stored(&["b", "a", "c"]);
        stored.documents.sort();
        stored.texts.sort();
        let revived = revive(stored);
        assert_eq!(names(&revived), ["b", "a", "c"]);
        assert_eq!(revived.documents[1].text.as_str(), "خبر a");
        assert_eq!(revived.snapshots[&DocumentId::new("a")], 2);
        assert_eq!(seqs(&revived), [1, 2, 3]);
        assert_eq!(revived.latest, 3);
        assert!(revived.damaged.is_empty());
    }

    #[test]
    fn a_damaged_record_is_named_and_hides_nothing_else() {
        let mut spoilt = [stored(&["a", "b"]), stored(&["a", "b"]), stored(&["a", "b"]), stored(&["a", "b"])];
        spoilt[0].documents[0].1 = Some("{\"layout\":1,".into());
        spoilt[1].documents[0].1 = None;
        spoilt[2].texts[0].1 = Some(vec![0xd8]);
        spoilt[3].documents[0].1 = spoilt[3].documents[1].1.clone();
        for stored in spoilt {
            let revived = revive(stored);
            assert_eq!(names(&revived), ["b"]);
            assert!(
                matches!(&revived.damaged[..], [Damaged::Record { id, .. }] if id == "a"),
                "{:?}",
                revived.damaged
            );
            assert_eq!(revived.unreadable, [DocumentId::new("a")]);
        }
    }

    #[test]
    fn a_record_of_a_newer_layout_is_called_newer_even_if_it_looks_different() {
        let mut stored = stored(&["a"]);
        stored.documents[0].1 = Some(r#"{"layout":2,"pieces":[]}"#.into());
        let revived = revive(stored);
        assert!(matches!(&revived.damaged[..], [Damaged::Document(StoreError::Newer { layout: 2, .. })]));
    }

    #[test]
    fn a_text_that_is_cut_short_or_gone_is_noticed() {
        for text in [None, Some("خ".into())] {
            let mut stored = stored(&["a", "b"]);
            stored.texts[0].1 = text;
            let revived = revive(stored);
            assert_eq!(names(&revived), ["b"]);
            assert!(matches!(&revived.damaged[..], [Damaged::Document(StoreError::Text { .. })]));
        }
    }

    #[test]
    fn a_text_without_a_record_is_handed_over() {
        let mut stored = stored(&["a", "b"]);
        stored.documents.remove(0);
        let revived = revive(stored);
        assert!(
            matches!(&revived.damaged[..], [Damaged::NoRecord { id, text }] if id == "a" && text == "خبر a")
        );
    }

    #[test]
    fn damaged_and_missing_entries_are_named_and_their_numbers_stay_taken() {
        let mut stored = stored(&["a"]);
        stored.journal[2].1 = Some("{}".into());
        stored.journal.remove(1);
        let revived = revive(stored);
        assert_eq!(seqs(&revived), [1]);
        assert!(matches!(
            &revived.damaged[..],
            [Damaged::Gap { first: 2, last: 2 }, Damaged::Entry { seq: 3, .. }]
        ));
        assert_eq!(revived.latest, 3);
    }

    #[test]
    fn snapshots_outlive_their_journal() {
        let mut stored = stored(&["a"]);
        stored.journal.clear();
        assert_eq!(revive(stored).latest, 2);
    }

    #[test]
    fn a_snapshot_beyond_the_journal_is_named_and_no_new_entry_comes_before_it() {
        for (seq, latest) in [(9, 9), (HIGHEST_BROUGHT, HIGHEST_BROUGHT), (HIGHEST, 3), (u64::MAX, 3)] {
            let revived = revive(stored(&["a"])).doubting_snapshot(seq);
            assert!(matches!(revived.damaged[..], [Damaged::Snapshot { seq: told }] if told == seq));
            assert_eq!((revived.latest, seqs(&revived)), (latest, vec![1, 2, 3]));
        }
    }

    #[test]
    fn numbers_that_no_entry_can_have_are_not_believed() {
        let mut stored = stored(&["a"]);
        for seq in [(1 << 53) + 1, u64::MAX] {
            let entry = format!(r#"{{"seq":{seq},"entry":"undo"}}"#);
            stored.journal.push((seq, Some(entry)));
        }
        let record =
            stored.documents[0].1.take().unwrap().replace(r#""seq":2"#, r#""seq":18446744073709551615"#);
        stored.documents[0].1 = Some(record);
        let text = Some("خبر b".into());
        stored.stacked = vec![Stacked { stack: u64::MAX, id: "b".to_owned(), record: None, text }];
        stored.let_in =
            serde_json::from_str(r#"{"stack":18446744073709551615,"seq":18446744073709551615}"#).ok();
        let revived = revive(stored);
        assert_eq!((names(&revived), seqs(&revived)), (vec!["a"], vec![1, 2, 3]));
        assert_eq!(revived.damaged.iter().filter(|found| matches!(found, Damaged::Entry { .. })).count(), 2);
        // What is done next has a number of its own, and so has the next stack.
        assert!(revived.latest < HIGHEST && revived.latest_stack < HIGHEST);
        let mut project = crate::project::Project::default();
        project.continue_after(u64::MAX);
        project.note_stacked(revived.stacked, u64::MAX);
        let many = (0..40).map(|n| Document::new(DocumentId::new(format!("n{n}")), "خبر"));
        let entry = project.import(many.collect::<Vec<_>>(), |edit| edit).unwrap().entry;
        let next = project.undo().unwrap();
        assert_eq!(next.seq, entry.seq + 1);
        assert!(next.seq <= HIGHEST && project.latest_stack() <= HIGHEST);
        assert_eq!(next.seq as f64 - entry.seq as f64, 1.0, "as keys of the storage they differ");
    }
}
