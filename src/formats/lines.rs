//! A file of lines, read as it comes: one record a line, and a bad line is only one line.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use super::encoding::{NotUtf8, UTF8_MARK, utf8};
use super::problem::Problems;
use super::{Outcome, ProblemKind, ReadOptions, Reading, UniqueNames};

/// Reads one line that is not blank.
pub type ReadLine = fn(line: &str, number: u64, options: &ReadOptions) -> Reading;

/// The longest line that is read, in bytes. What is longer is no record, and would have to be held whole.
const MOST_PER_LINE: usize = 64 << 20;

/// Reads line by line, whoever brings the lines.
struct Lines {
    read: ReadLine,
    number: u64,
    names: UniqueNames,
    any: bool,
    over: bool,
}

impl Lines {
    fn new(read: ReadLine) -> Self {
        Self { read, number: 0, names: UniqueNames::default(), any: false, over: false }
    }

    /// What comes of the next line, which is without its line feed. A carriage return stays: the parsers take it for
    /// white space, and validation wants to see it.
    fn line(&mut self, line: &[u8], options: &ReadOptions, mut each: impl FnMut(Reading)) {
        self.number += 1;
        let mut line = line;
        if self.number == 1 {
            let unmarked = line.strip_prefix(UTF8_MARK);
            line = unmarked.unwrap_or(line);
            if let Some(refusal) = self.refuse_file(line, options) {
                each(refusal);
                return;
            }
            if unmarked.is_some() {
                each(about_file(ProblemKind::ByteOrderMark, Outcome::Repaired, options));
            }
        }
        if line.trim_ascii().is_empty() {
            return;
        }
        self.any = true;
        each(match utf8(line) {
            Ok(line) => self.names.check((self.read)(line, self.number, options), options),
            Err(error) => not_utf8(error, Some(self.number), Outcome::RecordLeftOut, options),
        });
    }

    /// A line that is too long to be read.
    fn too_long(&mut self, options: &ReadOptions) -> Reading {
        self.number += 1;
        self.any = true;
        let mut problems = Problems::new(&options.file, Some(self.number));
        problems.say("", ProblemKind::LineTooLong { most: MOST_PER_LINE }, Outcome::RecordLeftOut);
        Reading { line: Some(self.number), document: None, problems: problems.into_vec() }
    }

    /// What there is to say at the end of the file.
    fn end(&mut self, options: &ReadOptions) -> Option<Reading> {
        let is_empty = !self.any && !self.over;
        self.over = true;
        is_empty.then(|| about_file(ProblemKind::NoRecords, Outcome::FileLeftOut, options))
    }

    /// What no line of the file could be read from.
    fn refuse_file(&mut self, first_line: &[u8], options: &ReadOptions) -> Option<Reading> {
        let refusal = match utf8(first_line) {
            Err(error) if error.guess.is_some() => not_utf8(error, None, Outcome::FileLeftOut, options),
            _ if first_line.trim_ascii_start().starts_with(b"[") => {
                about_file(ProblemKind::JsonList, Outcome::FileLeftOut, options)
            }
            _ => return None,
        };
        self.over = true;
        Some(refusal)
    }
}

fn about_file(kind: ProblemKind, outcome: Outcome, options: &ReadOptions) -> Reading {
    let mut problems = Problems::new(&options.file, None);
    problems.say("", kind, outcome);
    Reading { line: None, document: None, problems: problems.into_vec() }
}

fn not_utf8(error: NotUtf8, line: Option<u64>, outcome: Outcome, options: &ReadOptions) -> Reading {
    let mut problems = Problems::new(&options.file, line);
    let NotUtf8 { byte, index, guess } = error;
    problems.say("", ProblemKind::NotUtf8 { byte, column: index as u64 + 1, guess }, outcome);
    Reading { line, document: None, problems: problems.into_vec() }
}

/// The records of a file of lines. Holds one line at a time, and the names of the documents before it.
pub struct Records<'o, R> {
    input: R,
    options: &'o ReadOptions,
    lines: Lines,
    pending: VecDeque<Reading>,
}

impl<'o, R: BufRead> Records<'o, R> {
    /// Reads `input` line by line with `read`.
    pub fn new(input: R, options: &'o ReadOptions, read: ReadLine) -> Self {
        Self { input, options, lines: Lines::new(read), pending: VecDeque::new() }
    }

    /// Reads lines until there is something to say.
    fn advance(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        while self.pending.is_empty() && !self.lines.over {
            bytes.clear();
            if self.input.read_until(b'\n', &mut bytes)? == 0 {
                self.pending.extend(self.lines.end(self.options));
                break;
            }
            let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
            self.lines.line(line, self.options, |reading| self.pending.push_back(reading));
        }
        Ok(())
    }
}

impl<R: BufRead> Iterator for Records<'_, R> {
    type Item = io::Result<Reading>;

    /// The next record, or what is wrong with it. An error of the input ends the reading.
    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.advance() {
            self.lines.over = true;
            return Some(Err(error));
        }
        self.pending.pop_front().map(Ok)
    }
}

/// The records of a file of lines that comes in pieces, wherever they are cut. Holds the line that is not yet whole.
pub struct RecordsInPieces {
    options: ReadOptions,
    lines: Lines,
    rest: Vec<u8>,
    /// True within a line that is too long.
    skips: bool,
}

impl RecordsInPieces {
    /// A reader at the beginning of a file.
    #[must_use]
    pub fn new(options: ReadOptions, read: ReadLine) -> Self {
        Self { options, lines: Lines::new(read), rest: Vec::new(), skips: false }
    }

    /// Reads the lines that are whole with the next piece. `each` gets what comes of a line, and the line itself.
    pub fn push(&mut self, piece: &[u8], mut each: impl FnMut(Reading, &[u8])) {
        let mut piece = piece;
        while let Some(at) = piece.iter().position(|&byte| byte == b'\n') {
            let (line, after) = piece.split_at(at);
            piece = after.get(1..).unwrap_or_default();
            if std::mem::take(&mut self.skips) {
                continue;
            }
            if self.rest.is_empty() {
                self.read(line, &mut each);
            } else {
                self.rest.extend_from_slice(line);
                let line = std::mem::take(&mut self.rest);
                self.read(&line, &mut each);
            }
        }
        if self.skips || self.lines.over {
            return;
        }
        self.rest.extend_from_slice(piece);
        if self.rest.len() > MOST_PER_LINE {
            self.rest = Vec::new();
            self.skips = true;
            each(self.lines.too_long(&self.options), b"");
        }
    }

    /// Reads the last line, if the file does not end with a line feed.
    pub fn finish(mut self, mut each: impl FnMut(Reading, &[u8])) {
        let last = std::mem::take(&mut self.rest);
        if !last.is_empty() {
            self.read(&last, &mut each);
        }
        if let Some(reading) = self.lines.end(&self.options) {
            each(reading, b"");
        }
    }

    fn read(&mut self, line: &[u8], each: &mut impl FnMut(Reading, &[u8])) {
        if !self.lines.over {
            self.lines.line(line, &self.options, |reading| each(reading, line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Encoding, jsonl};

    fn read(bytes: &[u8]) -> Vec<Reading> {
        let options = ReadOptions::for_file("a.jsonl");
        Records::new(bytes, &options, jsonl::read_record).map(Result::unwrap).collect()
    }

    fn ids(readings: &[Reading]) -> Vec<&str> {
        readings.iter().filter_map(|reading| Some(reading.document.as_ref()?.id.as_str())).collect()
    }

    #[test]
    fn blank_lines_count_but_are_no_records() {
        let readings = read(b"\n{\"id\":\"a\",\"text\":\"x\"}\r\n  \n{\"id\":\"b\",\"text\":\"x\"}");
        assert_eq!(ids(&readings), ["a", "b"]);
        assert_eq!(readings.iter().map(|reading| reading.line).collect::<Vec<_>>(), [Some(2), Some(4)]);
    }

    #[test]
    fn one_name_twice_becomes_two_names() {
        let line = "{\"id\":\"a\",\"text\":\"x\"}\n";
        let taken = "{\"id\":\"a-2\",\"text\":\"x\"}\n";
        assert_eq!(ids(&read(format!("{line}{taken}{line}").as_bytes())), ["a", "a-2", "a-3"]);
    }

    #[test]
    fn a_bad_line_is_one_line() {
        let readings = read(b"{\"id\":\"a\",\"text\":\"x\"}\n\xFF\n{\"id\":\"b\",\"text\":\"x\"}\n");
        assert_eq!(ids(&readings), ["a", "b"]);
        assert_eq!(readings[1].problems[0].outcome, Outcome::RecordLeftOut);
    }

    #[test]
    fn a_file_in_another_encoding_is_refused_once_not_line_by_line() {
        let bytes: Vec<u8> =
            "{\"text\":\"خبر\"}\n{\"text\":\"خبر\"}\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let readings = read(&bytes);
        assert_eq!(readings.len(), 1);
        assert!(matches!(
            readings[0].problems[0].kind,
            ProblemKind::NotUtf8 { guess: Some(Encoding::Utf16Le), .. }
        ));
    }

    #[test]
    fn an_error_of_the_input_ends_the_reading() {
        struct Broken;
        impl io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let options = ReadOptions::for_file("a.jsonl");
        let readings: Vec<_> =
            Records::new(io::BufReader::new(Broken), &options, jsonl::read_record).collect();
        assert!(matches!(readings[..], [Err(_)]));
    }

    #[test]
    fn a_file_in_pieces_is_read_as_the_whole_file_is() {
        let marked: &[u8] =
            b"\xEF\xBB\xBF\n{\"id\":\"a\",\"text\":\"x\"}\r\n\xFF\n{\"id\":\"a\",\"text\":\"x\"}";
        for file in [marked, b"", b"\n\n", b"[1]\n{}", &marked[3..]] {
            let whole = read(file);
            for size in 1..=file.len().max(1) {
                let mut pieces = Vec::new();
                let mut reader = RecordsInPieces::new(ReadOptions::for_file("a.jsonl"), jsonl::read_record);
                for piece in file.chunks(size) {
                    reader.push(piece, |reading, _| pieces.push(reading));
                }
                reader.finish(|reading, _| pieces.push(reading));
                assert_eq!(pieces, whole, "in pieces of {size}");
            }
        }
    }

    #[test]
    fn a_line_without_end_is_left_out_and_not_held() {
        let mut readings = Vec::new();
        let mut reader = RecordsInPieces::new(ReadOptions::for_file("a.jsonl"), jsonl::read_record);
        let piece = vec![b'x'; 1 << 20];
        for _ in 0..=MOST_PER_LINE >> 20 {
            reader.push(&piece, |reading, _| readings.push(reading));
        }
        assert_eq!(reader.rest.len(), 0);
        reader.push(b"xx\n{\"id\":\"b\",\"text\":\"x\"}\n", |reading, _| readings.push(reading));
        assert_eq!(ids(&readings), ["b"]);
        assert_eq!((readings[0].line, readings[1].line), (Some(1), Some(2)));
        assert!(matches!(readings[0].problems[0].kind, ProblemKind::LineTooLong { .. }));
    }
}
