//! Packing a dataset, and writing its card.

use std::sync::Arc;

use super::comparing::{Comparing, Crew};
use super::review::Verdict;
use super::task::{Step, Task, Tools};
use super::{Answer, JobId};
use crate::annotation::Document;
use crate::dataset::{BundleError, BundleFile, BundleOptions, bundle};
use crate::formats::archive;
use crate::formats::jsonl::text_sha256;
use crate::quality::agreement::{AgreementOptions, Report};
use crate::schema::Schema;

/// A dataset to be packed, when it is known how far its annotators agree.
pub(super) struct Packing {
    pub(super) options: Box<BundleOptions>,
    /// Whose answers the report of agreement is about; their documents follow those of the dataset.
    pub(super) crew: Crew,
    /// So many documents are the dataset.
    pub(super) own: usize,
    /// Only its card is wanted, as it is written from what is known.
    pub(super) only_card: bool,
    pub(super) schema: Arc<Schema>,
    pub(super) documents: Vec<Document>,
}

impl<'a> Task<'a> for Packing {
    fn step(self: Box<Self>, _job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let Self { mut options, crew, own, only_card, schema, mut documents } = *self;
        let others = documents.split_off(own.min(documents.len()));
        let measures =
            AgreementOptions { rounds: options.rounds, seed: options.seed, ..AgreementOptions::default() };
        if only_card {
            options.card = None;
        }
        let answer = move |report: Report, job| {
            // Where nobody labelled the same articles there is nothing to report.
            let report = Some(&report).filter(|report| report.articles > 0);
            let verdict = match bundle(&documents, &schema, report, &options) {
                Ok(files) if only_card => Ok(card(files)),
                Ok(files) => packed(files),
                Err(BundleError::Card(faults)) => Ok(Verdict::CardFaults(faults)),
                Err(error) => Err(error.to_string()),
            };
            match verdict {
                Ok(verdict) => Answer::Reviewed { job, verdict },
                Err(message) => Answer::Failed { job, message },
            }
        };
        Step::More(None, Box::new(Comparing::new(crew, others, measures, answer)))
    }
}

/// The files of a dataset as one zip file.
fn packed(files: Vec<BundleFile>) -> Result<Verdict, String> {
    let names = files.iter().map(|file| file.path.clone()).collect();
    let files = files.into_iter().map(|file| (file.path, file.bytes)).collect();
    Ok(Verdict::Dataset { names, file: archive::pack(&files).map_err(|error| error.to_string())? })
}

/// The card among the files of a dataset.
fn card(files: Vec<BundleFile>) -> Verdict {
    let data =
        files.iter().map(|file| &file.path).filter(|path| path.starts_with("data/")).cloned().collect();
    let card = files.into_iter().find(|file| file.path == "README.md");
    let text = card.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default();
    Verdict::Card { digest: text_sha256(&text), text, data }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, Span, SpanId, Status};
    use crate::quality::agreement::Annotations;
    use crate::schema::LabelCode;
    use crate::work::letters::{Letters, answers, equipment, job};
    use crate::work::{Desk, Documents, Job, Question};

    fn document(label: &str) -> Document {
        let mut document = Document::new(DocumentId::new("a"), "زار سبها أمس");
        let place = (7..15).into();
        let span = Span::new(SpanId::numbered(1), place, LabelCode::new(label).unwrap(), Origin::Manual);
        document.spans = [span].into_iter().collect();
        document.status = Status::Done;
        document
    }

    /// The names of the files in the dataset of one article.
    fn packed(voices: &[Annotations]) -> Vec<String> {
        let (crew, others) = Crew::of(voices);
        let documents = Documents::new([document("LOC")].iter().chain(&others));
        let question = Question::Dataset { options: Box::default(), crew, own: 1 };
        match asked(question, documents) {
            Verdict::Dataset { names, file } => {
                assert!(archive::is_archive(&file));
                names
            }
            other => panic!("{other:?}"),
        }
    }

    fn asked(question: Question, documents: Documents) -> Verdict {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(Job::Review { job: job(1), question, schema: Arc::default(), documents });
        match answers(&mut desk).pop() {
            Some(Answer::Reviewed { verdict, .. }) => verdict,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_card_is_written_alone_and_one_of_ones_own_is_looked_at() {
        let documents = || Documents::new(&[document("LOC")]);
        let own = "---\nlicense: [\n---\n".to_owned();
        let options = BundleOptions { card: Some(own.clone()), ..BundleOptions::default() };
        let dataset = |only_card| {
            let (options, crew) = (Box::new(options.clone()), Crew::default());
            if only_card {
                Question::Card { options, crew, own: 1 }
            } else {
                Question::Dataset { options, crew, own: 1 }
            }
        };
        let Verdict::Card { text, digest, data } = asked(dataset(true), documents()) else {
            panic!("no card")
        };
        assert!(text.starts_with("---\npretty_name:") && digest == text_sha256(&text), "{text}");
        assert_eq!(data, ["data/train.jsonl"]);
        let faults = asked(dataset(false), documents());
        assert!(matches!(&faults, Verdict::CardFaults(faults) if faults.len() == 1), "{faults:?}");
        let question = Question::CheckCard { card: own, data: data.clone() };
        assert_eq!(asked(question, Documents::new(&[])), faults);
        let question = Question::CheckCard { card: text, data };
        assert_eq!(asked(question, Documents::new(&[])), Verdict::CardFaults(Vec::new()));
    }

    #[test]
    fn agreement_is_in_the_dataset_where_several_labelled_the_same() {
        let voice =
            |name: &str, label| Annotations { annotator: name.to_owned(), documents: vec![document(label)] };
        let alone = packed(&[voice("amal", "LOC")]);
        assert!(alone.contains(&"README.md".to_owned()) && !alone.contains(&"agreement.json".to_owned()));
        assert!(packed(&[voice("amal", "LOC"), voice("nour", "ORG")]).contains(&"agreement.json".to_owned()));
    }
}
