//! The documents somebody works on, the edits made to them, and how both are kept.

mod about;
mod annotators;
mod arriving;
pub mod backups;
mod catalogue;
pub mod file;
mod head;
mod journal;
mod numbers;
mod revive;
mod saving;
mod snapshot;
mod stacks;
mod store;
mod unread;
mod workspace;
mod write_queue;

pub use about::About;
pub use annotators::{ANNOTATORS, StoredAnnotator};
pub use arriving::{Delivery, Place};
pub use catalogue::{KEPT_AFTER_DELETION, ProjectCard, Shelf, arrange, free_name};
pub use head::{Head, HeadsIndex, Outline, StoredOutline, outline};
pub use journal::{Entry, Journalled, Recollection, is_self_contained};
pub use numbers::HIGHEST_BROUGHT;
pub use revive::{Damaged, Revived, StoredProject, revive};
pub use saving::{Saving, StorageError};
pub use snapshot::{Portion, SCHEMA, SNAPSHOT, SnapshotPart};
pub use stacks::{LET_IN, LetIn, Stacked};
pub use store::{StoreError, StoredDocument, StoredSchema};
pub use unread::{HEADS, Listed};
pub use workspace::{Imported, Project, Refused};
pub use write_queue::{Write, WriteQueue};
