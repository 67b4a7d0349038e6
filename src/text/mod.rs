//! Verbatim text and positions in it; Arabic folding, words, clitics and the rest that only looks at letters.

pub mod abbreviations;
pub mod clitics;
mod direction;
pub mod fold;
mod folded;
pub mod letter;
pub mod motion;
mod naming;
mod number;
mod offset;
pub(crate) mod pairs;
mod presentation;
pub mod search;
pub mod sentences;
pub mod snap;
mod source;
pub mod words;

pub use clitics::{Cut, Proclitic, ProcliticCuts, ProcliticPolicy, proclitic_cuts, with_proclitics};
pub use direction::{runs_leftwards, turning_sign, turns_direction, unturned};
pub use fold::{Folding, fold_word};
pub use folded::Folded;
pub use naming::free_name;
pub use number::is_in_number;
pub use offset::{ByteOffset, ByteRange, CodePointOffset, Utf16Offset};
pub use search::{SearchOptions, Searcher, find_all};
pub use sentences::sentences;
pub use snap::{SnapOptions, snap, split_lines};
pub use source::{MAX_TEXT_BYTES, Paragraph, SourceText, hex, sha256_of};
pub use words::{Word, WordKind, words, words_in};
