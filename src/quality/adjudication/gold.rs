//! The document of the adjudicator.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::decision::{Decision, Decisions, Placed};
use super::docket::Contested;
use super::region::{Region, answer};
use crate::annotation::{Document, Origin, Rejection, Span, SpanId, SpanSet, Status};

/// What the annotator of adjudicated documents is called.
pub const GOLD: &str = "gold";

/// True of an adjudicated document.
#[must_use]
pub fn is_gold(document: &Document) -> bool {
    document.annotator.as_deref() == Some(GOLD)
}

/// The attribute of a gold span that says how it came about: `decision` (`agreed`, `followed` or `edited`), `followed`
/// and `against`, the names of those who said the same and of those who did not.
pub const ADJUDICATION: &str = "adjudication";

/// The gold document of an article: what all agree on, and what was decided elsewhere. `base` is any of its documents, for
/// text, schema and `meta`; `names` are those of the annotators.
///
/// Where nothing is decided yet there are no spans, and the document is in progress; else it is done. What was said and not
/// taken stands in `rejected`, under the name of who said it. Spans keep what the first who was followed says of them.
#[must_use]
pub fn gold(article: &Contested, base: &Document, names: &[String], decisions: &Decisions) -> Document {
    let mut spans = Vec::new();
    let mut rejected = Vec::new();
    let mut open = false;
    for region in &article.regions {
        let Some((taken, word)) = outcome(region, decisions.of(&article.id, region.range)) else {
            open = true;
            continue;
        };
        let answers: BTreeSet<_> = taken.iter().map(answer).collect();
        for side in &region.sides {
            let source = names.get(side.voice).map(|name| name.as_str().into());
            let lost = side.spans.iter().filter(|span| !answers.contains(&answer(span)));
            rejected.extend(lost.map(|span| Rejection {
                range: span.range,
                label: span.label.clone(),
                source: source.clone(),
            }));
        }
        spans.extend(taken.iter().map(|span| with_provenance(span, region, word, names)));
    }
    for (span, number) in spans.iter_mut().zip(1..) {
        span.id = SpanId::numbered(number);
    }
    Document {
        spans: SpanSet::from_iter(spans),
        rejected,
        // They name the spans of one of the annotators.
        relations: Vec::new(),
        events: Vec::new(),
        status: if open { Status::InProgress } else { Status::Done },
        annotator: Some(GOLD.into()),
        ..base.clone()
    }
}

/// The spans of a region and how they came about; none while that is open.
pub(super) fn outcome(region: &Region, decision: Option<&Decision>) -> Option<(Vec<Span>, &'static str)> {
    match decision {
        None if region.is_settled() => {
            let first = region.sides.iter().find(|side| side.votes);
            Some((first.map(|side| side.spans.clone()).unwrap_or_default(), "agreed"))
        }
        None => None,
        Some(Decision::Neither) => Some((Vec::new(), "followed")),
        Some(Decision::Follow(voices)) => {
            let mut taken: Vec<Span> = Vec::new();
            for voice in voices {
                let side = region.sides.iter().find(|side| side.voice == *voice);
                for span in side.into_iter().flat_map(|side| &side.spans) {
                    if !taken.iter().any(|other| answer(other) == answer(span)) {
                        taken.push(span.clone());
                    }
                }
            }
            Some((taken, "followed"))
        }
        Some(Decision::Edited(placed)) => {
            let said = |placed: &Placed| {
                let mut all = region.sides.iter().flat_map(|side| &side.spans);
                all.find(|span| (span.range, &span.label) == (placed.range, &placed.label)).cloned()
            };
            let own = |placed: &Placed| {
                Span::new(SpanId::numbered(1), placed.range, placed.label.clone(), Origin::Manual)
            };
            Some((
                placed.iter().map(|placed| said(placed).unwrap_or_else(|| own(placed))).collect(),
                "edited",
            ))
        }
    }
}

/// Puts what voices say where nothing is decided into a gold document, as suggestions: each answer once, and those of who
/// does not vote are no answers. They say who is for them and who against, under the decision `open`.
pub fn suggest_open(document: &mut Document, article: &Contested, names: &[String], decisions: &Decisions) {
    let mut suggested: Vec<Span> = Vec::new();
    for region in &article.regions {
        if outcome(region, decisions.of(&article.id, region.range)).is_some() {
            continue;
        }
        let mut here: Vec<Span> = Vec::new();
        for span in region.sides.iter().filter(|side| side.votes).flat_map(|side| &side.spans) {
            if !here.iter().any(|other| answer(other) == answer(span)) {
                let with = with_provenance(span, region, "open", names);
                here.push(Span { origin: Origin::Suggested, ..with });
            }
        }
        suggested.append(&mut here);
    }
    let ids: Vec<SpanId> = document.spans.free_ids().take(suggested.len()).collect();
    let confirmed = document.spans.iter().map(|span| (**span).clone());
    let open = suggested.into_iter().zip(ids).map(|(span, id)| Span { id, ..span });
    document.spans = confirmed.chain(open).collect::<Vec<_>>().into_iter().collect();
}

fn with_provenance(span: &Span, region: &Region, word: &str, names: &[String]) -> Span {
    let says = |side: &&super::Side| side.spans.iter().any(|other| answer(other) == answer(span));
    let name = |side: &super::Side| names.get(side.voice).cloned().map(Value::String);
    let followed: Vec<Value> = region.sides.iter().filter(says).filter_map(name).collect();
    let against: Vec<Value> = region.sides.iter().filter(|side| !says(side)).filter_map(name).collect();
    let mut gold = span.clone();
    gold.origin = match word {
        "edited" if followed.is_empty() => Origin::Manual,
        // A person has looked at what somebody proposed, and confirmed it.
        _ => Origin::Accepted,
    };
    let provenance = json!({"decision": word, "followed": followed, "against": against});
    gold.attributes.insert(ADJUDICATION.to_owned(), provenance);
    gold
}

#[cfg(test)]
mod tests {
    use super::super::contested;
    use super::super::testing::{annotators, names};
    use super::*;
    use crate::schema::LabelCode;

    const FIRST: &str = "زار [LOC سبها] ثم [LOC هون] مع [ORG نجم الغد] [DAT أمس]";
    const SECOND: &str = "زار [ORG سبها] ثم هون مع نجم [ORG الغد] [DAT أمس]";

    fn rows(document: &Document) -> Vec<(String, String, Value)> {
        let row = |span: &Span| {
            let words = document.text.slice(span.range).unwrap().to_owned();
            (span.label.to_string(), words, span.attributes[ADJUDICATION].clone())
        };
        document.spans.iter().map(|span| row(span)).collect()
    }

    #[test]
    fn every_span_says_who_was_followed() {
        let all = annotators(&[FIRST, SECOND]);
        let articles = contested(&all, None);
        let article = &articles[0];
        let ranges: Vec<_> = article.regions.iter().map(|region| region.range).collect();
        let mut decisions = Decisions::default();
        decisions.decide(&article.id, ranges[0], Decision::Follow(vec![1]));
        decisions.decide(&article.id, ranges[1], Decision::Neither);
        let base = &all[0].documents[0];
        let open = gold(article, base, &names(&all), &decisions);
        assert_eq!((open.status, open.spans.len()), (Status::InProgress, 2));
        let label = LabelCode::new("GRP").unwrap();
        decisions.decide(&article.id, ranges[2], Decision::Edited(vec![Placed { range: ranges[2], label }]));
        let done = gold(article, base, &names(&all), &decisions);
        assert_eq!((done.status, done.annotator.as_deref()), (Status::Done, Some(GOLD)));
        assert_eq!(
            rows(&done),
            [
                (
                    "ORG".to_owned(),
                    "سبها".to_owned(),
                    json!({"decision": "followed", "followed": ["b"], "against": ["a"]})
                ),
                (
                    "GRP".to_owned(),
                    "نجم الغد".to_owned(),
                    json!({"decision": "edited", "followed": [], "against": ["a", "b"]})
                ),
                (
                    "DAT".to_owned(),
                    "أمس".to_owned(),
                    json!({"decision": "agreed", "followed": ["a", "b"], "against": []})
                ),
            ]
        );
        let rejected: Vec<_> =
            done.rejected.iter().map(|one| (one.label.as_str(), one.source.as_deref())).collect();
        assert_eq!(
            rejected,
            [("LOC", Some("a")), ("LOC", Some("a")), ("ORG", Some("a")), ("ORG", Some("b"))]
        );
    }

    #[test]
    fn both_can_be_right() {
        let all = annotators(&["زار [LOC سبها] أمس", "زار [FAC سبها] أمس"]);
        let articles = contested(&all, None);
        let mut decisions = Decisions::default();
        decisions.decide(&articles[0].id, articles[0].regions[0].range, Decision::Follow(vec![0, 1]));
        assert_eq!(gold(&articles[0], &all[0].documents[0], &names(&all), &decisions).spans.len(), 2);
    }

    #[test]
    fn an_edited_span_that_somebody_has_keeps_what_they_say_of_it() {
        let mut all = annotators(&["زار [LOC سبها] أمس", "زار سبها أمس"]);
        let spans = all[0].documents[0].spans.iter();
        let noted =
            spans.map(|span| Span { note: Some("كذا".into()), ..(**span).clone() }).collect::<Vec<_>>();
        let placed = Placed { range: noted[0].range, label: noted[0].label.clone() };
        all[0].documents[0].spans = noted.into_iter().collect();
        let article = &contested(&all, None)[0];
        let mut decisions = Decisions::default();
        decisions.decide(&article.id, article.regions[0].range, Decision::Edited(vec![placed]));
        let gold = gold(article, &all[0].documents[0], &names(&all), &decisions);
        assert_eq!(gold.spans.iter().next().unwrap().note.as_deref(), Some("كذا"));
    }

    #[test]
    fn what_is_open_can_be_left_as_suggestions() {
        let all = annotators(&[FIRST, SECOND]);
        let article = &contested(&all, None)[0];
        let mut decisions = Decisions::default();
        decisions.decide(&article.id, article.regions[1].range, Decision::Follow(vec![0]));
        let mut document = gold(article, &all[0].documents[0], &names(&all), &decisions);
        suggest_open(&mut document, article, &names(&all), &decisions);
        let suggested = document.spans.iter().filter(|span| span.origin == Origin::Suggested);
        let suggested: Vec<_> = suggested
            .map(|span| (span.label.as_str(), span.attributes[ADJUDICATION]["followed"].clone()))
            .collect();
        let (a, b) = (json!(["a"]), json!(["b"]));
        assert_eq!(suggested, [("LOC", a.clone()), ("ORG", b.clone()), ("ORG", a), ("ORG", b)]);
        assert_eq!((document.spans.len(), document.status), (6, Status::InProgress));
        let ids: std::collections::BTreeSet<_> = document.spans.iter().map(|span| &span.id).collect();
        assert_eq!(ids.len(), 6);
    }

    #[test]
    fn who_is_followed_throughout_is_gold() {
        let all = annotators(&[FIRST, SECOND]);
        let article = &contested(&all, None)[0];
        for voice in [0, 1] {
            let mut decisions = Decisions::default();
            for region in article.regions.iter().filter(|region| !region.is_settled()) {
                decisions.decide(&article.id, region.range, Decision::Follow(vec![voice]));
            }
            let gold = gold(article, &all[voice].documents[0], &names(&all), &decisions);
            let places = |document: &Document| -> Vec<_> {
                document.spans.iter().map(|span| (span.range, span.label.clone())).collect()
            };
            assert_eq!(places(&gold), places(&all[voice].documents[0]));
        }
    }

    #[test]
    fn a_gold_document_is_a_valid_record() {
        let all = annotators(&[FIRST, SECOND]);
        let gold = gold(&contested(&all, None)[0], &all[0].documents[0], &names(&all), &Decisions::default());
        let line = crate::formats::jsonl::write_record(&gold).unwrap();
        let options = crate::formats::ReadOptions::for_file("gold.jsonl");
        assert_eq!(crate::formats::jsonl::validate_record(&line, 1, &options).problems, []);
    }
}
