//! How far annotators agree.
//!
//! Two or more of them have labelled the same articles; [`agreement`] says how alike their work is, in the figures that
//! the field uses and with the words of each disagreement that can be named. What the figures mean, where their formulas
//! are from and what they cannot say is in `docs/AGREEMENT.md`.
//!
//! Spans are compared as spans (F1), word by word (kappa, alpha) and letter by letter (unitizing alpha). The last two
//! want one layer: of spans that share letters the outer one counts.

mod align;
mod alpha;
mod boundary;
mod gamma;
mod kappa;
mod matrix;
mod measures;
mod overlap;
pub(super) mod panel;
mod report;
mod session;
mod table;
#[cfg(test)]
mod testing;
mod unitizing;
mod view;

use std::collections::BTreeMap;

pub use super::bootstrap::Figure;
pub use boundary::{BoundaryKind, Edge, EdgeDifference, differences};
pub use panel::{Annotations, LeftOut, is_labelled};
pub use report::{
    AnnotatorRow, ArticleRow, Bootstrap, BoundaryRow, Confused, Example, Gamma, Kappa, LabelRow, PairReport,
    Report, SpanFigures, WithoutGamma, WordFigures,
};
pub use session::AgreementSession;

use super::bootstrap::bootstrap;
use super::lint::Vocabulary;
use super::score::{LabelTally, Measure};
use crate::annotation::{Document, Span};
use crate::schema::LabelCode;
use gamma::Disorders;
use measures::{AllCounts, PairCounts, PairSums, Sheet, alphas, label_alpha};
use panel::panel;
use view::LabelNumbers;

/// How to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgreementOptions {
    /// Count suggestions that nobody has confirmed, too: for comparing an extractor with people.
    pub suggestions: bool,
    /// Count documents that nobody has begun: for files that say nothing of how far the work has come.
    pub untouched: bool,
    /// How often articles are drawn for the intervals; 0 for none.
    pub rounds: usize,
    /// What the draws begin with. The same seed gives the same intervals.
    pub seed: u64,
}

impl Default for AgreementOptions {
    fn default() -> Self {
        Self { suggestions: false, untouched: false, rounds: 1000, seed: 1 }
    }
}

impl AgreementOptions {
    /// True if a document is somebody's answer.
    fn counts(self, document: &Document) -> bool {
        self.untouched || is_labelled(document)
    }
}

/// Compares annotators over the articles that at least two of them have labelled. The word classes of the guideline
/// tell what spans with different ends disagree about.
#[must_use]
pub fn agreement(annotators: &[Annotations], options: AgreementOptions, vocabulary: &Vocabulary) -> Report {
    let mut disorders = Disorders::of(annotators, options);
    while !disorders.is_through() {
        disorders.step();
    }
    report(annotators, options, vocabulary, &disorders)
}

/// What annotators come to whose disorders are known.
fn report(
    annotators: &[Annotations],
    options: AgreementOptions,
    vocabulary: &Vocabulary,
    disorders: &Disorders,
) -> Report {
    let (articles, left_out) = panel(annotators, |_, document| options.counts(document));
    let numbers = LabelNumbers::of_articles(&articles, options.suggestions);
    let sheets: Vec<Sheet<'_>> =
        articles.iter().map(|article| Sheet::new(article, options.suggestions, &numbers)).collect();
    let comparison = Comparison::new(annotators, &sheets, numbers);
    let [strict, boundary, overlap, all, labelled, alpha, alpha_labelled, unitizing, gamma] =
        comparison.figures(options, disorders);
    Report {
        annotators: comparison.annotators(),
        articles: sheets.len(),
        words: sheets.iter().map(|sheet| sheet.word_count).sum(),
        left_out,
        spans: SpanFigures { strict, boundary, overlap },
        kappa: WordFigures { all, labelled },
        alpha: WordFigures { all: alpha, labelled: alpha_labelled },
        unitizing,
        gamma: disorders.report(gamma),
        labels: comparison.labels(),
        pairs: comparison.pairs(vocabulary),
        by_article: comparison.by_article(),
        bootstrap: Bootstrap { rounds: options.rounds, seed: options.seed },
    }
}

/// What a pair says about each article; none where one of the two has not labelled it.
type ByArticle = Vec<Option<PairCounts>>;

/// Everything that the report is made of.
struct Comparison<'a> {
    names: Vec<&'a str>,
    sheets: &'a [Sheet<'a>],
    numbers: LabelNumbers,
    /// Pairs of annotators that share an article, and what each article adds.
    pairs: Vec<((usize, usize), ByArticle)>,
    all: Vec<AllCounts>,
}

impl<'a> Comparison<'a> {
    fn new(annotators: &'a [Annotations], sheets: &'a [Sheet<'a>], numbers: LabelNumbers) -> Self {
        let couples = (0..annotators.len()).flat_map(|a| (a + 1..annotators.len()).map(move |b| (a, b)));
        let pairs = couples
            .map(|pair| (pair, sheets.iter().map(|sheet| PairCounts::of(sheet, pair)).collect::<ByArticle>()))
            .filter(|(_, counts)| counts.iter().any(Option::is_some))
            .collect();
        Self {
            names: annotators.iter().map(|one| one.annotator.as_str()).collect(),
            sheets,
            numbers,
            pairs,
            all: sheets.iter().map(AllCounts::of).collect(),
        }
    }

    fn name(&self, annotator: usize) -> String {
        self.names.get(annotator).copied().unwrap_or_default().to_owned()
    }

    fn sums(&self, counts: &[Option<PairCounts>], times: &[f64], by_label: bool) -> PairSums {
        let articles = counts.iter().zip(times).filter(|(_, times)| **times > 0.0);
        let articles = articles.filter_map(|(counts, &times)| Some((counts.as_ref()?, times)));
        PairSums::of(articles, self.numbers.size(), by_label)
    }

    /// F1 strict, of ends, with overlap; kappa and alpha, each over all words and over labelled ones; unitizing alpha;
    /// gamma.
    fn figures(&self, options: AgreementOptions, disorders: &Disorders) -> [Figure; 9] {
        bootstrap(self.sheets.len(), options.rounds, options.seed, |times| {
            let pairs = self.pairs.iter().map(|(_, counts)| self.sums(counts, times, false));
            let values: Vec<[Option<f64>; 5]> = pairs
                .map(|sums| {
                    let [all, labelled, _] = sums.kappas();
                    let f1 = [&sums.strict, &sums.boundary, &sums.overlap].map(|measure| measure.micro.f1());
                    [f1[0], f1[1], f1[2], all, labelled]
                })
                .collect();
            let [s, b, o, all, labelled] =
                std::array::from_fn(|n| mean(values.iter().map(|row| row.get(n).copied().flatten())));
            let articles = self.all.iter().zip(times.iter().copied()).filter(|(_, times)| *times > 0.0);
            let [alpha, alpha_labelled, unitizing] = alphas(articles, self.numbers.size());
            [s, b, o, all, labelled, alpha, alpha_labelled, unitizing, disorders.gamma(times)]
        })
    }

    fn annotators(&self) -> Vec<AnnotatorRow> {
        let row = |(number, name): (usize, &&str)| {
            let own: Vec<_> = self.sheets.iter().filter_map(|s| s.spans.get(number)?.as_ref()).collect();
            AnnotatorRow {
                name: (*name).to_owned(),
                articles: own.len(),
                spans: own.iter().map(|spans| spans.len()).sum(),
            }
        };
        self.names.iter().enumerate().map(row).collect()
    }

    fn labels(&self) -> BTreeMap<LabelCode, LabelRow> {
        let once = vec![1.0; self.sheets.len()];
        let sums: Vec<_> = self.pairs.iter().map(|(_, counts)| self.sums(counts, &once, true)).collect();
        let row = |(label, number): (&LabelCode, usize)| {
            let f1 = |measure: fn(&PairSums) -> &Measure| {
                mean(
                    sums.iter()
                        .map(|sums| measure(sums).by_label.get(label).copied().and_then(LabelTally::f1)),
                )
            };
            let spans = self.sheets.iter().flat_map(|sheet| sheet.spans.iter().flatten().flatten());
            let row = LabelRow {
                spans: spans.filter(|span| span.label == *label).count(),
                strict: f1(|sums| &sums.strict),
                boundary: f1(|sums| &sums.boundary),
                overlap: f1(|sums| &sums.overlap),
                unitizing: label_alpha(self.sheets, number, self.numbers.size()),
            };
            (label.clone(), row)
        };
        self.numbers.labels().map(row).collect()
    }

    fn pairs(&self, vocabulary: &Vocabulary) -> Vec<PairReport> {
        let once = vec![1.0; self.sheets.len()];
        let report = |((first, second), counts): &((usize, usize), ByArticle)| {
            let sums = self.sums(counts, &once, true);
            let [all, labelled, both] = sums.kappas();
            let (confusion, boundaries) = self.differences((*first, *second), vocabulary);
            PairReport {
                first: self.name(*first),
                second: self.name(*second),
                articles: counts.iter().flatten().count(),
                kappa: Kappa { all, labelled, both },
                unitizing: sums.unitizing(),
                strict: sums.strict,
                boundary: sums.boundary,
                overlap: sums.overlap,
                confusion,
                boundaries,
            }
        };
        self.pairs.iter().map(report).collect()
    }

    /// Which labels meet in spans that belong together, and how their ends differ where the labels are the same.
    fn differences(
        &self,
        pair: (usize, usize),
        vocabulary: &Vocabulary,
    ) -> (Vec<Confused>, Vec<BoundaryRow>) {
        let mut labels: BTreeMap<(Option<&LabelCode>, Option<&LabelCode>), usize> = BTreeMap::new();
        let mut ends: BTreeMap<(Edge, BoundaryKind), BoundaryRow> = BTreeMap::new();
        for sheet in self.sheets {
            let Some((first, second)) = sheet.both(pair) else { continue };
            for (a, b) in align::align(first, second) {
                *labels.entry((a.map(|a| &a.label), b.map(|b| &b.label))).or_default() += 1;
                let (Some(a), Some(b)) = (a, b) else { continue };
                if a.label == b.label {
                    count_ends(sheet, a, b, vocabulary, &mut ends);
                }
            }
        }
        let confused = |((first, second), count): ((Option<&LabelCode>, Option<&LabelCode>), usize)| {
            Confused { first: first.cloned(), second: second.cloned(), count }
        };
        let mut confusion: Vec<_> = labels.into_iter().map(confused).collect();
        confusion.sort_by_key(|row| std::cmp::Reverse(row.count));
        let mut boundaries: Vec<_> = ends.into_values().collect();
        boundaries.sort_by_key(|row| std::cmp::Reverse(row.first_holds + row.second_holds));
        (confusion, boundaries)
    }

    fn by_article(&self) -> Vec<ArticleRow> {
        let row = |(at, sheet): (usize, &Sheet<'_>)| {
            let pairs = || self.pairs.iter().filter_map(move |(_, counts)| counts.get(at)?.as_ref());
            let labelled = sheet.spans.iter().enumerate().filter(|(_, spans)| spans.is_some());
            ArticleRow {
                id: sheet.article.id.as_str().to_owned(),
                annotators: labelled.map(|(number, _)| self.name(number)).collect(),
                strict: mean(pairs().map(|counts| counts.strict.micro.f1())),
                boundary: mean(pairs().map(|counts| counts.boundary.micro.f1())),
                overlap: mean(pairs().map(|counts| counts.overlap.micro.f1())),
            }
        };
        self.sheets.iter().enumerate().map(row).collect()
    }
}

fn count_ends(
    sheet: &Sheet<'_>,
    first: &Span,
    second: &Span,
    vocabulary: &Vocabulary,
    ends: &mut BTreeMap<(Edge, BoundaryKind), BoundaryRow>,
) {
    let surface = |span: &Span| sheet.article.text.slice(span.range).unwrap_or_default().to_owned();
    for difference in differences(sheet.article.text, first, second, vocabulary) {
        let row = ends.entry((difference.edge, difference.kind)).or_insert_with(|| BoundaryRow {
            kind: difference.kind,
            edge: difference.edge,
            first_holds: 0,
            second_holds: 0,
            example: Example {
                article: sheet.article.id.as_str().to_owned(),
                first: surface(first),
                second: surface(second),
            },
        });
        if difference.first_holds { row.first_holds += 1 } else { row.second_holds += 1 }
    }
}

/// The mean of the values that are defined; none if there is none.
fn mean(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values.flatten() {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::testing::document;
    use super::*;

    fn by(annotator: &str, texts: &[&str]) -> Annotations {
        let documents =
            (1..).zip(texts).map(|(n, text)| document(&format!("{annotator}{n}"), text)).collect();
        Annotations { annotator: annotator.to_owned(), documents }
    }

    fn report(annotators: &[Annotations]) -> Report {
        agreement(annotators, AgreementOptions::default(), &Vocabulary::embedded().unwrap())
    }

    #[test]
    fn who_says_the_same_agrees_wholly() {
        let texts = ["زار [LOC بغداد] مع [ORG وزارة النقل]", "عاد [PER سامي] إلى [LOC بغداد]"];
        let report = report(&[by("a", &texts), by("b", &texts)]);
        let figures =
            [report.spans.strict, report.kappa.all, report.alpha.all, report.unitizing, report.gamma.figure];
        assert!(
            figures
                .iter()
                .all(|figure| *figure == Figure { value: Some(1.0), low: Some(1.0), high: Some(1.0) })
        );
        assert_eq!((report.articles, report.words), (2, 9));
    }

    #[test]
    fn labels_and_ends_are_told_apart() {
        let a = by("a", &["زار [LOC مدينة سبها] مع [ORG النجم] و[LOC هون] أمس"]);
        let b = by("b", &["زار مدينة [LOC سبها] مع [GRP النجم] وهون [DAT أمس]"]);
        let report = report(&[a, b]);
        let pair = &report.pairs[0];
        assert_eq!(
            (pair.strict.micro.correct, pair.boundary.micro.correct, pair.overlap.micro.correct),
            (0, 1, 1)
        );
        let labels: Vec<_> =
            pair.confusion.iter().map(|row| (row.first.as_deref_str(), row.second.as_deref_str())).collect();
        assert_eq!(labels, [("–", "DAT"), ("LOC", "–"), ("LOC", "LOC"), ("ORG", "GRP")]);
        let ends = &pair.boundaries;
        assert_eq!((ends.len(), ends[0].kind, ends[0].first_holds), (1, BoundaryKind::ClassWord, 1));
        assert_eq!(ends[0].example.first, "مدينة سبها");
    }

    trait OrDash {
        fn as_deref_str(&self) -> &str;
    }

    impl OrDash for Option<LabelCode> {
        fn as_deref_str(&self) -> &str {
            self.as_ref().map_or("–", LabelCode::as_str)
        }
    }

    #[test]
    fn three_annotators_make_three_pairs_and_gaps_are_no_disagreement() {
        let (one, two) = ("زار [LOC بغداد] أمس", "عاد [PER سامي] إلى [LOC بغداد]");
        let report = report(&[by("a", &[one, two]), by("b", &[one, two]), by("c", &[one])]);
        let pairs: Vec<_> = report
            .pairs
            .iter()
            .map(|pair| (pair.first.as_str(), pair.second.as_str(), pair.articles))
            .collect();
        assert_eq!(pairs, [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]);
        assert_eq!(report.alpha.all.value, Some(1.0));
    }

    #[test]
    fn the_report_goes_to_the_page_and_back() {
        let report = report(&[by("a", &["زار [LOC بغداد] أمس"]), by("b", &["زار [LOC بغداد أمس]"])]);
        let json = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    }

    #[test]
    fn words_nobody_labels_lift_kappa() {
        let a = by("a", &["قال إن [LOC بغداد] و[LOC سبها] في يوم من أيام الناس"]);
        let b = by("b", &["قال إن [LOC بغداد] و[ORG سبها] في يوم من أيام الناس"]);
        let kappa = report(&[a, b]).kappa;
        assert!(kappa.all.value > kappa.labelled.value, "{kappa:?}");
    }
}
