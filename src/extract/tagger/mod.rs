//! The trained tagger.
//!
//! A line is split into words, each with hashed [`attributes`]. A [`head::Head`] holds weights of attributes for the tags
//! (BIOES) of its labels, a [`table::Table`] those of all heads as they are used; a [`decode::Decoder`] finds the best tags of a line by Viterbi and how likely each span is by
//! forward and backward sums. Several heads work one after another, each seeing what the rules and the heads before it
//! found. Tags are given to whole words; a [`cut::Cutter`] then decides whether a span begins behind the proclitics of
//! its first word.

pub mod attributes;
mod bytes;
mod chain;
mod choose;
pub mod clue;
pub mod cut;
pub mod decode;
mod extractor;
pub mod facts;
pub mod head;
mod keys;
pub mod model;
pub mod sequence;
mod steps;
pub mod streams;
pub mod table;
pub mod tags;

pub use bytes::ModelError;
pub use extractor::TaggedExtractor;
pub use model::{About, Model};
