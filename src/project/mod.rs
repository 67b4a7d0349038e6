//! The documents somebody works on, the edits made to them, and how both are kept.

mod journal;
mod revive;
mod saving;
mod store;
mod workspace;
mod write_queue;

pub use journal::{Entry, Journalled};
pub use revive::{Damaged, Revived, StoredProject, revive};
pub use saving::{Saving, StorageError};
pub use store::{StoreError, StoredDocument, StoredSchema};
pub use workspace::{Project, Refused};
pub use write_queue::{Write, WriteQueue};
