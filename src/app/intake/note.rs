//! What there is to say about a file, in both languages.

use serde::{Deserialize, Serialize};

use super::shown_name;
use crate::app::settings::Language;
use crate::app::{problem_text, remark_text};
use crate::formats::{Format, Problem, Repair, Severity};
use crate::schema::Localized;

/// Something about a file that a person should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it comes to.
    pub kind: NoteKind,
    /// Where: the file, and line and field where there are any (`news.jsonl:7:spans[2].end`).
    pub place: String,
    /// What is said, in both languages.
    pub said: Localized,
    /// The words it is about, among those around them.
    pub excerpt: Option<Excerpt>,
    /// What would put it right, if a person says so.
    pub repair: Option<Repair>,
}

/// Words of a file among those around them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// What stands before them.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands behind them.
    pub after: String,
}

/// What a note comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NoteKind {
    /// Something was left out.
    Refused,
    /// Something was put right.
    Repaired,
    /// Everything is as it was.
    Noted,
}

/// What there is to say about a file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkKind {
    /// Its format is not read.
    UnknownType,
    /// It is of a kind that is known and not read.
    Foreign(Foreign),
    /// Its format is known but not read in this version.
    Unavailable(Format),
    /// It is no text.
    Binary,
    /// It is longer than is read (bytes, limit).
    TooLarge(u64, u64),
    /// The browser could not read it.
    Unreadable,
    /// A folder that lies in too many others.
    TooDeep,
    /// Reading broke down, for this reason.
    BrokeOff(String),
}

/// A kind of file that people have articles in, and that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Pages with glyphs at places. The letters of Arabic ones are often in the order of the eye and without their
    /// joins, so what is read out of them is not what was written.
    Pdf,
    /// Word before 2007, and what else is in its kind of container.
    OldOffice,
    /// Rich Text Format.
    Rtf,
    /// A table of Excel or LibreOffice.
    Spreadsheet,
    /// A picture, a film or a sound.
    Picture,
    /// An archive that is no zip file.
    Archive,
}

impl Foreign {
    /// The kind of a file, by what it begins with.
    #[must_use]
    pub fn of(beginning: &[u8]) -> Option<Self> {
        let begins = |marks: &[&[u8]]| marks.iter().any(|mark| beginning.starts_with(mark));
        if begins(&[b"%PDF-"]) {
            Some(Self::Pdf)
        } else if begins(&[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"]) {
            Some(Self::OldOffice)
        } else if begins(&[b"{\\rtf"]) {
            Some(Self::Rtf)
        } else if begins(&[b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"RIFF", b"ID3"])
            || beginning.get(4..8) == Some(b"ftyp")
        {
            Some(Self::Picture)
        } else if begins(&[b"\x1F\x8B", b"Rar!\x1A\x07", b"7z\xBC\xAF\x27\x1C", b"BZh", b"\xFD7zXZ\0"]) {
            Some(Self::Archive)
        } else {
            None
        }
    }
}

impl RemarkKind {
    /// The note that says it of a file.
    #[must_use]
    pub fn note(&self, file: &str) -> Note {
        let said = Language::in_both(|language| remark_text::say_remark(self, language));
        Note { kind: NoteKind::Refused, place: shown_name(file), said, excerpt: None, repair: None }
    }
}

/// What a reader said.
pub(super) fn note_of(problem: &Problem, excerpt: Option<Excerpt>, repair: Option<Repair>) -> Note {
    let kind = match problem.severity() {
        Severity::Refused => NoteKind::Refused,
        Severity::Repaired => NoteKind::Repaired,
        Severity::Kept => NoteKind::Noted,
    };
    let mut place = shown_name(&problem.file);
    if let Some(line) = problem.line {
        place = format!("{place}:{line}");
    }
    if !problem.field.is_empty() {
        place = format!("{place}:{}", problem.field);
    }
    Note {
        kind,
        place,
        said: Language::in_both(|language| problem_text::say(problem, language)),
        excerpt,
        repair,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_told_by_its_beginning() {
        assert_eq!(Foreign::of(b"%PDF-1.7"), Some(Foreign::Pdf));
        assert_eq!(Foreign::of(b"\0\0\0\x20ftypisom"), Some(Foreign::Picture));
        assert_eq!(Foreign::of("قال".as_bytes()), None);
        assert_eq!(Foreign::of(b""), None);
    }
}
