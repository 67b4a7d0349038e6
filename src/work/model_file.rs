//! The model file beside the page: which one this build goes with, and what is made of the bytes that come.

use std::sync::Arc;

use crate::app::ModelFault;
use crate::extract::RuleExtractor;
use crate::extract::tagger::{Model, ModelError, TaggedExtractor};
use crate::text::hex;

/// A model file, known before it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelFile {
    sha256: String,
    bytes: usize,
}

impl ModelFile {
    /// The model this build goes with; `None` if the checkout had none.
    #[must_use]
    pub fn shipped() -> Option<Self> {
        let bytes = option_env!("MISAM_MODEL_BYTES")?.parse().ok()?;
        Some(Self { sha256: option_env!("MISAM_MODEL_SHA256")?.to_owned(), bytes })
    }

    /// The file that holds these bytes, whose SHA-256 this is.
    #[must_use]
    pub fn of(bytes: &[u8], sha256: &[u8; 32]) -> Self {
        Self { sha256: hex(sha256), bytes: bytes.len() }
    }

    /// Where it is, seen from the worker. The hash in the address keeps caches from mixing two models.
    #[must_use]
    pub fn address(&self) -> String {
        format!("./news.misam-model?v={}", self.sha256)
    }

    /// Its length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes
    }

    /// True if it is a file of no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Makes an extractor of the rules and the bytes, to be had when the bytes have turned out to be those of this file:
    /// a browser can find their SHA-256 meanwhile. They are let go before the extractor is made, which needs room.
    #[must_use]
    pub fn learn(&self, rules: &Arc<RuleExtractor>, bytes: Vec<u8>) -> Learnt<'_> {
        let model = if bytes.len() == self.bytes { Model::read(&bytes) } else { Err(ModelError::Malformed) };
        drop(bytes);
        let learnt = model.map(|model| TaggedExtractor::new(Arc::clone(rules), model));
        Learnt { file: self, learnt: learnt.map_err(Into::into) }
    }
}

/// An extractor made of bytes that may not be what they should.
#[derive(Debug)]
pub struct Learnt<'f> {
    file: &'f ModelFile,
    learnt: Result<TaggedExtractor, ModelFault>,
}

impl Learnt<'_> {
    /// The extractor, if this is the SHA-256 that the file's bytes have.
    ///
    /// # Errors
    /// If it is another one, or the bytes were no model that can be read.
    pub fn prove(self, sha256: &[u8; 32]) -> Result<TaggedExtractor, ModelFault> {
        if hex(sha256) == self.file.sha256 { self.learnt } else { Err(ModelFault::Damaged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Extractor;
    use crate::extract::tagger::About;
    use sha2::{Digest, Sha256};

    fn sha256(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }

    fn file(bytes: &[u8]) -> ModelFile {
        ModelFile::of(bytes, &sha256(bytes))
    }

    fn model() -> Vec<u8> {
        Model { about: About { name: "small/1".into(), ..About::default() }, ..Model::default() }.write()
    }

    #[test]
    fn only_the_bytes_of_the_file_make_an_extractor() {
        let rules = Arc::new(RuleExtractor::embedded().unwrap());
        let bytes = model();
        let file = file(&bytes);
        let extractor = file.learn(&rules, bytes.clone()).prove(&sha256(&bytes)).unwrap();
        assert_eq!(extractor.source(), "small/1");
        let mut damaged = bytes.clone();
        *damaged.last_mut().unwrap() ^= 1;
        let cut = &bytes[..bytes.len() - 1];
        for bytes in [&damaged[..], cut, b""] {
            assert_eq!(
                file.learn(&rules, bytes.to_vec()).prove(&sha256(bytes)).unwrap_err(),
                ModelFault::Damaged
            );
        }
    }

    #[test]
    fn a_file_that_is_no_model_is_refused_though_its_hash_is_right() {
        let rules = Arc::new(RuleExtractor::embedded().unwrap());
        let fault =
            |bytes: &[u8]| file(bytes).learn(&rules, bytes.to_vec()).prove(&sha256(bytes)).unwrap_err();
        assert_eq!(fault(b"<html>"), ModelFault::Damaged);
        assert_eq!(fault(b"MISAMTAG\x63"), ModelFault::Version(99));
    }

    #[test]
    fn the_address_names_the_content() {
        let file = file(b"abc");
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((file.address(), file.len()), (format!("./news.misam-model?v={hash}"), 3));
    }
}
