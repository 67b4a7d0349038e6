//! Files and pasted text on their way into the project: [`read_file`] makes documents of a file, beside the page
//! (`work`); [`Intake`] gathers them on the page.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::problem_text;
use super::settings::Language;
use super::state::State;
use crate::annotation::{Document, DocumentId};
use crate::formats::jsonl::text_sha256;
use crate::formats::{
    Encoding, Format, Import, ImportError, ImportReport, Outcome, Problem, ProblemKind, ReadOptions,
    Severity, archive, import, sniff,
};
use crate::schema::{Localized, Schema};

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
    /// What there is to say about the files.
    pub notes: Vec<Note>,
}

/// An article and the file it came in.
#[derive(Clone, Debug, PartialEq)]
struct Arrival {
    file: Arc<str>,
    document: Document,
}

/// Something about a file that a person should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it comes to.
    pub kind: NoteKind,
    /// Where: the file, and line and field where there are any (`news.jsonl:7:spans[2].end`).
    pub place: String,
    /// What is said, in both languages.
    pub said: Localized,
}

/// What a note comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoteKind {
    /// Something was left out.
    Refused,
    /// Something was put right.
    Repaired,
    /// The article is there already.
    Skipped,
    /// Everything is as it was.
    Noted,
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
    /// Reading broke down, for this reason.
    BrokeOff(String),
    /// It was in another encoding and has been decoded.
    Decoded(Encoding),
    /// The text is in the project already, under this title; it was left out.
    Duplicate(String),
}

impl RemarkKind {
    /// The note that says it of a file.
    #[must_use]
    pub fn note(&self, file: &str) -> Note {
        let kind = match self {
            Self::Decoded(_) => NoteKind::Repaired,
            Self::Duplicate(_) => NoteKind::Skipped,
            _ => NoteKind::Refused,
        };
        let said = in_both(|language| problem_text::say_remark(self, language));
        Note { kind, place: file.to_owned(), said }
    }
}

fn in_both(say: impl Fn(Language) -> String) -> Localized {
    Localized::new(say(Language::English), say(Language::Arabic))
}

/// What came of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileRead {
    /// The articles, in its order.
    pub documents: Vec<Document>,
    /// What the reader said.
    pub report: ImportReport,
    /// What was refused or read otherwise before the reader saw it.
    pub remarks: Vec<RemarkKind>,
}

/// Reads a file. `decode` turns bytes in an encoding other than UTF-8 into text, where the platform can.
#[must_use]
pub fn read_file(
    name: &str,
    bytes: &[u8],
    schema: &Schema,
    decode: impl Fn(&[u8], Encoding) -> Option<String>,
) -> FileRead {
    let options = ReadOptions { schema: Some(schema.clone()), ..ReadOptions::for_file(name) };
    if archive::is_archive(bytes) {
        return match import(bytes, None, &options) {
            Ok(read) => FileRead::of(read),
            Err(ImportError::Unavailable(unavailable)) => {
                FileRead::refused(RemarkKind::Unavailable(unavailable.format))
            }
            Err(ImportError::UnknownFormat { .. }) => FileRead::refused(RemarkKind::UnknownType),
        };
    }
    let Some(format) = sniff(name, bytes) else {
        return FileRead::refused(RemarkKind::UnknownType);
    };
    if format == Format::Text && bytes.len() > MAX_ARTICLE_BYTES {
        let (size, limit) = (bytes.len() as u64, MAX_ARTICLE_BYTES as u64);
        return FileRead::refused(RemarkKind::TooLarge(size, limit));
    }
    // The format is known, so that only its reader can be missing.
    let Ok(read) = import(bytes, Some(format), &options) else {
        return FileRead::refused(RemarkKind::Unavailable(format));
    };
    let Some(guess) = foreign_encoding(&read.report) else {
        return FileRead::of(read);
    };
    let decoded = guess.and_then(|encoding| Some((encoding, decode(bytes, encoding)?)));
    let again = decoded
        .and_then(|(encoding, text)| Some((encoding, import(text.as_bytes(), Some(format), &options).ok()?)));
    if let Some((encoding, mut read)) = again {
        for document in &mut read.documents {
            document.meta.insert("encoding".to_owned(), Value::from(encoding.to_string()));
        }
        FileRead { remarks: vec![RemarkKind::Decoded(encoding)], ..FileRead::of(read) }
    } else if bytes.iter().take(SAMPLED_BYTES).any(|&byte| byte == 0) {
        // Text of no encoding has no zero bytes; most binary files have some early on.
        FileRead::refused(RemarkKind::Binary)
    } else {
        FileRead::of(read)
    }
}

impl FileRead {
    fn of(read: Import) -> Self {
        Self { documents: read.documents, report: read.report, remarks: Vec::new() }
    }

    fn refused(remark: RemarkKind) -> Self {
        Self { remarks: vec![remark], ..Self::default() }
    }

    /// What there is to say, in both languages.
    #[must_use]
    pub fn notes(&self, file: &str) -> Vec<Note> {
        let remarks = self.remarks.iter().map(|remark| remark.note(file));
        remarks.chain(self.report.problems.iter().map(note_of)).collect()
    }
}

fn note_of(problem: &Problem) -> Note {
    let kind = match problem.severity() {
        Severity::Refused => NoteKind::Refused,
        Severity::Repaired => NoteKind::Repaired,
        Severity::Kept => NoteKind::Noted,
    };
    let mut place = problem.file.to_string();
    if let Some(line) = problem.line {
        place = format!("{place}:{line}");
    }
    if !problem.field.is_empty() {
        place = format!("{place}:{}", problem.field);
    }
    Note { kind, place, said: in_both(|language| problem_text::say(problem, language)) }
}

impl Intake {
    /// Takes in what came of a file, or of a part of it.
    pub fn take(&mut self, file: &str, documents: Vec<Document>, notes: Vec<Note>) {
        let file: Arc<str> = file.into();
        self.arrivals
            .extend(documents.into_iter().map(|document| Arrival { file: Arc::clone(&file), document }));
        self.notes.extend(notes);
    }

    /// Adds a remark about a file.
    pub fn remark(&mut self, file: &str, remark: &RemarkKind) {
        self.notes.push(remark.note(file));
    }

    /// Hands over the articles. Those of nothing but blanks, and those whose text is in the project already or came
    /// twice, are left out with a note.
    pub fn take_new(&mut self, state: &State) -> Vec<Document> {
        let mut new: Vec<Document> = Vec::with_capacity(self.arrivals.len());
        for Arrival { file, document } in std::mem::take(&mut self.arrivals) {
            let text = document.text.as_str();
            if text.trim().is_empty() {
                self.remark(&file, &RemarkKind::Empty);
                continue;
            }
            let known = state.project.document_with_text(text);
            let known = known.or_else(|| new.iter().find(|other| other.text.as_str() == text));
            match known.map(|known| known.title().to_owned()) {
                Some(title) => self.remark(&file, &RemarkKind::Duplicate(title)),
                None => new.push(document),
            }
        }
        new
    }

    /// How many notes come to this.
    #[must_use]
    pub fn count(&self, kind: NoteKind) -> usize {
        self.notes.iter().filter(|note| note.kind == kind).count()
    }

    /// True if there is more to say than how many articles came in.
    #[must_use]
    pub fn has_news(&self) -> bool {
        !self.notes.is_empty()
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

    fn read(name: &str, bytes: &[u8]) -> FileRead {
        read_file(name, bytes, &Schema::conflict_news(), |_, encoding| {
            (encoding == Encoding::Windows1256).then(|| "قرية".to_owned())
        })
    }

    /// An intake of files, as the page has it.
    fn intake(files: &[(&str, &[u8])]) -> Intake {
        let mut intake = Intake::default();
        for (name, bytes) in files {
            let read = read(name, bytes);
            let notes = read.notes(name);
            intake.take(name, read.documents, notes);
        }
        intake
    }

    #[test]
    fn a_text_file_is_one_article_named_after_it() {
        let read = read("خبر.txt", "زار بغداد\r\n".as_bytes());
        assert_eq!(read.documents[0].id.as_str(), "خبر");
        assert_eq!(read.documents[0].text.as_str(), "زار بغداد\r\n");
        assert_eq!(read.notes("خبر.txt"), []);
    }

    #[test]
    fn other_files_are_refused_with_a_reason() {
        assert_eq!(read("a.pdf", b"%PDF-1.7").remarks, [RemarkKind::UnknownType]);
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        assert_eq!(read("photo.txt", png).remarks, [RemarkKind::Binary]);
        let long = vec![b'a'; MAX_ARTICLE_BYTES + 1];
        assert!(matches!(read("long.txt", &long).remarks[..], [RemarkKind::TooLarge(..)]));
    }

    #[test]
    fn a_file_in_the_usual_arabic_encoding_is_decoded_and_that_is_said() {
        let windows = [0xDE, 0xD1, 0xED, 0xC9, b' ', 0xDE, 0xD1, 0xED, 0xC9];
        let read = read("old.txt", &windows);
        assert_eq!(read.documents[0].text.as_str(), "قرية");
        assert_eq!(read.remarks, [RemarkKind::Decoded(Encoding::Windows1256)]);
        let notes = read.notes("old.txt");
        assert_eq!((notes.len(), notes[0].kind, &*notes[0].place), (1, NoteKind::Repaired, "old.txt"));
        assert!(notes[0].said.en.contains("1256") && notes[0].said.ar.contains("1256"));
    }

    #[test]
    fn a_file_of_blanks_is_no_article() {
        let mut intake = intake(&[("blank.txt", b" \n\t ")]);
        assert_eq!(intake.take_new(&State::default()), []);
        assert_eq!(intake.notes.last(), Some(&RemarkKind::Empty.note("blank.txt")));
    }

    #[test]
    fn a_text_that_is_there_already_is_left_out_and_named() {
        let mut state = State::default();
        update(&mut state, Command::Add(vec![article("عنوان", "زار بغداد".to_owned())]), 0);
        let mut intake = intake(&[("again.txt", "زار بغداد".as_bytes())]);
        assert_eq!(intake.take_new(&state), []);
        assert_eq!(intake.notes, [RemarkKind::Duplicate("عنوان".to_owned()).note("again.txt")]);
        assert_eq!(intake.count(NoteKind::Skipped), 1);
    }

    #[test]
    fn a_text_that_comes_twice_is_said_of_the_file_it_came_in() {
        let second =
            "{\"format\":\"misam/1\",\"id\":\"a\",\"text\":\"زار بغداد\"}\n{\"id\":\"b\",\"text\":\"خبر\"}";
        let mut intake =
            intake(&[("first.txt", "زار بغداد".as_bytes()), ("second.jsonl", second.as_bytes())]);
        let new = intake.take_new(&State::default());
        assert_eq!(new.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), ["first", "b"]);
        let note = RemarkKind::Duplicate("زار بغداد".to_owned()).note("second.jsonl");
        assert_eq!(intake.notes.last(), Some(&note));
        assert_eq!(intake.take_new(&State::default()), []);
    }

    #[test]
    fn records_in_another_encoding_are_decoded_as_texts_are() {
        let line = "{\"id\":\"a\",\"text\":\"زار بغداد\"}\n";
        let bytes: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let read = read_file("old.jsonl", &bytes, &Schema::conflict_news(), |_, encoding| {
            (encoding == Encoding::Utf16Le).then(|| line.to_owned())
        });
        assert_eq!(read.documents[0].text.as_str(), "زار بغداد");
        assert_eq!(read.documents[0].meta["encoding"], "UTF-16 (little endian)");
        assert_eq!(read.remarks, [RemarkKind::Decoded(Encoding::Utf16Le)]);
    }

    #[test]
    fn a_file_that_cannot_be_decoded_is_refused_by_its_reader() {
        let read = read_file("odd.txt", b"ab \xC7\xE1\xE6", &Schema::conflict_news(), |_, _| None);
        assert_eq!((&read.remarks[..], read.report.refused_records), (&[][..], 1));
        assert_eq!(read.notes("odd.txt")[0].kind, NoteKind::Refused);
    }

    #[test]
    fn a_note_says_where_and_what_in_both_languages() {
        let line = "{\"id\":\"a\",\"text\":\"خبر\",\"spans\":[{\"start\":0,\"end\":9,\"label\":\"LOC\"}]}\n";
        let notes = read("a.jsonl", line.as_bytes()).notes("a.jsonl");
        let note = notes.iter().find(|note| note.kind == NoteKind::Refused).unwrap();
        assert_eq!(note.place, "a.jsonl:1:spans[0].end");
        assert!(note.said.en.contains("ends at") && note.said.ar.contains("المقطع"), "{note:?}");
    }
}
