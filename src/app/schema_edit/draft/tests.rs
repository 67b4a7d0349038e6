use super::*;
use crate::schema::Template;

fn draft() -> Draft {
    Draft::of(&Arc::new(Schema::conflict_news()))
}

fn row(draft: &Draft, code: &str) -> RowId {
    draft.labels.iter().find(|label| label.def.code == *code).unwrap().row
}

fn codes(draft: &Draft) -> Vec<String> {
    draft.schema().labels.iter().map(|label| label.code.to_string()).collect()
}

#[test]
fn a_draft_that_nobody_touched_is_the_schema() {
    let draft = draft();
    assert_eq!(draft.schema(), Schema::conflict_news());
    assert!(!draft.is_changed() && draft.problems().is_empty());
}

#[test]
fn new_labels_are_sound_at_once() {
    let mut draft = draft();
    for _ in 0..12 {
        draft.add_label().unwrap();
    }
    assert_eq!(draft.problems(), []);
    let schema = draft.schema();
    assert_eq!(schema.labels[11].code, "NEW");
    assert_eq!(schema.labels[12].code, "NEW2");
    let looks: std::collections::HashSet<_> = schema.labels.iter().map(|l| (l.colours, l.line)).collect();
    assert_eq!(looks.len(), schema.labels.len(), "each looks different");
    assert!(schema.labels[11].key.is_some());
}

#[test]
fn a_code_that_cannot_be_one_is_a_problem_until_it_is_corrected() {
    let mut draft = draft();
    let per = row(&draft, "PER");
    draft.set_code(per, "P R");
    assert_eq!(draft.problems()[0].path, "labels[0].code");
    draft.set_code(per, " HUM ");
    assert_eq!(draft.problems(), []);
    assert_eq!(draft.schema().labels[0].code, "HUM");
}

#[test]
fn a_renamed_label_takes_its_suggestions_and_attributes_along() {
    let mut draft = draft();
    let per = row(&draft, "PER");
    let doubt = draft.add_attribute().unwrap();
    draft.ask_of(doubt, per, true);
    draft.set_code(per, "HUM");
    let schema = draft.schema();
    assert_eq!(schema.resolve("PER").unwrap().code, "HUM");
    assert_eq!(schema.attributes[0].labels, [LabelCode::new("HUM").unwrap()]);
    assert_eq!(schema.problems(), []);
}

#[test]
fn a_merged_label_becomes_an_alias_and_an_attribute_of_a_deleted_one_goes() {
    let mut draft = draft();
    let (org, grp, per) = (row(&draft, "ORG"), row(&draft, "GRP"), row(&draft, "PER"));
    let doubt = draft.add_attribute().unwrap();
    draft.ask_of(doubt, per, true);
    draft.merge(grp, org);
    draft.remove(per);
    let schema = draft.schema();
    assert_eq!(schema.resolve("GRP").unwrap().code, "ORG");
    assert!(schema.resolve("PER").is_none());
    assert_eq!(schema.attributes, []);
    assert_eq!(schema.problems(), []);
}

#[test]
fn labels_change_places() {
    let mut draft = draft();
    let org = row(&draft, "ORG");
    draft.shift(org, true);
    assert_eq!(codes(&draft)[..2], ["ORG", "PER"]);
    draft.shift(org, true);
    assert_eq!(codes(&draft)[0], "ORG", "the first has nowhere to go");
    assert_eq!(draft.schema().id, "conflict-news/1", "the labels are the same");
}

#[test]
fn other_labels_go_by_another_id() {
    let mut draft = draft();
    draft.add_label().unwrap();
    assert_eq!(draft.schema().id, "conflict-news-own/1");
    let own = Arc::new(draft.schema());
    let mut again = Draft::of(&own);
    again.add_label().unwrap();
    assert_eq!(again.schema().id, "conflict-news-own/1", "old records still fit");
    let per = row(&again, "PER");
    again.set_code(per, "HUM");
    assert_eq!(again.schema().id, "conflict-news-own/2");
    again.id = "people/7".into();
    assert_eq!(again.schema().id, "people/7", "what somebody chose stays");
    again.load(Template::Conll4.schema());
    assert_eq!(again.schema().id, "conll-4/1");
}

#[test]
fn a_schema_that_loses_labels_gets_another_id_whatever_number_it_has() {
    for (id, next) in [("mine/2", "mine/3"), ("mine", "mine/2"), ("mine/4294967295", "mine/4294967295/2")] {
        let mut draft = Draft::of(&Arc::new(Schema { id: id.into(), ..Schema::conflict_news() }));
        let person = row(&draft, "PER");
        draft.remove(person);
        assert_eq!(draft.schema().id, next);
        draft
            .labels
            .clone_from(&Draft::of(&Arc::new(Schema { id: id.into(), ..Schema::conflict_news() })).labels);
        draft.add_label_of(LabelCode::new("MORE").unwrap());
        assert_eq!(draft.schema().id, id, "records of the old one still fit");
    }
}
