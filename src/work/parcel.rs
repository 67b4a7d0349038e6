//! How jobs and answers cross between page and worker.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::annotation::Document;
use crate::project::{StoreError, StoredDocument};
use crate::text::SourceText;

/// A message on its way: what it says, as JSON, and beside it the texts and files it carries, as the bytes they are.
///
/// A string of Rust would cross as a string of JavaScript: turned into UTF-16 on one side and back on the other, which
/// costs more than finding the names in it. Bytes are copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel<B> {
    /// The message without what it carries.
    pub note: String,
    /// What it carries, in the order in which the message names it.
    pub cargo: Vec<B>,
}

/// Why a parcel is no message: it comes from another build.
#[derive(Debug, thiserror::Error)]
pub enum NotUnpacked {
    /// Its note is no message.
    #[error("a message that is none: {0}")]
    Note(#[from] serde_json::Error),
    /// A text in it is no UTF-8.
    #[error("a message with a text that is none: {0}")]
    Text(#[from] std::string::FromUtf8Error),
    /// It does not carry what its note names.
    #[error("a message without what it should carry")]
    Cargo,
}

/// A message that carries bytes.
pub(super) trait Pack: Serialize + DeserializeOwned {
    /// What is carried.
    fn cargo(&self) -> Vec<&[u8]>;

    /// Takes back in what was carried.
    fn load(&mut self, cargo: &mut dyn Iterator<Item = Vec<u8>>) -> Result<(), NotUnpacked>;

    /// Makes the message ready to cross.
    fn pack_up(&self) -> Parcel<&[u8]> {
        // Messages hold strings, numbers and lists of them, which always serialise.
        Parcel { note: serde_json::to_string(self).unwrap_or_default(), cargo: self.cargo() }
    }

    /// The message that has crossed.
    fn unpack_from(parcel: Parcel<Vec<u8>>) -> Result<Self, NotUnpacked> {
        let mut message: Self = serde_json::from_str(&parcel.note)?;
        message.load(&mut parcel.cargo.into_iter())?;
        Ok(message)
    }
}

/// The next thing carried.
pub(super) fn next_of(cargo: &mut dyn Iterator<Item = Vec<u8>>) -> Result<Vec<u8>, NotUnpacked> {
    cargo.next().ok_or(NotUnpacked::Cargo)
}

/// The next thing carried, which is a text.
pub(super) fn next_text(cargo: &mut dyn Iterator<Item = Vec<u8>>) -> Result<SourceText, NotUnpacked> {
    Ok(SourceText::new(String::from_utf8(next_of(cargo)?)?))
}

/// Documents as they cross: their records in the note, their texts as cargo.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Documents {
    records: Vec<StoredDocument>,
    #[serde(skip)]
    texts: Vec<SourceText>,
}

impl Documents {
    /// Makes documents ready to cross. They share their texts and spans with the originals.
    pub fn new<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Self {
        let pairs = documents.into_iter();
        let (records, texts) =
            pairs.map(|document| (StoredDocument::of(document, 0, 0), document.text.clone())).unzip();
        Self { records, texts }
    }

    /// The documents again.
    ///
    /// # Errors
    /// If a record does not fit its text, which no build of ours sends.
    pub fn into_documents(self) -> Result<Vec<Document>, StoreError> {
        self.records.into_iter().zip(self.texts).map(|(record, text)| record.revive(text)).collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// True if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub(super) fn cargo(&self) -> impl Iterator<Item = &[u8]> {
        self.texts.iter().map(|text| text.as_str().as_bytes())
    }

    pub(super) fn load(&mut self, cargo: &mut dyn Iterator<Item = Vec<u8>>) -> Result<(), NotUnpacked> {
        self.texts = self.records.iter().map(|_| next_text(cargo)).collect::<Result<_, _>>()?;
        Ok(())
    }
}
