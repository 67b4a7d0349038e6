//! The best alignment of two annotators: an assignment problem.
//!
//! Two units that are aligned cost their dissimilarity, one alone costs Δ∅. So aligning two is worth 2 Δ∅ less their
//! dissimilarity, and the best alignment is the matching that is worth most. Each group of units that are worth anything
//! to each other is solved by itself, exactly (Kuhn 1955, "The Hungarian method for the assignment problem", in the form
//! with potentials).

use super::groups::Groups;
use super::unit::{UNANSWERED, Unit, longest, reach};
use super::work::{TooMuch, Work};

/// The sum of the disorders of the best alignment's unitary alignments. Units are sorted by their starts.
pub(super) fn least_disorder(first: &[Unit], second: &[Unit], work: &mut Work) -> Result<f64, TooMuch> {
    let gains = gains(first, second, work)?;
    let mut groups = Groups::new(first.len() + second.len());
    gains.iter().for_each(|gain| groups.join(gain.first, first.len() + gain.second));
    // The place of each unit within its group, and the group's.
    let mut places = vec![(0, 0); first.len() + second.len()];
    let mut tables = Vec::new();
    for (number, group) in groups.parted().into_iter().enumerate() {
        let rows = group.partition_point(|&unit| unit < first.len());
        for (at, &unit) in group.iter().enumerate() {
            if let Some(place) = places.get_mut(unit) {
                *place = (number, if at < rows { at } else { at - rows });
            }
        }
        tables.push(Table::new(rows, group.len() - rows));
    }
    for gain in &gains {
        let (row, column) = (places.get(gain.first), places.get(first.len() + gain.second));
        if let (Some(&(group, row)), Some(&(_, column))) = (row, column)
            && let Some(table) = tables.get_mut(group)
        {
            table.set(row, column, gain.worth);
        }
    }
    let mut disorder = UNANSWERED * (first.len() + second.len()) as f64;
    for table in tables {
        disorder -= table.most(work)?;
    }
    Ok(disorder)
}

/// What it is worth to align two units.
struct Gain {
    first: usize,
    second: usize,
    worth: f64,
}

fn gains(first: &[Unit], second: &[Unit], work: &mut Work) -> Result<Vec<Gain>, TooMuch> {
    let longest = longest(second);
    let mut gains = Vec::new();
    for (at, unit) in first.iter().enumerate() {
        let reach = reach(2.0 * UNANSWERED, unit.length(), longest);
        let from = second.partition_point(|other| f64::from(other.start) + reach < f64::from(unit.start));
        let near = second.iter().enumerate().skip(from);
        for (other, candidate) in
            near.take_while(|(_, other)| f64::from(other.start) <= f64::from(unit.start) + reach)
        {
            work.spend(1)?;
            let worth = 2.0 * UNANSWERED - unit.dissimilarity(*candidate);
            if worth > 0.0 {
                gains.push(Gain { first: at, second: other, worth });
            }
        }
    }
    Ok(gains)
}

/// What the units of one group are worth to each other; the shorter side are the rows.
struct Table {
    rows: usize,
    columns: usize,
    is_turned: bool,
    worth: Vec<f64>,
}

impl Table {
    fn new(rows: usize, columns: usize) -> Self {
        let is_turned = rows > columns;
        let (rows, columns) = (rows.min(columns), rows.max(columns));
        Self { rows, columns, is_turned, worth: vec![0.0; rows * columns] }
    }

    fn set(&mut self, row: usize, column: usize, worth: f64) {
        let (row, column) = if self.is_turned { (column, row) } else { (row, column) };
        self.worth[row * self.columns + column] = worth;
    }

    /// What the best matching is worth. Rows and columns count from 1 here; 0 stands for none.
    fn most(&self, work: &mut Work) -> Result<f64, TooMuch> {
        let Self { rows, columns, .. } = *self;
        let worth = |row: usize, column: usize| self.worth[(row - 1) * columns + column - 1];
        let (mut of_row, mut of_column) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
        let mut taken_by = vec![0; columns + 1];
        for row in 1..=rows {
            taken_by[0] = row;
            let mut column = 0;
            let mut slack = vec![f64::INFINITY; columns + 1];
            let mut came_from = vec![0; columns + 1];
            let mut is_seen = vec![false; columns + 1];
            while taken_by[column] != 0 {
                work.spend(columns)?;
                is_seen[column] = true;
                let from = taken_by[column];
                let (mut least, mut next) = (f64::INFINITY, 0);
                for other in (1..=columns).filter(|&other| !is_seen[other]) {
                    let reduced = -worth(from, other) - of_row[from] - of_column[other];
                    if reduced < slack[other] {
                        (slack[other], came_from[other]) = (reduced, column);
                    }
                    if slack[other] < least {
                        (least, next) = (slack[other], other);
                    }
                }
                for other in 0..=columns {
                    if is_seen[other] {
                        of_row[taken_by[other]] += least;
                        of_column[other] -= least;
                    } else {
                        slack[other] -= least;
                    }
                }
                column = next;
            }
            while column != 0 {
                let before = came_from[column];
                taken_by[column] = taken_by[before];
                column = before;
            }
        }
        Ok((1..=columns)
            .filter(|&column| taken_by[column] != 0)
            .map(|column| worth(taken_by[column], column))
            .sum())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{brute_force, sorted_units};
    use super::*;

    fn disorder(first: &[Unit], second: &[Unit]) -> f64 {
        least_disorder(first, second, &mut Work::new(u64::MAX)).unwrap()
    }

    #[test]
    fn who_answers_whom_is_decided_together() {
        let unit = |start, end| Unit { start, end, label: 1 };
        // The nearest answer to the first is needed by the second.
        let (a, b) = ([unit(0, 10), unit(6, 16)], [unit(5, 15), unit(20, 30)]);
        let together = a[1].dissimilarity(b[0]);
        assert!((disorder(&a, &b) - (together + 2.0)).abs() < 1e-12);
        assert_eq!(disorder(&a, &a), 0.0);
        assert_eq!(disorder(&a, &[]), 2.0);
    }

    #[test]
    fn what_is_too_much_is_not_begun() {
        let many: Vec<_> = (0..200).map(|n| Unit { start: 0, end: n + 1, label: 1 }).collect();
        assert_eq!(least_disorder(&many, &many, &mut Work::new(1000)), Err(TooMuch));
    }

    proptest! {
        #[test]
        fn no_alignment_is_better(first in sorted_units(5), second in sorted_units(5)) {
            let best = brute_force(&[first.clone(), second.clone()]);
            prop_assert!((disorder(&first, &second) - best).abs() < 1e-9);
        }
    }
}
