//! Attributes that are merged, and what becomes of the answers that spans have to them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::draft::{Draft, DraftAttribute, RowId};
use crate::annotation::Document;
use crate::schema::{AttributeDef, AttributeValues, ChoiceDef, LabelCode};
use crate::text::Folding;
use crate::text::fold::fold;

/// What a flag that is raised answers, as text.
const RAISED: &str = "true";

/// An attribute of the project that was merged into another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Merged {
    /// The other one.
    pub(super) into: RowId,
    /// What an answer becomes there; one that is not here stays as it is.
    values: BTreeMap<String, String>,
    /// What is to become of its answers.
    fate: AnswerFate,
}

/// What is to become of the answers to a merged attribute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnswerFate {
    /// They become answers to the other one, where a span has none yet.
    #[default]
    Move,
    /// They stay, to an attribute that the schema does not have.
    Keep,
    /// They go.
    Delete,
}

/// How many spans have answers to two attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// Spans with an answer to the one that goes.
    pub spans: usize,
    /// Those of them that have an answer to the other one as well, which stays.
    pub both: usize,
}

impl Answered {
    /// Counts the answers to one attribute, and those beside one to another.
    pub fn count<'a>(documents: impl Iterator<Item = &'a Document>, gone: &str, other: &str) -> Self {
        let mut counted = Self::default();
        for span in documents.flat_map(|document| document.spans.iter()) {
            let has = |code| span.attributes.contains_key(code);
            counted.spans += usize::from(has(gone));
            counted.both += usize::from(has(gone) && has(other));
        }
        counted
    }
}

/// An attribute that was merged and has been answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerQuestion {
    /// Its code.
    pub code: LabelCode,
    /// The code of the one it was merged into.
    pub into: LabelCode,
    /// How many answers there are.
    pub answered: Answered,
    /// What is to become of them, or what is proposed.
    pub fate: AnswerFate,
}

/// What is done to the answers to an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerOutcome {
    /// They become answers to another one.
    Move {
        /// Which.
        into: LabelCode,
        /// True if that one can only be raised.
        is_flag: bool,
        /// What each becomes; one that is not here stays as it is.
        values: BTreeMap<String, String>,
    },
    /// They go.
    Delete,
}

impl Draft {
    /// The attributes that an attribute can be merged into: those that can hold its answers.
    pub fn merge_targets(&self, row: RowId) -> impl Iterator<Item = &DraftAttribute> {
        let gone = self.attribute(row);
        self.attributes.iter().filter(move |other| {
            other.row != row && gone.is_some_and(|gone| holds(&other.def.values, &gone.def.values))
        })
    }

    /// An attribute by its row.
    #[must_use]
    pub fn attribute(&self, row: RowId) -> Option<&DraftAttribute> {
        self.attributes.iter().find(|attribute| attribute.row == row)
    }

    /// Takes an attribute out and gives its answers to another, which is asked of its labels, too. Answers that are
    /// called the same become the same; the others are added to those that can be chosen.
    pub fn merge_attribute(&mut self, row: RowId, into: RowId) {
        if !self.merge_targets(row).any(|target| target.row == into) {
            return;
        }
        let Some(gone) = self.attribute(row).cloned() else { return };
        let Some(target) = self.attributes.iter_mut().find(|attribute| attribute.row == into) else { return };
        let values = absorb(&mut target.def.values, &gone.def);
        // Asked of none is asked of all.
        if target.labels.is_empty() || gone.labels.is_empty() {
            target.labels.clear();
        } else {
            target.labels.extend(
                gone.labels.iter().filter(|row| !target.labels.contains(row)).copied().collect::<Vec<_>>(),
            );
        }
        for merged in self.merged.values_mut().filter(|merged| merged.into == row) {
            merged.into = into;
            // Every answer that the one before knew is among these.
            for after in merged.values.values_mut() {
                if let Some(last) = values.get(after) {
                    after.clone_from(last);
                }
            }
            for (before, after) in &values {
                merged.values.entry(before.clone()).or_insert_with(|| after.clone());
            }
        }
        if gone.is_old {
            self.merged.insert(gone.def.code.clone(), Merged { into, values, fate: AnswerFate::default() });
        }
        self.remove_attribute(row);
    }

    /// The merged attributes that have been answered, `count` telling how often by their codes.
    #[must_use]
    pub fn answer_questions(&self, count: impl Fn(&str, &str) -> Answered) -> Vec<AnswerQuestion> {
        let ask = |(code, merged): (&LabelCode, &Merged)| {
            let into = self.attribute(merged.into)?.def.code.clone();
            let answered = count(code.as_str(), into.as_str());
            let question = AnswerQuestion { code: code.clone(), into, answered, fate: merged.fate };
            (answered.spans > 0).then_some(question)
        };
        self.merged.iter().filter_map(ask).collect()
    }

    /// Decides what is to become of the answers to a merged attribute.
    pub fn decide_answers(&mut self, code: &LabelCode, fate: AnswerFate) {
        if let Some(merged) = self.merged.get_mut(code) {
            merged.fate = fate;
        }
    }

    /// What is done to answers.
    pub(super) fn answer_outcomes(&self) -> BTreeMap<LabelCode, AnswerOutcome> {
        let outcome = |(code, merged): (&LabelCode, &Merged)| {
            let target = self.attribute(merged.into)?;
            let outcome = match merged.fate {
                AnswerFate::Keep => return None,
                AnswerFate::Delete => AnswerOutcome::Delete,
                AnswerFate::Move => AnswerOutcome::Move {
                    into: target.def.code.clone(),
                    is_flag: target.def.values == AttributeValues::Flag,
                    values: merged.values.clone(),
                },
            };
            Some((code.clone(), outcome))
        };
        self.merged.iter().filter_map(outcome).collect()
    }
}

/// The answers of a span as they will be; `None` if they stay as they are. An answer that is there already is not
/// written over.
pub(super) fn answers_after(
    answers: &Map<String, Value>,
    outcomes: &BTreeMap<LabelCode, AnswerOutcome>,
) -> Option<Map<String, Value>> {
    let gone = |code: &String| outcomes.keys().any(|gone| gone.as_str() == code);
    if !answers.keys().any(gone) {
        return None;
    }
    let mut after: Map<_, _> = answers
        .iter()
        .filter(|(code, _)| !gone(code))
        .map(|(code, value)| (code.clone(), value.clone()))
        .collect();
    for (code, outcome) in outcomes {
        let (Some(value), AnswerOutcome::Move { into, is_flag, values }) =
            (answers.get(code.as_str()), outcome)
        else {
            continue;
        };
        if !after.contains_key(into.as_str()) {
            after.insert(into.as_str().to_owned(), answer_after(value, *is_flag, values));
        }
    }
    Some(after)
}

fn answer_after(value: &Value, is_flag: bool, values: &BTreeMap<String, String>) -> Value {
    if is_flag {
        return value.clone();
    }
    let said = match value {
        Value::String(said) => said.as_str(),
        Value::Bool(true) => RAISED,
        _ => return value.clone(),
    };
    values.get(said).map_or_else(|| value.clone(), |after| Value::from(after.as_str()))
}

/// True if answers of one kind can be held by another: a flag by a choice that has a name for it, everything by text.
fn holds(other: &AttributeValues, gone: &AttributeValues) -> bool {
    use AttributeValues::{Choice, Flag, Text};
    matches!((gone, other), (Flag, Flag) | (Flag | Choice(_), Choice(_)) | (_, Text))
}

/// Takes the answers of an attribute into those of another, and gives what each of them becomes.
fn absorb(values: &mut AttributeValues, gone: &AttributeDef) -> BTreeMap<String, String> {
    let raised = ChoiceDef { code: gone.code.clone(), name: gone.name.clone() };
    let own: Vec<(String, &ChoiceDef)> = match &gone.values {
        AttributeValues::Flag => vec![(RAISED.to_owned(), &raised)],
        AttributeValues::Choice(choices) => {
            choices.iter().map(|choice| (choice.code.as_str().to_owned(), choice)).collect()
        }
        AttributeValues::Text => Vec::new(),
    };
    match values {
        AttributeValues::Flag => BTreeMap::new(),
        AttributeValues::Text => {
            own.into_iter().map(|(said, choice)| (said, choice.code.as_str().to_owned())).collect()
        }
        AttributeValues::Choice(choices) => {
            let mut becomes = BTreeMap::new();
            for (said, choice) in own {
                let same = choices.iter().find(|other| is_called_the_same(choice, other)).cloned();
                if same.is_none() {
                    choices.push(choice.clone());
                }
                let code = same.map_or_else(|| choice.code.clone(), |same| same.code);
                becomes.insert(said, code.as_str().to_owned());
            }
            becomes
        }
    }
}

/// True if two answers have the same code, or the same name in a language, in whatever spelling.
fn is_called_the_same(one: &ChoiceDef, other: &ChoiceDef) -> bool {
    let same = |a: &str, b: &str| {
        let (a, b) = (fold(a.trim(), Folding::SEARCH), fold(b.trim(), Folding::SEARCH));
        !a.is_empty() && a == b
    };
    same(one.code.as_str(), other.code.as_str())
        || same(&one.name.en, &other.name.en)
        || same(&one.name.ar, &other.name.ar)
}

#[cfg(test)]
mod tests {
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
        let of = |&(name, en, ar): &(&str, &str, &str)| ChoiceDef {
            code: code(name),
            name: Localized::new(en, ar),
        };
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
            let span =
                Span::new(SpanId::numbered(n + 1), (start..start + 2).into(), code("PER"), Origin::Manual);
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
        plan(draft, document)
            .changes(document)
            .changes
            .iter()
            .for_each(|change| after.apply(change).unwrap());
        after.spans.iter().map(|span| Value::Object(span.attributes.clone())).collect()
    }

    fn asked(draft: &Draft, document: &Document) -> Vec<(String, Answered)> {
        let count = |gone: &str, into: &str| Answered::count(std::iter::once(document), gone, into);
        let questions = draft.answer_questions(count).into_iter();
        questions.map(|question| (question.code.to_string(), question.answered)).collect()
    }

    fn sides() -> Draft {
        let one = choice(&[("gov", "Government", "الحكومة"), ("reb", "Rebels", "المعارضة")]);
        let other = choice(&[
            ("state", "government ", ""),
            ("opposition", "", "المعارضه"),
            ("un", "United Nations", ""),
        ]);
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
        for (fate, expected) in
            [(AnswerFate::Keep, json!({"party": "state"})), (AnswerFate::Delete, json!({}))]
        {
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
}
