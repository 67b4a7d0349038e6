//! A file on its way into documents. It asks for the file piece by piece, so that a file of lines is never held whole,
//! and knows nothing of where the pieces come from.

mod keeping;
mod recognising;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use self::keeping::keep;
use super::account::{Account, Bookkeeping, Found};
use super::note::Foreign;
use super::{Choices, MAX_ARTICLE_BYTES, MAX_FILE_BYTES, MAX_WHOLE_BYTES, RemarkKind};
use crate::annotation::Document;
use crate::app::{evidence_text, settings::Language};
use crate::formats::archive::{self, Files, Office, Unpacking};
use crate::formats::{
    Decoder, Encoding, EncodingEvidence, Evidence, Format, Outcome, Problem, ProblemKind, ReadOptions,
    Reading, RecordsInPieces, Sniffed, UniqueNames, archive_problem, examine_folder, is_enough_to_tell,
};
use crate::schema::Schema;

/// A file is asked for in pieces of so many bytes.
const PIECE: u64 = 1 << 20;

/// How many bytes are looked at to tell text from anything else.
const SAMPLED_BYTES: usize = 4096;

/// A file that is there to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name, with folders if it has any, as the person knows it.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// A piece of a file that is needed next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Which file.
    pub file: usize,
    /// The first byte.
    pub from: u64,
    /// How many bytes; fewer at the end of the file.
    pub most: u64,
}

/// Reads a file, or several that belong together.
pub struct FileReading {
    files: Vec<FileEntry>,
    options: ReadOptions,
    choices: Choices,
    schema: Arc<Schema>,
    stage: Stage,
    books: Bookkeeping,
    names: UniqueNames,
    /// Bytes that have come, over all files.
    come: u64,
}

enum Stage {
    /// The files come, one after the other. What they are is decided by the first pieces, or when all are there.
    Coming { whole: Vec<Vec<u8>>, is_told: bool },
    /// The records of a file of lines come.
    Records { records: Box<RecordsInPieces>, decoder: Decoder, come: u64 },
    /// The files of an archive are unpacked and read one by one.
    Unpacking(Box<Unpacking<Vec<u8>>>),
    /// Everything has been read.
    Over,
}

impl FileReading {
    /// The reading of a file, or of several that belong together, of which nothing has come yet.
    #[must_use]
    pub fn new(files: Vec<FileEntry>, choices: Choices, schema: Arc<Schema>) -> Self {
        let name = files.first().map(|file| file.name.clone()).unwrap_or_default();
        // Several go by the name of their folder.
        let name = match name.rsplit_once('/') {
            Some((folder, _)) if files.len() > 1 => folder.to_owned(),
            _ => name,
        };
        let options = ReadOptions {
            schema: Some((*schema).clone()),
            choices: choices.read.clone(),
            ..ReadOptions::for_file(name)
        };
        let mut reading = Self {
            files,
            options,
            choices,
            schema,
            stage: Stage::Coming { whole: Vec::new(), is_told: false },
            books: Bookkeeping::default(),
            names: UniqueNames::default(),
            come: 0,
        };
        if let Some(file) = reading.files.iter().find(|file| file.bytes > MAX_FILE_BYTES).cloned() {
            reading.books.refuse(&file.name, &RemarkKind::TooLarge(file.bytes, MAX_FILE_BYTES));
            reading.stage = Stage::Over;
        }
        reading
    }

    /// The piece that is needed next; none if there is enough to go on with.
    #[must_use]
    pub fn wants(&self) -> Option<Wanted> {
        match &self.stage {
            Stage::Coming { whole, .. } => {
                let has = |file: usize| whole.get(file).map_or(0, |bytes| bytes.len() as u64);
                let file = (0..self.files.len()).find(|&file| has(file) < self.length(file))?;
                Some(Wanted { file, from: has(file), most: PIECE })
            }
            Stage::Records { come, .. } => {
                (*come < self.length(0)).then_some(Wanted { file: 0, from: *come, most: PIECE })
            }
            Stage::Unpacking(_) | Stage::Over => None,
        }
    }

    fn length(&self, file: usize) -> u64 {
        self.files.get(file).map_or(0, |file| file.bytes)
    }

    /// How many bytes have come, and how many there are.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        (self.come, self.files.iter().map(|file| file.bytes).sum())
    }

    /// True if everything has been read.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// Takes the piece that was wanted, and gives the documents that are whole with it.
    pub fn take(&mut self, piece: Vec<u8>) -> Vec<Document> {
        let Some(wanted) = self.wants() else { return Vec::new() };
        self.come += piece.len() as u64;
        if piece.is_empty() {
            // The file is shorter than it was.
            if let Some(file) = self.files.get_mut(wanted.file) {
                file.bytes = wanted.from;
            }
            return Vec::new();
        }
        match &mut self.stage {
            Stage::Coming { whole, is_told } => {
                if whole.len() <= wanted.file {
                    whole.resize(wanted.file + 1, Vec::new());
                }
                if let Some(bytes) = whole.get_mut(wanted.file) {
                    if bytes.is_empty() {
                        *bytes = piece;
                    } else {
                        bytes.extend_from_slice(&piece);
                    }
                }
                if *is_told {
                    return Vec::new();
                }
                let documents = if self.files.len() == 1 { self.begin_records() } else { Vec::new() };
                self.refuse_what_is_too_long_to_hold();
                documents
            }
            Stage::Records { decoder, come, .. } => {
                *come += piece.len() as u64;
                let text = decoder.decode(&piece);
                self.read_records(&text)
            }
            Stage::Unpacking(_) | Stage::Over => Vec::new(),
        }
    }

    /// Does the next part of the work for which nothing more has to come, and gives the documents that came of it.
    pub fn go_on(&mut self) -> Vec<Document> {
        if self.wants().is_some() {
            return Vec::new();
        }
        match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::Coming { whole, .. } => self.open(whole),
            Stage::Records { records, decoder, .. } => self.finish_records(*records, decoder),
            Stage::Unpacking(mut unpacking) => match unpacking.next() {
                Some(Ok((name, bytes))) => {
                    self.stage = Stage::Unpacking(unpacking);
                    let name = self.options.within(&name);
                    self.read_file(&name, bytes)
                }
                Some(Err(error)) => {
                    self.stage = Stage::Unpacking(unpacking);
                    self.not_unpacked(&error, true);
                    Vec::new()
                }
                None => {
                    self.books.passed_over(unpacking.passed_over());
                    Vec::new()
                }
            },
            Stage::Over => Vec::new(),
        }
    }

    /// What came of it, when everything has been read.
    #[must_use]
    pub fn account(mut self) -> Account {
        if self.books.is_silent() {
            self.say(ProblemKind::NoRecords, Outcome::FileLeftOut);
        }
        self.books.close(&self.schema)
    }

    /// What is not read as it comes has to be held whole.
    fn refuse_what_is_too_long_to_hold(&mut self) {
        let (_, total) = self.progress();
        if matches!(self.stage, Stage::Coming { .. }) && total > MAX_WHOLE_BYTES {
            let file = Arc::clone(&self.options.file);
            self.books.refuse(&file, &RemarkKind::TooLarge(total, MAX_WHOLE_BYTES));
            self.stage = Stage::Over;
        }
    }

    /// If the beginning is that of a file of lines, its records are read as they come.
    fn begin_records(&mut self) -> Vec<Document> {
        let Stage::Coming { whole, .. } = &self.stage else { return Vec::new() };
        let Some(beginning) = whole.first() else { return Vec::new() };
        let come = beginning.len() as u64;
        if archive::is_archive(beginning) || Foreign::of(beginning).is_some() {
            self.wait_for_all();
            return Vec::new();
        }
        let detected = self.encoding_of(beginning);
        let mut decoder = Decoder::new(detected.encoding);
        let text = decoder.decode(beginning);
        if come < self.length(0) && !is_enough_to_tell(&text) {
            return Vec::new();
        }
        self.wait_for_all();
        let Some((sniffed, why)) = self.format_of(&self.options.file, &text) else { return Vec::new() };
        let Some(read) = sniffed.format.reads_lines(&String::from_utf8_lossy(&text)) else {
            return Vec::new();
        };
        let file = Arc::clone(&self.options.file);
        self.options = self.settled(sniffed.format, &text, &file);
        let (format, encoding) = (sniffed.format, Some(detected));
        self.books.found(Found { format, why, encoding, files: 1, is_guess: false });
        let records = Box::new(RecordsInPieces::new(self.options.clone(), read));
        self.stage = Stage::Records { records, decoder, come };
        self.read_records(&text)
    }

    /// The beginning has told that nothing can be read before all is there.
    fn wait_for_all(&mut self) {
        if let Stage::Coming { is_told, .. } = &mut self.stage {
            *is_told = true;
        }
    }

    /// The documents of the records that are whole with the next piece of text.
    fn read_records(&mut self, text: &[u8]) -> Vec<Document> {
        let Stage::Records { records, decoder, .. } = &mut self.stage else { return Vec::new() };
        let mut documents = Vec::new();
        let encoding = decoder.encoding();
        let options = &self.options;
        records.push(text, |reading, line| {
            keep(&mut self.books, reading, options, encoding, line, &mut documents);
        });
        documents
    }

    /// The documents at the end of the file.
    fn finish_records(&mut self, mut records: RecordsInPieces, mut decoder: Decoder) -> Vec<Document> {
        let mut documents = Vec::new();
        let encoding = decoder.encoding();
        let options = &self.options;
        let mut each = |reading: Reading, line: &[u8]| {
            keep(&mut self.books, reading, options, encoding, line, &mut documents);
        };
        records.push(&decoder.finish(), &mut each);
        records.finish(&mut each);
        self.say_replaced(decoder.replaced(), encoding);
        documents
    }

    /// All files are there.
    fn open(&mut self, whole: Vec<Vec<u8>>) -> Vec<Document> {
        let contents = whole.into_iter().chain(std::iter::repeat_with(Vec::new));
        let mut named: Vec<_> = self.files.iter().map(|file| file.name.clone()).zip(contents).collect();
        if named.len() > 1 {
            let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
            return self.read_together(named.into_iter().map(|(name, bytes)| (last(&name), bytes)).collect());
        }
        let Some((name, bytes)) = named.pop() else { return Vec::new() };
        if !archive::is_archive(&bytes) || archive::office(&bytes).is_some() {
            return self.read_file(&name, bytes);
        }
        match Unpacking::new(bytes) {
            Ok(unpacking) if unpacking.belongs_together() => return self.open_together(unpacking),
            Ok(unpacking) => self.stage = Stage::Unpacking(Box::new(unpacking)),
            Err(error) => self.not_unpacked(&error, false),
        }
        Vec::new()
    }

    /// The files of an archive that mean something together.
    fn open_together(&mut self, mut unpacking: Unpacking<Vec<u8>>) -> Vec<Document> {
        let mut files = Files::new();
        for taken in unpacking.by_ref() {
            match taken {
                Ok((name, bytes)) => drop(files.insert(name, bytes)),
                Err(error) => self.not_unpacked(&error, !files.is_empty()),
            }
        }
        self.books.passed_over(unpacking.passed_over());
        self.read_together(files)
    }

    /// Says why an archive, or a file in it, is not unpacked.
    fn not_unpacked(&mut self, error: &archive::ArchiveError, is_begun: bool) {
        let problems = vec![archive_problem(error, is_begun, &self.options)];
        self.books.add(&Reading { line: None, document: None, problems }, b"");
    }

    /// Says something of the whole file.
    fn say(&mut self, kind: ProblemKind, outcome: Outcome) {
        let file = Arc::clone(&self.options.file);
        let problem = Problem { file, line: None, field: String::new(), kind, outcome };
        self.books.add(&Reading { line: None, document: None, problems: vec![problem] }, b"");
    }

    fn say_replaced(&mut self, count: u64, encoding: Encoding) {
        if count > 0 {
            self.say(ProblemKind::Replaced { count, encoding }, Outcome::Kept);
        }
    }

    /// Files that one format has together.
    fn read_together(&mut self, files: Files) -> Vec<Document> {
        let files: Files = files.into_iter().map(|(name, bytes)| (name, self.decoded(bytes).0)).collect();
        let told = self.choices.format.map(|format| Sniffed { format, evidence: Evidence::Chosen });
        let Some(sniffed) = told.or_else(|| examine_folder(&files)) else {
            self.books.refuse(&self.options.file.clone(), &RemarkKind::UnknownType);
            return Vec::new();
        };
        let Ok(reader) = sniffed.format.reader() else {
            self.books.refuse(&self.options.file.clone(), &RemarkKind::Unavailable(sniffed.format));
            return Vec::new();
        };
        let why = Language::in_both(|language| evidence_text::say_evidence(&sniffed.evidence, language));
        self.books.found(Found { format: sniffed.format, why, encoding: None, files: 1, is_guess: false });
        let mut documents = Vec::new();
        for reading in reader.readings_of_folder(&files, &self.options) {
            keep(&mut self.books, reading, &self.options, Encoding::Utf8, b"", &mut documents);
        }
        documents
    }

    /// A file that is there whole.
    fn read_file(&mut self, name: &str, bytes: Vec<u8>) -> Vec<Document> {
        if let Some(foreign) = Foreign::of(&bytes) {
            self.books.refuse(name, &RemarkKind::Foreign(foreign));
            return Vec::new();
        }
        let is_packed = archive::is_archive(&bytes);
        let (detected, text, replaced) = if is_packed {
            (None, bytes, 0)
        } else {
            let detected = self.encoding_of(&bytes);
            let (text, replaced) = self.decoded(bytes);
            (Some(detected), text, replaced)
        };
        // Among other files one that only looks like text is a note beside them, and no article.
        let is_beside = matches!(self.stage, Stage::Unpacking(_));
        let sniffed = self.format_of(name, &text);
        let sniffed = sniffed.filter(|(sniffed, _)| !is_beside || sniffed.evidence != Evidence::NothingElse);
        let Some((sniffed, why)) = sniffed else {
            let spreadsheet = archive::office(&text) == Some(Office::Spreadsheet);
            let remark =
                if spreadsheet { RemarkKind::Foreign(Foreign::Spreadsheet) } else { RemarkKind::UnknownType };
            self.books.refuse(name, &remark);
            return Vec::new();
        };
        let format = sniffed.format;
        let is_text = detected.filter(|_| format != Format::DocBin);
        let nothing = is_text.is_some_and(|detected| detected.evidence == EncodingEvidence::Nothing);
        if nothing && text.iter().take(SAMPLED_BYTES).any(|&byte| byte == 0) {
            // Text of no encoding has no zero bytes; most binary files have some early on.
            self.books.refuse(name, &RemarkKind::Binary);
            return Vec::new();
        }
        if format == Format::Text && text.len() > MAX_ARTICLE_BYTES {
            let (size, limit) = (text.len() as u64, MAX_ARTICLE_BYTES as u64);
            self.books.refuse(name, &RemarkKind::TooLarge(size, limit));
            return Vec::new();
        }
        let Ok(reader) = format.reader() else {
            self.books.refuse(name, &RemarkKind::Unavailable(format));
            return Vec::new();
        };
        let is_guess = sniffed.evidence == Evidence::NothingElse;
        self.books.found(Found { format, why, encoding: is_text, files: 1, is_guess });
        let options = self.settled(format, &text, name);
        if format.is_judged() {
            self.books.judged();
        }
        let mut documents = Vec::new();
        let encoding = is_text.map_or(Encoding::Utf8, |detected| detected.encoding);
        for reading in reader.readings(&text, &options) {
            let reading = self.names.check(reading, &options);
            keep(&mut self.books, reading, &options, encoding, b"", &mut documents);
        }
        self.say_replaced(replaced, encoding);
        documents
    }
}

/// Reads a file that is there whole.
#[must_use]
pub fn read_file(
    name: &str,
    bytes: &[u8],
    schema: &Arc<Schema>,
    choices: Choices,
) -> (Vec<Document>, Account) {
    let entry = FileEntry { name: name.to_owned(), bytes: bytes.len() as u64 };
    let mut reading = FileReading::new(vec![entry], choices, Arc::clone(schema));
    let mut documents = Vec::new();
    while !reading.is_over() {
        documents.extend(match reading.wants() {
            Some(Wanted { from, most, .. }) => {
                let from = usize::try_from(from).unwrap_or(usize::MAX).min(bytes.len());
                let rest = bytes.get(from..).unwrap_or_default();
                reading.take(rest.iter().copied().take(usize::try_from(most).unwrap_or(usize::MAX)).collect())
            }
            None => reading.go_on(),
        });
    }
    (documents, reading.account())
}

#[cfg(test)]
mod tests;
