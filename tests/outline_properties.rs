//! Laws of opening a large project: the list comes first, the articles follow in any order while somebody works already,
//! and all of it is as if everything had been read at once. Nothing lost, nothing invented.

#![allow(clippy::unwrap_used, reason = "a test that fails is to fail loudly")]

use std::collections::BTreeMap;
use std::sync::Arc;

use misam::annotation::{Change, Document, DocumentId, Edit, EditKind, Origin, Span, Status};
use misam::project::{
    Delivery, HEADS, Head, Journalled, LET_IN, LetIn, Place, Portion, Project, SNAPSHOT, Stacked,
    StoredOutline, StoredProject, Write, is_self_contained, outline, revive,
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
    stacks: BTreeMap<u64, Vec<Stacked>>,
    journal: BTreeMap<u64, String>,
    settings: BTreeMap<String, Value>,
}

/// All there is to store goes into parts of any number, few into each.
const WHOLE: usize = usize::MAX;

impl Shelf {
    fn snapshot(&self) -> u64 {
        self.settings.get(SNAPSHOT).and_then(Value::as_u64).unwrap_or(0)
    }

    fn write(&mut self, writes: impl IntoIterator<Item = Write>) {
        for write in writes {
            match write {
                Write::Document(record, text) => {
                    let id = record.id.to_string();
                    self.texts.insert(id.clone(), text.as_str().into());
                    self.documents.insert(id, serde_json::to_string(&record).unwrap());
                }
                Write::Stack(number, documents) => {
                    let stacked = documents.iter().map(|(record, text)| Stacked {
                        stack: number,
                        id: record.id.to_string(),
                        record: serde_json::to_string(&record).ok(),
                        text: Some(text.as_str().into()),
                    });
                    let there = self.stacks.insert(number, stacked.collect());
                    assert!(there.is_none(), "a number is taken once");
                }
                Write::ForgetStack(number) => drop(self.stacks.remove(&number)),
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
                Write::Json { key, json } => {
                    self.settings.insert(key.to_string(), serde_json::from_str(&json).unwrap());
                }
            }
        }
    }

    /// Takes so many parts of a snapshot, if there are so many. Where one is refused, nothing of it is written.
    fn take_snapshot(&mut self, project: &mut Project, parts: usize, refused: Option<usize>) {
        for number in 0..parts {
            let part = project.next_part(Portion { documents: 3, text_bytes: 200, blocks: 1 });
            if refused == Some(number) {
                project.part_refused(part);
                return;
            }
            let has_heads = part.writes.iter().any(is_of_heads);
            self.write(part.writes.iter().cloned());
            if project.part_stored(&part) {
                return;
            }
            assert!(!has_heads || self.listed().is_none(), "heads of several moments are no list");
        }
    }

    /// Documents come, in a stack if they are many.
    fn import(&mut self, project: &mut Project, names: &[&str]) {
        let documents = names.iter().map(|name| Document::new(DocumentId::new(*name), TEXT));
        let imported = project.import(documents.collect::<Vec<_>>(), |edit| edit).unwrap();
        self.write(imported.arrivals);
        self.write([Write::Entry(imported.entry)]);
    }

    /// The page breaks down before the entry is written.
    fn half_import(&mut self, project: &Project, names: &[&str]) {
        let documents = names.iter().map(|name| Document::new(DocumentId::new(*name), TEXT));
        let imported = project.clone().import(documents.collect::<Vec<_>>(), |edit| edit).unwrap();
        self.write(imported.arrivals);
    }

    fn let_in(&self) -> Option<LetIn> {
        self.settings.get(LET_IN).and_then(|value| serde_json::from_value(value.clone()).ok())
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
        stored.stacked = self.stacks.values().flatten().cloned().collect();
        stored.let_in = self.let_in();
        let (project, damaged) = Project::revived(None, revive(stored), None);
        assert_eq!(damaged, 0);
        project
    }

    /// The list alone, as the page reads it first. `None` if the storage must be read as a whole.
    fn listed(&self) -> Option<Project> {
        let text = |value: &Value| serde_json::to_string(value).ok();
        let outline = outline(&StoredOutline {
            snapshot: self.snapshot(),
            index: self.settings.get(HEADS).and_then(text),
            blocks: self.settings.range(format!("{HEADS}/")..).map(|(_, block)| text(block)).collect(),
            keys: self.documents.keys().cloned().collect(),
            texts: self.texts.len(),
            stacks: self.stacks.keys().copied().collect(),
            let_in: self.settings.get(LET_IN).and_then(text),
        })?;
        let mut stored = self.named(outline.newer.iter().map(String::as_str));
        stored.journal = self.entries_after(self.snapshot());
        let reach = outline.let_in.map_or(0, |let_in| let_in.stack);
        stored.stacked = self.stacks.range(reach + 1..).flat_map(|(_, stack)| stack.clone()).collect();
        stored.let_in = outline.let_in;
        let mut revived = revive(stored);
        if !is_self_contained(&revived.journal) {
            return None;
        }
        revived.latest = revived.latest.max(self.snapshot());
        let (project, damaged) = Project::revived(Some(outline.heads), revived, None);
        assert_eq!(damaged, 0);
        Some(project)
    }

    /// What is stored at a place, a few documents at a time.
    fn read(&self, place: &Place, stacks: &[u64]) -> StoredProject {
        match place {
            Place::Alone(last) => {
                let after = |name: &&String| last.as_ref().is_none_or(|last| *name > last);
                self.named(self.documents.keys().filter(after).map(String::as_str).take(3))
            }
            Place::Stack(at) => StoredProject {
                stacked: stacks.get(*at).map_or(Vec::new(), |number| self.stacks[number].clone()),
                let_in: self.let_in(),
                ..StoredProject::default()
            },
        }
    }

    /// Reads all that is not read yet, piece after piece.
    fn fill(&self, project: &mut Project) {
        let stacks = project.unread_stacks();
        let mut place = Place::Alone(None);
        loop {
            let read = self.read(&place, &stacks);
            let Some(next) = place.after(&read, &stacks) else { break };
            place = next;
            let mut delivery = Delivery::of(read);
            let mut slices = 0_usize;
            while delivery.is_left() {
                slices += 1;
                assert_eq!(delivery.take_slice(project, || slices.is_multiple_of(2)), 0, "everything fits");
            }
            assert!(delivery.without_text.is_empty());
        }
    }

    fn bring(&self, project: &mut Project, id: &DocumentId) {
        let stored = match project.stack_of(id) {
            Some(number) => StoredProject {
                stacked: self.stacks[&number]
                    .iter()
                    .filter(|stacked| stacked.id == id.as_str())
                    .cloned()
                    .collect(),
                let_in: self.let_in(),
                ..StoredProject::default()
            },
            None => self.named([id.as_str()]),
        };
        assert_eq!(project.take_in(revive(stored)), 0, "everything fits");
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
    /// So many parts of a snapshot are stored; one of them may be refused.
    Snapshot(usize, Option<usize>),
}

/// True of a block of heads.
fn is_of_heads(write: &Write) -> bool {
    match write {
        Write::Setting { key, .. } | Write::Json { key, .. } => key.starts_with(&format!("{HEADS}/")),
        _ => false,
    }
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
        3 => (1_usize..30, prop::option::of(0_usize..6)).prop_map(|(parts, refused)| Deed::Snapshot(parts, refused)),
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
        Deed::Import | Deed::Undo | Deed::Redo | Deed::Snapshot(..) => return None,
    };
    Some(Edit::of(EditKind::Label, &document.id, [change]))
}

fn carry_out(project: &mut Project, shelf: &mut Shelf, deed: &Deed, count: usize) {
    let entry: Option<Journalled> = match deed {
        Deed::Import => {
            let names: Vec<String> = (0..40).map(|number| format!("n{count}-{number}")).collect();
            let names: Vec<_> =
                names.iter().map(String::as_str).take(if count.is_multiple_of(2) { 40 } else { 1 }).collect();
            shelf.import(project, &names);
            None
        }
        Deed::Snapshot(parts, refused) => {
            shelf.take_snapshot(project, *parts, *refused);
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
        order in Just((0..1_000).collect::<Vec<usize>>()).prop_shuffle(),
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
            if let Some(deed) = deed.filter(|deed| !matches!(deed, Deed::Snapshot(..))) {
                carry_out(&mut opened, &mut both, deed, 100 + count);
            }
            shelf.bring(&mut opened, &unread[at]);
            shelf.bring(&mut opened, &unread[at]);
        }
        prop_assert!(opened.is_whole());
        let there = all_of(&opened);
        prop_assert_eq!(&there, &all_of(&both.whole()), "what was kept is what is there");

        // And so it is after the next snapshot, from the list that goes with it.
        both.take_snapshot(&mut opened, WHOLE, None);
        let mut again = both.listed().expect("the snapshot has its heads");
        both.fill(&mut again);
        prop_assert_eq!(all_of(&again), there);
    }
}

/// So many articles come in a stack.
fn many(name: &str) -> Vec<String> {
    (0..40).map(|number| format!("{name}{number}")).collect()
}

fn names(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// Says of an article that it is finished.
fn finish(project: &mut Project, shelf: &mut Shelf, name: &str) {
    let change = Change::Status { before: Status::New, after: Status::Done };
    let edit = Edit::of(EditKind::Label, &DocumentId::new(name), [change]);
    shelf.write([Write::Entry(project.commit(edit).unwrap())]);
}

#[test]
fn a_snapshot_leaves_what_only_came_in_where_it_lies_and_what_was_said_of_one_is_stored_with_its_text() {
    let (mut project, mut shelf) = (Project::default(), Shelf::default());
    shelf.import(&mut project, &names(&many("a")));
    shelf.import(&mut project, &names(&many("b")));
    finish(&mut project, &mut shelf, "a3");
    shelf.take_snapshot(&mut project, WHOLE, None);
    assert_eq!(shelf.documents.keys().collect::<Vec<_>>(), ["a3"]);
    assert_eq!((shelf.texts.len(), shelf.stacks.len(), shelf.snapshot()), (1, 2, 3));
    assert_eq!(all_of(&shelf.whole()), all_of(&project));

    // When all of a stack are stored by themselves it goes, and the numbers go on.
    many("a").iter().filter(|name| *name != "a3").for_each(|name| finish(&mut project, &mut shelf, name));
    shelf.take_snapshot(&mut project, WHOLE, None);
    assert_eq!(shelf.stacks.keys().copied().collect::<Vec<_>>(), [2]);
    many("b").iter().for_each(|name| finish(&mut project, &mut shelf, name));
    shelf.take_snapshot(&mut project, WHOLE, None);
    assert_eq!(shelf.stacks.len(), 0);
    let mut again = shelf.listed().unwrap();
    assert!(again.unread_stacks().is_empty());
    shelf.import(&mut again, &names(&many("c")));
    assert_eq!(shelf.stacks.keys().copied().collect::<Vec<_>>(), [3], "no number is used twice");
}

#[test]
fn what_is_left_of_an_import_that_broke_off_is_never_let_in() {
    let (mut project, mut shelf) = (Project::default(), Shelf::default());
    shelf.import(&mut project, &names(&many("a")));
    shelf.half_import(&project, &names(&many("b")));
    let mut project = shelf.whole();
    assert_eq!(project.documents().count(), 40);
    carry_out(&mut project, &mut shelf, &Deed::Finish(index_of(0, 40)), 0);
    shelf.take_snapshot(&mut project, WHOLE, None);
    assert_eq!(shelf.stacks.keys().copied().collect::<Vec<_>>(), [1], "those have records of their own");
    for opened in [shelf.whole(), shelf.listed().unwrap()] {
        assert_eq!((opened.listed().count(), opened.latest_stack()), (40, 2));
    }
}

#[test]
fn without_the_note_that_lets_them_in_articles_in_stacks_are_let_in_by_the_journal() {
    let (mut project, mut shelf) = (Project::default(), Shelf::default());
    shelf.import(&mut project, &names(&many("a")));
    shelf.take_snapshot(&mut project, WHOLE, None);
    for note in [None, Some(Value::from("?"))] {
        let mut damaged = shelf.clone();
        damaged.settings.remove(LET_IN);
        damaged.settings.extend(note.map(|note| (LET_IN.to_owned(), note)));
        assert!(damaged.listed().is_none());
        assert_eq!(all_of(&damaged.whole()), all_of(&project));
    }
}

#[test]
fn a_document_that_cannot_be_read_keeps_the_journal_that_tells_of_it() {
    let (mut project, mut shelf) = (Project::default(), Shelf::default());
    shelf.import(&mut project, &["a", "b"]);
    shelf.take_snapshot(&mut project, WHOLE, None);
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
    shelf.take_snapshot(&mut project, WHOLE, None);
    let blocks = shelf.settings.keys().filter(|key| key.starts_with("heads/")).count();
    assert_eq!(blocks, 3);
    carry_out(&mut project, &mut shelf, &Deed::Finish(index_of(700, 1_200)), 0);
    let ids = project.take_changed(usize::MAX, usize::MAX);
    let (written, are_all) = project.take_stale_heads(9);
    assert!(are_all);
    let keys: Vec<_> = written
        .iter()
        .map(|write| match write {
            Write::Setting { key, .. } | Write::Json { key, .. } => key.to_string(),
            _ => String::new(),
        })
        .collect();
    assert_eq!(keys, ["heads/000001", "heads"]);
    project.put_back_changed(ids);
    project.put_back_heads();
    assert_eq!(project.take_stale_heads(9).0.len(), 4, "a refused writing is made again as a whole");
}

/// The index that picks the element at this place of a list so long.
fn index_of(place: usize, of: usize) -> Index {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut tree = || any::<Index>().new_tree(&mut runner).unwrap().current();
    std::iter::repeat_with(&mut tree).find(|index| index.index(of) / 500 == place / 500).unwrap()
}
