//! What a search is for: what is looked for, which places are ticked, and what is decided about those.

use std::collections::HashSet;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use web_sys::Element;

use super::search_hit::show;
use super::search_keys;
use super::search_scan::{Looking, Wanted};
use crate::app::concordance::{Hit, Query};
use crate::app::{Command, Decision, Key, ReviewText, Text, label_for};
use crate::schema::LabelCode;
use crate::ui::model::{Aim, Model, Search};

/// Nothing is looked for while somebody types faster than this.
const TYPING: std::time::Duration = std::time::Duration::from_millis(120);

/// What the parts of the dialog share. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct SearchDesk {
    model: Model,
    pub(super) query: RwSignal<Query>,
    pub(super) looking: Looking,
    aim: StoredValue<Aim>,
    /// True if spans with a label get another one.
    pub(super) relabels: bool,
    /// True if spans with a label go.
    pub(super) removes: bool,
    /// True if places are ticked as they come.
    pub(super) begins_ticked: bool,
    /// True if a key at the places decides: who begins without a label begins there.
    pub(super) begins_at_places: bool,
    /// The label that what is ticked would get.
    pub(super) apply: RwSignal<Option<LabelCode>>,
    /// How many of the places there are ticked.
    pub(super) picked: Memo<usize>,
    on_close: Callback<()>,
}

impl SearchDesk {
    /// A search that has begun, and goes on with what is typed and done.
    pub(super) fn open(model: Model, search: Search, on_close: Callback<()>) -> Self {
        let Search { words, aim } = search;
        let begins_ticked = aim != Aim::Open;
        let from = aim.of_spans().cloned();
        let query = RwSignal::new(Query {
            words,
            // All like this is about the whole project; what is looked for by hand begins where one is.
            everywhere: begins_ticked,
            spans_alone: from.is_some(),
            label: from,
            ..Query::default()
        });
        let apply = RwSignal::new(match &aim {
            Aim::Label(label) => label.clone(),
            _ => None,
        });
        let (relabels, removes) = (matches!(aim, Aim::Relabel(_)), matches!(aim, Aim::Remove(_)));
        let looking = Looking::new(model);
        let Looking { found, ticked, is_over, .. } = looking;
        let picked = Memo::new(move |_| {
            ticked.with(|ticked| match is_over.get() {
                true => ticked.len(),
                // Those of an earlier query may be among them.
                false => {
                    found.with(|found| found.hits.iter().filter(|hit| ticked.contains(&hit.place())).count())
                }
            })
        });
        let desk = Self {
            model,
            query,
            looking,
            aim: StoredValue::new(aim),
            relabels,
            removes,
            begins_ticked,
            begins_at_places: begins_ticked && !removes && apply.with_untracked(Option::is_none),
            apply,
            picked,
            on_close,
        };
        // Spans that are all to be changed were found for that, whoever stands behind them.
        let all_are_meant = relabels || removes;
        let ticks = || -> Wanted { if all_are_meant { |_| true } else { Hit::is_open } };
        // At once, so that the button that decides can take the focus.
        looking.begin(query.get_untracked(), begins_ticked.then(ticks));
        desk.follow_typing();
        desk.follow_work();
        desk
    }

    /// A change of the query waits for the typing to end.
    fn follow_typing(self) {
        let turn = StoredValue::new(0u32);
        Effect::new(move |before: Option<()>| {
            self.query.track();
            let mine = turn.get_value() + 1;
            turn.set_value(mine);
            if before.is_none() {
                return;
            }
            set_timeout(
                move || {
                    if turn.try_get_value() == Some(mine) {
                        self.look();
                    }
                },
                TYPING,
            );
        });
    }

    /// What is done to the articles shows at once.
    fn follow_work(self) {
        let revision = self.model.memo(|state| state.project.seq());
        Effect::new(move |before: Option<u64>| {
            let now = revision.get();
            if before.is_some_and(|before| before != now) {
                self.looking.follow();
            }
            now
        });
    }

    fn look(self) {
        let query = self.query.get_untracked();
        if !self.looking.is_for(&query) {
            self.looking.begin(query, None);
        }
    }

    /// What the dialog is called.
    pub(super) fn title(self) -> Text {
        self.aim.with_value(|aim| match aim {
            Aim::Open | Aim::Label(_) => Text::SearchTitle,
            Aim::Relabel(_) => Text::RelabelAll,
            Aim::Remove(_) => Text::RemoveAll,
        })
    }

    /// The labels that places may get.
    pub(super) fn labels(self) -> Memo<Vec<LabelCode>> {
        let from = self.aim.with_value(|aim| aim.of_spans().filter(|_| self.relabels).cloned());
        self.model.memo(move |state| {
            let codes = state.schema().labels.iter().map(|label| label.code.clone());
            codes.filter(|code| from.as_ref() != Some(code)).collect()
        })
    }

    /// True if there is nothing to decide about. As long as places come that are ticked as they come, what is to be done
    /// with them can be decided.
    pub(super) fn has_nothing(self) -> bool {
        self.picked.get() == 0 && (!self.begins_ticked || self.looking.is_over.get())
    }

    /// Decides about what is ticked, as soon as all of it has been found.
    pub(super) fn decide(self, decision: Decision) {
        if untrack(|| self.has_nothing()) {
            return;
        }
        let Looking { found, ticked, .. } = self.looking;
        self.looking.at_the_end(move || {
            let places = found.with_untracked(|found| {
                let places = found.hits.iter().map(Hit::place);
                places
                    .filter(|place| ticked.with_untracked(|ticked| ticked.contains(place)))
                    .collect::<Vec<_>>()
            });
            if places.is_empty() {
                return;
            }
            self.model.run(Command::Apply(places, decision));
            ticked.update(HashSet::clear);
            if self.begins_ticked {
                self.on_close.run(());
            }
        });
    }

    /// Gives what is ticked a label.
    pub(super) fn label_all(self, code: LabelCode) {
        self.decide(match self.aim.get_value() {
            Aim::Relabel(from) => Decision::Relabel { from, to: code },
            _ => Decision::Label(code),
        });
    }

    /// Shows the first place in its text. What was typed last is looked for at once.
    fn show_first(self) {
        self.look();
        self.looking.at_the_first(move || {
            if let Some(hit) = self.looking.found.with_untracked(|found| found.hits.first().cloned()) {
                self.on_close.run(());
                show(self.model, &hit);
            }
        });
    }

    /// Takes a key that was pressed in the dialog, whose places stand in a list. A label's key decides here as it does in the
    /// text, but where it writes a letter.
    pub(super) fn press(self, event: &KeyboardEvent, list: Option<Element>) {
        if search_keys::walk(event, list) {
            return event.prevent_default();
        }
        if search_keys::is_in_words(event) && search_keys::is_enter(event) {
            event.prevent_default();
            return self.show_first();
        }
        if search_keys::writes(event) || self.removes {
            return;
        }
        let code = event.code();
        let key = Key {
            code: &code,
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
        };
        if let Some(Command::Label(code)) = self.model.peek(|state| label_for(key, state.schema())) {
            event.prevent_default();
            self.label_all(code);
        }
    }

    /// What stands in the place of the list when there is nothing in it.
    pub(super) fn empty(self) -> Option<String> {
        let language = self.model.language.get();
        if let Some(reason) = self.looking.fault.get() {
            return Some(language.fill(ReviewText::SearchBadPattern, &[("reason", &reason)]));
        }
        // Something may still be found.
        if !self.looking.found.with(|found| found.hits.is_empty()) || !self.looking.is_over.get() {
            return None;
        }
        Some(match self.query.with(is_idle) {
            true => language.text(ReviewText::SearchBegin).to_owned(),
            false => language.text(ReviewText::SearchNothing).to_owned(),
        })
    }
}

/// True if nothing is looked for yet: only where and how is chosen.
fn is_idle(query: &Query) -> bool {
    let open = Query {
        matching: query.matching,
        everywhere: query.everywhere,
        articles: query.articles,
        spans_alone: query.spans_alone,
        ..Query::default()
    };
    *query == open
}
