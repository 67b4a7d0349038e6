//! What the documents say is what is there.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;

use misam::formats::{Format, ReadOptions, WriteOptions, jsonl};
use misam::quality::lint::Rule;
use misam::schema::{KeyCode, Schema};

const FORMATS: &str = include_str!("../docs/FORMATS.md");
const DURABILITY: &str = include_str!("../docs/durability.md");
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

/// What the tests of the repository are called, in words: `fn a_b()` is "a b", a journey is called as it says, with N for
/// what is filled in.
fn test_names() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names = String::new();
    let mut folders = vec![root.join("src"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for line in text.lines() {
                let line = line.trim_start();
                if ending == "rs"
                    && let Some((name, _)) =
                        line.rsplit_once("fn ").and_then(|(_, rest)| rest.split_once('('))
                {
                    names.extend([&name.replace('_', " "), "\n"]);
                } else if ending == "mjs"
                    && ["journey(", "test(", "english(", "attempt("].iter().any(|call| line.contains(call))
                {
                    let mut name = line.to_owned();
                    while let Some((from, to)) =
                        name.find("${").and_then(|at| Some((at, at + name[at..].find('}')?)))
                    {
                        name.replace_range(from..=to, "N");
                    }
                    names.extend([name.as_str(), "\n"]);
                }
            }
        }
    }
    names
}

#[test]
fn every_test_that_is_said_to_keep_work_from_being_lost_is_there() {
    let names = test_names();
    let said = DURABILITY
        .lines()
        .filter(|line| line.starts_with("| "))
        .flat_map(|line| line.split('*').skip(1).step_by(2));
    let mut count = 0;
    for name in said {
        count += 1;
        let parts: Vec<&str> = name.split('…').map(str::trim).filter(|part| !part.is_empty()).collect();
        let is_there = names.lines().any(|line| {
            let mut rest = line;
            let has = |part: &&str| {
                let found = rest.find(*part).map(|at| rest = &rest[at + part.len()..]);
                found.is_some()
            };
            parts.iter().all(has)
        });
        assert!(is_there, "docs/durability.md names a test that is not there: {name}");
    }
    assert!(count > 30, "{count} tests are named");
}
