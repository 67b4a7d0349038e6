//! Bringing articles in, going from one to another, and having them read.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::command::{Among, Effect, Heading};
use super::message::Message;
use super::model_status::ModelStatus;
use super::navigation;
use super::state::{Reading, Selection, Wanted};
use super::update::Turn;
use crate::annotation::{
    Alternative, Change, Document, DocumentId, Edit, EditKind, Origin, Span, Status, Step,
};
use crate::extract::{RuleExtractor, Suggestion, value};
use crate::project::{Imported, Listed};
use crate::quality::pull::{BLIND, is_blind, was_blind};
use crate::schema::{LabelCode, Schema};
use crate::text::{ByteOffset, ProcliticPolicy, with_proclitics};

pub(super) fn add(turn: &mut Turn, documents: Vec<Document>) {
    if documents.is_empty() {
        return;
    }
    let edit = turn.sign(Edit::new(EditKind::Import, Vec::new()));
    let outcome = turn.state.project.import(documents, |import| Edit {
        annotator: edit.annotator,
        at: edit.at,
        ..import
    });
    let Ok(Imported { names, arrivals, entry }) = outcome else {
        return;
    };
    turn.effects.push(Effect::Store(arrivals));
    turn.effects.push(Effect::Journal(entry));
    turn.say(Message::Added(names.len()));
    if let Some(first) = names.first() {
        open(turn, first.clone());
    }
    // The one on the screen is read first; the others are ready by the time somebody comes to them.
    for id in names {
        suggest_if_untouched(turn, id);
    }
}

/// Shows a document. One about which nothing has been said yet is read by the extractor. One that is not read from the
/// storage yet is asked for, and shown when it comes.
pub(super) fn open(turn: &mut Turn, id: DocumentId) {
    let wanted = turn.state.wanted.take();
    if turn.state.project.is_unread(&id) {
        turn.effects.push(Effect::Bring(id.clone()));
        turn.state.wanted = Some(Wanted { document: id, suggestion: None });
        return;
    }
    let suggestion = wanted.filter(|wanted| wanted.document == id).and_then(|wanted| wanted.suggestion);
    show(turn, id);
    if let Some(heading) = suggestion {
        take_up_suggestion(turn, heading);
    }
}

/// Shows a document and takes up its first suggestion; its last for who goes back to it.
pub(super) fn open_at_suggestion(turn: &mut Turn, id: DocumentId, heading: Heading) {
    open(turn, id);
    match &mut turn.state.wanted {
        Some(wanted) => wanted.suggestion = Some(heading),
        None => take_up_suggestion(turn, heading),
    }
}

fn take_up_suggestion(turn: &mut Turn, heading: Heading) {
    let end = turn.state.document().map_or(ByteOffset::ZERO, |document| document.text.range().end);
    let from = if heading == Heading::Next { ByteOffset::ZERO } else { end };
    turn.state.selection = Some(Selection::caret(from));
    turn.state.active = None;
    navigation::focus_next(turn, heading, Among::Suggestions);
}

fn show(turn: &mut Turn, id: DocumentId) {
    let Some(document) = turn.state.project.document(&id).filter(|document| document.present) else {
        return;
    };
    if turn.state.current.as_ref() != Some(&document.id) {
        turn.state.current = Some(id.clone());
        turn.state.selection = Some(Selection::caret(ByteOffset::ZERO));
        turn.state.active = None;
        turn.state.recent = None;
        turn.state.drawn = None;
        turn.state.settings.last = Some(id.clone());
        turn.effects.push(Effect::SaveSettings);
    }
    suggest_if_untouched(turn, id);
}

fn suggest_if_untouched(turn: &mut Turn, id: DocumentId) {
    let untouched = turn.state.project.document(&id).is_some_and(|document| {
        document.spans.is_empty()
            && document.rejected.is_empty()
            && document.status == Status::New
            && !turn.state.read.contains(&id)
    });
    if !untouched || !turn.state.writable || turn.state.reading.contains_key(&id) {
        return;
    }
    if is_in_blind_sample(turn, &id) {
        leave_blind(turn, &id);
    } else {
        suggest(turn, id);
    }
}

/// True for articles that are labelled without suggestions.
fn is_in_blind_sample(turn: &Turn, id: &DocumentId) -> bool {
    let share = f64::from(turn.state.settings.blind);
    turn.state.project.document(id).is_some_and(|document| {
        was_blind(document) || (share > 0.0 && is_blind(document.text.as_str(), share))
    })
}

/// Writes down that the article shows no suggestions, and says so to who looks at it.
fn leave_blind(turn: &mut Turn, id: &DocumentId) {
    if turn.state.current.as_ref() == Some(id) {
        turn.say(Message::Blind);
    }
    let before = turn.state.project.document(id).and_then(|document| document.meta.get(BLIND)).cloned();
    let after = Some(Value::Bool(true));
    if before != after {
        turn.commit(EditKind::Suggest, id, vec![Change::Meta { key: BLIND.into(), before, after }]);
    }
}

pub(super) fn open_neighbour(turn: &mut Turn, heading: Heading) {
    let ids: Vec<_> = turn.state.project.listed().map(Listed::id).collect();
    let here = ids.iter().position(|id| Some(*id) == turn.state.current.as_ref());
    let there = match (here, heading) {
        (None, _) => Some(0),
        (Some(here), Heading::Next) => here.checked_add(1),
        (Some(here), Heading::Previous) => here.checked_sub(1),
    };
    if let Some(id) = there.and_then(|there| ids.get(there)).map(|id| (*id).clone()) {
        open(turn, id);
    }
}

pub(super) fn discard(turn: &mut Turn, id: &DocumentId) {
    let Some(document) = turn.state.project.document(id) else {
        return;
    };
    let title = document.shown_title();
    let step = Step { document: id.clone(), change: Change::Present(false) };
    let edit = turn.sign(Edit::new(EditKind::Discard, vec![step]));
    let neighbour = neighbour_of(turn, id);
    let outcome = turn.state.project.commit(edit);
    if turn.keep(outcome) {
        turn.say(Message::Discarded(title));
        if turn.state.current.as_ref() == Some(id) {
            turn.state.current = None;
            turn.state.selection = None;
            turn.state.active = None;
            if let Some(neighbour) = neighbour {
                open(turn, neighbour);
            }
        }
    }
}

fn neighbour_of(turn: &Turn, id: &DocumentId) -> Option<DocumentId> {
    let ids: Vec<_> = turn.state.project.listed().map(Listed::id).collect();
    let here = ids.iter().position(|other| *other == id)?;
    ids.get(here + 1).or_else(|| ids.get(here.checked_sub(1)?)).map(|id| (*id).clone())
}

pub(super) fn suggest(turn: &mut Turn, id: DocumentId) {
    let Some(document) = turn.state.project.document(&id) else {
        return;
    };
    let total = document.text.as_str().len();
    turn.state.reading.insert(id.clone(), Reading { done: 0, total });
    turn.effects.push(Effect::Extract(id));
}

/// Takes the extractor's word: its earlier suggestions give way to the new ones; what a person confirmed or turned
/// down stays so.
pub(super) fn suggested(turn: &mut Turn, id: &DocumentId, source: &Arc<str>, suggestions: Vec<Suggestion>) {
    turn.state.reading.remove(id);
    turn.state.read.insert(id.clone());
    let Some(document) = turn.state.project.document(id) else {
        return;
    };
    let turned_down: HashSet<_> = document.rejected.iter().map(|r| (r.range, &r.label)).collect();
    let mut changes: Vec<_> =
        document.spans.iter().filter(|s| !s.origin.is_confirmed()).cloned().map(Change::Remove).collect();
    let mut names = document.spans.free_ids();
    let published = value::published(document);
    let schema = Arc::clone(turn.state.schema());
    let before = changes.len();
    let mut without_label = 0;
    let keeps_proclitics = turn.state.settings.proclitics == ProcliticPolicy::Inside;
    for suggestion in suggestions {
        let Some(suggestion) = in_schema(suggestion, &schema) else {
            without_label += 1;
            continue;
        };
        let mut suggestion = suggestion.dated(&document.text, published);
        if keeps_proclitics {
            suggestion.range = with_proclitics(&document.text, suggestion.range);
        }
        let contested = document.spans.overlapping(suggestion.range).any(|span| span.origin.is_confirmed());
        if contested || turned_down.contains(&(suggestion.range, &suggestion.label)) {
            continue;
        }
        let Some(name) = names.next() else {
            break;
        };
        changes.push(Change::Add(Arc::new(span_of(suggestion, name, source))));
    }
    let found = changes.len() - before;
    if was_blind(document) {
        // Somebody has asked for suggestions all the same.
        let before = document.meta.get(BLIND).cloned();
        changes.push(Change::Meta { key: BLIND.into(), before, after: None });
    }
    let is_current = turn.state.current.as_ref() == Some(id);
    let active = turn.state.active_span().filter(|_| is_current).map(|span| span.range);
    if !changes.is_empty() {
        turn.commit(EditKind::Suggest, id, changes);
    }
    // Who was looking at a suggestion that is still made goes on looking at it.
    if let Some(place) = active
        && turn.state.active.is_none()
    {
        let again = turn.state.document().and_then(|document| {
            document.spans.overlapping(place).find(|span| span.range == place).map(|span| span.id.clone())
        });
        turn.state.active = again;
    }
    if is_current {
        turn.say(match without_label {
            0 => Message::Suggested(found),
            left_out => Message::SuggestedPartly { found, left_out },
        });
    }
    // The model may have come while the rules were reading.
    if is_of_rules(source) {
        renew(turn, id.clone());
    }
}

/// The model is there, or cannot be had. What the rules alone found meanwhile is found anew with it, in articles that
/// nobody has touched: the one on the screen first.
pub(super) fn model_came(turn: &mut Turn, status: ModelStatus) {
    if let ModelStatus::Failed(fault) = &status {
        turn.say(Message::ModelFailed(*fault));
    }
    turn.state.model = status;
    if turn.state.model.about().is_none() {
        return;
    }
    let current = turn.state.current.clone();
    let others = turn.state.project.documents().map(|document| &document.id);
    let others: Vec<_> = others.filter(|id| Some(*id) != current.as_ref()).cloned().collect();
    for id in current.into_iter().chain(others) {
        renew(turn, id);
    }
}

/// Has an article read with the model of which all that is said comes from the rules alone.
fn renew(turn: &mut Turn, id: DocumentId) {
    let state = &*turn.state;
    if state.model.about().is_none() || !state.writable || state.reading.contains_key(&id) {
        return;
    }
    let is_untouched = state.project.document(&id).is_some_and(|document| {
        let by_rules = |span: &Arc<Span>| {
            span.origin == Origin::Suggested && span.source.as_deref().is_some_and(is_of_rules)
        };
        let was_read = !document.spans.is_empty() || state.read.contains(&id);
        let nothing_decided = document.rejected.is_empty() && document.status == Status::New;
        document.present && was_read && nothing_decided && document.spans.iter().all(by_rules)
    });
    if is_untouched {
        suggest(turn, id);
    }
}

/// True of the rules of any version, without a model.
fn is_of_rules(source: &str) -> bool {
    source.split('/').next() == RuleExtractor::SOURCE.split('/').next()
}

/// A suggestion under the label that the schema has for it, if it has one.
fn in_schema(suggestion: Suggestion, schema: &Schema) -> Option<Suggestion> {
    let label_of = |code: &LabelCode| schema.resolve(code.as_str()).map(|label| label.code.clone());
    let label = label_of(&suggestion.label)?;
    let alternative =
        suggestion.alternative.and_then(|(other, confidence)| Some((label_of(&other)?, confidence)));
    let alternative = alternative.filter(|(other, _)| *other != label);
    Some(Suggestion { label, alternative, ..suggestion })
}

fn span_of(suggestion: Suggestion, name: crate::annotation::SpanId, source: &Arc<str>) -> Span {
    Span {
        confidence: Some(suggestion.confidence),
        alternative: suggestion.alternative.map(|(label, confidence)| Alternative { label, confidence }),
        source: Some(Arc::clone(source)),
        reason: Some(suggestion.reason.into()),
        normalized: suggestion.normalized.map(Into::into),
        ..Span::new(name, suggestion.range, suggestion.label, Origin::Suggested)
    }
}

pub(super) fn suggest_failed(turn: &mut Turn, id: &DocumentId, reason: String) {
    turn.state.reading.remove(id);
    turn.say(Message::SuggestFailed(reason));
}

pub(super) fn suggest_stopped(turn: &mut Turn, id: &DocumentId) {
    turn.state.reading.remove(id);
    turn.say(Message::Stopped);
}
