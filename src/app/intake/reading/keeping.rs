//! What becomes of a record that was read.

use std::sync::Arc;

use crate::annotation::Document;
use crate::app::intake::account::Bookkeeping;
use crate::formats::{Encoding, Outcome, Problem, ProblemKind, ReadOptions, Reading};
use crate::text::{turning_sign, unturned};

/// Counts in what came of a record, and keeps its document.
pub(super) fn keep(
    books: &mut Bookkeeping,
    mut reading: Reading,
    options: &ReadOptions,
    encoding: Encoding,
    line: &[u8],
    documents: &mut Vec<Document>,
) {
    if let Some(document) = &mut reading.document {
        if encoding != Encoding::Utf8 {
            document.meta.insert("encoding".to_owned(), encoding.name().into());
        }
        let mut say = |field: &str, sign, outcome| {
            let (file, line) = (Arc::clone(&options.file), reading.line);
            let kind = ProblemKind::TurnsDirection { sign };
            reading.problems.push(Problem { file, line, field: field.to_owned(), kind, outcome });
        };
        // A title is shown without such signs wherever it stands.
        if let Some(sign) = document.stated_title().and_then(turning_sign) {
            say("meta.title", sign, Outcome::Kept);
        }
        if let Some((annotator, sign)) =
            document.annotator.as_deref().and_then(|name| Some((unturned(name), turning_sign(name)?)))
        {
            let annotator = annotator.into();
            document.annotator = Some(annotator);
            say("annotator", sign, Outcome::Repaired);
        }
    }
    books.add(&reading, line);
    documents.extend(reading.document);
}
