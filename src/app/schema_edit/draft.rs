//! A schema being edited, which knows where each of its labels came from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answers::Merged;
use super::plan::Fate;
use crate::schema::{
    AttributeDef, AttributeValues, Family, LabelCode, LabelCodeError, LabelDef, Layers, Localized,
    RelationDef, Schema, SchemaProblem, Template,
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

    fn next_row(&mut self) -> RowId {
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

    /// Adds an attribute that is asked of all labels.
    pub fn add_attribute(&mut self) -> Option<RowId> {
        let code = free_code("attribute", |code| self.attributes.iter().any(|a| a.def.code == *code))?;
        let row = self.next_row();
        let name = Localized::new(code.as_str(), "");
        let def = AttributeDef { code, name, values: AttributeValues::Flag, labels: Vec::new() };
        self.attributes.push(DraftAttribute {
            row,
            is_old: false,
            def,
            labels: Vec::new(),
            code_fault: None,
        });
        Some(row)
    }

    /// Has an attribute asked of a label, or no more. Asked of none, it is asked of all.
    pub fn ask_of(&mut self, attribute: RowId, label: RowId, asked: bool) {
        if let Some(attribute) = self.attributes.iter_mut().find(|other| other.row == attribute) {
            attribute.labels.retain(|row| *row != label);
            if asked {
                attribute.labels.push(label);
            }
        }
    }

    /// Changes an attribute; its code is set by [`set_attribute_code`](Self::set_attribute_code).
    pub fn edit_attribute(&mut self, row: RowId, change: impl FnOnce(&mut AttributeDef)) {
        if let Some(attribute) = self.attributes.iter_mut().find(|attribute| attribute.row == row) {
            let code = attribute.def.code.clone();
            change(&mut attribute.def);
            attribute.def.code = code;
        }
    }

    /// Gives a new attribute the code that was typed, if it can be one.
    pub fn set_attribute_code(&mut self, row: RowId, typed: &str) {
        let attribute =
            self.attributes.iter_mut().find(|attribute| attribute.row == row && !attribute.is_old);
        if let Some(attribute) = attribute {
            match LabelCode::new(typed.trim()) {
                Ok(code) => (attribute.def.code, attribute.code_fault) = (code, None),
                Err(fault) => attribute.code_fault = Some(fault),
            }
        }
    }

    /// Takes an attribute out. Answers that spans have to it stay in them.
    pub fn remove_attribute(&mut self, row: RowId) {
        self.attributes.retain(|attribute| attribute.row != row);
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
fn free_code(stem: &str, is_taken: impl Fn(&LabelCode) -> bool) -> Option<LabelCode> {
    let numbered = (2u32..1_000_000).map(|n| format!("{stem}{n}"));
    let mut codes = std::iter::once(stem.to_owned()).chain(numbered).filter_map(|code| code.parse().ok());
    codes.find(|code| !is_taken(code))
}

/// The id under which records of a changed schema go out. A template whose labels were changed is somebody's own; a schema
/// that lost labels gets the next number, as records of the old one no longer fit; one that only gained some keeps its id,
/// as they do. Two schemas that came of one in different ways may have the same.
fn settled_id(before: &Schema, after: &Schema) -> String {
    let codes = |schema: &Schema| schema.labels.iter().map(|l| l.code.clone()).collect::<BTreeSet<_>>();
    let now = codes(after);
    if let Some(template) = Template::of_id(&after.id) {
        if codes(&template.schema()) == now {
            return after.id.clone();
        }
        return format!("{}-own/1", numbered(&after.id).0);
    }
    if after.id == before.id && !codes(before).is_subset(&now) {
        let (stem, number) = numbered(&after.id);
        return match number.checked_add(1) {
            Some(next) => format!("{stem}/{next}"),
            // A file may bring any number; behind the last one another count begins.
            None => format!("{}/2", after.id),
        };
    }
    after.id.clone()
}

/// `my-labels/2` as `my-labels` and 2; without a number it is the first.
fn numbered(id: &str) -> (&str, u32) {
    id.rsplit_once('/').and_then(|(stem, number)| Some((stem, number.parse().ok()?))).unwrap_or((id, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft::of(&Arc::new(Schema::conflict_news()))
    }

    fn row(draft: &Draft, code: &str) -> RowId {
        draft.labels.iter().find(|label| label.def.code == *code).unwrap().row
    }

    fn codes(draft: &Draft) -> Vec<String> {
        draft.schema().labels.iter().map(|label| label.code.to_string()).collect()
    }

    #[test]
    fn a_draft_that_nobody_touched_is_the_schema() {
        let draft = draft();
        assert_eq!(draft.schema(), Schema::conflict_news());
        assert!(!draft.is_changed() && draft.problems().is_empty());
    }

    #[test]
    fn new_labels_are_sound_at_once() {
        let mut draft = draft();
        for _ in 0..12 {
            draft.add_label().unwrap();
        }
        assert_eq!(draft.problems(), []);
        let schema = draft.schema();
        assert_eq!(schema.labels[11].code, "NEW");
        assert_eq!(schema.labels[12].code, "NEW2");
        let looks: std::collections::HashSet<_> = schema.labels.iter().map(|l| (l.colours, l.line)).collect();
        assert_eq!(looks.len(), schema.labels.len(), "each looks different");
        assert!(schema.labels[11].key.is_some());
    }

    #[test]
    fn a_code_that_cannot_be_one_is_a_problem_until_it_is_corrected() {
        let mut draft = draft();
        let per = row(&draft, "PER");
        draft.set_code(per, "P R");
        assert_eq!(draft.problems()[0].path, "labels[0].code");
        draft.set_code(per, " HUM ");
        assert_eq!(draft.problems(), []);
        assert_eq!(draft.schema().labels[0].code, "HUM");
    }

    #[test]
    fn a_renamed_label_takes_its_suggestions_and_attributes_along() {
        let mut draft = draft();
        let per = row(&draft, "PER");
        let doubt = draft.add_attribute().unwrap();
        draft.ask_of(doubt, per, true);
        draft.set_code(per, "HUM");
        let schema = draft.schema();
        assert_eq!(schema.resolve("PER").unwrap().code, "HUM");
        assert_eq!(schema.attributes[0].labels, [LabelCode::new("HUM").unwrap()]);
        assert_eq!(schema.problems(), []);
    }

    #[test]
    fn a_merged_label_becomes_an_alias_and_an_attribute_of_a_deleted_one_goes() {
        let mut draft = draft();
        let (org, grp, per) = (row(&draft, "ORG"), row(&draft, "GRP"), row(&draft, "PER"));
        let doubt = draft.add_attribute().unwrap();
        draft.ask_of(doubt, per, true);
        draft.merge(grp, org);
        draft.remove(per);
        let schema = draft.schema();
        assert_eq!(schema.resolve("GRP").unwrap().code, "ORG");
        assert!(schema.resolve("PER").is_none());
        assert_eq!(schema.attributes, []);
        assert_eq!(schema.problems(), []);
    }

    #[test]
    fn labels_change_places() {
        let mut draft = draft();
        let org = row(&draft, "ORG");
        draft.shift(org, true);
        assert_eq!(codes(&draft)[..2], ["ORG", "PER"]);
        draft.shift(org, true);
        assert_eq!(codes(&draft)[0], "ORG", "the first has nowhere to go");
        assert_eq!(draft.schema().id, "conflict-news/1", "the labels are the same");
    }

    #[test]
    fn other_labels_go_by_another_id() {
        let mut draft = draft();
        draft.add_label().unwrap();
        assert_eq!(draft.schema().id, "conflict-news-own/1");
        let own = Arc::new(draft.schema());
        let mut again = Draft::of(&own);
        again.add_label().unwrap();
        assert_eq!(again.schema().id, "conflict-news-own/1", "old records still fit");
        let per = row(&again, "PER");
        again.set_code(per, "HUM");
        assert_eq!(again.schema().id, "conflict-news-own/2");
        again.id = "people/7".into();
        assert_eq!(again.schema().id, "people/7", "what somebody chose stays");
        again.load(Template::Conll4.schema());
        assert_eq!(again.schema().id, "conll-4/1");
    }

    #[test]
    fn a_schema_that_loses_labels_gets_another_id_whatever_number_it_has() {
        for (id, next) in [("mine/2", "mine/3"), ("mine", "mine/2"), ("mine/4294967295", "mine/4294967295/2")]
        {
            let mut draft = Draft::of(&Arc::new(Schema { id: id.into(), ..Schema::conflict_news() }));
            let person = row(&draft, "PER");
            draft.remove(person);
            assert_eq!(draft.schema().id, next);
            draft.labels.clone_from(
                &Draft::of(&Arc::new(Schema { id: id.into(), ..Schema::conflict_news() })).labels,
            );
            draft.add_label_of(LabelCode::new("MORE").unwrap());
            assert_eq!(draft.schema().id, id, "records of the old one still fit");
        }
    }
}
