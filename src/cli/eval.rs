//! `misam eval`

use std::fmt;
use std::io::{self, Write as _};
use std::path::PathBuf;

use serde_json::json;

use super::input::documents;
use super::{DONE, Failure, WRONG, complain};
use crate::quality::score::{Measure, Score, score};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The right spans; suggestions that nobody confirmed do not count
    #[arg(long)]
    gold: PathBuf,
    /// The spans to be judged
    #[arg(long)]
    pred: PathBuf,
    /// JSON instead of a table
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let (gold, gold_refused) = documents(&args.gold)?;
    let (predicted, predicted_refused) = documents(&args.pred)?;
    let score = score(&gold, &predicted);
    for (names, what) in [
        (&score.gold_only, "gold documents have no prediction; their spans count as missed"),
        (&score.predicted_only, "predicted documents have no gold; they do not count"),
        (
            &score.different_text,
            "documents have another text in gold than in the prediction; they do not count",
        ),
    ] {
        if let Some(first) = names.first() {
            complain(&format_args!("{} {what} (first: {first})", names.len()));
        }
    }
    let mut stdout = io::stdout().lock();
    if args.json {
        writeln!(stdout, "{}", json!(score))?;
    } else {
        write!(stdout, "{}", Table(&score))?;
    }
    let whole = score.different_text.is_empty() && !gold_refused && !predicted_refused;
    Ok(if score.documents > 0 && whole { DONE } else { WRONG })
}

/// The score for people.
struct Table<'a>(&'a Score);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        measure(f, "strict: label and both boundaries", &self.0.strict)?;
        writeln!(f)?;
        measure(f, "boundary: both boundaries, whatever the label", &self.0.boundary)?;
        writeln!(f, "\n{} documents", self.0.documents)
    }
}

fn measure(f: &mut fmt::Formatter<'_>, title: &str, measure: &Measure) -> fmt::Result {
    writeln!(f, "{title}")?;
    writeln!(
        f,
        "{:<12} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "label", "precision", "recall", "F1", "correct", "predicted", "gold"
    )?;
    for (label, tally) in &measure.by_label {
        let ratios = [tally.precision(), tally.recall(), tally.f1()];
        row(f, label.as_str(), ratios, [tally.right, tally.predicted, tally.gold])?;
    }
    let micro = measure.micro;
    let ratios = [micro.precision(), micro.recall(), micro.f1()];
    row(f, "micro", ratios, [micro.correct, micro.predicted, micro.gold])
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, ratios: [Option<f64>; 3], counts: [usize; 3]) -> fmt::Result {
    write!(f, "{name:<12}")?;
    for ratio in ratios {
        match ratio {
            Some(ratio) => write!(f, " {ratio:>9.4}")?,
            None => write!(f, " {:>9}", "–")?,
        }
    }
    writeln!(f, " {:>9} {:>9} {:>9}", counts[0], counts[1], counts[2])
}
