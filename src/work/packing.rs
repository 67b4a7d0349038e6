//! Packing a dataset.

use std::sync::Arc;

use super::comparing::Crew;
use super::review::Verdict;
use super::task::{Step, Task, Tools};
use super::{Answer, JobId};
use crate::annotation::Document;
use crate::dataset::{BundleOptions, bundle};
use crate::formats::archive;
use crate::quality::agreement::{AgreementOptions, agreement};
use crate::schema::Schema;

/// A dataset to be packed, in one step.
pub(super) struct Packing {
    pub(super) options: Box<BundleOptions>,
    /// Whose answers the report of agreement is about; their documents follow those of the dataset.
    pub(super) crew: Crew,
    /// So many documents are the dataset.
    pub(super) own: usize,
    pub(super) schema: Arc<Schema>,
    pub(super) documents: Vec<Document>,
}

impl<'a> Task<'a> for Packing {
    fn step(self: Box<Self>, job: JobId, tools: Tools<'a>) -> Step<'a> {
        let Self { options, crew, own, schema, mut documents } = *self;
        let others = documents.split_off(own.min(documents.len()));
        let measures =
            AgreementOptions { rounds: options.rounds, seed: options.seed, ..AgreementOptions::default() };
        let report = agreement(&crew.part(others), measures, &tools.equipment.vocabulary);
        // Where nobody labelled the same articles there is nothing to report.
        let report = (report.articles > 0).then_some(report);
        let packed = bundle(&documents, &schema, report.as_ref(), &options)
            .map_err(|error| error.to_string())
            .and_then(|files| {
                let names = files.iter().map(|file| file.path.clone()).collect();
                let files = files.into_iter().map(|file| (file.path, file.bytes)).collect();
                Ok((names, archive::pack(&files).map_err(|error| error.to_string())?))
            });
        Step::Last(match packed {
            Ok((names, file)) => Answer::Reviewed { job, verdict: Verdict::Dataset { names, file } },
            Err(message) => Answer::Failed { job, message },
        })
    }
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
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(Job::Review { job: job(1), question, schema: Arc::default(), documents });
        match &answers(&mut desk)[..] {
            [Answer::Reviewed { verdict: Verdict::Dataset { names, file }, .. }] => {
                assert!(archive::is_archive(file));
                names.clone()
            }
            other => panic!("{other:?}"),
        }
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
