//! Rows of separated values: RFC 4180, and what people and programs make of it.
//!
//! A quotation mark that opens a cell and is never closed would take every row behind it into that cell. It is taken for
//! a sign like any other instead, so that those rows are rows, and where it stands is told.

/// A row and the line it begins on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The line, from 1.
    pub(super) line: u64,
    /// What stands in it, without the quotation marks around cells.
    pub(super) cells: Vec<String>,
    /// The lines of quotation marks that open a cell and do not close it. They stand in the cell.
    pub(super) unclosed: Vec<u64>,
    /// The lines where cells begin that go over several lines and have quotation marks in them that are not doubled:
    /// where such a cell ends is a guess.
    pub(super) loose: Vec<u64>,
}

/// The rows of a file, parted by commas, or by what its first line has more of: semicolons or tabs. Lines with nothing on
/// them are no rows.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|&byte| byte == sign).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&sign| count(sign)).unwrap_or(b',');
    let allowance = text.len().saturating_mul(4).saturating_add(1 << 16);
    let mut reader = Reader { text, delimiter, at: 0, line: 1, allowance };
    std::iter::from_fn(|| reader.row()).collect()
}

struct Reader<'t> {
    text: &'t str,
    delimiter: u8,
    /// The next byte. It is never inside a character: cells end at ASCII signs.
    at: usize,
    line: u64,
    /// So many bytes may still be looked through for the end of cells that turn out to have none. Without a limit, a
    /// file of opening marks would be looked through to its end from each of them.
    allowance: usize,
}

/// What begins like a cell in quotation marks.
enum Quoted {
    /// It is one. True if there are marks in it that are not doubled, and line breaks.
    Cell(String, bool),
    /// Its mark is not closed.
    Unclosed,
    /// It does not begin with a mark.
    No,
}

impl Reader<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn row(&mut self) -> Option<Row> {
        while let Some(byte @ (b'\r' | b'\n')) = self.byte(self.at) {
            self.line += u64::from(byte == b'\n');
            self.at += 1;
        }
        self.byte(self.at)?;
        let mut row = Row { line: self.line, ..Row::default() };
        loop {
            let line = self.line;
            let cell = match self.quoted() {
                Quoted::Cell(cell, is_loose) => {
                    row.loose.extend(is_loose.then_some(line));
                    cell
                }
                Quoted::Unclosed => {
                    row.unclosed.push(line);
                    self.plain()
                }
                Quoted::No => self.plain(),
            };
            row.cells.push(cell);
            if self.byte(self.at) != Some(self.delimiter) {
                return Some(row);
            }
            self.at += 1;
        }
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\r' | b'\n')
    }

    /// Everything up to the next delimiter or the end of the line.
    fn plain(&mut self) -> String {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.bytes().position(|byte| self.ends_cell(byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default().to_owned()
    }

    fn quoted(&mut self) -> Quoted {
        if self.byte(self.at) != Some(b'"') {
            return Quoted::No;
        }
        let begin = self.at + 1;
        let (mut cell, mut from, mut next) = (String::new(), begin, begin);
        let (mut is_loose, mut breaks, mut has_break) = (false, 0, false);
        loop {
            let rest = self.text.as_bytes().get(next..).unwrap_or_default();
            let rest = rest.get(..self.allowance.saturating_sub(next - begin)).unwrap_or(rest);
            let Some(length) = rest.iter().position(|&byte| byte == b'"') else {
                self.allowance = self.allowance.saturating_sub(next - begin + rest.len());
                return Quoted::Unclosed;
            };
            for &byte in rest.get(..length).unwrap_or_default() {
                breaks += u64::from(byte == b'\n');
                has_break |= matches!(byte, b'\r' | b'\n');
            }
            let quote = next + length;
            let up_to = |end: usize| self.text.get(from..end).unwrap_or_default();
            match self.byte(quote + 1) {
                Some(b'"') => {
                    cell.push_str(up_to(quote + 1));
                    (from, next) = (quote + 2, quote + 2);
                }
                Some(byte) if !self.ends_cell(byte) => {
                    // A mark that opens a cell further down: the one before it was never closed.
                    let opens =
                        quote > begin && self.byte(quote - 1).is_some_and(|byte| self.ends_cell(byte));
                    if opens && has_break {
                        self.allowance = self.allowance.saturating_sub(quote - begin);
                        return Quoted::Unclosed;
                    }
                    is_loose = true;
                    next = quote + 1;
                }
                _ => {
                    cell.push_str(up_to(quote));
                    self.at = quote + 1;
                    self.line += breaks;
                    return Quoted::Cell(cell, is_loose && has_break);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn cells_are_what_was_written() {
        assert_eq!(
            cells("a,\"b \"\"c\"\", d\r\ne\",\r\n\r\n\"\",x\ny"),
            [vec!["a", "b \"c\", d\r\ne", ""], vec!["", "x"], vec!["y"]]
        );
        assert_eq!(cells("a;b,c;d\n1;2"), [vec!["a", "b,c", "d"], vec!["1", "2"]]);
        assert_eq!(rows("\n\na\n\"b\nc\"\nd").iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 6]);
        assert!(rows("").is_empty() && rows("\r\n\n").is_empty());
    }

    #[test]
    fn a_mark_that_is_never_closed_takes_no_other_rows_with_it() {
        for (text, line) in [
            ("id,text\n1,\"خبر أول\n2,خبر ثان\n3,خبر ثالث\n", 2),
            ("id,text\n1,\"خبر أول\n2,\"خبر ثان\"\n3,خبر ثالث\n", 2),
            ("id,text\n1,خبر أول\n2,خبر ثان\n3,\"خبر ثالث", 4),
        ] {
            let rows = rows(text);
            assert_eq!(rows.len(), 4, "{text}");
            let unclosed: Vec<u64> = rows.iter().flat_map(|row| row.unclosed.clone()).collect();
            assert_eq!(unclosed, [line]);
            let said: String = rows.iter().filter_map(|row| row.cells.get(1)).cloned().collect();
            assert_eq!(said.replace('"', ""), "textخبر أولخبر ثانخبر ثالث");
        }
    }

    #[test]
    fn marks_that_are_not_doubled_stand_for_themselves() {
        assert_eq!(cells("x,\"قال \"نعم\" ثم ذهب\",y"), [["x", "قال \"نعم\" ثم ذهب", "y"]]);
        let rows = rows("x,\"قال\n\"نعم\" ثم\n ذهب\",y");
        assert_eq!((rows.len(), &rows[0].unclosed[..], &rows[1].loose[..]), (2, &[1][..], &[2][..]));
        let rows = super::rows("x,\"قال\n و\"نعم\" ثم ذهب\",y");
        assert_eq!((rows.len(), &rows[0].loose[..]), (1, &[1][..]));
    }

    #[test]
    fn a_file_of_opening_marks_is_read_in_the_time_of_any_other() {
        for part in ["\"\"x\n", "\"", "\"a \"b\n", "\"a\n"] {
            let text = part.repeat((4 << 20) / part.len());
            let length: usize = rows(&text).iter().flat_map(|row| &row.cells).map(String::len).sum();
            assert!(length > 0);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_as_the_standard_has_it_comes_back(
            table in prop::collection::vec(prop::collection::vec("[a,\"\r\nب; ]{0,6}", 2..4), 1..6),
        ) {
            let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(",");
            let text = format!("a,b,c,d,e,f,g\r\n{}\r\n", table.iter().map(line).collect::<Vec<_>>().join("\r\n"));
            let rows = rows(&text);
            prop_assert!(rows.iter().all(|row| row.unclosed.is_empty() && row.loose.is_empty()));
            let read: Vec<_> = rows.into_iter().skip(1).map(|row| row.cells).collect();
            prop_assert_eq!(read, table);
        }

        #[test]
        fn nothing_but_marks_delimiters_and_breaks_is_lost(text in "[a\"\"\",,\n\rب]{0,40}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            let read: String = rows(&text).into_iter().flat_map(|row| row.cells).collect();
            prop_assert_eq!(letters(&read), letters(&text));
        }
    }
}
