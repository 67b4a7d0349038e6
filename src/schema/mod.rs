//! What labels there are: codes, names, definitions, keys and colours; the labels of conflict news; schemas that users
//! write themselves.

mod colour;
mod conflict_news;
mod extension;
mod key_code;
mod label;
mod label_code;
mod localized;
#[cfg(test)]
mod palette_tests;
mod problem;
mod read;
mod validate;

pub use colour::{Colour, ColourError};
pub use conflict_news::CONFLICT_NEWS;
pub use extension::{AttributeDef, AttributeValues, ChoiceDef, RelationDef};
pub use key_code::{KeyCode, UnknownKey};
pub use label::{Family, LabelColours, LabelDef, LineStyle, Theme, Tint, css_ident};
pub use label_code::{LabelCode, LabelCodeError, MAX_LABEL_CODE};
pub use localized::Localized;
pub use problem::{ContrastRatio, InvalidSchema, SchemaProblem, SchemaProblemKind};

use serde::{Deserialize, Serialize};

/// The labels of a project.
///
/// The fields are open so that an editor can hold a schema that is not finished; [`Schema::problems`] tells whether it
/// is, and [`Schema::from_json`] takes only schemas without problems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "serde_json::Value")]
pub struct Schema {
    /// What documents call it: `conflict-news/1`. The number rises when documents of the old one no longer fit.
    pub id: String,
    /// The version of its guideline.
    pub version: String,
    /// What people call it.
    pub name: Localized,
    /// The labels, in the order of the page and of exports that number them.
    pub labels: Vec<LabelDef>,
    /// What is asked about spans; usually nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeDef>,
    /// Links between spans; usually none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationDef>,
}

impl Schema {
    /// The definition of a label.
    #[must_use]
    pub fn label(&self, code: &str) -> Option<&LabelDef> {
        self.labels.iter().find(|label| label.code == *code)
    }

    /// The label that a key applies, whether by its letter or its digit.
    #[must_use]
    pub fn label_of_key(&self, code: &str) -> Option<&LabelDef> {
        let key = KeyCode::new(code).ok()?;
        self.labels.iter().find(|label| label.key == Some(key) || label.digit == Some(key))
    }

    /// The style sheet of the labels: one rule a label ([`LabelDef::css_rule`]).
    #[must_use]
    pub fn stylesheet(&self) -> String {
        let rules: Vec<String> = self.labels.iter().map(LabelDef::css_rule).collect();
        rules.join("\n")
    }

    /// The schema as a file: indented JSON that [`Schema::from_json`] reads back.
    #[must_use]
    pub fn to_json(&self) -> String {
        // A schema holds only strings and lists of them, which always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
