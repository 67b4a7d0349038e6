//! The list of articles as somebody chose to see it, and the way the work goes: next is what the list says is next.
//!
//! An order stands from when it is chosen until it is [made anew](Queue::of). No edit puts another article under the hand,
//! and none has all articles gone through for it: how doubtful each is, say, is worked out when the order is made. What
//! comes to fit later, new articles among it, stands at the end; what no longer fits stays where it is.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::command::{Effect, Heading};
use super::disagreement::disagreements;
use super::state::State;
use super::update::Turn;
use crate::annotation::{DocumentId, Status};
use crate::project::Listed;
use crate::quality::agreement::Annotations;
use crate::text::Folding;
use crate::text::fold::fold;

/// The order of the list of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArticleOrder {
    /// As they were added.
    #[default]
    Position,
    /// Those whose suggestions the extractor is least sure of come first; those without suggestions last.
    Doubt,
    /// Those with the most suggestions to look at come first.
    Review,
    /// Those come first about which annotators, or the extractor and the annotator, [disagree](super::disagreement) most;
    /// those of which nothing can be said last.
    Disagreement,
}

impl ArticleOrder {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Position, Self::Doubt, Self::Review, Self::Disagreement];

    /// The word it is kept by.
    fn as_str(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::Doubt => "doubt",
            Self::Review => "review",
            Self::Disagreement => "disagreement",
        }
    }
}

/// Which articles are listed, and in which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArticleFilter {
    /// Only articles with this status.
    pub status: Option<Status>,
    /// Only articles with a flag.
    pub flagged: bool,
    /// In which order.
    pub order: ArticleOrder,
}

/// Every status an article may have, in the order in which they are offered.
pub const STATUSES: [Status; 4] = [Status::New, Status::InProgress, Status::Done, Status::Skipped];

impl ArticleFilter {
    /// The filter of [`Settings::list`](super::Settings::list). Words that this version does not know are left out.
    #[must_use]
    pub fn kept(words: &str) -> Self {
        let mut filter = Self::default();
        for word in words.split_whitespace() {
            if let Some(order) = ArticleOrder::ALL.into_iter().find(|order| order.as_str() == word) {
                filter.order = order;
            } else if let Some(status) = STATUSES.into_iter().find(|status| status.as_str() == word) {
                filter.status = Some(status);
            } else {
                filter.flagged |= word == FLAGGED;
            }
        }
        filter
    }

    /// The words that it is [kept](Self::kept) by; none if all articles are listed as they were added.
    #[must_use]
    pub fn words(self) -> String {
        let order = (self.order != ArticleOrder::Position).then(|| self.order.as_str());
        let status = self.status.map(Status::as_str);
        let words: Vec<_> = order.into_iter().chain(status).chain(self.flagged.then_some(FLAGGED)).collect();
        words.join(" ")
    }

    /// True if all articles are listed as they were added.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Self::default()
    }

    /// True if there may be articles that it leaves out.
    fn narrows(self) -> bool {
        self.status.is_some() || self.flagged
    }

    fn takes(self, listed: Listed<'_>) -> bool {
        self.status.is_none_or(|status| listed.status() == status) && (!self.flagged || listed.is_flagged())
    }

    /// True of articles that are still to be gone to: those that are open, and those that are asked for by their status,
    /// whatever it is.
    fn has_work(self, status: Status) -> bool {
        is_open(status) || self.status == Some(status)
    }
}

const FLAGGED: &str = "flagged";

/// True of articles that somebody is still to work on.
pub(super) fn is_open(status: Status) -> bool {
    matches!(status, Status::New | Status::InProgress)
}

/// The articles that somebody works through.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Words of the title, in any spelling; none takes all.
    words: String,
    /// The [`Settings::list`](super::Settings::list) that it was made for.
    made_for: String,
    /// Those that fitted then, in their order; none if all are listed as they were added.
    ids: Vec<DocumentId>,
    /// True if every article had been read then.
    is_whole: bool,
    /// Tells it from those before it.
    number: u64,
}

impl Queue {
    /// The queue of a filter as things stand; `loaded` are the annotators whose files were loaded beside the project. The
    /// words of the title stay what they are.
    #[must_use]
    pub fn of(state: &State, filter: ArticleFilter, loaded: &[Annotations]) -> Self {
        let mut list = Vec::new();
        if !filter.is_open() {
            list.extend(state.project.listed().filter(|listed| filter.takes(*listed)));
        }
        match filter.order {
            ArticleOrder::Position => {}
            ArticleOrder::Doubt => {
                let sure = |listed| mean_confidence(state, listed).unwrap_or(f32::INFINITY);
                let mut keyed: Vec<_> = list.into_iter().map(|listed| (sure(listed), listed)).collect();
                keyed.sort_by(|(a, _), (b, _)| a.total_cmp(b));
                list = keyed.into_iter().map(|(_, listed)| listed).collect();
            }
            ArticleOrder::Review => list.sort_by_cached_key(|listed| Reverse(state.suggested_of(*listed))),
            ArticleOrder::Disagreement => {
                let shares = disagreements(&state.project, loaded);
                let key = |listed: &Listed<'_>| shares.get(listed.id()).copied().unwrap_or(-1.0);
                list.sort_by(|a, b| key(b).total_cmp(&key(a)));
            }
        }
        Self {
            words: state.queue.words.clone(),
            made_for: filter.words(),
            ids: list.into_iter().map(|listed| listed.id().clone()).collect(),
            is_whole: state.project.is_whole(),
            number: state.queue.number,
        }
    }

    /// The same with other words of the title.
    #[must_use]
    pub fn with_words(&self, words: String) -> Self {
        Self { words, ..self.clone() }
    }

    /// Words of the title that articles are looked for by.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// A number that differs from one queue to the next.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// True if it asks for words of the title.
    #[must_use]
    pub fn has_words(&self) -> bool {
        !self.words.trim().is_empty()
    }

    /// True if the queue is not that of the settings, or was made while not all articles were known.
    #[must_use]
    pub fn is_due(state: &State) -> bool {
        let (queue, list) = (&state.queue, &state.settings.list);
        queue.made_for != *list || !list.is_empty() && !queue.is_whole && state.project.is_whole()
    }
}

/// The mean confidence of the suggestions in sight; one that is not known counts as certain. `None` if there are none,
/// or if the article is not read yet.
fn mean_confidence(state: &State, listed: Listed<'_>) -> Option<f32> {
    let Listed::Read(document) = listed else {
        return None;
    };
    let suggestions =
        document.spans.iter().filter(|span| !span.origin.is_confirmed() && state.settings.shows(span));
    let (sum, count) =
        suggestions.fold((0.0, 0u32), |(sum, count), span| (sum + span.confidence.unwrap_or(1.0), count + 1));
    (count > 0).then(|| sum / count as f32)
}

/// The titles of all articles, as search compares them. Made once, and not with every letter that is typed to find one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedTitles(HashMap<DocumentId, Box<str>>);

impl FoldedTitles {
    /// Those of the articles that are listed now.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let folded = |listed: Listed<'_>| (listed.id().clone(), folded_title(listed).into());
        Self(state.project.listed().map(folded).collect())
    }
}

fn folded_title(listed: Listed<'_>) -> String {
    fold(listed.title(), Folding::SEARCH).into_owned()
}

/// The articles that are listed, in their order; `titles` are those of now, which only a queue [with
/// words](Queue::has_words) needs.
#[must_use]
pub fn listed_articles(state: &State, titles: &FoldedTitles) -> Vec<DocumentId> {
    let has_words = words_of(&state.queue);
    let is_called = |listed: &Listed<'_>| {
        !state.queue.has_words() || titles.0.get(listed.id()).is_some_and(|title| has_words(title))
    };
    in_order(state).into_iter().filter(is_called).map(|listed| listed.id().clone()).collect()
}

/// True of folded titles that have all the words of a queue.
fn words_of(queue: &Queue) -> impl Fn(&str) -> bool {
    let words = fold(&queue.words, Folding::SEARCH).into_owned();
    move |title| words.split_whitespace().all(|word| title.contains(word))
}

/// The articles in the order of the list, whatever they are called.
fn in_order(state: &State) -> Vec<Listed<'_>> {
    let filter = ArticleFilter::kept(&state.settings.list);
    if filter.is_open() {
        return state.project.listed().collect();
    }
    // Until the queue of the settings is made, all that fit stand as they were added.
    let is_made = state.queue.made_for == state.settings.list;
    let ids = if is_made { state.queue.ids.as_slice() } else { &[] };
    let known: HashSet<&DocumentId> = ids.iter().collect();
    let later = state.project.listed().filter(|listed| filter.takes(*listed) && !known.contains(listed.id()));
    ids.iter().filter_map(|id| state.project.find(id)).chain(later).collect()
}

/// The articles that are worked through, in their order.
pub(super) fn ahead(state: &State) -> Vec<Listed<'_>> {
    let mut all = in_order(state);
    if state.queue.has_words() {
        let has_words = words_of(&state.queue);
        all.retain(|listed| has_words(&folded_title(*listed)));
    }
    all
}

/// True if some articles may not be among those that are worked through.
pub(super) fn is_narrowed(state: &State) -> bool {
    state.queue.has_words() || ArticleFilter::kept(&state.settings.list).narrows()
}

/// The article after another one, or before it; of one that is not listed, the first. `None` at the end.
pub(super) fn neighbour<'a>(
    state: &'a State,
    id: Option<&DocumentId>,
    heading: Heading,
) -> Option<Listed<'a>> {
    let all = ahead(state);
    let there = match (all.iter().position(|listed| Some(listed.id()) == id), heading) {
        (None, _) => 0,
        (Some(here), Heading::Next) => here + 1,
        (Some(here), Heading::Previous) => here.checked_sub(1)?,
    };
    all.get(there).copied()
}

/// What comes after an article that was just closed: the next one with work in it, from there round to there.
pub(super) fn next_open<'a>(state: &'a State, closed: &DocumentId) -> Option<Listed<'a>> {
    let filter = ArticleFilter::kept(&state.settings.list);
    let all = ahead(state);
    let here = all.iter().position(|listed| listed.id() == closed);
    let (before, after) = all.split_at(here.map_or(0, |here| here + 1));
    // Who looks through finished articles and leaves each as finished would never come to an end.
    let status = state.project.find(closed).map(Listed::status);
    let before = if status.is_some() && status == filter.status { &[] } else { before };
    let has_work = |listed: &&Listed<'_>| listed.id() != closed && filter.has_work(listed.status());
    after.iter().chain(before).find(has_work).copied()
}

/// The next article with suggestions in sight that are still to be looked at, in a direction, from one round to it.
pub(super) fn next_unreviewed<'a>(
    state: &'a State,
    from: Option<&DocumentId>,
    heading: Heading,
) -> Option<Listed<'a>> {
    let filter = ArticleFilter::kept(&state.settings.list);
    let mut all = ahead(state);
    if heading == Heading::Previous {
        all.reverse();
    }
    let here = all.iter().position(|listed| Some(listed.id()) == from);
    let (before, after) = all.split_at(here.map_or(0, |here| here + 1));
    let is_unreviewed =
        |listed: &&Listed<'_>| filter.has_work(listed.status()) && state.suggested_of(**listed) > 0;
    after.iter().chain(before).find(is_unreviewed).copied()
}

/// How many open articles there are, listed or not.
pub(super) fn open_count(state: &State) -> usize {
    state.project.listed().filter(|listed| is_open(listed.status())).count()
}

/// Lists other articles from now on, or in another order, and works through them.
pub(super) fn go_by(turn: &mut Turn, queue: Queue) {
    if turn.state.settings.list != queue.made_for {
        turn.state.settings.list.clone_from(&queue.made_for);
        turn.effects.push(Effect::SaveSettings);
    }
    turn.state.queue = Queue { number: turn.state.queue.number + 1, ..queue };
}
