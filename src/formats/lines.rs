//! A file of lines, read as it comes: one record a line, and a bad line is only one line.

use std::io::{self, BufRead};

use super::encoding::{NotUtf8, UTF8_MARK, utf8};
use super::problem::Problems;
use super::{Outcome, ProblemKind, ReadOptions, Reading, UniqueNames};

/// Reads one line that is not blank.
pub type ReadLine = fn(line: &str, number: u64, options: &ReadOptions) -> Reading;

/// The records of a file of lines. Holds one line at a time, and the names of the documents before it.
pub struct Records<'o, R> {
    input: R,
    options: &'o ReadOptions,
    read: ReadLine,
    number: u64,
    names: UniqueNames,
    pending: Option<Reading>,
    any: bool,
    over: bool,
}

impl<'o, R: BufRead> Records<'o, R> {
    /// Reads `input` line by line with `read`.
    pub fn new(input: R, options: &'o ReadOptions, read: ReadLine) -> Self {
        Self {
            input,
            options,
            read,
            number: 0,
            names: UniqueNames::default(),
            pending: None,
            any: false,
            over: false,
        }
    }

    fn next_reading(&mut self) -> io::Result<Option<Reading>> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if self.input.read_until(b'\n', &mut bytes)? == 0 {
                self.over = true;
                return Ok((!self.any).then(|| self.about_file(ProblemKind::NoRecords, Outcome::FileLeftOut)));
            }
            self.number += 1;
            // A carriage return stays: the parsers take it for white space, and validation wants to see it.
            let mut line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
            let mut marked = false;
            if self.number == 1 {
                marked = line.starts_with(UTF8_MARK);
                line = line.strip_prefix(UTF8_MARK).unwrap_or(line);
                if let Some(refusal) = self.refuse_file(line) {
                    return Ok(Some(refusal));
                }
            }
            let mark = marked.then(|| self.about_file(ProblemKind::ByteOrderMark, Outcome::Repaired));
            if line.trim_ascii().is_empty() {
                match mark {
                    Some(mark) => return Ok(Some(mark)),
                    None => continue,
                }
            }
            self.any = true;
            let reading = match utf8(line) {
                Ok(line) => self.names.check((self.read)(line, self.number, self.options), self.options),
                Err(error) => self.not_utf8(error, Some(self.number), Outcome::RecordLeftOut),
            };
            return Ok(Some(match mark {
                Some(mark) => {
                    self.pending = Some(reading);
                    mark
                }
                None => reading,
            }));
        }
    }

    /// What no line of the file could be read from.
    fn refuse_file(&mut self, first_line: &[u8]) -> Option<Reading> {
        let refusal = match utf8(first_line) {
            Err(error) if error.guess.is_some() => self.not_utf8(error, None, Outcome::FileLeftOut),
            _ if first_line.trim_ascii_start().starts_with(b"[") => {
                self.about_file(ProblemKind::JsonList, Outcome::FileLeftOut)
            }
            _ => return None,
        };
        self.over = true;
        Some(refusal)
    }

    fn about_file(&self, kind: ProblemKind, outcome: Outcome) -> Reading {
        let mut problems = Problems::new(&self.options.file, None);
        problems.say("", kind, outcome);
        Reading { line: None, document: None, problems: problems.into_vec() }
    }

    fn not_utf8(&self, error: NotUtf8, line: Option<u64>, outcome: Outcome) -> Reading {
        let mut problems = Problems::new(&self.options.file, line);
        let NotUtf8 { byte, index, guess } = error;
        problems.say("", ProblemKind::NotUtf8 { byte, column: index as u64 + 1, guess }, outcome);
        Reading { line, document: None, problems: problems.into_vec() }
    }
}

impl<R: BufRead> Iterator for Records<'_, R> {
    type Item = io::Result<Reading>;

    /// The next record, or what is wrong with it. An error of the input ends the reading.
    fn next(&mut self) -> Option<Self::Item> {
        if let Some(pending) = self.pending.take() {
            return Some(Ok(pending));
        }
        if self.over {
            return None;
        }
        let reading = self.next_reading().transpose();
        self.over |= matches!(reading, Some(Err(_)));
        reading
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
}
