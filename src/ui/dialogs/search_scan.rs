//! A search on its way: a few milliseconds at a time, so that the page draws and listens meanwhile. What is found is shown
//! as it comes, from the top.

use std::collections::HashSet;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::kept::{Kept, kept};
use crate::app::concordance::{Found, Hit, MOST_HITS, Matching, Place, Query, Scan};
use crate::text::SourceText;
use crate::ui::model::Model;
use crate::web::pattern::Pattern;
use crate::web::{clock, turn};

/// Looking stops to let the page draw and listen after so many milliseconds.
const SLICE_MS: u64 = 8;

/// What comes first is shown at once, what comes next after so many milliseconds, and then after twice as many each time:
/// drawing the list takes longer than finding what is in it.
const NEXT_SHOWN_MS: u64 = 120;

/// It is not shown less often than this.
const SHOWN_EVERY_MS: u64 = 1_000;

/// Which places are ticked.
pub(super) type Wanted = fn(&Hit) -> bool;

/// A search and what it has found. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Looking {
    model: Model,
    /// What has been found so far.
    pub(super) found: RwSignal<Found>,
    /// False while articles are still to be looked through.
    pub(super) is_over: RwSignal<bool>,
    /// What is wrong with the pattern that is looked for.
    pub(super) fault: RwSignal<Option<String>>,
    /// Places that are ticked; those of an earlier query go when the search is over.
    pub(super) ticked: RwSignal<HashSet<Place>>,
    /// True if something waits for the end of the search.
    pub(super) is_awaited: RwSignal<bool>,
    run: StoredValue<Option<Run>, LocalStorage>,
    /// Tells a search from the one before it, and from none any more.
    round: StoredValue<u32>,
}

/// What a search goes on with.
struct Run {
    scan: Scan,
    pattern: Option<Pattern>,
    kept: Rc<Kept>,
    /// Which places are ticked as they come, so that what is ticked in the end does not hang on how far the search had
    /// come.
    ticks: Option<Wanted>,
    /// Places to be ticked when they are shown.
    to_tick: Vec<Place>,
    /// True if there is something new to be shown.
    has_news: bool,
    /// When something was shown last, in Unix milliseconds; 0 if nothing was.
    shown: u64,
    /// How long it is waited from then, in milliseconds.
    pause: u64,
    then: Option<Then>,
}

/// What is to be done once places are there.
struct Then {
    /// When all are, and not with the first one.
    at_the_end: bool,
    act: Box<dyn FnOnce()>,
}

impl Looking {
    pub(super) fn new(model: Model) -> Self {
        Self {
            model,
            found: RwSignal::new(Found::default()),
            is_over: RwSignal::new(true),
            fault: RwSignal::new(None),
            ticked: RwSignal::new(HashSet::new()),
            is_awaited: RwSignal::new(false),
            run: StoredValue::new_local(None),
            round: StoredValue::new(0),
        }
    }

    /// Gives up what is looked for and looks for something else. With `ticks`, these places are ticked; without, those
    /// that are. A small project is looked through when this returns.
    pub(super) fn begin(self, query: Query, ticks: Option<Wanted>) {
        let pattern = (query.matching == Matching::Pattern && !query.words.is_empty())
            .then(|| Pattern::new(&query.words));
        self.fault.set(pattern.as_ref().and_then(|pattern| pattern.as_ref().err().cloned()));
        let kept = kept(self.model);
        let scan = self.model.peek(|state| Scan::begin(state, query, &mut kept.texts.borrow_mut()));
        let pattern = pattern.and_then(Result::ok);
        let run = Run {
            scan,
            pattern,
            kept,
            ticks,
            to_tick: Vec::new(),
            has_news: true,
            shown: 0,
            pause: NEXT_SHOWN_MS,
            then: None,
        };
        self.run.set_value(Some(run));
        self.is_awaited.set(false);
        self.go();
    }

    /// True if this is what was looked for last.
    pub(super) fn is_for(self, query: &Query) -> bool {
        self.run.with_value(|run| run.as_ref().is_some_and(|run| run.scan.query() == query))
    }

    /// Looks again where something has been done since.
    pub(super) fn follow(self) {
        let model = self.model;
        self.change(|run| {
            model.peek(|state| run.scan.follow(state));
            run.has_news = true;
        });
        self.go();
    }

    /// Ticks these places and no others: what has been found, and what is still to come.
    pub(super) fn tick(self, wanted: Wanted) {
        if !self.is_over.get_untracked() {
            // What has been found and is not shown yet is ticked like the rest.
            self.show();
            self.change(|run| run.ticks = Some(wanted));
        }
        let places = self
            .found
            .with_untracked(|found| found.hits.iter().filter(|hit| wanted(hit)).map(Hit::place).collect());
        self.ticked.set(places);
    }

    /// Does something with the first place: now, or as soon as there is one.
    pub(super) fn at_the_first(self, act: impl FnOnce() + 'static) {
        if self.found.with_untracked(|found| !found.hits.is_empty()) {
            return act();
        }
        self.change(|run| run.then = Some(Then { at_the_end: false, act: Box::new(act) }));
    }

    /// Does something with all places: now, or when the search is over. Another query gives it up.
    pub(super) fn at_the_end(self, act: impl FnOnce() + 'static) {
        if self.is_over.get_untracked() {
            return act();
        }
        self.change(|run| run.then = Some(Then { at_the_end: true, act: Box::new(act) }));
        self.is_awaited.set(true);
    }

    fn change<T>(self, change: impl FnOnce(&mut Run) -> T) -> Option<T> {
        self.run.try_update_value(|run| run.as_mut().map(change)).flatten()
    }

    /// Looks on, now and then every turn, until all is looked through or nobody waits for it any more.
    fn go(self) {
        let round = self.round.get_value() + 1;
        self.round.set_value(round);
        if self.look() {
            return self.end();
        }
        self.is_over.set(false);
        self.show();
        spawn_local(async move {
            loop {
                turn::next_turn().await;
                if self.round.try_get_value() != Some(round) {
                    return;
                }
                if self.look() {
                    return self.end();
                }
                let is_due =
                    self.change(|run| run.has_news && clock::now_ms().saturating_sub(run.shown) >= run.pause);
                if is_due == Some(true) {
                    self.show();
                }
            }
        });
    }

    /// Looks through articles for as long as there is time, at least one; true if there is none left.
    fn look(self) -> bool {
        let model = self.model;
        let is_over = self.change(|run| {
            let begun = clock::now_ms();
            let Run { scan, pattern, kept, ticks, to_tick, has_news, .. } = run;
            let places = |text: &SourceText| {
                pattern.as_ref().map(|pattern| pattern.find_all(text, MOST_HITS + 1)).unwrap_or_default()
            };
            let mut texts = kept.texts.borrow_mut();
            model.peek(|state| {
                while let Some(step) = scan.step(state, &mut texts, Some(&places)) {
                    *has_news |= !step.is_first || !step.hits.is_empty();
                    if let Some(ticks) = ticks.filter(|_| step.is_first) {
                        to_tick.extend(step.hits.iter().filter(|hit| ticks(hit)).map(Hit::place));
                    }
                    if clock::now_ms().saturating_sub(begun) >= SLICE_MS {
                        break;
                    }
                }
            });
            scan.is_over()
        });
        is_over.unwrap_or(true)
    }

    /// Shows what has come.
    fn show(self) {
        let news = self.change(|run| {
            let found = run.scan.found();
            // The first ones are shown at once, whenever they come.
            if !found.hits.is_empty() {
                if run.shown > 0 {
                    run.pause = (run.pause * 2).min(SHOWN_EVERY_MS);
                }
                run.shown = clock::now_ms();
            }
            run.has_news = false;
            (found, std::mem::take(&mut run.to_tick))
        });
        let Some((found, to_tick)) = news else { return };
        if !to_tick.is_empty() {
            self.ticked.update(|ticked| ticked.extend(to_tick));
        }
        let has_first = !found.hits.is_empty();
        self.found.set(found);
        if has_first {
            self.take_up(false);
        }
    }

    /// Shows all there is, and does what waited for it.
    fn end(self) {
        self.change(|run| run.ticks = None);
        self.show();
        let there: HashSet<_> =
            self.found.with_untracked(|found| found.hits.iter().map(Hit::place).collect());
        if self.ticked.with_untracked(|ticked| !ticked.is_subset(&there)) {
            self.ticked.update(|ticked| ticked.retain(|place| there.contains(place)));
        }
        self.is_over.set(true);
        self.is_awaited.set(false);
        self.take_up(true);
    }

    /// Does what waits for the first place, or at the end of the search what waits for that; what has waited for a first
    /// place then waits in vain.
    fn take_up(self, at_the_end: bool) {
        let due = self.change(|run| run.then.take_if(|then| at_the_end || !then.at_the_end));
        if let Some(then) = due.flatten().filter(|then| then.at_the_end == at_the_end) {
            (then.act)();
        }
    }
}
