//! What labels there are: codes, names, definitions, keys and colours; the labels of conflict news; schemas that users
//! write themselves.

mod colour;
mod conflict_news;
mod extension;
mod guide;
mod key_code;
mod label;
mod label_code;
mod layers;
mod localized;
mod node;
mod own_guide;
#[cfg(test)]
mod palette_tests;
mod problem;
mod read;
mod template;
mod validate;

pub use colour::{Colour, ColourError};
pub use conflict_news::CONFLICT_NEWS;
pub use extension::{AttributeDef, AttributeValues, ChoiceDef, RelationDef};
pub use guide::{GuideRule, GuideRun};
pub use key_code::{KeyCode, UnknownKey};
pub use label::{Family, LabelColours, LabelDef, LineStyle, Theme, Tint};
pub use label_code::{LabelCode, LabelCodeError, MAX_LABEL_CODE};
pub use layers::Layers;
pub use localized::Localized;
pub use own_guide::OwnRule;
pub use problem::{ContrastRatio, InvalidSchema, SchemaProblem, SchemaProblemKind};
pub use template::Template;

use serde::{Deserialize, Serialize};

use crate::text::{turning_sign, unturned};

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
    /// How spans may lie to each other.
    #[serde(default, skip_serializing_if = "Layers::is_flat")]
    pub layers: Layers,
    /// What is asked about spans; usually nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeDef>,
    /// Links between spans; usually none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationDef>,
}

impl Schema {
    /// Takes the signs that turn the direction of writing out of all names. The first of them, if there were any.
    pub fn unturn_names(&mut self) -> Option<char> {
        let labels = self.labels.iter_mut().map(|label| &mut label.name);
        let relations = self.relations.iter_mut().map(|relation| &mut relation.name);
        let attributes = self.attributes.iter_mut().flat_map(|attribute| {
            let choices = match &mut attribute.values {
                AttributeValues::Choice(choices) => choices.as_mut_slice(),
                _ => &mut [],
            };
            std::iter::once(&mut attribute.name).chain(choices.iter_mut().map(|choice| &mut choice.name))
        });
        let names = std::iter::once(&mut self.name).chain(labels).chain(relations).chain(attributes);
        let mut first = None;
        for name in names.flat_map(|name| [&mut name.en, &mut name.ar]) {
            if let Some(sign) = turning_sign(name) {
                first.get_or_insert(sign);
                *name = unturned(name).into_owned();
            }
        }
        first
    }
}

impl Default for Schema {
    /// The labels of conflict news.
    fn default() -> Self {
        Self::conflict_news()
    }
}

impl Schema {
    /// The definition of a label.
    #[must_use]
    pub fn label(&self, code: &str) -> Option<&LabelDef> {
        self.labels.iter().find(|label| label.code == *code)
    }

    /// The label that a code of any schema comes to: its own, or the one that has it among its aliases.
    #[must_use]
    pub fn resolve(&self, code: &str) -> Option<&LabelDef> {
        let is_alias = |label: &&LabelDef| label.aliases.iter().any(|alias| *alias == *code);
        self.label(code).or_else(|| self.labels.iter().find(is_alias))
    }

    /// Colours and line for one more label: a colour nobody has, or else one whose line nobody has with it. With all
    /// of them taken, those of the first label come again.
    #[must_use]
    pub fn free_look(&self) -> (LabelColours, LineStyle) {
        // Dots are how the page draws every suggestion.
        let lines = LineStyle::ALL.into_iter().filter(|line| *line != LineStyle::Dotted);
        let looks = lines.flat_map(|line| LabelColours::palette().map(move |colours| (colours, line)));
        let is_new = |colours| self.labels.iter().all(|label| label.colours != colours);
        let is_free = |look| self.labels.iter().all(|label| (label.colours, label.line) != look);
        let fresh = looks.clone().find(|&(colours, _)| is_new(colours));
        fresh
            .or_else(|| looks.clone().find(|&look| is_free(look)))
            .unwrap_or((conflict_news::palette(0), LineStyle::Solid))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_to_the_label_that_has_it_or_its_alias() {
        let mut schema = Schema::conflict_news();
        schema.labels[1].aliases = vec![LabelCode::new("COMPANY").unwrap()];
        let code = |code: &str| schema.resolve(code).map(|label| label.code.to_string());
        assert_eq!(code("ORG").as_deref(), Some("ORG"));
        assert_eq!(code("COMPANY").as_deref(), Some("ORG"));
        assert_eq!(code("X"), None);
    }

    #[test]
    fn every_new_label_looks_different_for_as_long_as_there_are_looks() {
        let mut schema = Schema { labels: Vec::new(), ..Schema::conflict_news() };
        let mut seen = std::collections::HashSet::new();
        for n in 0..44 {
            let (colours, line) = schema.free_look();
            assert!(seen.insert((colours, line)), "label {n} looks like an earlier one");
            assert_ne!(line, LineStyle::Dotted);
            let label = Schema::conflict_news().labels.remove(0);
            schema.labels.push(LabelDef { colours, line, ..label });
        }
        let colours: std::collections::HashSet<_> = seen.iter().map(|(colours, _)| *colours).collect();
        assert_eq!(colours.len(), LabelColours::palette().len());
        assert!(
            LabelColours::palette().any(|colours| colours == schema.free_look().0),
            "and then they come again"
        );
    }
}
