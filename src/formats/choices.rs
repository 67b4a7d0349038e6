//! What a person chose about the reading of a file, after a look at what came of it.

use serde::{Deserialize, Serialize};

/// Something wrong with spans that is put right when a person says so, for it may not be what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// A span whose words stand elsewhere, in doubt, goes to the nearest place where they stand.
    NearestPlace,
    /// A span that cuts a letter from its marks takes the whole letter in.
    WholeLetters,
}

/// What is chosen about the reading of a file. The default is what is read if nobody is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadChoices {
    /// The column or field that holds the text, for files that do not say it; the likeliest if none is named.
    pub text_field: Option<String>,
    /// What is put right.
    pub repairs: Vec<Repair>,
    /// Of a web page everything that can be read, and not the article alone; of Markdown the marks as well.
    pub whole_page: bool,
    /// Of a source that had to be taken apart, such as a web page, nothing but the text is kept. Otherwise the source
    /// goes into the article's `meta`, under [`ORIGINAL`].
    pub without_original: bool,
}

/// The key of `meta` under which the source of an article is kept, as it came.
pub const ORIGINAL: &str = "original";

impl ReadChoices {
    /// True if this is put right.
    #[must_use]
    pub fn repairs(&self, repair: Repair) -> bool {
        self.repairs.contains(&repair)
    }
}
