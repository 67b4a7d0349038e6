//! Documents written with brackets, for the tests of the measures.

use super::view::LabelNumbers;
use crate::annotation::Document;
use crate::quality::testing::marked;
use crate::schema::LabelCode;

pub(super) fn document(id: &str, text: &str) -> Document {
    marked(id, text)
}

/// LOC is 1, ORG is 2.
pub(super) fn numbers() -> LabelNumbers {
    LabelNumbers::of(["LOC", "ORG"].map(|label| LabelCode::new(label).unwrap()))
}
