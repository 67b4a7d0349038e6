//! A square table of how often two labels meet.

/// Counts by two labels, each a number below the size. Few cells of an article hold anything, so only those are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counted(Vec<((usize, usize), f64)>);

impl Counted {
    /// Adds to a cell.
    pub(super) fn add(&mut self, row: usize, column: usize, weight: f64) {
        match self.0.iter_mut().find(|(cell, _)| *cell == (row, column)) {
            Some((_, sum)) => *sum += weight,
            None => self.0.push(((row, column), weight)),
        }
    }

    /// The same without the cells of some labels.
    pub(super) fn without(&self, gone: impl Fn(usize, usize) -> bool) -> Self {
        Self(self.0.iter().copied().filter(|&((row, column), _)| !gone(row, column)).collect())
    }

    /// The cells that hold something.
    pub(super) fn cells(&self) -> impl Iterator<Item = ((usize, usize), f64)> {
        self.0.iter().copied()
    }
}

/// The same, whole, for sums over articles.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros for labels below `size`.
    pub(super) fn new(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// Adds the cells of an article, each so many times. Labels beyond the size are left out.
    pub(super) fn add(&mut self, counted: &Counted, times: f64) {
        for ((row, column), weight) in counted.cells() {
            if let Some(cell) = self.cells.get_mut(row * self.size + column) {
                *cell += weight * times;
            }
        }
    }

    /// The sum of all cells.
    pub(super) fn total(&self) -> f64 {
        self.cells.iter().sum()
    }

    /// The sum of the cells in which both labels are the same.
    pub(super) fn diagonal(&self) -> f64 {
        self.cells.iter().step_by(self.size + 1).sum()
    }

    /// The sum of each row.
    pub(super) fn rows(&self) -> Vec<f64> {
        self.cells.chunks(self.size.max(1)).map(|row| row.iter().sum()).collect()
    }

    /// The sum of each column.
    pub(super) fn columns(&self) -> Vec<f64> {
        let column = |n: usize| self.cells.iter().skip(n).step_by(self.size.max(1)).sum();
        (0..self.size).map(column).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins_and_diagonal_are_sums_of_the_cells() {
        let mut counted = Counted::default();
        counted.add(0, 0, 1.0);
        counted.add(0, 1, 2.0);
        counted.add(1, 0, 3.0);
        counted.add(1, 0, 1.0);
        let mut matrix = Matrix::new(2);
        matrix.add(&counted, 2.0);
        assert_eq!((matrix.rows(), matrix.columns()), (vec![6.0, 8.0], vec![10.0, 4.0]));
        assert_eq!((matrix.diagonal(), matrix.total()), (2.0, 14.0));
    }
}
