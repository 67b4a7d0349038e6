//! `misam card`

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::annotators::by_file;
use super::input::documents_of_all;
use super::split::How;
use super::{DONE, Failure, WRONG, schema, vocabulary};
use crate::annotation::Document;
use crate::dataset::{BundleError, BundleFile, BundleOptions, CardWords, bundle};
use crate::quality::agreement::{AgreementOptions, Annotations, Report, agreement};
use crate::schema::Schema;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files in any format that is read
    #[arg(required = true)]
    path: Vec<PathBuf>,
    #[command(flatten)]
    about: About,
    /// JSON instead of Markdown: the card and everything that it says
    #[arg(long)]
    json: bool,
}

/// What a card and a bundle are made from.
#[derive(Debug, clap::Args)]
pub(super) struct About {
    /// What the dataset is called
    #[arg(long, default_value = "", hide_default_value = true)]
    title: String,
    /// What it is, in a sentence or two
    #[arg(long, default_value = "", hide_default_value = true)]
    description: String,
    /// The identifier of its licence, such as cc-by-4.0
    #[arg(long, default_value = "", hide_default_value = true)]
    licence: String,
    /// Where the articles are from, and by what right
    #[arg(long, default_value = "", hide_default_value = true)]
    source: String,
    /// How to cite it
    #[arg(long, default_value = "", hide_default_value = true)]
    citation: String,
    /// The card as you have written it, in the place of the one that is made. Its front matter is checked
    #[arg(long, value_name = "FILE")]
    card: Option<PathBuf>,
    /// The work of one annotator, for the figures of agreement; may be said several times. Without it, those are of the
    /// annotators that the documents name
    #[arg(long, value_name = "FILE")]
    annotator: Vec<PathBuf>,
    /// The schema of the labels; without one, that of conflict news
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// Do not part the documents
    #[arg(long, conflicts_with_all = ["ratios", "salt", "alike"])]
    whole: bool,
    #[command(flatten)]
    how: How,
    /// Leave the articles out: hashes, lengths, offsets and labels only
    #[arg(long)]
    without_text: bool,
    /// Without the articles, keep the words of the spans
    #[arg(long, requires = "without_text")]
    surfaces: bool,
}

/// The guideline that the schema of conflict news comes with.
const GUIDELINES: &str = include_str!("../../docs/GUIDELINES.md");

impl About {
    /// The files of the dataset.
    pub(super) fn files(&self, documents: &[Document]) -> Result<Vec<BundleFile>, Failure> {
        let own = schema(self.schema.as_ref())?;
        let guidelines = own.is_none().then(|| GUIDELINES.to_owned());
        let schema = own.unwrap_or_else(Schema::conflict_news);
        let options = BundleOptions {
            words: CardWords {
                title: self.title.clone(),
                description: self.description.clone(),
                licence: self.licence.clone(),
                source: self.source.clone(),
                citation: self.citation.clone(),
            },
            card: self.own_card()?,
            split: (!self.whole).then(|| self.how.options()),
            without_text: self.without_text,
            surfaces: self.surfaces,
            guidelines,
            rounds: AgreementOptions::default().rounds,
            seed: AgreementOptions::default().seed,
        };
        let report = self.measured(documents)?;
        bundle(documents, &schema, report.as_ref(), &options).map_err(|error| self.failure(error))
    }

    /// The card of a file.
    fn own_card(&self) -> Result<Option<String>, Failure> {
        let Some(path) = &self.card else { return Ok(None) };
        let file = path.display().to_string();
        fs::read_to_string(path).map(Some).map_err(|error| Failure::Input { file, error })
    }

    fn failure(&self, error: BundleError) -> Failure {
        match error {
            BundleError::Card(faults) => {
                let file = self.card.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
                Failure::Card { file, faults }
            }
            error => Failure::Bundle(error),
        }
    }

    /// How far annotators agree, if two of them labelled one article.
    fn measured(&self, documents: &[Document]) -> Result<Option<Report>, Failure> {
        let annotators = if self.annotator.is_empty() {
            Annotations::by_annotator(documents.to_vec(), "no name")
        } else {
            by_file(&self.annotator)?.0
        };
        if annotators.len() < 2 {
            return Ok(None);
        }
        let report = agreement(&annotators, AgreementOptions::default(), &vocabulary()?);
        Ok((report.articles > 0).then_some(report))
    }
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let (documents, refused) = documents_of_all(&args.path)?;
    let files = args.about.files(&documents)?;
    let bytes = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.bytes.as_slice());
    let card = bytes("README.md").unwrap_or_default();
    if args.json {
        let value = |path: &str| bytes(path).and_then(|bytes| serde_json::from_slice::<Value>(bytes).ok());
        let all = json!({
            "card": String::from_utf8_lossy(card),
            "statistics": value("statistics.json"),
            "splits": value("splits.json"),
            "agreement": value("agreement.json"),
        });
        writeln!(io::stdout().lock(), "{all}")?;
    } else {
        io::stdout().lock().write_all(card)?;
    }
    Ok(if refused { WRONG } else { DONE })
}
