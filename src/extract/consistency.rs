//! What one place of an article shows, its other places share: a name labelled once is labelled again where the rules
//! had no evidence, and a person named in full is known by the last name.

use std::collections::HashMap;

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::key::{KeyState, phrase_key, word_key};
use super::label::Label;
use super::line::Line;
use super::vocabulary::Reading;

/// What stands under a phrase key.
#[derive(Clone, Copy, Debug, Default)]
struct Mention {
    label: Option<(Label, Rule)>,
    /// Two places of the article disagree.
    disputed: bool,
    /// A longer name begins so.
    more: bool,
}

/// The names of one article.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    entries: HashMap<u64, Mention, KeyState>,
}

/// Words that are too common to be carried: a surname that is one stays behind.
const ORDINARY: Classes = Classes::COMMON
    .or(Classes::STOP)
    .or(Classes::AMBIGUOUS_GIVEN)
    .or(Classes::WEEKDAY)
    .or(Classes::MONTH)
    .or(Classes::DEF_ADJ);

impl Mentions {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes up a winner of a line.
    pub(super) fn learn(&mut self, line: &Line<'_>, candidate: &Candidate) {
        if matches!(candidate.label, Label::Dat | Label::Num | Label::Nat | Label::Wpn) {
            return;
        }
        let single = candidate.first == candidate.last;
        let reading = line
            .readings(candidate.first)
            .iter()
            .find(|r| line.start(candidate.first, r) == candidate.start && r.restored == candidate.restored);
        let Some(reading) = reading else { return };
        // A weak guess is no ground for others.
        let weak = matches!(candidate.rule, Rule::PlaceWithHint | Rule::OrganisationNamed);
        if single && (reading.classes().any(ORDINARY) || weak || line.form_of(reading).chars().count() < 3) {
            return;
        }
        self.add(line, candidate.first, reading, candidate.last, (candidate.label, Rule::Repeated));
        if candidate.label == Label::Per && !single {
            self.learn_surname(line, candidate);
        }
    }

    /// The last part of a full name: a word, or two where a joint word stands before it (بن علي, أبو زيد, آل ثاني).
    fn learn_surname(&mut self, line: &Line<'_>, candidate: &Candidate) {
        let last = candidate.last;
        let joint = last > candidate.first + 1 && line.bare(last - 1).any(Classes::NAME_JOIN);
        let tail = line.bare(last).any(Classes::NAME_TAIL);
        let first = if joint || tail { last - 1 } else { last };
        let Some(reading) = line.readings(first).first() else { return };
        let ordinary = first == last
            && (reading.classes().any(ORDINARY)
                || reading.classes().any(Classes::TOWN.or(Classes::NATIONALITY)));
        let given_only = reading.classes().any(Classes::GIVEN) && !reading.classes().any(Classes::SURNAME);
        if ordinary || given_only || first == candidate.first || line.form(first).chars().count() < 3 {
            return;
        }
        self.add(line, first, reading, last, (Label::Per, Rule::ShortName));
    }

    fn add(&mut self, line: &Line<'_>, first: usize, reading: &Reading, last: usize, label: (Label, Rule)) {
        let mut key = reading.key;
        for at in first + 1..=last {
            if !line.joined(at) {
                return;
            }
            self.entries.entry(key).or_default().more = true;
            key = phrase_key(key, word_key(line.form(at)));
        }
        let mention = self.entries.entry(key).or_default();
        match mention.label {
            Some((known, _)) if known != label.0 => mention.disputed = true,
            Some((_, Rule::Repeated)) => {}
            _ => mention.label = Some(label),
        }
    }

    /// Proposes the names of the article that stand in a line.
    pub(super) fn propose(&self, line: &Line<'_>, out: &mut Vec<Candidate>) {
        for index in 0..line.len() {
            for reading in line.readings(index) {
                if let Some((last, label, rule)) = self.longest(line, index, reading) {
                    // A name inside a longer run of name words is part of another name.
                    let part_of_name = rule == Rule::ShortName
                        && (line.after(index, Classes::GIVEN.or(Classes::NAME_JOIN)) && reading.is_whole());
                    if !part_of_name {
                        out.push(Candidate::new(line, index, reading, last, label, rule));
                    }
                    break;
                }
            }
        }
    }

    fn longest(&self, line: &Line<'_>, index: usize, reading: &Reading) -> Option<(usize, Label, Rule)> {
        let mut best = None;
        let mut key = reading.key;
        let mut last = index;
        loop {
            let mention = self.entries.get(&key)?;
            if let Some((label, rule)) = mention.label.filter(|_| !mention.disputed) {
                best = Some((last, label, rule));
            }
            let next = last + 1;
            if !mention.more || !line.joined(next) {
                return best;
            }
            let longer = phrase_key(key, word_key(line.form(next)));
            if !self.entries.contains_key(&longer) {
                return best;
            }
            (key, last) = (longer, next);
        }
    }
}
