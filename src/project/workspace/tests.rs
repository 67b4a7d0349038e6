use super::*;
use crate::annotation::{Origin, Relabelling, SchemaChange, Span, SpanId};
use crate::schema::LabelCode;

const TEXT: &str = "زار بغداد";

fn label_edit(id: &DocumentId, range: std::ops::Range<usize>, number: u32) -> Edit {
    let span =
        Span::new(SpanId::numbered(number), range.into(), LabelCode::new("LOC").unwrap(), Origin::Manual);
    Edit::of(EditKind::Label, id, [Change::Add(Arc::new(span))])
}

fn project() -> (Project, DocumentId, Journalled) {
    let mut project = Project::default();
    let document = Document::new(DocumentId::new("a"), TEXT);
    let imported = project.import([document], |edit| edit).unwrap();
    (project, imported.names[0].clone(), imported.entry)
}

#[test]
fn new_entries_do_not_take_the_numbers_of_unreadable_ones() {
    let (mut project, id, _) = project();
    project.continue_after(7);
    assert_eq!(project.commit(label_edit(&id, 7..17, 1)).unwrap().seq, 8);
    project.continue_after(2);
    assert_eq!(project.seq(), 8, "numbers only rise");
}

#[test]
fn undoing_an_import_takes_the_article_out_and_redoing_brings_it_back_whole() {
    let (mut project, id, _) = project();
    project.undo().unwrap();
    assert_eq!(project.documents().count(), 0);
    project.redo().unwrap();
    assert_eq!(project.documents().next().map(|d| d.text.as_str()), Some(TEXT));
    assert!(project.document(&id).is_some());
}

#[test]
fn only_what_concerns_documents_as_a_whole_changes_their_list() {
    let (mut project, id, _) = project();
    let listed = project.listing();
    project.commit(label_edit(&id, 7..17, 1)).unwrap();
    assert_eq!(project.listing(), listed);
    let flag = Change::Meta { key: "flag".into(), before: None, after: Some(true.into()) };
    project.commit(Edit::of(EditKind::Describe, &id, [flag])).unwrap();
    assert!(project.listing() > listed);
    let flagged = project.listing();
    project.insert(Document::new(DocumentId::new("b"), TEXT));
    assert!(project.listing() > flagged);
}

#[test]
fn a_name_that_is_taken_gets_a_number() {
    let (mut project, ..) = project();
    let again = project.insert(Document::new(DocumentId::new("a"), "x"));
    assert_eq!(again.as_str(), "a-2");
}

#[test]
fn the_name_of_an_unreadable_document_stays_taken() {
    let (mut project, ..) = project();
    project.reserve([DocumentId::new("b"), DocumentId::new("a-2")]);
    assert_eq!(project.insert(Document::new(DocumentId::new("b"), "x")).as_str(), "b-2");
    assert_eq!(project.insert(Document::new(DocumentId::new("a"), "x")).as_str(), "a-3");
}

#[test]
fn an_edit_that_fails_half_way_changes_nothing() {
    let (mut project, id, _) = project();
    let before = project.document(&id).unwrap().clone();
    let mut edit = label_edit(&id, 7..17, 1);
    edit.steps.extend(label_edit(&id, 0..6, 1).steps);
    assert!(matches!(project.commit(edit), Err(Refused::Conflict { .. })));
    assert_eq!(project.document(&id), Some(&before));
    assert_eq!(project.seq(), 1);
}

#[test]
fn replaying_the_journal_gives_documents_and_history_back() {
    let (mut project, id, first) = project();
    let mut journal = vec![first];
    journal.push(project.commit(label_edit(&id, 7..17, 1)).unwrap());
    journal.push(project.commit(label_edit(&id, 0..6, 2)).unwrap());
    journal.push(project.undo().unwrap());
    for snapshot in 0..=journal.len() as u64 {
        let mut current = Project::default();
        current.insert(Document { present: false, ..Document::new(id.clone(), TEXT) });
        let (old, _) = journal.split_at(snapshot as usize);
        current.replay(old.to_vec(), &HashMap::from([(id.clone(), 0)]));
        let stored = current.document(&id).unwrap().clone();

        let mut revived = Project::default();
        revived.insert(stored);
        let unfit = revived.replay(journal.clone(), &HashMap::from([(id.clone(), snapshot)]));
        assert_eq!(unfit, 0);
        assert_eq!(revived.document(&id), project.document(&id));
        assert_eq!(revived.history(), project.history());
        assert_eq!(revived.seq(), project.seq());
    }
}

/// Renames LOC to GPE, in the schema and in the spans with these numbers.
fn schema_edit(project: &Project, id: &DocumentId, spans: &[u32]) -> Edit {
    let code = |code: &str| LabelCode::new(code).unwrap();
    let mut after = (**project.schema()).clone();
    let place = after.labels.iter_mut().find(|label| label.code == "LOC").unwrap();
    place.code = code("GPE");
    let relabelling = Relabelling {
        before: code("LOC"),
        after: code("GPE"),
        spans: spans.iter().map(|&number| SpanId::numbered(number)).collect(),
        rejections: Vec::new(),
        rejected: Vec::new(),
    };
    let schema = SchemaChange { before: Arc::clone(project.schema()), after: Arc::new(after) };
    Edit { schema: Some(schema), ..Edit::of(EditKind::Schema, id, [Change::Relabel(relabelling)]) }
}

#[test]
fn a_change_of_the_schema_is_one_step_with_its_spans_and_lives_through_a_reload() {
    let (mut project, id, first) = project();
    let mut journal = vec![first];
    journal.push(project.commit(label_edit(&id, 7..17, 1)).unwrap());
    let old = Arc::clone(project.schema());
    journal.push(project.commit(schema_edit(&project, &id, &[1])).unwrap());
    let new = Arc::clone(project.schema());
    assert!(new.label("GPE").is_some());
    journal.push(project.undo().unwrap());
    assert_eq!((project.schema(), label_of(&project, &id)), (&old, "LOC"));
    journal.push(project.redo().unwrap());
    assert_eq!((project.schema(), label_of(&project, &id)), (&new, "GPE"));

    // The schema is stored beside the journal; an old storage has none.
    for stored in
        [None, Some(StoredSchema { seq: 3, schema: Arc::clone(&new) }), Some(project.stored_schema())]
    {
        let mut revived = Project::default();
        revived.insert(Document { present: false, ..Document::new(id.clone(), TEXT) });
        if let Some(stored) = stored {
            let json = serde_json::to_string(&stored).unwrap();
            revived.restore_schema(serde_json::from_str(&json).unwrap());
        }
        let journal: Vec<Journalled> =
            serde_json::from_str(&serde_json::to_string(&journal).unwrap()).unwrap();
        assert_eq!(revived.replay(journal, &HashMap::from([(id.clone(), 0)])), 0);
        assert_eq!((revived.schema(), label_of(&revived, &id)), (&new, "GPE"));
        revived.undo().unwrap();
        assert_eq!((revived.schema(), label_of(&revived, &id)), (&old, "LOC"));
    }
}

fn label_of<'a>(project: &'a Project, id: &DocumentId) -> &'a str {
    project.document(id).unwrap().spans.iter().next().unwrap().label.as_str()
}

#[test]
fn a_change_of_another_schema_is_refused_whole() {
    let (mut project, id, _) = project();
    project.commit(label_edit(&id, 7..17, 1)).unwrap();
    let mut edit = schema_edit(&project, &id, &[1]);
    edit.schema = edit.schema.map(|change| change.inverted());
    assert_eq!(project.commit(edit), Err(Refused::Schema));
    assert_eq!(label_of(&project, &id), "LOC");
}

#[test]
fn a_journal_from_before_schemas_could_change_is_read() {
    let old = r#"{"seq":1,"entry":{"do":{"kind":"import","steps":[],"at":5}}}"#;
    let Journalled { entry: Entry::Do(edit), .. } = serde_json::from_str(old).unwrap() else { panic!() };
    assert_eq!((edit.at, &edit.schema), (5, &None));
    assert!(!serde_json::to_string(&edit).unwrap().contains("schema"), "and written as it was");
}

#[test]
fn an_article_as_it_was_is_brought_back_by_the_changes_that_lead_there() {
    let (mut project, id, _) = project();
    project.commit(label_edit(&id, 7..17, 1)).unwrap();
    let then = project.document(&id).unwrap().clone();
    project.commit(label_edit(&id, 0..6, 2)).unwrap();
    let gone = project.document(&id).unwrap().spans.get(&SpanId::numbered(1)).unwrap().clone();
    project.commit(Edit::of(EditKind::Delete, &id, [Change::Remove(gone)])).unwrap();
    assert_eq!(project.document_after(&id, 2), Some(then.clone()));
    let changes = project.document(&id).unwrap().changes_to(&then);
    project.commit(Edit::of(EditKind::Restore, &id, changes)).unwrap();
    assert_eq!(project.document(&id), Some(&then));
    project.undo().unwrap();
    assert_eq!(project.document(&id).unwrap().spans.len(), 1, "and that can be taken back");
    assert_eq!(project.document_after(&id, 99), None);
}

#[test]
fn what_was_before_other_labels_cannot_be_brought_back() {
    let (mut project, id, _) = project();
    project.commit(label_edit(&id, 7..17, 1)).unwrap();
    project.commit(schema_edit(&project, &id, &[1])).unwrap();
    assert_eq!(project.document_after(&id, 1), None);
    assert!(project.document_after(&id, 3).is_some());
}

#[test]
fn the_history_told_as_a_journal_gives_the_same_history() {
    let (mut project, id, _) = project();
    project.commit(label_edit(&id, 7..17, 1)).unwrap();
    project.commit(label_edit(&id, 0..6, 2)).unwrap();
    project.undo().unwrap();
    project.undo().unwrap();
    project.redo().unwrap();
    let journal = project.journal_of_history();
    assert!(journal.last().unwrap().seq <= project.seq());
    let mut revived = Project::default();
    revived.insert(project.document(&id).unwrap().clone());
    let snapshots = HashMap::from([(id.clone(), project.seq())]);
    assert_eq!(revived.replay(journal, &snapshots), 0);
    assert_eq!(revived.history(), project.history());
    assert_eq!(revived.document(&id), project.document(&id));
}

#[test]
fn suggestions_are_kept_but_undo_passes_over_them() {
    let (mut project, id, _) = project();
    project.commit(Edit { kind: EditKind::Suggest, ..label_edit(&id, 7..17, 1) }).unwrap();
    project.undo().unwrap();
    assert_eq!(project.document(&id).unwrap().spans.len(), 1);
    assert_eq!(project.documents().count(), 0, "what was undone is the import");
}
