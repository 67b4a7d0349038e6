//! What somebody wants to know about their own work: how far it has come, what is labelled, how good the suggestions
//! were, which names are frequent, and how long it took. Counted on the spot; nothing of it leaves the device.

mod effort;
mod names;
mod tally;

pub use effort::{Effort, IDLE_MS, Work, effort};
pub use names::NameCount;
pub use tally::{ArticleCount, LabelCount, OriginCounts, Statistics, StatusCounts, Tally};
