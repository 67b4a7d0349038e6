//! What a job asks for, as work that is done a few milliseconds at a time. One kind of work a file.

use super::desk::Equipment;
use super::{Answer, JobId};
use crate::extract::Extractor;

/// The work of one job.
pub(super) trait Task<'a> {
    /// Does the next few milliseconds' work of the job.
    fn step(self: Box<Self>, job: JobId, tools: Tools<'a>) -> Step<'a>;

    /// Takes what it waits for.
    fn bring(&mut self, piece: Vec<u8>) {
        let _ = piece;
    }
}

/// What work is done with.
#[derive(Clone, Copy)]
pub(super) struct Tools<'a> {
    pub(super) equipment: &'a Equipment<'a>,
    pub(super) extractor: &'a dyn Extractor,
}

/// What came of a step.
pub(super) enum Step<'a> {
    /// Nothing can be done before what this asks for has been brought.
    Wait(Answer, Box<dyn Task<'a> + 'a>),
    /// There is more to do. Something may be said meanwhile.
    More(Option<Answer>, Box<dyn Task<'a> + 'a>),
    /// The job ends with this answer.
    Last(Answer),
}

/// How far a job has come, told now and then and not after every step.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach(u64);

impl Reach {
    /// A job tells its progress at most so often.
    pub(super) const REPORTS: u64 = 50;

    /// What there is to say when so much of the work is done, if it is time to say something.
    pub(super) fn tell(&mut self, job: JobId, done: u64, total: u64) -> Option<Answer> {
        let reach = done.saturating_mul(Self::REPORTS) / total.max(1);
        let is_further = reach > self.0;
        self.0 = reach;
        is_further.then_some(Answer::Progress { job, done, total })
    }
}
