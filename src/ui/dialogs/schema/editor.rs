//! What the parts of the dialog share.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::app::schema_edit::{AnswerQuestion, Answered, Draft, Plan, Question, RowId, Usage, label_usage};
use crate::schema::{LabelCode, Schema, SchemaProblem};
use crate::ui::model::Model;

/// What the form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// The name of the whole.
    Whole,
    /// A label.
    Label(RowId),
    /// An attribute.
    Attribute(RowId),
}

/// The draft and what follows from it. A handle: copying it copies no draft.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    model: Model,
    draft: RwSignal<Draft>,
    /// What the form shows.
    pub(super) picked: RwSignal<Pick>,
    /// The schema that the draft comes to.
    pub(super) schema: Memo<Schema>,
    /// What keeps it from being used.
    pub(super) problems: Memo<Vec<SchemaProblem>>,
    /// What must be decided about existing spans.
    pub(super) questions: Memo<Vec<Question>>,
    /// What must be decided about existing answers.
    pub(super) answers: Memo<Vec<AnswerQuestion>>,
    /// What is done if everything is agreed to.
    pub(super) plan: Memo<Plan>,
    /// True if anything would change.
    pub(super) is_changed: Memo<bool>,
    usage: StoredValue<BTreeMap<LabelCode, Usage>>,
}

impl Editor {
    /// A draft of the project's labels, or the one that was left open.
    pub(super) fn open(model: Model) -> Self {
        let left = model.schema_draft.try_update_value(Option::take).flatten();
        let draft = model.peek(|state| {
            let left = left.filter(|draft| draft.is_of(state.schema()));
            left.unwrap_or_else(|| Draft::of(state.schema()))
        });
        let usage = StoredValue::new(model.peek(|state| label_usage(state.project.documents())));
        let first = draft.labels.first().map_or(Pick::Whole, |label| Pick::Label(label.row));
        let draft = RwSignal::new(draft);
        let questions =
            Memo::new(move |_| usage.with_value(|usage| draft.with(|draft| draft.questions(usage))));
        let answers = Memo::new(move |_| {
            draft.with(|draft| {
                draft.answer_questions(|gone, other| {
                    model.peek(|state| Answered::count(state.project.documents(), gone, other))
                })
            })
        });
        let plan = Memo::new(move |_| usage.with_value(|usage| draft.with(|draft| draft.plan(usage))));
        Self {
            model,
            draft,
            picked: RwSignal::new(first),
            schema: Memo::new(move |_| draft.with(Draft::schema)),
            problems: Memo::new(move |_| draft.with(Draft::problems)),
            questions,
            answers,
            plan,
            is_changed: Memo::new(move |_| draft.with(Draft::is_changed) || plan.with(Plan::changes_spans)),
            usage,
        }
    }

    /// A look at the draft that is repeated when it changes.
    pub(super) fn with<T>(self, look: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with(look)
    }

    /// A look at the draft, once.
    pub(super) fn peek<T>(self, look: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with_untracked(look)
    }

    /// Changes the draft.
    pub(super) fn update<T>(self, change: impl FnOnce(&mut Draft) -> T) -> Option<T> {
        self.draft.try_update(change)
    }

    /// How much a label of the project is used.
    pub(super) fn usage(self, code: Option<&LabelCode>) -> Usage {
        self.usage.with_value(|usage| code.and_then(|code| usage.get(code)).copied()).unwrap_or_default()
    }

    /// The code of the label at a place of the schema.
    pub(super) fn code_at(self, at: usize) -> Option<String> {
        self.with(|draft| draft.labels.get(at).map(|label| label.def.code.to_string()))
    }

    /// Picks what stands beside a row that is about to go, and lets it go.
    pub(super) fn let_go(self, row: RowId, go: impl FnOnce(&mut Draft)) {
        let neighbour = self.peek(|draft| {
            let at = draft.labels.iter().position(|label| label.row == row)?;
            let other = draft.labels.get(at + 1).or_else(|| draft.labels.get(at.checked_sub(1)?));
            other.map(|label| Pick::Label(label.row))
        });
        self.picked.set(neighbour.unwrap_or(Pick::Whole));
        self.update(go);
    }

    /// Keeps the draft for when the dialog is opened again.
    pub(super) fn keep(self) {
        if self.is_changed.try_get_untracked() == Some(true) {
            self.model.schema_draft.set_value(self.draft.try_get_untracked());
        }
    }

    /// Forgets the draft.
    pub(super) fn discard(self) {
        let before = self.model.peek(|state| Draft::of(state.schema()));
        // Closing keeps what is changed.
        self.draft.set(before);
    }
}
