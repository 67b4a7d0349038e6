//! Bringing articles in, going from one to another, and having them read.

use serde_json::Value;

use super::command::{Among, Effect, Heading};
use super::message::Message;
use super::state::{Selection, State, Wanted};
use super::suggesting::{is_half_suggested, suggest};
use super::update::Turn;
use super::{navigation, queue};
use crate::annotation::{Change, Document, DocumentId, Edit, EditKind, Status};
use crate::quality::pull::{BLIND, is_blind, was_blind};
use crate::text::ByteOffset;

pub(super) fn add(turn: &mut Turn, documents: Vec<Document>) {
    if documents.is_empty() {
        return;
    }
    let signature = turn.sign(Edit::new(EditKind::Import, Vec::new()));
    let sign = |edit| Edit { annotator: signature.annotator, at: signature.at, ..edit };
    let mut names = Vec::new();
    let is_in = turn.write(EditKind::Import, |project| {
        let imported = project.import(documents, sign)?;
        names = imported.names;
        Ok((imported.arrivals, imported.entry))
    });
    if !is_in {
        return;
    }
    turn.say(Message::Added(names.len()));
    if let Some(first) = names.first() {
        open(turn, first.clone());
    }
    // The one on the screen is read first; the others are ready by the time somebody comes to them.
    for id in names {
        suggest_if_untouched(turn, id);
    }
}

/// Shows a document. One about which nothing has been said yet is read by the extractor. One that is not read from the
/// storage yet is asked for, and shown when it comes.
pub(super) fn open(turn: &mut Turn, id: DocumentId) {
    let wanted = turn.state.wanted.take();
    if turn.state.project.is_unread(&id) {
        turn.effects.push(Effect::Bring(id.clone()));
        turn.state.wanted = Some(Wanted { document: id, suggestion: None });
        return;
    }
    let suggestion = wanted.filter(|wanted| wanted.document == id).and_then(|wanted| wanted.suggestion);
    show(turn, id);
    if let Some(heading) = suggestion {
        take_up_suggestion(turn, heading);
    }
}

/// Shows a document and takes up its first suggestion; its last for who goes back to it.
pub(super) fn open_at_suggestion(turn: &mut Turn, id: DocumentId, heading: Heading) {
    open(turn, id);
    match &mut turn.state.wanted {
        Some(wanted) => wanted.suggestion = Some(heading),
        None => take_up_suggestion(turn, heading),
    }
}

fn take_up_suggestion(turn: &mut Turn, heading: Heading) {
    let end = turn.state.document().map_or(ByteOffset::ZERO, |document| document.text.range().end);
    let from = if heading == Heading::Next { ByteOffset::ZERO } else { end };
    turn.state.selection = Some(Selection::caret(from));
    turn.state.active = None;
    navigation::focus_next(turn, heading, Among::Suggestions);
}

fn show(turn: &mut Turn, id: DocumentId) {
    let Some(document) = turn.state.project.document(&id).filter(|document| document.present) else {
        return;
    };
    if turn.state.current.as_ref() != Some(&document.id) {
        turn.state.current = Some(id.clone());
        turn.state.selection = Some(Selection::caret(ByteOffset::ZERO));
        turn.state.active = None;
        turn.state.recent = None;
        turn.state.drawn = None;
        turn.state.settings.last = Some(id.clone());
        turn.effects.push(Effect::SaveSettings);
    }
    suggest_if_untouched(turn, id);
}

fn suggest_if_untouched(turn: &mut Turn, id: DocumentId) {
    let waits = turn.state.project.document(&id).is_some_and(|document| {
        let is_untouched = document.spans.is_empty()
            && document.rejected.is_empty()
            && document.status == Status::New
            && !turn.state.read.contains(&id);
        is_untouched || is_half_suggested(document)
    });
    if !waits || !turn.state.writable || turn.state.reading.contains_key(&id) {
        return;
    }
    if is_in_blind_sample(turn, &id) {
        leave_blind(turn, &id);
    } else {
        suggest(turn, id);
    }
}

/// True for articles that are labelled without suggestions.
fn is_in_blind_sample(turn: &Turn, id: &DocumentId) -> bool {
    let share = f64::from(turn.state.settings.blind);
    turn.state.project.document(id).is_some_and(|document| {
        was_blind(document) || (share > 0.0 && is_blind(document.text.as_str(), share))
    })
}

/// Writes down that the article shows no suggestions, and says so to who looks at it.
fn leave_blind(turn: &mut Turn, id: &DocumentId) {
    if turn.state.current.as_ref() == Some(id) {
        turn.say(Message::Blind);
    }
    let before = turn.state.project.document(id).and_then(|document| document.meta.get(BLIND)).cloned();
    let after = Some(Value::Bool(true));
    if before != after {
        turn.commit(EditKind::Suggest, id, vec![Change::Meta { key: BLIND.into(), before, after }]);
    }
}

pub(super) fn open_neighbour(turn: &mut Turn, heading: Heading) {
    let there = queue::neighbour(turn.state, turn.state.current.as_ref(), heading);
    match there.map(|listed| listed.id().clone()) {
        Some(there) => open(turn, there),
        None if turn.state.current.is_some() => turn.say(Message::ListEnds(heading)),
        None => {}
    }
}

pub(super) fn discard(turn: &mut Turn, id: &DocumentId) {
    let Some(document) = turn.state.project.document(id) else {
        return;
    };
    let title = document.shown_title();
    let neighbour = neighbour_of(turn.state, id);
    if turn.commit_aside(EditKind::Discard, vec![(id.clone(), vec![Change::Present(false)])]) {
        turn.say(Message::Discarded(title));
        if turn.state.current.as_ref() == Some(id) {
            turn.state.current = None;
            turn.state.selection = None;
            turn.state.active = None;
            // With nothing left in the list, the screen is not left empty.
            let elsewhere = || turn.state.project.listed().next().map(|listed| listed.id().clone());
            let is_elsewhere = neighbour.is_none();
            if let Some(neighbour) = neighbour.or_else(elsewhere) {
                open(turn, neighbour);
                if is_elsewhere {
                    turn.say(Message::ListEmpty);
                }
            }
        }
    }
}

/// What is shown when an article goes: the next one of the list, or else the one before.
fn neighbour_of(state: &State, id: &DocumentId) -> Option<DocumentId> {
    let there = |heading| queue::neighbour(state, Some(id), heading).filter(|there| there.id() != id);
    there(Heading::Next).or_else(|| there(Heading::Previous)).map(|listed| listed.id().clone())
}
