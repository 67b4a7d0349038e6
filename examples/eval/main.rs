//! The extractor's scores on the labelled corpus: the rules alone, and the trained model beside them.
//!
//!     ./dev eval --all
//!     ./dev eval [--split train|dev|test] [--model FILE]... [--kinds] [--corpora DIR] [--show [LABEL]]
//!                [--calibrate] [--print FILE]
//!
//! `./dev eval --all` asks for dev with `--kinds` and `--corpora`, then for test, and names the commands that print what is
//! not measured here. `--model` names the models to be measured; without it, it is the one in the repository. `--kinds`
//! counts errors by kind. `--corpora` scores other people's corpora, too; they are in the folder of the training data.
//! `--show` lists what the last extractor missed and got wrong, on the training part only: the others are for measuring.
//! `--print` writes a text with its suggestions in brackets, as the corpus is written. `--calibrate` measures the precision
//! of each rule family on train and dev and writes `assets/lexicon/confidence.tsv`. The split is described in
//! `corpus/SPLIT.md`.

mod corpus;
mod external;
mod kinds;
mod perturb;
mod reliability;
mod show;
mod table;

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use misam::extract::{Calibration, Extractor, Label, Rule, RuleExtractor, Tally};
use misam::quality::score::Score;
use misam::train::corpora::Part;

use corpus::{Failure, Found, Item, Mark, compare, file, find, judge, own, score_all, tagged};
use perturb::Writing;

/// The model in the repository.
const MODEL: &str = "assets/model/news.misam-model";

/// An extractor and what it is called here.
struct Named {
    name: String,
    extractor: Box<dyn Extractor>,
}

struct Options {
    part: Part,
    models: Vec<PathBuf>,
    kinds: bool,
    corpora: Option<PathBuf>,
    show: Option<String>,
    calibrate: bool,
    print: Option<String>,
}

fn options() -> Result<Options, Failure> {
    let mut options = Options {
        part: Part::Dev,
        models: Vec::new(),
        kinds: false,
        corpora: None,
        show: None,
        calibrate: false,
        print: None,
    };
    let mut arguments = std::env::args().skip(1).peekable();
    while let Some(argument) = arguments.next() {
        let mut next = || arguments.next().ok_or_else(|| format!("{argument} wants something behind it"));
        match argument.as_str() {
            "--split" => {
                options.part = match next()?.as_str() {
                    "train" => Part::Train,
                    "dev" => Part::Dev,
                    "test" => Part::Test,
                    other => return Err(format!("--split takes train, dev or test, not {other}").into()),
                };
            }
            "--model" => options.models.push(next()?.into()),
            "--kinds" => options.kinds = true,
            "--corpora" => options.corpora = Some(next()?.into()),
            "--print" => options.print = Some(next()?),
            "--show" => options.show = Some(arguments.next_if(|a| !a.starts_with("--")).unwrap_or_default()),
            "--calibrate" => options.calibrate = true,
            other => return Err(format!("{other}: unknown; see the head of examples/eval/main.rs").into()),
        }
    }
    if options.show.is_some() && options.part != Part::Train {
        return Err("--show is for --split train: the other parts are not looked into".into());
    }
    Ok(options)
}

/// The rules, then the models.
fn extractors(options: &Options) -> Result<Vec<Named>, Failure> {
    let rules = RuleExtractor::embedded()?;
    let mut extractors = vec![Named { name: rules.source().to_owned(), extractor: Box::new(rules) }];
    let mut models = options.models.clone();
    if models.is_empty() {
        let model = file(MODEL);
        if model.exists() {
            models.push(model);
        } else {
            eprintln!("{MODEL} is not there, so the rules are measured alone; ./dev train makes it");
        }
    }
    for path in models {
        let tagged = tagged(&path)?;
        extractors.push(Named { name: tagged.source().to_owned(), extractor: Box::new(tagged) });
    }
    Ok(extractors)
}

/// Measures the precision of each rule family on train and dev, and writes it down.
fn calibrate() -> Result<(), Failure> {
    let extractor = RuleExtractor::embedded()?;
    let mut calibration = Calibration::default();
    for item in own(Part::Train)?.into_iter().chain(own(Part::Dev)?) {
        for (suggestion, rule) in extractor.explain(&item.text) {
            let right = item.gold.contains(&Found::from(suggestion).mark);
            calibration.add(rule, Tally { right: u32::from(right), all: 1 });
        }
    }
    println!("rule family            right proposed precision (train + dev)");
    for rule in Rule::ALL {
        let Tally { right, all } = calibration.tally(rule);
        println!(
            "{:<22}{right:>6}{all:>9}{:>10.1}",
            rule.name(),
            100.0 * calibration.tally(rule).precision()
        );
    }
    let path = file("assets/lexicon/confidence.tsv");
    std::fs::write(&path, calibration.to_tsv())?;
    println!("written: {}", path.display());
    Ok(())
}

/// Scores on the names that the training part does not have, found and gold.
fn unseen(items: &[Item], found: &[Vec<Found>]) -> Result<Score, Failure> {
    let train = own(Part::Train)?;
    let seen: HashSet<String> =
        train.iter().flat_map(|item| item.gold.iter().map(|mark| item.name(mark))).collect();
    let is_new = |item: &Item, mark: &&Mark| {
        !["DAT", "NUM"].contains(&mark.label.as_str()) && !seen.contains(&item.name(mark))
    };
    let new = |item: &Item, marks: &mut dyn Iterator<Item = &Mark>| -> Vec<Mark> {
        marks.filter(|mark| is_new(item, mark)).cloned().collect()
    };
    let gold: Vec<_> = items.iter().map(|item| new(item, &mut item.gold.iter())).collect();
    let found: Vec<_> =
        items.iter().zip(found).map(|(item, found)| new(item, &mut found.iter().map(|f| &f.mark))).collect();
    compare(items, &gold, &found)
}

fn measure(options: &Options, extractors: &[Named]) -> Result<(), Failure> {
    let labels = Label::ALL.map(Label::code);
    let names: Vec<&str> = extractors.iter().map(|named| named.name.as_str()).collect();
    let items = own(options.part)?;
    let mut found = Vec::new();
    let mut times = Vec::new();
    for named in extractors {
        let began = Instant::now();
        found.push(find(&*named.extractor, &items));
        times.push(began.elapsed());
    }
    let scores = found.iter().map(|found| score_all(&items, found)).collect::<Result<Vec<_>, _>>()?;
    let bytes: usize = items.iter().map(|item| item.text.as_str().len()).sum();
    println!("{:?} part of the corpus: {} items, {bytes} bytes\n", options.part, items.len());
    table::print(&names, &scores, &labels);

    println!("\nnames that the training part does not have");
    for (name, found) in names.iter().zip(&found) {
        table::print_line(name, &unseen(&items, found)?, &[]);
    }
    for writing in Writing::ALL {
        println!("{}", writing.name());
        let written: Vec<Item> = items.iter().map(|item| writing.apply(item)).collect();
        for named in extractors {
            let score = score_all(&written, &find(&*named.extractor, &written))?;
            table::print_line(&named.name, &score, &[]);
        }
    }

    println!();
    let gold = items.iter().map(|item| item.gold.len()).sum();
    for (name, found) in names.iter().zip(&found) {
        reliability::print(name, &judge(&items, found));
    }
    if let (Some(name), Some(found)) = (names.last(), found.last()) {
        println!();
        reliability::print_thresholds(name, &judge(&items, found), gold);
    }
    if options.kinds {
        println!();
        kinds::print(&names, &items, &found)?;
    }
    println!();
    for (name, time) in names.iter().zip(times) {
        println!("{name}: {:.2} MB/s on one processor", bytes as f64 / 1e6 / time.as_secs_f64());
    }
    if let (Some(only), Some(found)) = (&options.show, found.last()) {
        items.iter().zip(found).for_each(|(item, found)| show::errors(item, found, only));
    }
    Ok(())
}

fn run() -> Result<(), Failure> {
    let options = options()?;
    if options.calibrate {
        return calibrate();
    }
    let extractors = extractors(&options)?;
    if let Some(path) = &options.print {
        return extractors.last().map_or(Ok(()), |named| show::marked(path, &*named.extractor));
    }
    measure(&options, &extractors)?;
    if let Some(folder) = &options.corpora {
        println!("\nother people's corpora, with their labels, over whole words");
        external::print(folder, &extractors)?;
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
