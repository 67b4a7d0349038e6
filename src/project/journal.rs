//! The journal: everything that was done, in order. Replaying it from the stored documents gives back documents and
//! history alike.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::annotation::Edit;

/// One thing that was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// An edit was made.
    Do(Arc<Edit>),
    /// The latest edit not yet taken back was taken back.
    Undo,
    /// The edit taken back last was made again.
    Redo,
}

/// An entry and its place in the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Journalled {
    /// Counts entries from 1. A stored document says up to which entry it is current.
    pub seq: u64,
    /// What was done.
    pub entry: Entry,
}
