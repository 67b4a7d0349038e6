//! Laws of opening a large project: the list comes first, the articles follow in any order while somebody works already,
//! and all of it is as if everything had been read at once. Nothing lost, nothing invented.

#![allow(clippy::unwrap_used, reason = "a test that fails is to fail loudly")]

use std::collections::BTreeMap;
use std::sync::Arc;

use misam::annotation::{Change, Document, DocumentId, Edit, EditKind, Origin, Span, Status};
use misam::project::{
    HEADS, Head, Journalled, Project, StoredDocument, StoredOutline, StoredProject, Write, is_self_contained,
    outline, revive,
};
use misam::schema::LabelCode;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

const TEXT: &str = "عنوان الخبر\nزار الوفد مدينة الموصل مساء الخميس";

/// What a storage holds.
#[derive(Clone, Default)]
struct Shelf {
    documents: BTreeMap<String, String>,
    texts: BTreeMap<String, Vec<u8>>,
    stacks: Vec<(String, Option<String>, Option<Vec<u8>>)>,
    journal: BTreeMap<u64, String>,
    settings: BTreeMap<String, Value>,
    snapshot: u64,
}

impl Shelf {
    fn write(&mut self, writes: impl IntoIterator<Item = Write>) {
        for write in writes {
            match write {
                Write::Document(record, text) => {
                    let id = record.id.to_string();
                    self.texts.insert(id.clone(), text.as_str().into());
                    self.documents.insert(id, serde_json::to_string(&record).unwrap());
                }
                Write::Stack(documents) => {
                    self.stacks.extend(documents.iter().map(|(record, text)| {
                        let json = serde_json::to_string(&record).unwrap();
                        (record.id.to_string(), Some(json), Some(text.as_str().into()))
                    }));
                }
                Write::ForgetStacks => self.stacks.clear(),
                Write::Snapshot(record, text) => {
                    if let Some(text) = text {
                        self.texts.insert(record.id.to_string(), text.as_str().into());
                    }
                    self.documents.insert(record.id.to_string(), serde_json::to_string(&record).unwrap());
                }
                Write::Entry(entry) => {
                    self.journal.insert(entry.seq, serde_json::to_string(&entry).unwrap());
                }
                Write::Setting { key, value } => {
                    self.settings.insert(key.to_string(), value);
                }
            }
        }
    }

    /// Stores documents as they are: all of them and the heads, or as many as there was time for.
    fn take_snapshot(&mut self, project: &mut Project, most: usize) {
        let changed = project.take_changed(most);
        for id in &changed {
            let order = project.position(id).unwrap() as u32;
            let document = project.document(id).unwrap();
            let record = StoredDocument::of(document, order, project.seq());
            let text = project.is_stacked(id).then(|| document.text.clone());
            self.write([Write::Snapshot(Box::new(record), text)]);
        }
        if project.is_stored() && project.may_leave_journal() {
            self.snapshot = project.seq();
            let heads = project.take_stale_heads();
            self.write(heads);
            if !project.take_stacked().is_empty() {
                self.write([Write::ForgetStacks]);
            }
        }
    }

    /// Several documents come in a stack.
    fn import(&mut self, project: &mut Project, names: &[&str]) {
        let before = project.seq();
        let documents = names.iter().map(|name| Document::new(DocumentId::new(*name), TEXT));
        let (ids, entry) = project.import(documents.collect::<Vec<_>>(), |edit| edit).unwrap();
        let stored = ids.iter().map(|id| {
            let document = project.document(id).unwrap();
            let absent = Document { present: false, ..document.clone() };
            let order = project.position(id).unwrap() as u32;
            (StoredDocument::of(&absent, order, before), document.text.clone())
        });
        let mut stored: Vec<_> = stored.collect();
        if let [_] = &stored[..] {
            let (record, text) = stored.remove(0);
            self.write([Write::Document(Box::new(record), text)]);
        } else {
            self.write([Write::Stack(stored)]);
            project.note_stacked(ids);
        }
        self.write([Write::Entry(entry)]);
    }

    fn entries_after(&self, seq: u64) -> Vec<(u64, Option<String>)> {
        self.journal.range(seq + 1..).map(|(seq, entry)| (*seq, Some(entry.clone()))).collect()
    }

    fn named<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> StoredProject {
        let names: Vec<_> = names.into_iter().collect();
        StoredProject {
            documents: names.iter().map(|id| ((*id).to_owned(), self.documents.get(*id).cloned())).collect(),
            texts: names.iter().map(|id| ((*id).to_owned(), self.texts.get(*id).cloned())).collect(),
            ..StoredProject::default()
        }
    }

    /// Everything read at once.
    fn whole(&self) -> Project {
        let mut stored = self.named(self.documents.keys().map(String::as_str));
        stored.journal = self.entries_after(0);
        stored.stacked.clone_from(&self.stacks);
        let revived = revive(stored);
        assert!(revived.damaged.is_empty(), "{:?}", revived.damaged);
        let mut project = Project::default();
        revived.documents.into_iter().for_each(|document| drop(project.insert(document)));
        assert_eq!(project.replay(revived.journal, &revived.snapshots), 0);
        project.continue_after(revived.latest);
        project.note_stacked(revived.stacked);
        project
    }

    /// The list alone, as the page reads it first. `None` if the storage must be read as a whole.
    fn listed(&self) -> Option<Project> {
        let text = |value: &Value| serde_json::to_string(value).ok();
        let outline = outline(&StoredOutline {
            snapshot: self.snapshot,
            index: self.settings.get(HEADS).and_then(text),
            blocks: self.settings.range(format!("{HEADS}/")..).map(|(_, block)| text(block)).collect(),
            keys: self.documents.keys().cloned().collect(),
            texts: self.texts.len(),
        })?;
        let mut stored = self.named(outline.newer.iter().map(String::as_str));
        stored.journal = self.entries_after(self.snapshot);
        stored.stacked.clone_from(&self.stacks);
        let revived = revive(stored);
        if !is_self_contained(&revived.journal) {
            return None;
        }
        let mut project = Project::default();
        project.expect(outline.heads);
        revived.documents.into_iter().for_each(|document| drop(project.insert(document)));
        assert_eq!(project.replay(revived.journal, &revived.snapshots), 0);
        project.continue_after(revived.latest.max(self.snapshot));
        project.note_stacked(revived.stacked);
        Some(project)
    }

    fn bring(&self, project: &mut Project, id: &DocumentId) {
        let revived = revive(self.named([id.as_str()]));
        for document in revived.documents {
            let snapshot = revived.snapshots[&document.id];
            assert_eq!(project.arrive(document, snapshot), 0, "everything fits");
        }
    }
}

/// Something to do to one of the articles.
#[derive(Clone, Debug)]
enum Deed {
    Label(Index, bool),
    Unlabel(Index),
    Finish(Index),
    Title(Index),
    TakeOut(Index),
    Import,
    Undo,
    Redo,
    /// As many documents are stored as there is time for.
    Snapshot(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        5 => (any::<Index>(), any::<bool>()).prop_map(|(at, suggested)| Deed::Label(at, suggested)),
        2 => any::<Index>().prop_map(Deed::Unlabel),
        2 => any::<Index>().prop_map(Deed::Finish),
        1 => any::<Index>().prop_map(Deed::Title),
        1 => any::<Index>().prop_map(Deed::TakeOut),
        1 => Just(Deed::Import),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        2 => (1_usize..6).prop_map(Deed::Snapshot),
    ];
    prop::collection::vec(deed, 0..24)
}

/// The edit that a deed is, on a document that is read.
fn edit_of(project: &Project, deed: &Deed) -> Option<Edit> {
    let read: Vec<_> = project.documents().collect();
    let pick = |at: &Index| (!read.is_empty()).then(|| *at.get(&read));
    let (document, change) = match deed {
        Deed::Label(at, suggested) => {
            let document = pick(at)?;
            let origin = if *suggested { Origin::Suggested } else { Origin::Manual };
            let id = document.spans.free_ids().next()?;
            let span = Span::new(id, (0..10).into(), LabelCode::new("LOC").unwrap(), origin);
            (document, Change::Add(Arc::new(span)))
        }
        Deed::Unlabel(at) => {
            let document = pick(at)?;
            (document, Change::Remove(Arc::clone(document.spans.iter().next()?)))
        }
        Deed::Finish(at) => {
            let document = pick(at)?;
            (document, Change::Status { before: document.status, after: Status::Done })
        }
        Deed::Title(at) => {
            let document = pick(at)?;
            let before = document.meta.get("title").cloned();
            (document, Change::Meta { key: "title".into(), before, after: Some("عنوان جديد".into()) })
        }
        Deed::TakeOut(at) => (pick(at)?, Change::Present(false)),
        Deed::Import | Deed::Undo | Deed::Redo | Deed::Snapshot(_) => return None,
    };
    Some(Edit::of(EditKind::Label, &document.id, [change]))
}

fn carry_out(project: &mut Project, shelf: &mut Shelf, deed: &Deed, count: usize) {
    let entry: Option<Journalled> = match deed {
        Deed::Import => {
            let names = [format!("n{count}"), format!("m{count}")];
            let names: Vec<_> = names.iter().map(String::as_str).take(1 + count % 2).collect();
            shelf.import(project, &names);
            None
        }
        Deed::Snapshot(most) => {
            shelf.take_snapshot(project, *most);
            None
        }
        Deed::Undo => project.undo().ok(),
        Deed::Redo => project.redo().ok(),
        _ => edit_of(project, deed).and_then(|edit| project.commit(edit).ok()),
    };
    shelf.write(entry.map(Write::Entry));
}

/// What the list shows, and all that is known.
fn all_of(project: &Project) -> (Vec<Head>, Vec<Document>, u64) {
    let heads = project.documents().map(Head::of).collect();
    (heads, project.all_documents().cloned().collect(), project.seq())
}

proptest! {
    #[test]
    fn a_project_that_is_listed_first_and_read_later_is_the_same(
        deeds in deeds(),
        meanwhile in deeds(),
        order in Just((0..40).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let (mut project, mut shelf) = (Project::default(), Shelf::default());
        shelf.import(&mut project, &["c", "a", "b", "d"]);
        for (count, deed) in deeds.iter().enumerate() {
            carry_out(&mut project, &mut shelf, deed, count);
        }
        prop_assert_eq!(&all_of(&shelf.whole()), &all_of(&project));
        let Some(mut opened) = shelf.listed() else {
            // No snapshot so far, or one before what was taken back.
            return Ok(());
        };

        // The list says what it would say if everything were read.
        let listed = |project: &Project| -> Vec<_> {
            project.listed().map(|listed| (listed.id().clone(), listed.title().to_owned(), listed.status(), listed.confirmed())).collect()
        };
        prop_assert_eq!(listed(&opened), listed(&project));

        // Articles come in any order; somebody works on those that are there.
        let mut both = shelf.clone();
        let mut meanwhile = meanwhile.iter().filter(|deed| !matches!(deed, Deed::Undo | Deed::Redo));
        let unread: Vec<_> = project.all_documents().map(|document| document.id.clone()).filter(|id| opened.is_unread(id)).collect();
        for (count, at) in order.into_iter().filter(|at| *at < unread.len()).enumerate() {
            let deed = meanwhile.next();
            if let Some(deed) = deed.filter(|deed| !matches!(deed, Deed::Snapshot(_))) {
                carry_out(&mut opened, &mut both, deed, 100 + count);
            }
            shelf.bring(&mut opened, &unread[at]);
            shelf.bring(&mut opened, &unread[at]);
        }
        prop_assert!(opened.is_whole());
        let there = all_of(&opened);
        prop_assert_eq!(&there, &all_of(&both.whole()), "what was kept is what is there");

        // And so it is after the next snapshot, from the list that goes with it.
        both.take_snapshot(&mut opened, usize::MAX);
        let mut again = both.listed().expect("the snapshot has its heads");
        for id in opened.all_documents().map(|document| document.id.clone()).collect::<Vec<_>>() {
            both.bring(&mut again, &id);
        }
        prop_assert_eq!(all_of(&again), there);
    }
}

#[test]
fn a_document_that_cannot_be_read_keeps_the_journal_that_tells_of_it() {
    let (mut project, mut shelf) = (Project::default(), Shelf::default());
    shelf.import(&mut project, &["a", "b"]);
    shelf.take_snapshot(&mut project, usize::MAX);
    let mut opened = shelf.listed().unwrap();
    shelf.bring(&mut opened, &DocumentId::new("a"));
    assert!(!opened.may_leave_journal(), "one is not read yet");
    assert_eq!(opened.miss_all(), 1);
    assert!(opened.is_whole() && !opened.may_leave_journal());
    assert_eq!(opened.documents().count(), 1);
    let again = opened.insert(Document::new(DocumentId::new("b"), "x"));
    assert_eq!(again.as_str(), "b-2", "its name stays taken");
}

#[test]
fn of_a_long_list_only_the_blocks_that_changed_are_written_anew() {
    let (mut project, mut shelf) = (Project::default(), Shelf::default());
    let names: Vec<String> = (0..1_200).map(|number| format!("d{number}")).collect();
    shelf.import(&mut project, &names.iter().map(String::as_str).collect::<Vec<_>>());
    shelf.take_snapshot(&mut project, usize::MAX);
    let blocks = shelf.settings.keys().filter(|key| key.starts_with("heads/")).count();
    assert_eq!(blocks, 3);
    carry_out(&mut project, &mut shelf, &Deed::Finish(index_of(700, 1_200)), 0);
    let ids = project.take_changed(usize::MAX);
    let written = project.take_stale_heads();
    let keys: Vec<_> = written
        .iter()
        .map(|write| match write {
            Write::Setting { key, .. } => key.to_string(),
            _ => String::new(),
        })
        .collect();
    assert_eq!(keys, ["heads/000001", "heads"]);
    project.put_back_changed(ids);
    project.put_back_heads();
    assert_eq!(project.take_stale_heads().len(), 4, "a refused writing is made again as a whole");
}

/// The index that picks the element at this place of a list so long.
fn index_of(place: usize, of: usize) -> Index {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut tree = || any::<Index>().new_tree(&mut runner).unwrap().current();
    std::iter::repeat_with(&mut tree).find(|index| index.index(of) / 500 == place / 500).unwrap()
}
