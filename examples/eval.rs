//! The extractor's scores on the labelled corpus.
//!
//!     cargo run --release --example eval -- [--split train|dev|test] [--show [LABEL]] [--calibrate] [--print FILE]
//!
//! `--show` lists what was missed and what was wrong, on the training part only: the others are for measuring.
//! `--print` writes a text with its suggestions in brackets, as the corpus is written. `--calibrate` measures the precision of each rule family on train and dev and writes
//! `assets/lexicon/confidence.tsv`. The split is described in `corpus/SPLIT.md`.

use std::collections::HashSet;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use misam::annotation::{Document, DocumentId, Origin, Span, SpanId, SpanSet};
use misam::extract::{Calibration, Extractor, Label, Rule, RuleExtractor, Suggestion, Tally};
use misam::quality::score::{Measure, Score, score};
use misam::schema::LabelCode;
use misam::text::{ByteRange, CodePointOffset, SourceText};
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Deserialize)]
struct Item {
    id: String,
    text: String,
    entities: Vec<Entity>,
}

#[derive(Deserialize)]
struct Entity {
    start: u32,
    end: u32,
    label: LabelCode,
}

type Failure = Box<dyn std::error::Error>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Train,
    Dev,
    Test,
}

impl Part {
    /// The part of an item: the first four bytes of the SHA-256 of its name, big-endian, modulo ten.
    fn of(id: &str) -> Self {
        let digest = Sha256::digest(id.as_bytes());
        let head = digest.iter().take(4).fold(0u32, |number, &byte| number << 8 | u32::from(byte));
        match head % 10 {
            0..=5 => Self::Train,
            6 | 7 => Self::Dev,
            _ => Self::Test,
        }
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "train" => Self::Train,
            "dev" => Self::Dev,
            "test" => Self::Test,
            _ => return None,
        })
    }
}

/// A text with its suggestions in brackets.
fn print(path: &str) -> Result<(), Failure> {
    let text = SourceText::new(std::fs::read_to_string(path)?);
    let whole = text.as_str();
    let mut at = 0;
    for suggestion in RuleExtractor::embedded()?.suggest(&text) {
        let range = suggestion.range.to_std();
        print!("{}[{} {}]", &whole[at..range.start], suggestion.label, &whole[range.clone()]);
        at = range.end;
    }
    println!("{}", &whole[at..]);
    Ok(())
}

struct Options {
    part: Part,
    show: Option<String>,
    calibrate: bool,
    print: Option<String>,
}

fn options() -> Result<Options, Failure> {
    let mut options = Options { part: Part::Dev, show: None, calibrate: false, print: None };
    let mut arguments = std::env::args().skip(1).peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--split" => {
                let name = arguments.next().unwrap_or_default();
                options.part = Part::named(&name).ok_or("--split takes train, dev or test")?;
            }
            "--show" => options.show = Some(arguments.next_if(|a| !a.starts_with("--")).unwrap_or_default()),
            "--print" => options.print = arguments.next(),
            "--calibrate" => options.calibrate = true,
            other => return Err(format!("{other}: unknown; see the head of examples/eval.rs").into()),
        }
    }
    if options.show.is_some() && options.part != Part::Train {
        return Err("--show is for --split train: the other parts are not looked into".into());
    }
    Ok(options)
}

fn corpus() -> Result<Vec<Item>, Failure> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut items = Vec::new();
    for name in ["part-a.jsonl", "part-b.jsonl", "part-c.jsonl"] {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for line in text.lines() {
            items.push(serde_json::from_str(line)?);
        }
    }
    Ok(items)
}

fn gold_range(text: &SourceText, entity: &Entity) -> Option<ByteRange> {
    text.byte_range(CodePointOffset::new(entity.start), CodePointOffset::new(entity.end))
}

fn document(
    item: &Item,
    text: &SourceText,
    spans: impl Iterator<Item = (ByteRange, LabelCode)>,
    origin: Origin,
) -> Result<Document, Failure> {
    let mut document = Document::new(DocumentId::new(item.id.as_str()), text.clone());
    let numbered = (1..).zip(spans);
    let spans =
        numbered.map(|(n, (range, label))| Span::new(SpanId::numbered(n), range, label, origin).into());
    document.spans =
        SpanSet::from_unique(spans.collect()).map_err(|id| format!("two spans are called {id}"))?;
    Ok(document)
}

/// Missed and wrong spans of one item, with the words around them.
fn show(item: &Item, text: &SourceText, found: &[(Suggestion, Rule)], only: &str) {
    let wanted = |label: &str| only.is_empty() || only == label;
    let key = |range: ByteRange, label: &LabelCode| (range, label.clone());
    let gold: Vec<_> =
        item.entities.iter().filter_map(|e| Some((gold_range(text, e)?, e.label.clone()))).collect();
    let right: HashSet<_> = gold.iter().cloned().collect();
    let mine: HashSet<_> = found.iter().map(|(s, _)| key(s.range, &s.label)).collect();
    let context = |range: ByteRange| {
        let whole = text.as_str();
        let before: Vec<_> = whole[..range.start.to_usize()].chars().rev().take(25).collect();
        let before: String = before.into_iter().rev().collect();
        let after: String = whole[range.end.to_usize()..].chars().take(25).collect();
        format!("{before}⟦{}⟧{after}", &whole[range.to_std()]).replace('\n', "⏎")
    };
    for (range, label) in gold.iter().filter(|g| !mine.contains(*g) && wanted(g.1.as_str())) {
        println!("- {} {label} {}", item.id, context(*range));
    }
    for (suggestion, rule) in found.iter().filter(|(s, _)| wanted(s.label.as_str())) {
        if !right.contains(&key(suggestion.range, &suggestion.label)) {
            println!("+ {} {} {} [{}]", item.id, suggestion.label, context(suggestion.range), rule.name());
        }
    }
}

fn percent(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{:.1}", 100.0 * value))
}

fn print_measure(title: &str, measure: &Measure) {
    println!(
        "{title}\n{:<6}{:>8}{:>8}{:>8}{:>7}{:>7}{:>7}",
        "label", "P", "R", "F1", "right", "found", "gold"
    );
    for label in Label::ALL {
        let code = label.code();
        if let Some((_, tally)) = measure.by_label.iter().find(|(known, _)| known.as_str() == code) {
            println!(
                "{code:<6}{:>8}{:>8}{:>8}{:>7}{:>7}{:>7}",
                percent(tally.precision()),
                percent(tally.recall()),
                percent(tally.f1()),
                tally.right,
                tally.predicted,
                tally.gold
            );
        }
    }
    let micro = measure.micro;
    println!(
        "{:<6}{:>8}{:>8}{:>8}{:>7}{:>7}{:>7}",
        "micro",
        percent(micro.precision()),
        percent(micro.recall()),
        percent(micro.f1()),
        micro.correct,
        micro.predicted,
        micro.gold
    );
}

fn run() -> Result<(), Failure> {
    let options = options()?;
    if let Some(path) = &options.print {
        return print(path);
    }
    let items = corpus()?;
    let begin = Instant::now();
    let extractor = RuleExtractor::embedded()?;
    let loading = begin.elapsed();
    let mut calibration = Calibration::default();
    let (mut gold, mut predicted) = (Vec::new(), Vec::new());
    let (mut bytes, mut working) = (0, Duration::ZERO);
    for item in &items {
        let part = Part::of(&item.id);
        let measured = options.calibrate && part != Part::Test;
        if part != options.part && !measured {
            continue;
        }
        let text = SourceText::new(item.text.as_str());
        let begin = Instant::now();
        let found = extractor.explain(&text);
        working += begin.elapsed();
        bytes += item.text.len();
        let right: HashSet<_> =
            item.entities.iter().filter_map(|e| Some((gold_range(&text, e)?, e.label.clone()))).collect();
        if measured {
            for (suggestion, rule) in &found {
                let hit = right.contains(&(suggestion.range, suggestion.label.clone()));
                calibration.add(*rule, Tally { right: u32::from(hit), all: 1 });
            }
        }
        if part != options.part {
            continue;
        }
        if let Some(only) = &options.show {
            show(item, &text, &found, only);
        }
        let spans = item.entities.iter().filter_map(|e| Some((gold_range(&text, e)?, e.label.clone())));
        gold.push(document(item, &text, spans, Origin::Manual)?);
        let spans = found.iter().map(|(s, _)| (s.range, s.label.clone()));
        predicted.push(document(item, &text, spans, Origin::Suggested)?);
    }
    let Score { strict, boundary, documents, .. } = score(&gold, &predicted);
    print_measure("strict: label and both ends", &strict);
    println!();
    print_measure("boundary: both ends, whatever the label", &boundary);
    println!(
        "\n{} with {} entries, loaded in {:.1} ms; {documents} items, {:.2} MB/s",
        extractor.source(),
        extractor.lexicon().len(),
        loading.as_secs_f64() * 1e3,
        bytes as f64 / 1e6 / working.as_secs_f64()
    );
    if options.calibrate {
        println!("\nrule family            right proposed precision (train + dev)");
        for rule in Rule::ALL {
            let tally = calibration.tally(rule);
            println!(
                "{:<22}{:>6}{:>9}{:>10.1}",
                rule.name(),
                tally.right,
                tally.all,
                100.0 * tally.precision()
            );
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lexicon/confidence.tsv");
        std::fs::write(&path, calibration.to_tsv())?;
        println!("written: {}", path.display());
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("eval: {failure}");
            ExitCode::FAILURE
        }
    }
}
