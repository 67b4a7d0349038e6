//! Anything as what the browser's storage holds of a project: no panic, no record hides another, spans inside their texts,
//! and what comes back can be taken back to the beginning and made again. A line is a record: its kind, its key and its
//! values, parted by tabs.
#![no_main]

use std::collections::{BTreeMap, BTreeSet};

use libfuzzer_sys::fuzz_target;
use misam::annotation::DocumentId;
use misam::project::{LetIn, Project, Stacked, StoredOutline, StoredProject, outline, revive};

/// A text of the storage, with U+001F for its line ends; `-` stands for a value of another type.
fn value(found: &str) -> Option<String> {
    (found != "-").then(|| found.replace('\u{1F}', "\n"))
}

fuzz_target!(|input: &[u8]| {
    let input = String::from_utf8_lossy(input);
    // A key is there once, as in the storage; stacks may hold it again.
    let (mut documents, mut texts, mut journal) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (mut stacked, mut lists) = (Vec::new(), StoredOutline::default());
    for line in input.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            ["d", key, record] => drop(documents.insert(key.to_owned(), value(record))),
            ["t", key, text] => drop(texts.insert(key.to_owned(), value(text).map(String::into_bytes))),
            ["j", key, entry] => drop(key.parse().map(|seq: u64| journal.insert(seq, value(entry)))),
            ["s", key, record, text] => {
                let text = value(text).map(String::into_bytes);
                let stack = stacked.len() as u64 + 1;
                stacked.push(Stacked { stack, id: key.to_owned(), record: value(record), text });
            }
            ["i", index] => lists.index = value(index),
            ["h", block] => lists.blocks.push(value(block)),
            ["n", seq] => lists.snapshot = seq.parse().unwrap_or_default(),
            ["l", let_in] => lists.let_in = value(let_in),
            _ => {}
        }
    }
    lists.keys = documents.keys().cloned().collect();
    lists.texts = texts.len();
    lists.stacks = stacked.iter().map(|document: &Stacked| document.stack).collect();
    let let_in: Option<LetIn> = lists.let_in.as_deref().and_then(|json| serde_json::from_str(json).ok());
    if let Some(outline) = outline(&lists) {
        let named = outline.heads.iter().map(|head| head.id.as_str()).chain(outline.newer.iter().map(String::as_str));
        let named: BTreeSet<_> = named.collect();
        assert!(lists.keys.iter().all(|key| named.contains(key.as_str())));
        let stacked = outline.heads.iter().filter(|head| head.stack.is_some()).count();
        assert_eq!(named.len(), lists.keys.len() + stacked);
    }
    let keys: BTreeSet<String> =
        documents.keys().cloned().chain(stacked.iter().map(|document| document.id.clone())).collect();
    // A number that entries cannot have is not gone on from.
    let highest = journal.keys().rfind(|&&seq| seq < 1 << 53).copied().unwrap_or_default();
    let revived = revive(StoredProject {
        documents: documents.into_iter().collect(),
        texts: texts.into_iter().collect(),
        journal: journal.into_iter().collect(),
        stacked,
        let_in,
    });
    let came = revived.documents.iter().map(|document| &document.id).chain(&revived.unreadable);
    let came: BTreeSet<&str> = came.map(DocumentId::as_str).collect();
    assert!(keys.iter().all(|key| came.contains(key.as_str())), "{keys:?} {came:?}");
    assert!(revived.latest >= highest && revived.latest < 1 << 53);
    let mut project = Project::default();
    for document in revived.documents {
        for span in document.spans.iter() {
            assert!(document.text.slice(span.range).is_some(), "{span:?}");
        }
        project.insert(document);
    }
    project.note_stacked(revived.stacked, revived.latest_stack);
    project.replay(revived.journal, &revived.snapshots);
    project.settle_stacked();
    let seen = |project: &Project| project.documents().cloned().collect::<Vec<_>>();
    let there = seen(&project);
    let mut undone = 0;
    while project.undo().is_ok() {
        undone += 1;
    }
    for _ in 0..undone {
        project.redo().expect("what was undone can be made again");
    }
    assert_eq!(seen(&project), there);
});
