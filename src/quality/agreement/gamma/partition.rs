//! The best alignment of three annotators or more: units are parted into sets, at most one of an annotator in each.
//!
//! A set costs the mean over all pairs of annotators, of Δ∅ for each pair that it does not hold both of, and else of their
//! dissimilarity. Sets that cost more than their units cost when one of them goes alone are in no best alignment, so
//! candidates are few and near each other. Each group of units that are in candidates together is solved by itself,
//! exactly: from its first unit to its last, the least cost is kept of every way in which the candidates chosen so far
//! reach over the next unit.

use std::collections::HashMap;

use super::groups::Groups;
use super::unit::{UNANSWERED, Unit, longest, reach};
use super::work::{TooMuch, Work};

/// Candidates reach over so many units of their group at most.
const WIDTH: usize = 128;

/// The sum of the disorders of the best alignment's unitary alignments, for at least three annotators.
pub(super) fn least_disorder(annotators: &[Vec<Unit>], work: &mut Work) -> Result<f64, TooMuch> {
    let candidates = Candidates::of(annotators, work)?;
    let mut groups = Groups::new(candidates.units.len());
    for set in &candidates.sets {
        set.units.windows(2).for_each(|two| groups.join(two[0], two[1]));
    }
    // The place of each unit within its group, and the group's.
    let mut places = vec![(0, 0); candidates.units.len()];
    let mut by_group = Vec::new();
    for (number, group) in groups.parted().into_iter().enumerate() {
        for (at, &unit) in group.iter().enumerate() {
            places[unit] = (number, at);
        }
        by_group.push(vec![Vec::new(); group.len()]);
    }
    for set in &candidates.sets {
        let (group, first) = places[set.units[0]];
        let mut covered = 0_u128;
        for &unit in &set.units {
            let ahead = places[unit].1 - first;
            if ahead >= WIDTH {
                return Err(TooMuch);
            }
            covered |= 1 << ahead;
        }
        by_group[group][first].push(Choice { covered, cost: set.cost });
    }
    by_group.iter().map(|choices| cheapest(choices, work)).sum()
}

/// A set that may be chosen: the units it covers, counted from its first, and what it costs.
#[derive(Clone)]
struct Choice {
    covered: u128,
    cost: f64,
}

/// The least cost of covering each unit of a group once. Choices stand with the first unit that they cover.
fn cheapest(choices: &[Vec<Choice>], work: &mut Work) -> Result<f64, TooMuch> {
    // By the next unit that is not covered: which of those behind it are, and what it has cost.
    let mut costs: Vec<HashMap<u128, f64>> = vec![HashMap::new(); choices.len() + 1];
    costs[0].insert(0, 0.0);
    for (next, choices) in choices.iter().enumerate() {
        for (covered, cost) in std::mem::take(&mut costs[next]) {
            for choice in choices.iter().filter(|choice| choice.covered & covered == 0) {
                work.spend(1)?;
                let together = covered | choice.covered;
                let passed = together.trailing_ones();
                let rest = together.checked_shr(passed).unwrap_or(0);
                let sum = cost + choice.cost;
                let least = costs[next + passed as usize].entry(rest).or_insert(sum);
                *least = least.min(sum);
            }
        }
    }
    Ok(costs.pop().and_then(|last| last.get(&0).copied()).unwrap_or(0.0))
}

/// All units in the order of the text, and all sets that may be in a best alignment.
struct Candidates {
    /// With the number of their annotator.
    units: Vec<(Unit, usize)>,
    sets: Vec<Set>,
}

struct Set {
    /// By their places, in order.
    units: Vec<usize>,
    cost: f64,
}

/// A unit of a set that is being made, and how far it differs from all others in it together.
type Member = (usize, f64);

impl Candidates {
    fn of(annotators: &[Vec<Unit>], work: &mut Work) -> Result<Self, TooMuch> {
        let of_one = |(number, units): (usize, &Vec<Unit>)| -> Vec<_> {
            units.iter().map(|&unit| (unit, number)).collect()
        };
        let mut units: Vec<_> = annotators.iter().enumerate().flat_map(of_one).collect();
        units.sort_unstable();
        let longest = annotators.iter().map(|units| longest(units)).max().unwrap_or(0);
        let mut candidates = Self { units, sets: Vec::new() };
        let limits = Limits { annotators: annotators.len(), longest };
        for first in 0..candidates.units.len() {
            candidates.grow(&[(first, 0.0)], limits, work)?;
        }
        Ok(candidates)
    }

    /// Adds a set, if it may be in a best alignment, and those that hold it and units behind it.
    fn grow(&mut self, set: &[Member], limits: Limits, work: &mut Work) -> Result<(), TooMuch> {
        if let Some(cost) = limits.cost(set) {
            self.sets.push(Set { units: set.iter().map(|&(unit, _)| unit).collect(), cost });
        }
        let (Some(&(first, _)), Some(&(last, _))) = (set.first(), set.last()) else { return Ok(()) };
        let head = self.units[first].0;
        let reach =
            f64::from(head.start) + reach(limits.apart(limits.annotators), head.length(), limits.longest);
        for next in last + 1..self.units.len() {
            work.spend(1)?;
            let (unit, annotator) = self.units[next];
            if f64::from(unit.start) > reach {
                break;
            }
            if set.len() == limits.annotators
                || set.iter().any(|&(member, _)| self.units[member].1 == annotator)
            {
                continue;
            }
            let mut grown = set.to_vec();
            let mut apart = 0.0;
            for (member, sum) in &mut grown {
                let dissimilarity = self.units[*member].0.dissimilarity(unit);
                *sum += dissimilarity;
                apart += dissimilarity;
            }
            grown.push((next, apart));
            let most = limits.apart(limits.annotators);
            if grown.iter().all(|&(_, sum)| sum <= most) {
                self.grow(&grown, limits, work)?;
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct Limits {
    annotators: usize,
    longest: u32,
}

impl Limits {
    /// Pairs of annotators.
    fn pairs(self) -> f64 {
        (self.annotators * (self.annotators - 1) / 2) as f64
    }

    /// How far a unit may differ from all others together, in a set of so many: else it would better go alone.
    fn apart(self, size: usize) -> f64 {
        UNANSWERED * (self.pairs() + size as f64 - 1.0)
    }

    /// What a set costs, if it may be in a best alignment.
    fn cost(self, set: &[Member]) -> Option<f64> {
        let most = self.apart(set.len());
        let held = (set.len() * (set.len() - 1) / 2) as f64;
        let apart = set.iter().map(|&(_, sum)| sum).sum::<f64>() / 2.0;
        let fits = set.len() == 1 || set.iter().all(|&(_, sum)| sum < most);
        fits.then(|| (apart + UNANSWERED * (self.pairs() - held)) / self.pairs())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{brute_force, sorted_units};
    use super::*;

    fn disorder(annotators: &[Vec<Unit>]) -> f64 {
        least_disorder(annotators, &mut Work::new(u64::MAX)).unwrap()
    }

    #[test]
    fn a_unit_alone_costs_as_much_as_one_unit_without_answer() {
        let unit = |start, end| Unit { start, end, label: 1 };
        assert_eq!(disorder(&[vec![unit(0, 5)], vec![], vec![]]), 1.0);
        // Two who agree, and a third who says nothing: 2 of 3 pairs are without answer.
        assert!((disorder(&[vec![unit(0, 5)], vec![unit(0, 5)], vec![]]) - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(disorder(&[vec![unit(0, 5)], vec![unit(0, 5)], vec![unit(0, 5)]]), 0.0);
        assert_eq!(disorder(&[vec![], vec![], vec![]]), 0.0);
    }

    #[test]
    fn what_is_too_much_is_not_begun() {
        let many: Vec<_> = (0..60).map(|n| Unit { start: 0, end: n + 1, label: 1 }).collect();
        let all = [many.clone(), many.clone(), many];
        assert_eq!(least_disorder(&all, &mut Work::new(100_000)), Err(TooMuch));
    }

    proptest! {
        #[test]
        fn no_alignment_of_three_is_better(all in prop::collection::vec(sorted_units(3), 3)) {
            prop_assert!((disorder(&all) - brute_force(&all)).abs() < 1e-9);
        }

        #[test]
        fn no_alignment_of_four_is_better(all in prop::collection::vec(sorted_units(2), 4)) {
            prop_assert!((disorder(&all) - brute_force(&all)).abs() < 1e-9);
        }
    }
}
