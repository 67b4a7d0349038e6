//! Comma-separated values for spreadsheets and data frames: a row a span, RFC 4180.
//!
//! A byte order mark makes Excel take the file for UTF-8. A cell that a spreadsheet would take for a formula gets an
//! apostrophe before it, which is taken off again on reading. The first row of an article holds its text.

mod cell;
mod columns;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use cell::cell;
pub use columns::COLUMNS;
pub use read::read_file;
pub(super) use read::{names_spans, say_marks};
pub use write::Writer;
