//! What can be wrong with a schema, and where.

use std::fmt;

use serde::Serialize;

use super::{Colour, ColourError, KeyCode, LabelCode, LabelCodeError, UnknownKey};

/// One fault of a schema and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaProblem {
    /// The field, as in `labels[3].key`.
    pub path: String,
    /// What is wrong there.
    pub kind: SchemaProblemKind,
}

impl fmt::Display for SchemaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { self.kind.fmt(f) } else { write!(f, "{}: {}", self.path, self.kind) }
    }
}

/// What is wrong with a field of a schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SchemaProblemKind {
    /// The file is not JSON.
    #[error("not valid JSON at line {line}, column {column}: {message}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// What the parser says.
        message: String,
    },
    /// A field of another type than expected.
    #[error("expected {expected}, found {found}")]
    Type {
        /// What the field must be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A field that must be there is not.
    #[error("missing; give {expected}")]
    Missing {
        /// What the field must be.
        expected: &'static str,
    },
    /// A field that means nothing here; most often a slip of the pen.
    #[error("unknown field; remove it or correct its name")]
    UnknownField,
    /// A name that is empty in both languages.
    #[error("empty; give a name in English or in Arabic")]
    EmptyName,
    /// A name that could pass for another one.
    #[error("the name has U+{:04X} in it, which turns the direction of writing; take it out", u32::from(*sign))]
    TurnsDirection {
        /// The sign.
        sign: char,
    },
    /// A label code that cannot be one.
    #[error(transparent)]
    Code(#[from] LabelCodeError),
    /// A code that an earlier entry has.
    #[error("the code {code:?} is already that of {first}; codes must differ")]
    DuplicateCode {
        /// The code.
        code: LabelCode,
        /// The path of the earlier entry.
        first: String,
    },
    /// Not a key that can carry a label.
    #[error(transparent)]
    Key(#[from] UnknownKey),
    /// A key that an earlier label has.
    #[error("the key {key} is already that of {first}; choose another")]
    DuplicateKey {
        /// The key.
        key: KeyCode,
        /// The path of the earlier field.
        first: String,
    },
    /// Not a colour.
    #[error(transparent)]
    Colour(#[from] ColourError),
    /// Text that could not be read on its background.
    #[error("{text} on {background} has a contrast of {ratio:.1}; at least {least:.1} is needed to be read")]
    Contrast {
        /// The text or line.
        text: Colour,
        /// What it stands on.
        background: Colour,
        /// Contrast now, in tenths rounded down.
        ratio: ContrastRatio,
        /// Contrast wanted.
        least: ContrastRatio,
    },
    /// One of a fixed set of words was expected.
    #[error("{found:?} is none of {}", allowed.join(", "))]
    Choice {
        /// What is there.
        found: String,
        /// The words.
        allowed: &'static [&'static str],
    },
    /// A label that the schema does not have.
    #[error("there is no label {code:?} in this schema; add it or remove it here")]
    UnknownLabel {
        /// The code.
        code: LabelCode,
    },
    /// A schema without a single label.
    #[error("a schema needs at least one label")]
    NoLabels,
}

/// A contrast ratio in tenths: exact enough to show, and comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContrastRatio(u16);

impl ContrastRatio {
    /// Rounds a ratio down to tenths.
    #[must_use]
    pub fn new(ratio: f64) -> Self {
        Self((ratio * 10.0) as u16)
    }
}

impl fmt::Display for ContrastRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Serialize for SchemaProblem {
    /// As text, for messages between threads and for reports.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A schema was refused; every fault is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidSchema(pub Vec<SchemaProblem>);

impl std::error::Error for InvalidSchema {}

impl fmt::Display for InvalidSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}
