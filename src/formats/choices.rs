//! What a person chose about the reading of a file, after a look at what came of it.

use std::collections::BTreeMap;

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

/// What a column of a table, or a field of an object, can be chosen to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The text of the article.
    Text,
    /// Its title.
    Title,
    /// Its day of publication.
    Date,
    /// Who wrote it.
    Author,
}

impl Role {
    /// Every value.
    pub const ALL: [Self; 4] = [Self::Text, Self::Title, Self::Date, Self::Author];

    /// The word for it: the key of `meta` where there is one.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Date => "date",
            Self::Author => "author",
        }
    }
}

/// Which columns or fields hold what, by their names.
pub type Roles = BTreeMap<Role, String>;

/// What is chosen about the reading of a file. The default is what is read if nobody is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReadChoices {
    /// The columns or fields that hold text, title, day and author, for files that do not say it; the likeliest where
    /// none is named, and none where the name is empty.
    pub fields: Roles,
    /// Of a table: true if its first row is an article, false if it has the names of the columns; whatever it looks like
    /// if this is not said.
    pub first_row_is_article: Option<bool>,
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
    /// The column or field that was chosen for the text.
    #[must_use]
    pub fn text_field(&self) -> Option<&str> {
        self.fields.get(&Role::Text).map(String::as_str)
    }

    /// True if this is put right.
    #[must_use]
    pub fn repairs(&self, repair: Repair) -> bool {
        self.repairs.contains(&repair)
    }
}
