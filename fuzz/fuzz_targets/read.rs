//! Any bytes as a file of any format, and as one whose format is to be told: no panic, and what comes in keeps the
//! promises of a record, so that it is written and read back as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use misam::formats::{Format, ReadOptions, import, jsonl};

fuzz_target!(|input: &[u8]| {
    let Some((&choice, bytes)) = input.split_first() else { return };
    // Past the last format stands none: it is told from the bytes.
    let format = Format::ALL.get(usize::from(choice) % (Format::ALL.len() + 1)).copied();
    let Ok(came) = import(bytes, format, &ReadOptions::for_file("input")) else { return };
    for document in came.documents {
        let line = jsonl::write_record(&document).expect("a document that came in can be written");
        let back = import(line.as_bytes(), Some(Format::Misam), &ReadOptions::for_file("back.jsonl"));
        let back = back.expect("the format is read").documents;
        assert_eq!(back.len(), 1, "{line}");
        assert_eq!((&back[0].text, &back[0].spans), (&document.text, &document.spans), "{line}");
    }
});
