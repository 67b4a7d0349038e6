//! The command line: the library's doors for scripts and engines that pipe lines.
//!
//! Results go to standard output, everything said about them to standard error. Records are read, worked on and written
//! one by one, so that a file of any size passes through.

mod adjudicate;
mod agreement;
mod annotators;
mod bundle;
mod card;
mod convert;
mod decoding;
mod eval;
mod extract;
mod input;
mod lint;
mod model;
mod output;
mod pipeline;
mod project;
mod split;
mod stats;
mod table;
mod validate;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::dataset::{BundleError, CardFault};
use crate::extract::LexiconError;
use crate::extract::tagger::ModelError;
use crate::formats::archive::ArchiveError;
use crate::formats::{ExportError, NotARemedy, Problem, Unavailable};
use crate::quality::lint::{AllowListError, Vocabulary, VocabularyError};
use crate::schema::{InvalidSchema, Schema};

/// Everything went as asked.
const DONE: u8 = 0;
/// Something in the input was wrong: a breach, a refused record, documents that do not match.
const WRONG: u8 = 1;
/// Something was lost in conversion, or the command was not understood.
const LOST: u8 = 2;
/// A file could not be read or written.
const FAILED: u8 = 3;

const EXIT_CODES: &str = "Exit codes:
  0  done
  1  something in the input was wrong: a breach was found, a record was refused
  2  something was lost in conversion and --lossy was not given; a format is not
     available; the command was not understood
  3  a file could not be read or written

Messages go to standard error as file:line:field: message. PATH may be - for
standard input.";

/// Misam: labelled Arabic text, in and out.
#[derive(Debug, Parser)]
#[command(name = "misam", version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Label texts: one record an article, every span a suggestion
    #[command(after_help = EXIT_CODES)]
    Extract(extract::Args),
    /// Check every promise of Misam's records; one line for each breach
    #[command(after_help = EXIT_CODES)]
    Validate(validate::Args),
    /// Turn files of one format into another
    #[command(after_help = EXIT_CODES)]
    Convert(convert::Args),
    /// Compare predicted spans with gold ones: precision, recall and F1
    #[command(after_help = EXIT_CODES)]
    Eval(eval::Args),
    /// Compare annotators of the same articles: F1, kappa, alpha, and what they disagree about
    #[command(after_help = EXIT_CODES)]
    Agreement(agreement::Args),
    /// Make one gold answer of what several annotators say, by a stated policy
    #[command(after_help = EXIT_CODES)]
    Adjudicate(adjudicate::Args),
    /// Find likely mistakes in labels, and mend them
    #[command(after_help = EXIT_CODES)]
    Lint(lint::Args),
    /// Count what is in a dataset
    #[command(after_help = EXIT_CODES)]
    Stats(stats::Args),
    /// Part documents for training and testing, or check that parts share nothing
    #[command(after_help = EXIT_CODES)]
    Split(split::Args),
    /// Write the card of a dataset: a README with front matter
    #[command(after_help = EXIT_CODES)]
    Card(card::Args),
    /// Pack a dataset: records by part, schema, guideline, statistics, card, checksums
    #[command(after_help = EXIT_CODES)]
    Bundle(bundle::Args),
    /// Say what is in a project file, and what is wrong with it
    #[command(after_help = EXIT_CODES)]
    Project(project::Args),
    /// Say what a trained model is made of
    #[command(subcommand)]
    Model(model::Command),
}

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// A file could not be read.
    #[error("{file}: could not be read: {error}")]
    Input { file: String, error: io::Error },
    /// The result could not be written.
    #[error("the result could not be written: {0}")]
    Output(#[from] io::Error),
    /// A document could not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A dataset could not be packed.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A card that cannot go into a dataset.
    #[error("{}", card_faults(file, .faults))]
    Card { file: String, faults: Vec<CardFault> },
    /// A format this version does not have.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// A choice that does nothing.
    #[error(transparent)]
    NotARemedy(#[from] NotARemedy),
    /// A format that nobody named and nothing speaks for.
    #[error("{file}: the format could not be told from the name or the content; name it")]
    UnknownFormat { file: String },
    /// Word lists that the extractor is built with are damaged.
    #[error("the extractor could not be started: {0}")]
    Extractor(#[from] LexiconError),
    /// A model file that cannot be used.
    #[error("{file}: {error}")]
    Model { file: String, error: ModelError },
    /// A model was wanted that the build has not got.
    #[error("this misam was built without a model; name a model file")]
    NoModel,
    /// The word classes that the checks are built with are damaged.
    #[error("the checks could not be started: {0}")]
    Vocabulary(#[from] VocabularyError),
    /// A list of allowed findings with a faulty line.
    #[error("{file}: {error}; correct the line first")]
    AllowList { file: String, error: AllowListError },
    /// A folder that holds something already, or cannot be written to.
    #[error("{path}: {error}")]
    Folder { path: String, error: io::Error },
    /// Files that could not be put into one.
    #[error("{path}: {error}")]
    Archive { path: String, error: ArchiveError },
    /// Two documents of one name, in files that are worked on together.
    #[error("{file}: a document called {id} was there before; rename one, or name the files one at a time")]
    SameName { file: String, id: String },
    /// Somebody who has labelled nothing here.
    #[error("nobody is called {name}; the annotators are: {known}")]
    NoAnnotator { name: String, known: String },
    /// A schema with faults.
    #[error("{file}: the schema was refused:\n{error}")]
    Schema { file: String, error: InvalidSchema },
}

/// A line for each thing that is wrong with a card.
fn card_faults(file: &str, faults: &[CardFault]) -> String {
    faults
        .iter()
        .map(|CardFault { line, kind }| format!("{file}:{line}: {kind}"))
        .collect::<Vec<_>>()
        .join("\n")
}

impl Failure {
    fn exit_code(&self) -> u8 {
        match self {
            // Whoever read the result has seen enough.
            Self::Output(error) | Self::Export(ExportError::Io(error))
                if error.kind() == io::ErrorKind::BrokenPipe =>
            {
                DONE
            }
            Self::Unavailable(_)
            | Self::Export(ExportError::Unavailable(_))
            | Self::NotARemedy(_)
            | Self::NoAnnotator { .. } => LOST,
            Self::Input { .. }
            | Self::Output(_)
            | Self::Export(_)
            | Self::Bundle(_)
            | Self::Extractor(_)
            | Self::Vocabulary(_)
            | Self::Folder { .. }
            | Self::Archive { .. } => FAILED,
            Self::UnknownFormat { .. }
            | Self::Schema { .. }
            | Self::Model { .. }
            | Self::NoModel
            | Self::AllowList { .. }
            | Self::Card { .. }
            | Self::SameName { .. } => WRONG,
        }
    }
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Extract(args) => extract::run(&args),
        Command::Validate(args) => validate::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Agreement(args) => agreement::run(&args),
        Command::Adjudicate(args) => adjudicate::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Split(args) => split::run(&args),
        Command::Card(args) => card::run(&args),
        Command::Bundle(args) => bundle::run(&args),
        Command::Project(args) => project::run(&args),
        Command::Model(command) => model::run(&command),
    };
    ExitCode::from(result.unwrap_or_else(|failure| {
        let code = failure.exit_code();
        if code != DONE {
            complain(&failure);
        }
        code
    }))
}

/// Says something on standard error. If nobody listens there, there is nobody to tell.
fn complain(message: &dyn std::fmt::Display) {
    use io::Write as _;
    let _ = writeln!(io::stderr(), "{message}");
}

fn complain_all(problems: &[Problem]) {
    problems.iter().for_each(|problem| complain(problem));
}

/// The word classes of the guideline.
fn vocabulary() -> Result<Vocabulary, Failure> {
    Ok(Vocabulary::embedded()?)
}

/// The schema of a file.
fn schema(path: Option<&PathBuf>) -> Result<Option<Schema>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let file = path.display().to_string();
    let json = std::fs::read_to_string(path).map_err(|error| Failure::Input { file: file.clone(), error })?;
    Schema::from_json(&json).map(Some).map_err(|error| Failure::Schema { file, error })
}
