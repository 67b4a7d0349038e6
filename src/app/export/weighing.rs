//! What a format cannot hold of documents, found piece by piece.

use super::{ExportFault, Order, Summary};
use crate::annotation::Document;
use crate::formats::{
    Alignment, Counts, DocumentWriter, ExportError, ExportOptions, Format, Losses, MemoryOutput,
    WriteOptions, prepare,
};
use crate::schema::Schema;

/// Documents are weighed some at a time, so many bytes of text.
const WEIGHED_AT_ONCE: usize = 1 << 18;

/// Documents written one by one, only to see what the format cannot hold of them: some at a time, so that whoever asked can
/// think better of it.
pub struct Weighing {
    documents: std::vec::IntoIter<Document>,
    writer: Box<dyn DocumentWriter>,
    format: Format,
    what: ExportOptions,
    how: WriteOptions,
    counts: Counts,
    alignment: Alignment,
    losses: Losses,
}

impl Weighing {
    /// The beginning.
    ///
    /// # Errors
    /// If this version does not write the format.
    pub fn new(documents: Vec<Document>, schema: &Schema, order: &Order) -> Result<Self, ExportFault> {
        let how = order.how(schema);
        Ok(Self {
            documents: documents.into_iter(),
            writer: order.format.writer(&how).map_err(ExportError::from)?,
            format: order.format,
            what: order.what(),
            how,
            counts: Counts::default(),
            alignment: Alignment::default(),
            losses: Losses::default(),
        })
    }

    /// Weighs the next documents, up to some kilobytes of text. False if there are none left.
    pub fn step(&mut self) -> bool {
        let mut bytes = 0;
        while bytes < WEIGHED_AT_ONCE
            && let Some(document) = self.documents.next()
        {
            bytes += document.text.as_str().len();
            let Self { format, what, how, counts, alignment, losses, .. } = self;
            let prepared = prepare(&document, *format, *what, how, counts, alignment, losses);
            // What cannot be written is said when there is to be a file.
            let _ = self.writer.write(&prepared, &mut MemoryOutput::default(), &mut self.losses);
        }
        self.documents.len() > 0
    }

    /// What is to be said of all of them.
    #[must_use]
    pub fn summary(self, schema: &Schema) -> Summary {
        Summary::of(&self.counts, self.alignment, &self.losses, schema)
    }
}
