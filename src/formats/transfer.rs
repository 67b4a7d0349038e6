//! Whole files in memory, as the page has them. The command line streams instead.

use std::borrow::Borrow;
use std::collections::{BTreeMap, VecDeque};

use super::archive::{self, Files};
use super::problem::Problems;
use super::{
    Alignment, Counts, DocumentWriter, Evidence, ExportError, ExportOptions, Format, ImportReport, Loss,
    Losses, MemoryOutput, Outcome, Output, ProblemKind, ReadOptions, Reader, Reading, Records, Unavailable,
    UniqueNames, WriteOptions, align, archive_problem, differs, examine, examine_folder, html, select, sniff,
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
    if archive::is_archive(bytes) && archive::office(bytes).is_none() {
        let (files, said) = unpacked(bytes, options);
        let mut import = if files.is_empty() && !said.is_empty() {
            Import::of(format.unwrap_or(Format::Text), Vec::new())
        } else {
            import_folder(&files, format, options)?
        };
        for mut reading in said {
            import.report.add(&mut reading);
        }
        return Ok(import);
    }
    let unknown = || ImportError::UnknownFormat { file: options.file.to_string() };
    let format = format.or_else(|| sniff(&options.file, bytes)).ok_or_else(unknown)?;
    Ok(Import::of(format, format.reader()?.readings(bytes, options)))
}

/// Reads files that came together, in a folder or an archive. Without a format, it is told from their names and
/// contents; where each is of its own, each is read as what it is.
///
/// # Errors
/// If no format can be told or the one there is is not read by this version.
pub fn import_folder(
    files: &Files,
    format: Option<Format>,
    options: &ReadOptions,
) -> Result<Import, ImportError> {
    let unknown = || ImportError::UnknownFormat { file: options.file.to_string() };
    let told = format.is_some();
    let format = format.or_else(|| Some(examine_folder(files)?.format)).ok_or_else(unknown)?;
    let reader = format.reader()?;
    if told || matches!(reader, Reader::Folder(_)) {
        return Ok(Import::of(format, reader.readings_of_folder(files, options)));
    }
    let mut readings = Vec::new();
    for (name, bytes) in files {
        let options = ReadOptions { file: options.within(name), ..options.clone() };
        // Among other files one that only looks like text is a note beside them, and no article.
        let sniffed = examine(name, bytes).filter(|sniffed| sniffed.evidence != Evidence::NothingElse);
        match sniffed.and_then(|sniffed| sniffed.format.reader().ok()) {
            Some(reader) => readings.extend(reader.readings(bytes, &options)),
            None => {
                let mut problems = Problems::new(&options.file, None);
                let found = name.rsplit('/').next().unwrap_or(name).to_owned();
                problems.say("", ProblemKind::NoPlace { found }, Outcome::FileLeftOut);
                readings.push(Reading { line: None, document: None, problems: problems.into_vec() });
            }
        }
    }
    Ok(Import::of(format, unique(readings, options)))
}

/// The files of an archive that can be taken out, and what is to be said of the others.
fn unpacked(bytes: &[u8], options: &ReadOptions) -> (Files, Vec<Reading>) {
    let (mut files, mut said) = (Files::new(), Vec::new());
    let mut say = |error: &archive::ArchiveError, is_begun| {
        let problems = vec![archive_problem(error, is_begun, options)];
        said.push(Reading { line: None, document: None, problems });
    };
    match archive::Unpacking::new(bytes) {
        Ok(unpacking) => {
            for taken in unpacking {
                match taken {
                    Ok((name, content)) => drop(files.insert(name, content)),
                    Err(error) => say(&error, !files.is_empty()),
                }
            }
        }
        Err(error) => say(&error, false),
    }
    (files, said)
}

impl Import {
    fn of(format: Format, readings: Vec<Reading>) -> Self {
        let (mut documents, mut report) = (Vec::new(), ImportReport::default());
        for mut reading in readings {
            report.add(&mut reading);
            documents.extend(reading.document);
        }
        Self { format, documents, report }
    }
}

impl Reader {
    /// All that is in a file, or in the files of an archive. The names of its documents differ.
    #[must_use]
    pub fn readings(self, bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
        if archive::is_archive(bytes) && archive::office(bytes).is_none() {
            let (files, mut readings) = unpacked(bytes, options);
            if !files.is_empty() || readings.is_empty() {
                readings.extend(self.readings_of_folder(&files, options));
            }
            return readings;
        }
        self.each_reading(bytes, options)
    }

    /// What is in a file that is no archive: archives in archives are not unpacked.
    fn each_reading(self, bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
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
                    let options = ReadOptions { file: options.within(name), ..options.clone() };
                    self.each_reading(bytes, &options)
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
    /// None for pages to read.
    reader: Option<Reader>,
    /// What was written and not yet read back, and what it was made of.
    written: MemoryOutput,
    documents: Vec<Document>,
    names: UniqueNames,
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
    /// If this version does not write the format.
    pub fn new(format: Format, what: ExportOptions, how: WriteOptions) -> Result<Self, Unavailable> {
        let writer = format.writer(&how)?;
        // Of a page to read only the text would come back; it is looked at otherwise.
        let reader = format.reader().ok().filter(|_| format != Format::Html);
        let (written, documents, names) = Default::default();
        let (counts, alignment, losses) = Default::default();
        Ok(Self { format, what, how, writer, reader, written, documents, names, counts, alignment, losses })
    }

    /// Writes a document. It leaves at once, unless the format needs all of them first.
    ///
    /// # Errors
    /// If the document does not fit its text, does not read back, or the output fails.
    pub fn add(&mut self, document: &Document, output: &mut dyn Output) -> Result<(), ExportError> {
        let Self { format, what, how, counts, alignment, losses, .. } = self;
        let mut prepared = prepare(document, *format, *what, how, counts, alignment, losses);
        // Documents that stand in one file must not be taken for one.
        if !self.writer.writes_by_document() && self.names.rename(&mut prepared) {
            self.losses.say(&document.id, Loss::Field { field: "id" });
        }
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
        let documents = std::mem::take(&mut self.documents);
        let expected = documents.first().map(|document| document.text.clone());
        let file = format!("misam.{}", self.format.extension());
        let options = ReadOptions { expected, ..ReadOptions::for_file(file) };
        let Some(reader) = self.reader else {
            return match html::missing(stream, &documents) {
                Some(document) => Err(self.differs(document)),
                None => Ok(()),
            };
        };
        // An article that a format cannot show was said to be lost.
        if documents.is_empty()
            || (stream.is_empty() && files.is_empty() && self.losses.has(&Loss::EmptyDocument))
        {
            return Ok(());
        }
        let readings = if files.is_empty() {
            reader.readings(stream, &options)
        } else {
            reader.readings_of_folder(files, &options)
        };
        let holds = self.format.holds(&self.how);
        let mut read: VecDeque<Document> =
            readings.into_iter().filter_map(|reading| reading.document).collect();
        for document in documents {
            let written = self.format.fit(&document, &mut Losses::default()).unwrap_or(document);
            // Articles may stand in another order, as in splits.
            let named = read.iter().position(|read| read.id == written.id).filter(|_| holds.names);
            let same = read
                .remove(named.unwrap_or(0))
                .is_some_and(|read| !differs(&written, &read, holds, &self.losses));
            if !same {
                return Err(self.differs(&written));
            }
        }
        Ok(())
    }

    fn differs(&self, document: &Document) -> ExportError {
        ExportError::Differs { document: document.id.clone(), format: self.format }
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
        let error = import(b"\x89PNG", None, &ReadOptions::for_file("a.pages")).unwrap_err();
        assert_eq!(error, ImportError::UnknownFormat { file: "a.pages".to_owned() });
        let broken = import(b"PK\x03\x04", None, &ReadOptions::for_file("a.zip")).unwrap();
        assert!(matches!(broken.report.problems[0].kind, ProblemKind::Archive { .. }));
    }

    #[test]
    fn an_archive_is_read_as_what_is_in_it() {
        let files = |of: &[(&str, &str)]| -> Files {
            of.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let read = |of: &Files| {
            let packed = archive::pack(of).unwrap();
            let read = import(&packed, None, &ReadOptions::for_file("all.zip")).unwrap();
            let names: Vec<_> = read.documents.iter().map(|document| document.id.to_string()).collect();
            (read.format, names, read.report.problems.len())
        };
        let brat = files(&[("a.txt", "زار عمر"), ("a.ann", "T1\tPER 4 7\tعمر\n"), ("annotation.conf", "")]);
        assert_eq!(read(&brat), (Format::Brat, vec!["a".to_owned()], 0));
        let mixed = files(&[
            ("a.txt", "خبر"),
            ("b/a.txt", "آخر"),
            ("c.bdocjs", "{\"text\":\"x\",\"name\":\"n\",\"annotation_sets\":{}}"),
            ("d.png", "?"),
        ]);
        let (format, names, problems) = read(&mixed);
        assert_eq!((format, names), (Format::Text, ["a", "a-2", "n"].map(str::to_owned).to_vec()));
        assert_eq!(problems, 2, "one name twice, one file of no format");
    }

    /// A writer that forgets the last letter of every text.
    struct Forgetful(Box<dyn DocumentWriter>);

    impl DocumentWriter for Forgetful {
        fn write(
            &mut self,
            document: &Document,
            output: &mut dyn Output,
            losses: &mut Losses,
        ) -> Result<(), ExportError> {
            let mut text = document.text.as_str().to_owned();
            text.pop();
            let short = Document {
                spans: document.spans.clone(),
                ..Document::new(document.id.clone(), text.as_str())
            };
            self.0.write(&short, output, losses)
        }

        fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
            self.0.finish(output)
        }

        fn writes_by_document(&self) -> bool {
            self.0.writes_by_document()
        }
    }

    #[test]
    fn what_does_not_read_back_does_not_leave_in_any_format() {
        let document = Document::new(crate::annotation::DocumentId::new("a"), "زار بغداد");
        let how = WriteOptions::default();
        for format in Format::ALL.into_iter().filter(|format| format.writer(&how).is_ok()) {
            let mut exporter = Exporter::new(format, ExportOptions::default(), how.clone()).unwrap();
            exporter.writer = Box::new(Forgetful(exporter.writer));
            let mut output = MemoryOutput::default();
            let done = exporter.add(&document, &mut output).and_then(|()| exporter.finish(&mut output));
            assert!(matches!(done, Err(ExportError::Differs { .. })), "{format}: {done:?}");
            assert!(output.stream.is_empty() && output.files.is_empty(), "{format}");
        }
    }
}
