//! What becomes of the labels of other people's schemas: data, which a person can look at, change and keep.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::annotation::{Document, Span, SpanSet};
use crate::schema::{LabelCode, Schema};
use crate::text::fold_word;

/// What becomes of a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LabelFate {
    /// Its spans get this label; its own, if they are kept as they are.
    Becomes(LabelCode),
    /// Its spans are left out.
    LeftOut,
}

/// Fates by label. In JSON an object of labels: `{"PERS": "PER", "MISC": null}`; labels it does not name are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LabelMapping {
    /// By the label as the file has it.
    pub fates: BTreeMap<String, LabelFate>,
}

/// How many spans of a label met which fate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MappedLabels {
    /// Spans that have another label now: by the old and the new one.
    pub renamed: BTreeMap<(LabelCode, LabelCode), usize>,
    /// Spans that were left out, by label.
    pub left_out: BTreeMap<LabelCode, usize>,
    /// Relations that were left out with them.
    pub relations: usize,
}

/// Labels that mean the same in the schemas of others, by the code of the default schema. Case, spaces and the signs
/// between words do not count, nor do differences in Arabic spelling.
const SYNONYMS: [(&str, &[&str]); 11] = [
    (
        "PER",
        &[
            "pers",
            "person",
            "per",
            "people",
            "persname",
            "name person",
            "شخص",
            "أشخاص",
            "شخصية",
            "علم",
            "اسم شخص",
        ],
    ),
    (
        "ORG",
        &[
            "org",
            "organization",
            "organisation",
            "orgname",
            "company",
            "institution",
            "media",
            "party",
            "مؤسسة",
            "منظمة",
            "جهة",
            "شركة",
            "هيئة",
        ],
    ),
    ("GRP", &["grp", "group", "armed group", "military", "militia", "قوة مسلحة", "جماعة", "فصيل", "جيش"]),
    (
        "LOC",
        &[
            "loc",
            "location",
            "gpe",
            "place",
            "placename",
            "geogname",
            "geo",
            "country",
            "city",
            "settlement",
            "region",
            "مكان",
            "موقع",
            "بلد",
            "دولة",
            "مدينة",
        ],
    ),
    ("FAC", &["fac", "facility", "building", "منشأة", "مرفق", "مبنى"]),
    ("EVT", &["evt", "event", "eve", "حدث", "حدث مسمى", "فعالية"]),
    ("AGR", &["agr", "law", "agreement", "treaty", "document", "قانون", "اتفاق", "اتفاقية", "وثيقة"]),
    ("WPN", &["wpn", "wea", "weapon", "vehicle", "veh", "سلاح", "مركبة", "عتاد"]),
    ("DAT", &["dat", "date", "time", "timex", "timex3", "تاريخ", "زمن", "وقت"]),
    (
        "NUM",
        &[
            "num", "number", "cardinal", "ordinal", "quantity", "money", "percent", "measure", "curr", "عدد",
            "رقم", "كمية", "مال",
        ],
    ),
    ("NAT", &["nat", "norp", "nationality", "demonym", "ethnicity", "انتماء", "جنسية", "قومية"]),
];

/// A name as names are compared.
fn plain(name: &str) -> String {
    let bare = name.strip_prefix("B-").or_else(|| name.strip_prefix("I-")).unwrap_or(name);
    let letters: String = fold_word(bare).chars().filter(|c| c.is_alphanumeric()).collect();
    letters.to_lowercase()
}

impl LabelMapping {
    /// What the labels of a file may mean in a schema: those that the schema has are kept, those that it knows by another
    /// name become what it calls them, and of the others nothing is said.
    #[must_use]
    pub fn propose<'l>(labels: impl IntoIterator<Item = &'l LabelCode>, schema: &Schema) -> Self {
        let fate = |label: &LabelCode| -> Option<LabelCode> {
            if let Some(own) = schema.label(label.as_str()) {
                return Some(own.code.clone());
            }
            let name = plain(label.as_str());
            let called = |other: &str| plain(other) == name;
            let by_name = schema
                .labels
                .iter()
                .find(|own| called(own.code.as_str()) || called(&own.name.en) || called(&own.name.ar));
            let by_synonym = || {
                let (code, _) = SYNONYMS.iter().find(|(_, names)| names.iter().any(|other| called(other)))?;
                schema.label(code)
            };
            by_name.or_else(by_synonym).map(|own| own.code.clone())
        };
        let labels: BTreeSet<&LabelCode> = labels.into_iter().collect();
        let fates = labels
            .into_iter()
            .filter_map(|label| Some((label.as_str().to_owned(), LabelFate::Becomes(fate(label)?))));
        Self { fates: fates.collect() }
    }

    /// The fates that can still be met: those that lead to labels which a schema does not have are left out.
    #[must_use]
    pub fn within(mut self, schema: &Schema) -> Self {
        self.fates.retain(|label, fate| match fate {
            LabelFate::Becomes(other) => other.as_str() == label || schema.label(other.as_str()).is_some(),
            LabelFate::LeftOut => true,
        });
        self
    }

    /// What becomes of a label. Where readers put `_` for white space, the mapping may have either.
    #[must_use]
    pub fn fate(&self, label: &LabelCode) -> Option<&LabelFate> {
        self.fates.get(label.as_str()).or_else(|| {
            let same = |name: &str| name.split_whitespace().collect::<Vec<_>>().join("_") == label.as_str();
            self.fates.iter().find(|(name, _)| same(name)).map(|(_, fate)| fate)
        })
    }

    /// Gives the spans of a document, and its rejected suggestions, the labels they are to have, and counts what was
    /// done.
    pub fn apply(&self, document: &mut Document, mapped: &mut MappedLabels) {
        let is_concerned = |label: &LabelCode| self.becomes(label) != Some(label);
        let spans = document.spans.iter().map(|span| &span.label);
        if !spans.chain(document.rejected.iter().map(|rejection| &rejection.label)).any(is_concerned) {
            return;
        }
        let mut kept: Vec<Span> = Vec::with_capacity(document.spans.len());
        let mut gone = HashSet::new();
        for span in document.spans.iter() {
            let Some(label) = self.becomes(&span.label).cloned() else {
                *mapped.left_out.entry(span.label.clone()).or_default() += 1;
                gone.insert(span.id.as_str().to_owned());
                continue;
            };
            if label != span.label {
                *mapped.renamed.entry((span.label.clone(), label.clone())).or_default() += 1;
            }
            kept.push(Span { label, ..(**span).clone() });
        }
        document.spans = kept.into_iter().collect::<SpanSet>();
        let before = document.relations.len();
        document.relations.retain(|relation| {
            let end = |key: &str| relation.get(key).and_then(Value::as_str);
            !["head", "tail"].iter().any(|key| end(key).is_some_and(|id| gone.contains(id)))
        });
        mapped.relations += before - document.relations.len();
        document.rejected.retain_mut(|rejection| match self.becomes(&rejection.label).cloned() {
            Some(label) => {
                rejection.label = label;
                true
            }
            None => false,
        });
    }

    /// The label that spans of a label get; `None` if they are left out.
    fn becomes<'l>(&'l self, label: &'l LabelCode) -> Option<&'l LabelCode> {
        match self.fate(label) {
            None => Some(label),
            Some(LabelFate::Becomes(other)) => Some(other),
            Some(LabelFate::LeftOut) => None,
        }
    }
}

impl MappedLabels {
    /// True if something was left out.
    #[must_use]
    pub fn is_lossy(&self) -> bool {
        !self.left_out.is_empty()
    }
}

impl fmt::Display for MappedLabels {
    /// One line a label.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ((from, to), count) in &self.renamed {
            writeln!(f, "{count} × {from} is now {to}")?;
        }
        for (label, count) in &self.left_out {
            writeln!(f, "{count} × {label} left out")?;
        }
        if self.relations > 0 {
            writeln!(f, "{} × relation left out with a span", self.relations)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, SpanId};

    fn label(code: &str) -> LabelCode {
        LabelCode::new(code).unwrap()
    }

    #[test]
    fn what_leads_to_a_label_that_the_schema_lacks_is_forgotten() {
        let json = r#"{"GPE":"LOC","MISC":null,"SMURF":"GONE","XYZ":"XYZ"}"#;
        let mapping: LabelMapping = serde_json::from_str(json).unwrap();
        let left = mapping.within(&Schema::conflict_news());
        assert_eq!(serde_json::to_string(&left).unwrap(), r#"{"GPE":"LOC","MISC":null,"XYZ":"XYZ"}"#);
    }

    #[test]
    fn labels_of_others_are_proposed_what_they_mean() {
        let foreign = [
            "PERS",
            "person",
            "شخص",
            "B-LOC",
            "GPE",
            "placeName",
            "أشخاص",
            "NORP",
            "مؤسّسة",
            "ORG",
            "SMURF",
            "Named_event",
        ];
        let labels: Vec<LabelCode> = foreign.map(label).into();
        let mapping = LabelMapping::propose(&labels, &Schema::conflict_news());
        let found = foreign.map(|name| match mapping.fates.get(name) {
            Some(LabelFate::Becomes(code)) => code.as_str().to_owned(),
            _ => "-".to_owned(),
        });
        assert_eq!(found, ["PER", "PER", "PER", "LOC", "LOC", "LOC", "PER", "NAT", "ORG", "ORG", "-", "EVT"]);
    }

    #[test]
    fn every_synonym_is_of_a_label_of_the_default_schema_and_of_one_alone() {
        let schema = Schema::conflict_news();
        let mut seen = BTreeSet::new();
        for (code, names) in SYNONYMS {
            assert!(schema.label(code).is_some(), "{code}");
            for name in names {
                assert!(seen.insert(plain(name)), "{name}");
            }
        }
    }

    #[test]
    fn spans_are_relabelled_or_left_out_with_their_relations() {
        let mapping: LabelMapping =
            serde_json::from_str(r#"{"PERS":"PER","MISC":null,"Armed group":"GRP"}"#).unwrap();
        let mut document = Document::new(DocumentId::new("d"), "abcdef");
        let labels = ["PERS", "MISC", "Armed_group", "X"];
        document.spans = (1..)
            .zip(labels)
            .map(|(n, name)| {
                let at = n as usize;
                Span::new(SpanId::numbered(n), (at..at + 1).into(), label(name), Origin::Imported)
            })
            .collect();
        document.relations =
            vec![serde_json::json!({"head":"s1","tail":"s2"}), serde_json::json!({"head":"s1","tail":"s4"})];
        let mut mapped = MappedLabels::default();
        mapping.apply(&mut document, &mut mapped);
        let now: Vec<_> = document.spans.iter().map(|span| span.label.as_str()).collect();
        assert_eq!((now, document.relations.len()), (vec!["PER", "GRP", "X"], 1));
        assert!(mapped.is_lossy());
        assert_eq!(
            mapped.to_string(),
            "1 × Armed_group is now GRP\n1 × PERS is now PER\n1 × MISC left out\n1 × relation left out with a span\n"
        );
        let written = serde_json::to_string(&mapping).unwrap();
        assert_eq!(serde_json::from_str::<LabelMapping>(&written).unwrap(), mapping);
    }
}
