//! Which span of one annotator answers to which of another.

use super::view::shared;
use crate::annotation::Span;

/// Two spans that belong together, or one that nobody answers.
pub(super) type Pair<'a> = (Option<&'a Span>, Option<&'a Span>);

/// Whether two spans may be paired.
type Fits<'f> = &'f dyn Fn(&Span, &Span) -> bool;

/// Pairs the spans of two annotators, each at most once: first those of one place and label, then those of one place,
/// then those of one label that share letters, then any that share letters; where several could, those that share most.
/// In document order of the first annotator, then what only the second has.
pub(super) fn align<'a>(first: &[&'a Span], second: &[&'a Span]) -> Vec<Pair<'a>> {
    let mut partner: Vec<Option<usize>> = vec![None; first.len()];
    let mut taken = vec![false; second.len()];
    let same_place = |a: &Span, b: &Span| a.range == b.range && a.fragments == b.fragments;
    let steps: [Fits<'_>; 4] = [
        &|a, b| same_place(a, b) && a.label == b.label,
        &|a, b| same_place(a, b),
        &|a, b| a.label == b.label && a.range.overlaps(b.range),
        &|a, b| a.range.overlaps(b.range),
    ];
    for fits in steps {
        for (place, a) in partner.iter_mut().zip(first).filter(|(place, _)| place.is_none()) {
            let open = second.iter().enumerate().filter(|(n, b)| taken.get(*n) == Some(&false) && fits(a, b));
            let best = open.max_by_key(|(n, b)| (shared(a.range, b.range), std::cmp::Reverse(*n)));
            *place = best.map(|(n, _)| n);
            if let Some(taken) = place.and_then(|n| taken.get_mut(n)) {
                *taken = true;
            }
        }
    }
    let pairs = first.iter().zip(&partner).map(|(&a, n)| (Some(a), n.and_then(|n| second.get(n).copied())));
    let rest = second.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(&b, _)| (None, Some(b)));
    pairs.chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::document;
    use super::super::view::spans;
    use super::*;

    fn pairs(first: &str, second: &str) -> Vec<(String, String)> {
        let (first, second) = (document("a", first), document("a", second));
        assert_eq!(first.text, second.text);
        let name = |span: Option<&Span>| {
            span.map_or("–".to_owned(), |span| {
                format!("{} {}", span.label, first.text.slice(span.range).unwrap())
            })
        };
        let aligned = align(&spans(&first, false), &spans(&second, false));
        aligned.into_iter().map(|(a, b)| (name(a), name(b))).collect()
    }

    #[test]
    fn equal_spans_come_before_overlapping_ones() {
        assert_eq!(
            pairs("[ORG وزارة النقل] و[LOC بغداد]", "[ORG وزارة] [LOC النقل] و[FAC بغداد]"),
            [
                ("ORG وزارة النقل".into(), "ORG وزارة".into()),
                ("LOC بغداد".into(), "FAC بغداد".into()),
                ("–".into(), "LOC النقل".to_owned()),
            ]
        );
    }

    #[test]
    fn what_nobody_answers_stands_alone() {
        assert_eq!(
            pairs("[LOC بغداد] أمس", "بغداد [DAT أمس]"),
            [("LOC بغداد".to_owned(), "–".to_owned()), ("–".to_owned(), "DAT أمس".to_owned()),]
        );
    }
}
