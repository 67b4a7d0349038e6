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
mod tests;
