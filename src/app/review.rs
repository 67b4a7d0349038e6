//! Deciding about suggestions and documents, and taking decisions back.

use std::sync::Arc;

use super::articles;
use super::command::{Among, Effect, Heading};
use super::labelling::turned_down;
use super::message::{Closed, Message};
use super::settings::percent;
use super::state::State;
use super::update::Turn;
use super::{navigation, queue};
use crate::annotation::{Change, Document, Edit, EditKind, Origin, Span, SpanId, Status};
use crate::project::Listed;
use crate::text::ByteRange;

/// A suggestion that a person confirms as it stands.
pub(super) fn accepted(span: &Arc<Span>) -> Change {
    let after = Span { origin: Origin::Accepted, ..(**span).clone() };
    Change::Replace { before: Arc::clone(span), after: Arc::new(after) }
}

/// Accepts the active suggestion. With none active, the next one comes up to be looked at first.
pub(super) fn accept(turn: &mut Turn) {
    let Some((document, span)) = turn.state.document().zip(turn.state.active_span()) else {
        return navigation::focus_next(turn, Heading::Next, Among::Suggestions);
    };
    if span.origin == Origin::Suggested {
        let (id, change) = (document.id.clone(), accepted(span));
        if !turn.commit(EditKind::Accept, &id, vec![change]) {
            return;
        }
        turn.say(Message::Accepted(1));
    }
    advance(turn);
}

/// The suggestions of a document that are in sight and of at least this confidence, in percent, accepted; those without one
/// count as sure.
pub(super) fn all_accepted(state: &State, document: &Document, at_least: u8) -> Vec<Change> {
    let is_sure = |span: &&Arc<Span>| {
        span.origin == Origin::Suggested
            && state.settings.shows(span)
            && span.confidence.is_none_or(|sure| percent(sure) >= at_least)
    };
    document.spans.iter().filter(is_sure).map(accepted).collect()
}

/// Accepts the suggestions in sight of at least this confidence, in percent; those without one count as sure.
pub(super) fn accept_all(turn: &mut Turn, at_least: u8) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let changes = all_accepted(turn.state, document, at_least);
    let (id, count) = (document.id.clone(), changes.len());
    if count == 0 {
        turn.say(if at_least == 0 { Message::NoMoreSuggestions } else { Message::NoSureSuggestions });
    } else if turn.commit(EditKind::Accept, &id, changes) {
        turn.say(Message::Accepted(count));
    }
}

/// Takes a span away. What an extractor proposed is remembered, so that it is not proposed again; of a corrected span
/// it has been since the correction.
pub(super) fn removed(span: &Arc<Span>) -> Vec<Change> {
    match span.origin {
        Origin::Suggested | Origin::Accepted => turned_down(span).to_vec(),
        Origin::Manual | Origin::Corrected | Origin::Imported => vec![Change::Remove(Arc::clone(span))],
    }
}

/// Rejects the active suggestion, deletes any other active span.
pub(super) fn remove(turn: &mut Turn) {
    let Some(span) = turn.state.active_span().map(Arc::clone) else {
        return;
    };
    if !take_away(turn, &span) {
        return;
    }
    turn.state.selection = Some(super::state::Selection::caret(span.range.start));
    if span.origin == Origin::Suggested {
        advance(turn);
    }
}

/// [`remove`] of the span that the hand points at. The hand knows where it goes next, so nothing else is taken up.
pub(super) fn remove_span(turn: &mut Turn, id: &SpanId) {
    let span = turn.state.document().and_then(|document| document.spans.get(id)).map(Arc::clone);
    if let Some(span) = span {
        take_away(turn, &span);
    }
}

fn take_away(turn: &mut Turn, span: &Arc<Span>) -> bool {
    let Some(id) = turn.state.current.clone() else {
        return false;
    };
    let surface = turn.state.surface(span).to_owned();
    let (kind, message) = if span.origin == Origin::Suggested {
        (EditKind::Reject, Message::Rejected(surface))
    } else {
        (EditKind::Delete, Message::Removed(surface))
    };
    let is_gone = turn.commit(kind, &id, removed(span));
    if is_gone {
        turn.say(message);
    }
    is_gone
}

/// Takes up the next or previous span.
pub(super) fn go_on(turn: &mut Turn, heading: Heading, among: Among) {
    if accept_left(turn, heading)
        && among == Among::Suggestions
        && turn.state.document().is_some_and(|document| turn.state.suggested(document) == 0)
    {
        return turn.say(Message::NoMoreSuggestions);
    }
    navigation::focus_next(turn, heading, among);
}

/// Who has it so accepts the active suggestion by going on from it, to whatever comes next. False if nothing was accepted.
pub(super) fn accept_left(turn: &mut Turn, heading: Heading) -> bool {
    let accepts = turn.state.settings.accept_on_move && turn.state.writable && heading == Heading::Next;
    let left = turn.state.document().zip(turn.state.active_span());
    let Some((document, span)) = left.filter(|(_, span)| accepts && span.origin == Origin::Suggested) else {
        return false;
    };
    let (id, change) = (document.id.clone(), accepted(span));
    turn.commit(EditKind::Accept, &id, vec![change])
}

/// Takes up the next or previous suggestion from the caret; beyond the last one of the article, the first one of the next
/// article that is still open, or the last one of the article before.
pub(super) fn next_unreviewed(turn: &mut Turn, heading: Heading) {
    accept_left(turn, heading);
    if navigation::focus_beyond(turn, heading) {
        return;
    }
    let next = queue::next_unreviewed(turn.state, turn.state.current.as_ref(), heading);
    let Some(next) = next.map(|listed| listed.id().clone()) else {
        let is_unreviewed =
            |listed: Listed<'_>| queue::is_open(listed.status()) && turn.state.suggested_of(listed) > 0;
        let is_elsewhere = queue::is_narrowed(turn.state) && turn.state.project.listed().any(is_unreviewed);
        return turn.say(match is_elsewhere {
            true => Message::NothingUnreviewedHere,
            false => Message::NothingUnreviewed,
        });
    };
    articles::open_at_suggestion(turn, next, heading);
}

/// Goes on to the next suggestion, if the person wants that and there is one.
fn advance(turn: &mut Turn) {
    let left = turn.state.document().is_some_and(|document| turn.state.suggested(document) > 0);
    if turn.state.settings.advance && left {
        navigation::focus_next(turn, Heading::Next, Among::Suggestions);
    }
}

pub(super) fn undo(turn: &mut Turn) {
    if let Some(edit) = turn.undo() {
        turn.say(Message::Undone(edit.kind));
        show(turn, &edit);
    }
}

pub(super) fn redo(turn: &mut Turn) {
    if let Some(edit) = turn.redo() {
        turn.say(Message::Redone(edit.kind));
        show(turn, &edit);
    }
}

/// Takes edits back, or makes them again, until so many are done: a place in the history.
pub(super) fn travel_to(turn: &mut Turn, count: usize) {
    let history = turn.state.project.history();
    let before = history.done().len();
    if count == before || count > before + history.undone().len() {
        return;
    }
    let mut last: Option<Arc<Edit>> = None;
    let mut touches_schema = false;
    while turn.state.project.history().done().len() != count {
        let back = turn.state.project.history().done().len() > count;
        let Some(edit) = (if back { turn.undo() } else { turn.redo() }) else {
            break;
        };
        touches_schema |= edit.schema.is_some();
        last = Some(edit);
    }
    if touches_schema {
        turn.effects.push(Effect::SaveSchema);
    }
    let now = turn.state.project.history().done().len();
    turn.say(Message::Travelled(before.abs_diff(now)));
    if let Some(edit) = last {
        show(turn, &edit);
    }
}

/// Makes the article on the screen what it was when so many edits were done. Nothing of the history is taken back: the
/// way there is an edit like any other.
pub(super) fn restore(turn: &mut Turn, count: usize) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let id = document.id.clone();
    let earlier = turn.state.project.document_after(&id, count);
    let changes = earlier.map(|earlier| document.changes_to(&earlier)).unwrap_or_default();
    if changes.is_empty() {
        turn.say(Message::NothingToRestore);
        return;
    }
    if turn.commit_aside(EditKind::Restore, vec![(id, changes)]) {
        turn.say(Message::Restored);
    }
}

/// Shows where an edit was just taken back or made again.
fn show(turn: &mut Turn, edit: &Edit) {
    if edit.schema.is_some() {
        // It concerns all articles: whoever takes it back stays where they are.
        turn.effects.push(Effect::SaveSchema);
        return;
    }
    let Some(id) = edit.first_document().cloned() else {
        return;
    };
    let is_there = turn.state.project.document(&id).is_some_and(|document| document.present);
    if !is_there {
        if turn.state.current.as_ref() == Some(&id) {
            turn.state.current = None;
            turn.state.selection = None;
            let first = turn.state.project.listed().next().map(|listed| listed.id().clone());
            if let Some(first) = first {
                articles::open(turn, first);
            }
        }
        return;
    }
    articles::open(turn, id);
    let touched = edit.steps.iter().find_map(|step| step.change.span());
    if let Some(span) = touched {
        if turn.state.document().is_some_and(|document| document.spans.get(&span.id).is_some()) {
            turn.take_up(span.id.clone());
        } else {
            turn.state.selection = Some(super::state::Selection::caret(span.range.start));
            turn.effects.push(Effect::Reveal(ByteRange::new(span.range.start, span.range.start)));
        }
    }
}

pub(super) fn set_status(turn: &mut Turn, after: Status) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let (id, before) = (document.id.clone(), document.status);
    if before != after && turn.commit(EditKind::Status, &id, vec![Change::Status { before, after }]) {
        turn.say(Message::StatusSet(after));
    }
}

/// Marks the document done and goes on to the [next one](queue::next_open).
pub(super) fn finish(turn: &mut Turn) {
    accept_left(turn, Heading::Next);
    let left = turn.state.document().map_or(0, |document| turn.state.suggested(document));
    close(turn, Status::Done, Closed::Done(left));
}

/// [`finish`], with every suggestion in sight accepted before: one key for an article that has been read through.
pub(super) fn finish_accepting(turn: &mut Turn) {
    if turn.state.shown_spans().any(|span| span.origin == Origin::Suggested) {
        accept_all(turn, 0);
    }
    finish(turn);
}

/// Puts the document aside and goes on as [`finish`] does. Who skips an article has decided nothing about it, so what is
/// left there is not accepted.
pub(super) fn skip(turn: &mut Turn) {
    close(turn, Status::Skipped, Closed::Skipped);
}

fn close(turn: &mut Turn, after: Status, closed: Closed) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let (id, before) = (document.id.clone(), document.status);
    if before != after && !turn.commit(EditKind::Status, &id, vec![Change::Status { before, after }]) {
        return;
    }
    let next = queue::next_open(turn.state, &id).map(|listed| (listed.id().clone(), listed.shown_title()));
    match next {
        Some((next, title)) => {
            articles::open(turn, next);
            turn.say(Message::NextDocument(closed, title));
        }
        None => turn.say(match queue::open_count(turn.state) {
            0 => Message::AllDone(closed),
            elsewhere => Message::ListDone(closed, elsewhere),
        }),
    }
}
