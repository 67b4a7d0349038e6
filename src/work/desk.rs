//! Works through jobs one after the other, a few milliseconds at a time, so that whoever drives it can listen in
//! between.

use std::collections::{BTreeMap, VecDeque};

use super::extracting::Extracting;
use super::projects::{ReadingProject, WritingProject};
use super::reading::Reading;
use super::review::Reviewing;
use super::task::{Step, Task, Tools};
use super::twins::FindingTwins;
use super::writing::Writing;
use super::{Answer, Job, JobId, Lane, VERSION};
use crate::app::ModelFault;
use crate::extract::Extractor;
use crate::quality::lint::{Names, Vocabulary};

/// What the desk needs for its work and cannot make itself.
pub struct Equipment<'a> {
    /// The word classes of the guideline, for the checks of labels.
    pub vocabulary: Vocabulary,
    /// A gazetteer, for the same.
    pub names: &'a dyn Names,
}

/// Jobs, the one under way and those that wait.
pub struct Desk<'a> {
    tools: Tools<'a>,
    /// The lanes that have or had jobs, the first to be worked on first.
    lanes: BTreeMap<Lane, Waiting<'a>>,
}

/// The jobs of a lane. The first is under way or comes next.
#[derive(Default)]
struct Waiting<'a> {
    tasks: VecDeque<(JobId, Box<dyn Task<'a> + 'a>)>,
    /// True while the first waits for something to be brought.
    waits: bool,
}

/// What to do after a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// There is more to do.
    Continue(Option<Answer>),
    /// Nothing is left to do until the next job.
    Rest,
}

impl<'a> Desk<'a> {
    /// A desk without jobs.
    #[must_use]
    pub fn new(equipment: &'a Equipment<'a>, extractor: &'a dyn Extractor) -> Self {
        Self { tools: Tools { equipment, extractor }, lanes: BTreeMap::new() }
    }

    /// Has texts read by another extractor from now on. The one under way is finished by the one that began it.
    pub fn use_extractor(&mut self, extractor: &'a dyn Extractor) {
        self.tools.extractor = extractor;
    }

    /// The first answer, to be sent before any job comes in.
    #[must_use]
    pub fn ready(&self) -> Answer {
        Answer::Ready { version: VERSION.into() }
    }

    /// Takes a job in. None of the work is done yet.
    ///
    /// A desk has no way to a model: whoever drives it brings one and calls [`Self::use_extractor`].
    pub fn take(&mut self, job: Job) -> Option<Answer> {
        let lane = job.lane().map(|lane| self.lanes.entry(lane).or_default());
        let id = job.id();
        let task: Box<dyn Task<'a> + 'a> = match job {
            Job::Extract { text, .. } => Box::new(Extracting { text }),
            Job::Read { files, choices, schema, .. } => Box::new(Reading::new(files, choices, schema)),
            Job::Compare { known, count, .. } => Box::new(FindingTwins::new(known, count)),
            Job::Write { order, schema, documents, .. } => Box::new(Writing { order, schema, documents }),
            Job::WriteProject { project, .. } => Box::new(WritingProject { project }),
            Job::ReadProject { name, bytes, .. } => Box::new(ReadingProject { name, bytes }),
            Job::Review { question, schema, documents, .. } => {
                Box::new(Reviewing { question, schema, documents })
            }
            Job::Bring { piece, .. } => {
                if let Some(lane) = self.lanes.values_mut().find(|lane| lane.waits_for(id)) {
                    lane.bring(piece);
                }
                return None;
            }
            Job::LoadModel { job } => return Some(Answer::ModelFailed { job, fault: ModelFault::Missing }),
            Job::Cancel { job } => {
                let was_there = self.lanes.values_mut().any(|lane| lane.drop_job(job));
                return was_there.then_some(Answer::Cancelled { job });
            }
        };
        if let Some(lane) = lane {
            lane.tasks.push_back((id, task));
        }
        None
    }

    /// The job that the next turn goes on with.
    #[must_use]
    pub fn next_job(&self) -> Option<JobId> {
        let lane = self.lanes.values().find(|lane| lane.can_go_on())?;
        lane.tasks.front().map(|(job, _)| *job)
    }

    /// Does the next few milliseconds' work; a file is read or written in one turn.
    pub fn turn(&mut self) -> Next {
        let lane = self.lanes.values_mut().find(|lane| lane.can_go_on());
        lane.map_or(Next::Rest, |lane| lane.turn(self.tools))
    }
}

impl<'a> Waiting<'a> {
    fn can_go_on(&self) -> bool {
        !self.waits && !self.tasks.is_empty()
    }

    /// True if this is the first job and waits for something to be brought. What nobody waits for any more is dropped.
    fn waits_for(&self, job: JobId) -> bool {
        self.waits && self.tasks.front().is_some_and(|(first, _)| *first == job)
    }

    /// Brings the first task what it waits for.
    fn bring(&mut self, piece: Vec<u8>) {
        if let Some((_, task)) = self.tasks.front_mut() {
            task.bring(piece);
            self.waits = false;
        }
    }

    fn turn(&mut self, tools: Tools<'a>) -> Next {
        let Some((job, task)) = self.tasks.pop_front() else {
            return Next::Rest;
        };
        Next::Continue(match task.step(job, tools) {
            Step::More(answer, task) => {
                self.tasks.push_front((job, task));
                answer
            }
            Step::Wait(answer, task) => {
                self.tasks.push_front((job, task));
                self.waits = true;
                Some(answer)
            }
            Step::Last(answer) => Some(answer),
        })
    }

    fn drop_job(&mut self, job: JobId) -> bool {
        if self.tasks.front().is_some_and(|(first, _)| *first == job) {
            self.waits = false;
        }
        let before = self.tasks.len();
        self.tasks.retain(|(waiting, _)| *waiting != job);
        self.tasks.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::letters::{Letters, answers, ends, equipment, extract, job, read};

    #[test]
    fn a_desk_says_who_it_is() {
        let ready = Answer::Ready { version: VERSION.into() };
        assert_eq!(Desk::new(&equipment(), &Letters).ready(), ready);
    }

    #[test]
    fn jobs_are_done_in_order_and_each_ends_once() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        for (number, length) in [(1, 3), (2, 0), (3, 5)] {
            assert_eq!(desk.take(extract(number, length)), None);
        }
        assert_eq!(ends(&answers(&mut desk)), [job(1), job(2), job(3)]);
        assert_eq!(desk.turn(), Next::Rest);
    }

    #[test]
    fn a_job_under_way_is_given_up_between_two_turns_and_the_next_one_goes_on() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
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
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, crate::work::extracting::SUGGESTIONS_PER_ANSWER + 1));
        desk.take(extract(2, 1));
        assert_eq!(desk.take(Job::Cancel { job: job(2) }), Some(Answer::Cancelled { job: job(2) }));
        while !matches!(desk.turn(), Next::Continue(Some(Answer::Suggestions { is_last: false, .. }))) {}
        assert_eq!(desk.take(Job::Cancel { job: job(1) }), Some(Answer::Cancelled { job: job(1) }));
        assert_eq!(desk.take(Job::Cancel { job: job(1) }), None);
        assert_eq!(desk.turn(), Next::Rest);
    }

    #[test]
    fn a_desk_alone_has_no_model() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let answer = Answer::ModelFailed { job: job(1), fault: ModelFault::Missing };
        assert_eq!(desk.take(Job::LoadModel { job: job(1) }), Some(answer));
    }

    #[test]
    fn files_do_not_wait_until_texts_have_been_looked_at() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, 1_000));
        desk.take(extract(2, 1));
        for _ in 0..10 {
            desk.turn();
        }
        desk.take(read(3, "a.txt", "خبر".as_bytes()));
        desk.take(Job::Bring { job: job(3), piece: "nobody has asked yet".into() });
        assert!(matches!(desk.turn(), Next::Continue(Some(Answer::Wants { .. }))));
        assert_eq!(desk.take(Job::Bring { job: job(3), piece: "خبر".into() }), None);
        assert_eq!(ends(&answers(&mut desk)), [job(3), job(1), job(2)]);
    }

    #[test]
    fn while_a_file_waits_for_its_next_piece_texts_are_looked_at() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        desk.take(extract(1, 3));
        desk.take(read(2, "a.txt", "خبر".as_bytes()));
        assert_eq!(ends(&answers(&mut desk)), [job(1)]);
        assert_eq!(desk.take(Job::Cancel { job: job(2) }), Some(Answer::Cancelled { job: job(2) }));
        desk.take(extract(3, 1));
        assert_eq!(ends(&answers(&mut desk)), [job(3)], "a file that was given up holds nobody up");
    }

    #[test]
    fn before_every_turn_it_says_which_job_is_to_blame_for_what_happens() {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        assert_eq!(desk.next_job(), None);
        desk.take(extract(1, 3));
        desk.take(Job::Compare { job: job(2), known: 0, count: 2 });
        desk.take(read(3, "a.txt", "خبر".as_bytes()));
        let mut worked_on = Vec::new();
        while let Some(job) = desk.next_job() {
            worked_on.push(job);
            desk.turn();
        }
        worked_on.dedup();
        assert_eq!(worked_on, [job(3), job(2), job(1)], "what waits for a piece is not at work");
        assert_eq!(desk.take(Job::Bring { job: job(3), piece: "خبر".into() }), None);
        assert_eq!(desk.next_job(), Some(job(3)));
    }
}
