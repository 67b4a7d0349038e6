//! The adjudicator's desk: which dispute lies on it, and what is done about it.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::super::annotators::display_name;
use super::table::Table;
use crate::annotation::Document;
use crate::app::panel::{gold_of, holds};
use crate::app::{Command, DisputeAction, Heading, Key, dispute_action};
use crate::quality::adjudication::{Contested, Decision, Decisions, Region, blind_order};
use crate::ui::model::Model;

/// The order in which answers are shown while names are hidden begins with this.
const SEED: u64 = 1;

/// What the parts of the dialog share. A handle: copying it copies nothing.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) model: Model,
    pub(super) table: Memo<Arc<Table>>,
    pub(super) decided: Memo<Arc<Decisions>>,
    /// The dispute that is looked at, by its place in the list.
    pub(super) at: RwSignal<usize>,
    /// True while names are hidden.
    pub(super) blind: RwSignal<bool>,
    pub(super) editing: RwSignal<bool>,
}

impl Desk {
    /// Looks at another dispute.
    pub(super) fn go_to(self, at: usize) {
        self.editing.set(false);
        self.at.set(at);
    }

    pub(super) fn step(self, forward: bool) {
        let count = self.table.with_untracked(|table| table.disputes.len());
        if count > 0 {
            let at = self.at.get_untracked();
            self.go_to(if forward { (at + 1) % count } else { (at + count - 1) % count });
        }
    }

    /// The voices of the dispute in the order in which they are shown.
    pub(super) fn order(self, article: &Contested, region: &Region) -> Vec<usize> {
        if self.blind.get() {
            blind_order(&article.voices, &article.id, region.range, SEED)
        } else {
            article.voices.clone()
        }
    }

    /// What a voice is called where it stands at a place in the order.
    pub(super) fn name(self, voice: usize, place: usize) -> String {
        if self.blind.get() {
            return char::from(b'A' + u8::try_from(place % 26).unwrap_or(0)).to_string();
        }
        let language = self.model.language.get();
        self.table
            .with(|table| table.names.get(voice).map(|name| display_name(name, language)).unwrap_or_default())
    }

    /// Decides about the dispute that is looked at, and goes on to the next open one.
    pub(super) fn decide(self, decision: Decision) {
        let (table, at) = (self.table.get_untracked(), self.at.get_untracked());
        let Some((article, region)) = table.at(at) else {
            return;
        };
        let mut decisions = (*self.decided.get_untracked()).clone();
        decisions.decide(&article.id, region.range, decision);
        if let Some(gold) = gold_of(article, &table.voices, &decisions) {
            self.model.run(Command::WriteGold(vec![gold]));
        }
        self.editing.set(false);
        if let Some(next) = table.next_open(&decisions, at + 1) {
            self.at.set(next);
        }
    }

    /// Follows the voice that is shown at a place, from 0.
    pub(super) fn follow_shown(self, place: usize) {
        let table = self.table.get_untracked();
        let voice = table
            .at(self.at.get_untracked())
            .and_then(|(article, region)| untrack(|| self.order(article, region)).get(place).copied());
        if let Some(voice) = voice {
            self.decide(Decision::Follow(vec![voice]));
        }
    }

    pub(super) fn follow_all(self) {
        let table = self.table.get_untracked();
        if let Some((article, _)) = table.at(self.at.get_untracked()) {
            self.decide(Decision::Follow(article.voices.clone()));
        }
    }

    /// Takes back the decision about the dispute that is looked at.
    pub(super) fn withdraw(self) {
        let (table, at) = (self.table.get_untracked(), self.at.get_untracked());
        let Some((article, region)) = table.at(at) else {
            return;
        };
        let mut decisions = (*self.decided.get_untracked()).clone();
        if decisions.withdraw(&article.id, region.range).is_some()
            && let Some(gold) = gold_of(article, &table.voices, &decisions)
        {
            self.model.run(Command::WriteGold(vec![gold]));
        }
    }

    /// The gold documents of articles about which nothing is left to decide, as far as they are not there already.
    pub(super) fn unwritten(self) -> Vec<Document> {
        let (table, decisions) = (self.table.get(), self.decided.get());
        let is_settled = |article: &&Contested| {
            let is_settled =
                |region: &Region| region.is_settled() || decisions.of(&article.id, region.range).is_some();
            article.regions.iter().all(is_settled)
        };
        let settled = table.articles.iter().filter(is_settled);
        let golds = settled.filter_map(|article| gold_of(article, &table.voices, &decisions));
        self.model.with(|state| golds.filter(|gold| !holds(state, gold)).collect())
    }

    pub(super) fn key(self, event: &KeyboardEvent) {
        let target = event_target::<web_sys::Element>(event);
        let types = matches!(target.tag_name().as_str(), "SELECT" | "TEXTAREA")
            || (target.tag_name() == "INPUT" && target.get_attribute("type").as_deref() != Some("checkbox"));
        if types || self.editing.get_untracked() {
            return;
        }
        let code = event.code();
        let key = Key {
            code: &code,
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
        };
        match self.model.peek(|state| dispute_action(key, &state.settings.keys)) {
            Some(DisputeAction::Step(heading)) => self.step(heading == Heading::Next),
            Some(DisputeAction::TakeAll) => self.follow_all(),
            Some(DisputeAction::TakeNone) => self.decide(Decision::Neither),
            Some(DisputeAction::Edit) => self.editing.set(true),
            Some(DisputeAction::Withdraw) => self.withdraw(),
            Some(DisputeAction::Follow(place)) => self.follow_shown(place),
            None => return,
        }
        event.prevent_default();
    }
}
