//! A span as gamma sees it, and how far two of them differ.

/// What a span costs that nobody answers, Δ∅.
pub(super) const UNANSWERED: f64 = 1.0;

/// A place and a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unit {
    /// Code points.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The number of its label.
    pub(super) label: usize,
}

impl Unit {
    pub(super) fn length(self) -> u32 {
        self.end - self.start
    }

    /// The combined dissimilarity, positional and categorical, with the weights of the paper, 1 and 1:
    /// ((|s₁ − s₂| + |e₁ − e₂|) / (ℓ₁ + ℓ₂))² Δ∅, and Δ∅ more if the labels differ.
    pub(super) fn dissimilarity(self, other: Self) -> f64 {
        let moved = f64::from(self.start.abs_diff(other.start)) + f64::from(self.end.abs_diff(other.end));
        let share = moved / (f64::from(self.length()) + f64::from(other.length()));
        UNANSWERED * (share * share + f64::from(u8::from(self.label != other.label)))
    }
}

/// How many code points the start of a unit may lie away from that of a second, at most, if they differ by no more than
/// so much.
pub(super) fn reach(dissimilarity: f64, length: u32, other: u32) -> f64 {
    (dissimilarity / UNANSWERED).sqrt() * (f64::from(length) + f64::from(other))
}

/// The length of the longest.
pub(super) fn longest(units: &[Unit]) -> u32 {
    units.iter().map(|unit| unit.length()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(start: u32, end: u32, label: usize) -> Unit {
        Unit { start, end, label }
    }

    #[test]
    fn places_and_labels_count_as_the_paper_says() {
        let (a, b) = (unit(10, 20, 1), unit(12, 16, 1));
        // (2 + 4) / (10 + 4), squared.
        assert!((a.dissimilarity(b) - 36.0 / 196.0).abs() < 1e-12);
        assert_eq!(a.dissimilarity(a), 0.0);
        assert_eq!(a.dissimilarity(unit(10, 20, 2)), 1.0);
        assert_eq!(a.dissimilarity(b), b.dissimilarity(a));
    }

    #[test]
    fn what_is_out_of_reach_differs_by_more() {
        let a = unit(100, 110, 1);
        for start in 0..200 {
            for length in [1, 5, 10] {
                let b = unit(start, start + length, 1);
                let is_near = f64::from(a.start.abs_diff(start)) <= reach(2.0, 10, length);
                assert!(is_near || a.dissimilarity(b) > 2.0, "{b:?}");
            }
        }
    }
}
