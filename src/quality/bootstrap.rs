//! How far a figure might lie elsewhere had other articles been drawn: the percentile bootstrap over articles.
//!
//! Efron and Tibshirani 1993, "An introduction to the bootstrap", section 13.3. Articles, not tokens or spans, are drawn
//! with replacement: what stands in one article hangs together.

use serde::{Deserialize, Serialize};

use crate::quality::chance::Chance;

/// A figure and the interval that holds it with 95 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The figure itself; none where it is not defined.
    pub value: Option<f64>,
    /// The lower end; none for fewer than two articles, or where most draws leave the figure undefined.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

/// Computes figures from how many times each article counts: once with every article once, and `rounds` times with
/// articles drawn by chance.
pub(super) fn bootstrap<const N: usize>(
    articles: usize,
    rounds: usize,
    seed: u64,
    figures: impl Fn(&[f64]) -> [Option<f64>; N],
) -> [Figure; N] {
    let values = figures(&vec![1.0; articles]);
    let mut draws: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(rounds));
    let mut chance = Chance::new(seed);
    if articles > 1 {
        for _ in 0..rounds {
            let mut times = vec![0.0; articles];
            for _ in 0..articles {
                if let Some(times) = times.get_mut(chance.below(articles)) {
                    *times += 1.0;
                }
            }
            for (draws, figure) in draws.iter_mut().zip(figures(&times)) {
                draws.extend(figure);
            }
        }
    }
    let mut result = values.map(|value| Figure { value, low: None, high: None });
    for (figure, mut draws) in result.iter_mut().zip(draws) {
        if 2 * draws.len() <= rounds || figure.value.is_none() {
            continue;
        }
        draws.sort_by(f64::total_cmp);
        (figure.low, figure.high) = (quantile(&draws, 0.025), quantile(&draws, 0.975));
    }
    result
}

/// A quantile of sorted numbers, with straight lines between them (type 7 of Hyndman and Fan 1996).
fn quantile(sorted: &[f64], part: f64) -> Option<f64> {
    let at = part * (sorted.len().checked_sub(1)? as f64);
    let (low, high) = (sorted.get(at.floor() as usize)?, sorted.get(at.ceil() as usize)?);
    Some(low + (high - low) * at.fract())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(values: &[f64]) -> impl Fn(&[f64]) -> [Option<f64>; 1] {
        move |times| {
            let sum: f64 = values.iter().zip(times).map(|(value, times)| value * times).sum();
            [Some(sum / times.iter().sum::<f64>())]
        }
    }

    #[test]
    fn the_interval_of_a_mean_is_that_of_the_books() {
        // The standard error of the mean of 0 and 1, a hundred of each, is 0.5 / √200 = 0.0354.
        let values: Vec<f64> = (0..200).map(|n| f64::from(n % 2)).collect();
        let [figure] = bootstrap(200, 4000, 1, mean(&values));
        assert_eq!(figure.value, Some(0.5));
        assert!((figure.low.unwrap() - (0.5 - 1.96 * 0.0354)).abs() < 0.01, "{figure:?}");
        assert!((figure.high.unwrap() - (0.5 + 1.96 * 0.0354)).abs() < 0.01, "{figure:?}");
    }

    #[test]
    fn a_seed_gives_the_same_interval_and_one_article_none() {
        let values = [0.1, 0.5, 0.7, 0.2];
        let draw = |seed| bootstrap(4, 200, seed, mean(&values));
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert_eq!(bootstrap(1, 200, 7, mean(&values[..1]))[0].low, None);
    }

    #[test]
    fn quantiles_lie_between_the_numbers() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
