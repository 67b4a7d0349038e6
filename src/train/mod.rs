//! Training of the tagger's models: native, and no part of the page.
//!
//! [`recipe`] says what is trained from what; [`corpora`] and [`resources`] read the data, [`pipeline`] brings texts
//! through the rules and heads as they go at work, [`task`] and [`learner`] do the learning. The same data and the same
//! program give the same model, byte for byte.
//!
//! The trainer reads files that its user has chosen and trusts, so an index that cannot be wrong is used as one.
#![allow(clippy::indexing_slicing)]

pub mod corpora;
pub mod cuts;
pub mod learner;
pub mod measure;
pub mod pipeline;
pub mod recipe;
pub mod repeats;
pub mod resources;
pub mod task;
