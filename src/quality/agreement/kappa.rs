//! Cohen's kappa: the agreement of two annotators beyond what their own use of the labels would give by chance.
//!
//! Cohen 1960, "A coefficient of agreement for nominal scales": κ = (p_o − p_e) / (1 − p_e), where p_o is the part of the
//! tokens with one label and p_e = Σ_k p₁(k) p₂(k), each annotator with frequencies of his own.

use super::matrix::Matrix;

/// Kappa of the counts by the first annotator's label (row) and the second's (column). `None` where it is not defined:
/// nothing was counted, or both use one and the same label throughout.
pub(super) fn kappa(counts: &Matrix) -> Option<f64> {
    let total = counts.total();
    if total <= 0.0 {
        return None;
    }
    let observed = counts.diagonal() / total;
    let products = counts.rows().into_iter().zip(counts.columns()).map(|(row, column)| row * column);
    let expected = products.sum::<f64>() / (total * total);
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

#[cfg(test)]
mod tests {
    use super::super::matrix::Counted;
    use super::*;

    fn matrix(cells: [[f64; 3]; 3]) -> Matrix {
        let mut counted = Counted::default();
        for (row, cells) in cells.iter().enumerate() {
            cells.iter().enumerate().for_each(|(column, &cell)| counted.add(row, column, cell));
        }
        let mut matrix = Matrix::new(3);
        matrix.add(&counted, 1.0);
        matrix
    }

    #[test]
    fn the_example_of_the_paper() {
        // Cohen 1960, table 1: 200 patients, p_o = 0.70, p_e = 0.41.
        let counts = matrix([[88.0, 14.0, 18.0], [10.0, 40.0, 10.0], [2.0, 6.0, 12.0]]);
        let expected = (0.70 - 0.41) / (1.0 - 0.41);
        assert!((kappa(&counts).unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn without_choice_there_is_no_kappa() {
        assert_eq!(kappa(&matrix([[0.0; 3]; 3])), None);
        assert_eq!(kappa(&matrix([[5.0, 0.0, 0.0], [0.0; 3], [0.0; 3]])), None);
        assert_eq!(kappa(&matrix([[5.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0; 3]])), Some(1.0));
    }
}
