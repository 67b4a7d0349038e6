//! What is wrong where a text stops being JSON: in our own words, so that every language of the page has them.

use serde::Serialize;

/// What is wrong at a place where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum JsonFault {
    /// No value where one must be.
    #[error("a value is missing")]
    NoValue,
    /// No `:` behind a key.
    #[error("a colon is missing behind the key")]
    NoColon,
    /// Neither `,` nor `]` behind a value of a list.
    #[error("a comma or the bracket that closes the list is missing")]
    InList,
    /// Neither `,` nor `}` behind a value of an object.
    #[error("a comma or the brace that closes the object is missing")]
    InObject,
    /// A `,` and nothing behind it.
    #[error("nothing comes behind the comma")]
    LooseComma,
    /// A key that is no string.
    #[error("a key in double quotes is missing")]
    NoKey,
    /// A `\` with a letter that says nothing behind it.
    #[error("the backslash has the wrong letter behind it")]
    Escape,
    /// A line break, a tab or the like inside a string.
    #[error("a line break or another control character stands in a string")]
    Control,
    /// A number with a leading zero, no digit behind its point and the like.
    #[error("the number is not written as JSON wants it")]
    Number,
    /// A number beyond 1.8e308.
    #[error("the number is too large")]
    Range,
    /// Something behind the end.
    #[error("something follows behind its end")]
    Behind,
    /// Anything else.
    #[error("it cannot be read from here on")]
    Other,
}

impl JsonFault {
    /// All there are.
    pub const ALL: [Self; 12] = [
        Self::NoValue,
        Self::NoColon,
        Self::InList,
        Self::InObject,
        Self::LooseComma,
        Self::NoKey,
        Self::Escape,
        Self::Control,
        Self::Number,
        Self::Range,
        Self::Behind,
        Self::Other,
    ];

    /// What the parser means by its message: it says what it found in English words alone.
    pub(super) fn of(message: &str) -> Self {
        match message {
            "expected value" | "expected ident" => Self::NoValue,
            "expected `:`" => Self::NoColon,
            "expected `,` or `]`" => Self::InList,
            "expected `,` or `}`" => Self::InObject,
            "trailing comma" => Self::LooseComma,
            "key must be a string" | "expected `\"`" => Self::NoKey,
            "invalid escape" | "invalid unicode code point" => Self::Escape,
            "invalid number" => Self::Number,
            "number out of range" => Self::Range,
            "trailing characters" => Self::Behind,
            _ if message.starts_with("control character") => Self::Control,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::ProblemKind;
    use crate::formats::json::parse;

    #[test]
    fn every_fault_is_told_from_the_others() {
        let faulty = [
            (r#"{"a":x}"#, JsonFault::NoValue),
            (r#"{"a" 1}"#, JsonFault::NoColon),
            (r#"["a" 1]"#, JsonFault::InList),
            (r#"{"a":1 "b":2}"#, JsonFault::InObject),
            (r#"["a",]"#, JsonFault::LooseComma),
            (r#"{"a":1,}"#, JsonFault::LooseComma),
            (r"{'a':1}", JsonFault::NoKey),
            (r#"["\x41"]"#, JsonFault::Escape),
            ("[\"a\tb\"]", JsonFault::Control),
            ("[01]", JsonFault::Number),
            ("[1.]", JsonFault::Number),
            ("[1e999]", JsonFault::Range),
            ("{}{", JsonFault::Behind),
            ("[trxe]", JsonFault::NoValue),
        ];
        for (line, fault) in faulty {
            let Err(ProblemKind::Json { fault: said, .. }) = parse(line) else { panic!("{line}") };
            assert_eq!(said, fault, "{line}");
        }
        let met: std::collections::HashSet<_> = faulty.iter().map(|(_, fault)| *fault as u8).collect();
        assert_eq!(met.len(), JsonFault::ALL.len() - 1, "all but what the parser may say one day");
    }
}
