//! How far the work is kept, and what stands in the way.

/// Why the storage refused. Plain data: what is said to the annotator is chosen by the interface, in its language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// There is no storage here, or the browser does not let the page use it (some private windows).
    #[error("the browser offers no storage to this page: {0}")]
    Unavailable(String),
    /// There is no room left. Nothing of the refused batch was written; everything before it is safe.
    #[error("the browser's storage is full")]
    Full,
    /// The storage was laid out by a newer Misam. It is left alone.
    #[error("the storage belongs to a newer version; reload the page to get it")]
    Newer,
    /// Somebody else wrote a journal entry of the same number or a document of the same name: another tab works on
    /// the project. Nothing of it was overwritten.
    #[error("another tab has written to this project")]
    Collision,
    /// The connection is gone for good: the site's data were cleared, or a newer Misam in another tab took over.
    #[error("the connection to the storage was closed")]
    Closed,
    /// Anything else, in the browser's words.
    #[error("the storage refused: {name}: {message}")]
    Refused {
        /// The name of the exception.
        name: String,
        /// Its message.
        message: String,
    },
}

impl StorageError {
    /// True if the same write may go through later without anybody's doing.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Full | Self::Refused { .. })
    }
}

/// Whether what was done is kept. Nothing is kept until this says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Everything is in the storage.
    #[default]
    Saved,
    /// So many writes are on their way.
    Writing(usize),
    /// The storage refused. The writes wait in memory and the annotator can go on; a copy can be saved as a file.
    Failed {
        /// How many writes wait.
        waiting: usize,
        /// Why.
        error: StorageError,
        /// True if Misam tries again by itself.
        retrying: bool,
    },
}
