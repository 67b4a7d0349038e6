//! The dataset on its way out.

use std::sync::Arc;

use super::state::State;
use crate::annotation::{Document, Status};
use crate::formats::{
    Counts, ExportError, ExportOptions, Format, Losses, MemoryOutput, ReadOptions, Reader, Records, select,
};

/// Which articles go into a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    #[default]
    All,
    /// Those marked done.
    Done,
    /// The one on the screen.
    Current,
}

/// A file ready to be saved.
#[derive(Clone, Debug)]
pub struct Export {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// How much is in it and how much is not.
    pub counts: Counts,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The writer found a document that does not fit itself, or cannot write.
    #[error(transparent)]
    Write(#[from] ExportError),
    /// The format is not written in this version.
    #[error(transparent)]
    Unavailable(#[from] crate::formats::Unavailable),
    /// What was written does not read back as it was.
    #[error("the record of article {0} does not read back as it was written")]
    Differs(Arc<str>),
}

/// The articles of a scope.
pub fn in_scope(state: &State, scope: Scope) -> impl Iterator<Item = &Document> {
    state.project.documents().filter(move |document| match scope {
        Scope::All => true,
        Scope::Done => document.status == Status::Done,
        Scope::Current => state.current.as_ref() == Some(&document.id),
    })
}

/// How much would go into a file and how much would not.
#[must_use]
pub fn balance(state: &State, scope: Scope, options: ExportOptions) -> Counts {
    let (mut counts, mut losses) = (Counts::default(), Losses::default());
    for document in in_scope(state, scope) {
        // Only the counts are wanted.
        let _ = select(document, options, &mut counts, &mut losses);
    }
    counts
}

/// Writes the dataset as Misam's own records, and reads it back before it is given out.
///
/// # Errors
/// If a document cannot be written or does not read back as it was.
pub fn export(state: &State, scope: Scope, options: ExportOptions) -> Result<Export, ExportFault> {
    let (mut counts, mut losses) = (Counts::default(), Losses::default());
    let mut output = MemoryOutput::default();
    let mut writer = Format::Misam.writer()?;
    let mut written = Vec::new();
    for document in in_scope(state, scope) {
        let mut selected = select(document, options, &mut counts, &mut losses);
        selected.schema = Some(state.schema.id.as_str().into());
        writer.write(&selected, &mut output, &mut losses)?;
        written.push(selected);
    }
    writer.finish(&mut output)?;
    let bytes = output.stream;
    check(state, &bytes, &written)?;
    let done = if scope == Scope::Done { "-done" } else { "" };
    let kind = if options.with_suggestions { "with-suggestions" } else { "gold" };
    Ok(Export { name: format!("misam{done}-{kind}.jsonl"), bytes, counts })
}

fn check(state: &State, bytes: &[u8], written: &[Document]) -> Result<(), ExportFault> {
    let options = ReadOptions { schema: Some((*state.schema).clone()), ..ReadOptions::for_file("export") };
    let Ok(Reader::Lines(read)) = Format::Misam.reader() else {
        return Ok(());
    };
    // Reading from memory does not fail; a line that does not read gives no document and differs.
    let mut back = Records::new(std::io::Cursor::new(bytes), &options, read).map_while(Result::ok);
    for document in written {
        let same = back.next().and_then(|reading| reading.document).is_some_and(|read| {
            read.text == document.text && read.spans == document.spans && read.status == document.status
        });
        if !same {
            return Err(ExportFault::Differs(document.id.as_str().into()));
        }
    }
    Ok(())
}
