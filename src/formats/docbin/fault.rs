//! Why a file is no `DocBin`: in our own words, so that every language of the page has them.

use serde::Serialize;

/// What a file lacks to be a `DocBin`, or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DocBinFault {
    /// It is not compressed as one is, or more than Misam reads comes out of it.
    #[error("it is not compressed with zlib, or too much comes out of it")]
    NotZlib,
    /// What comes out of it is no `MessagePack`.
    #[error("there is no MessagePack in it")]
    NotMessagePack,
    /// A field is missing.
    #[error("its field {field:?} is missing")]
    Missing {
        /// Which.
        field: &'static str,
    },
    /// The tokens have no text.
    #[error("its tokens have no text")]
    NoText,
    /// More or fewer tokens than there should be.
    #[error("there are not as many tokens as it says")]
    Count,
    /// A token with a text that is not among the strings.
    #[error("a token has a text that is not among the strings")]
    Token,
    /// A group of spans that is no `MessagePack`.
    #[error("a group of spans cannot be unpacked")]
    Group,
}
