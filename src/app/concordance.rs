//! Every place where something stands, in one article or in all of them, in its context and with what is said of it.
//!
//! Looking for a name, for a label, for suggestions of little confidence: all are one [`Query`], and what is found can
//! be labelled, accepted or removed in one step ([`Command::Apply`](super::Command::Apply)).

use std::collections::HashMap;
use std::sync::Arc;

use super::settings::percent;
use super::state::State;
use crate::annotation::{Document, DocumentId, FLAG, Origin, Span, Status};
use crate::schema::LabelCode;
use crate::text::clitics::shown_cut;
use crate::text::{
    ByteOffset, ByteRange, Folding, ProcliticPolicy, SearchOptions, Searcher, SourceText, with_proclitics,
};

/// How the words that are looked for must stand in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Matching {
    /// The same name: through proclitics, marks, tatweel, and the spellings of hamza, alef, ya and ta marbuta.
    #[default]
    Name,
    /// The same letters, in whatever spelling, inside of words as well.
    Letters,
    /// These very characters.
    Exact,
    /// A regular expression, as the browser understands it.
    Pattern,
}

impl Matching {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Name, Self::Letters, Self::Exact, Self::Pattern];

    fn options(self) -> SearchOptions {
        match self {
            Self::Name => SearchOptions::default(),
            Self::Letters => {
                SearchOptions { folding: Folding::SEARCH, whole_word: false, through_proclitics: false }
            }
            Self::Exact | Self::Pattern => {
                SearchOptions { folding: Folding::NONE, whole_word: false, through_proclitics: false }
            }
        }
    }
}

/// What is said of a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Anything or nothing.
    #[default]
    Any,
    /// No span touches it.
    Unlabelled,
    /// A suggestion that nobody has looked at.
    Suggested,
    /// A span that a person stands behind.
    Confirmed,
    /// A span that came about in this way.
    Of(Origin),
}

impl Standing {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Any,
        Self::Unlabelled,
        Self::Suggested,
        Self::Confirmed,
        Self::Of(Origin::Manual),
        Self::Of(Origin::Accepted),
        Self::Of(Origin::Corrected),
        Self::Of(Origin::Imported),
    ];
}

/// Which articles are looked through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Articles {
    /// All of them.
    #[default]
    All,
    /// Those of this status.
    Of(Status),
    /// Those with a flag.
    Flagged,
}

impl Articles {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Of(Status::New),
        Self::Of(Status::InProgress),
        Self::Of(Status::Done),
        Self::Of(Status::Skipped),
        Self::Flagged,
    ];

    fn hold(self, document: &Document) -> bool {
        match self {
            Self::All => true,
            Self::Of(status) => document.status == status,
            Self::Flagged => document.meta.contains_key(FLAG),
        }
    }
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The words; none looks for spans instead.
    pub words: String,
    /// How they must stand.
    pub matching: Matching,
    /// In all articles, and not only in the one on the screen.
    pub everywhere: bool,
    /// Only in these articles; the one on the screen is looked through whatever it is if only it is.
    pub articles: Articles,
    /// Only places with this label.
    pub label: Option<LabelCode>,
    /// Only places of which this is said.
    pub standing: Standing,
    /// Only suggestions of at most this confidence, in percent.
    pub at_most: Option<u8>,
    /// Only suggestions of at least this confidence, in percent; those without one count as sure.
    pub at_least: Option<u8>,
    /// Only spans that are these words, with or without the proclitics in front of them; each is a place of its own.
    pub spans_alone: bool,
}

/// A place that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// In which article.
    pub document: DocumentId,
    /// Where.
    pub range: ByteRange,
    /// The span that stands exactly there, if one does.
    pub span: Option<Arc<Span>>,
    /// The spans in sight that share letters with it, in document order, the one above left out.
    pub across: Vec<Arc<Span>>,
}

impl Hit {
    /// True if labelling it takes nothing away: no confirmed span stands there or across it, nor is it a part of other
    /// words that are suggested, as a name in a longer one is.
    #[must_use]
    pub fn is_open(&self) -> bool {
        let spans = || self.span.iter().chain(&self.across);
        spans().all(|span| !span.origin.is_confirmed()) && self.wider().is_none()
    }

    /// A span that holds some of these words and others as well.
    #[must_use]
    pub fn wider(&self) -> Option<&Arc<Span>> {
        let goes_beyond =
            |span: &&Arc<Span>| span.range.start < self.range.start || self.range.end < span.range.end;
        self.across.iter().find(goes_beyond)
    }

    /// A place to be named by.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { document: self.document.clone(), range: self.range }
    }

    fn of(document: &Document, range: ByteRange, state: &State) -> Self {
        let mut span = None;
        let mut across = Vec::new();
        for other in document.spans.overlapping(range).filter(|span| state.settings.shows(span)) {
            if span.is_none() && other.range == range && other.fragments.is_empty() {
                span = Some(Arc::clone(other));
            } else {
                across.push(Arc::clone(other));
            }
        }
        Self { document: document.id.clone(), range, span, across }
    }
}

/// A place in an article of the project.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The article.
    pub document: DocumentId,
    /// Where in it.
    pub range: ByteRange,
}

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

/// Texts made ready for searching, kept from one query to the next: a text never changes.
#[derive(Clone, Debug, Default)]
pub struct SearchCache {
    matching: Matching,
    searchers: HashMap<DocumentId, Searcher>,
}

impl SearchCache {
    /// Carries out a query. `pattern` finds the places of a [`Matching::Pattern`]; without it there are none.
    #[must_use]
    pub fn find(&mut self, state: &State, query: &Query, pattern: Option<PatternFinder<'_>>) -> Found {
        if self.matching != query.matching {
            *self = Self { matching: query.matching, searchers: HashMap::new() };
        }
        let mut found = Found::default();
        let current = state.document().map(|document| &document.id);
        for document in state.project.documents() {
            let is_meant = match query.everywhere {
                true => query.articles.hold(document),
                false => Some(&document.id) == current,
            };
            if !is_meant {
                continue;
            }
            self.find_in(state, document, query, pattern, &mut found);
            if found.cut_off {
                break;
            }
        }
        found
    }

    fn find_in(
        &mut self,
        state: &State,
        document: &Document,
        query: &Query,
        pattern: Option<PatternFinder<'_>>,
        found: &mut Found,
    ) {
        let mut take = |hit: Hit| {
            let taken = query.wants(&hit);
            if taken && found.hits.len() == MOST_HITS {
                found.cut_off = true;
            } else if taken {
                found.hits.push(hit);
            }
            !found.cut_off
        };
        if query.words.trim().is_empty() {
            if !query.looks_for_spans() {
                return;
            }
            for span in document.spans.iter().filter(|span| state.settings.shows(span)) {
                let hit = Hit { span: Some(Arc::clone(span)), ..Hit::of(document, span.range, state) };
                if !take(hit) {
                    return;
                }
            }
            return;
        }
        let places = match (query.matching, pattern) {
            (Matching::Pattern, Some(pattern)) => pattern(&document.text),
            (Matching::Pattern, None) => Vec::new(),
            _ => {
                let make = || Searcher::new(&document.text, query.matching.options());
                self.searchers.entry(document.id.clone()).or_insert_with(make).find_all(&query.words)
            }
        };
        let keeps_proclitics =
            query.matching == Matching::Name && state.settings.proclitics == ProcliticPolicy::Inside;
        for range in places {
            if query.spans_alone {
                for span in spans_of_words(document, range).filter(|span| state.settings.shows(span)) {
                    if !take(Hit { span: Some(Arc::clone(span)), ..Hit::of(document, span.range, state) }) {
                        return;
                    }
                }
                continue;
            }
            let range = if keeps_proclitics { with_proclitics(&document.text, range) } else { range };
            if !take(Hit::of(document, range, state)) {
                return;
            }
        }
    }
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

impl Query {
    /// True if spans can be listed without any words: something else narrows them down.
    fn looks_for_spans(&self) -> bool {
        self.label.is_some()
            || self.asks_for_confidence()
            || !matches!(self.standing, Standing::Any | Standing::Unlabelled)
    }

    /// True if it is about suggestions as far as they are sure.
    fn asks_for_confidence(&self) -> bool {
        self.at_most.is_some() || self.at_least.is_some()
    }

    fn wants(&self, hit: &Hit) -> bool {
        // Of what lies across a place nothing is asked where a span stands exactly there.
        let spans = || hit.span.iter().chain(hit.span.is_none().then_some(&hit.across).into_iter().flatten());
        match self.standing {
            Standing::Any if self.label.is_none() && !self.asks_for_confidence() => true,
            Standing::Unlabelled => {
                spans().next().is_none() && self.label.is_none() && !self.asks_for_confidence()
            }
            _ => spans().any(|span| self.wants_span(span)),
        }
    }

    /// True of a span of which all that is asked for holds.
    fn wants_span(&self, span: &Span) -> bool {
        let stands = match self.standing {
            Standing::Any => true,
            Standing::Unlabelled => false,
            Standing::Suggested => span.origin == Origin::Suggested,
            Standing::Confirmed => span.origin.is_confirmed(),
            Standing::Of(origin) => span.origin == origin,
        };
        let is_doubtful = |most| span.confidence.is_some_and(|sure| percent(sure) <= most);
        let is_sure = |least| span.confidence.is_none_or(|sure| percent(sure) >= least);
        stands
            && self.label.as_ref().is_none_or(|label| span.label == *label)
            && (span.origin == Origin::Suggested || !self.asks_for_confidence())
            && self.at_most.is_none_or(is_doubtful)
            && self.at_least.is_none_or(is_sure)
    }
}

/// The active span's words and label, for what is to be done to all spans like it.
#[must_use]
pub fn span_at_hand(state: &State) -> Option<(String, LabelCode)> {
    let label = state.active_span()?.label.clone();
    words_at_hand(state).map(|(words, _)| (words, label))
}

/// What "all like this" looks for, and the label they are to get: the active span's words and label, or else what is
/// selected, with the label in hand. Of a word that lost the alif of its article (`لأردن` of `للأردن`) the clean form.
#[must_use]
pub fn words_at_hand(state: &State) -> Option<(String, Option<LabelCode>)> {
    if let Some(span) = state.active_span() {
        let surface = state.surface(span);
        // Not so the value of a date or a count, which ends like no word.
        let ends_alike = |form: &&str| form.chars().rev().take(2).eq(surface.chars().rev().take(2));
        let words = span.normalized.as_deref().filter(ends_alike).unwrap_or(surface);
        let with_them = state.settings.proclitics == ProcliticPolicy::Inside;
        let words = words.get(shown_cut(words)..).filter(|_| with_them).unwrap_or(words);
        return Some((words.to_owned(), Some(span.label.clone())));
    }
    let selected = state.selection.filter(|selection| !selection.is_caret())?;
    let words = state.document()?.text.slice(selected.range())?.trim();
    (!words.is_empty()).then(|| (words.to_owned(), state.sticky.clone()))
}

/// A place with the words around it, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// What comes before, with an ellipsis if it is not the beginning of the line.
    pub before: String,
    /// The place itself.
    pub surface: String,
    /// What comes after.
    pub after: String,
}

/// The words around a place: about `reach` bytes to either side, within its paragraph, cut between words.
#[must_use]
pub fn context(text: &SourceText, range: ByteRange, reach: usize) -> Context {
    let paragraphs = text.paragraphs();
    let here = paragraphs.partition_point(|paragraph| paragraph.full.end <= range.start);
    let line = paragraphs.get(here).map_or(text.range(), |paragraph| paragraph.content);
    let slice = |start: ByteOffset, end: ByteOffset| {
        text.slice(ByteRange { start, end: end.max(start) }).unwrap_or_default()
    };
    let before = slice(line.start, range.start);
    let after = slice(range.end, line.end.max(range.end));
    let before = match before.len().checked_sub(reach) {
        Some(over) if over > 0 => {
            let cut = before.char_indices().find(|&(at, c)| at >= over && c.is_whitespace());
            format!("…{}", cut.map_or("", |(at, _)| &before[at..]))
        }
        _ => before.to_owned(),
    };
    let after = if after.len() > reach {
        let cut = after.char_indices().rev().find(|&(at, c)| at <= reach && c.is_whitespace());
        format!("{}…", cut.map_or("", |(at, c)| &after[..at + c.len_utf8()]))
    } else {
        after.to_owned()
    };
    Context { before, surface: slice(range.start, range.end).to_owned(), after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Change, Edit, EditKind, SpanId};
    use crate::app::intake;

    const FIRST: &str = "زار الوفد القاهرة أمس، ثم عاد من القَاهِرة.\nوقال للقاهرة وبالقاهرة إن القاهري ذهب.";
    const SECOND: &str = "القاهرة مدينة.";

    fn state() -> State {
        let mut state = State::default();
        for text in [FIRST, SECOND] {
            let id = state.project.insert(intake::article("", text.to_owned()));
            state.current.get_or_insert(id);
        }
        state
    }

    fn surfaces(state: &State, query: &Query) -> Vec<String> {
        let found = SearchCache::default().find(state, query, None);
        let surface = |hit: &Hit| {
            let document = state.project.document(&hit.document).unwrap();
            document.text.slice(hit.range).unwrap().to_owned()
        };
        found.hits.iter().map(surface).collect()
    }

    fn name(words: &str) -> Query {
        Query { words: words.to_owned(), ..Query::default() }
    }

    /// Says something of the first place where a surface stands in the first article.
    fn say(state: &mut State, surface: &str, origin: Origin, confidence: Option<f32>) {
        let document = state.document().unwrap();
        let at = document.text.as_str().find(surface).unwrap();
        let range = ByteRange::from(at..at + surface.len());
        let name = document.spans.free_ids().next().unwrap_or(SpanId::numbered(1));
        let label = LabelCode::new("LOC").unwrap();
        let span = Span { confidence, ..Span::new(name, range, label, origin) };
        let edit = Edit::of(EditKind::Label, &document.id.clone(), [Change::Add(Arc::new(span))]);
        state.project.commit(edit).unwrap();
    }

    #[test]
    fn a_name_is_found_however_it_is_spelled_and_behind_its_proclitics() {
        let state = state();
        assert_eq!(surfaces(&state, &name("القاهرة")), ["القاهرة", "القَاهِرة", "لقاهرة", "القاهرة"]);
        let letters = Query { matching: Matching::Letters, ..name("قاهر") };
        assert_eq!(surfaces(&state, &letters).len(), 5, "inside of words, too");
        let exact = Query { matching: Matching::Exact, ..name("القاهرة") };
        assert_eq!(surfaces(&state, &exact).len(), 2);
    }

    #[test]
    fn all_articles_are_searched_only_if_that_is_asked_for() {
        let state = state();
        let everywhere = Query { everywhere: true, ..name("القاهرة") };
        assert_eq!(surfaces(&state, &everywhere).len(), surfaces(&state, &name("القاهرة")).len() + 1);
    }

    #[test]
    fn places_are_told_apart_by_what_is_said_of_them() {
        let mut state = state();
        say(&mut state, "القاهرة", Origin::Manual, None);
        say(&mut state, "القَاهِرة", Origin::Suggested, Some(0.4));
        let of = |standing| surfaces(&state, &Query { standing, ..name("القاهرة") }).len();
        assert_eq!(Standing::ALL.map(of), [4, 2, 1, 1, 1, 0, 0, 0]);
        let doubtful = |most| surfaces(&state, &Query { at_most: Some(most), ..Query::default() });
        assert_eq!(doubtful(50), ["القَاهِرة"], "without words, spans are listed");
        assert_eq!(doubtful(30), [""; 0]);
        let sure = |least| surfaces(&state, &Query { at_least: Some(least), ..Query::default() });
        assert_eq!(sure(40), ["القَاهِرة"], "what a person stands behind is no suggestion");
        assert_eq!(sure(50), [""; 0]);
        let between = Query { at_least: Some(30), at_most: Some(39), ..Query::default() };
        assert_eq!(surfaces(&state, &between), [""; 0], "both hold");
        let unlabelled =
            Query { standing: Standing::Unlabelled, at_least: Some(0), ..name("القاهرة") };
        assert_eq!(surfaces(&state, &unlabelled), [""; 0]);
        let organisations = Query { label: LabelCode::new("ORG").ok(), ..name("القاهرة") };
        assert_eq!(surfaces(&state, &organisations), [""; 0]);
    }

    #[test]
    fn spans_are_told_apart_by_how_they_came_about() {
        let mut state = state();
        say(&mut state, "القاهرة", Origin::Manual, None);
        say(&mut state, "القَاهِرة", Origin::Accepted, Some(0.9));
        say(&mut state, "وبالقاهرة", Origin::Corrected, None);
        say(&mut state, "الوفد", Origin::Imported, None);
        say(&mut state, "ذهب", Origin::Suggested, Some(0.4));
        let of = |origin| surfaces(&state, &Query { standing: Standing::Of(origin), ..Query::default() });
        assert_eq!(of(Origin::Manual), ["القاهرة"]);
        assert_eq!(of(Origin::Accepted), ["القَاهِرة"]);
        assert_eq!(of(Origin::Corrected), ["وبالقاهرة"]);
        assert_eq!(of(Origin::Imported), ["الوفد"]);
        assert_eq!(of(Origin::Suggested), ["ذهب"]);
    }

    #[test]
    fn all_that_is_asked_for_holds_of_one_span() {
        let mut state = state();
        say(&mut state, "الوفد القاهرة", Origin::Manual, None);
        say(&mut state, "القاهرة أمس", Origin::Suggested, Some(0.4));
        let places = |standing| {
            let query = Query { standing, at_most: Some(50), ..name("القاهرة") };
            surfaces(&state, &query).len()
        };
        assert_eq!(places(Standing::Suggested), 1);
        assert_eq!(places(Standing::Of(Origin::Manual)), 0, "the doubtful one is not the one made by hand");
        assert_eq!(places(Standing::Unlabelled), 0);
    }

    #[test]
    fn articles_are_narrowed_by_status_and_by_flag() {
        let mut state = state();
        let ids: Vec<_> = state.project.documents().map(|document| document.id.clone()).collect();
        let flag = Change::Meta { key: FLAG.into(), before: None, after: Some(true.into()) };
        let done = Change::Status { before: Status::New, after: Status::Done };
        state.project.commit(Edit::of(EditKind::Describe, &ids[0], [flag])).unwrap();
        state.project.commit(Edit::of(EditKind::Status, &ids[1], [done])).unwrap();
        let of = |articles| surfaces(&state, &Query { everywhere: true, articles, ..name("القاهرة") }).len();
        assert_eq!(Articles::ALL.map(of), [5, 4, 0, 1, 0, 4]);
        let here = Query { articles: Articles::Of(Status::Done), ..name("القاهرة") };
        assert_eq!(surfaces(&state, &here).len(), 4, "the one on the screen is meant whatever it is");
    }

    #[test]
    fn a_place_that_a_person_has_decided_on_is_not_open() {
        let mut state = state();
        say(&mut state, "الوفد القاهرة", Origin::Manual, None);
        say(&mut state, "القَاهِرة", Origin::Suggested, Some(0.4));
        let found = SearchCache::default().find(&state, &name("القاهرة"), None);
        let open: Vec<_> = found.hits.iter().map(Hit::is_open).collect();
        assert_eq!(open, [false, true, true, true]);
    }

    #[test]
    fn a_part_of_a_longer_name_is_not_open() {
        let mut state = state();
        say(&mut state, "الوفد القاهرة", Origin::Suggested, Some(0.9));
        let found = SearchCache::default().find(&state, &name("القاهرة"), None);
        let open: Vec<_> = found.hits.iter().map(Hit::is_open).collect();
        assert_eq!(open, [false, true, true, true]);
        let wider = found.hits[0].wider().map(|span| state.surface(span).to_owned());
        assert_eq!(wider.as_deref(), Some("الوفد القاهرة"));
        let longer = SearchCache::default().find(&state, &name("زار الوفد القاهرة"), None);
        assert!(longer.hits.iter().all(Hit::is_open), "what is suggested within is shorter");
    }

    #[test]
    fn nothing_is_listed_for_an_empty_query() {
        let mut state = state();
        say(&mut state, "القاهرة", Origin::Manual, None);
        assert_eq!(surfaces(&state, &Query::default()), [""; 0]);
    }

    #[test]
    fn a_pattern_stands_where_its_finder_says() {
        let state = state();
        let query = Query { matching: Matching::Pattern, ..name("^.") };
        assert_eq!(SearchCache::default().find(&state, &query, None), Found::default());
        let first = |_: &SourceText| vec![ByteRange::from(0..2)];
        assert_eq!(SearchCache::default().find(&state, &query, Some(&first)).hits.len(), 1);
    }

    #[test]
    fn the_context_stays_on_the_line_and_is_cut_between_words() {
        let text = SourceText::from(FIRST);
        let at = FIRST.find("وبالقاهرة").unwrap();
        let whole = context(&text, (at..at + "وبالقاهرة".len()).into(), 200);
        assert_eq!((whole.before.as_str(), whole.after.as_str()), ("وقال للقاهرة ", " إن القاهري ذهب."));
        let short = context(&text, (at..at + "وبالقاهرة".len()).into(), 16);
        assert_eq!((short.before.as_str(), short.after.as_str()), ("… للقاهرة ", " إن …"));
    }
}
