//! What stands in brackets behind a name and names it again: in Latin letters (لوكا فيريتي (Luca Ferretti)), or short
//! (المنظمة الدولية (إيغاد)).

use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::label::Label;
use super::line::Line;
use crate::text::WordKind;

/// The longest gloss, in words.
const MAX_WORDS: usize = 5;

/// Proposes glosses behind the winners of a line that nothing else has taken.
pub(super) fn propose(line: &Line<'_>, winners: &mut Vec<Candidate>, extra: &mut Vec<Candidate>) {
    extra.clear();
    for (number, candidate) in winners.iter().enumerate() {
        let first = candidate.last + 1;
        if !line.gap(first).opens() || first >= line.len() {
            continue;
        }
        let Some(last) = (first..first + MAX_WORDS)
            .take_while(|&at| at < line.len() && (at == first || !line.gap(at).parts()))
            .find(|&at| line.gap(at + 1).closes())
        else {
            continue;
        };
        let taken = winners.get(number + 1).is_some_and(|next| next.first <= last);
        if taken || !repeats(line, candidate.label, first, last) {
            continue;
        }
        if let Some(reading) = line.readings(first).first() {
            extra.push(
                Candidate::new(line, first, reading, last, candidate.label, Rule::Gloss)
                    .because_of(candidate.last),
            );
        }
    }
    winners.append(extra);
}

fn repeats(line: &Line<'_>, label: Label, first: usize, last: usize) -> bool {
    let latin = (first..=last).all(|at| matches!(line.kind(at), Some(WordKind::Latin | WordKind::Mixed)));
    match label {
        Label::Per | Label::Loc | Label::Fac | Label::Wpn => latin,
        Label::Org | Label::Grp => {
            let plain = (first..=last).all(|at| {
                line.kind(at) == Some(WordKind::Arabic)
                    && !line.bare(at).any(Classes::STOP.or(Classes::COMMON).or(Classes::TOWN))
            });
            latin || (plain && last - first < 2)
        }
        _ => false,
    }
}
