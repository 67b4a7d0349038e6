//! Gamma: agreement on where spans are and what they are, once it is settled which spans answer each other.
//!
//! Mathet, Widlöcher, Métivier 2015, "The unified and holistic method gamma (γ) for inter-annotator agreement measure and
//! alignment". Units of the annotators are put together in the way that leaves the least disorder; γ = 1 − δ_o / δ_e, where
//! δ_o is that disorder and δ_e what it is on the average if annotators share only their habits. Both are sums over
//! articles, each by the mean number of units an annotator has there; nothing reaches from one article into another. The
//! paper knows one text only, and for one article the figure is the paper's.

mod groups;
mod pairing;
mod partition;
mod shuffle;
#[cfg(test)]
mod testing;
mod unit;
mod work;

use super::AgreementOptions;
use super::Annotations;
use super::panel::{PanelArticle, panel};
use super::report::{Gamma, WithoutGamma};
use super::view::{LabelNumbers, spans};
use crate::quality::bootstrap::Figure;
use crate::quality::chance::Chance;
use unit::Unit;
use work::{TooMuch, Work};

/// So often annotators by habit are drawn at first.
const FIRST_DRAWS: usize = 30;

/// And so often at most.
const MOST_DRAWS: usize = 300;

/// Draws are enough if the mean disorder they give lies within so much of itself with 95 %.
const PRECISION: f64 = 0.02;

/// So many comparisons are made in all. Some seconds' work; ten thousand articles of two annotators, or hundreds of three.
const LIMIT: u64 = 150_000_000;

/// So many for one alignment of one article at most.
const LIMIT_OF_ONE: u64 = 2_000_000;

/// So many in one step, or one alignment's.
const STEP: u64 = 200_000;

/// An article as gamma sees it: how long it is, in code points, and the units of each who labelled it, in order.
#[derive(Clone, Debug, PartialEq)]
struct Field {
    length: u32,
    annotators: Vec<Vec<Unit>>,
}

impl Field {
    fn of(article: &PanelArticle<'_>, suggestions: bool, numbers: &LabelNumbers) -> Self {
        let units = |document| {
            let unit = |span: &crate::annotation::Span| {
                let (start, end) = article.text.code_point_range(span.range)?;
                Some(Unit { start: start.get(), end: end.get(), label: numbers.number(&span.label) })
            };
            let mut units: Vec<_> = spans(document, suggestions).into_iter().filter_map(unit).collect();
            units.sort_unstable();
            units
        };
        Self {
            length: article.text.len_code_points().get(),
            annotators: article.documents.iter().flatten().copied().map(units).collect(),
        }
    }

    fn count(&self) -> usize {
        self.annotators.iter().map(Vec::len).sum()
    }

    fn mean_length(&self) -> f64 {
        let lengths: f64 = self.annotators.iter().flatten().map(|unit| f64::from(unit.length())).sum();
        lengths / self.count().max(1) as f64
    }
}

/// What an article adds: the disorder of its best alignment, and the mean number of units of an annotator.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Disorder {
    sum: f64,
    units: f64,
}

impl Disorder {
    fn of(annotators: &[Vec<Unit>], work: &mut Work) -> Result<Self, TooMuch> {
        // Every article takes some work, even an empty one.
        work.spend(1)?;
        let sum = work.within(LIMIT_OF_ONE, |work| match annotators {
            [first, second] => pairing::least_disorder(first, second, work),
            all => partition::least_disorder(all, work),
        })?;
        let units = annotators.iter().map(Vec::len).sum::<usize>() as f64 / annotators.len() as f64;
        Ok(Self { sum, units })
    }

    /// The disorder of articles, each so many times.
    fn mean<'a>(articles: impl Iterator<Item = (&'a Self, f64)>) -> Option<f64> {
        let (sum, units) = articles.fold((0.0, 0.0), |(sum, units), (article, times)| {
            (sum + times * article.sum, units + times * article.units)
        });
        (units > 0.0).then(|| sum / units)
    }
}

/// The disorders of all articles, found a few milliseconds at a time.
#[derive(Clone, Debug)]
pub(super) struct Disorders {
    fields: Vec<Field>,
    observed: Vec<Disorder>,
    /// Draw by draw, and in each article by article.
    expected: Vec<Disorder>,
    draws: usize,
    chance: Chance,
    work: Work,
    without: Option<WithoutGamma>,
}

impl Disorders {
    /// Of these annotators, articles and spans being those that count for the other figures.
    pub(super) fn of(annotators: &[Annotations], options: AgreementOptions) -> Self {
        let (articles, _) = panel(annotators, |_, document| options.counts(document));
        let numbers = LabelNumbers::of_articles(&articles, options.suggestions);
        let fields = articles.iter().map(|article| Field::of(article, options.suggestions, &numbers));
        Self::new(fields.collect(), options.seed, LIMIT)
    }

    fn new(fields: Vec<Field>, seed: u64, limit: u64) -> Self {
        let is_empty = fields.iter().all(|field| field.count() == 0);
        Self {
            fields,
            observed: Vec::new(),
            expected: Vec::new(),
            draws: FIRST_DRAWS,
            chance: Chance::new(seed),
            work: Work::new(limit),
            without: is_empty.then_some(WithoutGamma::NoSpans),
        }
    }

    /// True if there is nothing left to do.
    pub(super) fn is_through(&self) -> bool {
        self.without.is_some()
            || (self.observed.len() == self.fields.len()
                && self.expected.len() == self.draws * self.fields.len())
    }

    /// Does some of the work, and says how much is done of how much.
    pub(super) fn step(&mut self) -> (u64, u64) {
        let enough = self.work.left().saturating_sub(STEP);
        while !self.is_through() && self.work.left() > enough {
            if self.next().is_err() {
                self.without = Some(WithoutGamma::TooMuch);
            }
        }
        let done = self.observed.len() + self.expected.len();
        (done as u64, (self.fields.len() * (1 + self.draws)) as u64)
    }

    /// The next article.
    fn next(&mut self) -> Result<(), TooMuch> {
        if let Some(field) = self.fields.get(self.observed.len()) {
            self.observed.push(Disorder::of(&field.annotators, &mut self.work)?);
        } else if let Some(field) = self.fields.get(self.expected.len() % self.fields.len()) {
            let drawn = shuffle::shuffled(field, &mut self.chance);
            self.expected.push(Disorder::of(&drawn, &mut self.work)?);
            if self.expected.len() == FIRST_DRAWS * self.fields.len() {
                self.draws = self.draws_needed();
            }
        }
        Ok(())
    }

    /// How many draws make the mean as precise as it should be, by how much the first ones differ (section 5.3 of the
    /// paper).
    fn draws_needed(&self) -> usize {
        let times = vec![1.0; self.fields.len()];
        let drawn: Vec<f64> = self.by_draw(&times).collect();
        let mean = drawn.iter().sum::<f64>() / drawn.len().max(1) as f64;
        let squares: f64 = drawn.iter().map(|one| (one - mean) * (one - mean)).sum();
        let deviation = (squares / drawn.len().saturating_sub(1).max(1) as f64).sqrt();
        let needed = (1.96 * deviation / (PRECISION * mean)).powi(2);
        if needed.is_finite() { (needed.ceil() as usize).clamp(FIRST_DRAWS, MOST_DRAWS) } else { FIRST_DRAWS }
    }

    /// The disorder of each draw, every article so many times.
    fn by_draw(&self, times: &[f64]) -> impl Iterator<Item = f64> {
        self.expected
            .chunks(self.fields.len().max(1))
            .filter_map(|draw| Disorder::mean(draw.iter().zip(times.iter().copied())))
    }

    fn observed(&self, times: &[f64]) -> Option<f64> {
        Disorder::mean(self.observed.iter().zip(times.iter().copied()))
    }

    fn expected(&self, times: &[f64]) -> Option<f64> {
        let (mut sum, mut draws) = (0.0, 0_u32);
        for drawn in self.by_draw(times) {
            sum += drawn;
            draws += 1;
        }
        (sum > 0.0).then(|| sum / f64::from(draws))
    }

    /// Gamma, every article so many times. `None` where it is not defined, or not known.
    pub(super) fn gamma(&self, times: &[f64]) -> Option<f64> {
        if !self.is_known() {
            return None;
        }
        Some(1.0 - self.observed(times)? / self.expected(times)?)
    }

    fn is_known(&self) -> bool {
        self.without.is_none() && self.is_through()
    }

    /// What is reported, with the interval that was drawn.
    pub(super) fn report(&self, figure: Figure) -> Gamma {
        let once = vec![1.0; self.fields.len()];
        let is_known = self.is_known();
        Gamma {
            figure,
            observed: self.observed(&once).filter(|_| is_known),
            expected: self.expected(&once).filter(|_| is_known),
            draws: if is_known { self.draws } else { 0 },
            without: self.without,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::testing::sorted_units;
    use super::*;

    fn through(mut disorders: Disorders) -> Disorders {
        while !disorders.is_through() {
            disorders.step();
        }
        disorders
    }

    fn gamma(fields: &[Field]) -> Option<f64> {
        let disorders = through(Disorders::new(fields.to_vec(), 1, LIMIT));
        disorders.gamma(&vec![1.0; fields.len()])
    }

    fn field(annotators: &[&[(u32, u32, usize)]]) -> Field {
        let unit = |&(start, end, label): &(u32, u32, usize)| Unit { start, end, label };
        Field {
            length: 400,
            annotators: annotators.iter().map(|units| units.iter().map(unit).collect()).collect(),
        }
    }

    const SOME: [(u32, u32, usize); 4] = [(10, 16, 1), (60, 71, 2), (130, 138, 1), (300, 305, 3)];

    #[test]
    fn who_says_the_same_agrees_wholly_and_less_the_more_they_differ() {
        let moved: Vec<_> = SOME.iter().map(|&(start, end, label)| (start + 2, end + 1, label)).collect();
        let labelled: Vec<_> = moved.iter().map(|&(start, end, _)| (start, end, 4)).collect();
        let same = gamma(&[field(&[&SOME, &SOME])]).unwrap();
        let near = gamma(&[field(&[&SOME, &moved])]).unwrap();
        let far = gamma(&[field(&[&SOME, &labelled])]).unwrap();
        let part = gamma(&[field(&[&SOME, &SOME[..2]])]).unwrap();
        assert_eq!(same, 1.0);
        assert!(same > near && near > far && near > part && part > 0.0, "{near} {far} {part}");
    }

    #[test]
    fn by_chance_alone_there_is_no_agreement() {
        let mut chance = Chance::new(9);
        let mut random = || {
            let mut units: Vec<_> =
                (0..20).map(|_| (chance.below(380) as u32, 1 + chance.below(3))).collect();
            units.sort_unstable();
            units.into_iter().map(|(start, label)| (start, start + 8, label)).collect::<Vec<_>>()
        };
        let fields: Vec<_> = (0..40).map(|_| field(&[&random(), &random(), &random()])).collect();
        let gamma = gamma(&fields).unwrap();
        assert!(gamma.abs() < 0.05, "{gamma}");
    }

    #[test]
    fn an_article_twice_is_the_same_as_once_and_nothing_is_no_figure() {
        let one = field(&[&SOME, &SOME[1..]]);
        let (once, twice) = (gamma(std::slice::from_ref(&one)).unwrap(), gamma(&[one.clone(), one]).unwrap());
        assert!((once - twice).abs() < 0.02, "{once} {twice}");
        assert_eq!(gamma(&[field(&[&[], &[]])]), None);
        assert_eq!(gamma(&[]), None);
        let nothing = through(Disorders::new(Vec::new(), 1, LIMIT)).report(Figure::default());
        assert_eq!(nothing.without, Some(WithoutGamma::NoSpans));
    }

    #[test]
    fn what_is_too_much_is_said_to_be() {
        let disorders = through(Disorders::new(vec![field(&[&SOME, &SOME, &SOME])], 1, 40));
        let report = disorders.report(Figure::default());
        assert_eq!((report.without, report.observed, report.draws), (Some(WithoutGamma::TooMuch), None, 0));
        assert_eq!(disorders.gamma(&[1.0]), None);
    }

    #[test]
    fn the_progress_rises_to_the_end() {
        let many: Vec<_> = (0..80).map(|n| (n * 5, n * 5 + 3, 1)).collect();
        let mut disorders = Disorders::new(vec![field(&[&many, &many, &many]); 5], 1, LIMIT);
        let mut before = 0.0;
        while !disorders.is_through() {
            let (done, total) = disorders.step();
            let share = done as f64 / total as f64;
            // More draws may turn out to be needed.
            assert!(share >= before || total > 31 * 5, "{share} after {before}");
            before = share;
        }
        assert_eq!(before, 1.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
        #[test]
        fn the_same_seed_gives_the_same_figure_and_none_is_above_one(all in prop::collection::vec(sorted_units(6), 2..5)) {
            let fields = [Field { length: 80, annotators: all }];
            let (first, second) = (gamma(&fields), gamma(&fields));
            prop_assert_eq!(first, second);
            prop_assert!(first.is_none_or(|gamma| gamma <= 1.0));
        }
    }
}
