//! Project files, in and out.

use std::sync::Arc;

use super::task::{Step, Task, Tools};
use super::{Answer, JobId, Portable, Unpacked};
use crate::app::export::Summary;
use crate::app::project_text;
use crate::project::file::{self, ProjectRead};

/// A project file to be written and read back, in one step.
pub(super) struct WritingProject {
    pub(super) project: Portable,
}

impl<'a> Task<'a> for WritingProject {
    fn step(self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        Step::Last(match written(self.project) {
            Ok(file) => Answer::Written { job, summary: Summary::default(), file },
            Err(message) => Answer::Failed { job, message },
        })
    }
}

/// The file, once it has been seen that all of the project is in it.
fn written(project: Portable) -> Result<Vec<u8>, String> {
    let project = project.unpack().map_err(|error| error.to_string())?;
    let bytes = file::write(&project).map_err(|error| error.to_string())?;
    match file::read(&bytes) {
        Ok(ProjectRead { project: read, faults }) if faults.is_empty() && read == project => Ok(bytes),
        Ok(ProjectRead { faults, .. }) => Err(faults
            .first()
            .map_or_else(|| "the file does not read back as it was written".to_owned(), ToString::to_string)),
        Err(error) => Err(error.to_string()),
    }
}

/// A project file to be read, in one step.
pub(super) struct ReadingProject {
    pub(super) name: String,
    pub(super) bytes: Arc<[u8]>,
}

impl<'a> Task<'a> for ReadingProject {
    fn step(self: Box<Self>, job: JobId, _tools: Tools<'a>) -> Step<'a> {
        let Self { name, bytes } = *self;
        let unpacked = match file::read(&bytes) {
            Ok(ProjectRead { mut project, mut faults }) => {
                faults.extend(project.unturn_names());
                let notes = faults.iter().map(|fault| project_text::fault_note(fault, &name)).collect();
                match Portable::pack(&project) {
                    Ok(project) => Unpacked { project: Some(Box::new(project)), notes },
                    Err(error) => return Step::Last(Answer::Failed { job, message: error.to_string() }),
                }
            }
            Err(reason) => {
                Unpacked { project: None, notes: vec![project_text::no_project_note(&reason, &name)] }
            }
        };
        Step::Last(Answer::ProjectRead { job, unpacked })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::intake::NoteKind;
    use crate::app::{Command, State, intake, update};
    use crate::work::letters::{Letters, answers, equipment, job};
    use crate::work::{Desk, Documents, Job};

    fn portable() -> Portable {
        let mut state = State::default();
        let article = intake::article("عنوان", "زار بغداد".to_owned());
        let effects = update(&mut state, Command::Add(vec![article]), 7);
        let mut journal = Vec::new();
        for effect in effects {
            if let crate::app::Effect::Journal(entry) = effect {
                serde_json::to_writer(&mut journal, &entry).unwrap();
                journal.push(b'\n');
            }
        }
        Portable {
            about: state.about.clone(),
            settings: state.settings.of_project(),
            schema: state.project.stored_schema(),
            documents: Documents::new(state.project.documents()),
            annotators: Vec::new(),
            journal,
        }
    }

    fn done(task: &Job) -> Answer {
        let equipment = equipment();
        let mut desk = Desk::new(&equipment, &Letters);
        let crossed = |parcel: crate::work::Parcel<&[u8]>| crate::work::Parcel {
            note: parcel.note,
            cargo: parcel.cargo.into_iter().map(<[u8]>::to_vec).collect(),
        };
        desk.take(Job::unpack(crossed(task.pack())).unwrap());
        let answer = answers(&mut desk).pop().unwrap();
        Answer::unpack(crossed(answer.pack())).unwrap()
    }

    #[test]
    fn a_project_goes_into_a_file_and_comes_out_of_it_the_same() {
        let Answer::Written { file, .. } = done(&Job::WriteProject { job: job(1), project: portable() })
        else {
            panic!("not written")
        };
        let read = done(&Job::ReadProject { job: job(1), name: "a.misam".into(), bytes: file.into() });
        let unpacked = Unpacked { project: Some(Box::new(portable())), notes: Vec::new() };
        assert_eq!(read, Answer::ProjectRead { job: job(1), unpacked });
    }

    #[test]
    fn names_in_a_file_that_turn_the_direction_of_writing_come_without_that_and_it_is_told() {
        let mut hostile = portable();
        hostile.about.name = "\u{202E}gpj.أخبار".to_owned();
        hostile.about.annotator = "\u{2066}سلمى".to_owned();
        Arc::make_mut(&mut hostile.schema.schema).labels[0].name.en = "\u{202E}nosreP".to_owned();
        let Answer::Written { file, .. } = done(&Job::WriteProject { job: job(1), project: hostile }) else {
            panic!("what is stored with such names can be saved")
        };
        let Answer::ProjectRead { unpacked, .. } =
            done(&Job::ReadProject { job: job(1), name: "a.misam".into(), bytes: file.into() })
        else {
            panic!("not read")
        };
        let project = unpacked.project.unwrap();
        assert_eq!((&*project.about.name, &*project.about.annotator), ("gpj.أخبار", "سلمى"));
        assert_eq!(project.schema.schema.labels[0].name.en, "nosreP");
        let places: Vec<_> = unpacked.notes.iter().map(|note| (note.place.as_str(), note.kind)).collect();
        assert_eq!(
            places,
            [("a.misam/project.json", NoteKind::Repaired), ("a.misam/schema.json", NoteKind::Repaired)]
        );
    }

    #[test]
    fn what_is_wrong_with_a_file_comes_in_both_languages() {
        let Answer::Written { file, .. } = done(&Job::WriteProject { job: job(1), project: portable() })
        else {
            panic!("not written")
        };
        let read = |bytes: &[u8]| match done(&Job::ReadProject {
            job: job(1),
            name: "a.misam".into(),
            bytes: bytes.into(),
        }) {
            Answer::ProjectRead { unpacked, .. } => unpacked,
            other => panic!("{other:?}"),
        };
        let cut = read(&file[..file.len() - 30]);
        assert!(cut.project.is_some());
        assert!(!cut.notes[0].said.ar.is_empty() && cut.notes[0].said.ar != cut.notes[0].said.en);
        let none = read(b"text");
        assert!(none.project.is_none());
        assert_eq!(none.notes[0].kind, NoteKind::Refused);
    }
}
