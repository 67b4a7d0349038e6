//! Whole files in memory, as the page has them. The command line streams instead.

use std::borrow::Borrow;

use super::{
    Counts, ExportError, ExportOptions, Format, ImportReport, Losses, MemoryOutput, ReadOptions, Reader,
    Records, Unavailable, select, sniff,
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
    let mut take = |mut reading| {
        report.add(&mut reading);
        documents.extend(reading.document);
    };
    match format.reader()? {
        // Reading from memory does not fail.
        Reader::Lines(read) => Records::new(bytes, options, read).flatten().for_each(take),
        Reader::File(read) => read(bytes, options).into_iter().for_each(&mut take),
    }
    Ok(Import { format, documents, report })
}

/// Files made of documents.
#[derive(Debug, Default)]
pub struct Export {
    /// The bytes: a stream, files with names, or both.
    pub output: MemoryOutput,
    /// How much went in, by label.
    pub counts: Counts,
    /// What did not.
    pub losses: Losses,
}

/// Writes documents in a format.
///
/// # Errors
/// If this version does not write the format, or a document does not fit its own text.
pub fn export(
    documents: impl IntoIterator<Item = impl Borrow<Document>>,
    format: Format,
    options: ExportOptions,
) -> Result<Export, ExportError> {
    let mut writer = format.writer()?;
    let Export { mut output, mut counts, mut losses } = Export::default();
    for document in documents {
        let selected = select(document.borrow(), options, &mut counts, &mut losses);
        writer.write(&selected, &mut output, &mut losses)?;
    }
    writer.finish(&mut output)?;
    Ok(Export { output, counts, losses })
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
        let gold = export(&import.documents, Format::Misam, ExportOptions::default()).unwrap();
        assert_eq!(gold.counts.included["LOC"], 1);
        let again = super::import(&gold.output.stream, None, &ReadOptions::for_file("b.jsonl")).unwrap();
        assert_eq!((again.documents, again.report.problems), (import.documents, Vec::new()));
    }

    #[test]
    fn a_format_nobody_can_tell_is_asked_for() {
        let error = import(b"PK\x03\x04", None, &ReadOptions::for_file("a.docx")).unwrap_err();
        assert_eq!(error, ImportError::UnknownFormat { file: "a.docx".to_owned() });
        assert!(export(&[] as &[Document], Format::Tei, ExportOptions::default()).is_err());
    }
}
