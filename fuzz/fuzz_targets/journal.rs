//! Any bytes as a stored journal over an article: no panic, no span outside the text, and undoing to the beginning and
//! redoing to the end leads back to where it was.
#![no_main]

use std::collections::HashMap;

use libfuzzer_sys::fuzz_target;
use misam::annotation::{Document, DocumentId};
use misam::project::{Journalled, Project};

const TEXT: &str = "وصل سامر إلى حَلَب أمس.\r\nثم عاد 😊 إلى دمـشق.";

fuzz_target!(|input: &[u8]| {
    let journal = input.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice::<Journalled>(line).ok());
    let mut project = Project::default();
    let id = project.insert(Document::new(DocumentId::new("a"), TEXT));
    project.replay(journal, &HashMap::from([(id.clone(), 0)]));
    let spans = |project: &Project| {
        let document = project.document(&id).expect("it stays");
        for span in document.spans.iter() {
            assert!(document.text.slice(span.range).is_some(), "{span:?}");
        }
        document.spans.clone()
    };
    let there = spans(&project);
    let mut undone = 0;
    while project.undo().is_ok() {
        undone += 1;
    }
    for _ in 0..undone {
        project.redo().expect("what was undone can be made again");
    }
    assert_eq!(spans(&project), there);
});
