//! `misam split`

use std::io::{self, Write as _};
use std::path::PathBuf;

use serde_json::json;

use super::input::{documents, documents_of_all, stem};
use super::output::NewFolder;
use super::table::count;
use super::{DONE, Failure, WRONG, complain};
use crate::annotation::Document;
use crate::dataset::{Leak, Ratios, Split, SplitOptions, leaks, split};
use crate::formats::proved_record;
use crate::quality::likeness::NEARLY_THE_SAME;
use crate::schema::LabelCode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files in any format that is read
    #[arg(required = true)]
    path: Vec<PathBuf>,
    #[command(flatten)]
    how: How,
    /// A folder for one file of records a part. Nothing in it is overwritten
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Take each file for a part, and only say which articles stand in two
    #[arg(long, conflicts_with = "out")]
    check: bool,
    /// JSON instead of a list
    #[arg(long)]
    json: bool,
}

/// How to part.
#[derive(Debug, clap::Args)]
pub(super) struct How {
    /// The parts and their shares
    #[arg(long, default_value = "train=80,dev=10,test=10", value_name = "NAME=SHARE,…")]
    ratios: Ratios,
    /// Another word gives another parting
    #[arg(long, default_value = "", hide_default_value = true)]
    salt: String,
    /// Articles that share so much of their runs of three words stay together, 0 to 1
    #[arg(long, default_value_t = NEARLY_THE_SAME)]
    alike: f64,
}

impl How {
    pub(super) fn options(&self) -> SplitOptions {
        SplitOptions { ratios: self.ratios.clone(), salt: self.salt.clone(), alike: self.alike }
    }
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    if args.check {
        return check(args);
    }
    let (documents, refused) = documents_of_all(&args.path)?;
    let split = split(&documents, args.how.options());
    if let Some(path) = &args.out {
        let mut folder = NewFolder::new(path)?;
        for (number, name) in split.options.ratios.names().enumerate() {
            folder.write(&format!("{name}.jsonl"), records(&documents, &split, number)?.as_bytes())?;
        }
    }
    let mut stdout = io::stdout().lock();
    if args.json {
        writeln!(stdout, "{}", as_json(&documents, &split))?;
    } else if args.out.is_none() {
        for (document, name) in names(&documents, &split) {
            writeln!(stdout, "{name}\t{}", document.id)?;
        }
    }
    complain(&distribution(&split).trim_end());
    Ok(if refused { WRONG } else { DONE })
}

fn names<'a>(documents: &'a [Document], split: &'a Split) -> impl Iterator<Item = (&'a Document, &'a str)> {
    let name = |part: &usize| split.counts.get(*part).map_or("", |part| part.name.as_str());
    documents.iter().zip(split.parts.iter().map(name))
}

fn records(documents: &[Document], split: &Split, part: usize) -> Result<String, Failure> {
    let mut records = String::new();
    for (document, _) in documents.iter().zip(&split.parts).filter(|(_, of)| **of == part) {
        records += &proved_record(document)?;
        records.push('\n');
    }
    Ok(records)
}

fn as_json(documents: &[Document], split: &Split) -> serde_json::Value {
    let rows: Vec<_> = names(documents, split).map(|(d, name)| json!({"id": d.id, "part": name})).collect();
    json!({"options": split.options, "families": split.families, "counts": split.counts, "documents": rows})
}

/// The parts and the labels in each, in numbers and in hundredths of the label.
fn distribution(split: &Split) -> String {
    let mut table = format!("{:<12}", "");
    let mut labels: Vec<&LabelCode> = split.counts.iter().flat_map(|part| part.labels.keys()).collect();
    labels.sort_unstable();
    labels.dedup();
    for part in &split.counts {
        table += &format!(" {:>16}", part.name);
    }
    let mut row = |name: &str, numbers: Vec<usize>| {
        let sum: usize = numbers.iter().sum();
        table += &format!("\n{name:<12}");
        for number in numbers {
            let share = if sum == 0 { 0.0 } else { 100.0 * number as f64 / sum as f64 };
            table += &format!(" {number:>8} {share:>5.1} %");
        }
    };
    row("documents", split.counts.iter().map(|part| part.documents).collect());
    for label in labels {
        row(
            label.as_str(),
            split.counts.iter().map(|part| part.labels.get(label).copied().unwrap_or(0)).collect(),
        );
    }
    let families = count(split.families, "family", "families");
    table + &format!("\n{families} of articles that are the same or nearly, each kept together")
}

fn check(args: &Args) -> Result<u8, Failure> {
    let (mut parts, mut refused) = (Vec::new(), false);
    for path in &args.path {
        let (documents, some_refused) = documents(path)?;
        refused |= some_refused;
        parts.push((stem(path), documents));
    }
    let all: Vec<(&str, &Document)> = parts
        .iter()
        .flat_map(|(name, documents)| documents.iter().map(move |document| (name.as_str(), document)))
        .collect();
    let found = leaks(&all, args.how.alike);
    let mut stdout = io::stdout().lock();
    if args.json {
        writeln!(stdout, "{}", json!(found))?;
    } else {
        for Leak { first, second, share } in &found {
            writeln!(stdout, "{share:.4}  {}: {}  =  {}: {}", first.0, first.1, second.0, second.1)?;
        }
    }
    complain(&format_args!(
        "{} in {}, {} that stand in two",
        count(all.len(), "document", "documents"),
        count(parts.len(), "part", "parts"),
        count(found.len(), "pair of articles", "pairs of articles")
    ));
    Ok(if refused || !found.is_empty() { WRONG } else { DONE })
}
