//! Which extractor works, and `misam model`.

use std::fmt;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{DONE, EXIT_CODES, Failure, complain};
use crate::extract::tagger::model::FORMAT;
use crate::extract::tagger::{Model, TaggedExtractor};
use crate::extract::{Extractor, RuleExtractor};

/// The model that came with the build; `build.rs` says whether there is one.
#[cfg(misam_model)]
const EMBEDDED: Option<&[u8]> = Some(include_bytes!(env!("MISAM_MODEL")));
#[cfg(not(misam_model))]
const EMBEDDED: Option<&[u8]> = None;

/// What the built-in model is called in messages.
const BUILT_IN: &str = "the built-in model";

/// How texts are labelled.
#[derive(Debug, clap::Args)]
pub(super) struct Choice {
    /// Label with the rules alone, without the trained model
    #[arg(long)]
    rules: bool,
    /// A model file to label with, instead of the built-in one
    #[arg(long, value_name = "PATH", conflicts_with = "rules")]
    model: Option<PathBuf>,
}

impl Choice {
    /// The extractor that was chosen.
    pub(super) fn extractor(&self) -> Result<Box<dyn Extractor + Send + Sync>, Failure> {
        let rules = RuleExtractor::embedded()?;
        if self.rules {
            return Ok(Box::new(rules));
        }
        let model = match (&self.model, EMBEDDED) {
            (Some(path), _) => read(&bytes_of(path)?, &path.display().to_string())?,
            (None, Some(bytes)) => read(bytes, BUILT_IN)?,
            (None, None) => {
                complain(&"this misam was built without a model; the rules work alone");
                return Ok(Box::new(rules));
            }
        };
        Ok(Box::new(TaggedExtractor::new(rules, model)))
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Input { file: path.display().to_string(), error })
}

fn read(bytes: &[u8], file: &str) -> Result<Model, Failure> {
    Model::read(bytes).map_err(|error| Failure::Model { file: file.to_owned(), error })
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// What a model says of itself: name, licence, data, scores, size; of the built-in one if none is named
    #[command(after_help = EXIT_CODES)]
    Info {
        /// A model file
        path: Option<PathBuf>,
        /// JSON instead of text
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(command: &Command) -> Result<u8, Failure> {
    let Command::Info { path, json } = command;
    let (file, bytes) = match (path, EMBEDDED) {
        (Some(path), _) => (path.display().to_string(), bytes_of(path)?.into()),
        (None, Some(bytes)) => (BUILT_IN.to_owned(), std::borrow::Cow::Borrowed(bytes)),
        (None, None) => return Err(Failure::NoModel),
    };
    let info = Info { model: read(&bytes, &file)?, bytes: bytes.len(), digest: Sha256::digest(&bytes) };
    let mut stdout = io::stdout().lock();
    if *json {
        writeln!(stdout, "{}", info.json())?;
    } else {
        write!(stdout, "{info}")?;
    }
    Ok(DONE)
}

/// A model file as it is told of.
struct Info {
    model: Model,
    bytes: usize,
    digest: sha2::digest::Output<Sha256>,
}

impl Info {
    /// The bytes that each part takes in the file.
    fn parts(&self) -> Vec<(String, usize)> {
        let about = || Model { about: self.model.about.clone(), ..Model::default() };
        let empty = about().write().len();
        let size = |model: &Model| model.write().len().saturating_sub(empty);
        let mut parts = vec![
            ("words".to_owned(), size(&Model { facts: self.model.facts.clone(), ..about() })),
            ("name lists".to_owned(), size(&Model { hints: self.model.hints.clone(), ..about() })),
        ];
        for (number, head) in (1..).zip(&self.model.heads) {
            parts.push((format!("head {number}"), size(&Model { heads: vec![head.clone()], ..about() })));
        }
        parts.push(("cutter".to_owned(), size(&Model { cutter: self.model.cutter.clone(), ..about() })));
        parts
    }

    fn json(&self) -> serde_json::Value {
        let heads = self.model.heads.iter().map(|head| {
            let (attributes, weights) = head.size();
            json!({ "labels": head.labels, "attributes": attributes, "weights": weights })
        });
        json!({
            "format": FORMAT,
            "bytes": self.bytes,
            "sha256": format!("{:x}", self.digest),
            "words": self.model.facts.len(),
            "heads": heads.collect::<Vec<_>>(),
            "parts": serde_json::Map::from_iter(self.parts().into_iter().map(|(part, bytes)| (part, bytes.into()))),
            "about": self.model.about,
        })
    }
}

impl fmt::Display for Info {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let about = &self.model.about;
        writeln!(f, "{}", about.name)?;
        if !about.date.is_empty() {
            writeln!(f, "date     {}", about.date)?;
        }
        writeln!(f, "licence  {}", about.licence)?;
        writeln!(f, "file     format {FORMAT}, {} bytes, SHA-256 {:x}", self.bytes, self.digest)?;
        writeln!(f, "words    {} with what is known of them", self.model.facts.len())?;
        for head in &self.model.heads {
            let (attributes, weights) = head.size();
            writeln!(f, "head     {weights} weights of {attributes} attributes: {}", head.labels.join(" "))?;
        }
        for (part, bytes) in self.parts() {
            writeln!(f, "part     {part}: {bytes} bytes")?;
        }
        for source in &about.data {
            writeln!(f, "data     {source}")?;
        }
        for (what, score) in &about.scores {
            writeln!(f, "score    {what}: {score:.2}")?;
        }
        if !about.thresholds.is_empty() {
            writeln!(f, "confidence at least … gives precision, recall on the dev part:")?;
        }
        for (step, (precision, recall)) in about.thresholds.iter().enumerate().step_by(2) {
            let threshold = step as f32 / about.thresholds.len() as f32;
            writeln!(f, "  {threshold:.2}   {:>5.1} {:>5.1}", 100.0 * precision, 100.0 * recall)?;
        }
        Ok(())
    }
}
