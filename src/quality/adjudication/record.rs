//! Decisions as they are kept in the gold document itself: by the names of who was followed and in code points, so that
//! they outlive the order in which annotators are loaded, and files can carry them.

use serde_json::{Value, json};

use super::decision::{Decided, Decision, Decisions, Placed};
use super::docket::Contested;
use super::gold::gold;
use crate::annotation::{Document, DocumentId};
use crate::schema::LabelCode;
use crate::text::{ByteRange, CodePointOffset, SourceText};

/// The key of a gold document's `meta` under which its decisions stand.
pub const DECISIONS: &str = "adjudication";

/// The gold document of an article as [`gold`] makes it, with the decisions that made it.
#[must_use]
pub fn gold_with_decisions(
    article: &Contested,
    base: &Document,
    names: &[String],
    decisions: &Decisions,
) -> Document {
    let mut document = gold(article, base, names, decisions);
    document.meta.remove(DECISIONS);
    if let Some(kept) = record(decisions.about(&article.id), &base.text, names) {
        document.meta.insert(DECISIONS.to_owned(), kept);
    }
    document
}

/// The decisions about one article, to be kept in its gold document; nothing if there are none.
#[must_use]
pub fn record<'d>(
    decided: impl IntoIterator<Item = &'d Decided>,
    text: &SourceText,
    names: &[String],
) -> Option<Value> {
    let place = |range: ByteRange| {
        let (start, end) = text.code_point_range(range)?;
        Some((start.get(), end.get()))
    };
    let row = |decided: &Decided| {
        let (start, end) = place(decided.region)?;
        Some(match &decided.decision {
            Decision::Neither => json!({"start": start, "end": end, "neither": true}),
            Decision::Follow(voices) => {
                let followed: Vec<_> = voices.iter().filter_map(|voice| names.get(*voice)).collect();
                json!({"start": start, "end": end, "follow": followed})
            }
            Decision::Edited(placed) => {
                let span = |placed: &Placed| {
                    let (start, end) = place(placed.range)?;
                    Some(json!({"start": start, "end": end, "label": placed.label}))
                };
                let spans: Vec<_> = placed.iter().filter_map(span).collect();
                json!({"start": start, "end": end, "edited": spans})
            }
        })
    };
    let rows: Vec<_> = decided.into_iter().filter_map(row).collect();
    (!rows.is_empty()).then_some(Value::Array(rows))
}

/// The decisions that a gold document keeps about an article. Where somebody was followed who is not among `names` now, the
/// spans that the document has there count as the adjudicator's own; entries that are none are passed over.
#[must_use]
pub fn recall(gold: &Document, article: &Contested, names: &[String]) -> Vec<Decided> {
    let rows = gold.meta.get(DECISIONS).and_then(Value::as_array);
    rows.into_iter().flatten().filter_map(|row| decided(row, gold, &article.id, names)).collect()
}

fn decided(row: &Value, gold: &Document, document: &DocumentId, names: &[String]) -> Option<Decided> {
    let region = place(row, &gold.text)?;
    let decision = if row.get("neither").and_then(Value::as_bool) == Some(true) {
        Decision::Neither
    } else if let Some(followed) = row.get("follow").and_then(Value::as_array) {
        let voice = |name: &Value| names.iter().position(|known| Some(known.as_str()) == name.as_str());
        let voices: Option<Vec<usize>> = followed.iter().map(voice).collect();
        voices.map_or_else(|| Decision::Edited(placed_in(gold, region)), Decision::Follow)
    } else {
        let spans = row.get("edited").and_then(Value::as_array)?;
        let span = |span: &Value| {
            let label = LabelCode::new(span.get("label")?.as_str()?).ok()?;
            Some(Placed { range: place(span, &gold.text)?, label })
        };
        Decision::Edited(spans.iter().filter_map(span).collect())
    };
    Some(Decided { document: document.clone(), region, decision })
}

fn placed_in(gold: &Document, region: ByteRange) -> Vec<Placed> {
    let spans = gold.spans.iter().filter(|span| region.contains(span.range));
    spans.map(|span| Placed { range: span.range, label: span.label.clone() }).collect()
}

/// The place in code points that an object states, in bytes.
fn place(object: &Value, text: &SourceText) -> Option<ByteRange> {
    let byte = |key: &str| {
        let offset = u32::try_from(object.get(key)?.as_u64()?).ok()?;
        text.byte_of_code_point(CodePointOffset::new(offset))
    };
    let (start, end) = (byte("start")?, byte("end")?);
    (start < end).then(|| ByteRange::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::super::contested;
    use super::super::testing::{annotators, names};
    use super::*;

    const FIRST: &str = "😊 زار [LOC سبها] ثم [LOC هون] مع [ORG نجم الغد] [DAT أمس]";
    const SECOND: &str = "😊 زار [ORG سبها] ثم هون مع نجم [ORG الغد] [DAT أمس]";

    /// Three decisions of three kinds, and the document that keeps them.
    fn kept() -> (Contested, Decisions, Document, Vec<String>) {
        let all = annotators(&[FIRST, SECOND]);
        let article = contested(&all, None).remove(0);
        let ranges: Vec<_> = article.regions.iter().map(|region| region.range).collect();
        let mut decisions = Decisions::default();
        decisions.decide(&article.id, ranges[0], Decision::Follow(vec![1]));
        decisions.decide(&article.id, ranges[1], Decision::Neither);
        let label = LabelCode::new("GRP").unwrap();
        decisions.decide(&article.id, ranges[2], Decision::Edited(vec![Placed { range: ranges[2], label }]));
        let base = &all[0].documents[0];
        let gold = gold_with_decisions(&article, base, &names(&all), &decisions);
        (article, decisions, gold, names(&all))
    }

    #[test]
    fn decisions_come_back_as_they_were_made() {
        let (article, decisions, gold, names) = kept();
        assert_eq!(recall(&gold, &article, &names), decisions.iter().cloned().collect::<Vec<_>>());
        assert_eq!(gold.meta[DECISIONS][0], json!({"start": 6, "end": 10, "follow": ["b"]}));
        let turned: Vec<_> = names.into_iter().rev().collect();
        assert_eq!(recall(&gold, &article, &turned)[0].decision, Decision::Follow(vec![0]));
    }

    #[test]
    fn whoever_was_followed_and_is_gone_leaves_the_spans_behind() {
        let (article, decisions, gold, _) = kept();
        let back = recall(&gold, &article, &["a".to_owned()]);
        let region = decisions.iter().next().unwrap().region;
        let label = LabelCode::new("ORG").unwrap();
        assert_eq!(back[0].decision, Decision::Edited(vec![Placed { range: region, label }]));
    }

    #[test]
    fn what_is_no_decision_is_passed_over() {
        let (article, _, mut gold, names) = kept();
        let odd = json!([{"start": 3, "end": 2, "neither": true}, {"start": 1}, 7, {"start": 0, "end": 999, "follow": []}]);
        gold.meta.insert(DECISIONS.to_owned(), odd);
        assert_eq!(recall(&gold, &article, &names), []);
    }
}
