//! Krippendorff's alpha for labels of tokens: any number of annotators, and an article that one of them has not labelled
//! takes nothing from the others.
//!
//! Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C (nominal data): of every token with m ≥ 2
//! labels each ordered pair goes into the coincidence matrix with weight 1/(m − 1). Then
//! α = 1 − (n − 1) (n − Σ o_cc) / (n² − Σ n_c²).

use super::matrix::{Counted, Matrix};

/// Puts the labels that annotators gave to one token into the coincidences. A token with one label has no pair.
pub(super) fn pair_up(labels: &[usize], coincidences: &mut Counted) {
    if labels.len() < 2 {
        return;
    }
    let weight = 1.0 / (labels.len() - 1) as f64;
    for (at, &first) in labels.iter().enumerate() {
        for (_, &second) in labels.iter().enumerate().filter(|&(other, _)| other != at) {
            coincidences.add(first, second, weight);
        }
    }
}

/// Alpha of a coincidence matrix. `None` where it is not defined: fewer than two labels were given, or all are the same.
pub(super) fn alpha(coincidences: &Matrix) -> Option<f64> {
    let n = coincidences.total();
    let same: f64 = coincidences.rows().iter().map(|count| count * count).sum();
    let expected = n * n - same;
    // The sums are of rational weights: all labels alike may leave a rest of rounding.
    (expected > 1e-9 * n * n).then(|| 1.0 - (n - 1.0) * (n - coincidences.diagonal()) / expected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_paper() {
        // Krippendorff 2011, section C: four observers, twelve units, missing values (0); α = 0.743.
        let data = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let mut counted = Counted::default();
        for unit in 0..12 {
            let labels: Vec<usize> = data.iter().map(|row| row[unit]).filter(|&label| label > 0).collect();
            pair_up(&labels, &mut counted);
        }
        let mut matrix = Matrix::new(6);
        matrix.add(&counted, 1.0);
        assert!((matrix.total() - 40.0).abs() < 1e-9);
        assert!((alpha(&matrix).unwrap() - 0.743_421).abs() < 1e-6);
    }

    #[test]
    fn without_choice_there_is_no_alpha() {
        assert_eq!(alpha(&Matrix::new(3)), None);
        let mut counted = Counted::default();
        pair_up(&[1, 1, 1], &mut counted);
        let mut matrix = Matrix::new(3);
        matrix.add(&counted, 1.0);
        assert_eq!(alpha(&matrix), None);
    }
}
