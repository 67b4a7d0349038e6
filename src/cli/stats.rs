//! `misam stats`

use std::fmt;
use std::io::{self, Write as _};
use std::path::PathBuf;

use serde_json::json;

use super::input::each_document;
use super::table::{figure, ratio};
use super::{DONE, Failure, WRONG};
use crate::dataset::{DatasetCounter, DatasetStatistics};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files in any format that is read
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// How many of the most frequent names are listed for each label
    #[arg(long, default_value_t = 10)]
    names: usize,
    /// How often documents are drawn for the 95 % interval of what suggestions did
    #[arg(long, default_value_t = 1000)]
    rounds: usize,
    /// What the draws begin with
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// JSON instead of tables
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let (mut counter, mut refused) = (DatasetCounter::default(), false);
    for path in &args.path {
        refused |= each_document(path, |document| counter.add(&document))?;
    }
    let statistics = counter.finish(args.names, args.rounds, args.seed);
    let mut stdout = io::stdout().lock();
    if args.json {
        writeln!(stdout, "{}", json!(statistics))?;
    } else {
        write!(stdout, "{}", Tables(&statistics))?;
    }
    Ok(if refused { WRONG } else { DONE })
}

struct Tables<'a>(&'a DatasetStatistics);

impl fmt::Display for Tables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0;
        let listed = |counts: &std::collections::BTreeMap<String, usize>| {
            let pairs: Vec<_> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
            if pairs.is_empty() { "–".to_owned() } else { pairs.join(", ") }
        };
        writeln!(f, "documents    {:>9}  {}", all.documents, listed(&all.statuses))?;
        writeln!(f, "annotators   {:>9}  {}", all.annotators.len(), listed(&all.annotators))?;
        writeln!(f, "words        {:>9}", all.words)?;
        writeln!(f, "code points  {:>9}", all.code_points)?;
        writeln!(f, "spans        {:>9}  {}", all.spans, listed(&all.origins))?;
        let spread = all.per_document;
        writeln!(
            f,
            "  a document {:>9.2}  {} to {}, middle {}",
            spread.mean, spread.least, spread.most, spread.median
        )?;
        writeln!(
            f,
            "suggestions  {:>9}  nobody has looked at, {} turned down",
            all.suggestions, all.rejected
        )?;
        if !all.labels.is_empty() {
            writeln!(f, "\n{:<12} {:>9} {:>9} {:>9} {:>9}", "label", "spans", "documents", "names", "words")?;
        }
        for (label, row) in &all.labels {
            writeln!(
                f,
                "{label:<12} {:>9} {:>9} {:>9} {:>9}",
                row.spans, row.documents, row.distinct, row.words
            )?;
        }
        for (label, row) in all.labels.iter().filter(|(_, row)| !row.frequent.is_empty()) {
            let names: Vec<_> =
                row.frequent.iter().map(|one| format!("{} {}", one.name, one.count)).collect();
            writeln!(f, "\n{label}: {}", names.join("، "))?;
        }
        self.pull(f)
    }
}

impl Tables<'_> {
    /// What suggestions did, where there were some.
    fn pull(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pull = &self.0.pull;
        let verdicts = pull.verdicts;
        if let Some(acceptance) = verdicts.acceptance() {
            writeln!(
                f,
                "\nsuggestions in finished documents: {} accepted, {} corrected, {} turned down; acceptance {acceptance:.4}; {} spans added by hand",
                verdicts.accepted, verdicts.corrected, verdicts.rejected, verdicts.added
            )?;
        }
        if pull.blind.articles == 0 {
            return Ok(());
        }
        writeln!(
            f,
            "\n{:<20} {:>9} {:>9} {:>9} {:>21}",
            "finished documents", "number", "words", "spans", "spans a hundred words"
        )?;
        for (name, side) in [("suggestions shown", pull.shown), ("blind", pull.blind)] {
            let density = ratio(side.density());
            writeln!(f, "{name:<20} {:>9} {:>9} {:>9} {density:>21}", side.articles, side.words, side.spans)?;
        }
        writeln!(f, "difference {}", figure(pull.difference))
    }
}
