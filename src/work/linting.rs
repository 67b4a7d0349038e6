//! Checking labels.

use super::review::Verdict;
use super::task::{Reach, Step, Task, Tools};
use super::{Answer, JobId};
use crate::annotation::Document;
use crate::quality::lint::{Lint, LintSession, SecondOpinion};
use crate::schema::Layers;
use crate::text::ProcliticPolicy;

/// Documents to be checked.
pub(super) struct Linting {
    pub(super) documents: Vec<Document>,
    /// How their schema lets spans lie to each other.
    pub(super) layers: Layers,
    /// What their project does with proclitics.
    pub(super) proclitics: ProcliticPolicy,
    /// What the extractor says of them, and how sure it must be to be heard.
    pub(super) heard: Option<(Vec<Document>, f32)>,
}

/// The checks are made.
struct Checking<'a> {
    session: LintSession<'a>,
    /// The part of the work that was done before, in percent.
    before: u64,
    reach: Reach,
}

impl Linting {
    /// Where the extractor has read the documents first, so much of the work is done by then, in percent.
    pub(super) const AFTER_READING: u64 = 80;
}

impl<'a> Task<'a> for Linting {
    fn step(self: Box<Self>, _job: JobId, tools: Tools<'a>) -> Step<'a> {
        let Self { documents, layers, proclitics, heard } = *self;
        let equipment = tools.equipment;
        let lint = Lint::new(&equipment.vocabulary, equipment.names);
        let mut session = lint.in_layers(layers).with_proclitics(proclitics).begin(documents);
        let mut before = 0;
        if let Some((opinions, sure)) = &heard {
            session = session.hearing(SecondOpinion { documents: opinions, sure: *sure });
            before = Self::AFTER_READING;
        }
        Step::More(None, Box::new(Checking { session, before, reach: Reach::default() }))
    }
}

impl<'a> Task<'a> for Checking<'a> {
    fn step(mut self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let (done, total) = self.session.step();
        if self.session.is_through() {
            return Step::Last(Answer::Reviewed { job, verdict: Verdict::Findings(self.session.finish()) });
        }
        let done = self.before * total + done * (100 - self.before);
        Step::More(self.reach.tell(job, done, total * 100), self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, Span, SpanId};
    use crate::app::intake;
    use crate::quality::lint::Rule;
    use crate::schema::LabelCode;
    use crate::work::letters::{Letters, answers, ends, equipment, job};
    use crate::work::{Desk, Documents, Job, Next, Question};
    use std::sync::Arc;

    /// An article in which a place takes a comma along, and one without labels.
    fn documents() -> [Document; 2] {
        let mut first = intake::article("", "زار سبها، أمس".to_owned());
        let start = first.text.as_str().find("سبها").unwrap();
        let place = (start..start + "سبها،".len()).into();
        let span = Span::new(SpanId::numbered(1), place, LabelCode::new("LOC").unwrap(), Origin::Manual);
        first.spans = [span].into_iter().collect();
        [first, intake::article("", "xx".to_owned())]
    }

    fn lint(number: u32, sure: Option<f32>, documents: &[Document]) -> Job {
        let documents = Documents::new(documents);
        let question = Question::Lint { sure, proclitics: ProcliticPolicy::default() };
        Job::Review { job: job(number), question, schema: Arc::default(), documents }
    }

    fn rules(answers: &[Answer]) -> Vec<Rule> {
        let found = answers.iter().filter_map(|answer| match answer {
            Answer::Reviewed { verdict: Verdict::Findings(findings), .. } => Some(findings),
            _ => None,
        });
        found.flatten().map(|finding| finding.rule).collect()
    }

    #[test]
    fn findings_come_with_the_last_answer_and_progress_before_it() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(lint(1, None, &documents()));
        let answers = answers(&mut desk);
        assert_eq!((rules(&answers), ends(&answers)), (vec![Rule::EdgeSign], vec![job(1)]));
        let told: Vec<_> = answers
            .iter()
            .filter_map(|answer| match answer {
                Answer::Progress { done, total, .. } => Some(done * 100 / total),
                _ => None,
            })
            .collect();
        assert!(told.is_sorted() && told.len() > 2 && told.last() < Some(&100), "{told:?}");
    }

    #[test]
    fn the_extractor_is_heard_where_it_is_sure_enough() {
        let equipment = equipment();
        for (sure, heard) in [(0.5, true), (0.6, false)] {
            let mut desk = Desk::new(&equipment, &Letters);
            desk.take(lint(1, Some(sure), &documents()));
            let found = rules(&answers(&mut desk));
            assert_eq!(found.contains(&Rule::ExtractorFindsMore), heard, "{found:?}");
        }
    }

    #[test]
    fn the_extractor_is_asked_alone() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let (question, documents) = (Question::Extract, Documents::new(&documents()));
        desk.take(Job::Review { job: job(1), question, schema: Arc::default(), documents });
        match answers(&mut desk).last() {
            Some(Answer::Reviewed { verdict: Verdict::Suggestions(said), .. }) => {
                assert_eq!(
                    said.iter().map(Vec::len).collect::<Vec<_>>(),
                    [documents_length(0), documents_length(1)]
                );
            }
            other => panic!("{other:?}"),
        }
    }

    fn documents_length(at: usize) -> usize {
        documents()[at].text.as_str().len()
    }

    #[test]
    fn checks_can_be_given_up_between_two_steps_and_files_do_not_wait_for_them() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(lint(1, None, &documents()));
        desk.turn();
        desk.turn();
        desk.take(crate::work::letters::read(2, "a.txt", "خبر".as_bytes()));
        assert!(matches!(desk.turn(), Next::Continue(Some(Answer::Wants { .. }))));
        desk.take(Job::Bring { job: job(2), piece: "خبر".into() });
        assert_eq!(ends(&answers(&mut desk)), [job(2), job(1)]);
        desk.take(lint(3, None, &documents()));
        desk.turn();
        assert_eq!(desk.take(Job::Cancel { job: job(3) }), Some(Answer::Cancelled { job: job(3) }));
        assert_eq!(answers(&mut desk), []);
    }
}
