//! Label Studio's tasks: one JSON list of articles, each with people's annotations and programs' predictions.
//!
//! Offsets count code points, ends exclusive; older exports counted UTF-16 units, and exported surfaces have `\n` in two
//! characters for a line break. Confirmed spans are an annotation, suggestions are predictions. What Label Studio has
//! no word for stands under `misam` in the task's `data` and in a region's `meta`, both of which it keeps.

mod read;
mod result;
mod write;

use std::collections::HashSet;

use super::Loss;
use super::Losses;
use super::capacity::{Capacity, fit_relations};
use crate::annotation::{Document, Origin, Span};

pub use read::read_file;
pub use write::Writer;

/// The name of the label control in the labelling configuration.
const FROM: &str = "label";
/// The name of the text in the labelling configuration, and of its key in the data.
const TEXT: &str = "text";

/// What Label Studio holds.
const CAPACITY: Capacity = Capacity {
    span: &[
        "id",
        "origin",
        "confidence",
        "alternative",
        "source",
        "reason",
        "attributes",
        "normalized",
        "note",
        "extra",
    ],
    record: &["rejected", "relations", "events", "status", "annotator", "schema", "meta", "extra"],
};

/// The document as Label Studio can hold it: a prediction that was confirmed is none.
pub(super) fn fit(document: &Document, losses: &mut Losses) -> Document {
    let mut fitted = CAPACITY.fit(document, losses);
    let confirmed: HashSet<_> = fitted
        .spans
        .iter()
        .filter(|span| span.origin != Origin::Suggested)
        .map(|span| (span.range, span.label.clone()))
        .collect();
    let is_new = |span: &Span| {
        span.origin != Origin::Suggested || !confirmed.contains(&(span.range, span.label.clone()))
    };
    if fitted.spans.iter().all(|span| is_new(span)) {
        return fitted;
    }
    let (kept, gone): (Vec<_>, Vec<_>) = fitted.spans.iter().map(|span| (**span).clone()).partition(is_new);
    for span in &gone {
        losses.say(&document.id, Loss::Suggestion { label: span.label.clone() });
    }
    fitted.spans = kept.into_iter().collect();
    fit_relations(&mut fitted, losses);
    fitted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Status;
    use crate::formats::draft::testing::surfaces;
    use crate::formats::{ProblemKind, ReadOptions, Reading};

    fn read(file: &str) -> Vec<Reading> {
        read_file(file.as_bytes(), &ReadOptions::for_file("tasks.json"))
    }

    #[test]
    fn what_a_person_annotated_comes_with_what_programs_predicted() {
        let readings = read(
            r#"[{"id":1,"data":{"text":"زار عمر القاهرة","title":"خبر"},"annotations":[{"completed_by":3,"result":[
            {"id":"a1","from_name":"label","to_name":"text","type":"labels","origin":"manual","value":{"start":4,"end":7,"text":"عمر","labels":["PER"]}},
            {"id":"a1","from_name":"sure","to_name":"text","type":"choices","value":{"start":4,"end":7,"choices":["yes"]}},
            {"type":"relation","from_id":"a1","to_id":"p1","direction":"right","labels":["visited"]}]}],
            "predictions":[{"model_version":"m/1","score":0.5,"result":[
            {"id":"p1","from_name":"label","to_name":"text","type":"labels","value":{"start":8,"end":15,"text":"القاهرة","labels":["LOC"]}},
            {"id":"p2","from_name":"label","to_name":"text","type":"labels","value":{"start":4,"end":7,"text":"عمر","labels":["PER"]}}]}]}]"#,
        );
        let document = readings[0].document.as_ref().unwrap();
        assert_eq!(readings[0].problems, []);
        assert_eq!((document.id.as_str(), document.annotator.as_deref()), ("1", Some("3")));
        let spans: Vec<_> = document.spans.iter().collect();
        assert_eq!((spans[0].origin, &spans[0].attributes["sure"]), (Origin::Manual, &"yes".into()));
        assert_eq!((spans[1].origin, spans[1].confidence), (Origin::Suggested, Some(0.5)));
        assert_eq!((document.relations.len(), &document.meta["title"]), (1, &"خبر".into()));
    }

    #[test]
    fn everyone_who_annotated_an_article_is_kept_apart() {
        let readings = read(
            r#"[{"id":7,"data":{"text":"عمر"},"annotations":[{"completed_by":1,"result":[]},
            {"completed_by":{"email":"b@example.org"},"was_cancelled":true,"result":[]}]}]"#,
        );
        let documents: Vec<_> = readings.iter().filter_map(|reading| reading.document.as_ref()).collect();
        let names: Vec<_> = documents.iter().map(|d| (d.id.as_str(), d.status)).collect();
        assert_eq!(names, [("7", Status::New), ("7@b@example.org", Status::Skipped)]);
    }

    #[test]
    fn utf16_offsets_and_escaped_line_breaks_of_older_exports_are_recognised() {
        let readings = read(
            r#"[{"id":1,"data":{"body":"😊 زار\nعمر القاهرة"},"annotations":[{"result":[
            {"id":"a","type":"labels","value":{"start":3,"end":10,"text":"زار\\nعمر","labels":["X"]}}]}]}]"#,
        );
        assert_eq!(surfaces(readings[0].document.as_ref().unwrap()), [("X".into(), "زار\nعمر".into())]);
        assert!(
            matches!(readings[0].problems[..], [ref p] if matches!(p.kind, ProblemKind::OffsetUnit { .. }))
        );
    }

    #[test]
    fn the_short_form_is_read_and_what_is_wrong_has_its_path() {
        let readings = read(
            r#"[{"text":"زار عمر","label":[{"start":4,"end":7,"text":"عمر","labels":["PER"]},
            {"start":4,"end":99,"labels":["PER"]}],"id":1,"annotator":1}]"#,
        );
        assert_eq!(surfaces(readings[0].document.as_ref().unwrap()), [("PER".into(), "عمر".into())]);
        assert_eq!(readings[0].problems[0].field, "[0].label[1].value.end");
    }

    #[test]
    fn a_file_of_something_else_is_refused_with_its_line() {
        let readings = read("[\n{\"data\":{}},\n7]");
        assert!(readings.iter().all(|reading| reading.document.is_none()));
        assert_eq!(readings[0].problems[0].field, "[0].data.text");
        let broken = read("[\n{\"data\":");
        assert_eq!(broken[0].problems[0].line, Some(2));
    }
}
