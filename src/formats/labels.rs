//! The labels of a file, taken for what they can be.

use std::collections::HashSet;

use super::problem::Problems;
use super::{Outcome, ProblemKind, ReadOptions};
use crate::schema::{LabelCode, Schema};

/// Checks labels, and says of each that the schema does not have it, once.
pub(super) struct Labels<'o> {
    schema: Option<&'o Schema>,
    said: HashSet<LabelCode>,
}

impl<'o> Labels<'o> {
    pub(super) fn new(options: &'o ReadOptions) -> Self {
        Self { schema: options.schema.as_ref(), said: HashSet::new() }
    }

    /// The code of a label. One with white space, which other programs allow, gets `_` in its place. `None` if it can
    /// be none, which is said; the span is then left out.
    pub(super) fn code(&mut self, found: &str, field: &str, problems: &mut Problems) -> Option<LabelCode> {
        let code = match LabelCode::new(found) {
            Ok(code) => Some(code),
            Err(reason) => {
                let now = LabelCode::new(found.split_whitespace().collect::<Vec<_>>().join("_")).ok();
                let outcome = if now.is_some() { Outcome::Repaired } else { Outcome::EntryLeftOut };
                let found = super::place::shown(found);
                problems.say(field, ProblemKind::BadLabel { found, reason, now: now.clone() }, outcome);
                now
            }
        };
        if let (Some(code), Some(schema)) = (&code, self.schema)
            && schema.label(code.as_str()).is_none()
            && self.said.insert(code.clone())
        {
            let kind = ProblemKind::UnknownLabel { label: code.clone(), schema: schema.id.clone() };
            problems.say(field, kind, Outcome::Kept);
        }
        code
    }
}
