//! Having articles read, and taking in what the extractor finds while it reads.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::Value;

use super::command::Effect;
use super::crossing::may_be_around;
use super::message::Message;
use super::model_status::ModelStatus;
use super::state::{Reading, State, UnderWay};
use super::update::Turn;
use crate::annotation::{Alternative, Change, Document, DocumentId, EditKind, Origin, Span, SpanId, Status};
use crate::extract::{RuleExtractor, Suggestion, value};
use crate::quality::pull::{BLIND, was_blind};
use crate::schema::{LabelCode, Schema};
use crate::text::{ByteRange, ProcliticPolicy, with_proclitics};

/// What an extractor has found in an article, or in the part of it that came next.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposals {
    /// The extractor's name and version.
    pub source: Arc<str>,
    /// What it found, all beginning in `within`.
    pub suggestions: Vec<Suggestion>,
    /// Where it looked: earlier suggestions that begin here give way.
    pub within: ByteRange,
    /// True if it is through with the article.
    pub is_last: bool,
}

impl Proposals {
    /// What was found in a whole article.
    #[must_use]
    pub fn whole(source: impl Into<Arc<str>>, suggestions: Vec<Suggestion>) -> Self {
        let within = ByteRange::from(0..usize::MAX);
        Self { source: source.into(), suggestions, within, is_last: true }
    }
}

/// The key of a document's `meta` that says `true` while only its first part has suggestions. Where the work broke off
/// there, the rest is looked for when the article is opened again.
const HALF_SUGGESTED: &str = "half_suggested";

/// The key of a document's `meta` that says `true` where somebody has stopped the extractor: it comes back only to who asks
/// for it.
const STOPPED: &str = "suggest_stopped";

/// True if the extractor has not come to the end of the article.
pub(super) fn is_half_suggested(document: &Document) -> bool {
    document.meta.contains_key(HALF_SUGGESTED)
}

/// A note about an article, written down or struck out, if it is not so already.
fn note(document: &Document, key: &str, holds: bool) -> Option<Change> {
    let before = document.meta.get(key).cloned();
    let after = holds.then_some(Value::Bool(true));
    (before != after).then(|| Change::Meta { key: key.into(), before, after })
}

/// Has an article read that nobody has asked to be read, unless somebody has stopped that.
pub(super) fn suggest(turn: &mut Turn, id: DocumentId) {
    if !turn.state.project.document(&id).is_some_and(|document| document.meta.contains_key(STOPPED)) {
        suggest_asked(turn, id);
    }
}

/// Has an article read.
pub(super) fn suggest_asked(turn: &mut Turn, id: DocumentId) {
    let Some(document) = turn.state.project.document(&id) else {
        return;
    };
    let total = document.text.as_str().len();
    turn.state.reading.insert(id.clone(), UnderWay { reach: Reading { done: 0, total }, left_out: 0 });
    turn.effects.push(Effect::Extract(id));
}

/// Takes the extractor's word for what it has looked at: its earlier suggestions there give way to the new ones; what a
/// person confirmed or turned down stays so.
pub(super) fn suggested(turn: &mut Turn, id: &DocumentId, proposals: Proposals) {
    let (source, is_last) = (Arc::clone(&proposals.source), proposals.is_last);
    let mut left_out = 0;
    if is_last {
        left_out = turn.state.reading.remove(id).map_or(0, |reading| reading.left_out);
        turn.state.read.insert(id.clone());
    }
    let Some(document) = turn.state.project.document(id) else {
        return;
    };
    let (changes, without_label) = changes_of(turn.state, document, proposals);
    left_out += without_label;
    let is_current = turn.state.current.as_ref() == Some(id);
    let active = turn.state.active_span().filter(|_| is_current).map(|span| span.range);
    if !changes.is_empty() {
        turn.commit(EditKind::Suggest, id, changes);
    }
    if let Some(place) = active {
        look_on_at(turn, place);
    }
    if !is_last {
        if let Some(reading) = turn.state.reading.get_mut(id) {
            reading.left_out += left_out;
        }
        return;
    }
    if is_current {
        announce(turn, &source, left_out);
    }
    // The model may have come while the rules were reading.
    if is_of_rules(&source) {
        renew(turn, id.clone());
    }
}

/// What proposals change in a document, and how many of them have no label in the schema.
fn changes_of(state: &State, document: &Document, proposals: Proposals) -> (Vec<Change>, usize) {
    let Proposals { source, suggestions, within, is_last } = proposals;
    let turned_down: HashSet<_> = document.rejected.iter().map(|r| (r.range, &r.label)).collect();
    let earlier = document.spans.overlapping(within).filter(|span| !span.origin.is_confirmed());
    let earlier = earlier.filter(|span| span.range.start >= within.start);
    let mut changes: Vec<_> = earlier.cloned().map(Change::Remove).collect();
    let mut left_out = 0;
    let mut names = document.spans.free_ids();
    let published = value::published(document);
    let schema = state.schema();
    let keeps_proclitics = state.settings.proclitics == ProcliticPolicy::Inside;
    for suggestion in suggestions {
        let Some(suggestion) = in_schema(suggestion, schema) else {
            left_out += 1;
            continue;
        };
        let mut suggestion = suggestion.dated(&document.text, published);
        if keeps_proclitics {
            suggestion.range = with_proclitics(&document.text, suggestion.range);
        }
        let place = suggestion.range;
        let confirmed = document.spans.overlapping(place).filter(|span| span.origin.is_confirmed());
        let contested = confirmed
            .into_iter()
            .any(|span| span.range == place || !may_be_around(place, span.range, schema.layers));
        if contested || turned_down.contains(&(suggestion.range, &suggestion.label)) {
            continue;
        }
        let Some(name) = names.next() else {
            break;
        };
        changes.push(Change::Add(Arc::new(span_of(suggestion, name, &source))));
    }
    // Where there are these notes, somebody has asked for suggestions all the same.
    changes.extend(was_blind(document).then(|| note(document, BLIND, false)).flatten());
    changes.extend(note(document, STOPPED, false));
    changes.extend(note(document, HALF_SUGGESTED, !is_last));
    (changes, left_out)
}

/// Who was looking at a suggestion that is still made goes on looking at it.
fn look_on_at(turn: &mut Turn, place: ByteRange) {
    if turn.state.active.is_none() {
        let again = turn.state.document().and_then(|document| {
            document.spans.overlapping(place).find(|span| span.range == place).map(|span| span.id.clone())
        });
        turn.state.active = again;
    }
}

/// Says how much has been found in the article on the screen, and how much has no place in the schema.
fn announce(turn: &mut Turn, source: &Arc<str>, left_out: usize) {
    let spans = turn.state.document().into_iter().flat_map(|document| document.spans.iter());
    let found = spans.filter(|span| !span.origin.is_confirmed() && span.source.as_ref() == Some(source));
    let found = found.count();
    turn.say(match left_out {
        0 => Message::Suggested(found),
        left_out => Message::SuggestedPartly { found, left_out },
    });
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

fn span_of(suggestion: Suggestion, name: SpanId, source: &Arc<str>) -> Span {
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

/// Nobody wants the rest to be looked for, or anything at all: not when the article is opened again, be it after years, and
/// not when the model comes, either.
pub(super) fn suggest_stopped(turn: &mut Turn, id: &DocumentId) {
    turn.state.reading.remove(id);
    let notes: Vec<_> = turn.state.project.document(id).map_or_else(Vec::new, |document| {
        [note(document, HALF_SUGGESTED, false), note(document, STOPPED, true)].into_iter().flatten().collect()
    });
    if !notes.is_empty() {
        turn.commit(EditKind::Suggest, id, notes);
    }
    turn.say(Message::Stopped);
}
