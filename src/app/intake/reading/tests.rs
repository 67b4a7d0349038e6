use super::*;
use crate::app::intake::NoteKind;
use crate::formats::{ReadChoices, Role, Roles};

const NEWS: &str = "زار الوفد بغداد صباح الأحد";

fn read(name: &str, bytes: &[u8]) -> (Vec<Document>, Account) {
    read_file(name, bytes, &Arc::default(), Choices::default())
}

fn texts(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.text.as_str()).collect()
}

fn text_field(account: &Account) -> Option<&str> {
    account.roles.get(&Role::Text).map(String::as_str)
}

fn chosen(role: Role, name: &str) -> Roles {
    [(role, name.to_owned())].into()
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let files: Files = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    archive::pack(&files).unwrap()
}

#[test]
fn a_text_file_is_one_article_named_after_it_and_needs_no_look() {
    let (documents, account) = read("خبر.txt", "زار بغداد\r\n".as_bytes());
    assert_eq!((documents[0].id.as_str(), documents[0].text.as_str()), ("خبر", "زار بغداد\r\n"));
    assert!(account.is_plain());
    assert_eq!((account.found[0].format, account.undated), (Format::Text, 1));
}

#[test]
fn a_file_in_an_older_encoding_is_decoded_and_looked_at() {
    // قرية قرية
    let windows = [0xDE, 0xD1, 0xED, 0xC9, b' ', 0xDE, 0xD1, 0xED, 0xC9];
    let (documents, account) = read("old.txt", &windows);
    assert_eq!(texts(&documents), ["قرية قرية"]);
    assert_eq!(documents[0].meta["encoding"], "Windows-1256");
    assert_eq!(account.found[0].encoding.map(|found| found.encoding), Some(Encoding::Windows1256));
    assert!(!account.is_plain(), "it may be another one");
    let choices = Choices { encoding: Some(Encoding::Iso8859_6), ..Choices::default() };
    let (documents, _) = read_file("old.txt", &windows, &Arc::default(), choices);
    assert_ne!(texts(&documents), ["قرية قرية"]);
}

#[test]
fn records_in_utf16_are_read_piece_by_piece() {
    let line = "{\"id\":\"a\",\"text\":\"زار بغداد\"}\n";
    let bytes: Vec<u8> = line.repeat(3).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (documents, account) = read("old.jsonl", &bytes);
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[2].meta["encoding"], "UTF-16 (little endian)");
    assert_eq!(account.found[0].format, Format::Misam);
}

#[test]
fn what_has_no_character_is_replaced_and_said() {
    let choices = Choices { encoding: Some(Encoding::Iso8859_6), ..Choices::default() };
    let (documents, account) = read_file("a.txt", b"\xC7\xFF\xE4", &Arc::default(), choices);
    assert_eq!(texts(&documents), ["ا\u{FFFD}ل"]);
    assert_eq!(account.count(NoteKind::Noted), 1);
}

#[test]
fn other_files_are_refused_with_a_reason() {
    for (name, bytes) in [
        ("a.pdf", &b"%PDF-1.7"[..]),
        ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        ("odd.bin", b"\0\x01\x02\xFF"),
        ("odd.txt", b"\0\x01\x02\xFF"),
        ("empty.zip", b"PK\x03\x04"),
        ("x.xlsx", &packed(&[("xl/workbook.xml", b"")])),
        ("x.xml", b"<unknown/>"),
    ] {
        let (documents, account) = read(name, bytes);
        assert_eq!((documents.len(), account.count(NoteKind::Refused)), (0, 1), "{name}");
        assert_eq!(account.notes[0].notes[0].place, name);
    }
    let (documents, account) = read("long.txt", &vec![b'a'; MAX_ARTICLE_BYTES + 1]);
    assert_eq!((documents.len(), account.refused), (0, 1));
}

#[test]
fn a_zip_file_is_read_as_what_is_in_it_and_names_stay_apart() {
    let page =
        format!("<html><body><p>{NEWS}، وعقد لقاءات مع مسؤولين محليين، ثم زار مستشفيين.</p></body></html>");
    let bytes = packed(&[
        ("a.txt", NEWS.as_bytes()),
        ("b/a.txt", "آخر".as_bytes()),
        ("c.html", page.as_bytes()),
        ("d.png", b"\x89PNG\r\n"),
        (
            "e.docx",
            &packed(&[("word/document.xml", "<d><body><p><r><t>نص</t></r></p></body></d>".as_bytes())]),
        ),
        ("inner.zip", &packed(&[("x.txt", b"x")])),
    ]);
    let (documents, account) = read("all.zip", &bytes);
    let ids: Vec<_> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(ids, ["a", "a-2", "c", "e"]);
    assert_eq!(account.refused, 2, "a picture, and an archive in an archive");
    assert!(account.is_judged);
    let found: Vec<_> = account.found.iter().map(|found| (found.format, found.files)).collect();
    assert_eq!(found[0], (Format::Text, 2));
}

#[test]
fn what_systems_keep_in_archives_is_counted_and_hidden_files_are_read() {
    let annotations: &[(&str, &[u8])] = &[("a.ann", "T1\tPER 4 7\tعمر\n".as_bytes())];
    for more in [&[][..], annotations] {
        let mut files = vec![
            ("a.txt", "زار عمر".as_bytes()),
            ("__MACOSX/._a.txt", b"\0"),
            (".DS_Store", b"\0"),
            ("Thumbs.db", b"\0"),
        ];
        files.extend(more);
        let (documents, account) = read("all.zip", &packed(&files));
        assert_eq!((documents.len(), account.passed_over, account.refused), (1, 3, 0));
    }
    let (documents, account) =
        read("all.zip", &packed(&[(".a.txt", "زار عمر".as_bytes()), (".git/x", b"\0\x01")]));
    assert_eq!((documents.len(), account.passed_over, account.refused), (1, 0, 1));
}

#[test]
fn a_title_or_person_that_turns_the_direction_of_writing_is_told_of_and_shown_without() {
    for sign in ['\u{202E}', '\u{2066}'] {
        let line = format!(
            "{{\"id\":\"a\",\"text\":\"خبر\",\"annotator\":\"{sign}amal\",\"meta\":{{\"title\":\"{sign}gpj.خبر\"}}}}\n"
        );
        let (documents, account) = read("a.jsonl", line.as_bytes());
        assert_eq!(documents[0].title(), format!("{sign}gpj.خبر"), "it is kept");
        assert_eq!(documents[0].shown_title(), "gpj.خبر");
        assert_eq!(documents[0].annotator.as_deref(), Some("amal"));
        let note =
            account.notes.iter().map(|group| &group.notes[0]).find(|note| note.place.ends_with("meta.title"));
        assert!(note.unwrap().said.en.contains(&format!("U+{:04X}", u32::from(sign))));
    }
}

#[test]
fn files_that_mean_something_together_are_read_together() {
    let bytes = packed(&[("a.txt", "زار عمر".as_bytes()), ("a.ann", "T1\tPER 4 7\tعمر\n".as_bytes())]);
    let (documents, account) = read("all.zip", &bytes);
    assert_eq!((documents.len(), documents[0].spans.len(), account.found[0].format), (1, 1, Format::Brat));
    let files: [(&str, &[u8]); 2] =
        [("d/a.txt", "زار عمر".as_bytes()), ("d/a.ann", "T1\tPER 4 7\tعمر\n".as_bytes())];
    let entries = files.map(|(name, bytes)| FileEntry { name: name.to_owned(), bytes: bytes.len() as u64 });
    let mut reading = FileReading::new(entries.to_vec(), Choices::default(), Arc::default());
    let mut documents = Vec::new();
    while !reading.is_over() {
        documents.extend(match reading.wants() {
            Some(wanted) => reading.take(files[wanted.file].1.to_vec()),
            None => reading.go_on(),
        });
    }
    assert_eq!((documents.len(), documents[0].spans.len()), (1, 1));
}

#[test]
fn a_file_of_an_archive_that_cannot_be_read_is_named_and_the_others_are_read() {
    let news = NEWS.as_bytes();
    for more in [&[][..], &[("d.ann", "T1\tLOC 0 3\tآخر\n".as_bytes())]] {
        let mut files =
            vec![("a.txt", news), ("aa/b.txt", news), ("c.txt", news), ("d.txt", "آخر".as_bytes())];
        files.extend(more);
        let mut bytes = packed(&files);
        for at in 0..bytes.len() - 8 {
            if bytes[at..].starts_with(b"aa/b.txt") {
                bytes[at..at + 2].copy_from_slice(b"..");
            }
        }
        let list: Vec<_> =
            (0..bytes.len() - 4).filter(|&at| bytes[at..].starts_with(b"PK\x01\x02")).collect();
        // It wants a password, as its flags have it.
        bytes[list[2] + 8] |= 1;
        let (documents, account) = read("evil.zip", &bytes);
        let ids: Vec<_> = documents.iter().map(|document| document.id.as_str()).collect();
        assert_eq!(ids, ["a", "d"], "{:?}", account.notes);
        let notes: Vec<_> = account.notes.iter().flat_map(|group| &group.notes).collect();
        let said = |place: &str| {
            let note = notes.iter().find(|note| note.place == place).expect(place);
            (note.kind, note.said.en.replace(['\u{2068}', '\u{2069}'], ""))
        };
        let (kind, outside) = said("evil.zip/../b.txt");
        assert_eq!(kind, NoteKind::Refused);
        assert!(outside.contains("leads out of it") && outside.contains("the others were read"), "{outside}");
        let (_, encrypted) = said("evil.zip/c.txt");
        assert!(encrypted.contains("encrypted"), "{encrypted}");
        assert!(!notes.iter().any(|note| note.said.en.contains("Nothing of the file")), "{notes:?}");
    }
}

#[test]
fn the_field_of_the_text_is_found_told_and_can_be_chosen() {
    let line = "{\"a\":\"قصير\",\"b\":\"زار الوفد بغداد\"}\n";
    let (documents, account) = read("a.jsonl", line.repeat(2).as_bytes());
    assert_eq!(texts(&documents), ["زار الوفد بغداد"; 2]);
    assert_eq!((text_field(&account), account.fields.len()), (Some("b"), 2));
    let read_choices = ReadChoices { fields: chosen(Role::Text, "a"), ..ReadChoices::default() };
    let choices = Choices { read: read_choices, ..Choices::default() };
    let (documents, account) = read_file("a.jsonl", line.as_bytes(), &Arc::default(), choices);
    assert_eq!((texts(&documents), text_field(&account)), (vec!["قصير"], Some("a")));
    let (documents, account) = read("a.csv", "title,body\nx,زار الوفد\n".as_bytes());
    assert_eq!((texts(&documents), text_field(&account)), (vec!["زار الوفد"], Some("body")));
}

#[test]
fn where_title_and_day_are_and_whether_the_first_row_is_an_article_can_be_chosen() {
    let table = "title,a,text\nx,2019-04-06,زار الوفد\n";
    let read_choices = ReadChoices { fields: chosen(Role::Date, "a"), ..ReadChoices::default() };
    let choices = Choices { read: read_choices, ..Choices::default() };
    let (documents, account) = read_file("a.csv", table.as_bytes(), &Arc::default(), choices);
    assert_eq!((documents[0].meta["date"].as_str(), account.undated), (Some("2019-04-06"), 0));
    let roles: Vec<_> = account.roles.values().map(String::as_str).collect();
    assert_eq!((roles, account.first_row_is_article), (vec!["text", "title", "a"], Some(false)));
    let (documents, account) = read("a.csv", "قال,x\nذهب,y\n".as_bytes());
    assert_eq!((documents.len(), account.first_row_is_article, account.notes.len()), (1, Some(false), 1));
    let note = &account.notes[0].notes[0];
    assert_eq!((note.kind, note.place.as_str()), (NoteKind::Noted, "a.csv:1"));
    assert!(note.said.en.contains("قال, x") && note.said.ar.contains("قال، x"), "{note:?}");
    let read_choices = ReadChoices { first_row_is_article: Some(true), ..ReadChoices::default() };
    let choices = Choices { read: read_choices, ..Choices::default() };
    let (documents, account) = read_file("a.csv", "قال,x\nذهب,y\n".as_bytes(), &Arc::default(), choices);
    assert_eq!((documents.len(), account.first_row_is_article, account.notes.len()), (2, Some(true), 0));
}

#[test]
fn what_cannot_be_held_is_refused_at_once_and_what_is_read_line_by_line_is_not() {
    let begin = |name: &str, bytes: u64, piece: &str| {
        let entry = FileEntry { name: name.to_owned(), bytes };
        let mut reading = FileReading::new(vec![entry], Choices::default(), Arc::default());
        reading.take(piece.as_bytes().to_vec());
        (reading.is_over(), reading.account().refused)
    };
    assert_eq!(begin("a.txt", MAX_WHOLE_BYTES + 1, NEWS), (true, 1));
    assert_eq!(begin("a.jsonl", MAX_WHOLE_BYTES + 1, "{\"text\":\"x\"}\n{\"text\":\"x\"}\n"), (false, 0));
    assert_eq!(begin("a.jsonl", MAX_FILE_BYTES + 1, "{}"), (true, 1));
}

#[test]
fn labels_that_follow_a_long_text_are_read_in_whatever_piece_they_come() {
    let spans: Vec<String> = (0..40_000)
        .map(|n| format!("{{\"start\":{},\"end\":{},\"label\":\"LOC\"}}", 5 * n, 5 * n + 4))
        .collect();
    let native = format!("{{\"text\":\"{}\",\"spans\":[{}]}}\n", "حلب! ".repeat(40_000), spans.join(","));
    let doccano = format!("{{\"text\":\"{}\",\"label\":[[0,3,\"LOC\"]]}}\n", "حلب! ".repeat(200_000));
    for (line, format, count) in [(&native, Format::Misam, 40_000), (&doccano, Format::Doccano, 1)] {
        assert!(line.len() as u64 > PIECE);
        let (documents, account) = read("a.jsonl", line.repeat(2).as_bytes());
        let counts: Vec<_> = documents.iter().map(|document| document.spans.len()).collect();
        assert_eq!((account.found[0].format, counts), (format, vec![count; 2]));
    }
}

#[test]
fn a_file_of_another_name_is_text_if_it_looks_like_it() {
    let (documents, account) = read("notes", NEWS.as_bytes());
    assert_eq!(texts(&documents), [NEWS]);
    assert!(!account.is_plain(), "that is a guess");
}

#[test]
fn a_note_says_where_and_what_in_both_languages() {
    let line = "{\"id\":\"a\",\"text\":\"خبر\",\"spans\":[{\"start\":0,\"end\":9,\"label\":\"LOC\"}]}\n";
    let (_, account) = read("a.jsonl", line.as_bytes());
    let note = &account.notes[0].notes[0];
    assert_eq!((note.kind, note.place.as_str()), (NoteKind::Refused, "a.jsonl:1:spans[0].end"));
    assert!(note.said.en.contains("ends at") && note.said.ar.contains("المقطع"), "{note:?}");
    assert_eq!(note.excerpt.as_ref().map(|excerpt| excerpt.before.as_str()), Some("خبر"));
}
