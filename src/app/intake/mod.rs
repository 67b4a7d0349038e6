//! Files and pasted text on their way into the project. A [`FileReading`] makes documents of a file, beside the page
//! (`work`); [`Intake`] gathers on the page what came of all files, and what a person decides about it. Nothing is in
//! the project before [`Intake::admit`].

mod account;
mod address;
mod arrival;
mod choices;
mod excerpt;
mod groups;
mod names;
mod note;
mod reading;
mod session;

use serde_json::Value;

pub use account::{Account, Counting, FieldFound, Found, NoteGroup};
pub use address::{address_in, first_of_list};
pub use arrival::{Arrival, Novelty, Twin};
pub use choices::Choices;
pub use groups::grouped;
pub use names::shown_name;
pub use note::{Excerpt, Foreign, Note, NoteKind, RemarkKind};
pub use reading::{FileEntry, FileReading, Wanted, read_file};
pub use session::{FileState, FileStatus, Intake};

use crate::annotation::{Document, DocumentId};
use crate::formats::jsonl::text_sha256;

/// The longest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 512 << 20;

/// The longest file that is read if it is not one of lines, in bytes: it has to be held whole.
pub const MAX_WHOLE_BYTES: u64 = 256 << 20;

/// The longest article that is taken, in bytes: some 350,000 Arabic words. What is longer is no article, and the
/// page would be slow at it.
pub const MAX_ARTICLE_BYTES: usize = 4 << 20;

/// A pasted article. Its name comes from its text, so that the same paste has the same name on every machine.
#[must_use]
pub fn article(title: &str, text: String) -> Document {
    let name: String = text_sha256(&text).chars().take(10).collect();
    let mut document = Document::new(DocumentId::new(name), text);
    let title = title.trim();
    if !title.is_empty() {
        document.meta.insert("title".to_owned(), Value::from(title));
    }
    document
}
