//! `misam agreement`

use std::fmt;
use std::io::{self, Write as _};

use serde_json::json;

use super::annotators::{Crew, say_what_is_left_out};
use super::table::{count, figure, ratio};
use super::{DONE, Failure, WRONG, complain, vocabulary};
use crate::quality::agreement::{AgreementOptions, PairReport, Report, WithoutGamma, agreement};
use crate::schema::LabelCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    crew: Crew,
    /// Count suggestions that nobody confirmed, too: for comparing an extractor with people
    #[arg(long)]
    with_suggestions: bool,
    /// Count documents that nobody has begun or that were put aside, too
    #[arg(long)]
    untouched: bool,
    /// How often articles are drawn for the 95 % intervals; 0 for none
    #[arg(long, default_value_t = 1000)]
    rounds: usize,
    /// What the draws begin with; the same seed gives the same intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Exit with 1 if the mean strict F1 is less, 0 to 1
    #[arg(long, value_name = "F1")]
    at_least: Option<f64>,
    /// JSON instead of tables
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let vocabulary = vocabulary()?;
    let (annotators, refused) = args.crew.annotators()?;
    let options = AgreementOptions {
        suggestions: args.with_suggestions,
        untouched: args.untouched,
        rounds: args.rounds,
        seed: args.seed,
    };
    let report = agreement(&annotators, options, &vocabulary);
    say_what_is_left_out(&report.left_out);
    if report.left_out.untouched > 0 {
        let untouched = report.left_out.untouched;
        complain(&format_args!(
            "{untouched} documents were not begun or put aside; they do not count (--untouched counts them)"
        ));
    }
    let mut stdout = io::stdout().lock();
    if args.json {
        writeln!(stdout, "{}", json!(report))?;
    } else if report.articles > 0 {
        write!(stdout, "{}", Tables(&report))?;
    }
    if report.articles == 0 {
        complain(&"no article was labelled by two annotators; nothing can be compared");
    }
    let low = args.at_least.is_some_and(|least| report.spans.strict.value.is_none_or(|f1| f1 < least));
    Ok(if report.articles == 0 || refused || low { WRONG } else { DONE })
}

/// The report for people.
struct Tables<'a>(&'a Report);

impl fmt::Display for Tables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.0;
        for row in &report.annotators {
            let (articles, spans) =
                (count(row.articles, "article", "articles"), count(row.spans, "span", "spans"));
            writeln!(f, "{:<24} {articles:>14} {spans:>14}", row.name)?;
        }
        writeln!(f, "\n{:<44} {:>7}  95 % interval", "agreement", "")?;
        for (name, value) in [
            ("F1, same label and ends", report.spans.strict),
            ("F1, same ends", report.spans.boundary),
            ("F1, same label and a letter in common", report.spans.overlap),
            ("Cohen's kappa, words *", report.kappa.all),
            ("Cohen's kappa, words that somebody labels", report.kappa.labelled),
            ("Krippendorff's alpha, words *", report.alpha.all),
            ("Krippendorff's alpha, labelled words", report.alpha.labelled),
            ("Krippendorff's unitizing alpha", report.unitizing),
            ("Gamma, aligned spans", report.gamma.figure),
        ] {
            writeln!(f, "{name:<44} {}", figure(value))?;
        }
        writeln!(f, "* lifted by words without a label, which everybody agrees upon")?;
        if report.gamma.without == Some(WithoutGamma::TooMuch) {
            writeln!(
                f,
                "gamma was not computed: too many spans, or too many annotators for spans as dense as these"
            )?;
        }
        writeln!(
            f,
            "\n{:<12} {:>7} {:>9} {:>9} {:>9} {:>9}",
            "label", "spans", "strict", "ends", "overlap", "unitizing"
        )?;
        for (label, row) in &report.labels {
            write!(f, "{label:<12} {:>7}", row.spans)?;
            for value in [row.strict, row.boundary, row.overlap, row.unitizing] {
                write!(f, " {:>9}", ratio(value))?;
            }
            writeln!(f)?;
        }
        report.pairs.iter().try_for_each(|pair| self::pair(f, pair))?;
        let mut worst: Vec<_> =
            report.by_article.iter().filter(|row| row.strict.is_some_and(|f1| f1 < 1.0)).collect();
        worst.sort_by(|a, b| a.strict.unwrap_or(0.0).total_cmp(&b.strict.unwrap_or(0.0)));
        if !worst.is_empty() {
            writeln!(f, "\n{:<44} {:>9} {:>9} {:>9}", "least agreed upon", "strict", "ends", "overlap")?;
        }
        for row in worst.iter().take(WORST) {
            let ratios = [row.strict, row.boundary, row.overlap].map(ratio);
            writeln!(f, "{:<44} {:>9} {:>9} {:>9}", row.id, ratios[0], ratios[1], ratios[2])?;
        }
        writeln!(
            f,
            "\n{}, {}",
            count(report.articles, "article", "articles"),
            count(report.words, "word", "words")
        )
    }
}

/// How many articles are named.
const WORST: usize = 10;

fn pair(f: &mut fmt::Formatter<'_>, pair: &PairReport) -> fmt::Result {
    writeln!(f, "\n{} and {}, {}", pair.first, pair.second, count(pair.articles, "article", "articles"))?;
    let f1 = [&pair.strict, &pair.boundary, &pair.overlap].map(|measure| ratio(measure.micro.f1()));
    writeln!(f, "  F1 {} strict, {} ends, {} overlap", f1[0], f1[1], f1[2])?;
    let kappa = [pair.kappa.all, pair.kappa.labelled, pair.kappa.both].map(ratio);
    writeln!(
        f,
        "  kappa {} all words, {} labelled by one, {} labelled by both",
        kappa[0], kappa[1], kappa[2]
    )?;
    let name = |label: &Option<LabelCode>| label.as_ref().map_or("–", LabelCode::as_str).to_owned();
    let confused: Vec<_> = pair.confusion.iter().filter(|row| row.first != row.second).collect();
    if !confused.is_empty() {
        writeln!(f, "  labels that differ")?;
    }
    for row in confused {
        writeln!(f, "  {:>6}  {} / {}", row.count, name(&row.first), name(&row.second))?;
    }
    if !pair.boundaries.is_empty() {
        writeln!(f, "  ends that differ (inside for the first, for the second)")?;
    }
    for row in &pair.boundaries {
        let (first, second) = (row.first_holds, row.second_holds);
        let example = &row.example;
        writeln!(
            f,
            "  {first:>6} {second:>6}  {}, {}: {} / {}",
            row.kind.as_str(),
            row.edge.as_str(),
            example.first,
            example.second
        )?;
    }
    Ok(())
}
