//! Any bytes as a file that somebody opens, under any name and in any encoding: no panic, the account counts what came,
//! names differ, and every article can be written and read back as it is.
#![no_main]

use std::collections::BTreeSet;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use misam::app::intake::{Choices, read_file};
use misam::formats::archive::{Files, pack};
use misam::formats::{Encoding, Format, ReadOptions, import, jsonl};

/// The length of an input tells its name, its encoding, and whether it is packed first, so that any file can be an input.
const NAMES: [&str; 15] = [
    "a.txt", "a.html", "a.md", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.xml", "a.conll", "a.ann", "a.zip", "a", "a.txt",
    "word/document.xml", "content.xml",
];

fn file(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut files = Files::from([(name.to_owned(), bytes.to_vec())]);
    if name == "content.xml" {
        files.insert("mimetype".to_owned(), b"application/vnd.oasis.opendocument.text".to_vec());
    }
    match name {
        "word/document.xml" | "content.xml" => pack(&files).expect("such names can stand in an archive"),
        "a.zip" if !bytes.starts_with(b"PK") => {
            let parts = bytes.split(|&byte| byte == 0).zip(NAMES).map(|(part, name)| (name.to_owned(), part.to_vec()));
            pack(&parts.collect()).expect("such names can stand in an archive")
        }
        _ => bytes.to_vec(),
    }
}

fuzz_target!(|input: &[u8]| {
    let name = NAMES[input.len() % NAMES.len()];
    let encoding = Encoding::ALL.get(input.len() / NAMES.len() % 12).copied();
    let choices = Choices { encoding, ..Choices::default() };
    let (documents, account) = read_file(name, &file(name, input), &Arc::default(), choices);
    assert_eq!(documents.len(), account.documents);
    assert!(!documents.is_empty() || !account.notes.is_empty(), "nothing came and nothing was said");
    let names: BTreeSet<_> = documents.iter().map(|document| document.id.as_str()).collect();
    assert_eq!(names.len(), documents.len(), "{names:?}");
    for document in &documents {
        let line = jsonl::write_record(document).expect("a document that came in can be written");
        let back = import(line.as_bytes(), Some(Format::Misam), &ReadOptions::for_file("back.jsonl"));
        let back = back.expect("the format is read").documents;
        assert_eq!(back.len(), 1, "{line}");
        assert_eq!((&back[0].text, &back[0].spans), (&document.text, &document.spans), "{line}");
    }
});
