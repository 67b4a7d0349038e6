//! Finding the suggestions for a text.

use std::collections::VecDeque;

use super::task::{Reach, Step, Task, Tools};
use super::{Answer, JobId};
use crate::extract::{Progress, Session, Suggestion};
use crate::text::SourceText;

/// At most so many suggestions go into one answer: the page takes it in between two frames.
pub(super) const SUGGESTIONS_PER_ANSWER: usize = 500;

/// A text that nobody has looked at yet. The extractor is the one that is in use when the work begins.
pub(super) struct Extracting {
    pub(super) text: SourceText,
}

struct Looking<'a> {
    source: &'a str,
    session: Box<dyn Session + 'a>,
    reach: Reach,
}

struct Answering<'a> {
    source: &'a str,
    left: VecDeque<Suggestion>,
}

impl<'a> Task<'a> for Extracting {
    fn step(self: Box<Self>, _job: JobId, tools: Tools<'a>) -> Step<'a> {
        let (source, session) = (tools.extractor.source(), tools.extractor.begin(&self.text));
        Step::More(None, Box::new(Looking { source, session, reach: Reach::default() }))
    }
}

impl<'a> Task<'a> for Looking<'a> {
    fn step(mut self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let progress = self.session.step();
        if progress.is_complete() {
            let left = self.session.finish().into();
            return Step::More(None, Box::new(Answering { source: self.source, left }));
        }
        let Progress { done, total } = progress;
        Step::More(self.reach.tell(job, done, total), self)
    }
}

impl<'a> Task<'a> for Answering<'a> {
    fn step(mut self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let items = self.left.drain(..self.left.len().min(SUGGESTIONS_PER_ANSWER)).collect();
        let is_last = self.left.is_empty();
        let answer = Answer::Suggestions { job, source: self.source.into(), items, is_last };
        if is_last { Step::Last(answer) } else { Step::More(Some(answer), self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::{Model, TaggedExtractor};
    use crate::extract::{Extractor, RuleExtractor};
    use crate::work::letters::{Letters, answers, equipment, extract, job};
    use crate::work::{Desk, Job, Next};

    #[test]
    fn a_long_answer_comes_in_parts_that_make_up_the_whole() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
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
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, 10_000));
        let told: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Progress { done, total: 10_000, .. } => Some(done),
                _ => None,
            })
            .collect();
        assert!(told.is_sorted_by(|a, b| a < b));
        assert!((10..=Reach::REPORTS as usize).contains(&told.len()), "{}", told.len());
    }

    /// [`Letters`] that have learnt more.
    struct Learnt;

    impl Extractor for Learnt {
        fn source(&self) -> &str {
            "learnt/1"
        }

        fn begin<'a>(&'a self, text: &SourceText) -> Box<dyn Session + 'a> {
            Letters.begin(text)
        }
    }

    #[test]
    fn another_extractor_reads_what_has_not_been_begun() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, SUGGESTIONS_PER_ANSWER + 1));
        desk.take(extract(2, 1));
        desk.turn();
        desk.use_extractor(&Learnt);
        let sources: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Suggestions { job, source, .. } => Some((job, source)),
                _ => None,
            })
            .collect();
        let expected = [(1, "letters/1"), (1, "letters/1"), (2, "learnt/1")];
        assert_eq!(sources, expected.map(|(number, source)| (job(number), source.to_owned())));
    }

    #[test]
    fn rules_and_model_tell_their_progress_to_the_end_and_can_be_stopped_anywhere() {
        let rules = RuleExtractor::embedded().unwrap();
        let extractor = TaggedExtractor::new(rules, Model::default());
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &extractor);
        let text: SourceText = "وصل وفد إلى بغداد أمس.\n".repeat(3_000).into();
        desk.take(Job::Extract { job: job(1), text: text.clone() });
        let told: Vec<_> = answers(&mut desk)
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Progress { done, total, .. } => Some(done * 100 / total),
                _ => None,
            })
            .collect();
        assert!(told.is_sorted() && told.len() > 5 && told.last() > Some(&66), "{told:?}");
        for turns in [1, 5, told.len()] {
            desk.take(Job::Extract { job: job(2), text: text.clone() });
            for _ in 0..turns {
                desk.turn();
            }
            assert_eq!(desk.take(Job::Cancel { job: job(2) }), Some(Answer::Cancelled { job: job(2) }));
            assert_eq!(desk.turn(), Next::Rest);
        }
    }
}
