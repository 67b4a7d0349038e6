//! Laws of annotation, on texts made to break things: what is done can be undone, to the very document; what is stored
//! comes back; the journal tells the whole story.

#![allow(clippy::unwrap_used, reason = "a test that fails is to fail loudly")]

mod common;

use std::collections::HashMap;
use std::sync::Arc;

use misam::annotation::{
    Change, Document, DocumentId, Edit, EditKind, Origin, Rejection, Relabelling, Span, SpanId, SpanSet,
    Status,
};
use misam::project::file::{self, ProjectRead, WholeProject};
use misam::project::{
    About, Entry, Imported, Journalled, Project, Recollection, Revived, StoredDocument, is_self_contained,
};
use misam::quality::agreement::Annotations;
use misam::schema::LabelCode;
use misam::text::ByteRange;
use proptest::prelude::*;
use proptest::sample::Index;

/// Something to try on a document; where it falls is left to chance.
#[derive(Clone, Debug)]
enum Attempt {
    Add(Index, Index, bool),
    Remove(Index),
    Relabel(Index),
    Reject(Index),
    Unreject(Index),
    Status(bool),
    RelabelAll(bool),
    Undo,
    Redo,
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let attempt = prop_oneof![
        6 => (any::<Index>(), any::<Index>(), any::<bool>()).prop_map(|(a, b, c)| Attempt::Add(a, b, c)),
        2 => any::<Index>().prop_map(Attempt::Remove),
        2 => any::<Index>().prop_map(Attempt::Relabel),
        2 => any::<Index>().prop_map(Attempt::Reject),
        2 => any::<Index>().prop_map(Attempt::Unreject),
        1 => any::<bool>().prop_map(Attempt::Status),
        1 => any::<bool>().prop_map(Attempt::RelabelAll),
        3 => Just(Attempt::Undo),
        2 => Just(Attempt::Redo),
    ];
    prop::collection::vec(attempt, 0..24)
}

fn code(name: &str) -> LabelCode {
    LabelCode::new(name).unwrap()
}

/// The changes an attempt comes to; none where there is nothing to try it on.
fn changes(document: &Document, attempt: &Attempt) -> Vec<Change> {
    let span = |at: &Index| (!document.spans.is_empty()).then(|| at.get(&spans(document)).clone());
    match attempt {
        Attempt::Add(a, b, suggested) => {
            let text = document.text.as_str();
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let range = ByteRange::new(*a.get(&bounds), *b.get(&bounds));
            if range.is_empty() {
                return Vec::new();
            }
            let origin = if *suggested { Origin::Suggested } else { Origin::Manual };
            let id = document.spans.free_ids().next().unwrap();
            vec![Change::Add(Arc::new(Span::new(id, range, code("LOC"), origin)))]
        }
        Attempt::Remove(at) => span(at).map(Change::Remove).into_iter().collect(),
        Attempt::Relabel(at) => span(at).map(relabelled).into_iter().collect(),
        Attempt::Reject(at) => span(at).map(rejected).unwrap_or_default(),
        Attempt::Unreject(at) => {
            let rejected = &document.rejected;
            (!rejected.is_empty()).then(|| Change::Unreject(at.get(rejected).clone())).into_iter().collect()
        }
        Attempt::Status(done) => {
            let after = if *done { Status::Done } else { Status::InProgress };
            vec![Change::Status { before: document.status, after }]
        }
        Attempt::RelabelAll(there) => {
            let (before, after) =
                if *there { (code("LOC"), code("ORG")) } else { (code("ORG"), code("LOC")) };
            let spans = document.spans.iter().filter(|span| span.label == before).map(|span| span.id.clone());
            let rejections = document.rejected.iter().filter(|rejection| rejection.label == before).cloned();
            let (spans, rejections) = (spans.collect(), rejections.collect());
            vec![Change::Relabel(Relabelling { before, after, spans, rejections, rejected: Vec::new() })]
        }
        Attempt::Undo | Attempt::Redo => Vec::new(),
    }
}

fn spans(document: &Document) -> Vec<Arc<Span>> {
    document.spans.iter().cloned().collect()
}

fn relabelled(before: Arc<Span>) -> Change {
    let after = Span { label: code("ORG"), origin: before.origin.after_correction(), ..(*before).clone() };
    Change::Replace { before, after: Arc::new(after) }
}

fn rejected(span: Arc<Span>) -> Vec<Change> {
    let rejection = Rejection { range: span.range, label: span.label.clone(), source: None };
    vec![Change::Remove(span), Change::Reject(rejection)]
}

/// A project with one document, and the journal of what was tried on it.
fn worked_on(text: &str, attempts: &[Attempt]) -> (Project, DocumentId, Vec<Journalled>) {
    let mut project = Project::default();
    let document = Document::new(DocumentId::new("d"), text);
    let Imported { names, entry, .. } = project.import([document], |edit| edit).unwrap();
    let id = names[0].clone();
    let mut journal = vec![entry];
    for attempt in attempts {
        let outcome = match attempt {
            Attempt::Undo if project.history().done().len() > 1 => project.undo(),
            Attempt::Redo => project.redo(),
            _ => {
                let changes = changes(project.document(&id).unwrap(), attempt);
                if changes.is_empty() {
                    continue;
                }
                project.commit(Edit::of(EditKind::Label, &id, changes))
            }
        };
        journal.extend(outcome.ok());
    }
    (project, id, journal)
}

/// The document as it was after so much of the journal, as the storage gives it back.
fn then(text: &str, id: &DocumentId, journal: &[Journalled]) -> Document {
    let mut then = Project::default();
    then.insert(Document { present: false, ..Document::new(id.clone(), text) });
    then.replay(journal.to_vec(), &HashMap::from([(id.clone(), 0)]));
    let record = StoredDocument::of(then.document(id).unwrap(), 0, journal.len() as u64);
    let record: StoredDocument = serde_json::from_str(&serde_json::to_string(&record).unwrap()).unwrap();
    record.revive(text.into()).unwrap()
}

/// What the set of spans says of itself is true.
fn check(spans: &SpanSet) {
    let listed: Vec<_> = spans.iter().collect();
    assert!(listed.is_sorted_by(|a, b| a.document_order(b).is_lt()), "spans are in order and differ");
    assert_eq!(spans.suggested(), listed.iter().filter(|span| span.origin == Origin::Suggested).count());
    for (position, span) in listed.into_iter().enumerate() {
        assert_eq!(spans.position(&span.id), Some(position));
        assert!(spans.overlapping(span.range).any(|other| other.id == span.id));
        assert!(spans.around(span.range.end).iter().any(|other| other.id == span.id));
    }
}

proptest! {
    #[test]
    fn an_article_without_a_title_is_called_by_its_first_paragraph_with_something_in_it(
        text in common::hostile_text(),
    ) {
        let document = Document::new(DocumentId::new("d"), text);
        let paragraphs = document.text.paragraphs().iter();
        let contents = paragraphs.filter_map(|paragraph| document.text.slice(paragraph.content));
        let first = contents.map(str::trim).find(|line| !line.is_empty());
        prop_assert_eq!(document.first_line(), first.unwrap_or("d"));
    }

    #[test]
    fn undoing_everything_and_redoing_it_changes_nothing(
        text in common::hostile_text(),
        attempts in attempts(),
    ) {
        let (mut project, id, _) = worked_on(&text, &attempts);
        let last = project.document(&id).unwrap().clone();
        check(&last.spans);
        let (done, left) = (project.history().done().len(), project.history().undone().len());
        for _ in 0..done {
            project.undo().unwrap();
        }
        let first = project.document(&id).unwrap();
        prop_assert!(first.spans.is_empty() && first.rejected.is_empty() && !first.present);
        prop_assert_eq!(first.text.as_str(), text.as_str());
        for _ in 0..done {
            project.redo().unwrap();
        }
        prop_assert_eq!(project.document(&id), Some(&last));
        prop_assert_eq!(project.history().undone().len(), left);
    }

    #[test]
    fn every_edit_inverts(text in common::hostile_text(), attempts in attempts()) {
        let (project, id, _) = worked_on(&text, &attempts);
        let before = project.document(&id).unwrap().clone();
        for attempt in &attempts {
            let mut document = before.clone();
            let made = changes(&document, attempt);
            for change in &made {
                document.apply(change).unwrap();
            }
            for change in made.iter().rev() {
                document.apply(&change.inverted()).unwrap();
            }
            prop_assert_eq!(&document, &before);
        }
    }

    #[test]
    fn the_stored_journal_brings_back_documents_and_history(
        text in common::hostile_text(),
        attempts in attempts(),
        cut in any::<Index>(),
    ) {
        let (project, id, journal) = worked_on(&text, &attempts);
        let stored = serde_json::to_string(&journal).unwrap();
        let journal: Vec<Journalled> = serde_json::from_str(&stored).unwrap();

        // A snapshot taken at any moment, and the whole journal, give the same as having been there.
        let snapshot = cut.index(journal.len() + 1);
        let mut revived = Project::default();
        revived.insert(then(&text, &id, &journal[..snapshot]));
        let unfit = revived.replay(journal, &HashMap::from([(id.clone(), snapshot as u64)]));
        prop_assert_eq!(unfit, 0);
        prop_assert_eq!(revived.document(&id), project.document(&id));
        prop_assert_eq!(revived.history(), project.history());
    }

    #[test]
    fn a_snapshot_and_the_journal_after_it_are_enough_and_the_history_comes_later(
        text in common::hostile_text(),
        attempts in attempts(),
        cut in any::<Index>(),
        undo_afterwards: bool,
    ) {
        let (mut project, id, journal) = worked_on(&text, &attempts);
        let snapshot = cut.index(journal.len() + 1);
        let (before, after) = journal.split_at(snapshot);
        let mut revived = Project::default();
        revived.insert(then(&text, &id, before));
        let snapshots = HashMap::from([(id.clone(), snapshot as u64)]);
        if !is_self_contained(after) {
            // What is taken back stands before the snapshot: then all of it is read.
            prop_assert!(after.iter().any(|entry| !matches!(entry.entry, Entry::Do(_))));
            return Ok(());
        }
        prop_assert_eq!(revived.replay(after.to_vec(), &snapshots), 0);
        revived.continue_after(snapshot as u64);
        prop_assert_eq!(revived.document(&id), project.document(&id));
        prop_assert_eq!(revived.seq(), project.seq());

        // Somebody goes on working before the history is known.
        let edit = Edit::of(EditKind::Status, &id, [Change::Status {
            before: project.document(&id).unwrap().status,
            after: Status::Done,
        }]);
        for project in [&mut project, &mut revived] {
            project.commit(edit.clone()).unwrap();
            if undo_afterwards {
                project.undo().unwrap();
            }
        }
        revived.expect_history();
        let mut told = Recollection::default();
        for entry in before {
            told.take_json(&serde_json::to_string(entry).unwrap()).unwrap();
        }
        revived.recall(told.into_history());
        prop_assert!(revived.knows_history());
        prop_assert_eq!(revived.history(), project.history());
    }

    #[test]
    fn who_follows_entry_by_entry_has_the_same(
        text in common::hostile_text(),
        attempts in attempts(),
        cuts in prop::collection::vec(any::<Index>(), 0..4),
    ) {
        let (project, id, journal) = worked_on(&text, &attempts);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(journal.len() + 1)).collect();
        cuts.extend([0, journal.len()]);
        cuts.sort_unstable();
        let mut follower = Project::default();
        for part in cuts.windows(2) {
            let record = then(&text, &id, &journal[..part[0]]);
            let news = Revived {
                documents: vec![record],
                snapshots: HashMap::from([(id.clone(), part[0] as u64)]),
                journal: journal[part[0]..part[1]].to_vec(),
                ..Revived::default()
            };
            prop_assert_eq!(follower.follow(news), Ok(()));
        }
        prop_assert_eq!(follower.document(&id), project.document(&id));
        prop_assert_eq!(follower.history(), project.history());
        if journal.len() > 1 {
            let gap = Revived { journal: journal[1..].to_vec(), ..Revived::default() };
            prop_assert!(Project::default().follow(gap).is_err(), "a gap is noticed");
        }
    }

    #[test]
    fn a_project_comes_back_from_its_file_as_it_was(
        text in common::hostile_text(),
        attempts in attempts(),
        name in common::hostile_text(),
    ) {
        let (project, _, journal) = worked_on(&text, &attempts);
        let documents: Vec<_> = project.all_documents().cloned().collect();
        let whole = WholeProject {
            about: About { name, ..About::default() },
            settings: serde_json::Map::new(),
            schema: project.stored_schema(),
            annotators: vec![Annotations { annotator: "amal".to_owned(), documents: documents.clone() }],
            documents,
            journal,
        };
        let bytes = file::write(&whole).unwrap();
        let ProjectRead { project: read, faults } = file::read(&bytes).unwrap();
        prop_assert_eq!(faults, []);
        prop_assert_eq!(file::write(&read).unwrap(), bytes);
        prop_assert_eq!(read, whole);
    }

    #[test]
    fn a_change_that_does_not_fit_leaves_the_document_as_it_was(
        text in common::hostile_text(),
        start in 0usize..200,
        length in 0usize..200,
    ) {
        let mut document = Document::new(DocumentId::new("d"), text.as_str());
        let range = ByteRange::from(start..start + length);
        let span = Arc::new(Span::new(SpanId::numbered(1), range, code("LOC"), Origin::Manual));
        let before = document.clone();
        let fits = text.get(start..start + length).is_some_and(|surface| !surface.is_empty());
        prop_assert_eq!(document.apply(&Change::Add(span)).is_ok(), fits);
        if !fits {
            prop_assert_eq!(document, before);
        }
    }
}

/// The journal as builds wrote it that named rejections by their places in a list to which each was added at the end.
#[test]
fn a_relabelling_that_names_rejections_by_their_places_is_read_as_it_was_meant_and_taken_back_exactly() {
    let reject = |start: usize, label: &str| Change::Reject(rejection(start, label));
    let (relabel, id) = (r#"{"before":"LOC","after":"GPE","rejected":[0,2]}"#, DocumentId::new("d"));
    let relabel: Relabelling = serde_json::from_str(relabel).unwrap();
    let edits = [
        vec![Change::Present(true)],
        vec![reject(4, "LOC"), reject(2, "LOC"), reject(0, "LOC"), reject(1, "GPE")],
        vec![Change::Unreject(rejection(2, "LOC")), reject(2, "LOC")],
        // By then they stand in the order 4, 0, 2.
        vec![Change::Unreject(rejection(1, "GPE")), Change::Relabel(relabel)],
    ];
    let entries = edits.map(|changes| Entry::Do(Arc::new(Edit::of(EditKind::Schema, &id, changes))));
    let journal: Vec<_> =
        entries.into_iter().zip(1..).map(|(entry, seq)| Journalled { seq, entry }).collect();
    let labels = |project: &Project| -> Vec<String> {
        let rejected = &project.document(&id).unwrap().rejected;
        rejected.iter().map(|one| format!("{}{}", one.range.start.to_usize(), one.label)).collect()
    };
    let mut project = Project::default();
    project.insert(Document { present: false, ..Document::new(id.clone(), "abcdef") });
    assert_eq!(project.replay(journal, &HashMap::from([(id.clone(), 0)])), 0);
    assert_eq!(labels(&project), ["0LOC", "2GPE", "4GPE"]);
    // What is done and taken back since is no matter.
    project.commit(Edit::of(EditKind::Reject, &id, [Change::Unreject(rejection(4, "GPE"))])).unwrap();
    project.undo().unwrap();
    project.undo().unwrap();
    assert_eq!(labels(&project), ["0LOC", "1GPE", "2LOC", "4LOC"]);
    project.redo().unwrap();
    assert_eq!(labels(&project), ["0LOC", "2GPE", "4GPE"]);
}

fn rejection(start: usize, label: &str) -> Rejection {
    Rejection { range: (start..start + 1).into(), label: code(label), source: None }
}

#[test]
fn a_rejection_that_is_taken_out_of_the_middle_comes_back_there_and_labels_with_it() {
    let mut document = Document::new(DocumentId::new("d"), "abcdef");
    for (start, label) in [(0, "LOC"), (2, "ORG"), (4, "LOC")] {
        document.apply(&Change::Reject(rejection(start, label))).unwrap();
    }
    let before = document.clone();
    let rejections = vec![rejection(0, "LOC"), rejection(4, "LOC")];
    let (from, to) = (code("LOC"), code("GPE"));
    let relabel =
        Relabelling { before: from, after: to, spans: Vec::new(), rejections, rejected: Vec::new() };
    let relabel = Change::Relabel(relabel);
    let unreject = Change::Unreject(rejection(0, "GPE"));
    for change in [&relabel, &unreject, &unreject.inverted(), &relabel.inverted()] {
        document.apply(change).unwrap();
    }
    assert_eq!(document, before);
}
