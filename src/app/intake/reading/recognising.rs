//! What a file is: its encoding, its format and the fields it is read by, as chosen or as it seems.

use super::FileReading;
use crate::app::evidence_text;
use crate::app::settings::Language;
use crate::formats::{
    Detected, Encoding, EncodingEvidence, Evidence, Format, ReadOptions, Role, Sniffed, article, decode,
    detect, examine,
};
use crate::schema::Localized;

impl FileReading {
    /// The options for a file: with the field that the text is taken from, where the file does not say it.
    pub(super) fn settled(&mut self, format: Format, text: &[u8], name: &str) -> ReadOptions {
        let mut options = ReadOptions { file: name.into(), ..self.options.clone() };
        let fields = article::fields(format, &String::from_utf8_lossy(text), &options);
        let text = fields.roles.get(&Role::Text).cloned();
        options.choices.fields.extend(text.map(|text| (Role::Text, text)));
        self.books.fields(fields);
        options
    }

    /// The encoding that was chosen, or the one it seems to be.
    pub(super) fn encoding_of(&self, bytes: &[u8]) -> Detected {
        let found = detect(bytes);
        match self.choices.encoding {
            // As sure as can be: it was chosen.
            Some(encoding) if encoding != found.encoding => {
                Detected { encoding, evidence: EncodingEvidence::Chosen }
            }
            _ => found,
        }
    }

    /// The bytes in UTF-8, and how many of them were no characters.
    pub(super) fn decoded(&self, bytes: Vec<u8>) -> (Vec<u8>, u64) {
        match self.encoding_of(&bytes).encoding {
            Encoding::Utf8 => (bytes, 0),
            encoding => decode(&bytes, encoding),
        }
    }

    /// The format that was chosen, or the one that something speaks for.
    pub(super) fn format_of(&self, name: &str, text: &[u8]) -> Option<(Sniffed, Localized)> {
        let told = self.choices.format.map(|format| Sniffed { format, evidence: Evidence::Chosen });
        let sniffed = told.or_else(|| examine(name, text))?;
        let why = Language::in_both(|language| evidence_text::say_evidence(&sniffed.evidence, language));
        Some((sniffed, why))
    }
}
