//! A search on its way: article by article, so that whoever asks can do other things between them.

use std::collections::HashMap;
use std::sync::Arc;

use super::cache::SearchCache;
use super::hit::Hit;
use super::query::{Matching, Query};
use crate::annotation::{Document, DocumentId, Span};
use crate::app::state::State;
use crate::text::{ByteRange, ProcliticPolicy, SourceText, with_proclitics};

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The places, in the order of the project and of the texts.
    pub hits: Vec<Hit>,
    /// True if there are more than [`MOST_HITS`]; the rest was not looked for.
    pub cut_off: bool,
}

/// More places than this are not listed: nobody looks through them.
pub const MOST_HITS: usize = 10_000;

/// Finds the places of a text where a pattern stands. The pattern has been read before, and its faults been said.
pub type PatternFinder<'a> = &'a dyn Fn(&SourceText) -> Vec<ByteRange>;

/// A query that is carried out article by article, in the order of the project. Done, it is kept up with what is done to
/// the articles, of which only those are looked through again that have changed.
#[derive(Debug)]
pub struct Scan {
    query: Query,
    articles: Vec<Looked>,
    /// The articles before this one have been looked through as they are now.
    next: usize,
    /// The places in those.
    found: usize,
}

/// An article that is meant.
#[derive(Debug)]
struct Looked {
    id: DocumentId,
    hits: Vec<Hit>,
    look: Look,
}

/// Whether an article has been looked through.
#[derive(Debug)]
enum Look {
    /// Not yet.
    Never,
    /// It has changed since.
    Before,
    /// When it had this text and its spans were at this revision.
    At(SourceText, u64),
}

/// What a step has looked through.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The places in the article.
    pub hits: &'a [Hit],
    /// True if it was looked through for the first time.
    pub is_first: bool,
}

impl Scan {
    /// Begins a search in the articles that a query means.
    #[must_use]
    pub fn begin(state: &State, query: Query, cache: &mut SearchCache) -> Self {
        cache.sweep(&state.project);
        let unseen = |id: DocumentId| Looked { id, hits: Vec::new(), look: Look::Never };
        let articles = meant(state, &query).into_iter().map(unseen).collect();
        Self { query, articles, next: 0, found: 0 }
    }

    /// What it looks for.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Looks through the next article. `None` if there is none left, or no more places are wanted. `pattern` finds the
    /// places of a [`Matching::Pattern`]; without it there are none.
    pub fn step(
        &mut self,
        state: &State,
        cache: &mut SearchCache,
        pattern: Option<PatternFinder<'_>>,
    ) -> Option<Step<'_>> {
        self.pass_what_is_known();
        let looked = self.articles.get_mut(self.next).filter(|_| self.found <= MOST_HITS)?;
        let is_first = matches!(looked.look, Look::Never);
        if let Some(document) = state.project.document(&looked.id) {
            looked.hits = find_in(state, document, &self.query, cache, pattern);
            looked.look = Look::At(document.text.clone(), document.spans.revision());
        } else {
            looked.hits.clear();
            looked.look = Look::At(SourceText::default(), 0);
        }
        self.next += 1;
        self.found += looked.hits.len();
        Some(Step { hits: &looked.hits, is_first })
    }

    /// True if there is nothing left to look through.
    #[must_use]
    pub fn is_over(&mut self) -> bool {
        self.pass_what_is_known();
        self.next == self.articles.len() || self.found > MOST_HITS
    }

    /// What has been found so far.
    #[must_use]
    pub fn found(&self) -> Found {
        let mut hits: Vec<_> =
            self.articles.iter().flat_map(|looked| &looked.hits).take(MOST_HITS + 1).cloned().collect();
        let cut_off = hits.len() > MOST_HITS;
        hits.truncate(MOST_HITS);
        Found { hits, cut_off }
    }

    /// Follows what was done to the articles: those that have changed since, and those that have come, are to be looked
    /// through by further [steps](Self::step). Until then the places are the ones from before.
    pub fn follow(&mut self, state: &State) {
        let ids = meant(state, &self.query);
        if !ids.iter().eq(self.articles.iter().map(|looked| &looked.id)) {
            let mut before: HashMap<_, _> =
                self.articles.drain(..).map(|looked| (looked.id.clone(), looked)).collect();
            let take = |id| {
                let looked = before.remove(&id);
                looked.unwrap_or(Looked { id, hits: Vec::new(), look: Look::Never })
            };
            self.articles = ids.into_iter().map(take).collect();
        }
        for looked in &mut self.articles {
            if let Look::At(text, revision) = &looked.look {
                let is_as_it_was = |document: &Document| {
                    document.spans.revision() == *revision && document.text.is_same(text)
                };
                if !state.project.document(&looked.id).is_some_and(is_as_it_was) {
                    looked.look = Look::Before;
                }
            }
        }
        (self.next, self.found) = (0, 0);
    }

    fn pass_what_is_known(&mut self) {
        while self.found <= MOST_HITS
            && let Some(Looked { look: Look::At(..), hits, .. }) = self.articles.get(self.next)
        {
            self.next += 1;
            self.found += hits.len();
        }
    }
}

/// The articles that a query means, in the order of the project.
fn meant(state: &State, query: &Query) -> Vec<DocumentId> {
    if !query.everywhere {
        return state.document().map(|document| document.id.clone()).into_iter().collect();
    }
    let documents = state.project.documents().filter(|document| query.articles.hold(document));
    documents.map(|document| document.id.clone()).collect()
}

/// The places in an article, one more than are listed at the most.
fn find_in(
    state: &State,
    document: &Document,
    query: &Query,
    cache: &mut SearchCache,
    pattern: Option<PatternFinder<'_>>,
) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut take = |hit: Hit| {
        if query.wants(&hit) {
            hits.push(hit);
        }
        hits.len() <= MOST_HITS
    };
    let of_span = |span: &Arc<Span>| Hit::about(document, span, state);
    if query.words.trim().is_empty() {
        if query.looks_for_spans() {
            let spans = document.spans.iter().filter(|span| state.settings.shows(span));
            let _ = spans.map(of_span).all(take);
        }
        return hits;
    }
    let places = match (query.matching, pattern) {
        (Matching::Pattern, Some(pattern)) => pattern(&document.text),
        (Matching::Pattern, None) => Vec::new(),
        _ => cache.places(document, &query.words, query.matching.options()),
    };
    let keeps_proclitics =
        query.matching == Matching::Name && state.settings.proclitics == ProcliticPolicy::Inside;
    for range in places {
        let has_room = if query.spans_alone {
            let mut spans = spans_of_words(document, range).filter(|span| state.settings.shows(span));
            spans.all(|span| take(of_span(span)))
        } else {
            let range = if keeps_proclitics { with_proclitics(&document.text, range) } else { range };
            take(Hit::of(document, range, state))
        };
        if !has_room {
            break;
        }
    }
    hits
}

/// The spans that end with words and begin with them or with the proclitics written on to them.
fn spans_of_words(document: &Document, words: ByteRange) -> impl Iterator<Item = &Arc<Span>> {
    document.spans.overlapping(words).filter(move |span| {
        let before = ByteRange { start: span.range.start.min(words.start), end: words.start };
        let is_one_word =
            || document.text.slice(before).is_some_and(|part| !part.contains(char::is_whitespace));
        span.range.end == words.end
            && span.range.start <= words.start
            && span.fragments.is_empty()
            && is_one_word()
    })
}
