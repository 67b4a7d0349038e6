//! What a format cannot hold, in the language of the interface.

use super::message::label_name;
use super::settings::Language;
use super::strings::{Counted, Text};
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
        Loss::Field { field } => {
            let what = match *field {
                "rejected" => language.text(Text::LossRejected).to_owned(),
                "relations" => language.text(Text::LossRelations).to_owned(),
                "events" => language.text(Text::LossEvents).to_owned(),
                "status" => language.text(Text::LossStatus).to_owned(),
                other => language.fill(Text::LossField, &[("field", other)]),
            };
            (what, Counted::ArticlesCounted)
        }
    };
    Some(format!("{what} ({})", language.count(counted, count)))
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
}
