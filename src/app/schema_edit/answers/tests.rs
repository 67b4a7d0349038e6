use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::annotation::{Change, DocumentId, Origin, Span, SpanId};
use crate::app::schema_edit::{Plan, label_usage};
use crate::schema::{Localized, Schema};

fn code(code: &str) -> LabelCode {
    LabelCode::new(code).unwrap()
}

fn attribute(name: &str, values: AttributeValues, labels: &[&str]) -> AttributeDef {
    let labels = labels.iter().map(|label| code(label)).collect();
    AttributeDef { code: code(name), name: Localized::new(name, ""), values, labels }
}

fn choice(choices: &[(&str, &str, &str)]) -> AttributeValues {
    let of =
        |&(name, en, ar): &(&str, &str, &str)| ChoiceDef { code: code(name), name: Localized::new(en, ar) };
    AttributeValues::Choice(choices.iter().map(of).collect())
}

fn draft(attributes: Vec<AttributeDef>) -> Draft {
    Draft::of(&Arc::new(Schema { attributes, ..Schema::conflict_news() }))
}

fn row(draft: &Draft, name: &str) -> RowId {
    draft.attributes.iter().find(|attribute| attribute.def.code == *name).unwrap().row
}

fn merge(draft: &mut Draft, gone: &str, into: &str) {
    let (gone, into) = (row(draft, gone), row(draft, into));
    draft.merge_attribute(gone, into);
}

/// A document with a span for each of these answers.
fn document(answers: &[Value]) -> Document {
    let mut document = Document::new(DocumentId::new("d"), "aa ".repeat(answers.len()).as_str());
    for (n, answers) in (0u32..).zip(answers) {
        let start = n as usize * 3;
        let span = Span::new(SpanId::numbered(n + 1), (start..start + 2).into(), code("PER"), Origin::Manual);
        let span = Span { attributes: answers.as_object().unwrap().clone(), ..span };
        document.apply(&Change::Add(Arc::new(span))).unwrap();
    }
    document
}

fn plan(draft: &Draft, document: &Document) -> Plan {
    draft.plan(&label_usage(std::iter::once(document)))
}

fn after(draft: &Draft, document: &Document) -> Vec<Value> {
    let mut after = document.clone();
    plan(draft, document).changes(document).changes.iter().for_each(|change| after.apply(change).unwrap());
    after.spans.iter().map(|span| Value::Object(span.attributes.clone())).collect()
}

fn asked(draft: &Draft, document: &Document) -> Vec<(String, Answered)> {
    let count = |gone: &str, into: &str| Answered::count(std::iter::once(document), gone, into);
    let questions = draft.answer_questions(count).into_iter();
    questions.map(|question| (question.code.to_string(), question.answered)).collect()
}

fn sides() -> Draft {
    let one = choice(&[("gov", "Government", "الحكومة"), ("reb", "Rebels", "المعارضة")]);
    let other =
        choice(&[("state", "government ", ""), ("opposition", "", "المعارضه"), ("un", "United Nations", "")]);
    draft(vec![attribute("side", one, &["PER"]), attribute("party", other, &["ORG"])])
}

#[test]
fn answers_that_are_called_the_same_become_the_same_and_the_others_are_added() {
    let mut draft = sides();
    let document = document(&[
        json!({"party": "state"}),
        json!({"party": "opposition", "note": "x"}),
        json!({"party": "un"}),
        json!({"party": "unheard of"}),
        json!({"note": "y"}),
    ]);
    merge(&mut draft, "party", "side");
    assert_eq!(asked(&draft, &document), [("party".to_owned(), Answered { spans: 4, both: 0 })]);
    assert_eq!(
        after(&draft, &document),
        [
            json!({"side": "gov"}),
            json!({"note": "x", "side": "reb"}),
            json!({"side": "un"}),
            json!({"side": "unheard of"}),
            json!({"note": "y"}),
        ]
    );
    let schema = draft.schema();
    assert_eq!(schema.attributes.len(), 1);
    assert_eq!(schema.attributes[0].labels, [code("PER"), code("ORG")], "asked of the labels of both");
    let AttributeValues::Choice(choices) = &schema.attributes[0].values else { panic!("{schema:?}") };
    let codes: Vec<_> = choices.iter().map(|choice| choice.code.as_str()).collect();
    assert_eq!(codes, ["gov", "reb", "un"]);
    assert_eq!(schema.problems(), []);
}

#[test]
fn an_answer_that_is_there_is_not_written_over() {
    let mut draft = sides();
    let document = document(&[json!({"side": "reb", "party": "state"})]);
    merge(&mut draft, "party", "side");
    assert_eq!(asked(&draft, &document), [("party".to_owned(), Answered { spans: 1, both: 1 })]);
    assert_eq!(after(&draft, &document), [json!({"side": "reb"})]);
}

#[test]
fn answers_may_stay_or_go() {
    let document = document(&[json!({"party": "state"})]);
    for (fate, expected) in [(AnswerFate::Keep, json!({"party": "state"})), (AnswerFate::Delete, json!({}))] {
        let mut draft = sides();
        merge(&mut draft, "party", "side");
        draft.decide_answers(&code("party"), fate);
        assert_eq!(after(&draft, &document), [expected]);
    }
}

#[test]
fn only_what_can_hold_the_answers_is_offered() {
    let draft = draft(vec![
        attribute("flag", AttributeValues::Flag, &[]),
        attribute("flag2", AttributeValues::Flag, &[]),
        attribute("choice", choice(&[("a", "A", "")]), &[]),
        attribute("text", AttributeValues::Text, &[]),
    ]);
    let offered = |of: &str| {
        let targets = draft.merge_targets(row(&draft, of));
        targets.map(|target| target.def.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(offered("flag"), ["flag2", "choice", "text"]);
    assert_eq!(offered("choice"), ["text"]);
    assert_eq!(offered("text"), [""; 0]);
}

#[test]
fn a_flag_becomes_an_answer_and_answers_go_on_with_a_second_merger() {
    let mut draft = draft(vec![
        attribute("denied", AttributeValues::Flag, &["PER"]),
        attribute("doubtful", AttributeValues::Flag, &[]),
        attribute("status", choice(&[("certain", "Certain", "")]), &["PER"]),
        attribute("remark", AttributeValues::Text, &["LOC"]),
    ]);
    let document =
        document(&[json!({"denied": true}), json!({"doubtful": true}), json!({"status": "certain"})]);
    merge(&mut draft, "denied", "doubtful");
    assert_eq!(after(&draft, &document)[..2], [json!({"doubtful": true}), json!({"doubtful": true})]);
    merge(&mut draft, "doubtful", "status");
    let last = json!({"status": "doubtful"});
    assert_eq!(after(&draft, &document), [last.clone(), last, json!({"status": "certain"})]);
    merge(&mut draft, "status", "remark");
    let said: Vec<_> =
        after(&draft, &document).into_iter().map(|answers| answers["remark"].clone()).collect();
    assert_eq!(said, ["doubtful", "doubtful", "certain"]);
    assert!(draft.schema().attributes[0].labels.is_empty(), "one of them was asked of all");
}

#[test]
fn labels_and_answers_of_a_span_change_together_and_deleted_spans_only_go() {
    let mut draft = sides();
    merge(&mut draft, "party", "side");
    let person = draft.labels.iter().find(|label| label.def.code == *"PER").unwrap().row;
    draft.set_code(person, "HUM");
    let document = document(&[json!({"party": "state"})]);
    let mut changed = document.clone();
    plan(&draft, &document)
        .changes(&document)
        .changes
        .iter()
        .for_each(|change| changed.apply(change).unwrap());
    let span = changed.spans.iter().next().unwrap();
    assert_eq!((span.label.as_str(), &span.attributes["side"]), ("HUM", &json!("gov")));
    draft.decide(code("PER"), crate::app::schema_edit::Fate::Delete);
    assert_eq!(after(&draft, &document), [json!(null); 0]);
}

#[test]
fn a_merger_into_what_is_taken_out_leaves_answers_as_they_were() {
    let mut draft = sides();
    merge(&mut draft, "party", "side");
    let side = row(&draft, "side");
    draft.remove_attribute(side);
    let document = document(&[json!({"party": "state"})]);
    assert_eq!(asked(&draft, &document), []);
    assert_eq!(after(&draft, &document), [json!({"party": "state"})]);
}
