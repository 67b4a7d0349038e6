//! What a changed schema is called.

use std::collections::BTreeSet;

use crate::schema::{Schema, Template};

/// The id under which records of a changed schema go out. A template whose labels were changed is somebody's own; a schema
/// that lost labels gets the next number, as records of the old one no longer fit; one that only gained some keeps its id,
/// as they do. Two schemas that came of one in different ways may have the same.
pub(super) fn settled_id(before: &Schema, after: &Schema) -> String {
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
