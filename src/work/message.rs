//! What goes to and fro.

use serde::{Deserialize, Serialize};

use crate::extract::Suggestion;

/// Names this build. Page and worker are separate files; one left over from another build is told by this.
pub const VERSION: &str = match option_env!("MISAM_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// Names a job. Later jobs have higher numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(u32);

impl JobId {
    /// The job after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Job {
    /// Find the suggestions for a text. Jobs are done in the order they come in.
    Extract {
        /// The job.
        job: JobId,
        /// The whole text.
        #[serde(with = "super::utf8")]
        text: String,
    },
    /// Give a job up. One that is done already stays done.
    Cancel {
        /// The job.
        job: JobId,
    },
}

/// What is answered. Every job ends with exactly one of: suggestions that are the last, `Cancelled`, `Failed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Jobs can be sent. Comes once, before everything else and without being asked for.
    Ready {
        /// [`VERSION`] of the other side.
        version: String,
        /// Name and version of the extractor, as suggestions carry it in `source`.
        source: String,
    },
    /// A job has come this far.
    Progress {
        /// The job.
        job: JobId,
        /// Bytes looked at, over all passes.
        done: u64,
        /// Bytes to look at, over all passes.
        total: u64,
    },
    /// Suggestions, sorted by position within and across the parts of a long answer.
    Suggestions {
        /// The job.
        job: JobId,
        /// The next part.
        items: Vec<Suggestion>,
        /// True if nothing follows: the job is done.
        is_last: bool,
    },
    /// The job was given up.
    Cancelled {
        /// The job.
        job: JobId,
    },
    /// The job broke down. The same text would break it again.
    Failed {
        /// The job.
        job: JobId,
        /// What happened, for the log and for reports.
        message: String,
    },
}

impl Answer {
    /// The job that ends with this answer.
    #[must_use]
    pub fn ended(&self) -> Option<JobId> {
        match *self {
            Self::Suggestions { job, is_last: true, .. }
            | Self::Cancelled { job }
            | Self::Failed { job, .. } => Some(job),
            Self::Ready { .. } | Self::Progress { .. } | Self::Suggestions { is_last: false, .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_keeps_every_byte_of_its_text() {
        let job =
            Job::Extract { job: JobId::default(), text: "زار\r\n😊 \u{200F}بغداد".to_owned() };
        let json = serde_json::to_value(&job).unwrap();
        assert!(json["Extract"]["text"].is_array(), "the text goes as bytes");
        assert_eq!(serde_json::from_value::<Job>(json).unwrap(), job);
    }
}
