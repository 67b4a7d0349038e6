//! Files and pasted text on their way into the project.

use std::sync::Arc;

use serde_json::Value;

use super::state::State;
use crate::annotation::{Document, DocumentId};
use crate::formats::jsonl::text_sha256;
use crate::formats::{
    Encoding, Format, Import, ImportReport, Outcome, ProblemKind, ReadOptions, import, sniff,
};
use crate::schema::Schema;

/// The longest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// The longest article that is taken, in bytes: some 350,000 Arabic words. What is longer is no article, and the
/// page would be slow at it.
pub const MAX_ARTICLE_BYTES: usize = 4 << 20;

/// How many bytes are looked at to tell text from anything else.
const SAMPLED_BYTES: usize = 4096;

/// What came of a number of files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intake {
    /// The articles, in the order of the files.
    arrivals: Vec<Arrival>,
    /// What the readers said.
    pub report: ImportReport,
    /// What was refused or read otherwise before a reader saw it, or after.
    pub remarks: Vec<Remark>,
}

/// An article and the file it came in.
#[derive(Clone, Debug, PartialEq)]
struct Arrival {
    file: Arc<str>,
    document: Document,
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
    /// There is nothing in it but blanks.
    Empty,
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
        let Some(format) = sniff(name, bytes) else {
            return self.remark(name, RemarkKind::UnknownType);
        };
        if format == Format::Text && bytes.len() > MAX_ARTICLE_BYTES {
            let (size, limit) = (bytes.len() as u64, MAX_ARTICLE_BYTES as u64);
            return self.remark(name, RemarkKind::TooLarge(size, limit));
        }
        let options = ReadOptions { schema: Some(schema.clone()), ..ReadOptions::for_file(name) };
        // The format is known, so that only its reader can be missing.
        let Ok(read) = import(bytes, Some(format), &options) else {
            return self.remark(name, RemarkKind::Unavailable(format));
        };
        let Some(guess) = foreign_encoding(&read.report) else {
            return self.take(&options.file, read);
        };
        let decoded = guess.and_then(|encoding| Some((encoding, decode(bytes, encoding)?)));
        let again = decoded.and_then(|(encoding, text)| {
            Some((encoding, import(text.as_bytes(), Some(format), &options).ok()?))
        });
        if let Some((encoding, mut read)) = again {
            for document in &mut read.documents {
                document.meta.insert("encoding".to_owned(), Value::from(encoding.to_string()));
            }
            self.take(&options.file, read);
            self.remark(name, RemarkKind::Decoded(encoding));
        } else if bytes.iter().take(SAMPLED_BYTES).any(|&byte| byte == 0) {
            // Text of no encoding has no zero bytes; most binary files have some early on.
            self.remark(name, RemarkKind::Binary);
        } else {
            self.take(&options.file, read);
        }
    }

    /// Adds a remark about a file.
    pub fn remark(&mut self, name: &str, kind: RemarkKind) {
        self.remarks.push(Remark { file: name.into(), kind });
    }

    /// Hands over the articles. Those of nothing but blanks, and those whose text is in the project already or came
    /// twice, are left out with a remark.
    pub fn take_new(&mut self, state: &State) -> Vec<Document> {
        let mut new: Vec<Document> = Vec::with_capacity(self.arrivals.len());
        for Arrival { file, document } in std::mem::take(&mut self.arrivals) {
            let text = document.text.as_str();
            if text.trim().is_empty() {
                self.remarks.push(Remark { file, kind: RemarkKind::Empty });
                continue;
            }
            let known = state.project.document_with_text(text);
            let known = known.or_else(|| new.iter().find(|other| other.text.as_str() == text));
            match known.map(|known| known.title().to_owned()) {
                Some(title) => self.remarks.push(Remark { file, kind: RemarkKind::Duplicate(title) }),
                None => new.push(document),
            }
        }
        new
    }

    /// True if there is more to say than how many articles came in.
    #[must_use]
    pub fn has_news(&self) -> bool {
        !self.remarks.is_empty() || !self.report.problems.is_empty()
    }

    fn take(&mut self, file: &Arc<str>, read: Import) {
        self.report.merge(read.report);
        self.arrivals
            .extend(read.documents.into_iter().map(|document| Arrival { file: Arc::clone(file), document }));
    }
}

/// The likely encoding, if nothing of the file was read because its bytes are not UTF-8.
fn foreign_encoding(report: &ImportReport) -> Option<Option<Encoding>> {
    report.problems.iter().find_map(|problem| match problem.kind {
        ProblemKind::NotUtf8 { guess, .. } if problem.outcome == Outcome::FileLeftOut => Some(guess),
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

    fn documents(intake: &Intake) -> Vec<&Document> {
        intake.arrivals.iter().map(|arrival| &arrival.document).collect()
    }

    fn remarks(intake: &Intake) -> Vec<RemarkKind> {
        intake.remarks.iter().map(|remark| remark.kind.clone()).collect()
    }

    #[test]
    fn a_text_file_is_one_article_named_after_it() {
        let intake = read("خبر.txt", "زار بغداد\r\n".as_bytes());
        assert_eq!(documents(&intake)[0].id.as_str(), "خبر");
        assert_eq!(documents(&intake)[0].text.as_str(), "زار بغداد\r\n");
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
        assert_eq!(documents(&intake)[0].text.as_str(), "قرية");
        assert_eq!(remarks(&intake), [RemarkKind::Decoded(Encoding::Windows1256)]);
    }

    #[test]
    fn a_file_of_blanks_is_no_article() {
        let mut intake = read("blank.txt", b" \n\t ");
        assert_eq!(intake.take_new(&State::default()), []);
        assert_eq!(remarks(&intake), [RemarkKind::Empty]);
    }

    #[test]
    fn a_text_that_is_there_already_is_left_out_and_named() {
        let mut state = State::default();
        update(&mut state, Command::Add(vec![article("عنوان", "زار بغداد".to_owned())]), 0);
        let mut intake = read("again.txt", "زار بغداد".as_bytes());
        assert_eq!(intake.take_new(&state), []);
        assert_eq!(remarks(&intake), [RemarkKind::Duplicate("عنوان".to_owned())]);
    }

    #[test]
    fn a_text_that_comes_twice_is_said_of_the_file_it_came_in() {
        let mut intake = Intake::default();
        let mut read = |name: &str, bytes: &[u8]| {
            intake.read_file(name, bytes, &Schema::conflict_news(), |_, _| None);
        };
        read("first.txt", "زار بغداد".as_bytes());
        read(
            "second.jsonl",
            "{\"id\":\"a\",\"text\":\"زار بغداد\"}\n{\"id\":\"b\",\"text\":\"خبر\"}".as_bytes(),
        );
        let new = intake.take_new(&State::default());
        assert_eq!(new.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), ["first", "b"]);
        let remark = Remark {
            file: "second.jsonl".into(),
            kind: RemarkKind::Duplicate("زار بغداد".to_owned()),
        };
        assert_eq!(intake.remarks, [remark]);
        assert_eq!(intake.take_new(&State::default()), []);
    }

    #[test]
    fn records_in_another_encoding_are_decoded_as_texts_are() {
        let line = "{\"id\":\"a\",\"text\":\"زار بغداد\"}\n";
        let bytes: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut intake = Intake::default();
        intake.read_file("old.jsonl", &bytes, &Schema::conflict_news(), |_, encoding| {
            (encoding == Encoding::Utf16Le).then(|| line.to_owned())
        });
        assert_eq!(documents(&intake)[0].text.as_str(), "زار بغداد");
        assert_eq!(documents(&intake)[0].meta["encoding"], "UTF-16 (little endian)");
        assert_eq!(remarks(&intake), [RemarkKind::Decoded(Encoding::Utf16Le)]);
    }

    #[test]
    fn a_file_that_cannot_be_decoded_is_refused_by_its_reader() {
        let mut intake = Intake::default();
        intake.read_file("odd.txt", b"ab \xC7\xE1\xE6", &Schema::conflict_news(), |_, _| None);
        assert_eq!(remarks(&intake), []);
        assert_eq!(intake.report.refused_records, 1);
    }
}
