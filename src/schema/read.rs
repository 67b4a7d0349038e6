//! Schemas that users write: JSON in, a schema or a list of faults with their places out.

use serde_json::{Map, Value};

use super::conflict_news::palette;
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

type Problems = Vec<SchemaProblem>;

/// A value and the way to it.
struct Node<'a> {
    path: String,
    value: &'a Value,
}

/// An object whose fields are taken one by one; what is left over is unknown.
struct Fields<'a> {
    path: String,
    map: &'a Map<String, Value>,
    known: Vec<&'static str>,
}

impl<'a> Node<'a> {
    fn fail<T>(&self, problems: &mut Problems, kind: SchemaProblemKind) -> Option<T> {
        problems.push(SchemaProblem { path: self.path.clone(), kind });
        None
    }

    fn wrong_type<T>(&self, problems: &mut Problems, expected: &'static str) -> Option<T> {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.fail(problems, SchemaProblemKind::Type { expected, found })
    }

    fn text(&self, problems: &mut Problems) -> Option<&'a str> {
        match self.value.as_str() {
            Some(text) => Some(text),
            None => self.wrong_type(problems, "a string"),
        }
    }

    fn list(&self, problems: &mut Problems) -> Option<Vec<Node<'a>>> {
        let Some(items) = self.value.as_array() else { return self.wrong_type(problems, "a list") };
        Some(
            items
                .iter()
                .enumerate()
                .map(|(n, value)| Node { path: format!("{}[{n}]", self.path), value })
                .collect(),
        )
    }

    fn fields(&self, problems: &mut Problems) -> Option<Fields<'a>> {
        let Some(map) = self.value.as_object() else { return self.wrong_type(problems, "an object") };
        Some(Fields { path: self.path.clone(), map, known: Vec::new() })
    }

    /// Parses a string by its type's own rule.
    fn parsed<T: std::str::FromStr>(&self, problems: &mut Problems) -> Option<T>
    where
        SchemaProblemKind: From<T::Err>,
    {
        match self.text(problems)?.parse() {
            Ok(value) => Some(value),
            Err(error) => self.fail(problems, SchemaProblemKind::from(error)),
        }
    }

    fn word<T: Copy>(
        &self,
        problems: &mut Problems,
        allowed: &'static [&'static str],
        all: &[T],
    ) -> Option<T> {
        let found = self.text(problems)?;
        match allowed.iter().position(|word| *word == found).and_then(|n| all.get(n)) {
            Some(value) => Some(*value),
            None => self.fail(problems, SchemaProblemKind::Choice { found: found.to_owned(), allowed }),
        }
    }

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

impl<'a> Fields<'a> {
    fn child_path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn take(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.known.push(key);
        self.map.get(key).map(|value| Node { path: self.child_path(key), value })
    }

    fn need(
        &mut self,
        key: &'static str,
        expected: &'static str,
        problems: &mut Problems,
    ) -> Option<Node<'a>> {
        let node = self.take(key);
        if node.is_none() {
            let path = self.child_path(key);
            problems.push(SchemaProblem { path, kind: SchemaProblemKind::Missing { expected } });
        }
        node
    }

    /// `Some(None)` when the field is absent, `None` when it is there but wrong.
    fn optional<T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        read: impl FnOnce(&Node<'a>, &mut Problems) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.take(key) {
            Some(node) => read(&node, problems).map(Some),
            None => Some(None),
        }
    }

    fn list<T>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
        mut read: impl FnMut(&Node<'a>, &mut Problems) -> Option<T>,
    ) -> Option<Vec<T>> {
        match self.take(key) {
            Some(node) => every(&node.list(problems)?, |node| read(node, problems)),
            None => Some(Vec::new()),
        }
    }

    fn code(&mut self, problems: &mut Problems) -> Option<LabelCode> {
        self.need("code", "a short name such as \"PER\"", problems)?.parsed(problems)
    }

    fn name(&mut self, problems: &mut Problems) -> Option<Localized> {
        self.need("name", "a name in English, Arabic or both", problems)?.localized(problems)
    }

    /// Reports the fields that nothing asked for.
    fn end(self, problems: &mut Problems) {
        for key in self.map.keys().filter(|key| !self.known.contains(&key.as_str())) {
            let path = self.child_path(key);
            problems.push(SchemaProblem { path, kind: SchemaProblemKind::UnknownField });
        }
    }
}

/// Reads every item, so that each fault is reported, and keeps the list only if all are sound.
fn every<'a, T>(nodes: &[Node<'a>], mut read: impl FnMut(&Node<'a>) -> Option<T>) -> Option<Vec<T>> {
    let wanted = nodes.len();
    let items: Vec<T> = nodes.iter().filter_map(&mut read).collect();
    (items.len() == wanted).then_some(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(json: &str) -> Vec<String> {
        match Schema::from_json(json) {
            Ok(_) => Vec::new(),
            Err(InvalidSchema(problems)) => problems.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn the_default_schema_comes_back_from_its_file() {
        let schema = Schema::conflict_news();
        assert_eq!(Schema::from_json(&schema.to_json()).unwrap(), schema);
    }

    #[test]
    fn a_schema_with_every_part_comes_back_from_its_file() {
        let mut schema = Schema::conflict_news();
        let code = |code: &str| LabelCode::new(code).unwrap();
        schema.labels[0].aliases = vec![code("PERSON")];
        schema.attributes = vec![
            AttributeDef {
                code: code("doubt"),
                name: Localized::new("Doubt", "شك"),
                values: AttributeValues::Flag,
                labels: Vec::new(),
            },
            AttributeDef {
                code: code("side"),
                name: Localized::new("Side", ""),
                values: AttributeValues::Choice(vec![ChoiceDef {
                    code: code("state"),
                    name: Localized::new("", "دولة"),
                }]),
                labels: vec![code("GRP")],
            },
        ];
        schema.layers = Layers::Nested;
        schema.relations = vec![RelationDef {
            code: code("located_in"),
            name: Localized::new("in", "في"),
            head: vec![code("FAC")],
            tail: vec![code("LOC")],
        }];
        assert_eq!(Schema::from_json(&schema.to_json()).unwrap(), schema);
    }

    #[test]
    fn a_code_and_a_name_are_enough() {
        let schema = Schema::from_json(r#"{"id":"mine/1","labels":[{"code":"OCC","name":"مهنة"}]}"#).unwrap();
        assert_eq!(schema.labels[0].name, Localized::new("مهنة", "مهنة"));
        assert_eq!(schema.labels[0].colours, Schema::conflict_news().labels[0].colours);
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let json = r##"{"labels":[
            {"code":"P ER","name":"Person","key":"p","famly":"who"},
            {"name":7,"family":"whom","colours":{"light":{"mark":"red","line":"#000000","ink":"#ffffff"}}}]}"##;
        assert_eq!(
            faults(json),
            [
                "id: missing; give a name such as \"my-labels/1\"",
                "labels[0].code: a label code holds U+0020 at character 1; white space, control and direction \
                 characters are not allowed",
                "labels[0].key: \"p\" is not the code of a writing key; use names such as \"KeyP\", \"Digit1\" or \
                 \"Minus\"",
                "labels[0].famly: unknown field; remove it or correct its name",
                "labels[1].code: missing; give a short name such as \"PER\"",
                "labels[1].name: expected a string, or an object with \"en\" and \"ar\", found a number",
                "labels[1].family: \"whom\" is none of who, where, what, when, other",
                "labels[1].colours.light.mark: \"red\" is not a colour; write \"#\" and six hexadecimal digits, such \
                 as \"#0b63ce\"",
                "labels[1].colours.dark: missing; give the colours on this paper",
            ]
        );
    }

    #[test]
    fn names_that_turn_the_direction_of_writing_are_faults_but_what_is_stored_is_read() {
        for sign in ['\u{202E}', '\u{2066}'] {
            let json =
                format!(r#"{{"id":"x/1","labels":[{{"code":"A","name":{{"en":"{sign}REP","ar":"أ"}}}}]}}"#);
            let told = format!(
                "labels[0].name: the name has U+{:04X} in it, which turns the direction of writing; take it out",
                u32::from(sign)
            );
            assert_eq!(faults(&json), [told]);
            let mut stored: Schema = serde_json::from_str(&json).unwrap();
            assert_eq!((stored.unturn_names(), &*stored.labels[0].name.en), (Some(sign), "REP"));
            assert_eq!(stored.problems(), []);
        }
    }

    #[test]
    fn shared_codes_and_keys_and_empty_names_are_faults() {
        let json = r#"{"id":"mine/1","labels":[
            {"code":"A","name":"a","key":"KeyA","digit":"Digit1"},
            {"code":"A","name":{"en":" ","ar":""},"key":"Digit1"}]}"#;
        assert_eq!(
            faults(json),
            [
                "labels[1].code: the code A is already that of labels[0]; codes must differ",
                "labels[1].name: empty; give a name in English or in Arabic",
                "labels[1].key: the key Digit1 is already that of labels[0].digit; choose another",
            ]
        );
    }

    #[test]
    fn an_alias_is_the_code_of_no_label_and_of_one_alias_only() {
        let json = r#"{"id":"mine/1","labels":[
            {"code":"A","name":"a","aliases":["B","C"]},
            {"code":"B","name":"b","aliases":["C"]}]}"#;
        assert_eq!(
            faults(json),
            [
                "labels[0].aliases[0]: the code B is already that of labels[1]; codes must differ",
                "labels[1].aliases[0]: the code C is already that of labels[0].aliases[1]; codes must differ",
            ]
        );
    }

    #[test]
    fn labels_that_are_not_there_are_faults() {
        let json = r#"{"id":"mine/1","labels":[{"code":"A","name":"a"}],
            "attributes":[{"code":"x","name":"x","values":{"choice":[]},"labels":["B"]}],
            "relations":[{"code":"r","name":"r","head":["A"],"tail":["C"]}]}"#;
        assert_eq!(
            faults(json),
            [
                "attributes[0].labels[0]: there is no label B in this schema; add it or remove it here",
                "attributes[0].values.choice: missing; give at least one possible value",
                "relations[0].tail[0]: there is no label C in this schema; add it or remove it here",
            ]
        );
    }

    #[test]
    fn colours_that_could_not_be_read_are_faults() {
        let mut schema = Schema::conflict_news();
        schema.labels[0].colours.light.ink = schema.labels[0].colours.light.mark;
        assert_eq!(
            faults(&schema.to_json()),
            [
                "labels[0].colours.light.ink: #e8ecff on #e8ecff has a contrast of 1.0; at least 4.5 is needed to be read",
                "labels[0].colours.light.ink: #e8ecff on #fdfcf9 has a contrast of 1.1; at least 4.5 is needed to be read",
            ]
        );
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_line() {
        assert!(faults("{\n\"id\" 1}")[0].starts_with("not valid JSON at line 2, column 6"));
        assert_eq!(faults("[]"), ["expected an object, found a list"]);
    }
}
