//! What a person chose about a file after a look at what came of it.

use serde::{Deserialize, Serialize};

use crate::formats::{Encoding, Format, ReadChoices};

/// What a person chose about a file. Whatever is not chosen is found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The format.
    pub format: Option<Format>,
    /// What the readers are told.
    pub read: ReadChoices,
}
