//! Finding the suggestions for a text.

use std::collections::VecDeque;

use super::task::{Reach, Step, Task, Tools};
use super::{Answer, JobId};
use crate::extract::{Found, Progress, Session, Suggestion};
use crate::text::{ByteOffset, SourceText};

/// At most so many suggestions go into one answer: the page takes it in between two frames. The first ones are sent as
/// soon as they are there, the others when there are so many, for each answer is an edit to be kept.
pub(super) const SUGGESTIONS_PER_ANSWER: usize = 500;

/// A text that nobody has looked at yet. The extractor is the one that is in use when the work begins.
pub(super) struct Extracting {
    pub(super) text: SourceText,
}

struct Looking<'a> {
    source: &'a str,
    session: Box<dyn Session + 'a>,
    reach: Reach,
    found: VecDeque<Suggestion>,
    /// Before this place nothing is going to be found that is not in `found` or has been sent.
    until: ByteOffset,
    has_sent: bool,
    is_through: bool,
}

impl Looking<'_> {
    /// The next answer, if one is due.
    fn due(&mut self, job: JobId) -> Option<Answer> {
        let is_due = self.is_through
            || self.found.len() >= SUGGESTIONS_PER_ANSWER
            || !self.has_sent && !self.found.is_empty();
        if !is_due {
            return None;
        }
        let items = self.found.drain(..self.found.len().min(SUGGESTIONS_PER_ANSWER)).collect();
        self.has_sent = true;
        // What is not in this answer is still to come.
        let until = self.found.front().map_or(self.until, |next| next.range.start);
        let is_last = self.is_through && self.found.is_empty();
        Some(Answer::Suggestions { job, source: self.source.into(), items, until, is_last })
    }
}

impl<'a> Task<'a> for Extracting {
    fn step(self: Box<Self>, _job: JobId, tools: Tools<'a>) -> Step<'a> {
        let (source, session) = (tools.extractor.source(), tools.extractor.begin(&self.text));
        Step::More(
            None,
            Box::new(Looking {
                source,
                session,
                reach: Reach::default(),
                found: VecDeque::new(),
                until: ByteOffset::default(),
                has_sent: false,
                is_through: false,
            }),
        )
    }
}

impl<'a> Task<'a> for Looking<'a> {
    fn step(mut self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        if let Some(answer) = self.due(job) {
            return match answer {
                Answer::Suggestions { is_last: true, .. } => Step::Last(answer),
                _ => Step::More(Some(answer), self),
            };
        }
        let Progress { done, total } = self.session.step();
        let Found { suggestions, until } = self.session.take();
        self.found.extend(suggestions);
        self.until = until;
        self.is_through = done >= total;
        Step::More(self.reach.tell(job, done, total).filter(|_| !self.is_through), self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::tagger::{Model, TaggedExtractor};
    use crate::extract::{Extractor, RuleExtractor};
    use crate::work::letters::{Letters, answers, equipment, extract, job};
    use crate::work::{Desk, Job, Next};

    /// What an answer says: the beginnings of its suggestions, how far it goes, and whether it is the last.
    type Part = (Vec<usize>, usize, bool);

    fn parts(answers: Vec<Answer>) -> Vec<Part> {
        let parts = answers.into_iter().filter_map(|answer| match answer {
            Answer::Suggestions { items, until, is_last, .. } => {
                Some((items.iter().map(|s| s.range.start.to_usize()).collect(), until.to_usize(), is_last))
            }
            _ => None,
        });
        parts.collect()
    }

    #[test]
    fn a_long_answer_comes_in_parts_that_make_up_the_whole() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let length = 2 * SUGGESTIONS_PER_ANSWER + 2;
        desk.take(extract(1, length));
        let parts = parts(answers(&mut desk));
        let ends: Vec<_> = parts.iter().map(|(_, until, is_last)| (*until, *is_last)).collect();
        // One step finds one letter.
        let first = 1 + SUGGESTIONS_PER_ANSWER;
        assert_eq!(ends, [(1, false), (first, false), (length - 1, false), (length, true)]);
        let starts: Vec<_> = parts.into_iter().flat_map(|(starts, ..)| starts).collect();
        assert_eq!(starts, (0..length).collect::<Vec<_>>());
    }

    #[test]
    fn suggestions_come_from_the_top_while_the_rest_is_still_read() {
        let rules = RuleExtractor::embedded().unwrap();
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &rules);
        let line = "وصل وفد إلى بغداد أمس.\n";
        desk.take(Job::Extract { job: job(1), text: line.repeat(6_000).into() });
        let answers = answers(&mut desk);
        let is_progress = |answer: &Answer| matches!(answer, Answer::Progress { .. });
        let first = answers.iter().position(|answer| matches!(answer, Answer::Suggestions { .. }));
        assert!(first < answers.iter().rposition(is_progress), "they come before all is read");
        let parts = parts(answers);
        assert!(parts.len() > 1);
        let mut from = 0;
        for (starts, until, _) in parts {
            assert!(starts.iter().all(|start| (from..until).contains(start)));
            from = until;
        }
        assert_eq!(from, 6_000 * line.len());
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
