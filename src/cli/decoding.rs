//! Files in older encodings, made UTF-8 as they are read.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::complain;
use crate::formats::archive::is_archive;
use crate::formats::{Decoder, Encoding, EncodingEvidence, decode, detect};

/// How much is taken from the input at a time, in bytes.
const PIECE: usize = 1 << 16;

/// What a file turned out to be in.
pub(super) struct Decoded {
    /// The encoding, if it is not UTF-8.
    pub(super) encoding: Option<Encoding>,
    /// The bytes in UTF-8.
    pub(super) bytes: Box<dyn BufRead>,
    /// How many bytes so far were no characters.
    pub(super) replaced: Rc<Cell<u64>>,
}

/// Finds out which encoding a file is in, from what of it is there at once, unless it was named. An older one is said.
pub(super) fn decoded(
    name: &str,
    mut bytes: Box<dyn BufRead>,
    named: Option<Encoding>,
) -> io::Result<Decoded> {
    let encoding = encoding_of(name, bytes.fill_buf()?, named);
    let replaced = Rc::default();
    let bytes = match encoding {
        None => bytes,
        Some(encoding) => Box::new(Decoding {
            bytes,
            decoder: Some(Decoder::new(encoding)),
            replaced: Rc::clone(&replaced),
            text: Vec::new(),
            taken: 0,
        }),
    };
    Ok(Decoded { encoding, bytes, replaced })
}

/// A file of a folder in UTF-8.
pub(super) fn decoded_whole(name: &str, bytes: Vec<u8>, named: Option<Encoding>) -> Vec<u8> {
    match encoding_of(name, &bytes, named) {
        None => bytes,
        Some(encoding) => {
            let (text, replaced) = decode(&bytes, encoding);
            say_replaced(name, encoding, replaced);
            text
        }
    }
}

/// Says that some bytes were no characters.
pub(super) fn say_replaced(name: &str, encoding: Encoding, count: u64) {
    if count > 0 {
        complain(&format_args!(
            "{name}: bytes that are nothing in {encoding}: {count}; U+FFFD stands for them"
        ));
    }
}

/// The encoding a file must be decoded from, if it must.
fn encoding_of(name: &str, beginning: &[u8], named: Option<Encoding>) -> Option<Encoding> {
    if is_archive(beginning) {
        return None;
    }
    if named.is_some() {
        return named.filter(|encoding| *encoding != Encoding::Utf8);
    }
    let found = detect(beginning);
    let by = match found.evidence {
        EncodingEvidence::Mark => "by its byte order mark",
        EncodingEvidence::Halves => "by every second byte",
        // Text in one byte a letter has no zero bytes; most files that are no text have some early on.
        EncodingEvidence::Letters if !beginning.contains(&0) => "by its letters",
        _ => return None,
    };
    if found.encoding == Encoding::Utf8 {
        return None;
    }
    complain(&format_args!(
        "{name}: read as {}, {by}; convert and extract take another by --encoding",
        found.encoding
    ));
    Some(found.encoding)
}

/// Reads another reader's bytes as UTF-8.
struct Decoding {
    bytes: Box<dyn BufRead>,
    /// Nothing once all has come.
    decoder: Option<Decoder>,
    replaced: Rc<Cell<u64>>,
    text: Vec<u8>,
    taken: usize,
}

impl BufRead for Decoding {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.text.len() {
            let Some(decoder) = &mut self.decoder else {
                break;
            };
            let piece = self.bytes.fill_buf()?;
            let length = piece.len().min(PIECE);
            self.text = if length == 0 { decoder.finish() } else { decoder.decode(&piece[..length]) };
            self.bytes.consume(length);
            self.taken = 0;
            self.replaced.set(decoder.replaced());
            if length == 0 {
                self.decoder = None;
            }
        }
        Ok(&self.text[self.taken..])
    }

    fn consume(&mut self, amount: usize) {
        self.taken = self.text.len().min(self.taken + amount);
    }
}

impl Read for Decoding {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let length = there.len().min(buffer.len());
        buffer[..length].copy_from_slice(&there[..length]);
        self.consume(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "قال الوزير في بيان إن الوفد وصل إلى بغداد مساء الخميس 😊";

    /// Gives its bytes one at a time, as a slow pipe does.
    struct Slow(Vec<u8>, usize);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = usize::from(self.1 < self.0.len() && !buffer.is_empty());
            buffer[..length].copy_from_slice(&self.0[self.1..self.1 + length]);
            self.1 += length;
            Ok(length)
        }
    }

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_be_bytes).collect()
    }

    fn read(bytes: Box<dyn BufRead>, named: Option<Encoding>) -> (String, Option<Encoding>, u64) {
        let mut decoded = decoded("x", bytes, named).unwrap();
        let mut text = String::new();
        decoded.bytes.read_to_string(&mut text).unwrap();
        (text, decoded.encoding, decoded.replaced.get())
    }

    #[test]
    fn characters_cut_between_two_pieces_are_whole() {
        let slow = io::BufReader::with_capacity(1, Slow(utf16(TEXT), 0));
        assert_eq!(
            read(Box::new(slow), Some(Encoding::Utf16Be)),
            (TEXT.to_owned(), Some(Encoding::Utf16Be), 0)
        );
    }

    #[test]
    fn an_encoding_is_found_by_what_is_there_at_once() {
        let bytes = io::Cursor::new(utf16(TEXT));
        assert_eq!(read(Box::new(bytes), None), (TEXT.to_owned(), Some(Encoding::Utf16Be), 0));
        let bytes = io::Cursor::new(TEXT.as_bytes());
        assert_eq!(read(Box::new(bytes), None), (TEXT.to_owned(), None, 0));
    }

    #[test]
    fn half_a_unit_at_the_end_is_counted() {
        let mut bytes = utf16("وفد");
        bytes.push(0x06);
        let read = read(Box::new(io::Cursor::new(bytes)), Some(Encoding::Utf16Be));
        assert_eq!(read, ("وفد\u{FFFD}".to_owned(), Some(Encoding::Utf16Be), 1));
    }

    #[test]
    fn what_is_no_text_is_left_alone() {
        let binary: Vec<u8> = b"\xC7\xE1\xE6\xD2\xED\xD1\0 \xC7\xE1\xE6\xD2\xED\xD1".repeat(20);
        assert_eq!(encoding_of("x", &binary, None), None);
        assert_eq!(encoding_of("x", b"PK\x03\x04\xC7\xE1", Some(Encoding::Windows1256)), None);
    }
}
