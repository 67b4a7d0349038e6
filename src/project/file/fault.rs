//! What is wrong with a project file, as data.

use serde::{Deserialize, Serialize};

/// Why a file is no project that can be opened. Nothing of it was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoProject {
    /// It is no zip archive, or holds nothing of a project.
    #[error("it holds no project")]
    Nothing,
    /// A newer Misam wrote it.
    #[error("a newer version of Misam wrote it ({0}); get that version to open it")]
    Newer(String),
    /// It is larger than is read.
    #[error("it is larger than is read")]
    TooLarge,
}

/// Something wrong in a project file. What is whole is read all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The archive ends in the middle of a file.
    #[error("{file}: the archive ends here; {bytes} bytes of it are there")]
    CutOff {
        /// The file.
        file: String,
        /// Bytes that could be unpacked.
        bytes: usize,
    },
    /// A file in the archive cannot be unpacked whole.
    #[error("{file}: damaged in the archive; {bytes} bytes of it could be unpacked")]
    Damaged {
        /// The file.
        file: String,
        /// Bytes that could be unpacked.
        bytes: usize,
    },
    /// The archive's own list of its files, which stands at its end, is damaged or gone. The files are all there.
    #[error("the end of the archive is damaged; everything in it could be read")]
    NoEnd,
    /// A file that should be there is not.
    #[error("{file}: it is missing")]
    Missing {
        /// The file.
        file: String,
    },
    /// A file is not what it was when the project was saved.
    #[error("{file}: it is not what it was when the project was saved (its checksum differs)")]
    Checksum {
        /// The file.
        file: String,
    },
    /// A line, or a whole file, cannot be read.
    #[error("{file}:{line}: left out: {reason}")]
    Line {
        /// The file.
        file: String,
        /// The line, from 1; 0 for the whole file.
        line: u64,
        /// Why, as the reader says it.
        reason: String,
    },
    /// A snapshot was damaged or missing; its article comes from the record of it.
    #[error("{article}: taken from its record, since its snapshot is not whole")]
    FromRecord {
        /// The article.
        article: String,
    },
    /// An article with the name of another one. It comes under another name.
    #[error("{article}: another article has its name; it is now {now}")]
    Renamed {
        /// The name.
        article: String,
        /// The name that it has now.
        now: String,
    },
    /// An article whose text is not there.
    #[error("{article}: left out: its text is not there")]
    NoText {
        /// The article.
        article: String,
    },
    /// Names with signs that turn the direction of writing. The signs were taken out.
    #[error("{file}: names in it turn the direction of writing; those signs were taken out")]
    Turned {
        /// The file.
        file: String,
    },
    /// There are fewer of something than the project says.
    #[error("{file}: {found} are there, not {expected}")]
    Fewer {
        /// The file.
        file: String,
        /// How many are there.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
}
