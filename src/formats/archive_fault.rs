//! Why a zip archive cannot be unpacked: in our own words, so that every language of the page has them.

use std::io::ErrorKind;
use std::sync::Arc;

use serde::Serialize;
use zip::result::ZipError;

use super::archive::{ArchiveError, MOST_BYTES, MOST_FILES};
use super::{Outcome, Problem, ProblemKind, ReadOptions};

/// Why a zip archive cannot be unpacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveFault {
    /// It holds too much.
    #[error("it holds more than {files} files or {megabytes} MB")]
    TooLarge {
        /// How many files it may hold.
        files: usize,
        /// How many megabytes.
        megabytes: u64,
    },
    /// A part of it is longer than it may be.
    #[error("a part of it is longer than {megabytes} MB")]
    PartTooLarge {
        /// How many megabytes it may have.
        megabytes: u64,
    },
    /// A name leads out of the folder it is unpacked into.
    #[error("the name {name:?} leads out of it")]
    Outside {
        /// The name.
        name: String,
    },
    /// It wants a password.
    #[error("it is encrypted")]
    Encrypted,
    /// It is packed in a way that Misam does not unpack.
    #[error("it is packed in a way that Misam does not unpack")]
    Method,
    /// A file in it is damaged.
    #[error("{name:?} in it is damaged")]
    File {
        /// The file.
        name: String,
    },
    /// It is damaged, or does not go on to its end.
    #[error("it is damaged or does not go on to its end")]
    Damaged,
}

impl From<&ArchiveError> for ArchiveFault {
    fn from(error: &ArchiveError) -> Self {
        match error {
            ArchiveError::TooLarge => Self::TooLarge { files: MOST_FILES, megabytes: MOST_BYTES >> 20 },
            ArchiveError::Outside(name) => Self::Outside { name: name.clone() },
            ArchiveError::PartTooLarge { most, .. } => Self::PartTooLarge { megabytes: most >> 20 },
            ArchiveError::Packed { name, error } => match Self::from(error) {
                Self::Damaged => Self::File { name: name.clone() },
                other => other,
            },
            ArchiveError::Zip(error) => Self::from(error),
            ArchiveError::File { error, .. } if error.kind() == ErrorKind::Unsupported => Self::Method,
            ArchiveError::File { name, .. } => Self::File { name: name.clone() },
        }
    }
}

impl From<&ZipError> for ArchiveFault {
    fn from(error: &ZipError) -> Self {
        match error {
            ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                Self::Encrypted
            }
            ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Self::Method,
            _ => Self::Damaged,
        }
    }
}

/// What there is to say of an archive, or of a file in it while the others are read. `is_begun` is true if files were
/// taken out before.
#[must_use]
pub fn archive_problem(error: &ArchiveError, is_begun: bool, options: &ReadOptions) -> Problem {
    let fault = ArchiveFault::from(error);
    let (file, kind, outcome) = match (error.file(), fault) {
        // Where it is says which file.
        (Some(name), ArchiveFault::File { .. }) => {
            let kind = ProblemKind::ArchiveMember { fault: ArchiveFault::Damaged };
            (options.within(name), kind, Outcome::MemberLeftOut)
        }
        (Some(name), fault) => {
            (options.within(name), ProblemKind::ArchiveMember { fault }, Outcome::MemberLeftOut)
        }
        (None, fault) => {
            let outcome = if is_begun { Outcome::RestLeftOut } else { Outcome::FileLeftOut };
            (Arc::clone(&options.file), ProblemKind::Archive { fault }, outcome)
        }
    };
    Problem { file, line: None, field: String::new(), kind, outcome }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::archive::{Files, pack, unpack};

    /// What is wrong with an archive of one file, some of whose bytes are written over.
    fn fault(changes: &[(usize, u8)], keep: usize) -> Option<ArchiveFault> {
        let files = Files::from([("a.txt".to_owned(), "خبر من حلب\n".repeat(20).into_bytes())]);
        let mut packed = pack(&files).unwrap();
        for &(at, byte) in changes {
            packed[at] = byte;
        }
        packed.truncate(packed.len().saturating_sub(keep));
        unpack(&packed).err().map(|error| ArchiveFault::from(&error))
    }

    #[test]
    fn every_fault_is_told_from_the_others() {
        let files = Files::from([("a.txt".to_owned(), "خبر من حلب\n".repeat(20).into_bytes())]);
        let packed = pack(&files).unwrap();
        // The list of files at the end: flags at 8, the way of packing at 10.
        let list = packed.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
        assert_eq!(fault(&[], 0), None);
        assert_eq!(fault(&[(list + 8, packed[list + 8] | 1)], 0), Some(ArchiveFault::Encrypted));
        assert_eq!(fault(&[(list + 10, 99)], 0), Some(ArchiveFault::Method));
        assert_eq!(
            fault(&[(40, packed[40] ^ 0xFF)], 0),
            Some(ArchiveFault::File { name: "a.txt".to_owned() })
        );
        assert_eq!(fault(&[], 30), Some(ArchiveFault::Damaged));
    }
}
