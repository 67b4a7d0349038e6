//! Spans that lie over each other. Within each other they are names within names, where the schema allows for that;
//! crossing, so that each has words that the other has not, they are rarely meant, and look much alike on the page.

use crate::annotation::{Document, Span};
use crate::schema::Layers;
use crate::text::ByteRange;

/// True if a suggestion must go where a person puts a span: they share words, and it is not a longer name that may have
/// the span within it.
pub(super) fn is_in_the_way(span: &Span, put: ByteRange, layers: Layers) -> bool {
    !span.origin.is_confirmed() && span.range.overlaps(put) && !may_be_around(span.range, put, layers)
}

/// True if a suggestion may stand around a span, as a longer name around a shorter one.
pub(super) fn may_be_around(suggestion: ByteRange, span: ByteRange, layers: Layers) -> bool {
    layers != Layers::Flat && suggestion.contains(span)
}

/// Words of confirmed spans that a span at `now` crosses, and that one at `before` did not cross.
pub(super) fn crossed(document: &Document, now: ByteRange, before: Option<ByteRange>) -> Vec<String> {
    let crosses = |one: ByteRange, other: ByteRange| {
        one.overlaps(other) && !one.contains(other) && !other.contains(one)
    };
    let confirmed = document.spans.overlapping(now).filter(|span| span.origin.is_confirmed());
    confirmed
        .map(|span| span.range)
        .filter(|&range| Some(range) != before && crosses(range, now))
        .filter(|&range| before.is_none_or(|before| !crosses(range, before)))
        .map(|range| document.text.slice(range).unwrap_or_default().to_owned())
        .collect()
}
