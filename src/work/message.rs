//! What goes to and fro.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::parcel::{Documents, NotUnpacked, Pack, Parcel, next_of, next_text};
use super::portable::{Portable, Unpacked};
use super::review::{Question, Verdict};
use crate::app::ModelFault;
use crate::app::export::{Order, Summary};
use crate::app::intake::{Account, Choices, FileEntry, Wanted};
use crate::extract::Suggestion;
use crate::extract::tagger::About;
use crate::quality::likeness::Alike;
use crate::schema::Schema;
use crate::text::{ByteOffset, SourceText};

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

/// Jobs that are done one after the other. Those of an earlier lane come before those of a later one, unless they wait
/// for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Files, for which somebody waits. They come before everything else.
    Files,
    /// Questions about documents as a whole: somebody waits, but they may take long.
    Questions,
    /// Texts to be read.
    Texts,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Job {
    /// Find the suggestions for a text. Texts are done in the order they come in, files before them.
    Extract {
        /// The job.
        job: JobId,
        /// The whole text.
        #[serde(skip)]
        text: SourceText,
    },
    /// Read a file, or several that belong together. They go with the message; their bytes are asked for piece by
    /// piece.
    Read {
        /// The job.
        job: JobId,
        /// The files.
        files: Vec<FileEntry>,
        /// What was chosen about them.
        choices: Choices,
        /// The labels that the project has.
        schema: Arc<Schema>,
    },
    /// The piece of a file that was wanted, nothing if the file ends before it; or texts to be compared, as
    /// [`portion`](super::portion) packs them.
    Bring {
        /// The job that wants it.
        job: JobId,
        /// The piece.
        #[serde(skip)]
        piece: Vec<u8>,
    },
    /// Find new texts that say nearly the same as others. The texts are asked for in portions.
    Compare {
        /// The job.
        job: JobId,
        /// How many of the texts were known before. They come first.
        known: usize,
        /// How many texts there are.
        count: usize,
    },
    /// Write documents into a file, read it back, and hand it over if all of them are there.
    Write {
        /// The job.
        job: JobId,
        /// What kind of file.
        order: Order,
        /// The labels that the project has.
        schema: Arc<Schema>,
        /// The documents, all of which go in.
        documents: Documents,
    },
    /// Write a project into a file, read it back, and hand it over if all of it is there.
    WriteProject {
        /// The job.
        job: JobId,
        /// The project.
        project: Portable,
    },
    /// Read a project file.
    ReadProject {
        /// The job.
        job: JobId,
        /// The file's name.
        name: String,
        /// The file.
        #[serde(skip)]
        bytes: Arc<[u8]>,
    },
    /// Look at documents as a whole and answer a question about them.
    Review {
        /// The job.
        job: JobId,
        /// The question.
        question: Question,
        /// The labels that the project has.
        schema: Arc<Schema>,
        /// The documents.
        documents: Documents,
    },
    /// Bring the model and find suggestions with it from then on. Texts are done meanwhile, by the rules alone.
    LoadModel {
        /// The job.
        job: JobId,
    },
    /// Give a job up. One that is done already stays done.
    Cancel {
        /// The job.
        job: JobId,
    },
}

/// What is answered. Every job ends with exactly one of: suggestions or documents that are the last,
/// `Unreadable`, `Alike`, `Written`, `ProjectRead`, `Reviewed`, `ModelReady`, `ModelFailed`, `Cancelled`, `Failed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Jobs can be sent. Comes once, before everything else and without being asked for.
    Ready {
        /// [`VERSION`] of the other side.
        version: String,
    },
    /// The job that is worked on from now on: the one to blame for a breakdown. The page's side of the worker keeps it to
    /// itself.
    At {
        /// The job.
        job: JobId,
    },
    /// A job has come this far.
    Progress {
        /// The job.
        job: JobId,
        /// Bytes looked at, over all passes; of the model, bytes that have come; of a question, any measure of work.
        done: u64,
        /// Bytes to look at, over all passes; of the model, bytes in all.
        total: u64,
    },
    /// Suggestions, sorted by position within and across the parts of a long answer.
    Suggestions {
        /// The job.
        job: JobId,
        /// Name and version of the extractor, as suggestions carry it in `source`.
        source: String,
        /// The next part.
        items: Vec<Suggestion>,
        /// What follows stands at this place or behind it.
        until: ByteOffset,
        /// True if nothing follows: the job is done.
        is_last: bool,
    },
    /// Documents of a file, in its order within and across the parts of a long answer.
    Read {
        /// The job.
        job: JobId,
        /// The next part.
        documents: Documents,
        /// What came of the file, with the last part: the job is done.
        account: Option<Box<Account>>,
    },
    /// A piece of a file is wanted. The job waits until it is brought. Who drives the desk brings it; the page never hears
    /// of it. Or texts to be compared are wanted, from number `file` on, which the page brings.
    Wants {
        /// The job.
        job: JobId,
        /// The piece.
        piece: Wanted,
    },
    /// A file cannot be read any more: it was moved or changed since it was chosen.
    Unreadable {
        /// The job.
        job: JobId,
    },
    /// New texts that say nearly the same as others.
    Alike {
        /// The job.
        job: JobId,
        /// The pairs, by the places of the texts.
        pairs: Vec<Alike>,
    },
    /// A file was written.
    Written {
        /// The job.
        job: JobId,
        /// What is in it and what is not.
        summary: Summary,
        /// The file; empty if only the summary was asked for.
        #[serde(skip)]
        file: Vec<u8>,
    },
    /// A project file was read.
    ProjectRead {
        /// The job.
        job: JobId,
        /// What came of it.
        unpacked: Unpacked,
    },
    /// A question was answered.
    Reviewed {
        /// The job.
        job: JobId,
        /// The answer.
        verdict: Verdict,
    },
    /// The model is there: texts whose work has not begun are read with it.
    ModelReady {
        /// The job.
        job: JobId,
        /// What the model says of itself.
        about: About,
    },
    /// The model cannot be had. The rules go on without it.
    ModelFailed {
        /// The job.
        job: JobId,
        /// Why.
        fault: ModelFault,
    },
    /// The job was given up.
    Cancelled {
        /// The job.
        job: JobId,
    },
    /// The job broke down, or cannot be done. Trying again would not help.
    Failed {
        /// The job.
        job: JobId,
        /// What happened, for the log and for reports.
        message: String,
    },
}

impl Job {
    /// The job's number.
    #[must_use]
    pub fn id(&self) -> JobId {
        match *self {
            Self::Extract { job, .. }
            | Self::Read { job, .. }
            | Self::Bring { job, .. }
            | Self::Compare { job, .. }
            | Self::Write { job, .. }
            | Self::WriteProject { job, .. }
            | Self::ReadProject { job, .. }
            | Self::Review { job, .. }
            | Self::LoadModel { job }
            | Self::Cancel { job } => job,
        }
    }

    /// Where the job waits its turn; nowhere if it is no work of the desk's.
    #[must_use]
    pub fn lane(&self) -> Option<Lane> {
        match self {
            Self::Read { .. } | Self::Write { .. } | Self::WriteProject { .. } | Self::ReadProject { .. } => {
                Some(Lane::Files)
            }
            Self::Compare { .. } | Self::Review { .. } => Some(Lane::Questions),
            Self::Extract { .. } => Some(Lane::Texts),
            Self::Bring { .. } | Self::LoadModel { .. } | Self::Cancel { .. } => None,
        }
    }

    /// Makes the job ready to cross.
    #[must_use]
    pub fn pack(&self) -> Parcel<&[u8]> {
        self.pack_up()
    }

    /// The job that has crossed.
    ///
    /// # Errors
    /// If it is none of this build.
    pub fn unpack(parcel: Parcel<Vec<u8>>) -> Result<Self, NotUnpacked> {
        Self::unpack_from(parcel)
    }
}

impl Pack for Job {
    fn cargo(&self) -> Vec<&[u8]> {
        match self {
            Self::Extract { text, .. } => vec![text.as_str().as_bytes()],
            Self::ReadProject { bytes, .. } => vec![bytes],
            Self::WriteProject { project, .. } => project.cargo(),
            Self::Bring { piece, .. } => vec![piece],
            Self::Write { documents, .. } | Self::Review { documents, .. } => documents.cargo().collect(),
            Self::Read { .. } | Self::Compare { .. } | Self::LoadModel { .. } | Self::Cancel { .. } => {
                Vec::new()
            }
        }
    }

    fn load(&mut self, cargo: &mut dyn Iterator<Item = Vec<u8>>) -> Result<(), NotUnpacked> {
        match self {
            Self::Extract { text, .. } => *text = next_text(cargo)?,
            Self::ReadProject { bytes, .. } => *bytes = next_of(cargo)?.into(),
            Self::WriteProject { project, .. } => project.load(cargo)?,
            Self::Bring { piece, .. } => *piece = next_of(cargo)?,
            Self::Write { documents, .. } | Self::Review { documents, .. } => documents.load(cargo)?,
            Self::Read { .. } | Self::Compare { .. } | Self::LoadModel { .. } | Self::Cancel { .. } => {}
        }
        Ok(())
    }
}

impl Answer {
    /// The job that ends with this answer.
    #[must_use]
    pub fn ended(&self) -> Option<JobId> {
        match *self {
            Self::Suggestions { job, is_last: true, .. }
            | Self::Read { job, account: Some(_), .. }
            | Self::Unreadable { job }
            | Self::Alike { job, .. }
            | Self::Written { job, .. }
            | Self::ProjectRead { job, .. }
            | Self::Reviewed { job, .. }
            | Self::ModelReady { job, .. }
            | Self::ModelFailed { job, .. }
            | Self::Cancelled { job }
            | Self::Failed { job, .. } => Some(job),
            Self::Ready { .. }
            | Self::At { .. }
            | Self::Progress { .. }
            | Self::Suggestions { is_last: false, .. }
            | Self::Wants { .. }
            | Self::Read { account: None, .. } => None,
        }
    }

    /// Makes the answer ready to cross.
    #[must_use]
    pub fn pack(&self) -> Parcel<&[u8]> {
        self.pack_up()
    }

    /// The answer that has crossed.
    ///
    /// # Errors
    /// If it is none of this build.
    pub fn unpack(parcel: Parcel<Vec<u8>>) -> Result<Self, NotUnpacked> {
        Self::unpack_from(parcel)
    }
}

impl Pack for Answer {
    fn cargo(&self) -> Vec<&[u8]> {
        match self {
            Self::Read { documents, .. } => documents.cargo().collect(),
            Self::Written { file, .. } => vec![file],
            Self::ProjectRead { unpacked, .. } => unpacked.cargo(),
            Self::Reviewed { verdict, .. } => verdict.file().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn load(&mut self, cargo: &mut dyn Iterator<Item = Vec<u8>>) -> Result<(), NotUnpacked> {
        match self {
            Self::Read { documents, .. } => documents.load(cargo)?,
            Self::Written { file, .. } => *file = next_of(cargo)?,
            Self::ProjectRead { unpacked, .. } => unpacked.load(cargo)?,
            Self::Reviewed { verdict, .. } => {
                if let Some(file) = verdict.file_mut() {
                    *file = next_of(cargo)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Document, DocumentId};

    /// What the other side unpacks.
    fn crossed(parcel: &Parcel<&[u8]>) -> Parcel<Vec<u8>> {
        Parcel { note: parcel.note.clone(), cargo: parcel.cargo.iter().map(|bytes| bytes.to_vec()).collect() }
    }

    #[test]
    fn jobs_keep_every_byte_and_their_texts_cross_as_bytes() {
        let text = "زار\r\n😊 \u{200F}بغداد";
        let document = Document::new(DocumentId::new("a"), text);
        for job in [
            Job::Extract { job: JobId::default(), text: SourceText::from(text) },
            Job::Bring { job: JobId::default(), piece: b"\xff\0".to_vec() },
            Job::Write {
                job: JobId::default(),
                order: Order::default(),
                schema: Arc::default(),
                documents: Documents::new([&document, &document]),
            },
            Job::Review {
                job: JobId::default(),
                question: Question::Lint {
                    sure: Some(0.9),
                    proclitics: crate::text::ProcliticPolicy::Inside,
                },
                schema: Arc::default(),
                documents: Documents::new([&document]),
            },
        ] {
            let parcel = job.pack();
            assert!(!parcel.cargo.is_empty() && !parcel.note.contains("بغداد"), "{}", parcel.note);
            assert_eq!(Job::unpack(crossed(&parcel)).unwrap(), job);
        }
        let documents = Documents::new([&document]);
        assert_eq!(documents.into_documents().unwrap(), [document]);
    }

    #[test]
    fn answers_bring_documents_and_files_back() {
        let document = Document::new(DocumentId::new("a"), "خبر");
        for answer in [
            Answer::Read {
                job: JobId::default(),
                documents: Documents::new([&document]),
                account: Some(Box::default()),
            },
            Answer::Written { job: JobId::default(), summary: Summary::default(), file: b"{}\n".to_vec() },
            Answer::Reviewed {
                job: JobId::default(),
                verdict: Verdict::Dataset { names: vec!["README.md".to_owned()], file: b"PK".to_vec() },
            },
            Answer::Reviewed { job: JobId::default(), verdict: Verdict::Findings(Vec::new()) },
        ] {
            assert_eq!(Answer::unpack(crossed(&answer.pack())).unwrap(), answer);
        }
    }

    #[test]
    fn what_is_no_message_of_this_build_is_told() {
        let parcel = |note: &str, cargo: Vec<Vec<u8>>| Job::unpack(Parcel { note: note.into(), cargo });
        assert!(matches!(parcel("{}", Vec::new()), Err(NotUnpacked::Note(_))));
        assert!(matches!(parcel(r#"{"Extract":{"job":1}}"#, Vec::new()), Err(NotUnpacked::Cargo)));
        assert!(matches!(parcel(r#"{"Extract":{"job":1}}"#, vec![vec![0xd8]]), Err(NotUnpacked::Text(_))));
    }
}
