//! Formats that are one file a document.

use super::file_names::FileNames;
use super::{DocumentWriter, ExportError, Losses, Output};
use crate::annotation::Document;

/// Makes the file of a document, as far as the format can hold it.
type Make = fn(&Document, &mut Losses) -> Result<Vec<u8>, ExportError>;

/// Writes one file a document, named after it. The document's own name is in the file, whatever the file is called.
#[derive(Debug)]
pub struct FileEach {
    extension: &'static str,
    make: Make,
    names: FileNames,
}

impl FileEach {
    /// A writer of files with this extension.
    pub(super) fn new(extension: &'static str, make: Make) -> Self {
        Self { extension, make, names: FileNames::default() }
    }
}

impl DocumentWriter for FileEach {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let file = (self.make)(document, losses)?;
        let stem = self.names.stem(document, &mut Losses::default());
        output.file(&format!("{stem}.{}", self.extension), &file)?;
        Ok(())
    }
}
