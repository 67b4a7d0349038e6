//! The documents somebody works on, the edits made to them, and how both are kept.

mod journal;
mod store;
mod workspace;

pub use journal::{Entry, Journalled};
pub use store::{StoreError, StoredDocument};
pub use workspace::{Project, Refused};
