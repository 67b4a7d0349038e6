//! Works through jobs one after the other, a few milliseconds at a time, so that whoever drives it can listen in
//! between.

use std::collections::VecDeque;

use super::{Answer, Job, JobId, VERSION};
use crate::extract::{Extractor, Progress, Session, Suggestion};
use crate::text::SourceText;

/// At most so many suggestions go into one answer: the page takes it in between two frames.
const SUGGESTIONS_PER_ANSWER: usize = 500;

/// A job tells its progress at most so often.
const PROGRESS_REPORTS: u64 = 50;

/// Jobs, the one under way and those that wait.
pub struct Desk<'a> {
    extractor: &'a dyn Extractor,
    waiting: VecDeque<(JobId, String)>,
    current: Option<Current<'a>>,
}

/// What to do after a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// There is more to do.
    Continue(Option<Answer>),
    /// Nothing is left to do until the next job.
    Rest,
}

struct Current<'a> {
    job: JobId,
    stage: Stage<'a>,
}

enum Stage<'a> {
    Looking { session: Box<dyn Session + 'a>, reported: u64 },
    Answering(VecDeque<Suggestion>),
}

impl<'a> Desk<'a> {
    /// A desk without jobs.
    #[must_use]
    pub fn new(extractor: &'a dyn Extractor) -> Self {
        Self { extractor, waiting: VecDeque::new(), current: None }
    }

    /// The first answer, to be sent before any job comes in.
    #[must_use]
    pub fn ready(&self) -> Answer {
        Answer::Ready { version: VERSION.into(), source: self.extractor.source().into() }
    }

    /// Takes a job in. None of the work is done yet.
    pub fn take(&mut self, job: Job) -> Option<Answer> {
        match job {
            Job::Extract { job, text } => {
                self.waiting.push_back((job, text));
                None
            }
            Job::Cancel { job } => self.drop_job(job).then_some(Answer::Cancelled { job }),
        }
    }

    /// Does the next few milliseconds' work.
    pub fn turn(&mut self) -> Next {
        let Some(current) = self.current.take() else {
            let Some((job, text)) = self.waiting.pop_front() else { return Next::Rest };
            let session = self.extractor.begin(&SourceText::new(text));
            self.current = Some(Current { job, stage: Stage::Looking { session, reported: 0 } });
            return Next::Continue(None);
        };
        let job = current.job;
        let (answer, stage) = match current.stage {
            Stage::Looking { session, reported } => look(job, session, reported),
            Stage::Answering(left) => answer(job, left),
        };
        self.current = stage.map(|stage| Current { job, stage });
        Next::Continue(answer)
    }

    fn drop_job(&mut self, job: JobId) -> bool {
        if self.current.as_ref().is_some_and(|current| current.job == job) {
            self.current = None;
            return true;
        }
        let before = self.waiting.len();
        self.waiting.retain(|(waiting, _)| *waiting != job);
        self.waiting.len() < before
    }
}

fn look<'a>(
    job: JobId,
    mut session: Box<dyn Session + 'a>,
    reported: u64,
) -> (Option<Answer>, Option<Stage<'a>>) {
    let progress = session.step();
    if progress.is_complete() {
        return (None, Some(Stage::Answering(session.finish().into())));
    }
    let Progress { done, total } = progress;
    let reach = done.saturating_mul(PROGRESS_REPORTS) / total.max(1);
    let answer = (reach > reported).then_some(Answer::Progress { job, done, total });
    (answer, Some(Stage::Looking { session, reported: reach }))
}

fn answer<'a>(job: JobId, mut left: VecDeque<Suggestion>) -> (Option<Answer>, Option<Stage<'a>>) {
    let items = left.drain(..left.len().min(SUGGESTIONS_PER_ANSWER)).collect();
    let is_last = left.is_empty();
    (Some(Answer::Suggestions { job, items, is_last }), (!is_last).then_some(Stage::Answering(left)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::LabelCode;
    use crate::text::ByteRange;

    /// Suggests every letter, one step a letter.
    struct Letters;

    struct LetterSession {
        text: SourceText,
        done: u64,
    }

    impl Extractor for Letters {
        fn source(&self) -> &str {
            "letters/1"
        }

        fn begin<'a>(&'a self, text: &SourceText) -> Box<dyn Session + 'a> {
            Box::new(LetterSession { text: text.clone(), done: 0 })
        }
    }

    impl Session for LetterSession {
        fn step(&mut self) -> Progress {
            let total = self.text.as_str().len() as u64;
            self.done = (self.done + 1).min(total);
            Progress { done: self.done, total }
        }

        fn finish(self: Box<Self>) -> Vec<Suggestion> {
            let label = LabelCode::new("LOC").unwrap();
            let suggestion = |range: ByteRange| Suggestion {
                range,
                label: label.clone(),
                confidence: 0.5,
                reason: "a letter".into(),
                normalized: None,
            };
            (0..self.text.as_str().len()).map(|at| suggestion((at..at + 1).into())).collect()
        }
    }

    fn job(number: u32) -> JobId {
        (0..number).fold(JobId::default(), |job, _| job.next())
    }

    fn extract(number: u32, length: usize) -> Job {
        Job::Extract { job: job(number), text: "x".repeat(length) }
    }

    /// All answers until the desk rests.
    fn answers(desk: &mut Desk) -> Vec<Answer> {
        let mut answers = Vec::new();
        while let Next::Continue(answer) = desk.turn() {
            answers.extend(answer);
        }
        answers
    }

    fn ends(answers: &[Answer]) -> Vec<JobId> {
        answers.iter().filter_map(Answer::ended).collect()
    }

    #[test]
    fn a_desk_says_who_it_is() {
        let ready = Answer::Ready { version: VERSION.into(), source: "letters/1".into() };
        assert_eq!(Desk::new(&Letters).ready(), ready);
    }

    #[test]
    fn jobs_are_done_in_order_and_each_ends_once() {
        let mut desk = Desk::new(&Letters);
        for (number, length) in [(1, 3), (2, 0), (3, 5)] {
            assert_eq!(desk.take(extract(number, length)), None);
        }
        assert_eq!(ends(&answers(&mut desk)), [job(1), job(2), job(3)]);
        assert_eq!(desk.turn(), Next::Rest);
    }

    #[test]
    fn a_long_answer_comes_in_parts_that_make_up_the_whole() {
        let mut desk = Desk::new(&Letters);
        let length = 2 * SUGGESTIONS_PER_ANSWER + 1;
        desk.take(extract(1, length));
        let parts: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Suggestions { items, is_last, .. } => Some((items, is_last)),
                _ => None,
            })
            .collect();
        assert_eq!(parts.iter().map(|(_, is_last)| *is_last).collect::<Vec<_>>(), [false, false, true]);
        let starts: Vec<_> =
            parts.iter().flat_map(|(items, _)| items).map(|s| s.range.start.to_usize()).collect();
        assert_eq!(starts, (0..length).collect::<Vec<_>>());
    }

    #[test]
    fn progress_rises_and_is_not_told_more_often_than_needed() {
        let mut desk = Desk::new(&Letters);
        desk.take(extract(1, 10_000));
        let told: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Progress { done, total: 10_000, .. } => Some(done),
                _ => None,
            })
            .collect();
        assert!(told.is_sorted_by(|a, b| a < b));
        assert!((10..=PROGRESS_REPORTS as usize).contains(&told.len()), "{}", told.len());
    }

    #[test]
    fn a_job_under_way_is_given_up_between_two_turns_and_the_next_one_goes_on() {
        let mut desk = Desk::new(&Letters);
        desk.take(extract(1, 1_000));
        desk.take(extract(2, 1));
        for _ in 0..10 {
            desk.turn();
        }
        assert_eq!(desk.take(Job::Cancel { job: job(1) }), Some(Answer::Cancelled { job: job(1) }));
        assert_eq!(ends(&answers(&mut desk)), [job(2)]);
    }

    #[test]
    fn a_job_that_waits_or_is_half_answered_can_be_given_up_too_but_not_one_that_is_done() {
        let mut desk = Desk::new(&Letters);
        desk.take(extract(1, SUGGESTIONS_PER_ANSWER + 1));
        desk.take(extract(2, 1));
        assert_eq!(desk.take(Job::Cancel { job: job(2) }), Some(Answer::Cancelled { job: job(2) }));
        while !matches!(desk.turn(), Next::Continue(Some(Answer::Suggestions { is_last: false, .. }))) {}
        assert_eq!(desk.take(Job::Cancel { job: job(1) }), Some(Answer::Cancelled { job: job(1) }));
        assert_eq!(desk.take(Job::Cancel { job: job(1) }), None);
        assert_eq!(desk.turn(), Next::Rest);
    }
}
