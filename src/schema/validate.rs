//! Whether a schema holds together.

use std::collections::BTreeMap;

use super::{
    AttributeValues, ContrastRatio, KeyCode, LabelCode, LabelDef, Localized, Schema, SchemaProblem,
    SchemaProblemKind, Theme,
};
use crate::text::turning_sign;

/// Contrast that text on a mark must have (WCAG 2.2, 1.4.6 enhanced).
pub(super) const TEXT_ON_MARK: f64 = 7.0;
/// Contrast that a code must have with its mark and with the paper (WCAG 2.2, 1.4.3).
pub(super) const CODE: f64 = 4.5;
/// Contrast that a line must have with the paper (WCAG 2.2, 1.4.11).
pub(super) const LINE_ON_PAPER: f64 = 3.0;

impl Schema {
    /// Everything that keeps this schema from being used: missing names, codes and keys that two entries share, labels
    /// that are named but not there, colours that could not be read. Empty when it is sound.
    #[must_use]
    pub fn problems(&self) -> Vec<SchemaProblem> {
        let mut check = Check::default();
        if self.id.trim().is_empty() {
            check.say("id", SchemaProblemKind::Missing { expected: "a name such as \"my-labels/1\"" });
        }
        check.name("name", &self.name);
        if self.labels.is_empty() {
            check.say("labels", SchemaProblemKind::NoLabels);
        }
        check.codes("labels", self.labels.iter().map(|label| &label.code));
        let mut keys = BTreeMap::new();
        for (n, label) in self.labels.iter().enumerate() {
            let path = format!("labels[{n}]");
            check.name(&format!("{path}.name"), &label.name);
            check.key(&mut keys, format!("{path}.key"), label.key);
            check.key(&mut keys, format!("{path}.digit"), label.digit);
            check.colours(&path, label);
        }
        check.aliases(&self.labels);
        check.codes("attributes", self.attributes.iter().map(|attribute| &attribute.code));
        for (n, attribute) in self.attributes.iter().enumerate() {
            let path = format!("attributes[{n}]");
            check.name(&format!("{path}.name"), &attribute.name);
            check.labels(self, &format!("{path}.labels"), &attribute.labels);
            if let AttributeValues::Choice(choices) = &attribute.values {
                if choices.is_empty() {
                    let expected = "at least one possible value";
                    check.say(format!("{path}.values.choice"), SchemaProblemKind::Missing { expected });
                }
                check.codes(&format!("{path}.values.choice"), choices.iter().map(|choice| &choice.code));
                for (m, choice) in choices.iter().enumerate() {
                    check.name(&format!("{path}.values.choice[{m}].name"), &choice.name);
                }
            }
        }
        check.codes("relations", self.relations.iter().map(|relation| &relation.code));
        for (n, relation) in self.relations.iter().enumerate() {
            let path = format!("relations[{n}]");
            check.name(&format!("{path}.name"), &relation.name);
            check.labels(self, &format!("{path}.head"), &relation.head);
            check.labels(self, &format!("{path}.tail"), &relation.tail);
        }
        check.problems
    }
}

#[derive(Default)]
struct Check {
    problems: Vec<SchemaProblem>,
}

impl Check {
    fn say(&mut self, path: impl Into<String>, kind: SchemaProblemKind) {
        self.problems.push(SchemaProblem { path: path.into(), kind });
    }

    fn name(&mut self, path: &str, name: &Localized) {
        if name.en.trim().is_empty() && name.ar.trim().is_empty() {
            self.say(path, SchemaProblemKind::EmptyName);
        }
        if let Some(sign) = turning_sign(&name.en).or_else(|| turning_sign(&name.ar)) {
            self.say(path, SchemaProblemKind::TurnsDirection { sign });
        }
    }

    fn codes<'a>(&mut self, list: &str, codes: impl Iterator<Item = &'a LabelCode>) {
        let mut seen = BTreeMap::new();
        for (n, code) in codes.enumerate() {
            if let Some(first) = seen.get(code) {
                let first = format!("{list}[{first}]");
                self.say(
                    format!("{list}[{n}].code"),
                    SchemaProblemKind::DuplicateCode { code: code.clone(), first },
                );
            } else {
                seen.insert(code, n);
            }
        }
    }

    fn aliases(&mut self, labels: &[LabelDef]) {
        let mut seen: BTreeMap<&LabelCode, String> =
            labels.iter().enumerate().map(|(n, label)| (&label.code, format!("labels[{n}]"))).collect();
        for (n, label) in labels.iter().enumerate() {
            for (m, alias) in label.aliases.iter().enumerate() {
                let path = format!("labels[{n}].aliases[{m}]");
                if let Some(first) = seen.get(alias) {
                    let first = first.clone();
                    self.say(path, SchemaProblemKind::DuplicateCode { code: alias.clone(), first });
                } else {
                    seen.insert(alias, path);
                }
            }
        }
    }

    fn key(&mut self, seen: &mut BTreeMap<KeyCode, String>, path: String, key: Option<KeyCode>) {
        let Some(key) = key else { return };
        if let Some(first) = seen.get(&key) {
            self.say(path, SchemaProblemKind::DuplicateKey { key, first: first.clone() });
        } else {
            seen.insert(key, path);
        }
    }

    fn labels(&mut self, schema: &Schema, path: &str, labels: &[LabelCode]) {
        for (n, code) in labels.iter().enumerate() {
            if schema.label(code.as_str()).is_none() {
                self.say(format!("{path}[{n}]"), SchemaProblemKind::UnknownLabel { code: code.clone() });
            }
        }
    }

    fn colours(&mut self, path: &str, label: &LabelDef) {
        for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let tint = label.colours.on(theme);
            let pairs = [
                ("mark", theme.ink(), tint.mark, TEXT_ON_MARK),
                ("line", tint.line, theme.paper(), LINE_ON_PAPER),
                ("ink", tint.ink, tint.mark, CODE),
                ("ink", tint.ink, theme.paper(), CODE),
            ];
            for (field, text, background, least) in pairs {
                let ratio = text.contrast(background);
                if ratio < least {
                    let (ratio, least) = (ContrastRatio::new(ratio), ContrastRatio::new(least));
                    self.say(
                        format!("{path}.colours.{word}.{field}"),
                        SchemaProblemKind::Contrast { text, background, ratio, least },
                    );
                }
            }
        }
    }
}
