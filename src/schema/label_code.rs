//! The short name of a label, as files carry it.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The longest label code, in code points.
pub const MAX_LABEL_CODE: usize = 32;

/// The short name of a label (`PER`, `LOC`): 1 to [`MAX_LABEL_CODE`] code points without white space or control
/// characters. Case matters. Cloning shares the letters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LabelCode(Arc<str>);

/// Why a string is not a label code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum LabelCodeError {
    /// Nothing was given.
    #[error("a label code is empty; give it at least one letter")]
    Empty,
    /// More code points than [`MAX_LABEL_CODE`].
    #[error("a label code has {length} characters; at most {MAX_LABEL_CODE} are allowed")]
    TooLong {
        /// How many code points there are.
        length: usize,
    },
    /// White space, a control character, or an invisible direction mark.
    #[error("a label code holds U+{:04X} at character {position}; white space, control and direction characters \
             are not allowed", u32::from(*character))]
    Forbidden {
        /// The character.
        character: char,
        /// Its place, in code points from 0.
        position: usize,
    },
}

impl LabelCode {
    /// Checks a code and keeps it.
    ///
    /// # Errors
    /// [`LabelCodeError`] if the code is empty, too long, or holds a character that would be invisible.
    pub fn new(code: impl AsRef<str>) -> Result<Self, LabelCodeError> {
        let code = code.as_ref();
        if code.is_empty() {
            return Err(LabelCodeError::Empty);
        }
        let forbidden = code.chars().enumerate().find(|&(_, c)| is_forbidden(c));
        if let Some((position, character)) = forbidden {
            return Err(LabelCodeError::Forbidden { character, position });
        }
        let length = code.chars().count();
        if length > MAX_LABEL_CODE {
            return Err(LabelCodeError::TooLong { length });
        }
        Ok(Self(code.into()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Two codes that look alike must be alike: direction marks and zero-width characters are refused with the spaces.
fn is_forbidden(c: char) -> bool {
    let invisible = matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{061C}' | '\u{FEFF}');
    c.is_whitespace() || c.is_control() || invisible
}

impl AsRef<str> for LabelCode {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for LabelCode {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LabelCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for LabelCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for LabelCode {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for LabelCode {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl FromStr for LabelCode {
    type Err = LabelCodeError;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::new(code)
    }
}

impl TryFrom<&str> for LabelCode {
    type Error = LabelCodeError;

    fn try_from(code: &str) -> Result<Self, Self::Error> {
        Self::new(code)
    }
}

impl TryFrom<String> for LabelCode {
    type Error = LabelCodeError;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(code)
    }
}

impl From<LabelCode> for String {
    fn from(code: LabelCode) -> Self {
        code.0.as_ref().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn arabic_and_hyphened_codes_are_taken() {
        for code in ["PER", "شخص", "B-PER", "Organization:Government", "é"] {
            assert_eq!(LabelCode::new(code).unwrap(), code);
        }
    }

    #[test]
    fn codes_that_would_not_be_seen_are_refused() {
        assert_eq!(LabelCode::new(""), Err(LabelCodeError::Empty));
        for (code, character, position) in
            [("P ER", ' ', 1), ("PER\n", '\n', 3), ("\u{200F}PER", '\u{200F}', 0), ("P\u{a0}", '\u{a0}', 1)]
        {
            assert_eq!(LabelCode::new(code), Err(LabelCodeError::Forbidden { character, position }));
        }
    }

    #[test]
    fn length_is_counted_in_code_points() {
        assert!(LabelCode::new("ش".repeat(32)).is_ok());
        assert_eq!(LabelCode::new("ش".repeat(33)), Err(LabelCodeError::TooLong { length: 33 }));
    }

    #[test]
    fn a_map_by_code_is_searched_by_text() {
        let map = BTreeMap::from([(LabelCode::new("LOC").unwrap(), 1)]);
        assert_eq!(map.get("LOC"), Some(&1));
    }

    #[test]
    fn json_is_a_plain_string_and_is_checked() {
        let code: LabelCode = serde_json::from_str("\"GRP\"").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"GRP\"");
        assert!(serde_json::from_str::<LabelCode>("\"G R\"").is_err());
    }
}
