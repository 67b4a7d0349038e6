//! Bytes in an older encoding, made UTF-8 as they come.

use super::{Encoding, tables};

/// Makes UTF-8 of a file that comes in pieces. UTF-8 itself passes through as it is, sound or not: the readers name the
/// place of its first bad byte.
#[derive(Clone, Debug)]
pub struct Decoder {
    encoding: Encoding,
    /// The first half of a UTF-16 unit that a piece ended in.
    byte: Option<u8>,
    /// The first half of a surrogate pair.
    high: Option<u16>,
    /// True once a character has come.
    begun: bool,
    /// What had no character so far.
    replaced: u64,
}

impl Decoder {
    /// A decoder at the beginning of a file.
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        Self { encoding, byte: None, high: None, begun: false, replaced: 0 }
    }

    /// The encoding.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many bytes or units so far were no character of the encoding; U+FFFD stands in their place.
    #[must_use]
    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// The next piece in UTF-8. A byte order mark of UTF-16 is left out.
    #[must_use]
    pub fn decode(&mut self, bytes: &[u8]) -> Vec<u8> {
        match self.encoding {
            Encoding::Utf8 => bytes.to_vec(),
            Encoding::Utf16Le => self.utf16(bytes, u16::from_le_bytes),
            Encoding::Utf16Be => self.utf16(bytes, u16::from_be_bytes),
            Encoding::Windows1256 => self.single(bytes, &tables::WINDOWS_1256),
            Encoding::Iso8859_6 => self.single(bytes, &tables::ISO_8859_6),
            Encoding::MacArabic => self.single(bytes, &tables::MAC_ARABIC),
        }
    }

    /// What is left at the end of the file.
    #[must_use]
    pub fn finish(&mut self) -> Vec<u8> {
        let mut text = String::new();
        if self.high.take().is_some() {
            self.replace(&mut text);
        }
        if self.byte.take().is_some() {
            self.replace(&mut text);
        }
        text.into_bytes()
    }

    fn replace(&mut self, text: &mut String) {
        self.replaced += 1;
        text.push(char::REPLACEMENT_CHARACTER);
    }

    fn single(&mut self, bytes: &[u8], upper: &[char; 128]) -> Vec<u8> {
        let mut text = String::with_capacity(bytes.len() * 2);
        for &byte in bytes {
            match upper.get(usize::from(byte).wrapping_sub(128)) {
                None => text.push(char::from(byte)),
                Some('\0') => self.replace(&mut text),
                Some(&character) => text.push(character),
            }
        }
        text.into_bytes()
    }

    fn utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
        let mut text = String::with_capacity(bytes.len());
        for &byte in bytes {
            let Some(first) = self.byte.take() else {
                self.byte = Some(byte);
                continue;
            };
            let unit = unit([first, byte]);
            if !std::mem::replace(&mut self.begun, true) && unit == 0xFEFF {
                continue;
            }
            match (self.high.take(), unit) {
                (Some(high), 0xDC00..=0xDFFF) => {
                    let pair = char::decode_utf16([high, unit]).next().and_then(Result::ok);
                    text.push(pair.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                (before, unit) => {
                    if before.is_some() {
                        self.replace(&mut text);
                    }
                    match char::from_u32(u32::from(unit)) {
                        Some(character) => text.push(character),
                        None if unit < 0xDC00 => self.high = Some(unit),
                        None => self.replace(&mut text),
                    }
                }
            }
        }
        text.into_bytes()
    }
}

/// A whole file in UTF-8, and how many of its bytes or units were no character.
#[must_use]
pub fn decode(bytes: &[u8], encoding: Encoding) -> (Vec<u8>, u64) {
    let mut decoder = Decoder::new(encoding);
    let mut text = decoder.decode(bytes);
    text.extend(decoder.finish());
    (text, decoder.replaced())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(bytes: &[u8], encoding: Encoding) -> (String, u64) {
        let (bytes, replaced) = decode(bytes, encoding);
        (String::from_utf8(bytes).unwrap(), replaced)
    }

    #[test]
    fn the_tables_are_those_of_another_library() {
        let pairs = [
            (Encoding::Windows1256, encoding_rs::WINDOWS_1256),
            (Encoding::Iso8859_6, encoding_rs::ISO_8859_6),
        ];
        for (ours, theirs) in pairs {
            for byte in 0..=u8::MAX {
                let expected = theirs.decode_without_bom_handling(&[byte]).0.into_owned();
                assert_eq!(text(&[byte], ours).0, expected, "{ours} {byte:02X}");
            }
        }
    }

    #[test]
    fn a_file_of_an_old_macintosh_is_read() {
        // What Apple's table says of «قال ١٢٪؟» and a no-break space.
        let bytes = b"\x8C\xE2\xC7\xE4\x20\xB1\xB2\xA5\xBF\x98\x81";
        assert_eq!(text(bytes, Encoding::MacArabic), ("«قال ١٢٪؟»\u{A0}".to_owned(), 0));
    }

    #[test]
    fn what_is_no_character_is_replaced_and_counted() {
        assert_eq!(text(b"\xC7\xDB\xE4", Encoding::Iso8859_6), ("ا\u{FFFD}ل".to_owned(), 1));
        assert_eq!(decode(b"\xC7\xE1", Encoding::Utf8).1, 0, "the readers name what is wrong with UTF-8");
    }

    proptest! {
        #[test]
        fn utf16_in_pieces_is_what_it_is_as_a_whole(units in proptest::collection::vec(any::<u16>(), 0..40), cut in 0_usize..80, odd in any::<bool>()) {
            let mut bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            if odd {
                bytes.push(0x41);
            }
            let cut = cut.min(bytes.len());
            let mut decoder = Decoder::new(Encoding::Utf16Le);
            let mut pieces = decoder.decode(&bytes[..cut]);
            pieces.extend(decoder.decode(&bytes[cut..]));
            pieces.extend(decoder.finish());
            let (whole, replaced) = decode(&bytes, Encoding::Utf16Le);
            prop_assert_eq!(&pieces, &whole);
            prop_assert_eq!(decoder.replaced(), replaced);
            let marked = units.first() == Some(&0xFEFF);
            let expected: String = char::decode_utf16(units.iter().copied().skip(usize::from(marked)))
                .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                .chain(odd.then_some(char::REPLACEMENT_CHARACTER))
                .collect();
            prop_assert_eq!(String::from_utf8(whole).unwrap(), expected);
        }
    }
}
