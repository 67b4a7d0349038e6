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
use crate::project::{Journalled, Project, Refused, Write};

/// Carries out a command given at `now` (milliseconds since 1970, UTC).
pub fn update(state: &mut State, command: Command, now: u64) -> Vec<Effect> {
    let mut turn = Turn { state, now, effects: Vec::new() };
    if !turn.state.writable && command.writes() {
        turn.state.drawn = None;
        turn.say(Message::ReadOnly);
        return turn.effects;
    }
    carry_out(&mut turn, command);
    if turn.state.active.is_some() {
        turn.state.recent = turn.state.active.clone();
    }
    turn.effects
}

fn carry_out(turn: &mut Turn, command: Command) {
    match command {
        Command::Add(documents) => articles::add(turn, documents),
        Command::Open(id) => articles::open(turn, id),
        Command::OpenNeighbour(heading) => {
            review::accept_left(turn, heading);
            articles::open_neighbour(turn, heading);
        }
        Command::GoBy(queue) => queue::go_by(turn, queue),
        Command::Discard(id) => articles::discard(turn, &id),
        Command::Suggest(id) => suggesting::suggest_asked(turn, id),
        Command::Progress(id, reach) => {
            if let Some(reading) = turn.state.reading.get_mut(&id) {
                reading.reach = reach;
            }
        }
        Command::Suggested(id, proposals) => suggesting::suggested(turn, &id, proposals),
        Command::SuggestStopped(id) => suggesting::suggest_stopped(turn, &id),
        Command::SuggestFailed(id, reason) => suggesting::suggest_failed(turn, &id, reason),
        Command::LoadModel => turn.effects.push(Effect::LoadModel),
        Command::Model(status) => suggesting::model_came(turn, status),
        Command::Select(selection) => navigation::select(turn, selection),
        Command::Show(selection) => {
            navigation::select(turn, selection);
            turn.effects.push(Effect::Reveal(selection.range()));
        }
        Command::Move(motion, extend) => navigation::move_caret(turn, motion, extend),
        Command::Click(offset) => navigation::click(turn, offset),
        Command::SelectWord(offset) => navigation::select_word(turn, offset),
        Command::Tap(offset) => navigation::tap(turn, offset),
        Command::Stretch { anchor, from, to } => drawing::stretch(turn, anchor, from, to),
        Command::Draw { span, edge, to, unit } => drawing::draw(turn, &span, edge, to, unit),
        Command::LetGo => drawing::let_go(turn),
        Command::SelectAll => navigation::select_all(turn),
        Command::Release => navigation::release(turn),
        Command::Focus(id) => navigation::focus(turn, &id),
        Command::FocusNext(heading, among) => review::go_on(turn, heading, among),
        Command::NextUnreviewed(heading) => review::next_unreviewed(turn, heading),
        Command::CycleSpan => navigation::cycle_span(turn),
        Command::Picked => labelling::picked(turn),
        Command::ToggleSticky => labelling::toggle_sticky(turn),
        Command::Join => labelling::join(turn),
        Command::Describe(description) => describing::describe(turn, description),
        Command::SetMeta(key, value) => describing::set_meta(turn, key, value),
        Command::GiveDay(ids, day) => dating::give_day(turn, &ids, &day),
        Command::Apply(places, decision) => bulk::apply(turn, &places, &decision),
        Command::WriteGold(documents) => adjudicating::write(turn, documents),
        Command::Mend(findings) => checking::mend(turn, &findings),
        Command::Allow(findings, right) => checking::allow(turn, &findings, right),
        Command::Label(code) => labelling::label(turn, code),
        Command::TakeAlternative => labelling::take_alternative(turn),
        Command::MoveEdge(edge, direction, unit) => labelling::move_edge(turn, edge, direction, unit),
        Command::CyclePrefix => labelling::cycle_prefix(turn),
        Command::Accept => review::accept(turn),
        Command::AcceptAll => review::accept_all(turn, 0),
        Command::AcceptSure => {
            let sure = turn.state.settings.sure;
            review::accept_all(turn, sure);
        }
        Command::AcceptSureEverywhere => bulk::accept_sure(turn),
        Command::Remove => review::remove(turn),
        Command::RemoveSpan(id) => review::remove_span(turn, &id),
        Command::Undo => review::undo(turn),
        Command::Redo => review::redo(turn),
        Command::TravelTo(count) => review::travel_to(turn, count),
        Command::Restore(count) => review::restore(turn, count),
        Command::SetStatus(status) => review::set_status(turn, status),
        Command::Finish => review::finish(turn),
        Command::FinishAccepting => review::finish_accepting(turn),
        Command::Skip => review::skip(turn),
        Command::ChangeSchema(plan) => schema_edit::change(turn, &plan),
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
    /// change some on their way, which [`Turn::write`] refuses.
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
        self.commit_with(kind, &[], edits)
    }

    /// [`Self::commit_all`] of what also lets in documents that were just put into the project.
    pub(super) fn commit_with(
        &mut self,
        kind: EditKind,
        new: &[DocumentId],
        edits: Vec<(DocumentId, Vec<Change>)>,
    ) -> bool {
        let begins_work = kind.is_undoable() && kind != EditKind::Status;
        let begun = |(id, mut changes): (DocumentId, Vec<Change>)| {
            let is_new =
                self.state.project.document(&id).is_some_and(|document| document.status == Status::New);
            if is_new && begins_work {
                changes.push(Change::Status { before: Status::New, after: Status::InProgress });
            }
            (id, changes)
        };
        let edit = self.edit_of(kind, edits.into_iter().map(begun).collect());
        self.write(kind, |project| {
            let arrivals = if new.is_empty() { Vec::new() } else { project.arrivals(new) };
            Ok((arrivals, project.commit(edit)?))
        })
    }

    /// [`Self::commit_all`] of what says nothing of how far the work on the documents is.
    pub(super) fn commit_aside(&mut self, kind: EditKind, edits: Vec<(DocumentId, Vec<Change>)>) -> bool {
        let edit = self.edit_of(kind, edits);
        self.make(edit)
    }

    /// The edits to several documents as one, signed.
    fn edit_of(&self, kind: EditKind, edits: Vec<(DocumentId, Vec<Change>)>) -> Edit {
        let steps = edits.into_iter().flat_map(|(id, changes)| {
            changes.into_iter().map(move |change| Step { document: id.clone(), change })
        });
        let steps = steps.collect();
        self.sign(Edit { kind, steps, schema: None, annotator: None, at: 0 })
    }

    /// Makes an edit and keeps it.
    pub(super) fn make(&mut self, edit: Edit) -> bool {
        self.write(edit.kind, |project| Ok((Vec::new(), project.commit(edit)?)))
    }

    /// Takes the latest edit back. The edit, if that could be done.
    pub(super) fn undo(&mut self) -> Option<Arc<Edit>> {
        let edit = self.state.project.history().to_undo().map(Arc::clone);
        self.again(edit, Project::undo)
    }

    /// Makes the edit again that was taken back last. The edit, if that could be done.
    pub(super) fn redo(&mut self) -> Option<Arc<Edit>> {
        let edit = self.state.project.history().to_redo().map(Arc::clone);
        self.again(edit, Project::redo)
    }

    fn again(
        &mut self,
        edit: Option<Arc<Edit>>,
        act: impl FnOnce(&mut Project) -> Result<Journalled, Refused>,
    ) -> Option<Arc<Edit>> {
        let kind = edit.as_ref().map_or(EditKind::Status, |edit| edit.kind);
        let is_done = self.write(kind, |project| Ok((Vec::new(), act(project)?)));
        edit.filter(|_| is_done)
    }

    /// The one door to the project: whatever changes it comes through here, and what is to be kept of that goes out from
    /// here, new documents before the entry that lets them in. Refused while another tab has the project.
    ///
    /// An edit that the project refuses changed nothing: the page was behind the state, and the next look at it is right
    /// again.
    pub(super) fn write(
        &mut self,
        kind: EditKind,
        act: impl FnOnce(&mut Project) -> Result<(Vec<Write>, Journalled), Refused>,
    ) -> bool {
        if !self.may_write(kind) {
            return false;
        }
        let outcome = act(&mut self.state.project);
        self.keep(outcome)
    }

    fn keep(&mut self, outcome: Result<(Vec<Write>, Journalled), Refused>) -> bool {
        match outcome {
            Ok((arrivals, entry)) => {
                if !arrivals.is_empty() {
                    self.effects.push(Effect::Store(arrivals));
                }
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

    /// False while another tab has the project. A person is told so, once; what comes by itself goes without a word.
    pub(super) fn may_write(&mut self, kind: EditKind) -> bool {
        let refusal = Effect::Announce(Message::ReadOnly);
        if !self.state.writable && kind.is_undoable() && !self.effects.contains(&refusal) {
            self.effects.push(refusal);
        }
        self.state.writable
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Document;
    use crate::app::Selection;

    #[test]
    fn the_door_refuses_what_came_to_it_though_nobody_refused_the_command_before() {
        let mut state = State::default();
        let text = "زار الوفد بغداد";
        update(&mut state, Command::Add(vec![Document::new(DocumentId::new("a"), text)]), 1);
        let range = state.document().unwrap().text.range();
        update(&mut state, Command::Select(Selection { anchor: range.start, focus: range.end }), 2);
        for code in ["EVT", "ORG"] {
            update(&mut state, Command::Label(crate::schema::LabelCode::new(code).unwrap()), 3);
        }
        update(&mut state, Command::Undo, 5);
        let id = DocumentId::new("a");
        for command in [
            Command::Add(vec![Document::new(DocumentId::new("b"), "خبر")]),
            Command::Discard(id),
            Command::Undo,
            Command::Redo,
            Command::TravelTo(0),
            Command::Restore(1),
            Command::Remove,
            Command::SetStatus(Status::Done),
            Command::WriteGold(vec![Document::new(DocumentId::new("x"), text)]),
        ] {
            let effects_of = |mut state: State| {
                let mut turn = Turn { state: &mut state, now: 6, effects: Vec::new() };
                carry_out(&mut turn, command.clone());
                let effects = turn.effects;
                (effects.iter().any(|effect| matches!(effect, Effect::Store(_) | Effect::Journal(_))), state)
            };
            assert!(effects_of(state.clone()).0, "{command:?} has nothing to do");
            let mut looks_on = state.clone();
            looks_on.give_way();
            let (keeps, after) = effects_of(looks_on);
            assert!(!keeps, "{command:?}");
            assert_eq!(after.project.seq(), state.project.seq(), "{command:?}");
            assert!(after.project.all_documents().eq(state.project.all_documents()), "{command:?}");
        }
    }
}
