//! What the documents say is what is there.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use misam::formats::{Format, ReadOptions, WriteOptions, jsonl};
use misam::quality::lint::Rule;
use misam::schema::{KeyCode, Schema};

const FORMATS: &str = include_str!("../docs/FORMATS.md");
const README: &str = include_str!("../README.md");

/// The documents that point at files of this repository.
const DOCUMENTS: [(&str, &str); 7] = [
    ("README.md", README),
    ("docs/AGREEMENT.md", include_str!("../docs/AGREEMENT.md")),
    ("docs/ARCHITECTURE.md", include_str!("../docs/ARCHITECTURE.md")),
    ("docs/DATA.md", include_str!("../docs/DATA.md")),
    ("docs/DESIGN.md", include_str!("../docs/DESIGN.md")),
    ("docs/FORMATS.md", FORMATS),
    ("docs/extractor.md", include_str!("../docs/extractor.md")),
];

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
        assert_eq!(
            said,
            format.reader().is_ok() && format.writer(&WriteOptions::default()).is_ok(),
            "{format}"
        );
        assert!(FORMATS.contains(&format!("`{format}`")), "{format}");
    }
}

#[test]
fn every_rule_of_the_lint_is_explained() {
    for rule in Rule::ALL {
        assert!(FORMATS.contains(&format!("`{}`", rule.code())), "{}", rule.code());
    }
}

#[test]
fn every_key_stands_in_the_tables_in_its_order() {
    for (heading, keys) in [("### 1.1", &jsonl::RECORD_KEYS[..]), ("### 1.2", &jsonl::SPAN_KEYS[..])] {
        let section =
            FORMATS.split(heading).nth(1).unwrap_or_default().split("###").next().unwrap_or_default();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | "));
        let names =
            rows.flat_map(|(names, _)| names.split(", ").map(|name| name.trim_matches('`').to_owned()));
        assert_eq!(names.collect::<Vec<_>>(), keys, "{heading}");
    }
}

#[test]
fn the_labels_in_the_readme_are_those_of_the_schema_with_their_keys() {
    // `KeyP` is written on the key as P, `Digit1` as 1.
    let legend = |key: KeyCode| match key.as_str() {
        "Minus" => "-",
        code => code.trim_start_matches("Key").trim_start_matches("Digit"),
    };
    for label in Schema::conflict_news().labels {
        let key = |key: Option<KeyCode>| key.map(legend).unwrap_or_default();
        let row =
            format!("| {} | `{}` `{}` | {} |", label.code, key(label.key), key(label.digit), label.name.ar);
        assert!(README.lines().any(|line| line.starts_with(&row)), "README.md has no row {row}");
    }
}

#[test]
fn every_link_leads_to_a_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (document, text) in DOCUMENTS {
        let folder = root.join(document).parent().map(Path::to_owned).unwrap_or_default();
        let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
        for link in links.filter(|link| !link.contains("://")) {
            assert!(folder.join(link).exists(), "{document} links to {link}, which is not there");
        }
    }
}

#[test]
fn every_file_named_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [
        "assets/",
        "build.rs",
        "ci/",
        "corpus/",
        "docs/",
        "examples/",
        "locales/",
        "page/",
        "src/",
        "style/",
        "tests/",
        "tools/",
    ];
    for (document, text) in DOCUMENTS {
        let quoted = text.split('`').skip(1).step_by(2);
        for path in quoted.filter(|name| folders.iter().any(|folder| name.starts_with(folder))) {
            let is_pattern = path.contains(['*', '<', ' ', '{']);
            assert!(is_pattern || root.join(path).exists(), "{document} names {path}, which is not there");
        }
    }
}
