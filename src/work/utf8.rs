//! Text between page and worker as the bytes it is.
//!
//! A string of Rust would cross as a string of JavaScript: turned into UTF-16 on one side and back on the other, which
//! costs more than finding the names in it. Bytes are copied.

use std::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::ser::Serializer;

/// Writes a text as bytes.
pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(text.as_bytes())
}

/// Reads a text from bytes, or from a list of numbers where a format has no bytes.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    deserializer.deserialize_byte_buf(Utf8)
}

struct Utf8;

impl<'de> Visitor<'de> for Utf8 {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text in UTF-8")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<String, E> {
        self.visit_byte_buf(bytes.to_vec())
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<String, E> {
        String::from_utf8(bytes).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<String, A::Error> {
        let mut bytes = Vec::with_capacity(numbers.size_hint().unwrap_or(0));
        while let Some(byte) = numbers.next_element()? {
            bytes.push(byte);
        }
        self.visit_byte_buf(bytes)
    }
}
