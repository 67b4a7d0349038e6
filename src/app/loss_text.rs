//! What a format cannot hold, in the language of the interface.

use super::message::label_name;
use super::settings::Language;
use super::strings::{Counted, FileText, Text};
use crate::formats::{Loss, MisfitKind};
use crate::schema::Schema;

/// A kind of loss and how much of it there is, as one line of a list. Nothing for suggestions that nobody confirmed:
/// they stay out by choice, and are counted as such.
#[must_use]
pub fn say(loss: &Loss, count: usize, schema: &Schema, language: Language) -> Option<String> {
    let fill = |text, label| language.fill(text, &[("label", &label_name(schema, label, language))]);
    let (what, counted) = match loss {
        Loss::Suggestion { .. } => return None,
        Loss::Span { label } => (fill(Text::LossSpans, label), Counted::SpansCounted),
        Loss::Fragments { label } => (fill(Text::LossFragments, label), Counted::SpansCounted),
        Loss::Pieces { label } => (fill(Text::LossPieces, label), Counted::SpansCounted),
        Loss::Widened { label } => (fill(Text::LossWidened, label), Counted::SpansCounted),
        Loss::Narrowed { label } => (fill(Text::LossNarrowed, label), Counted::SpansCounted),
        Loss::Misfit { label, why } => (fill(misfit(*why), label), Counted::SpansCounted),
        Loss::EmptyDocument => (language.text(Text::LossEmptyArticles).to_owned(), Counted::ArticlesCounted),
        Loss::Relation => (language.text(Text::LossRelations).to_owned(), Counted::RelationsCounted),
        Loss::Field { field } => (field_name(field, language), counted_by(field)),
    };
    Some(format!("{what} ({})", language.count(counted, count)))
}

/// What a labeller calls a field of a record.
fn field_name(field: &str, language: Language) -> String {
    let name = match field {
        "rejected" => return language.text(Text::LossRejected).to_owned(),
        "relations" => return language.text(Text::LossRelations).to_owned(),
        "events" => return language.text(Text::LossEvents).to_owned(),
        "status" => return language.text(Text::LossStatus).to_owned(),
        "annotator" => FileText::LossAnnotator,
        "extra" => FileText::LossOfOthersArticle,
        "id" => FileText::LossName,
        "meta" => FileText::LossMeta,
        "text" => FileText::LossText,
        "relations[].extra" => FileText::LossOfOthersRelation,
        "spans[].alternative" => FileText::LossAlternative,
        "spans[].attributes" => FileText::LossAttributes,
        "spans[].confidence" => FileText::LossConfidence,
        "spans[].extra" => FileText::LossOfOthersSpan,
        "spans[].normalized" => FileText::LossNormalized,
        "spans[].note" => FileText::LossNote,
        "spans[].origin" => FileText::LossOrigin,
        "spans[].reason" => FileText::LossReason,
        "spans[].source" => FileText::LossSource,
        "spans[].start" => FileText::LossEnds,
        other => return language.fill(Text::LossField, &[("field", other)]),
    };
    language.text(name).to_owned()
}

/// What is counted where a field is lost: the spans, relations or articles that had it.
fn counted_by(field: &str) -> Counted {
    match field.split_once("[]").map(|(list, _)| list) {
        Some("spans") => Counted::SpansCounted,
        Some("relations") => Counted::RelationsCounted,
        _ => Counted::ArticlesCounted,
    }
}

fn misfit(why: MisfitKind) -> Text {
    match why {
        MisfitKind::InsideWord => Text::LossMisfitInsideWord,
        MisfitKind::Nested => Text::LossMisfitNested,
        MisfitKind::Overlapping => Text::LossMisfitOverlapping,
        MisfitKind::Discontinuous => Text::LossMisfitDiscontinuous,
        MisfitKind::BlankEdge | MisfitKind::Blank => Text::LossMisfitBlank,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::LabelCode;

    #[test]
    fn every_loss_is_said_with_its_count_but_for_suggestions() {
        let schema = Schema::conflict_news();
        let label = || LabelCode::new("LOC").unwrap();
        let said = |loss: &Loss, language| {
            say(loss, 12, &schema, language).map(|said| said.replace(['\u{2068}', '\u{2069}'], ""))
        };
        let misfits = MisfitKind::ALL.iter().map(|&why| Loss::Misfit { label: label(), why });
        for loss in [
            Loss::Span { label: label() },
            Loss::Fragments { label: label() },
            Loss::Pieces { label: label() },
            Loss::Widened { label: label() },
            Loss::Narrowed { label: label() },
            Loss::EmptyDocument,
            Loss::Relation,
            Loss::Field { field: "rejected" },
            Loss::Field { field: "relations" },
            Loss::Field { field: "events" },
            Loss::Field { field: "status" },
            Loss::Field { field: "spans[].note" },
            Loss::Field { field: "of_other_programs" },
        ]
        .into_iter()
        .chain(misfits)
        {
            for language in [Language::English, Language::Arabic] {
                let said = said(&loss, language).unwrap();
                assert!(said.contains("(12 ") && !said.contains('{'), "{said}");
            }
        }
        assert_eq!(said(&Loss::Suggestion { label: label() }, Language::English), None);
        assert_eq!(
            said(&Loss::Field { field: "rejected" }, Language::English).unwrap(),
            "rejected suggestions (12 articles)"
        );
    }

    #[test]
    fn what_is_lost_of_spans_is_counted_in_spans_and_called_by_a_name_that_labellers_know() {
        let schema = Schema::conflict_news();
        let said = |field, count, language| {
            say(&Loss::Field { field }, count, &schema, language).expect("fields are said")
        };
        for (field, count, en, ar) in [
            (
                "spans[].origin",
                112,
                "how spans came about, by hand or from a suggestion (112 spans)",
                "منشأ المقاطع، يدويًّا كان أو من اقتراح (112 مقطعًا)",
            ),
            ("spans[].note", 1, "notes on spans (1 span)", "ملاحظات المقاطع (مقطع واحد)"),
            ("spans[].note", 2, "notes on spans (2 spans)", "ملاحظات المقاطع (مقطعان)"),
            (
                "spans[].normalized",
                5,
                "the normalised form of spans (5 spans)",
                "الصيغة المعيارية للمقاطع (5 مقاطع)",
            ),
            ("annotator", 100, "the name of the annotator (100 articles)", "اسم الواسم (100 مقال)"),
        ] {
            assert_eq!(said(field, count, Language::English), en);
            assert_eq!(said(field, count, Language::Arabic), ar);
        }
        for field in [
            "spans[].origin",
            "spans[].confidence",
            "spans[].alternative",
            "spans[].source",
            "spans[].reason",
            "spans[].attributes",
            "spans[].normalized",
            "spans[].note",
            "spans[].extra",
            "spans[].start",
            "relations[].extra",
        ] {
            let said = said(field, 12, Language::English);
            assert!(!said.contains(['[', '_']) && !said.contains("article"), "{said}");
        }
    }
}
