//! What becomes of existing spans when the schema changes: what is to be asked, and the changes that the answers make.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::answers::{AnswerOutcome, answers_after};
use super::draft::{Draft, RowId};
use super::usage::Usage;
use crate::annotation::{Change, Document, Relabelling, Span, SpanId};
use crate::schema::{LabelCode, Schema};

/// What is to become of the spans of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They get the label of this row.
    Relabel(RowId),
    /// They go.
    Delete,
    /// They stay, under a label that the schema does not have.
    Keep,
}

/// A label in use that the schema will not have, or not under this code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The label.
    pub code: LabelCode,
    /// How much it is used.
    pub usage: Usage,
    /// The answer, or what is proposed.
    pub fate: Fate,
    /// True if the project's schema has the label; false for one that came with a file.
    pub was_known: bool,
}

/// What is done to the spans of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They get this label.
    Relabel(LabelCode),
    /// They go.
    Delete,
}

/// A new schema, and what is done to spans whose labels it does not have. All labels change at once, so two may change
/// places.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The schema.
    pub schema: Schema,
    /// By label; what is not here stays.
    pub outcomes: BTreeMap<LabelCode, Outcome>,
    /// What is done to answers, by attribute; what is not here stays.
    pub answers: BTreeMap<LabelCode, AnswerOutcome>,
}

/// What a plan does to one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moves {
    /// The changes, in order.
    pub changes: Vec<Change>,
    /// Spans that get another label.
    pub relabelled: usize,
    /// Spans that go, among them those that became the same as another.
    pub deleted: usize,
    /// Spans whose answers change.
    pub answered: usize,
}

impl Draft {
    /// The labels in use about which something must be decided, in the order of the schema, others after them.
    #[must_use]
    pub fn questions(&self, usage: &BTreeMap<LabelCode, Usage>) -> Vec<Question> {
        let place = |code: &LabelCode| {
            self.before.labels.iter().position(|label| label.code == *code).unwrap_or(usize::MAX)
        };
        let mut questions: Vec<_> = usage
            .iter()
            .filter_map(|(code, &usage)| {
                let was_known = self.before.label(code.as_str()).is_some();
                Some(Question { code: code.clone(), usage, fate: self.fate(code)?, was_known })
            })
            .collect();
        questions.sort_by_key(|question| place(&question.code));
        questions
    }

    /// What is to become of the spans of a label; `None` if nothing is.
    fn fate(&self, code: &LabelCode) -> Option<Fate> {
        let renamed = self.labels.iter().find(|label| label.origin.as_ref() == Some(code));
        let has_code = self.labels.iter().find(|label| label.def.code == *code);
        let proposed = match (renamed, has_code) {
            (Some(label), _) if label.def.code == *code => return None,
            (Some(label), _) => Fate::Relabel(label.row),
            // One that took over the code of a label that is gone was not meant for its spans.
            (None, Some(label)) if label.origin.is_some() => Fate::Relabel(label.row),
            // A label that the project did not have fits the spans that have its code already.
            (None, Some(_)) => return None,
            (None, None) => {
                let by_alias = self.labels.iter().find(|label| label.def.aliases.contains(code));
                by_alias.map_or(Fate::Keep, |label| Fate::Relabel(label.row))
            }
        };
        let decided = self.fates.get(code).copied();
        let decided = decided.filter(|fate| match fate {
            Fate::Relabel(row) => self.label(*row).is_some(),
            Fate::Delete | Fate::Keep => true,
        });
        Some(decided.unwrap_or(proposed))
    }

    /// Decides what is to become of the spans of a label.
    pub fn decide(&mut self, code: LabelCode, fate: Fate) {
        self.fates.insert(code, fate);
    }

    /// The plan that the draft and the answers come to.
    #[must_use]
    pub fn plan(&self, usage: &BTreeMap<LabelCode, Usage>) -> Plan {
        let mut schema = self.schema();
        let mut outcomes = BTreeMap::new();
        for Question { code, fate, .. } in self.questions(usage) {
            match fate {
                Fate::Keep => {}
                Fate::Delete => {
                    outcomes.insert(code, Outcome::Delete);
                }
                Fate::Relabel(row) => {
                    let Some(after) = self.label(row).map(|label| label.def.code.clone()) else { continue };
                    // Suggestions under the old code go the way of its spans.
                    if schema.resolve(code.as_str()).is_none()
                        && let Some(label) = schema.labels.iter_mut().find(|label| label.code == after)
                    {
                        label.aliases.push(code.clone());
                    }
                    if after != code {
                        outcomes.insert(code, Outcome::Relabel(after));
                    }
                }
            }
        }
        Plan { schema, outcomes, answers: self.answer_outcomes() }
    }
}

impl Plan {
    /// What the plan does to a document. Rejections go with their label, so that what was turned down under the old
    /// code is not suggested under the new one. Of spans that become the same, one stays: a confirmed one, if there
    /// is any.
    #[must_use]
    pub fn changes(&self, document: &Document) -> Moves {
        let mut moves = Moves::default();
        if !self.changes_spans() {
            return moves;
        }
        let mut groups: BTreeMap<&LabelCode, Relabelling> = BTreeMap::new();
        let group = |before: &LabelCode, after: &LabelCode| Relabelling {
            before: before.clone(),
            after: after.clone(),
            spans: Vec::new(),
            rejections: Vec::new(),
            rejected: Vec::new(),
        };
        let doubles = self.doubles(document);
        for span in document.spans.iter() {
            let goes = doubles.contains(&span.id) || self.label_after(&span.label).is_none();
            if let Some(attributes) = answers_after(&span.attributes, &self.answers).filter(|_| !goes) {
                // Before its label, which may change as well, the span must be what it was.
                let after = Arc::new(Span { attributes, ..(**span).clone() });
                moves.changes.push(Change::Replace { before: Arc::clone(span), after });
                moves.answered += 1;
            }
            match self.outcomes.get(&span.label) {
                _ if doubles.contains(&span.id) => moves.delete(span),
                None => {}
                Some(Outcome::Delete) => moves.delete(span),
                Some(Outcome::Relabel(after)) => {
                    let group = groups.entry(&span.label).or_insert_with(|| group(&span.label, after));
                    group.spans.push(span.id.clone());
                    moves.relabelled += 1;
                }
            }
        }
        for rejection in &document.rejected {
            if let Some(Outcome::Relabel(after)) = self.outcomes.get(&rejection.label) {
                let group = groups.entry(&rejection.label).or_insert_with(|| group(&rejection.label, after));
                group.rejections.push(rejection.clone());
            }
        }
        moves.changes.extend(groups.into_values().map(Change::Relabel));
        moves
    }

    /// True if it may change spans.
    #[must_use]
    pub fn changes_spans(&self) -> bool {
        !self.outcomes.is_empty() || !self.answers.is_empty()
    }

    /// The label that spans of a label will have; `None` if they go.
    #[must_use]
    pub fn label_after<'a>(&'a self, label: &'a LabelCode) -> Option<&'a LabelCode> {
        match self.outcomes.get(label) {
            None => Some(label),
            Some(Outcome::Relabel(after)) => Some(after),
            Some(Outcome::Delete) => None,
        }
    }

    /// Spans that will be the same as another. Those that were the same before are nobody's doing.
    fn doubles(&self, document: &Document) -> HashSet<SpanId> {
        let mut doubles = HashSet::new();
        let spans: Vec<&Arc<Span>> = document.spans.iter().collect();
        for here in spans.chunk_by(|a, b| a.range == b.range).filter(|here| here.len() > 1) {
            let mut kept: Vec<&Arc<Span>> = Vec::new();
            for span in here {
                let Some(after) = self.label_after(&span.label) else { continue };
                let twin = kept.iter_mut().find(|other| {
                    self.label_after(&other.label) == Some(after)
                        && other.fragments == span.fragments
                        && other.label != span.label
                });
                match twin {
                    Some(twin) if span.origin.is_confirmed() && !twin.origin.is_confirmed() => {
                        doubles.insert(twin.id.clone());
                        *twin = span;
                    }
                    Some(_) => {
                        doubles.insert(span.id.clone());
                    }
                    None => kept.push(span),
                }
            }
        }
        doubles
    }
}

impl Moves {
    fn delete(&mut self, span: &Arc<Span>) {
        self.changes.push(Change::Remove(Arc::clone(span)));
        self.deleted += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::label_usage;
    use super::*;
    use crate::annotation::{DocumentId, Origin, Rejection};
    use crate::schema::Template;

    fn code(code: &str) -> LabelCode {
        LabelCode::new(code).unwrap()
    }

    /// An article whose n-th word has the n-th of these labels; a `?` makes it a suggestion.
    fn document(labels: &[&str]) -> Document {
        let mut document = Document::new(DocumentId::new("d"), "aa ".repeat(labels.len()).as_str());
        for (n, label) in (0u32..).zip(labels) {
            let start = n as usize * 3;
            add(&mut document, start..start + 2, label);
        }
        document
    }

    fn add(document: &mut Document, range: std::ops::Range<usize>, label: &str) {
        let id = document.spans.free_ids().next().unwrap();
        let origin = if label.ends_with('?') { Origin::Suggested } else { Origin::Manual };
        let span = Span::new(id, range.into(), code(label.trim_end_matches('?')), origin);
        document.apply(&Change::Add(Arc::new(span))).unwrap();
    }

    fn labels(document: &Document) -> Vec<&str> {
        document.spans.iter().map(|span| span.label.as_str()).collect()
    }

    fn draft() -> Draft {
        Draft::of(&Arc::new(Schema::conflict_news()))
    }

    fn row(draft: &Draft, code: &str) -> RowId {
        draft.labels.iter().find(|label| label.def.code == *code).unwrap().row
    }

    fn asked(draft: &Draft, document: &Document) -> Vec<(String, Fate)> {
        let usage = label_usage(std::iter::once(document));
        draft.questions(&usage).into_iter().map(|q| (q.code.to_string(), q.fate)).collect()
    }

    fn after(draft: &Draft, document: &Document) -> Document {
        let plan = draft.plan(&label_usage(std::iter::once(document)));
        let mut after = document.clone();
        plan.changes(document).changes.iter().for_each(|change| after.apply(change).unwrap());
        after
    }

    #[test]
    fn nothing_is_asked_about_labels_that_stay_or_are_not_used() {
        let mut draft = draft();
        let (nat, per) = (row(&draft, "NAT"), row(&draft, "PER"));
        draft.remove(nat);
        draft.edit(per, |def| def.name.en = "Human".into());
        assert_eq!(asked(&draft, &document(&["PER", "LOC"])), []);
    }

    #[test]
    fn spans_of_a_renamed_label_go_with_it_unless_it_is_decided_otherwise() {
        let mut draft = draft();
        let per = row(&draft, "PER");
        draft.set_code(per, "HUM");
        let document = document(&["PER", "PER?", "LOC"]);
        assert_eq!(asked(&draft, &document), [("PER".into(), Fate::Relabel(per))]);
        assert_eq!(labels(&after(&draft, &document)), ["HUM", "HUM", "LOC"]);
        let origins: Vec<_> = after(&draft, &document).spans.iter().map(|span| span.origin).collect();
        assert_eq!(origins, [Origin::Manual, Origin::Suggested, Origin::Manual], "nobody looked at them");
        draft.decide(code("PER"), Fate::Keep);
        assert_eq!(labels(&after(&draft, &document)), ["PER", "PER", "LOC"]);
        draft.decide(code("PER"), Fate::Delete);
        assert_eq!(labels(&after(&draft, &document)), ["LOC"]);
    }

    #[test]
    fn two_labels_may_change_places() {
        let mut draft = draft();
        let (per, loc) = (row(&draft, "PER"), row(&draft, "LOC"));
        draft.set_code(per, "LOC");
        draft.set_code(loc, "PER");
        let document = document(&["PER", "LOC"]);
        assert_eq!(labels(&after(&draft, &document)), ["LOC", "PER"]);
        assert_eq!(draft.problems(), []);
    }

    #[test]
    fn spans_of_a_deleted_label_stay_unless_it_is_decided_otherwise() {
        let mut draft = draft();
        let (per, org) = (row(&draft, "PER"), row(&draft, "ORG"));
        draft.remove(per);
        let document = document(&["PER", "LOC"]);
        assert_eq!(asked(&draft, &document), [("PER".into(), Fate::Keep)]);
        draft.decide(code("PER"), Fate::Relabel(org));
        assert_eq!(labels(&after(&draft, &document)), ["ORG", "LOC"]);
        let plan = draft.plan(&label_usage(std::iter::once(&document)));
        assert_eq!(plan.schema.resolve("PER").unwrap().code, "ORG", "suggestions follow");
        draft.remove(org);
        assert_eq!(asked(&draft, &document), [("PER".into(), Fate::Keep)], "there is no such label any more");
    }

    #[test]
    fn merged_labels_leave_one_span_of_two_that_become_the_same() {
        let mut draft = draft();
        let (org, grp, fac) = (row(&draft, "ORG"), row(&draft, "GRP"), row(&draft, "FAC"));
        draft.merge(grp, fac);
        draft.merge(fac, org);
        let mut document = document(&["GRP?", "ORG", "GRP"]);
        add(&mut document, 0..2, "ORG");
        add(&mut document, 6..8, "LOC");
        document
            .apply(&Change::Reject(Rejection { range: (0..2).into(), label: code("GRP"), source: None }))
            .unwrap();
        let after = after(&draft, &document);
        assert_eq!(labels(&after), ["ORG", "ORG", "LOC", "ORG"]);
        assert!(after.spans.iter().all(|span| span.origin == Origin::Manual), "the suggestion gave way");
        assert_eq!(after.rejected[0].label, "ORG");
    }

    #[test]
    fn a_template_takes_over_what_it_has_a_label_for() {
        let mut draft = draft();
        draft.load(Template::Conll4.schema());
        let document = document(&["PER", "GRP", "NUM", "X"]);
        let (org, questions) = (row(&draft, "ORG"), asked(&draft, &document));
        let expected = [("GRP", Fate::Relabel(org)), ("NUM", Fate::Keep), ("X", Fate::Keep)];
        assert_eq!(questions, expected.map(|(code, fate)| (code.to_owned(), fate)));
        assert_eq!(labels(&after(&draft, &document)), ["PER", "ORG", "NUM", "X"]);
    }

    #[test]
    fn a_label_that_came_with_a_file_can_be_added() {
        let mut draft = draft();
        let document = document(&["X"]);
        assert_eq!(asked(&draft, &document), [("X".into(), Fate::Keep)]);
        draft.add_label_of(code("X"));
        assert_eq!(asked(&draft, &document), []);
        assert_eq!(labels(&after(&draft, &document)), ["X"]);
    }
}
