//! The model file: everything the tagger has learnt.
//!
//! A file is `MISAMTAG`, the version of the format, a JSON text about the model, then the parts in the order of
//! [`Model`]'s fields. Numbers are written with seven bits a byte and sorted keys by their differences, so that the file
//! is small before and after compression.

use serde::{Deserialize, Serialize};

use super::bytes::{Bytes, ModelError, Writer};
use super::cut::Cutter;
use super::facts::{Hints, WordFacts};
use super::head::Head;

const MAGIC: &[u8] = b"MISAMTAG";

/// The version of the format that is read and written. It changes with the attributes too: weights of attributes that are
/// made otherwise mean nothing.
pub const FORMAT: u32 = 2;

/// What a model file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Name and version, as suggestions carry it in `source`.
    pub name: String,
    /// The day its data were last changed, as the trainer was told.
    pub date: String,
    /// The licence of the file.
    pub licence: String,
    /// What it was made from: name, licence and what was derived.
    pub data: Vec<String>,
    /// Scores, each with what was measured.
    pub scores: Vec<(String, f64)>,
    /// Share of right spans by how likely the model takes them, in twenty equal steps; measured on the dev part.
    pub reliability: Vec<f32>,
    /// For thresholds of 0, 0.05 … 0.95 on the calibrated confidence: precision and recall on the dev part.
    pub thresholds: Vec<(f32, f32)>,
    /// What is likelier than this, before the confidence is worked out, is suggested: 0 to 1.
    pub least: f32,
}

/// A trained model.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// What it says of itself.
    pub about: About,
    /// What is known of words.
    pub facts: WordFacts,
    /// Name lists.
    pub hints: Hints,
    /// Taggers in their order: each sees what the ones before it found. The last one's labels are the suggestions.
    pub heads: Vec<Head>,
    /// Where spans begin inside words.
    pub cutter: Cutter,
}

impl Model {
    /// Reads a model file.
    ///
    /// # Errors
    /// If it is no model, of another version, or damaged. Any bytes may be given.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotAModel)?;
        let mut bytes = Bytes::new(rest);
        let version = bytes.number()? as u32;
        if version != FORMAT {
            return Err(ModelError::Version(version, FORMAT));
        }
        let about = serde_json::from_str(bytes.text()?).map_err(|_| ModelError::Malformed)?;
        let facts = WordFacts::read(&mut bytes)?;
        let hints = Hints::read(&mut bytes)?;
        let mut heads = Vec::new();
        for _ in 0..bytes.count(8)? {
            heads.push(Head::read(&mut bytes)?);
        }
        Ok(Self { about, facts, hints, heads, cutter: Cutter::read(&mut bytes)? })
    }

    /// What a model file says of itself, without reading the rest.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_about(bytes: &[u8]) -> Result<About, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotAModel)?;
        let mut bytes = Bytes::new(rest);
        let version = bytes.number()? as u32;
        if version != FORMAT {
            return Err(ModelError::Version(version, FORMAT));
        }
        serde_json::from_str(bytes.text()?).map_err(|_| ModelError::Malformed)
    }

    /// The model as a file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut out = Writer(MAGIC.to_vec());
        out.number(u64::from(FORMAT));
        out.text(&serde_json::to_string(&self.about).unwrap_or_default());
        self.facts.write(&mut out);
        self.hints.write(&mut out);
        out.number(self.heads.len() as u64);
        for head in &self.heads {
            head.write(&mut out);
        }
        self.cutter.write(&mut out);
        out.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::head::Weights;
    use crate::extract::tagger::sequence::GAPS;

    fn small() -> Model {
        let weights = vec![Weights { key: 7, entries: vec![(2, 1, 300), (0, 4, -5)] }];
        let head = Head::new(vec!["PER".to_owned()], 0.01, weights, vec![3; GAPS * 25]);
        Model { heads: vec![head], cutter: Cutter::new(vec![(9, -4)]), ..Model::default() }
    }

    #[test]
    fn a_model_is_read_back_to_the_same_bytes() {
        let bytes = small().write();
        assert_eq!(Model::read(&bytes).unwrap().write(), bytes);
        assert_eq!(Model::read_about(&bytes).unwrap(), About::default());
    }

    #[test]
    fn damaged_bytes_are_refused_and_never_panic() {
        let bytes = small().write();
        assert!(matches!(Model::read(b"hello"), Err(ModelError::NotAModel)));
        for end in 0..bytes.len() {
            assert!(Model::read(&bytes[..end]).is_err(), "{end}");
        }
        for at in 8..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            let _ = Model::read(&damaged);
        }
    }
}
