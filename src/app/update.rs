//! The one door: a command comes in, the state changes, effects go out.

use std::sync::Arc;

use super::command::{Command, Effect};
use super::message::Message;
use super::state::State;
use super::{
    adjudicating, articles, bulk, checking, dating, describing, drawing, labelling, navigation, queue,
    review, schema_edit, suggesting,
};
use crate::annotation::{Change, DocumentId, Edit, EditKind, SpanId, Status, Step};
use crate::project::Refused;

/// Carries out a command given at `now` (milliseconds since 1970, UTC).
pub fn update(state: &mut State, command: Command, now: u64) -> Vec<Effect> {
    let mut turn = Turn { state, now, effects: Vec::new() };
    if !turn.state.writable && command.writes() {
        turn.state.drawn = None;
        turn.say(Message::ReadOnly);
        return turn.effects;
    }
    match command {
        Command::Add(documents) => articles::add(&mut turn, documents),
        Command::Open(id) => articles::open(&mut turn, id),
        Command::OpenNeighbour(heading) => {
            review::accept_left(&mut turn, heading);
            articles::open_neighbour(&mut turn, heading);
        }
        Command::GoBy(queue) => queue::go_by(&mut turn, queue),
        Command::Discard(id) => articles::discard(&mut turn, &id),
        Command::Suggest(id) => suggesting::suggest_asked(&mut turn, id),
        Command::Progress(id, reach) => {
            if let Some(reading) = turn.state.reading.get_mut(&id) {
                reading.reach = reach;
            }
        }
        Command::Suggested(id, proposals) => suggesting::suggested(&mut turn, &id, proposals),
        Command::SuggestStopped(id) => suggesting::suggest_stopped(&mut turn, &id),
        Command::SuggestFailed(id, reason) => suggesting::suggest_failed(&mut turn, &id, reason),
        Command::LoadModel => turn.effects.push(Effect::LoadModel),
        Command::Model(status) => suggesting::model_came(&mut turn, status),
        Command::Select(selection) => navigation::select(&mut turn, selection),
        Command::Show(selection) => {
            navigation::select(&mut turn, selection);
            turn.effects.push(Effect::Reveal(selection.range()));
        }
        Command::Move(motion, extend) => navigation::move_caret(&mut turn, motion, extend),
        Command::Click(offset) => navigation::click(&mut turn, offset),
        Command::SelectWord(offset) => navigation::select_word(&mut turn, offset),
        Command::Tap(offset) => navigation::tap(&mut turn, offset),
        Command::Stretch { anchor, from, to } => drawing::stretch(&mut turn, anchor, from, to),
        Command::Draw { span, edge, to, unit } => drawing::draw(&mut turn, &span, edge, to, unit),
        Command::LetGo => drawing::let_go(&mut turn),
        Command::SelectAll => navigation::select_all(&mut turn),
        Command::Release => navigation::release(&mut turn),
        Command::Focus(id) => navigation::focus(&mut turn, &id),
        Command::FocusNext(heading, among) => review::go_on(&mut turn, heading, among),
        Command::NextUnreviewed(heading) => review::next_unreviewed(&mut turn, heading),
        Command::CycleSpan => navigation::cycle_span(&mut turn),
        Command::Picked => labelling::picked(&mut turn),
        Command::ToggleSticky => labelling::toggle_sticky(&mut turn),
        Command::Join => labelling::join(&mut turn),
        Command::Describe(description) => describing::describe(&mut turn, description),
        Command::SetMeta(key, value) => describing::set_meta(&mut turn, key, value),
        Command::GiveDay(ids, day) => dating::give_day(&mut turn, &ids, &day),
        Command::Apply(places, decision) => bulk::apply(&mut turn, &places, &decision),
        Command::WriteGold(documents) => adjudicating::write(&mut turn, documents),
        Command::Mend(findings) => checking::mend(&mut turn, &findings),
        Command::Allow(findings, right) => checking::allow(&mut turn, &findings, right),
        Command::Label(code) => labelling::label(&mut turn, code),
        Command::TakeAlternative => labelling::take_alternative(&mut turn),
        Command::MoveEdge(edge, direction, unit) => labelling::move_edge(&mut turn, edge, direction, unit),
        Command::CyclePrefix => labelling::cycle_prefix(&mut turn),
        Command::Accept => review::accept(&mut turn),
        Command::AcceptAll => review::accept_all(&mut turn, 0),
        Command::AcceptSure => {
            let sure = turn.state.settings.sure;
            review::accept_all(&mut turn, sure);
        }
        Command::AcceptSureEverywhere => bulk::accept_sure(&mut turn),
        Command::Remove => review::remove(&mut turn),
        Command::RemoveSpan(id) => review::remove_span(&mut turn, &id),
        Command::Undo => review::undo(&mut turn),
        Command::Redo => review::redo(&mut turn),
        Command::TravelTo(count) => review::travel_to(&mut turn, count),
        Command::Restore(count) => review::restore(&mut turn, count),
        Command::SetStatus(status) => review::set_status(&mut turn, status),
        Command::Finish => review::finish(&mut turn),
        Command::FinishAccepting => review::finish_accepting(&mut turn),
        Command::Skip => review::skip(&mut turn),
        Command::ChangeSchema(plan) => schema_edit::change(&mut turn, &plan),
        Command::Set(settings) => {
            turn.state.settings = settings;
            turn.drop_hidden_focus();
            turn.effects.push(Effect::SaveSettings);
        }
        Command::SetAbout(mut about) => {
            if about.unturn_names() {
                turn.say(Message::NameUnturned);
            }
            turn.state.about = *about;
            turn.effects.push(Effect::SaveAbout);
        }
    }
    if turn.state.active.is_some() {
        turn.state.recent = turn.state.active.clone();
    }
    turn.effects
}

impl Command {
    /// True if the command goes back or on in the history, or concerns articles wherever they are: then all of the
    /// project must be [known](crate::project::Project::is_all_known).
    #[must_use]
    pub fn needs_everything(&self) -> bool {
        matches!(
            self,
            Self::Undo
                | Self::Redo
                | Self::TravelTo(_)
                | Self::Restore(_)
                | Self::GiveDay(..)
                | Self::Apply(..)
                | Self::AcceptSureEverywhere
                | Self::WriteGold(_)
                | Self::Mend(_)
                | Self::Allow(..)
                | Self::ChangeSchema(_)
        )
    }

    /// True if the command is there to change documents: it is refused at once where that cannot be. Others may come to
    /// change some on their way, which [`Turn::make`] refuses.
    fn writes(&self) -> bool {
        match self {
            Self::Add(_)
            | Self::Discard(_)
            | Self::Suggest(_)
            | Self::Suggested(..)
            | Self::Label(_)
            | Self::TakeAlternative
            | Self::MoveEdge(..)
            | Self::CyclePrefix
            | Self::Accept
            | Self::AcceptAll
            | Self::AcceptSure
            | Self::AcceptSureEverywhere
            | Self::Remove
            | Self::RemoveSpan(_)
            | Self::LetGo
            | Self::Picked
            | Self::Join
            | Self::Describe(_)
            | Self::SetMeta(..)
            | Self::GiveDay(..)
            | Self::Apply(..)
            | Self::WriteGold(_)
            | Self::Mend(_)
            | Self::Allow(..)
            | Self::TravelTo(_)
            | Self::Restore(_)
            | Self::Undo
            | Self::Redo
            | Self::SetStatus(_)
            | Self::Finish
            | Self::FinishAccepting
            | Self::Skip
            | Self::SetAbout(_)
            | Self::ChangeSchema(_) => true,
            Self::Open(_)
            | Self::OpenNeighbour(_)
            | Self::GoBy(_)
            | Self::Progress(..)
            | Self::SuggestStopped(_)
            | Self::SuggestFailed(..)
            | Self::LoadModel
            | Self::Model(_)
            | Self::Select(_)
            | Self::Show(_)
            | Self::Move(..)
            | Self::Click(_)
            | Self::SelectWord(_)
            | Self::Tap(_)
            | Self::Stretch { .. }
            | Self::Draw { .. }
            | Self::SelectAll
            | Self::Release
            | Self::Focus(_)
            | Self::FocusNext(..)
            | Self::NextUnreviewed(_)
            | Self::CycleSpan
            | Self::ToggleSticky
            | Self::Set(_) => false,
        }
    }
}

/// A command being carried out.
pub(super) struct Turn<'a> {
    pub(super) state: &'a mut State,
    pub(super) effects: Vec<Effect>,
    now: u64,
}

impl Turn<'_> {
    /// Says something to the person.
    pub(super) fn say(&mut self, message: Message) {
        self.effects.push(Effect::Announce(message));
    }

    /// Says what a span has come to cross, if anything.
    pub(super) fn say_crossed(&mut self, others: Vec<String>) {
        if !others.is_empty() {
            self.say(Message::Crosses(others));
        }
    }

    /// Signs an edit with the time and with who works on the project.
    pub(super) fn sign(&self, edit: Edit) -> Edit {
        let annotator = self.state.about.annotator.trim();
        let annotator = (!annotator.is_empty() && edit.kind != EditKind::Suggest).then(|| annotator.into());
        Edit { at: self.now, annotator, ..edit }
    }

    /// Makes an edit to one document and keeps it. A new document that a person edits is in progress from then on.
    pub(super) fn commit(&mut self, kind: EditKind, id: &DocumentId, changes: Vec<Change>) -> bool {
        self.commit_all(kind, vec![(id.clone(), changes)])
    }

    /// [`Self::commit`] for several documents, as one edit.
    pub(super) fn commit_all(&mut self, kind: EditKind, edits: Vec<(DocumentId, Vec<Change>)>) -> bool {
        let begins_work = kind.is_undoable() && kind != EditKind::Status;
        let begun = |(id, mut changes): (DocumentId, Vec<Change>)| {
            let is_new =
                self.state.project.document(&id).is_some_and(|document| document.status == Status::New);
            if is_new && begins_work {
                changes.push(Change::Status { before: Status::New, after: Status::InProgress });
            }
            (id, changes)
        };
        let edits = edits.into_iter().map(begun).collect();
        self.commit_aside(kind, edits)
    }

    /// [`Self::commit_all`] of what says nothing of how far the work on the documents is.
    pub(super) fn commit_aside(&mut self, kind: EditKind, edits: Vec<(DocumentId, Vec<Change>)>) -> bool {
        let steps = edits.into_iter().flat_map(|(id, changes)| {
            changes.into_iter().map(move |change| Step { document: id.clone(), change })
        });
        let steps = steps.collect();
        let edit = self.sign(Edit { kind, steps, schema: None, annotator: None, at: 0 });
        self.make(edit)
    }

    /// Makes an edit and keeps it. Refused while another tab has the project.
    pub(super) fn make(&mut self, edit: Edit) -> bool {
        if !self.may_write(edit.kind) {
            return false;
        }
        let outcome = self.state.project.commit(edit);
        self.keep(outcome)
    }

    /// False while another tab has the project. A person is told so, once; what comes by itself goes without a word.
    pub(super) fn may_write(&mut self, kind: EditKind) -> bool {
        let refusal = Effect::Announce(Message::ReadOnly);
        if !self.state.writable && kind.is_undoable() && !self.effects.contains(&refusal) {
            self.effects.push(refusal);
        }
        self.state.writable
    }

    /// Keeps what the project journalled. An edit that was refused changed nothing: the page was behind the state,
    /// and the next look at it is right again.
    pub(super) fn keep(&mut self, outcome: Result<crate::project::Journalled, Refused>) -> bool {
        match outcome {
            Ok(entry) => {
                debug_assert!(self.state.writable, "another tab has the project: {entry:?}");
                self.effects.push(Effect::Journal(entry));
                self.drop_stale_focus();
                true
            }
            Err(Refused::NothingLeft) => {
                self.say(Message::NothingLeft);
                false
            }
            Err(Refused::NoDocument(_) | Refused::Conflict { .. } | Refused::Schema) => false,
        }
    }

    /// Takes up a span: keys act on it, the caret goes to its end, and it comes into view.
    pub(super) fn take_up(&mut self, id: SpanId) {
        let Some(span) = self.state.document().and_then(|document| document.spans.get(&id)).map(Arc::clone)
        else {
            return;
        };
        self.state.selection = Some(super::state::Selection::caret(span.range.end));
        self.state.active = Some(id);
        self.effects.push(Effect::Reveal(span.range));
    }

    fn drop_hidden_focus(&mut self) {
        if self.state.active_span().is_some_and(|span| !self.state.settings.shows(span)) {
            self.state.active = None;
        }
    }

    fn drop_stale_focus(&mut self) {
        if self.state.active.is_some() && self.state.active_span().is_none() {
            self.state.active = None;
        }
    }
}
