//! What can be chosen about a file beside its format. Plain data: the command line makes it from its arguments, a dialog
//! from its controls.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::alignment::AlignmentPolicy;
use crate::schema::LabelCode;

/// A word that is none of a choice.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is none of {}", allowed.join(", "))]
pub struct UnknownChoice {
    /// What was said.
    pub found: String,
    /// What can be said.
    pub allowed: Vec<&'static str>,
}

/// Gives a choice its words, which are those of files and of the command line.
macro_rules! words {
    ($choice:ident: $($value:ident = $word:literal),+) => {
        impl $choice {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }

        impl fmt::Display for $choice {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $choice {
            type Err = $crate::formats::UnknownChoice;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word).ok_or_else(|| {
                    let allowed = Self::ALL.iter().map(|value| value.as_str()).collect();
                    $crate::formats::UnknownChoice { found: word.to_owned(), allowed }
                })
            }
        }
    };
}
pub(super) use words;

/// How the tags of tokens tell where a span begins and ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// `I-` throughout; `B-` only where a span follows another of its label at once. What CoNLL-2003 was published in.
    Iob1,
    /// `B-` on the first token, `I-` on the others. What nearly everyone writes.
    #[default]
    Iob2,
    /// As [`Iob2`](Self::Iob2), with `E-` on the last token and `S-` on an only one.
    Bioes,
    /// As [`Bioes`](Self::Bioes), with `L-` and `U-` for `E-` and `S-`.
    Bilou,
}

words!(Scheme: Iob1 = "iob1", Iob2 = "iob2", Bioes = "bioes", Bilou = "bilou");

/// How many columns a row has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Columns {
    /// Token and tag, with a tab between them: what doccano reads.
    #[serde(rename = "2")]
    Two,
    /// Token, part of speech, chunk and tag, with spaces between them, the two in the middle filled in: CoNLL-2003.
    #[default]
    #[serde(rename = "4")]
    Four,
}

words!(Columns: Two = "2", Four = "4");

/// Whether the proclitics و ف ب ل ك are tokens of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CliticPolicy {
    /// Words are tokens as they are written.
    #[default]
    Keep,
    /// Cut off wherever spelling allows one, whatever is labelled: also in `و|زير`, as there is no lexicon.
    Split,
}

words!(CliticPolicy: Keep = "keep", Split = "split");

/// Whether a column file says in comments what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    /// `# key = value` before the first row: scheme, tokens and clitics of the file, name and text of each article.
    #[default]
    Comments,
    /// Rows only, for readers that know no comments.
    None,
}

words!(Header: Comments = "comments", None = "none");

/// What is chosen about a file. Formats take of it what concerns them ([`Format::options`](super::Format::options)).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WriteOptions {
    /// How tags tell where a span begins and ends.
    pub scheme: Scheme,
    /// How many columns a row has.
    pub columns: Columns,
    /// Whether proclitics are tokens.
    pub clitics: CliticPolicy,
    /// Whether comments say what the file is.
    pub header: Header,
    /// What becomes of spans that the format cannot hold as they are.
    pub alignment: AlignmentPolicy,
    /// The labels of the schema in its order, for formats that number them; others follow in alphabetical order.
    pub labels: Vec<LabelCode>,
}

/// One of the [`WriteOptions`], by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteOption {
    /// [`WriteOptions::scheme`].
    Scheme,
    /// [`WriteOptions::columns`].
    Columns,
    /// [`WriteOptions::clitics`].
    Clitics,
    /// [`WriteOptions::header`].
    Header,
    /// [`WriteOptions::alignment`], for the kinds of misfit that the format has
    /// ([`Holds::misfits`](super::Holds::misfits)).
    Alignment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_found_by_its_word() {
        for &scheme in Scheme::ALL {
            assert_eq!(scheme.as_str().parse(), Ok(scheme));
        }
        let error = "bieos".parse::<Scheme>().unwrap_err();
        assert_eq!(error.to_string(), "\"bieos\" is none of iob1, iob2, bioes, bilou");
    }

    #[test]
    fn what_a_dialog_leaves_out_is_as_usual() {
        let options: WriteOptions = serde_json::from_str(r#"{"scheme":"bioes","columns":"2"}"#).unwrap();
        let usual = WriteOptions::default();
        assert_eq!(options, WriteOptions { scheme: Scheme::Bioes, columns: Columns::Two, ..usual });
    }
}
