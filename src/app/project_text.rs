//! What is said about a project file that is not all right, in either language.

use super::intake::{Note, NoteKind};
use super::settings::Language;
use super::strings::FileText;
use crate::project::file::{Fault, NoProject};

/// Something wrong in a project file, as the report shows it.
#[must_use]
pub fn fault_note(fault: &Fault, file: &str) -> Note {
    let kind = match fault {
        Fault::NoEnd | Fault::FromRecord { .. } | Fault::Turned { .. } | Fault::Renamed { .. } => {
            NoteKind::Repaired
        }
        Fault::Checksum { .. } => NoteKind::Noted,
        _ => NoteKind::Refused,
    };
    let place = match fault {
        Fault::NoEnd => file.to_owned(),
        Fault::CutOff { file: part, .. }
        | Fault::Damaged { file: part, .. }
        | Fault::Missing { file: part }
        | Fault::Checksum { file: part }
        | Fault::Fewer { file: part, .. }
        | Fault::Turned { file: part }
        | Fault::Line { file: part, line: 0, .. } => format!("{file}/{part}"),
        Fault::Line { file: part, line, .. } => format!("{file}/{part}:{line}"),
        Fault::FromRecord { article } | Fault::NoText { article } | Fault::Renamed { article, .. } => {
            format!("{file}: {article}")
        }
    };
    Note {
        kind,
        place,
        said: Language::in_both(|language| say(fault, language)),
        excerpt: None,
        repair: None,
    }
}

/// Why a file is no project.
#[must_use]
pub fn no_project_note(reason: &NoProject, file: &str) -> Note {
    let said = Language::in_both(|language| match reason {
        NoProject::Nothing => language.text(FileText::ProjectFileNone).to_owned(),
        NoProject::Newer(_) => language.text(FileText::ProjectFileNewer).to_owned(),
        NoProject::TooLarge => language.text(FileText::ProjectFileTooLarge).to_owned(),
    });
    Note { kind: NoteKind::Refused, place: file.to_owned(), said, excerpt: None, repair: None }
}

fn say(fault: &Fault, language: Language) -> String {
    let bytes = |text, bytes: usize| language.fill(text, &[("bytes", &bytes.to_string())]);
    match fault {
        Fault::CutOff { bytes: count, .. } => bytes(FileText::FaultCutOff, *count),
        Fault::Damaged { bytes: count, .. } => bytes(FileText::FaultDamaged, *count),
        Fault::NoEnd => language.text(FileText::FaultNoEnd).to_owned(),
        Fault::Missing { .. } => language.text(FileText::FaultMissing).to_owned(),
        Fault::Checksum { .. } => language.text(FileText::FaultChecksum).to_owned(),
        Fault::Line { reason, .. } => language.fill(FileText::FaultLine, &[("reason", reason)]),
        Fault::FromRecord { .. } => language.text(FileText::FaultFromRecord).to_owned(),
        Fault::Renamed { now, .. } => language.fill(FileText::FaultRenamed, &[("now", now)]),
        Fault::Turned { .. } => language.text(FileText::FaultTurned).to_owned(),
        Fault::NoText { .. } => language.text(FileText::FaultNoText).to_owned(),
        Fault::Fewer { found, expected, .. } => language.fill(
            FileText::FaultFewer,
            &[("found", &found.to_string()), ("expected", &expected.to_string())],
        ),
    }
}
