//! Units made by chance, and the best alignment of a few by trying all of them.

use proptest::prelude::*;

use super::unit::{UNANSWERED, Unit};

/// Up to so many units of one annotator, near each other, overlapping or not.
pub(super) fn sorted_units(most: usize) -> impl Strategy<Value = Vec<Unit>> {
    let unit = (0_u32..60, 1_u32..12, 1_usize..4).prop_map(|(start, length, label)| Unit {
        start,
        end: start + length,
        label,
    });
    prop::collection::vec(unit, 0..=most).prop_map(|mut units| {
        units.sort_unstable();
        units
    })
}

/// The least sum of disorders over all alignments there are.
pub(super) fn brute_force(annotators: &[Vec<Unit>]) -> f64 {
    let mut open: Vec<Vec<Unit>> = annotators.to_vec();
    least(&mut open)
}

/// Takes the first unit that is left, with every choice of answers to it.
fn least(open: &mut [Vec<Unit>]) -> f64 {
    let Some(who) = open.iter().position(|units| !units.is_empty()) else { return 0.0 };
    let unit = open[who].remove(0);
    let mut set = vec![None; open.len()];
    set[who] = Some(unit);
    let best = choose(open, who + 1, &mut set);
    open[who].insert(0, unit);
    best
}

/// The answers of annotators from one on.
fn choose(open: &mut [Vec<Unit>], from: usize, set: &mut Vec<Option<Unit>>) -> f64 {
    if from == open.len() {
        return unitary(set) + least(open);
    }
    let mut best = choose(open, from + 1, set);
    for at in 0..open[from].len() {
        let unit = open[from].remove(at);
        set[from] = Some(unit);
        best = best.min(choose(open, from + 1, set));
        set[from] = None;
        open[from].insert(at, unit);
    }
    best
}

/// The disorder of one unitary alignment: the mean over all pairs.
fn unitary(set: &[Option<Unit>]) -> f64 {
    let (mut sum, mut pairs) = (0.0, 0.0);
    for (at, first) in set.iter().enumerate() {
        for second in &set[at + 1..] {
            pairs += 1.0;
            sum += match (first, second) {
                (Some(first), Some(second)) => first.dissimilarity(*second),
                _ => UNANSWERED,
            };
        }
    }
    sum / pairs
}
