//! A schema being edited, which knows where each of its labels came from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answers::Merged;
use super::id::settled_id;
use super::plan::Fate;
use crate::schema::{
    AttributeDef, Family, LabelCode, LabelCodeError, LabelDef, Layers, Localized, RelationDef, Schema,
    SchemaProblem,
};

/// Names a row of a draft for as long as it is edited: codes change and rows move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(u32);

impl RowId {
    /// The number.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

/// A label being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftLabel {
    /// Its row.
    pub row: RowId,
    /// The label of the project that it was.
    pub origin: Option<LabelCode>,
    /// The label.
    pub def: LabelDef,
    /// Why the code that was typed last cannot be one. The label has its last good code meanwhile.
    pub code_fault: Option<LabelCodeError>,
}

/// An attribute being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftAttribute {
    /// Its row.
    pub row: RowId,
    /// True if the project has it already: spans may carry its code, and so that stays.
    pub is_old: bool,
    /// The attribute; which labels it is asked of is said by `labels`.
    pub def: AttributeDef,
    /// The labels it is asked of; none for all.
    pub labels: Vec<RowId>,
    /// Why the code that was typed last cannot be one.
    pub code_fault: Option<LabelCodeError>,
}

/// A relation, which the draft only keeps up with its labels.
#[derive(Clone, Debug, PartialEq)]
struct DraftRelation {
    def: RelationDef,
    head: Vec<RowId>,
    tail: Vec<RowId>,
}

/// A schema being edited. It may be unsound meanwhile; [`problems`](Self::problems) tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub(super) before: Arc<Schema>,
    /// What records will carry in `schema`, before it is [settled](Self::settled_id).
    pub id: String,
    /// The version of the guideline.
    pub version: String,
    /// What people call it.
    pub name: Localized,
    /// The labels.
    pub labels: Vec<DraftLabel>,
    /// How spans may lie to each other.
    pub layers: Layers,
    /// The attributes.
    pub attributes: Vec<DraftAttribute>,
    relations: Vec<DraftRelation>,
    pub(super) fates: BTreeMap<LabelCode, Fate>,
    /// The attributes of the project that were merged into others.
    pub(super) merged: BTreeMap<LabelCode, Merged>,
    rows: u32,
}

impl Draft {
    /// A draft that changes nothing yet.
    #[must_use]
    pub fn of(schema: &Arc<Schema>) -> Self {
        let mut draft = Self {
            before: Arc::clone(schema),
            id: String::new(),
            version: String::new(),
            name: Localized::default(),
            labels: Vec::new(),
            layers: Layers::default(),
            attributes: Vec::new(),
            relations: Vec::new(),
            fates: BTreeMap::new(),
            merged: BTreeMap::new(),
            rows: 0,
        };
        draft.load((**schema).clone());
        draft
    }

    /// Puts a whole schema in the place of what is there: a template, a file. Labels of the project that it has go on.
    pub fn load(&mut self, schema: Schema) {
        let Schema { id, version, name, labels, layers, attributes, relations } = schema;
        (self.id, self.version, self.name, self.layers) = (id, version, name, layers);
        self.fates.clear();
        self.merged.clear();
        let before = Arc::clone(&self.before);
        self.labels = labels
            .into_iter()
            .map(|def| DraftLabel {
                row: self.next_row(),
                origin: before.label(def.code.as_str()).map(|label| label.code.clone()),
                def,
                code_fault: None,
            })
            .collect();
        self.attributes = attributes
            .into_iter()
            .map(|def| DraftAttribute {
                row: self.next_row(),
                is_old: before.attributes.iter().any(|attribute| attribute.code == def.code),
                labels: self.rows_of(&def.labels),
                def,
                code_fault: None,
            })
            .collect();
        self.relations = relations
            .into_iter()
            .map(|def| {
                let (head, tail) = (self.rows_of(&def.head), self.rows_of(&def.tail));
                DraftRelation { def, head, tail }
            })
            .collect();
    }

    fn rows_of(&self, codes: &[LabelCode]) -> Vec<RowId> {
        self.labels.iter().filter(|label| codes.contains(&label.def.code)).map(|label| label.row).collect()
    }

    pub(super) fn next_row(&mut self) -> RowId {
        self.rows += 1;
        RowId(self.rows)
    }

    /// True if it is these labels that the draft changes.
    #[must_use]
    pub fn is_of(&self, schema: &Schema) -> bool {
        *self.before == *schema
    }

    /// The label of a row.
    #[must_use]
    pub fn label(&self, row: RowId) -> Option<&DraftLabel> {
        self.labels.iter().find(|label| label.row == row)
    }

    fn label_mut(&mut self, row: RowId) -> Option<&mut DraftLabel> {
        self.labels.iter_mut().find(|label| label.row == row)
    }

    /// Changes the definition of a label; its code is set by [`set_code`](Self::set_code).
    pub fn edit(&mut self, row: RowId, change: impl FnOnce(&mut LabelDef)) {
        if let Some(label) = self.label_mut(row) {
            let code = label.def.code.clone();
            change(&mut label.def);
            label.def.code = code;
        }
    }

    /// Gives a label the code that was typed, if it can be one.
    pub fn set_code(&mut self, row: RowId, typed: &str) {
        if let Some(label) = self.label_mut(row) {
            match LabelCode::new(typed.trim()) {
                Ok(code) => {
                    label.def.aliases.retain(|alias| *alias != code);
                    label.def.code = code;
                    label.code_fault = None;
                }
                Err(fault) => label.code_fault = Some(fault),
            }
        }
    }

    /// Sets the aliases of a label from a list in which spaces or commas stand between them; what cannot be a code is
    /// left out.
    pub fn set_aliases(&mut self, row: RowId, typed: &str) {
        let mut seen = BTreeSet::new();
        let codes = typed.split([' ', ',', '،', '\n', '\t']).filter_map(|code| LabelCode::new(code).ok());
        let codes = codes.filter(|code| seen.insert(code.clone())).collect();
        self.edit(row, |def| def.aliases = codes);
    }

    /// Adds a label with a code, a key and a look of its own, after all others.
    pub fn add_label(&mut self) -> Option<RowId> {
        let code = free_code("NEW", |code| self.labels.iter().any(|label| label.def.code == *code))?;
        Some(self.add_label_of(code))
    }

    /// Adds a label for a code that spans have already.
    pub fn add_label_of(&mut self, code: LabelCode) -> RowId {
        let (colours, line) = self.schema().free_look();
        let row = self.next_row();
        let key = self.free_key(row, &code);
        let def = LabelDef {
            name: Localized::new(code.as_str(), ""),
            definition: Localized::default(),
            examples: Vec::new(),
            key,
            digit: None,
            family: self.labels.last().map_or(Family::Other, |label| label.def.family),
            colours,
            line,
            aliases: Vec::new(),
            code,
        };
        self.labels.push(DraftLabel { row, origin: None, def, code_fault: None });
        row
    }

    /// Moves a row before (`up`) or after its neighbour. Labels and attributes alike.
    pub fn shift(&mut self, row: RowId, up: bool) {
        let to =
            |at: usize, len: usize| if up { at.checked_sub(1) } else { Some(at + 1).filter(|&to| to < len) };
        if let Some(at) = self.labels.iter().position(|label| label.row == row) {
            if let Some(to) = to(at, self.labels.len()) {
                self.labels.swap(at, to);
            }
        } else if let Some(at) = self.attributes.iter().position(|attribute| attribute.row == row)
            && let Some(to) = to(at, self.attributes.len())
        {
            self.attributes.swap(at, to);
        }
    }

    /// Takes a label out. What becomes of its spans is asked later.
    pub fn remove(&mut self, row: RowId) {
        self.labels.retain(|label| label.row != row);
    }

    /// Takes a label out and gives its spans, and suggestions of it from now on, to another.
    pub fn merge(&mut self, row: RowId, into: RowId) {
        let Some(gone) = self.label(row).filter(|_| row != into).cloned() else {
            return;
        };
        self.remove(row);
        let Some(target) = self.label_mut(into) else {
            return;
        };
        let own = target.def.code.clone();
        for code in gone.origin.iter().chain([&gone.def.code]).chain(&gone.def.aliases) {
            if *code != own && !target.def.aliases.contains(code) {
                target.def.aliases.push(code.clone());
            }
        }
        for rows in self.label_lists() {
            if let Some(at) = rows.iter().position(|other| *other == row) {
                if rows.contains(&into) {
                    rows.remove(at);
                } else {
                    rows[at] = into;
                }
            }
        }
        // Whatever was to go to the label that is gone goes on to the other.
        for fate in self.fates.values_mut().filter(|fate| **fate == Fate::Relabel(row)) {
            *fate = Fate::Relabel(into);
        }
        if let Some(origin) = gone.origin {
            self.fates.insert(origin, Fate::Relabel(into));
        }
    }

    /// The lists of labels in attributes and relations.
    fn label_lists(&mut self) -> impl Iterator<Item = &mut Vec<RowId>> {
        let of_attributes = self.attributes.iter_mut().map(|attribute| &mut attribute.labels);
        let of_relations =
            self.relations.iter_mut().flat_map(|relation| [&mut relation.head, &mut relation.tail]);
        of_attributes.chain(of_relations)
    }

    /// The schema that the draft comes to.
    #[must_use]
    pub fn schema(&self) -> Schema {
        let codes: BTreeSet<&LabelCode> = self.labels.iter().map(|label| &label.def.code).collect();
        let aliases: BTreeSet<&LabelCode> = self.labels.iter().flat_map(|label| &label.def.aliases).collect();
        let labels = self.labels.iter().map(|label| {
            let mut def = label.def.clone();
            // Suggestions still come under the old code.
            let old = label.origin.as_ref().filter(|old| !codes.contains(old) && !aliases.contains(old));
            def.aliases.extend(old.cloned());
            // What another label is called now is no alias any more.
            def.aliases.retain(|alias| !codes.contains(alias));
            def
        });
        let attributes = self.attributes.iter().filter_map(|attribute| {
            Some(AttributeDef { labels: self.codes_of(&attribute.labels)?, ..attribute.def.clone() })
        });
        let relations = self.relations.iter().filter_map(|DraftRelation { def, head, tail }| {
            Some(RelationDef { head: self.codes_of(head)?, tail: self.codes_of(tail)?, ..def.clone() })
        });
        let mut schema = Schema {
            id: self.id.trim().to_owned(),
            version: self.version.clone(),
            name: self.name.clone(),
            labels: labels.collect(),
            layers: self.layers,
            attributes: attributes.collect(),
            relations: relations.collect(),
        };
        schema.id = settled_id(&self.before, &schema);
        schema
    }

    /// The codes of rows, in the order of the labels. `None` if all of them are gone: what was for some labels is not
    /// for all of them then.
    fn codes_of(&self, rows: &[RowId]) -> Option<Vec<LabelCode>> {
        let labels = self.labels.iter().filter(|label| rows.contains(&label.row));
        let codes: Vec<_> = labels.map(|label| label.def.code.clone()).collect();
        (rows.is_empty() || !codes.is_empty()).then_some(codes)
    }

    /// Everything that keeps the draft from being used.
    #[must_use]
    pub fn problems(&self) -> Vec<SchemaProblem> {
        let faults = |list: &str, faults: Vec<Option<LabelCodeError>>| {
            let told = faults.into_iter().enumerate().filter_map(|(n, fault)| {
                Some(SchemaProblem { path: format!("{list}[{n}].code"), kind: fault?.into() })
            });
            told.collect::<Vec<_>>()
        };
        let mut problems = faults("labels", self.labels.iter().map(|label| label.code_fault).collect());
        problems.extend(faults("attributes", self.attributes.iter().map(|a| a.code_fault).collect()));
        problems.extend(self.schema().problems());
        problems
    }

    /// True if the draft differs from what the project has.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.schema() != *self.before
    }
}

/// A stem that is not taken yet, or the first of its numbers that is not.
pub(super) fn free_code(stem: &str, is_taken: impl Fn(&LabelCode) -> bool) -> Option<LabelCode> {
    let numbered = (2u32..1_000_000).map(|n| format!("{stem}{n}"));
    let mut codes = std::iter::once(stem.to_owned()).chain(numbered).filter_map(|code| code.parse().ok());
    codes.find(|code| !is_taken(code))
}

#[cfg(test)]
mod tests;
