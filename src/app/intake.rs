//! Files and pasted text on their way into the project.

use std::io::Cursor;
use std::sync::Arc;

use serde_json::Value;

use super::state::State;
use crate::annotation::{Document, DocumentId};
use crate::formats::jsonl::text_sha256;
use crate::formats::{
    Encoding, Format, ImportReport, Problem, ProblemKind, ReadOptions, Reader, Reading, Records, sniff,
};
use crate::schema::Schema;

/// The longest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// The longest article that is taken, in bytes: some 350,000 Arabic words. What is longer is no article, and the
/// page would be slow at it.
pub const MAX_ARTICLE_BYTES: usize = 4 << 20;

/// How many bytes are looked at to tell a format.
const SNIFFED_BYTES: usize = 4096;

/// What came of a number of files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intake {
    /// The articles, in the order of the files.
    pub documents: Vec<Document>,
    /// What the readers said.
    pub report: ImportReport,
    /// What was refused or read otherwise before a reader saw it, or after.
    pub remarks: Vec<Remark>,
}

/// Something about a file that no reader says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The file.
    pub file: Arc<str>,
    /// What about it.
    pub kind: RemarkKind,
}

/// What there is to say about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// Its format is not read.
    UnknownType,
    /// Its format is known but not read in this version.
    Unavailable(Format),
    /// It is no text.
    Binary,
    /// It is longer than is read (bytes, limit).
    TooLarge(u64, u64),
    /// The browser could not read it.
    Unreadable,
    /// It was in another encoding and has been decoded.
    Decoded(Encoding),
    /// The text is in the project already, under this title; it was left out.
    Duplicate(String),
}

impl RemarkKind {
    /// True if nothing came in because of it.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        !matches!(self, Self::Decoded(_) | Self::Duplicate(_))
    }
}

impl Intake {
    /// Reads one more file. `decode` turns bytes in an encoding other than UTF-8 into text, where the platform can.
    pub fn read_file(
        &mut self,
        name: &str,
        bytes: &[u8],
        schema: &Schema,
        decode: impl Fn(&[u8], Encoding) -> Option<String>,
    ) {
        let beginning = &bytes[..bytes.len().min(SNIFFED_BYTES)];
        let format = match sniff(name, beginning) {
            Some(format) => format,
            None => return self.remark(name, RemarkKind::UnknownType),
        };
        let Ok(reader) = format.reader() else {
            return self.remark(name, RemarkKind::Unavailable(format));
        };
        if format == Format::Text && bytes.len() > MAX_ARTICLE_BYTES {
            let (size, limit) = (bytes.len() as u64, MAX_ARTICLE_BYTES as u64);
            return self.remark(name, RemarkKind::TooLarge(size, limit));
        }
        let options = ReadOptions { schema: Some(schema.clone()), ..ReadOptions::for_file(name) };
        match reader {
            Reader::Lines(read) => {
                // Reading from memory does not fail.
                for reading in Records::new(Cursor::new(bytes), &options, read).map_while(Result::ok) {
                    self.take(reading);
                }
            }
            Reader::File(read) => {
                for reading in read(bytes, &options) {
                    match foreign_encoding(&reading) {
                        Some(guess) => self.decode_file(name, bytes, guess, &options, &decode, reading),
                        None => self.take(reading),
                    }
                }
            }
        }
    }

    /// Adds a remark about a file.
    pub fn remark(&mut self, name: &str, kind: RemarkKind) {
        self.remarks.push(Remark { file: name.into(), kind });
    }

    /// Leaves out articles whose text is in the project already, or came twice.
    pub fn drop_duplicates(&mut self, state: &State) {
        let mut fresh: Vec<Document> = Vec::with_capacity(self.documents.len());
        for document in std::mem::take(&mut self.documents) {
            let text = document.text.as_str();
            let known = state.project.document_with_text(text);
            let known = known.or_else(|| fresh.iter().find(|other| other.text.as_str() == text));
            match known.map(|known| known.title().to_owned()) {
                Some(title) => {
                    self.remarks.push(Remark {
                        file: document.id.as_str().into(),
                        kind: RemarkKind::Duplicate(title),
                    });
                }
                None => fresh.push(document),
            }
        }
        self.documents = fresh;
    }

    /// True if there is more to say than how many articles came in.
    #[must_use]
    pub fn has_news(&self) -> bool {
        !self.remarks.is_empty() || !self.report.problems.is_empty()
    }

    fn decode_file(
        &mut self,
        name: &str,
        bytes: &[u8],
        guess: Option<Encoding>,
        options: &ReadOptions,
        decode: &impl Fn(&[u8], Encoding) -> Option<String>,
        refused: Reading,
    ) {
        let Some(encoding) = guess else {
            return self.take_refused(name, bytes, refused);
        };
        let Some(text) = decode(bytes, encoding) else {
            return self.take_refused(name, bytes, refused);
        };
        for mut reading in crate::formats::text::read_file(text.as_bytes(), options) {
            if let Some(document) = &mut reading.document {
                document.meta.insert("encoding".to_owned(), Value::from(encoding.to_string()));
            }
            self.take(reading);
        }
        self.remark(name, RemarkKind::Decoded(encoding));
    }

    fn take_refused(&mut self, name: &str, bytes: &[u8], refused: Reading) {
        // Text of no encoding has no zero bytes; most binary files have some early on.
        if bytes.iter().take(SNIFFED_BYTES).any(|&byte| byte == 0) {
            self.remark(name, RemarkKind::Binary);
        } else {
            self.take(refused);
        }
    }

    fn take(&mut self, mut reading: Reading) {
        self.report.add(&mut reading);
        self.documents.extend(reading.document);
    }
}

/// The likely encoding, if a reading was refused because the bytes are not UTF-8.
fn foreign_encoding(reading: &Reading) -> Option<Option<Encoding>> {
    reading.problems.iter().find_map(|Problem { kind, .. }| match kind {
        ProblemKind::NotUtf8 { guess, .. } => Some(*guess),
        _ => None,
    })
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Command, update};

    fn read(name: &str, bytes: &[u8]) -> Intake {
        let mut intake = Intake::default();
        intake.read_file(name, bytes, &Schema::conflict_news(), |_, encoding| {
            (encoding == Encoding::Windows1256).then(|| "قرية".to_owned())
        });
        intake
    }

    fn remarks(intake: &Intake) -> Vec<RemarkKind> {
        intake.remarks.iter().map(|remark| remark.kind.clone()).collect()
    }

    #[test]
    fn a_text_file_is_one_article_named_after_it() {
        let intake = read("خبر.txt", "زار بغداد\r\n".as_bytes());
        assert_eq!(intake.documents[0].id.as_str(), "خبر");
        assert_eq!(intake.documents[0].text.as_str(), "زار بغداد\r\n");
        assert!(!intake.has_news());
    }

    #[test]
    fn other_files_are_refused_with_a_reason() {
        assert_eq!(remarks(&read("a.pdf", b"%PDF-1.7")), [RemarkKind::UnknownType]);
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(remarks(&read("photo.txt", png)), [RemarkKind::Binary]);
        let long = vec![b'a'; MAX_ARTICLE_BYTES + 1];
        assert!(matches!(remarks(&read("long.txt", &long))[..], [RemarkKind::TooLarge(..)]));
    }

    #[test]
    fn a_file_in_the_usual_arabic_encoding_is_decoded_and_that_is_said() {
        let windows = [0xDE, 0xD1, 0xED, 0xC9, b' ', 0xDE, 0xD1, 0xED, 0xC9];
        let intake = read("old.txt", &windows);
        assert_eq!(intake.documents[0].text.as_str(), "قرية");
        assert_eq!(remarks(&intake), [RemarkKind::Decoded(Encoding::Windows1256)]);
    }

    #[test]
    fn a_text_that_is_there_already_is_left_out_and_named() {
        let mut state = State::default();
        update(&mut state, Command::Add(vec![article("عنوان", "زار بغداد".to_owned())]), 0);
        let mut intake = read("again.txt", "زار بغداد".as_bytes());
        intake.drop_duplicates(&state);
        assert_eq!(intake.documents, []);
        assert_eq!(remarks(&intake), [RemarkKind::Duplicate("عنوان".to_owned())]);
    }
}
