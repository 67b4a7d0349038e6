//! Whatever a file holds, reading it comes to an end, says what it did, and gives whole articles or none.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::sync::Arc;

use misam::annotation::Document;
use misam::app::intake::{Account, Choices, FileEntry, FileReading, read_file};
use misam::formats::archive::{self, Files};
use misam::formats::{
    Encoding, Format, Outcome, Problem, ReadChoices, ReadOptions, Reading, Repair, Severity,
};
use proptest::prelude::*;
use serde_json::Value;

fn read(name: &str, bytes: &[u8], choices: Choices) -> (Vec<Document>, Account) {
    read_file(name, bytes, &Arc::default(), choices)
}

/// The laws of every import.
fn check(documents: &[Document], account: &Account) {
    assert_eq!(documents.len(), account.documents);
    if documents.is_empty() {
        assert!(!account.notes.is_empty(), "nothing came of it, and nobody says why");
    }
    let mut names: Vec<_> = documents.iter().map(|document| document.id.clone()).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), documents.len(), "every article has a name of its own");
    for document in documents {
        for span in document.spans.iter() {
            assert!(document.text.slice(span.range).is_some_and(|words| !words.is_empty()));
        }
    }
    // What crosses to the page comes back as it was.
    let written = serde_json::to_string(account).unwrap();
    assert_eq!(&serde_json::from_str::<Account>(&written).unwrap(), account);
}

const NAMES: [&str; 22] = [
    "a.txt",
    "a.jsonl",
    "a.json",
    "a.csv",
    "a.tsv",
    "a.html",
    "a.md",
    "a.xml",
    "a.rss",
    "a.docx",
    "a.odt",
    "a.zip",
    "a.conll",
    "a.ann",
    "a.xmi",
    "a.spacy",
    "a.bdocjs",
    "a.jsonld",
    "a.pdf",
    "a",
    "\u{202E}txt.a",
    "../../a.txt",
];

/// Pieces of everything that is read, put together as no program would.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(
        &[
            "{\"text\":\"زار عمر\",\"spans\":[{\"start\":4,\"end\":7,\"label\":\"PER\"}]}",
            "\n",
            "\r\n",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            "<html><body><p>",
            "</p>",
            "<script>",
            "<!--",
            "<rss><channel><item>",
            "</item>",
            "<title>",
            "&nbsp;",
            "&#x",
            "<![CDATA[",
            "<?xml version=\"1.0\"?>",
            "<!DOCTYPE r [<!ENTITY a \"aaaa\">]>",
            "&a;",
            "a\tb\n",
            "doc_id,start_cp,end_cp,label\n",
            "# ",
            "**",
            "---\n",
            "title: x\n",
            "[a](b)",
            "B-PER",
            "قال O\n",
            "-DOCSTART-",
            "#FORMAT=WebAnno TSV 3.3\n",
            "T1\tPER 0 3\tقال\n",
            "قال الوزير، أمس",
            "\u{202E}",
            "\u{FEFF}",
            "\0",
            "😊",
            "=1+1",
            "\u{2028}",
            "{\"data\":{\"text\":\"x\"}}",
            "{\"@context\":1}",
            "{\"tokens\":[\"x\"],\"ner_tags\":[0]}",
        ][..],
    );
    let bytes = prop::collection::vec(any::<u8>(), 0..6);
    let part = prop_oneof![6 => piece.prop_map(|piece| piece.as_bytes().to_vec()), 1 => bytes];
    prop::collection::vec(part, 0..16).prop_map(|parts| parts.concat())
}

fn choices() -> impl Strategy<Value = Choices> {
    let encoding = prop::option::of(prop::sample::select(&Encoding::ALL[..]));
    let format = prop::option::weighted(0.3, prop::sample::select(&Format::ALL[..]));
    (encoding, format, any::<bool>(), any::<bool>()).prop_map(|(encoding, format, repair, whole_page)| {
        let repairs = if repair { vec![Repair::NearestPlace, Repair::WholeLetters] } else { Vec::new() };
        Choices { encoding, format, read: ReadChoices { repairs, whole_page, ..ReadChoices::default() } }
    })
}

/// A file of every kind, as a program would write it.
fn sound_files() -> Vec<(&'static str, Vec<u8>)> {
    let pack = |files: &[(&str, &str)]| {
        let files: Files =
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        archive::pack(&files).unwrap()
    };
    let docx = [
        ("word/document.xml", "<d><body><p><r><t>زار الوفد بغداد</t></r></p></body></d>"),
        ("docProps/core.xml", "<c><title>x</title></c>"),
    ];
    let odt = [
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            "<office:d xmlns:office='o' xmlns:text='t'><office:text><text:p>زار الوفد</text:p></office:text></office:d>",
        ),
    ];
    let page = "<!doctype html><html><head><title>t</title></head><body><p>وصل وفد وزاري إلى المدينة صباح الأحد، وعقد لقاءات مع مسؤولين، ثم زار مستشفيين.</p></body></html>";
    let feed = "<rss><channel><title>s</title><item><title>t</title><description>&lt;p&gt;نص&lt;/p&gt;</description></item></channel></rss>";
    vec![
        ("a.docx", pack(&docx)),
        ("a.odt", pack(&odt)),
        ("a.zip", pack(&[("a.txt", "خبر"), ("b.html", page)])),
        ("a.html", page.into()),
        ("a.xml", feed.into()),
        ("a.md", "---\ntitle: x\n---\n# عنوان\n\nقال **الوزير**".into()),
        ("a.csv", "title,text\nx,\"قال\nالوزير\"\n".into()),
        ("a.json", "[{\"title\":\"x\",\"body\":\"قال الوزير\"},{\"body\":\"نص\"}]".into()),
        ("a.jsonl", "{\"body\":\"قال الوزير\"}\n{\"body\":\"نص\"}\n".into()),
        ("b.jsonl", "{\"text\":\"زار عمر\",\"spans\":[{\"start\":4,\"end\":7,\"label\":\"PER\"}]}\n".into()),
    ]
}

#[test]
fn files_of_every_kind_are_read() {
    for (name, bytes) in sound_files() {
        let (documents, account) = read(name, &bytes, Choices::default());
        check(&documents, &account);
        assert_eq!((account.refused, documents.is_empty()), (0, false), "{name}: {:?}", account.notes);
    }
}

#[test]
fn files_that_stop_anywhere_are_read_as_far_as_they_go_or_refused() {
    for (name, bytes) in sound_files() {
        for end in 0..bytes.len() {
            let (documents, account) = read(name, &bytes[..end], Choices::default());
            check(&documents, &account);
        }
    }
}

#[test]
fn one_bent_byte_does_no_harm() {
    for (name, bytes) in sound_files() {
        for at in 0..bytes.len() {
            let mut bent = bytes.clone();
            bent[at] ^= 0x15;
            let (documents, account) = read(name, &bent, Choices::default());
            check(&documents, &account);
        }
    }
}

/// What iconv writes is what is read, found out without being told. Skipped where there is no iconv.
#[test]
fn files_of_iconv_are_read_in_their_encodings() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    let text = "قال الوزير، أمس: وصل وفد من \"الأردن\"؟\r\nنعم؛ وصلوا مساء.\rثم غادروا.";
    for (encoding, wanted) in [
        ("WINDOWS-1256", Encoding::Windows1256),
        ("ISO-8859-6", Encoding::Iso8859_6),
        ("UTF-16LE", Encoding::Utf16Le),
        ("UTF-16BE", Encoding::Utf16Be),
        ("UTF-8", Encoding::Utf8),
    ] {
        let started = Command::new("iconv")
            .args(["-f", "UTF-8", "-t", encoding])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut iconv) = started else { return };
        iconv.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let written = iconv.wait_with_output().unwrap().stdout;
        let (documents, account) = read("a.txt", &written, Choices::default());
        assert_eq!(documents[0].text.as_str(), text, "{encoding}");
        assert_eq!(account.found[0].encoding.map(|found| found.encoding), Some(wanted));
    }
}

/// Keys that programs use, some of which mean something.
const KEYS: [&str; 13] = [
    "text", "body", "title", "headline", "id", "author", "url", "date", "comments", "docs", "data", "a", "b",
];

/// Any JSON, with the same string wherever there is one.
fn anything_in_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        8 => Just(Value::from("x")),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => (0_u8..9).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let key = prop::sample::select(&KEYS[..]).prop_map(str::to_owned);
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            2 => prop::collection::vec((key, inner), 1..4).prop_map(object),
        ]
    })
}

fn object(fields: Vec<(String, Value)>) -> Value {
    Value::Object(fields.into_iter().collect())
}

/// A list of articles, or of comments, or of people: each with a text under the same key, and more.
fn list_in_json() -> impl Strategy<Value = Value> {
    let text = prop::sample::select(&["text", "body", "said", "name"][..]);
    let key = prop::sample::select(&KEYS[..]).prop_map(str::to_owned);
    let more = prop::collection::vec((key, anything_in_json()), 0..3);
    (text, prop::collection::vec(more, 1..4)).prop_map(|(text, list)| {
        let article = |mut fields: Vec<(String, Value)>| {
            fields.push((text.to_owned(), Value::from("x")));
            object(fields)
        };
        list.into_iter().map(article).collect()
    })
}

/// JSON such as programs write it around articles, with a word of its own in every string.
fn articles_in_json() -> impl Strategy<Value = Value> {
    let inside = prop_oneof![3 => list_in_json(), 1 => anything_in_json(), 1 => Just(Value::from("x"))];
    let file = inside.prop_recursive(3, 12, 4, |inner| {
        let key =
            prop::sample::select(&["train", "test", "docs", "comments", "people", "text", "status"][..]);
        prop::collection::vec((key.prop_map(str::to_owned), inner), 1..5).prop_map(object)
    });
    (file, any::<bool>()).prop_map(|(mut value, are_long)| {
        number(&mut value, &mut 0, are_long);
        value
    })
}

/// Makes every string a word of its own; some are too long to be kept beside a text.
fn number(value: &mut Value, next: &mut usize, are_long: bool) {
    match value {
        Value::String(text) => {
            let tail = if are_long && next.is_multiple_of(5) { "ل".repeat(1_100) } else { String::new() };
            *text = format!("w{next}w{tail}");
            *next += 1;
        }
        Value::Array(list) => list.iter_mut().for_each(|value| number(value, next, are_long)),
        Value::Object(object) => object.values_mut().for_each(|value| number(value, next, are_long)),
        _ => {}
    }
}

/// Every word with the keys that lead to it.
fn words(value: &Value, path: &mut Vec<String>, found: &mut Vec<(String, Vec<String>)>) {
    match value {
        Value::String(text) => found.push((text.trim_end_matches('ل').to_owned(), path.clone())),
        Value::Array(list) => list.iter().for_each(|value| words(value, path, found)),
        Value::Object(object) => {
            for (key, value) in object {
                path.push(key.clone());
                words(value, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// Everything that came of a file, as text.
fn everything(readings: &[Reading]) -> String {
    let documents = readings.iter().filter_map(|reading| reading.document.as_ref());
    let said = |document: &Document| {
        let meta = serde_json::to_string(&document.meta).unwrap();
        format!("{} {} {meta}\n", document.id.as_str(), document.text.as_str())
    };
    documents.map(said).collect()
}

/// True if it is said that what lies there was left out, or everything.
fn is_told(problem: &Problem, path: &[String]) -> bool {
    let keys: Vec<&str> = problem.field.split('.').map(|key| key.split('[').next().unwrap_or(key)).collect();
    let is_there = path.windows(keys.len()).any(|part| part.iter().zip(&keys).all(|(a, b)| a == b));
    // What stands in a list that the file is has no key.
    let is_whole = problem.outcome == Outcome::FileLeftOut || problem.field.starts_with('[');
    problem.severity() == Severity::Refused && (is_whole || is_there)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_left_out_of_json_is_told(value in articles_in_json()) {
        let json = value.to_string();
        let readings = Format::Json.reader().unwrap().readings(json.as_bytes(), &ReadOptions::for_file("a.json"));
        let kept = everything(&readings);
        let problems: Vec<_> = readings.iter().flat_map(|reading| &reading.problems).collect();
        let mut found = Vec::new();
        words(&value, &mut Vec::new(), &mut found);
        for (word, path) in found {
            prop_assert!(
                kept.contains(&word) || problems.iter().any(|problem| is_told(problem, &path)),
                "{word} is nowhere and nobody says so: {json}\n{problems:?}"
            );
        }
    }

    #[test]
    fn what_is_left_out_of_a_table_is_told(
        rows in prop::collection::vec(prop::collection::vec(0_u8..12, 1..5), 1..6),
    ) {
        let mut next = 0;
        let mut cell = |kind: u8| {
            next += 1;
            match kind {
                0 => (format!("\"w{next}w"), next),
                1 => (format!("\"w{next}w \"\"x\"\"\""), next),
                2 => (format!("w{next}w زار الوفد بغداد صباح الأحد وعاد في اليوم نفسه إلى عمان مع من كان معه"), next),
                _ => (format!("w{next}w"), next),
            }
        };
        let rows: Vec<Vec<_>> = rows.into_iter().map(|row| row.into_iter().map(&mut cell).collect()).collect();
        let line = |row: &Vec<(String, usize)>| row.iter().map(|(cell, _)| cell.as_str()).collect::<Vec<_>>().join(",");
        let table = rows.iter().map(line).collect::<Vec<_>>().join("\n");
        let readings = Format::Table.reader().unwrap().readings(table.as_bytes(), &ReadOptions::for_file("a.csv"));
        let kept = everything(&readings);
        let problems: Vec<_> = readings.iter().flat_map(|reading| &reading.problems).collect();
        for (at, row) in rows.iter().enumerate() {
            for (_, number) in row {
                let word = format!("w{number}w");
                let is_told = |problem: &&Problem| {
                    let is_row = problem.line == Some(at as u64 + 1) && problem.severity() == Severity::Refused;
                    is_row || problem.to_string().contains(&word)
                };
                prop_assert!(
                    kept.contains(&word) || problems.iter().any(is_told),
                    "{word} is nowhere and nobody says so: {table}\n{problems:?}"
                );
            }
        }
    }

    #[test]
    fn every_text_of_a_table_of_spans_is_an_article_or_told(
        rows in prop::collection::vec((0_u8..3, 0_u8..4, 0_u8..4), 1..8),
        is_named in any::<bool>(),
    ) {
        let mut table = String::from(if is_named { "doc_id,text,start,end,label\n" } else { "text,start,end,label\n" });
        let texts = ["", "خبر أول", "خبر ثان", "خبر ثالث"];
        for &(name, words, end) in &rows {
            if is_named {
                table += ["", "a,", "b,"][usize::from(name)];
                table += if name == 0 { "," } else { "" };
            }
            table += &format!("{},0,{end},LOC\n", texts[usize::from(words)]);
        }
        let readings = Format::Csv.reader().unwrap().readings(table.as_bytes(), &ReadOptions::for_file("a.csv"));
        let documents: Vec<_> = readings.iter().filter_map(|reading| reading.document.as_ref()).collect();
        for &(_, words, _) in &rows {
            let words = texts[usize::from(words)];
            let is_there = documents.iter().any(|document| document.text.as_str() == words);
            prop_assert!(words.is_empty() || is_there, "{words} is nowhere: {table}");
        }
        // Each row is a span, or it is said why not.
        let spans: usize = documents.iter().map(|document| document.spans.len()).sum();
        let refused = readings.iter().flat_map(|reading| &reading.problems);
        let refused = refused.filter(|problem| problem.severity() == Severity::Refused).count();
        prop_assert!(spans + refused >= rows.len(), "{table}");
    }

    #[test]
    fn anything_is_read_or_refused(
        name in prop::sample::select(&NAMES[..]),
        bytes in soup(),
        choices in choices(),
    ) {
        let (documents, account) = read(name, &bytes, choices);
        check(&documents, &account);
    }

    #[test]
    fn anything_in_an_archive_is_read_or_refused(
        files in prop::collection::vec((prop::sample::select(&NAMES[..20]), soup()), 0..4),
    ) {
        let files: Files =
            files.into_iter().enumerate().map(|(n, (name, bytes))| (format!("{n}{name}"), bytes)).collect();
        let packed = archive::pack(&files).unwrap();
        let (documents, account) = read("all.zip", &packed, Choices::default());
        prop_assert_eq!(documents.len(), account.documents);
    }

    #[test]
    fn the_same_comes_of_a_file_however_it_is_cut(bytes in soup(), size in 1_usize..40) {
        let whole = read("a.jsonl", &bytes, Choices::default());
        let entry = FileEntry { name: "a.jsonl".to_owned(), bytes: bytes.len() as u64 };
        let mut reading = FileReading::new(vec![entry], Choices::default(), Arc::default());
        let mut documents = Vec::new();
        while !reading.is_over() {
            documents.extend(match reading.wants() {
                // The first piece tells what the file is, so that one is as it is in life.
                Some(wanted) if wanted.from == 0 => reading.take(bytes.clone()),
                Some(wanted) => {
                    let from = usize::try_from(wanted.from).unwrap();
                    reading.take(bytes[from..(from + size).min(bytes.len())].to_vec())
                }
                None => reading.go_on(),
            });
        }
        prop_assert_eq!((documents, reading.account()), whole);
    }
}
