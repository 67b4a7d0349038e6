//! Any bytes as a project file, and any files as those in one: no panic, spans inside their texts, and what was read can
//! be written, and is then read without a fault and written again as the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use misam::formats::archive::{Files, pack};
use misam::project::file::{read, write};

/// The files of a project, in the order in which they stand in an input, parted by U+001E.
const FILES: [&str; 9] = [
    "project.json",
    "articles.jsonl",
    "snapshots.jsonl",
    "journal.jsonl",
    "schema.json",
    "removed.jsonl",
    "guidelines.md",
    "annotators.jsonl",
    "checksums.sha256",
];

/// An archive of the files in an input; the input itself if it is one.
fn archive(input: &[u8]) -> Vec<u8> {
    if input.starts_with(b"PK") {
        return input.to_vec();
    }
    let contents = input.split(|&byte| byte == 0x1E).filter(|content| !content.is_empty());
    let files: Files = FILES.iter().map(|name| (*name).to_owned()).zip(contents.map(<[u8]>::to_vec)).collect();
    pack(&files).expect("names of ours can stand in an archive")
}

fuzz_target!(|input: &[u8]| {
    let Ok(found) = read(&archive(input)) else { return };
    for document in &found.project.documents {
        for span in document.spans.iter() {
            assert!(document.text.slice(span.range).is_some(), "{span:?}");
        }
    }
    let Ok(bytes) = write(&found.project) else { return };
    let again = read(&bytes).expect("what we wrote is a project file");
    assert_eq!(again.faults, []);
    assert_eq!(again.project, found.project);
    assert!(write(&again.project).expect("it was written once") == bytes, "the same project is the same bytes");
});
