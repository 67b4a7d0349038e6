//! Comparing annotators.

use serde::{Deserialize, Serialize};

use super::review::Verdict;
use super::task::{Step, Task, Tools};
use super::{Answer, JobId};
use crate::annotation::Document;
use crate::quality::agreement::{AgreementOptions, Annotations, agreement};

/// Whose the documents of a question are: the first so many are the first annotator's, and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Crew(Vec<(String, usize)>);

impl Crew {
    /// The annotators, and their documents in a row.
    #[must_use]
    pub fn of(annotators: &[Annotations]) -> (Self, Vec<Document>) {
        let row = |one: &Annotations| (one.annotator.clone(), one.documents.len());
        let documents = annotators.iter().flat_map(|one| &one.documents).cloned().collect();
        (Self(annotators.iter().map(row).collect()), documents)
    }

    /// The annotators again.
    pub(super) fn part(self, documents: Vec<Document>) -> Vec<Annotations> {
        let mut documents = documents.into_iter();
        let mut one = |(annotator, count)| Annotations {
            annotator,
            documents: documents.by_ref().take(count).collect(),
        };
        self.0.into_iter().map(&mut one).collect()
    }
}

/// A comparison, made in one step.
pub(super) struct Comparing {
    pub(super) crew: Crew,
    pub(super) documents: Vec<Document>,
    pub(super) suggestions: bool,
}

impl<'a> Task<'a> for Comparing {
    fn step(self: Box<Self>, job: JobId, tools: Tools<'a>) -> Step<'a> {
        let Self { crew, documents, suggestions } = *self;
        let options = AgreementOptions { suggestions, ..AgreementOptions::default() };
        let report = agreement(&crew.part(documents), options, &tools.equipment.vocabulary);
        Step::Last(Answer::Reviewed { job, verdict: Verdict::Agreement(Box::new(report)) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::annotation::{Origin, Span, SpanId, Status};
    use crate::app::intake;
    use crate::schema::LabelCode;
    use crate::work::letters::{Letters, answers, equipment, job};
    use crate::work::{Desk, Documents, Job, Question};

    fn annotations(annotator: &str, label: &str) -> Annotations {
        let mut document = intake::article("", "زار سبها أمس".to_owned());
        let place = (7..15).into();
        let span = Span::new(SpanId::numbered(1), place, LabelCode::new(label).unwrap(), Origin::Manual);
        document.spans = [span].into_iter().collect();
        document.status = Status::Done;
        Annotations { annotator: annotator.to_owned(), documents: vec![document] }
    }

    #[test]
    fn annotators_cross_with_their_documents_and_come_back_as_a_report() {
        let everyone = [annotations("amal", "LOC"), annotations("nour", "ORG")];
        let (crew, documents) = Crew::of(&everyone);
        assert_eq!(crew.clone().part(documents.clone()), everyone);
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let question = Question::Agreement { crew, suggestions: false };
        let documents = Documents::new(&documents);
        desk.take(Job::Review { job: job(1), question, schema: Arc::default(), documents });
        match &answers(&mut desk)[..] {
            [Answer::Reviewed { verdict: Verdict::Agreement(report), .. }] => {
                assert_eq!((report.articles, report.spans.strict.value), (1, Some(0.0)));
                assert_eq!(report.spans.boundary.value, Some(1.0));
            }
            other => panic!("{other:?}"),
        }
    }
}
