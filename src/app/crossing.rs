//! Spans that cross: each has words that the other has not. Within each other they are names within names; crossing they
//! are rarely meant, and look much alike on the page.

use crate::annotation::Document;
use crate::text::ByteRange;

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
