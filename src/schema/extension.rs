//! What a schema may ask about spans beyond their label: attributes of a span, relations between two.

use serde::{Deserialize, Serialize};

use super::{LabelCode, Localized};

/// A question about a span, answered in its `attributes`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeDef {
    /// The key in `attributes`.
    pub code: LabelCode,
    /// What people call it.
    pub name: Localized,
    /// Which answers are possible.
    pub values: AttributeValues,
    /// The labels it is asked of; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LabelCode>,
}

/// The answers an attribute takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttributeValues {
    /// True or absent.
    Flag,
    /// Any text.
    Text,
    /// One of these.
    Choice(Vec<ChoiceDef>),
}

/// One possible answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceDef {
    /// The value in files.
    pub code: LabelCode,
    /// What people call it.
    pub name: Localized,
}

/// A directed link between two spans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationDef {
    /// The `type` in files.
    pub code: LabelCode,
    /// What people call it, read from head to tail.
    pub name: Localized,
    /// Labels that may stand at the head; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head: Vec<LabelCode>,
    /// Labels that may stand at the tail; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tail: Vec<LabelCode>,
}
