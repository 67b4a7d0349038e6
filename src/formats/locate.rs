//! From what a file states of a span to its place and its label, with everything that is odd about them said.

use super::place::{Convention, Offsets, Stated};
use super::problem::Problems;
use super::{Outcome, ProblemKind, ReadChoices, Repair};
use crate::schema::{LabelCode, Schema};
use crate::text::ByteRange;

/// Finds the places of the spans of one document.
pub(super) struct Locator<'t> {
    /// Offsets into its text.
    pub(super) offsets: Offsets<'t>,
    /// How they are to be taken.
    pub(super) convention: Convention,
    /// What labels are checked against.
    pub(super) schema: Option<&'t Schema>,
    /// What is put right.
    pub(super) choices: &'t ReadChoices,
}

impl Locator<'_> {
    /// Where a span is that the file has at `path`. `None` if that is in doubt, which is said.
    pub(super) fn locate(
        &self,
        stated: &Stated<'_>,
        label: &LabelCode,
        path: &str,
        problems: &mut Problems,
    ) -> Option<ByteRange> {
        let field = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let nearest = self.choices.repairs(Repair::NearestPlace);
        let found = match self.offsets.find(stated, self.convention, nearest) {
            Ok(found) => found,
            Err(kind) => {
                let name = match kind {
                    ProblemKind::OutsideText { .. } => "end",
                    ProblemKind::Surface { .. } => "text",
                    _ => "start",
                };
                problems.say(field(name), kind, Outcome::EntryLeftOut);
                return None;
            }
        };
        if let Some(kind) = found.moved {
            problems.say(field("start"), kind, Outcome::Repaired);
        }
        let cut = |at| !self.offsets.text().is_grapheme_boundary(at);
        let (start, end) = (cut(found.range.start), cut(found.range.end));
        let mut range = found.range;
        if start || end {
            let kind = ProblemKind::CutGrapheme { start, end };
            if self.choices.repairs(Repair::WholeLetters) {
                let text = self.offsets.text();
                range =
                    ByteRange { start: text.grapheme_floor(range.start), end: text.grapheme_ceil(range.end) };
                problems.say(path, kind, Outcome::Repaired);
            } else {
                problems.say(path, kind, Outcome::Kept);
            }
        }
        if let Some(schema) = self.schema
            && schema.label(label.as_str()).is_none()
        {
            let kind = ProblemKind::UnknownLabel { label: label.clone(), schema: schema.id.clone() };
            problems.say(field("label"), kind, Outcome::Kept);
        }
        Some(range)
    }
}

/// A label as a code. One with white space, which other programs allow, gets `_` in its place.
pub(super) fn label_code(found: &str, path: &str, problems: &mut Problems) -> Option<LabelCode> {
    let error = match LabelCode::new(found) {
        Ok(label) => return Some(label),
        Err(error) => error,
    };
    let now = LabelCode::new(found.split_whitespace().collect::<Vec<_>>().join("_")).ok();
    let outcome = if now.is_some() { Outcome::Repaired } else { Outcome::EntryLeftOut };
    let kind = ProblemKind::BadLabel { found: found.to_owned(), reason: error, now: now.clone() };
    problems.say(path, kind, outcome);
    now
}
