//! One decision about many places, over any number of articles: one edit, one undo.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::concordance::Place;
use super::labelling::{labelled, relabelled};
use super::message::Message;
use super::queue::is_open;
use super::review::{accepted, all_accepted, removed};
use super::update::Turn;
use crate::annotation::{Change, Document, DocumentId, EditKind, Origin, Span};
use crate::schema::{LabelCode, Layers};
use crate::text::ByteRange;

/// What is decided about places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They get this label: a new span, or another label for the span that stands there.
    Label(LabelCode),
    /// Spans that stand there with one label get another; nothing is added.
    Relabel {
        /// The label they have.
        from: LabelCode,
        /// The label they get.
        to: LabelCode,
    },
    /// Suggestions that stand there are right.
    Accept,
    /// Spans that stand there go, those with this label only if one is given; suggestions are turned down.
    Remove(Option<LabelCode>),
}

/// Carries out a decision.
pub(super) fn apply(turn: &mut Turn, places: &[Place], decision: &Decision) {
    let layers = turn.state.schema().layers;
    let (mut count, mut turned_down) = (0, 0);
    let mut edits = Vec::new();
    for (id, here) in by_article(places) {
        let Some(document) = turn.state.project.document(id).filter(|document| document.present) else {
            continue;
        };
        let Outcome { changed, over, changes } = changes(document, &here, decision, layers);
        if !changes.is_empty() {
            count += changed;
            turned_down += over;
            edits.push((id.clone(), changes));
        }
    }
    if edits.is_empty() {
        return turn.say(Message::NothingToApply);
    }
    let articles = edits.len();
    let kind = match decision {
        Decision::Label(_) => EditKind::Label,
        Decision::Relabel { .. } => EditKind::Relabel,
        Decision::Accept => EditKind::Accept,
        Decision::Remove(_) => EditKind::Delete,
    };
    if turn.commit_all(kind, edits) {
        turn.say(Message::Applied { places: count, articles, turned_down });
    }
}

/// The places of each article, both in the order in which they are named. Every place is looked at once, however many
/// articles there are.
fn by_article(places: &[Place]) -> Vec<(&DocumentId, Vec<ByteRange>)> {
    let mut groups = Vec::<(&DocumentId, Vec<ByteRange>)>::new();
    let mut numbers = HashMap::new();
    for Place { document, range } in places {
        let number = *numbers.entry(document).or_insert(groups.len());
        match groups.get_mut(number) {
            Some((_, ranges)) => ranges.push(*range),
            None => groups.push((document, vec![*range])),
        }
    }
    groups
}

/// Accepts, in all articles that are still open, the suggestions that the extractor is surest of. In those that somebody
/// has closed, what was left stays as it was left.
pub(super) fn accept_sure(turn: &mut Turn) {
    let state = &*turn.state;
    let open = state.project.documents().filter(|document| is_open(document.status));
    let accepted =
        open.map(|document| (document.id.clone(), all_accepted(state, document, state.settings.sure)));
    let edits: Vec<_> = accepted.filter(|(_, changes)| !changes.is_empty()).collect();
    let (suggestions, articles) = (edits.iter().map(|(_, changes)| changes.len()).sum(), edits.len());
    if articles == 0 {
        turn.say(Message::NoSureSuggestions);
    } else if turn.commit_all(EditKind::Accept, edits) {
        turn.say(Message::AcceptedIn { suggestions, articles });
    }
}

/// What a decision comes to in a document.
struct Outcome {
    /// How many places it changes.
    changed: usize,
    /// How many suggestions were in the way, and are turned down.
    over: usize,
    changes: Vec<Change>,
}

fn changes(document: &Document, places: &[ByteRange], decision: &Decision, layers: Layers) -> Outcome {
    let (changed, changes) = match decision {
        Decision::Label(code) => {
            let labelled = labelled(document, places, code, layers);
            let (changed, over) = (labelled.places, labelled.over.len());
            return Outcome { changed, over, changes: labelled.changes };
        }
        Decision::Accept => {
            let there = exactly(document, places).filter(|span| span.origin == Origin::Suggested);
            let changes: Vec<_> = there.map(accepted).collect();
            (changes.len(), changes)
        }
        Decision::Relabel { from, to } => {
            let there: Vec<_> = exactly(document, places).filter(|span| span.label == *from).collect();
            (there.len(), there.into_iter().flat_map(|span| relabelled(document, span, to)).collect())
        }
        Decision::Remove(only) => {
            let is_meant = |span: &&Arc<Span>| only.as_ref().is_none_or(|label| span.label == *label);
            let there: Vec<_> = exactly(document, places).filter(is_meant).collect();
            (there.len(), there.into_iter().flat_map(removed).collect())
        }
    };
    Outcome { changed, over: 0, changes }
}

/// The spans that stand exactly at places.
fn exactly<'a>(document: &'a Document, places: &'a [ByteRange]) -> impl Iterator<Item = &'a Arc<Span>> {
    let mut seen = HashSet::new();
    places
        .iter()
        .flat_map(|&place| document.spans.overlapping(place).filter(move |span| span.range == place))
        .filter(move |span| seen.insert(span.id.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_grouped_as_if_all_were_gone_through_for_each_article() {
        // Articles take turns, one comes back much later, and a place is named twice.
        let named = ["b", "a", "b", "c", "a", "b", "c", "d", "a", "a"];
        let place = |(at, name): (usize, &&str)| Place {
            document: DocumentId::new(*name),
            range: ByteRange::from(at / 2..at / 2 + 1),
        };
        let places: Vec<_> = named.iter().enumerate().map(place).collect();
        let groups = by_article(&places);
        let order: Vec<_> = groups.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(order, ["b", "a", "c", "d"], "in the order in which they are named first");
        for (id, ranges) in groups {
            let gone_through: Vec<_> =
                places.iter().filter(|place| place.document == *id).map(|place| place.range).collect();
            assert_eq!(ranges, gone_through, "{id}");
        }
        assert!(by_article(&[]).is_empty());
    }
}
