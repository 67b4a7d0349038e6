//! What a person does about findings of the checks: mends them, or calls them right. Any number of them, over any number
//! of articles, is one edit.

use std::collections::HashMap;

use super::message::Message;
use super::update::Turn;
use crate::annotation::{Change, Document, DocumentId, EditKind};
use crate::quality::lint::{self, Finding};

/// Mends findings. What does not fit any more, because the article has changed since, is left.
pub(super) fn mend(turn: &mut Turn, findings: &[Finding]) {
    change(turn, EditKind::Mend, findings, |document, findings| lint::fixes(document, findings));
}

/// Calls findings right, or no longer.
pub(super) fn allow(turn: &mut Turn, findings: &[Finding], right: bool) {
    change(turn, EditKind::Allow, findings, |document, findings| {
        let count = findings.len();
        let change = if right { lint::allow(document, findings) } else { lint::withdraw(document, findings) };
        change.map_or((Vec::new(), 0), |change| (vec![change], count))
    });
}

/// Makes one edit of the changes to each document; they come with how many findings they settle.
fn change(
    turn: &mut Turn,
    kind: EditKind,
    findings: &[Finding],
    changes: impl Fn(&Document, Vec<&Finding>) -> (Vec<Change>, usize),
) {
    let mut order: Vec<&DocumentId> = Vec::new();
    let mut by_document: HashMap<&DocumentId, Vec<&Finding>> = HashMap::new();
    for finding in findings {
        let here = by_document.entry(&finding.document).or_default();
        if here.is_empty() {
            order.push(&finding.document);
        }
        here.push(finding);
    }
    let (mut edits, mut settled) = (Vec::new(), 0);
    for id in order {
        let Some(document) = turn.state.project.document(id).filter(|document| document.present) else {
            continue;
        };
        let (changes, count) = changes(document, by_document.remove(id).unwrap_or_default());
        if !changes.is_empty() {
            settled += count;
            edits.push((id.clone(), changes));
        }
    }
    if edits.is_empty() {
        return turn.say(Message::NothingToApply);
    }
    let articles = edits.len();
    if turn.commit_all(kind, edits) {
        turn.say(Message::Applied { places: settled, articles, turned_down: 0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, Span, SpanId};
    use crate::app::{Command, Effect, State, intake, update};
    use crate::quality::lint::{ALLOWED, NoNames, Rule, Vocabulary};
    use crate::schema::LabelCode;

    /// Two articles whose spans take a comma along.
    fn state() -> State {
        let articles = ["زار سبها، أمس", "عاد من سبها، اليوم"].map(|text| {
            let mut document = intake::article("", text.to_owned());
            let start = text.find("سبها").unwrap();
            let place = (start..start + "سبها،".len()).into();
            let label = LabelCode::new("LOC").unwrap();
            document.spans =
                [Span::new(SpanId::numbered(1), place, label, Origin::Manual)].into_iter().collect();
            document
        });
        let mut state = State::default();
        update(&mut state, Command::Add(articles.to_vec()), 0);
        state
    }

    fn findings(state: &State) -> Vec<Finding> {
        let documents: Vec<_> = state.project.documents().cloned().collect();
        let findings = lint::lint(&documents, &Vocabulary::embedded().unwrap(), &NoNames);
        findings.into_iter().filter(|finding| finding.rule == Rule::EdgeSign).collect()
    }

    fn surfaces(state: &State) -> Vec<&str> {
        let spans = |document: &Document| document.spans.iter().next().map(|span| span.range);
        state.project.documents().filter_map(|d| d.text.slice(spans(d)?)).collect()
    }

    #[test]
    fn all_findings_of_a_rule_are_mended_by_one_edit_and_taken_back_by_one() {
        let mut state = state();
        let found = findings(&state);
        assert_eq!(found.len(), 2);
        let effects = update(&mut state, Command::Mend(found), 1);
        assert!(effects.contains(&Effect::Announce(Message::Applied {
            places: 2,
            articles: 2,
            turned_down: 0
        })));
        assert_eq!(surfaces(&state), ["سبها", "سبها"]);
        assert_eq!(findings(&state), []);
        update(&mut state, Command::Undo, 2);
        assert_eq!(surfaces(&state), ["سبها،", "سبها،"]);
    }

    #[test]
    fn what_is_called_right_is_kept_with_the_article_and_can_be_taken_back() {
        let mut state = state();
        let found = findings(&state);
        update(&mut state, Command::Allow(found.clone(), true), 1);
        assert!(findings(&state).iter().all(|finding| finding.allowed));
        assert!(state.project.documents().all(|document| document.meta.contains_key(ALLOWED)));
        update(&mut state, Command::Allow(found[..1].to_vec(), false), 2);
        assert_eq!(findings(&state).iter().filter(|finding| finding.allowed).count(), 1);
        update(&mut state, Command::Undo, 3);
        update(&mut state, Command::Undo, 3);
        assert!(findings(&state).iter().all(|finding| !finding.allowed));
    }

    #[test]
    fn what_has_changed_since_is_left_alone() {
        let mut state = state();
        let found = findings(&state);
        update(&mut state, Command::Mend(found.clone()), 1);
        let mut gone = found;
        gone.iter_mut().for_each(|finding| finding.span = Some(SpanId::numbered(9)));
        assert_eq!(update(&mut state, Command::Mend(gone), 2), [Effect::Announce(Message::NothingToApply)]);
    }
}
