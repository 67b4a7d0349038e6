//! What `docs/FORMATS.md` shows is what the code does.
#![cfg(not(target_arch = "wasm32"))]

use misam::formats::{Format, ReadOptions, jsonl};
use misam::schema::Schema;

const FORMATS: &str = include_str!("../docs/FORMATS.md");

/// The JSON examples, in order.
fn examples() -> Vec<&'static str> {
    let blocks = FORMATS.split("```json\n").skip(1);
    blocks.filter_map(|block| block.split("\n```").next()).collect()
}

#[test]
fn the_record_shown_is_a_valid_one() {
    let reading = jsonl::validate_record(examples()[0], 1, &ReadOptions::for_file("FORMATS.md"));
    assert_eq!(reading.problems, []);
}

#[test]
fn the_schema_shown_is_a_sound_one() {
    let schema = Schema::from_json(examples()[1]).map_err(|faults| faults.to_string());
    assert_eq!(schema.map(|schema| schema.id), Ok("my-labels/1".to_owned()));
}

#[test]
fn the_formats_said_to_be_there_are_there() {
    for format in Format::ALL {
        let row = format!("| `{format}` | yes | yes |");
        let said = FORMATS.lines().any(|line| line.starts_with(&row));
        assert_eq!(said, format.reader().is_ok() && format.writer().is_ok(), "{format}");
        assert!(FORMATS.contains(&format!("`{format}`")), "{format}");
    }
}

#[test]
fn every_key_stands_in_the_tables_in_its_order() {
    for (heading, keys) in [("### 1.1", &jsonl::RECORD_KEYS), ("### 1.2", &jsonl::SPAN_KEYS)] {
        let section =
            FORMATS.split(heading).nth(1).unwrap_or_default().split("###").next().unwrap_or_default();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | "));
        let names =
            rows.flat_map(|(names, _)| names.split(", ").map(|name| name.trim_matches('`').to_owned()));
        assert_eq!(names.collect::<Vec<_>>(), keys, "{heading}");
    }
}
