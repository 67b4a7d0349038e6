//! Whether bytes are UTF-8, and what they may be if not.

use std::fmt;

use serde::Serialize;

/// The UTF-8 byte order mark.
pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// An encoding that Arabic files come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Encoding {
    /// UTF-16, low byte first: what older Windows editors call "Unicode".
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// The single-byte encoding of Arabic Windows.
    #[serde(rename = "windows-1256")]
    Windows1256,
    /// The single-byte encoding of older Unix systems.
    #[serde(rename = "iso-8859-6")]
    Iso8859_6,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf16Le => "UTF-16 (little endian)",
            Self::Utf16Be => "UTF-16 (big endian)",
            Self::Windows1256 => "Windows-1256",
            Self::Iso8859_6 => "ISO 8859-6",
        })
    }
}

/// Bytes that are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotUtf8 {
    /// The first bad byte.
    pub byte: u8,
    /// Its index.
    pub index: usize,
    /// What the bytes look like.
    pub guess: Option<Encoding>,
}

/// The bytes as text.
///
/// # Errors
/// [`NotUtf8`] with the first bad byte. UTF-16 is refused even where its bytes happen to be UTF-8, as they do for
/// Latin text: nobody wants a NUL after every letter.
pub fn utf8(bytes: &[u8]) -> Result<&str, NotUtf8> {
    if let Some(guess) = utf16(bytes) {
        let index = bytes.iter().position(|&b| b == 0 || b >= 0xFE).unwrap_or(0);
        return Err(NotUtf8 { byte: bytes.get(index).copied().unwrap_or(0), index, guess: Some(guess) });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let index = error.valid_up_to();
        NotUtf8 { byte: bytes.get(index).copied().unwrap_or(0), index, guess: single_byte(bytes) }
    })
}

/// UTF-16 by its mark, or by every second byte: Arabic is in the block 0x06, its spaces, digits and line ends in 0x00.
/// All of that is also UTF-8, but of control characters, which no article is full of.
fn utf16(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    let sample = &bytes[..bytes.len().min(512)];
    let blocks = |parity: usize| {
        sample.iter().skip(parity).step_by(2).filter(|&&byte| matches!(byte, 0x00 | 0x06)).count()
    };
    let (even, odd) = (blocks(0), blocks(1));
    let (high, low) = (even.max(odd), even.min(odd));
    if high < 4 || high * 10 < sample.len() * 4 || low * 4 > high {
        return None;
    }
    Some(if odd > even { Encoding::Utf16Le } else { Encoding::Utf16Be })
}

/// A single-byte Arabic encoding: letters are at 0xC1 and above, where UTF-8 has every second byte of Arabic below.
fn single_byte(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let count = |set: &dyn Fn(u8) -> bool| sample.iter().filter(|&&byte| set(byte)).count();
    let (high, letters) = (count(&|b| b >= 0x80), count(&|b| (0xC1..=0xF2).contains(&b)));
    if letters < 2 || letters * 10 < high * 8 {
        return None;
    }
    // The letters waw, heh and yeh, which no Arabic text is without, are elsewhere in the two.
    let windows = count(&|b| matches!(b, 0xE5 | 0xE6 | 0xED | 0xDD..=0xDF));
    let iso = count(&|b| matches!(b, 0xE7..=0xEA | 0xE2));
    Some(if iso > windows { Encoding::Iso8859_6 } else { Encoding::Windows1256 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(bytes: &[u8]) -> Option<Encoding> {
        utf8(bytes).unwrap_err().guess
    }

    #[test]
    fn utf8_passes_even_with_nul_and_supplementary_characters() {
        for text in ["", "قال الوزير", "للأردن\0NATO", "\0\0\0\0\0\0\0\0", "😊"] {
            assert_eq!(utf8(text.as_bytes()), Ok(text));
        }
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        let error = utf8(b"abc\xC7\xE1").unwrap_err();
        assert_eq!((error.byte, error.index), (0xC7, 3));
    }

    #[test]
    fn arabic_encodings_are_recognised() {
        let text = "قال الوزير في بيان له اليوم";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(guess(&le), Some(Encoding::Utf16Le));
        assert_eq!(guess(&be), Some(Encoding::Utf16Be));
        assert_eq!(guess(b"\xFF\xFEa\0"), Some(Encoding::Utf16Le));
        // قال الوزير
        assert_eq!(guess(b"\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1"), Some(Encoding::Windows1256));
        assert_eq!(guess(b"\xE2\xC7\xE4 \xC7\xE4\xE8\xD2\xEA\xD1"), Some(Encoding::Iso8859_6));
    }

    #[test]
    fn broken_utf8_is_not_taken_for_another_encoding() {
        let mut bytes = "قال الوزير في بيان".as_bytes().to_vec();
        bytes.remove(5);
        assert_eq!(guess(&bytes), None);
    }
}
