//! Comparing annotators.

use serde::{Deserialize, Serialize};

use super::review::Verdict;
use super::task::{Reach, Step, Task, Tools};
use super::{Answer, JobId};
use crate::annotation::Document;
use crate::quality::agreement::{AgreementOptions, AgreementSession, Annotations, Report};

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

/// A comparison under way, and what its report is wanted for.
pub(super) struct Comparing {
    session: AgreementSession,
    reach: Reach,
    then: Then,
}

/// Makes the answer of a report.
type Then = Box<dyn FnOnce(Report, JobId) -> Answer>;

impl Comparing {
    pub(super) fn new(
        crew: Crew,
        documents: Vec<Document>,
        options: AgreementOptions,
        then: impl FnOnce(Report, JobId) -> Answer + 'static,
    ) -> Self {
        let session = AgreementSession::new(crew.part(documents), options);
        Self { session, reach: Reach::default(), then: Box::new(then) }
    }
}

impl<'a> Task<'a> for Comparing {
    fn step(mut self: Box<Self>, job: JobId, tools: Tools<'a>) -> Step<'a> {
        if self.session.is_through() {
            let report = self.session.finish(&tools.equipment.vocabulary);
            return Step::Last((self.then)(report, job));
        }
        let (done, total) = self.session.step();
        Step::More(self.reach.tell(job, done, total), self)
    }
}

/// The answer to the question how far annotators agree.
pub(super) fn told(report: Report, job: JobId) -> Answer {
    Answer::Reviewed { job, verdict: Verdict::Agreement(Box::new(report)) }
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
            [said @ .., Answer::Reviewed { verdict: Verdict::Agreement(report), .. }] => {
                assert_eq!((report.articles, report.spans.strict.value), (1, Some(0.0)));
                assert_eq!(report.spans.boundary.value, Some(1.0));
                assert_eq!(report.gamma.observed, Some(1.0), "one label against another");
                assert!(said.iter().all(|answer| matches!(answer, Answer::Progress { .. })));
            }
            other => panic!("{other:?}"),
        }
    }
}
