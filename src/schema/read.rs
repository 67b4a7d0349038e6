//! Schemas that users write: JSON in, a schema or a list of faults with their places out.

use serde_json::Value;

use super::conflict_news::palette;
use super::node::{Fields, Node, Problems, every};
use super::{
    AttributeDef, AttributeValues, ChoiceDef, Colour, Family, InvalidSchema, KeyCode, LabelCode,
    LabelColours, LabelDef, Layers, LineStyle, Localized, RelationDef, Schema, SchemaProblem,
    SchemaProblemKind, Tint,
};

impl Schema {
    /// Reads a schema that a user wrote.
    ///
    /// A label needs a `code` and a `name`; a name may be one string for both languages. Colours that are left out are
    /// those of the default labels in turn.
    ///
    /// # Errors
    /// [`InvalidSchema`] with every fault and its place.
    pub fn from_json(json: &str) -> Result<Self, InvalidSchema> {
        let schema = Self::from_stored(json)?;
        let problems = schema.problems();
        if problems.is_empty() { Ok(schema) } else { Err(InvalidSchema(problems)) }
    }

    /// Reads a schema that work hangs on already: its names may turn the direction of writing.
    ///
    /// # Errors
    /// [`InvalidSchema`] with every other fault and its place.
    pub fn from_stored(json: &str) -> Result<Self, InvalidSchema> {
        let value: Value = serde_json::from_str(json).map_err(|error| {
            let kind = SchemaProblemKind::Json {
                line: error.line(),
                column: error.column(),
                message: error.to_string(),
            };
            InvalidSchema(vec![SchemaProblem { path: String::new(), kind }])
        })?;
        Self::try_from(value)
    }
}

impl TryFrom<Value> for Schema {
    type Error = InvalidSchema;

    fn try_from(value: Value) -> Result<Self, Self::Error> {
        let mut problems = Vec::new();
        let schema = Node { path: String::new(), value: &value }.schema(&mut problems);
        match schema {
            Some(schema) if problems.is_empty() => {
                problems = schema.problems();
                problems.retain(|problem| !matches!(problem.kind, SchemaProblemKind::TurnsDirection { .. }));
                if problems.is_empty() { Ok(schema) } else { Err(InvalidSchema(problems)) }
            }
            _ => Err(InvalidSchema(problems)),
        }
    }
}

impl Node<'_> {
    fn localized(&self, problems: &mut Problems) -> Option<Localized> {
        if let Some(both) = self.value.as_str() {
            return Some(Localized::new(both, both));
        }
        if !self.value.is_object() {
            return self.wrong_type(problems, "a string, or an object with \"en\" and \"ar\"");
        }
        let mut fields = self.fields(problems)?;
        let mut language = |key| match fields.take(key) {
            Some(node) => node.text(problems).map(str::to_owned),
            None => Some(String::new()),
        };
        let (en, ar) = (language("en"), language("ar"));
        fields.end(problems);
        Some(Localized { en: en?, ar: ar? })
    }

    fn codes(&self, problems: &mut Problems) -> Option<Vec<LabelCode>> {
        every(&self.list(problems)?, |node| node.parsed(problems))
    }

    fn schema(&self, problems: &mut Problems) -> Option<Schema> {
        let mut fields = self.fields(problems)?;
        let id = fields.need("id", "a name such as \"my-labels/1\"", problems).and_then(|n| n.text(problems));
        let version = fields.take("version").map_or(Some("1.0"), |node| node.text(problems));
        let name = match fields.take("name") {
            Some(node) => node.localized(problems),
            None => id.map(|id| Localized::new(id, id)),
        };
        let labels = fields.need("labels", "a list of labels", problems).and_then(|node| {
            let nodes = node.list(problems)?;
            let mut index = 0..;
            every(&nodes, |node| node.label(index.next().unwrap_or_default(), problems))
        });
        let layers = fields.optional("layers", problems, |node, problems| {
            node.word(problems, &["flat", "nested", "free"], &Layers::ALL)
        });
        let attributes = fields.list("attributes", problems, Node::attribute);
        let relations = fields.list("relations", problems, Node::relation);
        fields.end(problems);
        Some(Schema {
            id: id?.to_owned(),
            version: version?.to_owned(),
            name: name?,
            labels: labels?,
            layers: layers?.unwrap_or_default(),
            attributes: attributes?,
            relations: relations?,
        })
    }

    fn label(&self, index: usize, problems: &mut Problems) -> Option<LabelDef> {
        let mut fields = self.fields(problems)?;
        let code = fields.code(problems);
        let name = fields.name(problems);
        let definition =
            fields.take("definition").map_or(Some(Localized::default()), |node| node.localized(problems));
        let examples =
            fields.list("examples", problems, |node, problems| Some(node.text(problems)?.to_owned()));
        let key = fields.optional("key", problems, Node::parsed::<KeyCode>);
        let digit = fields.optional("digit", problems, Node::parsed::<KeyCode>);
        let family = fields.optional("family", problems, |node, problems| {
            node.word(problems, &["who", "where", "what", "when", "other"], &Family::ALL)
        });
        let colours = fields.optional("colours", problems, Node::colours);
        let line = fields.optional("line", problems, |node, problems| {
            node.word(problems, &["solid", "double", "dashed", "dotted", "wavy"], &LineStyle::ALL)
        });
        let aliases = fields.list("aliases", problems, Node::parsed);
        fields.end(problems);
        Some(LabelDef {
            code: code?,
            name: name?,
            definition: definition?,
            examples: examples?,
            key: key?,
            digit: digit?,
            family: family?.unwrap_or_default(),
            colours: colours?.unwrap_or_else(|| palette(index)),
            line: line?.unwrap_or_else(|| LineStyle::ALL[index / 11 % LineStyle::ALL.len()]),
            aliases: aliases?,
        })
    }

    fn colours(&self, problems: &mut Problems) -> Option<LabelColours> {
        let mut fields = self.fields(problems)?;
        let mut theme = |key| fields.need(key, "the colours on this paper", problems)?.tint(problems);
        let (light, dark) = (theme("light"), theme("dark"));
        fields.end(problems);
        Some(LabelColours { light: light?, dark: dark? })
    }

    fn tint(&self, problems: &mut Problems) -> Option<Tint> {
        let mut fields = self.fields(problems)?;
        let mut colour =
            |key| fields.need(key, "a colour such as \"#0b63ce\"", problems)?.parsed::<Colour>(problems);
        let (mark, line, ink) = (colour("mark"), colour("line"), colour("ink"));
        fields.end(problems);
        Some(Tint { mark: mark?, line: line?, ink: ink? })
    }

    fn attribute(&self, problems: &mut Problems) -> Option<AttributeDef> {
        let mut fields = self.fields(problems)?;
        let code = fields.code(problems);
        let name = fields.name(problems);
        let values = fields
            .need("values", "\"flag\", \"text\" or {\"choice\": [...]}", problems)
            .and_then(|node| node.values(problems));
        let labels = fields.optional("labels", problems, Node::codes);
        fields.end(problems);
        Some(AttributeDef { code: code?, name: name?, values: values?, labels: labels?.unwrap_or_default() })
    }

    fn values(&self, problems: &mut Problems) -> Option<AttributeValues> {
        if self.value.is_string() {
            return self
                .word(problems, &["flag", "text"], &[false, true])
                .map(|text| if text { AttributeValues::Text } else { AttributeValues::Flag });
        }
        let mut fields = self.fields(problems)?;
        let choices = fields.need("choice", "a list of values", problems).and_then(|node| {
            every(&node.list(problems)?, |node| {
                let mut fields = node.fields(problems)?;
                let (code, name) = (fields.code(problems), fields.name(problems));
                fields.end(problems);
                Some(ChoiceDef { code: code?, name: name? })
            })
        });
        fields.end(problems);
        choices.map(AttributeValues::Choice)
    }

    fn relation(&self, problems: &mut Problems) -> Option<RelationDef> {
        let mut fields = self.fields(problems)?;
        let code = fields.code(problems);
        let name = fields.name(problems);
        let head = fields.optional("head", problems, Node::codes);
        let tail = fields.optional("tail", problems, Node::codes);
        fields.end(problems);
        Some(RelationDef {
            code: code?,
            name: name?,
            head: head?.unwrap_or_default(),
            tail: tail?.unwrap_or_default(),
        })
    }
}

impl Fields<'_> {
    fn code(&mut self, problems: &mut Problems) -> Option<LabelCode> {
        self.need("code", "a short name such as \"PER\"", problems)?.parsed(problems)
    }

    fn name(&mut self, problems: &mut Problems) -> Option<Localized> {
        self.need("name", "a name in English, Arabic or both", problems)?.localized(problems)
    }
}

#[cfg(test)]
mod tests;
