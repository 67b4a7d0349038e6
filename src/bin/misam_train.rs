//! Trains the models of the tagger: see `src/train/recipe.rs` for what is made from what.
//!
//!     misam-train news DATA CORPUS HINTS MODEL [--free] [--date YYYY-MM-DD] TEXT...
//!     misam-train newswire DATA CORPUS HINTS [--test] TEXT...
//!     misam-train ablation DATA CORPUS HINTS TEXT...
//!
//! `news` writes a model for conflict news and prints its scores on dev and test. `newswire` trains on ANERcorp's train
//! part and prints the scores on its last tenth, held out, or on its test part. `ablation` prints what each part is worth
//! on held-out parts. TEXT are unlabelled texts.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor, RuleExtractor};
use misam::text::SourceText;
use misam::train::corpora::{self, Example};
use misam::train::recipe::{Ground, NEWS, NEWSWIRE, Parts, Sources, named};
use misam::train::resources::Taken;
use misam::train::{measure, task::Counts};

type Failure = Box<dyn Error>;

/// In units of score: found on the dev part, where it balances precision and recall.
const NEWSWIRE_BIAS: i32 = 80;
/// How much a label is favoured that most places of a word have in an article; the same.
const NEWSWIRE_REPEATS: i32 = 240;

/// How often the speed of a model is measured.
const TIMED: usize = 5;

/// Steps of the table of reliability.
const STEPS: usize = 20;

struct Arguments {
    command: String,
    sources: Sources,
    model: Option<PathBuf>,
    free: bool,
    test: bool,
    date: String,
}

fn arguments() -> Result<Arguments, Failure> {
    let mut free = false;
    let mut test = false;
    let mut date = String::new();
    let mut plain = Vec::new();
    let mut given = std::env::args().skip(1);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--free" => free = true,
            "--test" => test = true,
            "--date" => date = given.next().ok_or("--date wants a date")?,
            _ => plain.push(argument),
        }
    }
    let mut plain = plain.into_iter();
    let mut next = |what: &str| {
        plain.next().ok_or_else(|| format!("{what} is missing; see the head of src/bin/misam_train.rs"))
    };
    let command = next("a command")?;
    let data = next("DATA")?.into();
    let corpus = next("CORPUS")?.into();
    let hints = next("HINTS")?.into();
    let model = if command == "news" { Some(next("MODEL")?.into()) } else { None };
    let unlabelled = plain.map(PathBuf::from).collect();
    Ok(Arguments { command, sources: Sources { data, corpus, hints, unlabelled }, model, free, test, date })
}

fn own(sources: &Sources, part: fn(u32) -> bool) -> Result<Vec<Example>, Failure> {
    Ok(corpora::own(&sources.corpus, part)?)
}

fn news(arguments: &Arguments) -> Result<(), Failure> {
    let sources = &arguments.sources;
    let parts = if arguments.free { Parts::FREE } else { Parts::FULL };
    let train = own(sources, |n| n < 6)?;
    let ground = Ground::prepare(sources, &parts, &mut None)?;
    let (rules, mut model) = ground.model(sources, &train, &parts)?;
    model.about.name = if arguments.free { "misam-news-free/1" } else { "misam-news/1" }.to_owned();
    model.about.date.clone_from(&arguments.date);
    model.about.licence = if arguments.free { "CC0-1.0" } else { "CC-BY-SA-4.0" }.to_owned();
    model.about.data = sources_of(arguments.free);
    let dev = own(sources, |n| n == 6 || n == 7)?;
    let test = own(sources, |n| n > 7)?;
    let (counts, judged) = measure::by_characters(&TaggedExtractor::new(rules, model.clone()), &dev, &NEWS);
    model.about.reliability = measure::reliability(&judged, STEPS);
    let extractor = TaggedExtractor::new(RuleExtractor::embedded()?, model.clone());
    let (_, calibrated) = measure::by_characters(&extractor, &dev, &NEWS);
    let gold = counts.last().map_or(0, |all: &Counts| all.gold);
    model.about.thresholds = measure::thresholds(&calibrated, gold);
    let (tested, on_test) = measure::by_characters(&extractor, &test, &NEWS);
    for (what, counts) in [("dev", &counts), ("test", &tested)] {
        println!("{what}: {}", measure::line(&NEWS, counts));
        model
            .about
            .scores
            .push((format!("own corpus, {what}, strict F1"), counts.last().map_or(0.0, Counts::f1)));
    }
    println!(
        "calibration error: dev {:.3}, test {:.3}",
        measure::calibration_error(&calibrated),
        measure::calibration_error(&on_test)
    );
    let bytes = model.write();
    for (number, head) in model.heads.iter().enumerate() {
        println!("head {number}: attributes and weights {:?}", head.size());
    }
    let bare = Model { heads: Vec::new(), ..model };
    println!("model: {} bytes, {} of them facts and name lists", bytes.len(), bare.write().len());
    if let Some(path) = &arguments.model {
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

fn sources_of(free: bool) -> Vec<String> {
    let mut data =
        vec!["Misam's own corpus, CC0: weights".to_owned(), "Misam's own name lists, CC0".to_owned()];
    if !free {
        data.extend(
            [
                "WikiFANE Gold, CC BY-SA 3.0: weights of the first head",
                "ANERcorp, train part, CC BY-SA 4.0: what a tagger of it took words for",
                "Arabic Wikipedia articles, CC BY-SA 4.0, and the ANT corpus, Apache-2.0: word clusters, counts",
            ]
            .map(str::to_owned),
        );
    }
    data
}

/// ANERcorp's train part and what is measured on: its last tenth, or the test part.
fn newswire_data(sources: &Sources, test: bool) -> Result<(Vec<Example>, Vec<Example>), Failure> {
    if test {
        return Ok((sources.newswire("train")?, sources.newswire("test")?));
    }
    Ok(sources.newswire_dev()?)
}

fn newswire(arguments: &Arguments) -> Result<(), Failure> {
    let sources = &arguments.sources;
    // A first head and more trainings gain nothing on the held-out tenth.
    let parts = Parts { first: false, times: 8, ..Parts::FULL };
    let (train, measured) = newswire_data(sources, arguments.test)?;
    let ground = Ground::prepare(sources, &parts, &mut None)?;
    let head = ground.newswire(&train, &parts);
    let biases: &[i32] = if arguments.test { &[NEWSWIRE_BIAS] } else { &[0, 40, 80, 120, 160] };
    for &bias in biases {
        let counts = measure::by_words(
            &mut ground.pipeline(),
            &head,
            &measured,
            &named(&NEWSWIRE),
            bias,
            NEWSWIRE_REPEATS,
        );
        println!("bias {bias}: {}", measure::line(&NEWSWIRE, &counts));
    }
    Ok(())
}

fn ablation(arguments: &Arguments) -> Result<(), Failure> {
    let sources = &arguments.sources;
    let full = Parts::FULL;
    let variants = [
        ("all", full.clone()),
        ("with all weights", Parts { thin: false, ..full.clone() }),
        ("without the average of sixteen trainings", Parts { times: 1, ..full.clone() }),
        ("without the rules' proposals", Parts { proposals: false, ..full.clone() }),
        ("without the first head", Parts { first: false, ..full.clone() }),
        ("without what words were taken for", Parts { taken: false, ..full.clone() }),
        ("without what their neighbours were taken for", Parts { neighbours: false, ..full.clone() }),
        ("without what phrases were taken for", Parts { phrases: false, ..full.clone() }),
        ("without name lists", Parts { hints: false, ..full.clone() }),
        (
            "without clusters and what is made with them",
            Parts { clusters: false, taken: false, ..full.clone() },
        ),
        ("with NewsFANE as partly labelled data", Parts { joint: true, ..full }),
        ("free sources only", Parts::FREE),
    ];
    let train = own(sources, |n| n < 6)?;
    let dev = own(sources, |n| n == 6 || n == 7)?;
    let rules = RuleExtractor::embedded()?;
    println!("rules alone ({:.2} MB/s)", speed([&rules as &dyn Extractor; TIMED], &dev));
    println!("    news     {}", measure::line(&NEWS, &measure::by_characters(&rules, &dev, &NEWS).0));
    let (newswire, held) = newswire_data(sources, false)?;
    let mut taken: Option<Taken> = None;
    for (what, parts) in variants {
        let began = Instant::now();
        let ground = Ground::prepare(sources, &parts, &mut taken)?;
        let wire = if parts.joint {
            String::new()
        } else {
            let head = ground.newswire(&newswire, &parts);
            let label = named(&NEWSWIRE);
            let counts = measure::by_words(
                &mut ground.pipeline(),
                &head,
                &held,
                &label,
                NEWSWIRE_BIAS,
                NEWSWIRE_REPEATS,
            );
            measure::line(&NEWSWIRE, &counts)
        };
        let (rules, model) = ground.model(sources, &train, &parts)?;
        let bytes = model.write().len();
        let rules = Arc::new(rules);
        let fresh = || TaggedExtractor::new(Arc::clone(&rules), model.clone());
        let (counts, _) = measure::by_characters(&fresh(), &dev, &NEWS);
        let tagged = [(); TIMED].map(|()| fresh());
        let speed = speed(tagged.iter().map(|tagged| tagged as &dyn Extractor), &dev);
        println!("{what} ({:.0?}, {bytes} bytes, {speed:.2} MB/s)", began.elapsed());
        println!("    news     {}", measure::line(&NEWS, &counts));
        println!("    newswire {wire}");
    }
    Ok(())
}

/// Megabytes of the examples' text a second, on one processor: the median of extractors of one kind, none of which has read
/// anything before. 0 without any.
fn speed<'e>(fresh: impl IntoIterator<Item = &'e dyn Extractor>, examples: &[Example]) -> f64 {
    let texts: Vec<_> = examples.iter().map(|example| SourceText::new(example.text.clone())).collect();
    let bytes: usize = texts.iter().map(|text| text.as_str().len()).sum();
    let mut speeds: Vec<f64> = fresh
        .into_iter()
        .map(|extractor| {
            let began = Instant::now();
            for text in &texts {
                std::hint::black_box(extractor.suggest(text));
            }
            bytes as f64 / 1e6 / began.elapsed().as_secs_f64().max(f64::EPSILON)
        })
        .collect();
    speeds.sort_by(f64::total_cmp);
    speeds.get(speeds.len() / 2).copied().unwrap_or_default()
}

fn main() -> ExitCode {
    let done = arguments().and_then(|arguments| match arguments.command.as_str() {
        "news" => news(&arguments),
        "newswire" => newswire(&arguments),
        "ablation" => ablation(&arguments),
        other => Err(format!("there is no command called {other}").into()),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("misam-train: {error}");
            ExitCode::FAILURE
        }
    }
}
