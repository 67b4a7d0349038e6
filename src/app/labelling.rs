//! Making spans and changing what they say and where they end.

use std::collections::HashSet;
use std::sync::Arc;

use super::command::Effect;
use super::crossing::{crossed, is_in_the_way};
use super::message::Message;
use super::moving::Run;
use super::state::Selection;
use super::update::Turn;
use crate::annotation::{Change, Document, EditKind, Origin, Rejection, Span, SpanId};
use crate::extract::value;
use crate::schema::{LabelCode, Layers};
use crate::text::clitics::{next_cut, restored_form};
use crate::text::motion::{Direction, Edge, Unit};
use crate::text::{
    ByteOffset, ByteRange, SnapOptions, SourceText, motion, proclitic_cuts, snap, split_lines,
};

/// Labels what is selected; with nothing selected, relabels the active span; with none active, labels the word at
/// the caret.
pub(super) fn label(turn: &mut Turn, code: LabelCode) {
    if turn.state.sticky().is_some() {
        take_in_hand(turn, Some(code.clone()));
    }
    let selected = turn.state.selection.filter(|selection| !selection.is_caret());
    if selected.is_none() && turn.state.active_span().is_some() {
        return relabel(turn, code);
    }
    // With nothing chosen for it, a label is taken into the hand and no more.
    if selected.is_none() && turn.state.sticky().is_some() {
        return turn.say(Message::Sticky(Some(code)));
    }
    let Some(document) = turn.state.document() else {
        return;
    };
    let ranges = match selected {
        Some(selection) => pieces(document, selection.range(), turn.state.settings.trim),
        None => word_at_caret(turn, document).into_iter().collect(),
    };
    if ranges.is_empty() {
        return turn.say(Message::NothingToLabel);
    }
    add(turn, code, &ranges);
}

/// Gives what the hand has just selected the label that sticks to it.
pub(super) fn picked(turn: &mut Turn) {
    let selects = turn.state.selection.is_some_and(|selection| !selection.is_caret());
    if let Some(code) = turn.state.sticky().cloned().filter(|_| selects) {
        label(turn, code);
    }
}

/// Gives the span that the hand has just taken up the label that sticks to it.
pub(super) fn touched(turn: &mut Turn) {
    let is_up = turn.state.writable && turn.state.active_span().is_some();
    if let Some(code) = turn.state.sticky().cloned().filter(|_| is_up) {
        relabel(turn, code);
    }
}

/// Takes a label into the hand, or puts it down: the one of the active span, or else the first of the schema.
pub(super) fn toggle_sticky(turn: &mut Turn) {
    let taken = match turn.state.sticky() {
        Some(_) => None,
        None => {
            let active = turn.state.active_span().map(|span| span.label.clone());
            active.or_else(|| turn.state.schema().labels.first().map(|label| label.code.clone()))
        }
    };
    take_in_hand(turn, taken.clone());
    turn.say(Message::Sticky(taken));
}

/// Takes a label into the hand, or none, and keeps that.
fn take_in_hand(turn: &mut Turn, label: Option<LabelCode>) {
    if turn.state.settings.sticky != label {
        turn.state.settings.sticky = label;
        turn.effects.push(Effect::SaveSettings);
    }
}

/// Makes the selection a piece of the span that was active last: a name that other words interrupt.
pub(super) fn join(turn: &mut Turn) {
    let selected = turn.state.selection.filter(|selection| !selection.is_caret());
    let recent = turn.state.recent.as_ref();
    let Some(((document, selected), span)) = turn
        .state
        .document()
        .zip(selected)
        .and_then(|(document, selected)| Some(((document, selected), document.spans.get(recent?)?)))
    else {
        return turn.say(Message::NothingToJoin);
    };
    let mut parts = span.fragments.clone();
    if parts.is_empty() {
        parts.push(span.range);
    }
    parts.extend(pieces(document, selected.range(), turn.state.settings.trim));
    let fragments = joined(&document.text, parts);
    let Some((first, last)) = fragments.first().zip(fragments.last()) else {
        return;
    };
    let range = ByteRange { start: first.start, end: last.end };
    let after = Span {
        range,
        fragments: if fragments.len() > 1 { fragments } else { Vec::new() },
        origin: span.origin.after_correction(),
        alternative: None,
        normalized: span.normalized.as_ref().filter(|_| is_written_by_hand(document, span)).map(Arc::clone),
        ..(**span).clone()
    };
    if after.range == span.range && after.fragments == span.fragments {
        return turn.say(Message::NothingToJoin);
    }
    let mut changes = vec![Change::Replace { before: Arc::clone(span), after: Arc::new(after) }];
    changes.extend(wrong_proposal(span));
    let (id, span_id) = (document.id.clone(), span.id.clone());
    if turn.commit(EditKind::Move, &id, changes) {
        let surface =
            turn.state.document().and_then(|document| document.text.slice(range)).unwrap_or_default();
        let said = Message::Moved(surface.to_owned());
        turn.take_up(span_id);
        turn.say(said);
    }
}

/// Ranges in order and apart: those that overlap, touch, or have nothing but white space between them are one.
fn joined(text: &SourceText, mut parts: Vec<ByteRange>) -> Vec<ByteRange> {
    parts.sort_unstable_by_key(|part| (part.start, part.end));
    let mut joined: Vec<ByteRange> = Vec::with_capacity(parts.len());
    let is_blank = |start: ByteOffset, end: ByteOffset| {
        start >= end || text.slice(ByteRange { start, end }).is_some_and(|between| between.trim().is_empty())
    };
    for part in parts {
        match joined.last_mut() {
            Some(last) if is_blank(last.end, part.start) => last.end = last.end.max(part.end),
            _ => joined.push(part),
        }
    }
    joined
}

/// What a selection comes to: trimmed, and one piece a line, since a span does not cross a line break.
fn pieces(document: &Document, selected: ByteRange, trim: bool) -> Vec<ByteRange> {
    let options = SnapOptions { trim, ..SnapOptions::default() };
    split_lines(&document.text, selected).filter_map(|line| snap(&document.text, line, options)).collect()
}

fn word_at_caret(turn: &Turn, document: &Document) -> Option<ByteRange> {
    let caret = turn.state.selection?.focus;
    let word = motion::word_at(&document.text, caret)?;
    let peel_proclitics = turn.state.settings.peels();
    snap(&document.text, word, SnapOptions { peel_proclitics, ..SnapOptions::default() })
}

/// What labelling places comes to.
pub(super) struct Labelled {
    /// The changes.
    pub(super) changes: Vec<Change>,
    /// How many places they are about: those that did not have the label before.
    pub(super) places: usize,
    /// The words of suggestions that were turned down for it.
    pub(super) over: Vec<String>,
    /// The span at the last place.
    last: Option<SpanId>,
}

/// Labels places. A span that is there already gets the label; suggestions in the way were wrong and are turned down.
pub(super) fn labelled(
    document: &Document,
    places: &[ByteRange],
    code: &LabelCode,
    layers: Layers,
) -> Labelled {
    let mut names = document.spans.free_ids();
    let mut labelled = Labelled { changes: Vec::new(), places: 0, over: Vec::new(), last: None };
    // Two places may lie on one long suggestion, which then goes only once.
    let mut gone = HashSet::new();
    for &range in places {
        let same =
            document.spans.overlapping(range).find(|span| span.range == range && span.fragments.is_empty());
        if let Some(span) = same {
            labelled.last = Some(span.id.clone());
            let changes = relabelled(document, span, code);
            labelled.places += usize::from(!changes.is_empty());
            labelled.changes.extend(changes);
            continue;
        }
        for wrong in document.spans.overlapping(range).filter(|span| is_in_the_way(span, range, layers)) {
            if gone.insert(&wrong.id) {
                labelled.over.push(words_of(document, wrong));
                labelled.changes.extend(turned_down(wrong));
            }
        }
        let Some(name) = names.next() else {
            break;
        };
        labelled.last = Some(name.clone());
        let span = Span {
            normalized: normal_form(document, range, code),
            ..Span::new(name, range, code.clone(), Origin::Manual)
        };
        labelled.changes.push(Change::Add(Arc::new(span)));
        labelled.places += 1;
    }
    labelled
}

fn words_of(document: &Document, span: &Span) -> String {
    document.text.slice(span.range).unwrap_or_default().to_owned()
}

fn add(turn: &mut Turn, code: LabelCode, ranges: &[ByteRange]) {
    let Some(document) = turn.state.document() else {
        return;
    };
    let layers = turn.state.schema().layers;
    let Labelled { changes, over, last, .. } = labelled(document, ranges, &code, layers);
    let surface = ranges.last().and_then(|&range| document.text.slice(range)).unwrap_or_default().to_owned();
    let crossed: Vec<_> = ranges.iter().flat_map(|&range| crossed(document, range, None)).collect();
    let id = document.id.clone();
    if changes.is_empty() || turn.commit(EditKind::Label, &id, changes) {
        if let Some(last) = last {
            turn.take_up(last);
        }
        turn.say(if over.is_empty() {
            Message::Labelled(code, surface)
        } else {
            Message::LabelledOver(code, surface, over)
        });
        turn.say_crossed(crossed);
    }
}

fn relabel(turn: &mut Turn, code: LabelCode) {
    let Some((document, span)) = turn.state.document().zip(turn.state.active_span()) else {
        return;
    };
    let surface = turn.state.surface(span).to_owned();
    let (id, changes) = (document.id.clone(), relabelled(document, span, &code));
    let kind = if span.label == code { EditKind::Accept } else { EditKind::Relabel };
    if changes.is_empty() || turn.commit(kind, &id, changes) {
        turn.say(Message::Labelled(code, surface));
    }
}

/// Gives the active span the label that its extractor took for the next likely.
pub(super) fn take_alternative(turn: &mut Turn) {
    let Some(span) = turn.state.active_span() else {
        return;
    };
    // The schema may have changed since the extractor thought of it.
    let other = span.alternative.as_ref().and_then(|other| turn.state.schema().resolve(other.label.as_str()));
    match other.map(|label| label.code.clone()) {
        Some(code) => relabel(turn, code),
        None => turn.say(Message::NoAlternative),
    }
}

/// Gives a span a label. The label it has already, said again, accepts a suggestion.
pub(super) fn relabelled(document: &Document, span: &Arc<Span>, code: &LabelCode) -> Vec<Change> {
    let origin = match (span.label == *code, span.origin) {
        (true, Origin::Suggested) => Origin::Accepted,
        (true, _) => return Vec::new(),
        (false, origin) => origin.after_correction(),
    };
    let mut after = Span { label: code.clone(), origin, ..(**span).clone() };
    if *code != span.label {
        after.alternative = None;
    }
    // The value of a count is none of a place; what somebody else has noted there stays.
    if *code != span.label && span.normalized == normal_form(document, span.range, &span.label) {
        after.normalized = normal_form(document, span.range, code);
    }
    let mut changes = vec![Change::Replace { before: Arc::clone(span), after: Arc::new(after) }];
    if origin == Origin::Corrected {
        changes.extend(wrong_proposal(span));
    }
    changes
}

/// What an extractor proposed and somebody changed was wrong as it stood; it is not to be proposed again.
fn wrong_proposal(span: &Span) -> Option<Change> {
    (span.origin == Origin::Suggested).then(|| Change::Reject(rejection(span)))
}

fn rejection(span: &Span) -> Rejection {
    Rejection { range: span.range, label: span.label.clone(), source: span.source.as_ref().map(Arc::clone) }
}

/// Takes a suggestion away for good.
pub(super) fn turned_down(span: &Arc<Span>) -> [Change; 2] {
    [Change::Remove(Arc::clone(span)), Change::Reject(rejection(span))]
}

pub(super) fn move_edge(turn: &mut Turn, edge: Edge, direction: Direction, unit: Unit) {
    let Some((document, span)) = turn.state.document().zip(turn.state.active_span()) else {
        return;
    };
    let unit = turn.state.settings.unit(unit);
    match motion::move_edge(&document.text, span.range, edge, direction, unit) {
        Some(range) => move_to(turn, range),
        None => turn.say(Message::CannotMove),
    }
}

/// Peels the next proclitic off the span's first word; after the last, the word is whole again.
pub(super) fn cycle_prefix(turn: &mut Turn) {
    let Some((document, span)) = turn.state.document().zip(turn.state.active_span()) else {
        return;
    };
    let Some(word) = motion::word_at(&document.text, span.range.start) else {
        return turn.say(Message::NoPrefix);
    };
    let surface = document.text.slice(word).unwrap_or_default();
    let peeled = span.range.start.to_usize() - word.start.to_usize();
    let Some(cut) = next_cut(surface, peeled) else {
        return turn.say(Message::NoPrefix);
    };
    let next = ByteOffset::from(word.start.to_usize() + cut);
    if next == span.range.start || next >= span.range.end {
        return turn.say(Message::NoPrefix);
    }
    move_to(turn, ByteRange { start: next, end: span.range.end });
}

pub(super) fn move_to(turn: &mut Turn, range: ByteRange) {
    let Some((document, span)) = turn.state.document().zip(turn.state.active_span()) else {
        return;
    };
    let fragments = moved_pieces(&document.text, span, range);
    let range = match (fragments.first(), fragments.last()) {
        (Some(first), Some(last)) => ByteRange { start: first.start, end: last.end },
        _ => range,
    };
    let fragments = if fragments.len() > 1 { fragments } else { Vec::new() };
    let run = Run::so_far(turn.state.project.history(), &document.id, span);
    let mut changes = Vec::new();
    let is_back = range == run.begun_as.range && fragments == run.begun_as.fragments;
    if is_back {
        changes.push(Change::Replace { before: Arc::clone(span), after: Arc::clone(&run.begun_as) });
        changes.extend(wrong_proposal(&run.begun_as).and_then(unrejected));
    } else {
        let after = Span {
            range,
            fragments,
            origin: span.origin.after_correction(),
            // It was said of other words.
            alternative: None,
            normalized: if is_written_by_hand(document, span) {
                span.normalized.as_ref().map(Arc::clone)
            } else {
                normal_form(document, range, &span.label)
            },
            ..(**span).clone()
        };
        changes.push(Change::Replace { before: Arc::clone(span), after: Arc::new(after) });
        changes.extend(wrong_proposal(span));
    }
    let layers = turn.state.schema().layers;
    let others = document.spans.overlapping(range).filter(|other| other.id != span.id);
    let in_the_way: Vec<_> = others.filter(|other| is_in_the_way(other, range, layers)).collect();
    let over: Vec<_> = in_the_way.iter().map(|other| words_of(document, other)).collect();
    changes.extend(in_the_way.into_iter().flat_map(turned_down));
    for other in run.taken_away.iter().filter(|other| !is_in_the_way(other, range, layers)) {
        changes.push(Change::Add(Arc::clone(other)));
        changes.push(Change::Unreject(rejection(other)));
    }
    let surface = document.text.slice(range).unwrap_or_default().to_owned();
    let crossed = crossed(document, range, Some(span.range));
    let id = document.id.clone();
    if turn.commit(EditKind::Move, &id, changes) {
        turn.state.selection = Some(Selection::caret(range.end));
        turn.say(if over.is_empty() { Message::Moved(surface) } else { Message::MovedOver(surface, over) });
        turn.say_crossed(crossed);
    }
}

/// Takes back that a proposal was wrong.
fn unrejected(rejected: Change) -> Option<Change> {
    match rejected {
        Change::Reject(rejection) => Some(Change::Unreject(rejection)),
        _ => None,
    }
}

/// The pieces of a discontinuous span whose ends move: the outer ones are drawn out or cut, and those beyond the ends go.
/// None, if the span is in one piece.
fn moved_pieces(text: &SourceText, span: &Span, to: ByteRange) -> Vec<ByteRange> {
    let cut = |piece: &ByteRange| ByteRange { start: piece.start.max(to.start), end: piece.end.min(to.end) };
    let mut left: Vec<_> = span.fragments.iter().map(cut).filter(|piece| piece.start < piece.end).collect();
    if let Some(first) = left.first_mut().filter(|_| to.start < span.range.start) {
        first.start = to.start;
    }
    if let Some(last) = left.last_mut().filter(|_| to.end > span.range.end) {
        last.end = to.end;
    }
    joined(text, left)
}

/// True if a person, or another tool, wrote what the span says: it is not what its words come to by themselves.
fn is_written_by_hand(document: &Document, span: &Span) -> bool {
    span.normalized.is_some() && span.normalized != normal_form(document, span.range, &span.label)
}

/// What a span says, apart from how it is written: the value of a date or count, else the clean form.
fn normal_form(document: &Document, range: ByteRange, code: &LabelCode) -> Option<Arc<str>> {
    let surface = document.text.slice(range)?;
    let value = value::of(code.as_str(), surface, value::published(document));
    value.map(|value| value.to_string().into()).or_else(|| clean_form(document, range))
}

/// The clean form of a span that begins with the ل of an article that lost its alif: `الأردن` for `لأردن` of
/// `للأردن`.
fn clean_form(document: &Document, range: ByteRange) -> Option<Arc<str>> {
    let word = motion::word_at(&document.text, range.start)?;
    let surface = document.text.slice(word)?;
    let peeled = range.start.to_usize().checked_sub(word.start.to_usize())?;
    let cut = proclitic_cuts(surface).iter().find(|cut| cut.offset == peeled)?;
    let first = restored_form(surface, cut)?;
    let rest = if word.end < range.end {
        document.text.slice(ByteRange { start: word.end, end: range.end })?
    } else {
        ""
    };
    Some(format!("{first}{rest}").into())
}
