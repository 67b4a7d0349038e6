//! Every place where something stands, in one article or in all of them, in its context and with what is said of it.
//!
//! Looking for a name, for a label, for suggestions of little confidence: all are one [`Query`], and what is found can
//! be labelled, accepted or removed in one step ([`Command::Apply`](super::Command::Apply)).

mod at_hand;
mod cache;
mod context;
mod hit;
mod query;
mod scan;
#[cfg(test)]
mod tests;

pub use at_hand::{span_at_hand, words_at_hand};
pub use cache::{MOST_BYTES, SearchCache};
pub use context::{Context, context};
pub use hit::{Hit, Place};
pub use query::{Articles, Matching, Query, Standing};
pub use scan::{Found, MOST_HITS, PatternFinder, Scan, Step};
