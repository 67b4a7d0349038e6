//! Changing the labels of a project: a [`Draft`] is edited, the questions it raises about existing spans are answered,
//! and the [`Plan`] that comes of it is carried out as one edit that can be undone.

mod answers;
mod draft;
mod draft_attributes;
mod id;
mod keys;
mod plan;
mod problem_text;
mod usage;

pub use answers::{AnswerFate, AnswerOutcome, AnswerQuestion, Answered};
pub use draft::{Draft, DraftAttribute, DraftLabel, RowId};
pub use keys::KeyConflict;
pub use plan::{Fate, Outcome, Plan, Question};
pub use problem_text::{place_text, say};
pub use usage::{Usage, label_usage};

use std::sync::Arc;

use super::command::Effect;
use super::message::Message;
use super::update::Turn;
use crate::annotation::{Edit, EditKind, SchemaChange, Step};

/// Carries a plan out: the schema and, in all articles, the spans of its labels, in one step.
pub(super) fn change(turn: &mut Turn, plan: &Plan) {
    let project = &turn.state.project;
    let mut steps = Vec::new();
    let (mut relabelled, mut deleted, mut answered) = (0, 0, 0);
    for document in project.documents() {
        let moved = plan.changes(document);
        relabelled += moved.relabelled;
        deleted += moved.deleted;
        answered += moved.answered;
        let of = |change| Step { document: document.id.clone(), change };
        steps.extend(moved.changes.into_iter().map(of));
    }
    let before = Arc::clone(project.schema());
    if steps.is_empty() && *before == plan.schema {
        return;
    }
    let schema = SchemaChange { before, after: Arc::new(plan.schema.clone()) };
    let edit = turn.sign(Edit { schema: Some(schema), ..Edit::new(EditKind::Schema, steps) });
    if turn.make(edit) {
        turn.effects.push(Effect::SaveSchema);
        turn.say(Message::SchemaChanged { relabelled, deleted, answered });
    }
}
