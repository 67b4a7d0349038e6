//! Records without their articles, for texts that may not be passed on: who has the article can put the spans back,
//! because the hash says which article it is and the offsets say where.

use serde_json::{Map, Value, json};

use crate::annotation::Document;
use crate::formats::jsonl::{RECORD_KEYS, SPAN_KEYS, WriteError, text_sha256, write_record};
use crate::schema::LabelCode;
use crate::text::{ByteRange, SourceText};

/// What such a record calls its format.
pub const STAND_OFF_FORMAT: &str = "misam/1-stand-off";

/// What may be known of an article without knowing its words.
const META_KEYS: [&str; 6] =
    ["date", "source", "url", "line_ends", "byte_order_mark", crate::quality::pull::BLIND];

/// The keys of a span that quote the article.
const QUOTING: [&str; 4] = ["text", "normalized", "reason", "note"];

/// The line of a document without its text and without line end: `text_code_points` stands in the place of `text`, spans
/// have their offsets, and with `surfaces` their words. Whatever else may quote the article goes: events, keys that Misam
/// does not know, all of `meta` but dates, sources and the like.
///
/// # Errors
/// If a span or a rejection does not fit the text.
pub fn stand_off_record(document: &Document, surfaces: bool) -> Result<String, WriteError> {
    let failed = |error: serde_json::Error| WriteError::Json {
        document: document.id.clone(),
        message: error.to_string(),
    };
    let whole: Map<String, Value> = serde_json::from_str(&write_record(document)?).map_err(failed)?;
    let mut record = Map::new();
    for (key, value) in whole {
        match key.as_str() {
            "format" => {
                record.insert(key, json!(STAND_OFF_FORMAT));
            }
            "text" => {
                record.insert("text_code_points".to_owned(), json!(document.text.len_code_points()));
            }
            "spans" | "rejected" => {
                let keeps = |key: &str| SPAN_KEYS.contains(&key) && (surfaces || !QUOTING.contains(&key));
                record.insert(key, only(value, keeps));
            }
            "meta" => {
                let meta = only(json!([value]), |key| META_KEYS.contains(&key));
                let meta = meta.get(0).filter(|meta| meta.as_object().is_some_and(|meta| !meta.is_empty()));
                record.extend(meta.cloned().map(|meta| (key, meta)));
            }
            "events" => {}
            known if RECORD_KEYS.contains(&known) => {
                record.insert(key, value);
            }
            _ => {}
        }
    }
    serde_json::to_string(&record).map_err(failed)
}

/// A place in code points, and the label there.
type Place = (u64, u64, String);

/// True if the line of a record without text, read back, says of its article what the document says: which text it is, and
/// every span and rejection at its place with its label.
pub(super) fn says_the_same(line: &str, document: &Document) -> bool {
    let Ok(record) = serde_json::from_str::<Value>(line) else { return false };
    let text = &document.text;
    let spans = document.spans.iter().map(|span| (span.range, &span.label));
    let rejected = document.rejected.iter().map(|rejection| (rejection.range, &rejection.label));
    record.get("text_sha256") == Some(&json!(text_sha256(text.as_str())))
        && record.get("text_code_points") == Some(&json!(text.len_code_points()))
        && said(&record, "spans") == meant(text, spans)
        && said(&record, "rejected") == meant(text, rejected)
}

/// The places in a list of a record; none if one is missing.
fn said(record: &Value, list: &str) -> Option<Vec<Place>> {
    let entries = record.get(list).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let place = |entry: &Value| {
        let number = |key: &str| entry.get(key)?.as_u64();
        Some((number("start")?, number("end")?, entry.get("label")?.as_str()?.to_owned()))
    };
    sorted(entries.iter().map(place))
}

/// The places that a document has; none if one is not in its text.
fn meant<'a>(
    text: &SourceText,
    places: impl Iterator<Item = (ByteRange, &'a LabelCode)>,
) -> Option<Vec<Place>> {
    let place = |(range, label): (ByteRange, &LabelCode)| {
        let (start, end) = text.code_point_range(range)?;
        Some((u64::from(start.get()), u64::from(end.get()), label.to_string()))
    };
    sorted(places.map(place))
}

fn sorted(places: impl Iterator<Item = Option<Place>>) -> Option<Vec<Place>> {
    let mut places: Vec<Place> = places.collect::<Option<_>>()?;
    places.sort_unstable();
    Some(places)
}

/// The objects of a list with some of their keys.
fn only(mut list: Value, keeps: impl Fn(&str) -> bool) -> Value {
    for object in list.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        object.retain(|key, _| keeps(key));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, Span, SpanId};
    use crate::schema::LabelCode;

    fn document() -> Document {
        let mut document = Document::new(DocumentId::new("a"), "زار بغداد");
        let mut span =
            Span::new(SpanId::numbered(1), (7..17).into(), LabelCode::new("LOC").unwrap(), Origin::Accepted);
        span.reason = Some("name list: بغداد".into());
        document.spans = [span].into_iter().collect();
        document.meta =
            Map::from_iter([("title".to_owned(), json!("بغداد")), ("date".to_owned(), json!("2019-04-06"))]);
        document.extra = Map::from_iter([("tokens".to_owned(), json!(["زار", "بغداد"]))]);
        document
    }

    #[test]
    fn nothing_of_the_article_is_left_but_its_hash_and_length() {
        let line = stand_off_record(&document(), false).unwrap();
        assert!(!line.contains("بغداد") && !line.contains("زار"), "{line}");
        let record: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(
            (&record["text_code_points"], &record["meta"]),
            (&json!(9), &json!({"date": "2019-04-06"}))
        );
        assert_eq!(record["text_sha256"], crate::formats::jsonl::text_sha256("زار بغداد"));
        assert_eq!(
            record["spans"][0],
            json!({"id": "s1", "start": 4, "end": 9, "label": "LOC", "origin": "accepted"})
        );
    }

    #[test]
    fn surfaces_can_be_kept() {
        let line = stand_off_record(&document(), true).unwrap();
        assert!(line.contains("بغداد") && !line.contains("زار"), "{line}");
    }

    #[test]
    fn a_record_that_says_something_else_is_noticed() {
        let document = document();
        let line = stand_off_record(&document, false).unwrap();
        assert!(says_the_same(&line, &document), "{line}");
        for (from, to) in
            [("\"end\":9", "\"end\":8"), ("LOC", "ORG"), ("\"text_code_points\":9", "\"text_code_points\":8")]
        {
            assert!(line.contains(from), "{from}: {line}");
            assert!(!says_the_same(&line.replace(from, to), &document), "{from}");
        }
        assert!(!says_the_same("", &document));
    }
}
