//! Questions about documents as a whole, and their answers.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::asking::{Asking, Then};
use super::comparing::{Comparing, Crew, told};
use super::linting::Linting;
use super::packing::Packing;
use super::parting::{Parting, Parts};
use super::task::{Step, Task, Tools};
use super::{Answer, Documents, JobId};
use crate::dataset::{BundleOptions, CardFault, SplitOptions, card_faults};
use crate::extract::Suggestion;
use crate::quality::agreement::{AgreementOptions, Report};
use crate::quality::lint::Finding;
use crate::schema::Schema;
use crate::text::ProcliticPolicy;

/// What is asked about documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// What looks wrong in their labels?
    Lint {
        /// Have the extractor read them first, and hear it where it is at least so sure, 0 to 1.
        sure: Option<f32>,
        /// What the project does with proclitics.
        proclitics: ProcliticPolicy,
    },
    /// What does the extractor say of each?
    Extract,
    /// How far do their annotators agree?
    Agreement {
        /// Whose they are.
        crew: Crew,
        /// Count suggestions that nobody confirmed, too.
        suggestions: bool,
    },
    /// How do they fall to the parts of a dataset?
    Parts(Box<SplitOptions>),
    /// What are they as a dataset?
    Dataset {
        /// What to put into it.
        options: Box<BundleOptions>,
        /// Whose answers the report of agreement in it is about; their documents follow those of the dataset.
        crew: Crew,
        /// So many of the documents are the dataset.
        own: usize,
    },
    /// What would its card say, written from what is known?
    Card {
        /// As for the dataset.
        options: Box<BundleOptions>,
        /// As for the dataset.
        crew: Crew,
        /// As for the dataset.
        own: usize,
    },
    /// What is wrong with the front matter of a card? It is about no documents.
    CheckCard {
        /// The card.
        card: String,
        /// The paths of the data it is about.
        data: Vec<String>,
    },
}

/// What the answer is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Verdict {
    /// What looks wrong, in the order of the documents.
    Findings(Vec<Finding>),
    /// What the extractor says of each document, in their order.
    Suggestions(Vec<Vec<Suggestion>>),
    /// How far annotators agree.
    Agreement(Box<Report>),
    /// How documents fall to parts.
    Parts(Parts),
    /// A dataset.
    Dataset {
        /// The names of its files.
        names: Vec<String>,
        /// All of them as one zip file.
        #[serde(skip)]
        file: Vec<u8>,
    },
    /// A card.
    Card {
        /// The card, in Markdown.
        text: String,
        /// Its SHA-256.
        digest: String,
        /// The paths of the data it is about.
        data: Vec<String>,
    },
    /// What is wrong with a card that somebody has written. Where a dataset was asked for, there is none because of it.
    CardFaults(Vec<CardFault>),
}

impl Verdict {
    /// The file that crosses beside the rest.
    pub(super) fn file(&self) -> Option<&[u8]> {
        match self {
            Self::Dataset { file, .. } => Some(file),
            _ => None,
        }
    }

    /// Where that file goes on the other side.
    pub(super) fn file_mut(&mut self) -> Option<&mut Vec<u8>> {
        match self {
            Self::Dataset { file, .. } => Some(file),
            _ => None,
        }
    }
}

/// A question that nobody has begun with.
pub(super) struct Reviewing {
    pub(super) question: Question,
    pub(super) schema: Arc<Schema>,
    pub(super) documents: Documents,
}

impl<'a> Task<'a> for Reviewing {
    fn step(self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let Self { question, schema, documents } = *self;
        let documents = match documents.into_documents() {
            Ok(documents) => documents,
            Err(error) => return Step::Last(Answer::Failed { job, message: error.to_string() }),
        };
        Step::More(
            None,
            match question {
                Question::Lint { sure: None, proclitics } => {
                    Box::new(Linting { documents, layers: schema.layers, proclitics, heard: None })
                }
                Question::Lint { sure: Some(sure), proclitics } => {
                    Box::new(Asking::new(documents, Then::Lint { schema, proclitics, sure }))
                }
                Question::Extract => Box::new(Asking::new(documents, Then::Tell)),
                Question::Agreement { crew, suggestions } => {
                    let options = AgreementOptions { suggestions, ..AgreementOptions::default() };
                    Box::new(Comparing::new(crew, documents, options, told))
                }
                Question::Parts(options) => Box::new(Parting { options, documents }),
                Question::Dataset { options, crew, own } => {
                    Box::new(Packing { options, crew, own, only_card: false, schema, documents })
                }
                Question::Card { options, crew, own } => {
                    Box::new(Packing { options, crew, own, only_card: true, schema, documents })
                }
                Question::CheckCard { card, data } => {
                    let faults = card_faults(&card, data.iter().map(String::as_str));
                    return Step::Last(Answer::Reviewed { job, verdict: Verdict::CardFaults(faults) });
                }
            },
        )
    }
}
