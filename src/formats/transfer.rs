//! Whole files in memory, as the page has them. The command line streams instead.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::{
    Alignment, Counts, DocumentWriter, ExportError, ExportOptions, Format, ImportReport, Loss, Losses,
    MemoryOutput, Output, ReadOptions, Reader, Reading, Records, Unavailable, UniqueNames, WriteOptions,
    align, differs, select, sniff,
};
use crate::annotation::Document;

/// What came out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// The format it was read as.
    pub format: Format,
    /// The documents, names unique among them.
    pub documents: Vec<Document>,
    /// What was taken, put right and left out.
    pub report: ImportReport,
}

/// Why a file could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing speaks for any format.
    #[error("{file}: the format could not be told from the name or the content; name it")]
    UnknownFormat {
        /// The file.
        file: String,
    },
    /// A format that this version does not read.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Reads a file. Without a format, it is told from the name and the content.
///
/// # Errors
/// If the format cannot be told or is not read by this version. Whatever is wrong inside the file is in the report.
pub fn import(bytes: &[u8], format: Option<Format>, options: &ReadOptions) -> Result<Import, ImportError> {
    let format = format
        .or_else(|| sniff(&options.file, bytes))
        .ok_or_else(|| ImportError::UnknownFormat { file: options.file.to_string() })?;
    let (mut documents, mut report) = (Vec::new(), ImportReport::default());
    for mut reading in format.reader()?.readings(bytes, options) {
        report.add(&mut reading);
        documents.extend(reading.document);
    }
    Ok(Import { format, documents, report })
}

impl Reader {
    /// All that is in a file. The names of its documents differ.
    #[must_use]
    pub fn readings(self, bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
        match self {
            // Reading from memory does not fail.
            Self::Lines(read) => Records::new(bytes, options, read).flatten().collect(),
            Self::File(read) => unique(read(bytes, options), options),
            Self::Folder(_) => {
                let name = options.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                self.readings_of_folder(&BTreeMap::from([(name, bytes.to_vec())]), options)
            }
        }
    }

    /// All that is in files which belong together, by name. A format that puts everything into one file is read from
    /// each of them. The names of the documents differ.
    #[must_use]
    pub fn readings_of_folder(
        self,
        files: &BTreeMap<String, Vec<u8>>,
        options: &ReadOptions,
    ) -> Vec<Reading> {
        match self {
            Self::Folder(read) => unique(read(files, options), options),
            Self::File(_) | Self::Lines(_) => {
                let each = files.iter().flat_map(|(name, bytes)| {
                    let options = ReadOptions { file: name.as_str().into(), ..options.clone() };
                    self.readings(bytes, &options)
                });
                unique(each.collect(), options)
            }
        }
    }
}

fn unique(readings: Vec<Reading>, options: &ReadOptions) -> Vec<Reading> {
    let mut names = UniqueNames::default();
    readings.into_iter().map(|reading| names.check(reading, options)).collect()
}

/// Files made of documents.
#[derive(Debug, Default)]
pub struct Export {
    /// The bytes: a stream, files with names, or both.
    pub output: MemoryOutput,
    /// How much went in, by label.
    pub counts: Counts,
    /// Which spans did not fit, and what became of them.
    pub alignment: Alignment,
    /// What did not go in.
    pub losses: Losses,
}

/// Writes documents in a format, and reads what was written back.
///
/// # Errors
/// If this version does not write the format, a document does not fit its own text, or what was written does not read
/// back as it was.
pub fn export(
    documents: impl IntoIterator<Item = impl Borrow<Document>>,
    format: Format,
    what: ExportOptions,
    how: &WriteOptions,
) -> Result<Export, ExportError> {
    let mut exporter = Exporter::new(format, what, how.clone())?;
    let mut output = MemoryOutput::default();
    for document in documents {
        exporter.add(document.borrow(), &mut output)?;
    }
    exporter.finish(&mut output)?;
    let Exporter { counts, alignment, losses, .. } = exporter;
    Ok(Export { output, counts, alignment, losses })
}

/// The document as it goes into a file of a format: what is wanted of it, in a shape that fits.
#[must_use]
pub fn prepare(
    document: &Document,
    format: Format,
    what: ExportOptions,
    how: &WriteOptions,
    counts: &mut Counts,
    alignment: &mut Alignment,
    losses: &mut Losses,
) -> Document {
    let selected = select(document, what, counts, losses);
    align(&selected, format.holds(how), how, alignment, losses)
}

/// Writes documents one by one. Nothing leaves before it was read back and found to be what was written.
pub struct Exporter {
    format: Format,
    what: ExportOptions,
    how: WriteOptions,
    writer: Box<dyn DocumentWriter>,
    reader: Reader,
    /// What was written and not yet read back, and what it was made of.
    written: MemoryOutput,
    documents: Vec<Document>,
    /// How much went in, by label.
    pub counts: Counts,
    /// Which spans did not fit, and what became of them.
    pub alignment: Alignment,
    /// What did not go in.
    pub losses: Losses,
}

impl Exporter {
    /// An exporter for a format.
    ///
    /// # Errors
    /// If this version does not write the format, or could not read it back.
    pub fn new(format: Format, what: ExportOptions, how: WriteOptions) -> Result<Self, Unavailable> {
        let (writer, reader) = (format.writer(&how)?, format.reader()?);
        let (written, documents) = (MemoryOutput::default(), Vec::new());
        let (counts, alignment, losses) = Default::default();
        Ok(Self { format, what, how, writer, reader, written, documents, counts, alignment, losses })
    }

    /// Writes a document. It leaves at once, unless the format needs all of them first.
    ///
    /// # Errors
    /// If the document does not fit its text, does not read back, or the output fails.
    pub fn add(&mut self, document: &Document, output: &mut dyn Output) -> Result<(), ExportError> {
        let Self { format, what, how, counts, alignment, losses, .. } = self;
        let prepared = prepare(document, *format, *what, how, counts, alignment, losses);
        self.writer.write(&prepared, &mut self.written, &mut self.losses)?;
        self.documents.push(prepared);
        if self.writer.writes_by_document() { self.send(output) } else { Ok(()) }
    }

    /// Writes what comes last.
    ///
    /// # Errors
    /// If what was written does not read back, or the output fails.
    pub fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        self.writer.finish(&mut self.written)?;
        self.send(output)
    }

    /// Reads back what was written since the last time and hands it on.
    fn send(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        let MemoryOutput { stream, files, companions } = std::mem::take(&mut self.written);
        self.check(&stream, &files)?;
        if !stream.is_empty() {
            output.stream().write_all(&stream)?;
        }
        for (name, bytes) in &files {
            output.file(name, bytes)?;
        }
        for (name, bytes) in &companions {
            output.companion(name, bytes)?;
        }
        Ok(())
    }

    fn check(&mut self, stream: &[u8], files: &BTreeMap<String, Vec<u8>>) -> Result<(), ExportError> {
        let options = ReadOptions::for_file(format!("misam.{}", self.format.extension()));
        let documents = std::mem::take(&mut self.documents);
        // An article that a format cannot show was said to be lost.
        if documents.is_empty()
            || (stream.is_empty() && files.is_empty() && self.losses.has(&Loss::EmptyDocument))
        {
            return Ok(());
        }
        let readings = if files.is_empty() {
            self.reader.readings(stream, &options)
        } else {
            self.reader.readings_of_folder(files, &options)
        };
        let holds = self.format.holds(&self.how);
        let mut read = readings.into_iter().filter_map(|reading| reading.document);
        for document in documents {
            let written = self.format.fit(&document, &mut Losses::default()).unwrap_or(document);
            let same = read.next().is_some_and(|read| !differs(&written, &read, holds, &self.losses));
            if !same {
                return Err(ExportError::Differs { document: written.id, format: self.format });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_in_and_out_as_the_page_does_it() {
        let file = "{\"id\":\"a\",\"text\":\"زار بغداد\",\"spans\":[{\"start\":4,\"end\":9,\"label\":\"LOC\"}]}\nنص\n";
        let import = import(file.as_bytes(), None, &ReadOptions::for_file("a.jsonl")).unwrap();
        assert_eq!(
            (import.format, import.documents.len(), import.report.refused_records),
            (Format::Misam, 1, 1)
        );
        let (what, how) = (ExportOptions::default(), WriteOptions::default());
        let gold = export(&import.documents, Format::Misam, what, &how).unwrap();
        assert_eq!(gold.counts.included["LOC"], 1);
        let again = super::import(&gold.output.stream, None, &ReadOptions::for_file("b.jsonl")).unwrap();
        assert_eq!((again.documents, again.report.problems), (import.documents, Vec::new()));
    }

    #[test]
    fn a_format_nobody_can_tell_is_asked_for() {
        let error = import(b"PK\x03\x04", None, &ReadOptions::for_file("a.docx")).unwrap_err();
        assert_eq!(error, ImportError::UnknownFormat { file: "a.docx".to_owned() });
        let (what, how) = (ExportOptions::default(), WriteOptions::default());
        assert!(export(&[] as &[Document], Format::Tei, what, &how).is_err());
    }
}
