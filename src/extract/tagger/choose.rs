//! Which spans of a sequence are suggested: those of which the most can be expected to be right.
//!
//! The best tags as a whole (Viterbi) may hold a span that is not likely by itself. Here spans that do not overlap are
//! chosen so that the sum of their likelihoods, each less what a span must be worth, is the largest (minimum Bayes risk
//! decoding, Goel and Byrne 2000; the best set of intervals is found from left to right).

use super::chain::Likely;

/// Of spans in a sequence of so many words those that do not overlap and whose likelihoods, each less `least`, have the
/// largest sum; in the order of the text. Of equal sums the one found first counts, so every machine chooses the same.
pub(super) fn choose(words: usize, mut likely: Vec<Likely>, least: f32) -> Vec<Likely> {
    likely.sort_by_key(|span| span.last);
    let mut spans = likely.iter().enumerate().peekable();
    // For each number of words from the beginning: the largest sum, and the span that ends there, if one does.
    let mut best: Vec<(f32, Option<usize>)> = vec![(0.0, None)];
    for end in 1..=words {
        let mut most = (best.last().map_or(0.0, |best| best.0), None);
        while let Some((number, span)) = spans.next_if(|(_, span)| span.last < end) {
            let before = best.get(span.first).map_or(0.0, |best| best.0);
            let sum = before + (span.likely - least);
            if sum > most.0 {
                most = (sum, Some(number));
            }
        }
        best.push(most);
    }
    let mut chosen = Vec::new();
    let mut end = words;
    while let Some(before) = end.checked_sub(1) {
        let span = best.get(end).and_then(|best| likely.get(best.1?)).copied();
        end = span.map_or(before, |span| span.first);
        chosen.extend(span);
    }
    chosen.reverse();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn worth(spans: &[Likely], least: f32) -> f32 {
        spans.iter().map(|span| span.likely - least).sum()
    }

    fn overlap(one: &Likely, other: &Likely) -> bool {
        one.first <= other.last && other.first <= one.last
    }

    #[test]
    fn two_likely_spans_win_over_one_that_is_a_little_likelier() {
        let span = |first, last, likely| Likely { first, last, label: 0, likely };
        let (whole, left, right) = (span(0, 2, 0.5), span(0, 0, 0.45), span(2, 2, 0.45));
        assert_eq!(choose(3, vec![whole, left, right], 0.39), [left, right]);
        assert_eq!(choose(3, vec![whole, left, right], 0.43), [whole]);
        assert_eq!(choose(3, vec![whole], 0.5), []);
        assert_eq!(choose(0, Vec::new(), 0.0), []);
    }

    proptest! {
        #[test]
        fn no_other_set_of_spans_is_worth_more(
            spans in prop::collection::vec((0usize..6, 0usize..3, 0usize..2, 0.0f32..1.0), 0..9),
            least in 0.0f32..0.8,
        ) {
            let span = |&(first, more, label, likely)| Likely { first, last: first + more, label, likely };
            let spans: Vec<Likely> = spans.iter().map(span).collect();
            let chosen = choose(8, spans.clone(), least);
            prop_assert!(chosen.windows(2).all(|two| two[0].last < two[1].first));
            prop_assert!(chosen.iter().all(|span| spans.contains(span)));
            let most = (0..1u32 << spans.len()).filter_map(|set| {
                let some: Vec<_> =
                    spans.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, span)| *span).collect();
                let apart = some.iter().enumerate().all(|(at, one)| some[..at].iter().all(|other| !overlap(one, other)));
                apart.then(|| worth(&some, least))
            });
            let most = most.fold(0.0, f32::max);
            prop_assert!((worth(&chosen, least) - most).abs() < 1e-5, "{} {most}", worth(&chosen, least));
        }
    }
}
