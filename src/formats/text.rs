//! Plain text: one article a file, named after it.

use std::io::Write as _;

use serde_json::{Map, Value};

use super::encoding::{NotUtf8, UTF8_MARK, utf8};
use super::format::file_name;
use super::problem::Problems;
use super::{DocumentWriter, ExportError, Loss, Losses, Outcome, Output, ProblemKind, ReadOptions, Reading};
use crate::annotation::{Document, DocumentId};
use crate::text::MAX_TEXT_BYTES;

/// The key of `meta` that says that the file began with a byte order mark.
const MARK_KEY: &str = "byte_order_mark";
/// The key of `meta` that says how the lines of the file end, unless it is LF.
const LINE_ENDS_KEY: &str = "line_ends";

/// Reads a file as one article, whatever is in it. Its text is kept byte for byte but for a byte order mark, which is
/// noted in `meta`.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    vec![read_article(bytes, options)]
}

/// The article of a file.
#[must_use]
pub fn read_article(bytes: &[u8], options: &ReadOptions) -> Reading {
    let (content, marked) = match bytes.strip_prefix(UTF8_MARK) {
        Some(content) => (content, true),
        None => (bytes, false),
    };
    let refuse = |line: Option<u64>, kind| {
        let mut problems = Problems::new(&options.file, line);
        problems.say("", kind, Outcome::FileLeftOut);
        Reading { line, document: None, problems: problems.into_vec() }
    };
    let text = match utf8(content) {
        Ok(text) => text,
        Err(NotUtf8 { byte, index, guess }) => {
            let before = &content[..index];
            let line = before.iter().filter(|&&b| b == b'\n').count() as u64 + 1;
            let column = before.iter().rev().take_while(|&&b| b != b'\n').count() as u64 + 1;
            return refuse(Some(line), ProblemKind::NotUtf8 { byte, column, guess });
        }
    };
    if text.len() > MAX_TEXT_BYTES {
        return refuse(None, ProblemKind::TextTooLong { bytes: text.len(), most: MAX_TEXT_BYTES });
    }
    let mut problems = Problems::new(&options.file, None);
    if text.trim().is_empty() {
        problems.say("", ProblemKind::EmptyText, Outcome::Kept);
    }
    let mut document = Document::new(DocumentId::new(options.stem()), text);
    document.meta = meta(text, marked);
    Reading { line: None, document: Some(document), problems: problems.into_vec() }
}

fn meta(text: &str, marked: bool) -> Map<String, Value> {
    let mut meta = Map::new();
    if marked {
        meta.insert(MARK_KEY.to_owned(), true.into());
    }
    let pairs = text.matches("\r\n").count();
    let (returns, feeds) = (text.matches('\r').count() - pairs, text.matches('\n').count() - pairs);
    let line_ends = match (pairs > 0, returns > 0, feeds > 0) {
        (false, false, _) => return meta,
        (true, false, false) => "crlf",
        (false, true, false) => "cr",
        _ => "mixed",
    };
    meta.insert(LINE_ENDS_KEY.to_owned(), line_ends.into());
    meta
}

/// Writes the texts alone, one file a document.
#[derive(Debug)]
pub struct Writer;

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        for span in document.spans.iter() {
            losses.say(&document.id, Loss::Span { label: span.label.clone() });
        }
        for _ in &document.relations {
            losses.say(&document.id, Loss::Relation);
        }
        let known = [MARK_KEY, LINE_ENDS_KEY];
        for (field, there) in [
            ("rejected", !document.rejected.is_empty()),
            ("events", !document.events.is_empty()),
            ("annotator", document.annotator.is_some()),
            ("meta", document.meta.keys().any(|key| !known.contains(&key.as_str()))),
        ] {
            if there {
                losses.say(&document.id, Loss::Field { field });
            }
        }
        let mut bytes = Vec::with_capacity(document.text.as_str().len() + UTF8_MARK.len());
        if document.meta.get(MARK_KEY) == Some(&Value::Bool(true)) {
            bytes.write_all(UTF8_MARK)?;
        }
        bytes.write_all(document.text.as_str().as_bytes())?;
        output.file(&file_name(&document.id, "txt"), &bytes)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Encoding, MemoryOutput, Severity};

    fn read(name: &str, bytes: &[u8]) -> Reading {
        read_article(bytes, &ReadOptions::for_file(name))
    }

    #[test]
    fn the_article_is_named_after_its_file_and_kept_byte_for_byte() {
        let reading = read("news/خبر.1.txt", "سطر\r\nآخر\u{200F} ".as_bytes());
        let document = reading.document.unwrap();
        assert_eq!(document.id.as_str(), "خبر.1");
        assert_eq!(document.text.as_str(), "سطر\r\nآخر\u{200F} ");
        assert_eq!(document.meta["line_ends"], "crlf");
        assert_eq!(reading.problems, []);
    }

    #[test]
    fn a_byte_order_mark_is_noted_and_written_back() {
        let bytes = "\u{FEFF}خبر\n".as_bytes();
        let document = read("a.txt", bytes).document.unwrap();
        assert_eq!(document.text.as_str(), "خبر\n");
        let mut output = MemoryOutput::default();
        Writer.write(&document, &mut output, &mut Losses::default()).unwrap();
        assert_eq!(output.files["a.txt"], bytes);
    }

    #[test]
    fn the_first_bad_byte_and_the_likely_encoding_are_named() {
        let reading = read("a.txt", b"ok\nab \xC7\xE1\xE6\xD2\xED\xD1");
        assert_eq!(reading.document, None);
        let problem = &reading.problems[0];
        assert_eq!((problem.line, problem.severity()), (Some(2), Severity::Refused));
        assert_eq!(
            problem.kind,
            ProblemKind::NotUtf8 { byte: 0xC7, column: 4, guess: Some(Encoding::Windows1256) }
        );
    }
}
