use std::sync::Arc;

use super::*;
use crate::app::intake::{article, read_file};
use crate::app::{Command, update};

/// An import of files, all of which have been read.
fn intake(files: &[(&str, &str)]) -> Intake {
    let mut intake = Intake::default();
    for (number, (name, text)) in files.iter().enumerate() {
        let entry = FileEntry { name: (*name).to_owned(), bytes: text.len() as u64 };
        intake.files.push(FileState::new(vec![entry], Choices::default()));
        assert_eq!(intake.next_waiting(), Some(number));
        let (documents, account) = read_file(name, text.as_bytes(), &Arc::default(), Choices::default());
        intake.take(number, documents, account);
    }
    intake
}

fn ids(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.id.as_str()).collect()
}

#[test]
fn what_is_as_it_should_be_needs_no_look() {
    let intake = intake(&[("a.txt", "زار بغداد")]);
    assert!(intake.is_plain(&State::default()));
    assert_eq!(ids(&intake.admit(&Schema::default())), ["a"]);
}

#[test]
fn blanks_are_no_article() {
    let intake = intake(&[("blank.txt", " \n\t ")]);
    assert!(!intake.is_plain(&State::default()));
    assert_eq!(intake.admit(&Schema::default()), []);
}

#[test]
fn a_text_that_is_there_already_is_not_taken_unless_a_person_says_so() {
    let mut state = State::default();
    update(&mut state, Command::Add(vec![article("عنوان", "زار بغداد".to_owned())]), 0);
    let mut intake = intake(&[
        ("again.txt", "زار بغداد"),
        ("b.jsonl", "{\"text\":\"خبر\"}\n{\"id\":\"y\",\"text\":\"خبر\"}"),
    ]);
    intake.find_same(&state);
    assert_eq!(intake.taken(), 1);
    let twin = intake.files[0].arrivals[0].twin.as_ref().unwrap();
    assert_eq!((twin.title.as_str(), twin.is_same()), ("عنوان", true));
    assert!(!intake.is_plain(&state));
    intake.files[0].arrivals[0].is_taken = true;
    intake.find_same(&state);
    assert_eq!(intake.taken(), 2, "what a person decided stands");
}

#[test]
fn of_many_articles_those_that_are_there_already_come_first_and_are_counted() {
    let mut state = State::default();
    update(&mut state, Command::Add(vec![article("عنوان", "خبر رقم 45".to_owned())]), 0);
    let line = |number: u32| match number {
        50 => "{\"text\":\" \"}\n".to_owned(),
        _ => format!("{{\"text\":\"خبر رقم {number}\"}}\n"),
    };
    let mut intake = intake(&[("a.jsonl", &(0..60).map(line).collect::<String>())]);
    intake.find_same(&state);
    intake.take_alike(&state, 1, &[Alike { first: 1, second: 1 + 55, share: 0.9 }]);
    let order = intake.files[0].in_order();
    let first = [(Novelty::Same, 45), (Novelty::Near, 55), (Novelty::Blank, 50), (Novelty::New, 0)];
    assert_eq!((order.len(), &order[..4]), (60, &first[..]));
    let counts = [Novelty::Same, Novelty::Near, Novelty::Blank, Novelty::New].map(|n| intake.how_many(n));
    assert_eq!((counts, intake.taken(), intake.staying_out()), ([1, 1, 1, 57], 58, 1));
    intake.files[0].arrivals[45].is_taken = true;
    assert_eq!(intake.files[0].in_order(), order, "nothing jumps when it is ticked");
    assert_eq!((intake.taken(), intake.staying_out()), (59, 0));
}

#[test]
fn a_text_that_is_nearly_there_is_taken_and_told() {
    let mut state = State::default();
    let long = "وصل الوفد إلى بغداد اليوم بعد زيارة إلى البصرة";
    update(&mut state, Command::Add(vec![article("عنوان", long.to_owned())]), 0);
    let mut intake = intake(&[("again.txt", "وصل الوفد إلى بغداد، اليوم بعد زيارة إلى البصرة")]);
    intake.find_same(&state);
    let (texts, known) = intake.to_compare(&state);
    let texts: Vec<_> = texts.iter().map(SourceText::as_str).collect();
    let pairs = crate::quality::likeness::alike(&texts, 0.7);
    assert_eq!((known, pairs.len(), intake.is_compared_later(&state)), (1, 1, false));
    intake.take_alike(&state, known, &pairs);
    let twin = intake.files[0].arrivals[0].twin.as_ref().unwrap();
    assert_eq!((twin.title.as_str(), twin.is_same(), intake.taken()), ("عنوان", false, 1));
}

#[test]
fn labels_and_days_are_those_that_were_chosen() {
    let file = "{\"id\":\"a\",\"text\":\"زار عمر بغداد\",\"spans\":[{\"start\":4,\"end\":7,\"label\":\"PERS\"},{\"start\":8,\"end\":13,\"label\":\"XYZ\"}]}\n\
                    {\"id\":\"b\",\"text\":\"خبر\",\"meta\":{\"date\":\"2019-04-06\"}}\n";
    let mut intake = intake(&[("a.jsonl", file)]);
    let state = State::default();
    assert_eq!(intake.foreign_labels(&state).len(), 2);
    assert!(!intake.is_plain(&state));
    intake.mapping.fates.insert("XYZ".to_owned(), LabelFate::LeftOut);
    intake.date = "2020-01-01".to_owned();
    assert_eq!(intake.undated(), 1);
    intake.mapping.fates.insert("LOC".to_owned(), LabelFate::LeftOut);
    let documents = intake.admit(&Schema::default());
    let labels: Vec<_> = documents[0].spans.iter().map(|span| span.label.to_string()).collect();
    assert_eq!(labels, ["PER"], "one by what it usually means, one was left out");
    assert_eq!(
        (&documents[0].meta["date"], &documents[1].meta["date"]),
        (&"2020-01-01".into(), &"2019-04-06".into())
    );
}

#[test]
fn of_many_articles_those_that_are_nearly_the_same_are_looked_for_when_they_are_in() {
    let line = "{\"text\":\"خبر\"}\n";
    let state = State::default();
    assert!(!intake(&[("a.jsonl", &line.repeat(COMPARED_FIRST))]).is_compared_later(&state));
    assert!(intake(&[("a.jsonl", &line.repeat(COMPARED_FIRST + 1))]).is_compared_later(&state));
    assert!(
        intake(&[("a.txt", &"x".repeat(4 << 20)), ("b.txt", &"y".repeat(4 << 20)), ("c.txt", "z")])
            .is_compared_later(&state)
    );
}

#[test]
fn an_import_that_is_over_leaves_behind_which_articles_are_undated() {
    let mut intake = intake(&[("a.txt", "زار بغداد")]);
    intake.undated.push(DocumentId::new("before"));
    assert_eq!(intake.end().taken(), 1);
    let left = Intake { undated: vec![DocumentId::new("before")], ..Intake::default() };
    assert_eq!(intake, left);
}

#[test]
fn how_far_it_has_come_is_counted_over_all_files() {
    let mut intake = intake(&[("a.txt", "0123456789")]);
    intake
        .files
        .push(FileState::new(vec![FileEntry { name: "b".to_owned(), bytes: 90 }], Choices::default()));
    intake.files[1].status = FileStatus::Reading(40, 90);
    assert_eq!(intake.progress(), (50, 100));
}
