//! What writers of documents are given, and what can go wrong.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::jsonl::WriteError;
use super::{Format, Losses, Unavailable};
use crate::annotation::{Document, DocumentId};

/// Writes documents one after the other.
pub trait DocumentWriter {
    /// Writes one document.
    ///
    /// # Errors
    /// If the document does not fit its own text, or the output fails.
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError>;

    /// True if what is written for a document can be read by itself. If not, the file is read back when it is whole.
    fn writes_by_document(&self) -> bool {
        true
    }

    /// Writes what comes after the last document.
    ///
    /// # Errors
    /// If the output fails.
    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        let _ = output;
        Ok(())
    }
}

/// Where a writer puts its bytes: a stream, or files with names.
pub trait Output {
    /// The stream, for formats that put all documents into one file.
    fn stream(&mut self) -> &mut dyn Write;

    /// A file of its own, for formats that need several.
    ///
    /// # Errors
    /// If it cannot be written.
    fn file(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// A file that goes with the others and without which they can be read, such as a labelling configuration. An
    /// output that is one stream leaves it out.
    ///
    /// # Errors
    /// If it cannot be written.
    fn companion(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.file(name, bytes)
    }
}

/// An output in memory.
#[derive(Debug, Default)]
pub struct MemoryOutput {
    /// What went to the stream.
    pub stream: Vec<u8>,
    /// Files by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Files by name that go with the others.
    pub companions: BTreeMap<String, Vec<u8>>,
}

impl Output for MemoryOutput {
    fn stream(&mut self) -> &mut dyn Write {
        &mut self.stream
    }

    fn file(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.files.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn companion(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.companions.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }
}

/// Why documents could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A document that does not fit its text.
    #[error(transparent)]
    Document(#[from] WriteError),
    /// A format that this version does not write.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// What was written does not read back as what it was made of.
    #[error(
        "document {document} does not read back from {format} as it was written; this is a fault of Misam"
    )]
    Differs {
        /// The document.
        document: DocumentId,
        /// The format.
        format: Format,
    },
    /// The output failed.
    #[error("the output could not be written: {0}")]
    Io(#[from] io::Error),
}
