use std::sync::Arc;

use super::*;
use crate::annotation::{Change, DocumentId, Edit, EditKind, Origin, Rejection, Span, SpanId};
use crate::project::{Imported, Project};
use crate::quality::agreement::Annotations;
use crate::schema::{LabelCode, Schema};

/// Two articles, one of them taken out, with edits made and taken back.
fn project() -> WholeProject {
    let mut project = Project::default();
    let documents = ["زار بغداد\r\nوعاد", "خبر ثانٍ", "خبر ثالث"]
        .iter()
        .enumerate()
        .map(|(n, text)| Document::new(DocumentId::new(format!("خبر {n}")), *text));
    let Imported { names, entry, .. } = project.import(documents, |edit| edit).unwrap();
    let mut journal = vec![entry];
    let label = LabelCode::new("LOC").unwrap();
    let span = |number: u32, range: std::ops::Range<usize>| {
        Arc::new(Span::new(SpanId::numbered(number), range.into(), label.clone(), Origin::Manual))
    };
    let mut edit = |kind, id: &DocumentId, changes: Vec<Change>| {
        let edit = Edit { annotator: Some("سلمى".into()), at: 7, ..Edit::of(kind, id, changes) };
        journal.push(project.commit(edit).unwrap());
    };
    edit(EditKind::Label, &names[0], vec![Change::Add(span(1, 7..17))]);
    let rejection = |range: std::ops::Range<usize>| {
        Change::Reject(Rejection { range: range.into(), label: label.clone(), source: None })
    };
    edit(EditKind::Reject, &names[0], vec![rejection(7..17), rejection(0..6)]);
    edit(EditKind::Discard, &names[1], vec![Change::Present(false)]);
    edit(EditKind::Label, &names[2], vec![Change::Add(span(1, 0..6))]);
    journal.push(project.undo().unwrap());
    let about =
        About {
            name: "أخبار".into(), annotator: "سلمى".into(), guidelines: "# دليل\n".into(), created: 5
        };
    let mut settings = Map::new();
    settings.insert("threshold".into(), 40.into());
    let schema = StoredSchema { seq: project.seq(), schema: Arc::new(Schema::conflict_news()) };
    let documents: Vec<_> = names.iter().map(|id| project.document(id).unwrap().clone()).collect();
    let mut theirs = documents[0].clone();
    theirs.annotator = Some("amal".into());
    let annotators = vec![Annotations { annotator: "amal".to_owned(), documents: vec![theirs] }];
    WholeProject { about, settings, schema, documents, journal, annotators }
}

fn repacked(change: impl FnOnce(&mut crate::formats::archive::Files)) -> Vec<u8> {
    let mut files = crate::formats::archive::unpack(&write(&project()).unwrap()).unwrap();
    change(&mut files);
    crate::formats::archive::pack(&files).unwrap()
}

#[test]
fn a_project_comes_back_as_it_was_and_is_written_again_byte_for_byte() {
    let bytes = write(&project()).unwrap();
    let read = read(&bytes).unwrap();
    assert_eq!(read.faults, []);
    assert_eq!(read.project, project());
    assert_eq!(write(&read.project).unwrap(), bytes);
}

#[test]
fn what_was_done_can_still_be_taken_back_and_made_again() {
    let read = read(&write(&project()).unwrap()).unwrap().project;
    let mut project = Project::default();
    let snapshots = read.documents.iter().map(|d| (d.id.clone(), read.schema.seq)).collect();
    let first = read.documents[0].id.clone();
    for document in read.documents {
        project.insert(document);
    }
    assert_eq!(project.replay(read.journal, &snapshots), 0);
    project.redo().unwrap();
    assert_eq!(project.documents().last().unwrap().spans.len(), 1);
    for _ in 0..3 {
        project.undo().unwrap();
    }
    assert!(project.document(&first).unwrap().rejected.is_empty());
    assert_eq!(project.documents().count(), 3, "the one taken out is back");
}

#[test]
fn the_file_is_an_archive_of_files_that_others_read() {
    let files = crate::formats::archive::unpack(&write(&project()).unwrap()).unwrap();
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    let all = [ANNOTATORS, ARTICLES, CHECKSUMS, GUIDELINES, JOURNAL, PROJECT, REMOVED, SCHEMA, SNAPSHOTS];
    assert_eq!(names, all);
    let articles = crate::formats::import(
        &files[ARTICLES],
        Some(crate::formats::Format::Misam),
        &crate::formats::ReadOptions::for_file(ARTICLES),
    );
    assert_eq!(articles.unwrap().documents.len(), 2);
}

#[test]
fn a_file_cut_anywhere_says_so_and_gives_what_is_whole() {
    let bytes = write(&project()).unwrap();
    for length in (4..bytes.len()).rev().step_by(17) {
        match read(&bytes[..length]) {
            Ok(read) => {
                assert_ne!(read.faults, [], "cut at {length}");
                for document in &read.project.documents {
                    assert!(project().documents.iter().any(|whole| whole.text == document.text));
                }
            }
            Err(error) => assert_eq!(error, NoProject::Nothing, "cut at {length}"),
        }
    }
    // The directory alone is gone: everything is there.
    let directory = bytes.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let read = read(&bytes[..directory]).unwrap();
    assert_eq!((read.project, read.faults), (project(), vec![Fault::NoEnd]));
}

#[test]
fn a_bit_turned_anywhere_is_noticed_or_does_no_harm() {
    let bytes = write(&project()).unwrap();
    for at in (0..bytes.len()).step_by(19) {
        let mut bent = bytes.clone();
        bent[at] ^= 0x10;
        if let Ok(read) = read(&bent)
            && read.faults.is_empty()
        {
            assert_eq!(read.project, project(), "bit in byte {at}");
        }
    }
}

#[test]
fn a_snapshot_that_is_damaged_is_replaced_by_the_record() {
    let bytes = repacked(|files| {
        files.remove(SNAPSHOTS);
    });
    let read = read(&bytes).unwrap();
    assert!(read.faults.contains(&Fault::Missing { file: SNAPSHOTS.into() }));
    assert!(read.faults.iter().any(|fault| matches!(fault, Fault::FromRecord { .. })));
    let spans: Vec<_> = read.project.documents.iter().map(|document| document.spans.len()).collect();
    assert_eq!(spans, [1, 0, 0]);
    assert_eq!(read.project.documents.iter().filter(|document| document.present).count(), 2);
}

#[test]
fn two_articles_of_one_name_both_come_one_of_them_under_another() {
    let bytes = repacked(|files| {
        let articles = files.get_mut(ARTICLES).unwrap();
        let first = articles.iter().position(|&byte| byte == b'\n').unwrap() + 1;
        let twice = articles[..first].to_vec();
        articles.extend(twice);
    });
    let read = read(&bytes).unwrap();
    let names: Vec<_> = read.project.documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(names, ["خبر 0", "خبر 1", "خبر 2", "خبر 0-2"]);
    assert!(read.faults.contains(&Fault::Renamed { article: "خبر 0".into(), now: "خبر 0-2".into() }));
    let again = super::read(&write(&read.project).unwrap()).unwrap();
    assert_eq!((again.faults, again.project), (Vec::new(), read.project));
}

#[test]
fn a_line_that_is_damaged_is_named_and_hides_no_other() {
    let bytes = repacked(|files| {
        let articles = files.get_mut(ARTICLES).unwrap();
        articles[0] = b'[';
        let journal = files.get_mut(JOURNAL).unwrap();
        journal[0] = b'[';
    });
    let read = read(&bytes).unwrap();
    let lines: Vec<_> = read
        .faults
        .iter()
        .filter_map(|fault| match fault {
            Fault::Line { file, line, .. } => Some((file.as_str(), *line)),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [(JOURNAL, 1), (ARTICLES, 1)]);
    assert!(read.faults.contains(&Fault::Checksum { file: ARTICLES.into() }));
    assert!(read.faults.contains(&Fault::NoText { article: "خبر 0".into() }));
    assert_eq!(read.project.documents.len(), 2);
    assert_eq!(read.project.journal.len(), project().journal.len() - 1);
}

#[test]
fn a_file_of_a_newer_misam_is_refused_and_any_other_is_none() {
    let newer = repacked(|files| {
        let head = String::from_utf8(files[PROJECT].clone()).unwrap();
        files.insert(PROJECT.into(), head.replace(PROJECT_FORMAT, "misam-project/2").into());
    });
    assert_eq!(read(&newer), Err(NoProject::Newer("misam-project/2".into())));
    assert_eq!(read(b"some text"), Err(NoProject::Nothing));
    let other = crate::formats::archive::pack(&[("a.txt".to_owned(), b"x".to_vec())].into()).unwrap();
    assert_eq!(read(&other), Err(NoProject::Nothing));
}

#[test]
fn an_archive_is_known_for_a_project_by_the_list_of_its_files() {
    let bytes = write(&project()).unwrap();
    assert!(lists_project(&bytes[bytes.len() - 1024..]));
    let other = crate::formats::archive::pack(&[("a.txt".to_owned(), b"x".to_vec())].into()).unwrap();
    assert!(!lists_project(&other));
}

#[test]
fn numbers_that_no_entry_can_have_are_left_out_and_named() {
    const HIGH: &str = "18446744073709551615";
    let bytes = repacked(|files| {
        for (name, content) in files.iter_mut() {
            let text = String::from_utf8(content.clone()).unwrap();
            let text = match name.as_str() {
                JOURNAL => {
                    text + &format!(
                        "{{\"seq\":9007199254740993,\"entry\":\"undo\"}}\n{{\"seq\":{HIGH},\"entry\":\"redo\"}}\n"
                    )
                }
                SNAPSHOTS => text.replace("\"seq\":6", &format!("\"seq\":{HIGH}")),
                PROJECT => text.replace("\"seq\": 6", &format!("\"seq\": {HIGH}")),
                _ => continue,
            };
            assert!(text.contains(HIGH), "{text}");
            *content = text.into_bytes();
        }
    });
    let found = read(&bytes).unwrap();
    let lines: Vec<_> = found
        .faults
        .iter()
        .filter_map(|fault| match fault {
            Fault::Line { file, line, .. } => Some((file.as_str(), *line)),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [(JOURNAL, 7), (JOURNAL, 8)]);
    assert_eq!(found.project.journal, project().journal);
    assert_eq!(found.project.documents, project().documents);
    // Work goes on with numbers that differ as keys of the storage, too.
    let mut project = Project::default();
    project.continue_after(found.project.schema.seq);
    for document in found.project.documents {
        project.insert(document);
    }
    let mut seq = || {
        let id = DocumentId::new("خبر 0");
        let meta = serde_json::Value::from(project.seq().to_string());
        let before = project.document(&id).unwrap().meta.get("n").cloned();
        let change = Change::Meta { key: "n".into(), before, after: Some(meta) };
        project.commit(Edit::of(EditKind::Describe, &id, [change])).unwrap().seq
    };
    let (first, second) = (seq(), seq());
    assert_eq!((second - first, second as f64 - first as f64), (1, 1.0));
}
