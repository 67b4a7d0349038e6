//! The gold documents of an adjudicator on their way into the project: one edit each time, whether they are new there or
//! others by now.

use std::collections::HashMap;

use super::message::Message;
use super::update::Turn;
use crate::annotation::{Change, Document, DocumentId, EditKind};
use crate::quality::adjudication::{DECISIONS, GOLD, is_gold};

/// Puts gold documents into the project, each in the place of the one with the same text if there is one.
pub(super) fn write(turn: &mut Turn, documents: Vec<Document>) {
    if !turn.may_write(EditKind::Adjudicate) {
        return;
    }
    let known: HashMap<String, DocumentId> = turn
        .state
        .project
        .documents()
        .filter(|document| is_gold(document))
        .map(|document| (document.text.as_str().to_owned(), document.id.clone()))
        .collect();
    let (mut edits, mut new) = (Vec::new(), Vec::new());
    for document in documents {
        let there = known.get(document.text.as_str()).and_then(|id| turn.state.project.document(id));
        if let Some(there) = there {
            let changes = there.changes_to_one_made_anew(&document, DECISIONS);
            if !changes.is_empty() {
                edits.push((there.id.clone(), changes));
            }
        } else {
            let id = DocumentId::new(format!("{}-{GOLD}", document.id));
            let id = turn.state.project.insert(Document { id, present: false, ..document });
            edits.push((id.clone(), vec![Change::Present(true)]));
            new.push(id);
        }
    }
    if edits.is_empty() {
        return turn.say(Message::NothingToApply);
    }
    let articles = edits.len();
    if turn.commit_with(EditKind::Adjudicate, &new, edits) {
        turn.say(Message::Adjudicated(articles));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, Rejection, Span, SpanId, Status};
    use crate::app::{Command, Effect, State, update};
    use crate::schema::LabelCode;
    use serde_json::json;

    const TEXT: &str = "زار سبها ثم هون";

    fn gold(spans: &[(&str, &str)], rejected: &[&str], decisions: serde_json::Value) -> Document {
        let place = |words: &str| {
            let start = TEXT.find(words).unwrap();
            crate::text::ByteRange::from(start..start + words.len())
        };
        let mut document = Document::new(DocumentId::new("a"), TEXT);
        let span = |(number, &(label, words)): (u32, &(&str, &str))| {
            let label = LabelCode::new(label).unwrap();
            Span::new(SpanId::numbered(number), place(words), label, Origin::Accepted)
        };
        document.spans = (1..).zip(spans).map(span).collect();
        let reject = |words: &&str| Rejection {
            range: place(words),
            label: LabelCode::new("ORG").unwrap(),
            source: Some("amal".into()),
        };
        document.rejected = rejected.iter().map(reject).collect();
        document.status = Status::Done;
        document.annotator = Some(GOLD.into());
        document.meta.insert(DECISIONS.to_owned(), decisions);
        document
    }

    fn in_project(state: &State) -> Vec<&Document> {
        state.project.documents().collect()
    }

    #[test]
    fn a_decision_makes_the_gold_document_the_next_one_changes_it_and_each_is_one_step() {
        let mut state = State::default();
        update(&mut state, Command::Add(vec![Document::new(DocumentId::new("a"), TEXT)]), 0);
        let first = gold(&[("LOC", "سبها")], &["سبها"], json!([1]));
        let effects = update(&mut state, Command::WriteGold(vec![first.clone()]), 1);
        let id = DocumentId::new("a-gold");
        assert!(matches!(
            &effects[..2],
            [Effect::Store(arrivals), Effect::Journal(_)]
                if matches!(&arrivals[..], [crate::project::Write::Document(record, _)] if record.id == id)
        ));
        assert_eq!(state.project.document(&id).unwrap().spans, first.spans);

        let second = gold(&[("LOC", "سبها"), ("LOC", "هون")], &["هون"], json!([1, 2]));
        update(&mut state, Command::WriteGold(vec![second.clone()]), 2);
        let there = state.project.document(&id).unwrap();
        assert_eq!(
            (&there.spans, &there.rejected, &there.meta),
            (&second.spans, &second.rejected, &second.meta)
        );

        update(&mut state, Command::Undo, 3);
        let there = state.project.document(&id).unwrap();
        assert_eq!(
            (&there.spans, &there.rejected, &there.meta),
            (&first.spans, &first.rejected, &first.meta)
        );
        update(&mut state, Command::Undo, 4);
        assert_eq!(in_project(&state).len(), 1);
    }

    #[test]
    fn the_same_document_again_is_no_edit() {
        let mut state = State::default();
        let document = gold(&[("LOC", "سبها")], &[], json!([1]));
        update(&mut state, Command::WriteGold(vec![document.clone()]), 1);
        let seq = state.project.seq();
        update(&mut state, Command::WriteGold(vec![document]), 2);
        assert_eq!(state.project.seq(), seq);
    }
}
