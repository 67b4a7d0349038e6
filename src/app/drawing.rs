//! An end that the hand draws through the text: of a selection, or of a span.
//!
//! Within the word it was taken in an end goes by letters, since that is where clitics are; beyond it goes by words, for
//! that is what names are made of, unless the hand asks for letters everywhere.

use std::sync::Arc;

use super::labelling;
use super::navigation;
use super::state::{Drawn, Selection, State};
use super::update::Turn;
use crate::annotation::{Span, SpanId};
use crate::text::motion::{Edge, Unit};
use crate::text::{ByteOffset, ByteRange, SnapOptions, SourceText, motion, snap};

/// Draws one end of a selection to a place.
pub(super) fn stretch(turn: &mut Turn, anchor: ByteOffset, from: ByteOffset, to: ByteOffset) {
    let Some(text) = turn.state.document().map(|document| &document.text) else {
        return;
    };
    let peels = turn.state.settings.peels();
    let focus = end_at(text, anchor, from, to, Unit::Word, peels);
    if focus != anchor {
        turn.state.selection = Some(Selection { anchor, focus });
        turn.state.active = None;
    }
}

/// Draws one end of a span to a place; nothing is edited until it is [let go](let_go).
pub(super) fn draw(turn: &mut Turn, id: &SpanId, edge: Edge, to: ByteOffset, unit: Unit) {
    let Some((text, span)) =
        turn.state.document().and_then(|document| Some((&document.text, document.spans.get(id)?)))
    else {
        return;
    };
    if let Some(range) = drawn_range(turn.state, text, span, edge, to, unit) {
        turn.state.drawn = Some(Drawn { span: id.clone(), range });
        turn.state.active = Some(id.clone());
    }
}

/// Where a span would be with one end drawn to a place.
fn drawn_range(
    state: &State,
    text: &SourceText,
    span: &Span,
    edge: Edge,
    to: ByteOffset,
    unit: Unit,
) -> Option<ByteRange> {
    let ByteRange { start, end } = span.range;
    // A span keeps to its line.
    let first = text.paragraphs().get(text.paragraph_at(start)?)?.content;
    let last = text.paragraphs().get(text.paragraph_at(text.grapheme_floor(before(end)))?)?.content;
    let to = to.clamp(first.start, last.end);
    let (taken, other) = match edge {
        Edge::Start => (start, end),
        Edge::End => (end, start),
    };
    // Who draws over the whole span and beyond means all that lies between: the end that was taken stays.
    let is_beyond = match edge {
        Edge::Start => to >= end,
        Edge::End => to <= start,
    };
    let anchor = if is_beyond { taken } else { other };
    let focus = end_at(text, anchor, taken, to, unit, state.settings.peels());
    snap(
        text,
        ByteRange::new(anchor, focus),
        SnapOptions { trim: state.settings.trim, ..SnapOptions::default() },
    )
}

/// Where an end that was taken at `from` and drawn to `to` comes to be, the other being at `anchor`. Before it a word
/// begins where the policy on proclitics has it begin.
fn end_at(
    text: &SourceText,
    anchor: ByteOffset,
    from: ByteOffset,
    to: ByteOffset,
    unit: Unit,
    peel_proclitics: bool,
) -> ByteOffset {
    let word = motion::word_at(text, to)
        .filter(|word| unit != Unit::Letter && motion::word_at(text, from) != Some(*word));
    match word {
        Some(word) if to < anchor => {
            let options = SnapOptions { peel_proclitics, trim: false, ..SnapOptions::default() };
            snap(text, word, options).map_or(word.start, |word| word.start)
        }
        Some(word) => word.end,
        None => text.grapheme_floor(to),
    }
}

fn before(offset: ByteOffset) -> ByteOffset {
    ByteOffset::from(offset.to_usize().saturating_sub(1))
}

/// The hand lets go of the end that it drew: the span is moved there.
pub(super) fn let_go(turn: &mut Turn) {
    let Some(Drawn { span, range }) = turn.state.drawn.take() else {
        return;
    };
    let Some(was) =
        turn.state.document().and_then(|document| document.spans.get(&span)).map(|span| span.range)
    else {
        return;
    };
    turn.state.active = Some(span.clone());
    if range == was {
        turn.state.selection = Some(Selection::caret(range.end));
        navigation::announce(turn, &span);
    } else {
        labelling::move_to(turn, range);
    }
}

impl State {
    /// The spans in sight that are at a place or beside it, as far as the next word: those whose ends a pointer at that
    /// place may mean.
    #[must_use]
    pub fn spans_beside(&self, offset: ByteOffset) -> Vec<Arc<Span>> {
        let Some(document) = self.document() else {
            return Vec::new();
        };
        let text = &document.text;
        let start = motion::previous(text, offset, Unit::Word);
        let end = motion::next(text, motion::next(text, offset, Unit::Letter), Unit::Word);
        let beside = document.spans.overlapping(ByteRange { start, end });
        beside.filter(|span| self.settings.shows(span)).map(Arc::clone).collect()
    }
}
