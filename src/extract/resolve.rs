//! Choosing among overlapping proposals: the best stay, none overlap.

use super::candidate::Candidate;

/// Keeps the proposals that win their words, in order of position.
///
/// A proposal wins if every proposal it overlaps with ranks lower or has itself lost. Ranks are scores, then lengths,
/// then positions and labels, so the outcome does not depend on the order in which rules ran.
pub(super) fn resolve(candidates: &mut Vec<Candidate>, words: usize) {
    candidates.sort_unstable_by(|a, b| {
        (b.score(), b.end - b.start, a.start, a.label, a.rule).cmp(&(
            a.score(),
            a.end - a.start,
            b.start,
            b.label,
            b.rule,
        ))
    });
    let mut taken = vec![false; words];
    candidates.retain(|candidate| {
        let Some(span) = taken.get_mut(candidate.first..=candidate.last) else { return false };
        if candidate.start >= candidate.end || span.iter().any(|&word| word) {
            return false;
        }
        span.fill(true);
        true
    });
    candidates.sort_unstable_by_key(|candidate| candidate.start);
}
