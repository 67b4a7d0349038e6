//! Which encoding a file is in, and what speaks for it.

use serde::{Deserialize, Serialize};

use super::{Encoding, UTF8_MARK, tables};

/// How much of a file is looked at, in bytes.
const SAMPLE: usize = 64 * 1024;

/// An encoding and what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detected {
    /// The encoding.
    pub encoding: Encoding,
    /// What speaks for it.
    pub evidence: EncodingEvidence,
}

/// What speaks for an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EncodingEvidence {
    /// The file begins with its byte order mark.
    Mark,
    /// Every byte is as UTF-8 wants it, which no other encoding of Arabic is by chance.
    Sound,
    /// Every second byte is one that Arabic letters, spaces and digits have there.
    Halves,
    /// The letters it gives are as frequent as they are in Arabic; another encoding may look alike.
    Letters,
    /// Most bytes are as UTF-8 wants them, some are damaged.
    Damaged,
    /// Nothing.
    Nothing,
    /// A person has chosen it.
    Chosen,
}

impl Detected {
    /// True if there is nothing to ask a person about.
    #[must_use]
    pub fn is_certain(self) -> bool {
        !matches!(
            self.evidence,
            EncodingEvidence::Letters | EncodingEvidence::Damaged | EncodingEvidence::Nothing
        )
    }
}

/// The encoding of a file, from its beginning. A character cut at the end of `beginning` does no harm.
#[must_use]
pub fn detect(beginning: &[u8]) -> Detected {
    let found = |encoding, evidence| Detected { encoding, evidence };
    match beginning {
        [0xFF, 0xFE, ..] => return found(Encoding::Utf16Le, EncodingEvidence::Mark),
        [0xFE, 0xFF, ..] => return found(Encoding::Utf16Be, EncodingEvidence::Mark),
        _ if beginning.starts_with(UTF8_MARK) => return found(Encoding::Utf8, EncodingEvidence::Mark),
        _ => {}
    }
    if let Some(encoding) = utf16(beginning) {
        return found(encoding, EncodingEvidence::Halves);
    }
    match std::str::from_utf8(beginning) {
        Ok(_) => return found(Encoding::Utf8, EncodingEvidence::Sound),
        Err(error) if error.error_len().is_none() => return found(Encoding::Utf8, EncodingEvidence::Sound),
        Err(_) => {}
    }
    let sample = &beginning[..beginning.len().min(SAMPLE)];
    if let Some(encoding) = single_byte(sample) {
        found(encoding, EncodingEvidence::Letters)
    } else if sound_share(sample) >= 0.5 {
        found(Encoding::Utf8, EncodingEvidence::Damaged)
    } else {
        found(Encoding::Utf8, EncodingEvidence::Nothing)
    }
}

/// UTF-16 by its mark, or by every second byte: Arabic is in the block 0x06, its spaces, digits and line ends in 0x00.
/// All of that is also UTF-8, but of control characters, which no article is full of.
pub(super) fn utf16(bytes: &[u8]) -> Option<Encoding> {
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

/// The single-byte encoding whose letters are most like those of Arabic; none if the bytes look like damaged UTF-8, or
/// like no Arabic at all.
pub(super) fn single_byte(sample: &[u8]) -> Option<Encoding> {
    let high: Vec<u8> = sample.iter().copied().filter(|&byte| byte >= 0x80).collect();
    if high.len() < 2 || sound_share(sample) >= 0.5 {
        return None;
    }
    let average = |upper: &[char; 128]| {
        let weights = high.iter().filter_map(|&byte| upper.get(usize::from(byte) - 0x80)).map(|&c| weight(c));
        weights.sum::<f32>() / high.len() as f32
    };
    // ISO 8859-6 before MacArabic, which has its letters at the same places and much besides.
    let scored = [
        (Encoding::Windows1256, average(&tables::WINDOWS_1256)),
        (Encoding::Iso8859_6, average(&tables::ISO_8859_6)),
        (Encoding::MacArabic, average(&tables::MAC_ARABIC)),
    ];
    let (encoding, score) =
        scored.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (score > FOREIGN).then_some(encoding)
}

/// What a character that does not belong into Arabic text weighs. A file of nothing else is not taken for Arabic.
const FOREIGN: f32 = -11.0;

/// How frequent a character is in Arabic news: the binary logarithm of its share of all letters, counted in our own
/// corpus (`corpus/`).
fn weight(character: char) -> f32 {
    match character {
        'ا' => -2.8,
        'ل' => -3.3,
        'ي' => -3.7,
        'و' | 'م' => -4.0,
        'ر' | 'ن' => -4.2,
        'ت' => -4.5,
        'ب' => -4.7,
        'ع' | 'د' | 'ة' => -5.0,
        'س' | 'ف' | 'ق' => -5.2,
        'ه' | 'أ' | 'ح' | 'ك' => -5.8,
        'ج' | 'ش' | 'ط' | 'ص' => -6.4,
        'خ' | 'ى' | 'إ' | 'ز' | 'ث' => -7.0,
        'غ' | 'ض' | 'ئ' => -7.7,
        'ء' | 'ذ' | 'ظ' => -8.5,
        '،' | '؛' | '؟' | '٪' | '«' | '»' | '\u{A0}' | '٠'..='٩' => -7.0,
        'آ' | 'ؤ' | 'ـ' | '\u{64B}'..='\u{652}' => -9.5,
        '–' | '—' | '“' | '”' | '‘' | '’' | '…' | '•' | '\u{200C}'..='\u{200F}' => -8.0,
        // MacArabic has the signs of ASCII once more, for text from right to left.
        ' ' => -7.5,
        '!'..='~' => -8.0,
        'پ' | 'چ' | 'ڤ' | 'گ' => -10.5,
        '\0' => -20.0,
        _ => -13.0,
    }
}

/// The share of the bytes above 0x7F that stand in characters as UTF-8 writes them.
fn sound_share(sample: &[u8]) -> f32 {
    let high = sample.iter().filter(|&&byte| byte >= 0x80).count();
    if high == 0 {
        return 1.0;
    }
    let sound: usize =
        sample.utf8_chunks().map(|chunk| chunk.valid().bytes().filter(|&byte| byte >= 0x80).count()).sum();
    sound as f32 / high as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "قال الوزير في بيان له اليوم إن الوفد وصل إلى بغداد";

    fn encoded(text: &str, upper: &[char; 128]) -> Vec<u8> {
        text.chars()
            .map(|c| match u8::try_from(c) {
                Ok(byte) if byte < 0x80 => byte,
                _ => 0x80 + u8::try_from(upper.iter().position(|&other| other == c).unwrap()).unwrap(),
            })
            .collect()
    }

    #[test]
    fn the_encodings_of_arabic_are_told_apart_with_what_speaks_for_them() {
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, encoding, evidence) in [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8, EncodingEvidence::Sound),
            (TEXT.as_bytes()[..21].to_vec(), Encoding::Utf8, EncodingEvidence::Sound),
            (marked(UTF8_MARK, TEXT.as_bytes()), Encoding::Utf8, EncodingEvidence::Mark),
            (marked(b"\xFF\xFE", &le), Encoding::Utf16Le, EncodingEvidence::Mark),
            (marked(b"\xFE\xFF", &be), Encoding::Utf16Be, EncodingEvidence::Mark),
            (le, Encoding::Utf16Le, EncodingEvidence::Halves),
            (be, Encoding::Utf16Be, EncodingEvidence::Halves),
            (encoded(TEXT, &tables::WINDOWS_1256), Encoding::Windows1256, EncodingEvidence::Letters),
            (encoded(TEXT, &tables::ISO_8859_6), Encoding::Iso8859_6, EncodingEvidence::Letters),
            (encoded("قال «١٢٪»", &tables::MAC_ARABIC), Encoding::MacArabic, EncodingEvidence::Letters),
            (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), Encoding::Utf8, EncodingEvidence::Nothing),
        ] {
            assert_eq!(detect(&bytes), Detected { encoding, evidence }, "{bytes:X?}");
        }
    }

    #[test]
    fn single_words_are_told_apart_too() {
        for word in ["قال", "وفق", "الحكومة"] {
            for (encoding, upper) in
                [(Encoding::Windows1256, &tables::WINDOWS_1256), (Encoding::Iso8859_6, &tables::ISO_8859_6)]
            {
                assert_eq!(detect(&encoded(word, upper)).encoding, encoding, "{word}");
            }
        }
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.remove(5);
        let evidence = EncodingEvidence::Damaged;
        assert_eq!(detect(&bytes), Detected { encoding: Encoding::Utf8, evidence });
        assert!(!detect(&bytes).is_certain());
    }
}
