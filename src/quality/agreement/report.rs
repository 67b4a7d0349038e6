//! What a comparison of annotators comes to, as plain data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::boundary::{BoundaryKind, Edge};
use super::panel::LeftOut;
use crate::quality::bootstrap::Figure;
use crate::quality::score::Measure;
use crate::schema::LabelCode;

/// How far annotators agree. `docs/AGREEMENT.md` says what each figure means and where its formula is from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The annotators, in the order in which they were given.
    pub annotators: Vec<AnnotatorRow>,
    /// Articles that two or more of them have labelled; only these count.
    pub articles: usize,
    /// Words in these.
    pub words: usize,
    /// What does not count.
    pub left_out: LeftOut,
    /// F1 of spans, the mean over the pairs.
    pub spans: SpanFigures,
    /// Cohen's kappa of words, the mean over the pairs.
    pub kappa: WordFigures,
    /// Krippendorff's alpha of words, over all annotators.
    pub alpha: WordFigures,
    /// Krippendorff's unitizing alpha, over all annotators.
    pub unitizing: Figure,
    /// Gamma, over all annotators.
    pub gamma: Gamma,
    /// By label.
    pub labels: BTreeMap<LabelCode, LabelRow>,
    /// Every two annotators that share an article.
    pub pairs: Vec<PairReport>,
    /// Article by article, in the order in which they came.
    pub by_article: Vec<ArticleRow>,
    /// How the intervals were drawn.
    pub bootstrap: Bootstrap,
}

/// How the intervals were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bootstrap {
    /// How often articles were drawn.
    pub rounds: usize,
    /// What the draws began with.
    pub seed: u64,
}

/// One annotator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnotatorRow {
    /// Their name.
    pub name: String,
    /// Shared articles that they labelled.
    pub articles: usize,
    /// Spans in these.
    pub spans: usize,
}

/// F1 by three ways of comparing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SpanFigures {
    /// Same label, same ends.
    pub strict: Figure,
    /// Same ends, whatever the label.
    pub boundary: Figure,
    /// Same label, at least one letter in common.
    pub overlap: Figure,
}

/// A coefficient over words, with and without those that nobody labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WordFigures {
    /// Over all words. Most of them carry no label and are easily agreed upon, which lifts the figure.
    pub all: Figure,
    /// Over words that at least one annotator has labelled.
    pub labelled: Figure,
}

/// Gamma, and what it is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gamma {
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
    /// The disorder of what annotators say, δ_o.
    pub observed: Option<f64>,
    /// The disorder if they share only their habits, δ_e: the mean over draws.
    pub expected: Option<f64>,
    /// How often annotators by habit were drawn.
    pub draws: usize,
    /// Why there is no figure, if there is none.
    pub without: Option<WithoutGamma>,
}

/// Why there is no gamma.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithoutGamma {
    /// Nobody labelled anything.
    NoSpans,
    /// There is too much to compare: too many spans, or too many annotators who label as densely.
    TooMuch,
}

/// What is said of one label: means over the pairs in which it occurs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabelRow {
    /// Spans of the label, by all annotators together.
    pub spans: usize,
    /// F1 of spans with the same ends.
    pub strict: Option<f64>,
    /// F1 of spans whose ends carry any label of the other.
    pub boundary: Option<f64>,
    /// F1 of spans that share a letter.
    pub overlap: Option<f64>,
    /// Unitizing alpha of the label alone, everything else taken for unlabelled.
    pub unitizing: Option<f64>,
}

/// Two annotators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairReport {
    /// The one; where gold and prediction are told apart, as in [`Measure`], they stand for gold.
    pub first: String,
    /// The other; they stand for prediction.
    pub second: String,
    /// Articles that both have labelled.
    pub articles: usize,
    /// Same label, same ends.
    pub strict: Measure,
    /// Same ends, whatever the label.
    pub boundary: Measure,
    /// Same label, at least one letter in common.
    pub overlap: Measure,
    /// Cohen's kappa of words.
    pub kappa: Kappa,
    /// Unitizing alpha.
    pub unitizing: Option<f64>,
    /// How often spans of the two that belong together carry which labels; most frequent first.
    pub confusion: Vec<Confused>,
    /// What they disagree about where only the ends differ; most frequent first.
    pub boundaries: Vec<BoundaryRow>,
}

/// Cohen's kappa of words, three times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Kappa {
    /// Over all words; lifted by those that carry no label.
    pub all: Option<f64>,
    /// Over words that at least one of the two has labelled.
    pub labelled: Option<f64>,
    /// Over words that both have labelled: of the choice of label alone.
    pub both: Option<f64>,
}

/// How often two labels meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confused {
    /// The first annotator's label; none where only the second has a span.
    pub first: Option<LabelCode>,
    /// The second's; none where only the first has one.
    pub second: Option<LabelCode>,
    /// How many pairs of spans.
    pub count: usize,
}

/// A kind of difference between ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundaryRow {
    /// What lies between the ends.
    pub kind: BoundaryKind,
    /// Which end.
    pub edge: Edge,
    /// How often the first annotator has it inside.
    pub first_holds: usize,
    /// How often the second.
    pub second_holds: usize,
    /// The first place where it happened.
    pub example: Example,
}

/// A place where two spans end differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The article.
    pub article: String,
    /// The first annotator's words.
    pub first: String,
    /// The second's.
    pub second: String,
}

/// One article: means over its pairs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleRow {
    /// Its name, as the first of its annotators has it.
    pub id: String,
    /// Who labelled it.
    pub annotators: Vec<String>,
    /// F1 with the same label and ends.
    pub strict: Option<f64>,
    /// F1 with the same ends.
    pub boundary: Option<f64>,
    /// F1 with the same label and a letter in common.
    pub overlap: Option<f64>,
}
