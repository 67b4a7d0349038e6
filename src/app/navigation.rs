//! The caret, the selection, and the span that keys act on.

use std::sync::Arc;

use super::command::{Among, Effect, Heading, Motion};
use super::labelling;
use super::message::Message;
use super::state::Selection;
use super::update::Turn;
use super::view::Strength;
use crate::annotation::{Span, SpanId};
use crate::text::motion::Unit;
use crate::text::{ByteOffset, ByteRange, SnapOptions, SourceText, motion, snap};

/// Takes a selection as it was made; a span under the hand before is let go.
pub(super) fn select(turn: &mut Turn, selection: Selection) {
    if turn.state.selection == Some(selection) {
        return;
    }
    turn.state.selection = Some(selection);
    turn.state.active = None;
}

pub(super) fn move_caret(turn: &mut Turn, motion: Motion, extend: bool) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let text = &document.text;
    let selection = turn.state.selection.unwrap_or(Selection::caret(ByteOffset::ZERO));
    let from = selection.focus;
    let range = selection.range();
    let focus = match motion {
        // Without Shift, an arrow first gives up the selection, at the end it points to.
        Motion::By(Unit::Letter, Heading::Next) if !extend && !selection.is_caret() => range.end,
        Motion::By(Unit::Letter, Heading::Previous) if !extend && !selection.is_caret() => range.start,
        Motion::By(unit, heading) if extend => {
            end_of_selection(text, selection, unit, turn.state.settings.unit(unit), heading)
        }
        Motion::By(unit, heading) => stop(text, from, turn.state.settings.unit(unit), heading),
        Motion::ParagraphEdge(Heading::Next) => motion::line_end(text, from),
        Motion::ParagraphEdge(Heading::Previous) => motion::line_start(text, from),
        Motion::TextEdge(Heading::Next) => text.range().end,
        Motion::TextEdge(Heading::Previous) => ByteOffset::ZERO,
        Motion::To(offset) if text.is_grapheme_boundary(offset) => offset,
        Motion::To(offset) => motion::previous(text, offset, Unit::Letter),
    };
    let anchor = if extend { selection.anchor } else { focus };
    turn.state.selection = Some(Selection { anchor, focus });
    turn.state.active = None;
    turn.effects.push(Effect::Reveal(ByteRange::new(focus, focus)));
}

fn stop(text: &SourceText, from: ByteOffset, unit: Unit, heading: Heading) -> ByteOffset {
    match heading {
        Heading::Next => motion::next(text, from, unit),
        Heading::Previous => motion::previous(text, from, unit),
    }
}

/// Where the end of a selection that moves goes. Before the end that stays it begins the selection, so that it stops where
/// the policy has words begin (`by_policy`); behind it, it ends the selection, and proclitics of the next word would be
/// taken along by a stop behind them.
fn end_of_selection(
    text: &SourceText,
    selection: Selection,
    unit: Unit,
    by_policy: Unit,
    heading: Heading,
) -> ByteOffset {
    let Selection { anchor, focus } = selection;
    let begins = stop(text, focus, by_policy, heading);
    match heading {
        _ if by_policy == unit => begins,
        Heading::Next if begins <= anchor => begins,
        // Up to the end that stays at most, if it was before it.
        Heading::Next => stop(text, focus.max(anchor), unit, heading),
        Heading::Previous => {
            let ends = stop(text, focus, unit, heading);
            if ends >= anchor { ends } else { begins.min(anchor) }
        }
    }
}

/// Puts the caret where the click was and takes up the span there; with a label in the hand, the span gets it. Where
/// spans nest, a further click takes the next one out, and that only.
pub(super) fn click(turn: &mut Turn, offset: ByteOffset) {
    let again = turn.state.selection == Some(Selection::caret(offset));
    go_to(turn, offset, again);
}

fn go_to(turn: &mut Turn, offset: ByteOffset, again: bool) {
    turn.state.selection = Some(Selection::caret(offset));
    take_up_at(turn, offset, again);
    if !again {
        labelling::touched(turn);
    }
}

/// Takes up the next span out of those at the caret; after the outermost, the innermost again.
pub(super) fn cycle_span(turn: &mut Turn) {
    if let Some(selection) = turn.state.selection {
        take_up_at(turn, selection.focus, true);
    }
}

/// Takes up the innermost span at a place or, going `outwards`, the one around the active one.
fn take_up_at(turn: &mut Turn, offset: ByteOffset, outwards: bool) {
    let here = spans_at(turn, offset);
    let active = turn.state.active.as_ref().filter(|_| outwards);
    let current = active.and_then(|active| here.iter().position(|id| id == active));
    match current.map_or_else(|| here.first(), |at| here.get(at + 1).or(here.first())) {
        Some(id) => {
            let id = id.clone();
            turn.state.active = Some(id.clone());
            announce(turn, &id);
        }
        None => turn.state.active = None,
    }
}

/// The spans at a place that are shown, innermost first.
fn spans_at(turn: &Turn, offset: ByteOffset) -> Vec<SpanId> {
    let around = turn.state.document().map(|document| document.spans.around(offset)).unwrap_or_default();
    let shown = around.into_iter().filter(|span| turn.state.settings.shows(span));
    shown.map(|span| span.id.clone()).collect()
}

pub(super) fn select_word(turn: &mut Turn, offset: ByteOffset) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let peel_proclitics = turn.state.settings.peels();
    let options = SnapOptions { peel_proclitics, ..SnapOptions::default() };
    let Some(word) =
        motion::word_at(&document.text, offset).and_then(|word| snap(&document.text, word, options))
    else {
        return;
    };
    turn.state.selection = Some(Selection { anchor: word.start, focus: word.end });
    turn.state.active = None;
}

/// Takes up the span that was tapped, or else selects the word; what is selected there already is let go. A finger does not
/// find the same letter twice, so a further tap anywhere in the same innermost span takes the next one out; with a label in
/// the hand it gives it to the span.
pub(super) fn tap(turn: &mut Turn, offset: ByteOffset) {
    let selection = turn.state.selection;
    let is_selected = selection.is_some_and(|selection| selection.range().holds(offset));
    let is_near = |caret: Selection| {
        let (before, now) = (spans_at(turn, caret.focus), spans_at(turn, offset));
        let is_up = turn.state.active.as_ref().is_some_and(|active| now.contains(active));
        is_up && turn.state.sticky().is_none() && before.first() == now.first()
    };
    let again = selection.is_some_and(|caret| caret.focus == offset || is_near(caret));
    go_to(turn, offset, again && selection.is_some_and(Selection::is_caret));
    if turn.state.active.is_none() && !is_selected {
        select_word(turn, offset);
    }
}

pub(super) fn select_all(turn: &mut Turn) {
    if let Some(range) = turn.state.document().map(|document| document.text.range()) {
        turn.state.selection = Some(Selection { anchor: range.start, focus: range.end });
        turn.state.active = None;
    }
}

pub(super) fn release(turn: &mut Turn) {
    turn.state.selection = turn.state.selection.map(|selection| Selection::caret(selection.focus));
    turn.state.active = None;
    turn.state.drawn = None;
}

pub(super) fn focus(turn: &mut Turn, id: &SpanId) {
    turn.take_up(id.clone());
    announce(turn, id);
}

/// Takes up the next span from the active one, or from the caret.
pub(super) fn focus_next(turn: &mut Turn, heading: Heading, among: Among) {
    let Some(document) = turn.state.document() else {
        return;
    };
    // Nothing further on: start again from the other end, so that one key goes over everything that is left.
    let from_the_end = || {
        let wanted = |span: &&Arc<Span>| turn.state.settings.shows(span) && is_among(span, among);
        let span = match heading {
            Heading::Next => document.spans.iter().find(wanted),
            Heading::Previous => document.spans.iter().rev().find(wanted),
        };
        span.map(|span| span.id.clone())
    };
    match find(turn, heading, among).or_else(from_the_end) {
        Some(id) => focus(turn, &id),
        None => turn.say(match among {
            Among::Doubtful => Message::NoDoubtful,
            Among::Spans | Among::Suggestions => Message::NoMoreSuggestions,
        }),
    }
}

/// Takes up the first suggestion after the active span or the caret, or the last one before. False if there is none up to
/// that end of the text.
pub(super) fn focus_beyond(turn: &mut Turn, heading: Heading) -> bool {
    match find(turn, heading, Among::Suggestions) {
        Some(id) => {
            focus(turn, &id);
            true
        }
        None => false,
    }
}

/// The next or previous such span from the active one or, with none active, from the caret.
fn find(turn: &Turn, heading: Heading, among: Among) -> Option<SpanId> {
    let spans = &turn.state.document()?.spans;
    let wanted = |span: &&Arc<Span>| turn.state.settings.shows(span) && is_among(span, among);
    let caret = turn.state.selection.map_or(ByteOffset::ZERO, |selection| selection.focus);
    let active = turn.state.active.as_ref().and_then(|id| spans.position(id));
    let found = match (heading, active) {
        (Heading::Next, Some(here)) => spans.iter().skip(here + 1).find(wanted),
        (Heading::Previous, Some(here)) => spans.iter().take(here).rev().find(wanted),
        (Heading::Next, None) => spans.iter().filter(|span| span.range.start >= caret).find(wanted),
        (Heading::Previous, None) => spans.iter().rev().filter(|span| span.range.end <= caret).find(wanted),
    };
    found.map(|span| span.id.clone())
}

fn is_among(span: &Span, among: Among) -> bool {
    match among {
        Among::Spans => true,
        Among::Suggestions => !span.origin.is_confirmed(),
        Among::Doubtful => {
            !span.origin.is_confirmed()
                && span.confidence.is_some_and(|sure| Strength::of(sure) != Strength::Strong)
        }
    }
}

/// Says which span is up.
pub(super) fn announce(turn: &mut Turn, id: &SpanId) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let Some(span) = document.spans.get(id) else {
        return;
    };
    let position = turn.state.shown_position(id, false);
    let message = Message::Focused {
        label: span.label.clone(),
        surface: turn.state.surface(span).to_owned(),
        position: position.map_or(0, |before| before + 1),
        total: turn.state.shown_count(false),
        suggested: !span.origin.is_confirmed(),
    };
    turn.say(message);
}
