//! Plain text: one article a file, named after it.

use std::io::Write as _;

use serde_json::{Map, Value};

use super::encoding::UTF8_MARK;
use super::format::file_name;
use super::problem::Problems;
use super::{
    DocumentWriter, ExportError, Loss, Losses, Outcome, Output, ProblemKind, ReadOptions, Reading, whole_file,
};
use crate::annotation::{Document, DocumentId, Status};
use crate::text::MAX_TEXT_BYTES;

/// The key of `meta` that says that the file began with a byte order mark.
const MARK_KEY: &str = "byte_order_mark";
/// The key of `meta` that says how the lines of the file end, unless it is LF.
const LINE_ENDS_KEY: &str = "line_ends";

/// Reads a file as one article, whatever is in it. Its text is kept byte for byte but for a byte order mark, which is
/// noted in `meta`.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    // A mark is noted, and so no problem.
    let content = bytes.strip_prefix(UTF8_MARK);
    let Some(text) = whole_file::without_mark(content.unwrap_or(bytes), &mut problems) else {
        return whole_file::nothing(problems);
    };
    if text.len() > MAX_TEXT_BYTES {
        let kind = ProblemKind::TextTooLong { bytes: text.len(), most: MAX_TEXT_BYTES };
        problems.say("", kind, Outcome::FileLeftOut);
        return whole_file::nothing(problems);
    }
    vec![article(text, content.is_some(), options)]
}

fn article(text: &str, marked: bool, options: &ReadOptions) -> Reading {
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

/// Writes the texts alone, one file a document. Spans are taken out, and said to be lost, before they come here.
#[derive(Debug)]
pub struct Writer;

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let source = document.text.as_str();
        // Readers take the first mark off, whoever put it there.
        let marked =
            document.meta.get(MARK_KEY) == Some(&Value::Bool(true)) || source.starts_with('\u{FEFF}');
        let comes_back = meta(source, marked);
        let is_kept = |(key, value): (&String, &Value)| comes_back.get(key) == Some(value);
        for (field, there) in [
            ("rejected", !document.rejected.is_empty()),
            ("relations", !document.relations.is_empty()),
            ("events", !document.events.is_empty()),
            ("status", document.status != Status::New),
            ("annotator", document.annotator.is_some()),
            ("meta", !document.meta.iter().all(is_kept)),
        ] {
            if there {
                losses.say(&document.id, Loss::Field { field });
            }
        }
        let mut bytes = Vec::with_capacity(source.len() + UTF8_MARK.len());
        if marked {
            bytes.write_all(UTF8_MARK)?;
        }
        bytes.write_all(source.as_bytes())?;
        output.file(&file_name(&document.id, "txt"), &bytes)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Encoding, MemoryOutput, Severity};

    fn read(name: &str, bytes: &[u8]) -> Reading {
        read_file(bytes, &ReadOptions::for_file(name)).remove(0)
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
