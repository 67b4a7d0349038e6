//! The encodings that Arabic files come in: which one it is, and how to make UTF-8 of it.
//!
//! The tables are small and go with the program, so that the page needs nothing of the browser for them and the command
//! line reads what the page reads.

mod decoder;
mod detect;
mod tables;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use decoder::{Decoder, decode};
pub use detect::{Detected, EncodingEvidence, detect};

/// The UTF-8 byte order mark.
pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// An encoding that Arabic files come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, which everything else is made into.
    #[serde(rename = "utf-8")]
    Utf8,
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
    /// The single-byte encoding of older Macintoshes.
    #[serde(rename = "macarabic")]
    MacArabic,
}

impl Encoding {
    /// Every encoding, the most frequent first.
    pub const ALL: [Self; 6] =
        [Self::Utf8, Self::Windows1256, Self::Utf16Le, Self::Utf16Be, Self::Iso8859_6, Self::MacArabic];

    /// Its name, as people know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 (little endian)",
            Self::Utf16Be => "UTF-16 (big endian)",
            Self::Windows1256 => "Windows-1256",
            Self::Iso8859_6 => "ISO 8859-6",
            Self::MacArabic => "MacArabic",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no encoding has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no encoding is called \"{0}\"; there are utf-8, windows-1256, utf-16le, utf-16be, iso-8859-6, macarabic"
)]
pub struct UnknownEncoding(pub String);

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Ok(Self::Utf8),
            "utf-16le" | "utf16le" => Ok(Self::Utf16Le),
            "utf-16be" | "utf16be" => Ok(Self::Utf16Be),
            "windows-1256" | "cp1256" => Ok(Self::Windows1256),
            "iso-8859-6" => Ok(Self::Iso8859_6),
            "macarabic" => Ok(Self::MacArabic),
            _ => Err(UnknownEncoding(name.to_owned())),
        }
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
    if let Some(guess) = detect::utf16(bytes) {
        let index = bytes.iter().position(|&b| b == 0 || b >= 0xFE).unwrap_or(0);
        return Err(NotUtf8 { byte: bytes.get(index).copied().unwrap_or(0), index, guess: Some(guess) });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let index = error.valid_up_to();
        let guess = detect::single_byte(&bytes[..bytes.len().min(4096)]);
        NotUtf8 { byte: bytes.get(index).copied().unwrap_or(0), index, guess }
    })
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
    fn encodings_are_found_by_their_names_however_they_are_written() {
        for encoding in Encoding::ALL {
            let name = serde_json::to_value(encoding).unwrap();
            assert_eq!(name.as_str().unwrap().to_uppercase().parse(), Ok(encoding));
        }
        assert!("latin-1".parse::<Encoding>().is_err());
    }

    #[test]
    fn the_first_bad_byte_is_named() {
        let error = utf8(b"abc\xC7\xE1").unwrap_err();
        assert_eq!((error.byte, error.index), (0xC7, 3));
    }

    #[test]
    fn arabic_encodings_are_recognised() {
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
