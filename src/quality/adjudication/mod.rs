//! From what several annotators say to one gold answer.
//!
//! [`contested`] brings together the documents of annotators, and of an extractor if wanted, by their texts, and parts each
//! article into [`Region`]s: places where spans touch each other. Where all who vote say the same, the region is settled;
//! the others wait in a [`queue`] for a [`Decision`], by a person or by a [`Policy`]. [`gold`] makes the document of a new
//! annotator from both, and every span in it says who was followed and who said otherwise. [`followed`] counts whom the
//! adjudicator followed, and [`blind_order`] hides who said what.
//!
//! All of it is plain data, so that decisions can be stored, sent to a worker, and made again. [`gold_with_decisions`] keeps
//! them in the gold document itself, and [`recall`] finds them there.

mod blind;
mod decision;
mod docket;
mod followed;
mod gold;
mod policy;
mod record;
mod region;

pub use blind::blind_order;
pub use decision::{Decided, Decision, Decisions, Placed};
pub use docket::{Contested, Docket, Open, contested, docket, queue};
pub use followed::{Followed, followed};
pub use gold::{ADJUDICATION, GOLD, gold, is_gold, suggest_open};
pub use policy::Policy;
pub use record::{DECISIONS, gold_with_decisions, recall, record};
pub use region::{Disagreement, Region, Side};

#[cfg(test)]
mod testing;
