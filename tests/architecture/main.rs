//! The architecture, enforced: dependencies run one way, the core knows neither browser nor clock, and heavy crates
//! stay out of the page.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod crates;
mod paths;
mod rules;
mod supply;
mod trust;
mod unused;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rules::{Dependency, check, circle};

const WASM: &str = "wasm32-unknown-unknown";
const NATIVE: &str = "x86_64-unknown-linux-gnu";

/// Public names that nothing in `src/` uses, and for whom they are there.
const FOR_OTHERS: [(&str, &str); 1] = [("to_tsv", "writes assets/lexicon/confidence.tsv")];

#[test]
fn what_is_public_is_used_by_somebody() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut names = unused::Names::default();
    for file in rust_files(&root) {
        let name = file.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let is_of_tests = ["tests.rs", "testing.rs"].iter().any(|ending| name.ends_with(ending));
        if !is_of_tests {
            names.read(&name, &fs::read_to_string(&file).expect("a readable source file"));
        }
    }
    let is_for_others =
        |found: &String| FOR_OTHERS.iter().any(|(name, _)| found.split(' ').next() == Some(name));
    let unused: Vec<_> = names.unused().into_iter().filter(|found| !is_for_others(found)).collect();
    assert!(unused.is_empty(), "nobody uses\n{}", unused.join("\n"));
}

#[test]
fn modules_depend_downwards_only_and_the_core_knows_no_browser_and_no_clock() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut breaches = Vec::new();
    let mut neighbours = BTreeSet::new();
    let mut checked = 0;
    for file in rust_files(&root) {
        let name = file.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        // The crate's root lists the modules and the binaries are doors to all of them.
        if name == "lib.rs" || name.starts_with("bin/") {
            continue;
        }
        let findings = check(&name, &fs::read_to_string(&file).expect("a readable source file"));
        breaches.extend(findings.breaches);
        neighbours.extend(findings.neighbours);
        checked += 1;
    }
    assert!(checked > 5, "only {checked} files were found below {}", root.display());
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
    assert_eq!(circle(&neighbours), None, "these modules of one layer depend on each other in a circle");
}

#[test]
fn the_page_is_free_of_crates_too_heavy_for_it() {
    let crates = crates::crates_in_build("web", WASM);
    assert!(crates.contains("leptos"), "the page's crates were not found: {crates:?}");
    // Each of these costs the page between 100 and 750 KB; the browser or a small own reader does their work.
    for heavy in ["regex", "regex-automata", "encoding_rs", "chardetng", "html5ever", "clap"] {
        assert!(
            !crates.contains(heavy),
            "`{heavy}` got into the page: cargo tree -i {heavy} --target {WASM} --features web"
        );
    }
}

#[test]
fn the_command_line_is_free_of_the_browsers_crates() {
    let crates = crates::crates_in_build("cli", NATIVE);
    assert!(crates.contains("clap"), "the command line's crates were not found: {crates:?}");
    for browser in ["leptos", "web-sys", "wasm-bindgen", "gloo", "idb"] {
        assert!(
            !crates.contains(browser),
            "`{browser}` got into the command line: cargo tree -i {browser} --features cli"
        );
    }
}

/// The breaches in a made-up file, without their place.
fn breaches(file: &str, source: &str) -> Vec<String> {
    let found = check(file, source).breaches;
    found.iter().map(|breach| breach.split_once(": ").expect("place: breach").1.to_owned()).collect()
}

#[test]
fn every_way_to_name_a_layer_above_is_caught() {
    for source in [
        "use crate::ui::Panel;",
        "use crate::{text::SourceText, ui::Panel};",
        "use crate::{text::{SourceText}, ui};",
        "fn f() { crate::ui::show(); }",
        "fn f() -> Vec<crate::ui::Panel> { vec![] }",
        "fn f() { assert!(crate::ui::shown()); }",
        "use super::super::ui::Panel;",
        "mod tests { use super::super::super::ui::Panel; }",
        "pub(in crate::ui) struct S;",
        "use ::misam::ui::Panel;",
    ] {
        let found = breaches("annotation/span.rs", source);
        assert_eq!(found, ["`annotation` must not depend on `ui`, which is above it"], "{source}");
    }
}

#[test]
fn lower_layers_and_ones_own_module_may_be_named() {
    let source = r#"
        //! Speaks of crate::ui and leptos in a comment only.
        use crate::text::{ByteRange, SourceText};
        use super::{Span, super::schema::LabelCode};
        const NAME: &str = "crate::ui";
        mod tests { use super::*; fn f(instant: u8) -> u8 { instant } }
    "#;
    assert_eq!(breaches("annotation/edit.rs", source), [""; 0]);
}

#[test]
fn the_browser_the_clock_and_randomness_are_caught_below_web_and_allowed_above() {
    for source in [
        "use leptos::prelude::*;",
        "fn f(node: &web_sys::Node) {}",
        "fn f() { js_sys::Date::now(); }",
        "use gloo_timers::future::sleep;",
        "use std::time::{Duration, Instant};",
        "fn f() { std::time::SystemTime::now(); }",
        "fn f() -> u8 { rand::random() }",
        "use std::{env, fs};",
    ] {
        assert_eq!(breaches("app/state.rs", source).len(), 1, "{source}");
        assert_eq!(breaches("web/clock.rs", source).len(), 0, "{source}");
    }
}

#[test]
fn a_module_without_a_layer_and_the_whole_crate_at_once_are_caught() {
    assert_eq!(breaches("misc/mod.rs", "").len(), 1);
    assert_eq!(breaches("text/mod.rs", "use crate::misc::f;").len(), 1);
    assert_eq!(breaches("text/mod.rs", "use crate::*;").len(), 1);
}

#[test]
fn neighbours_may_depend_on_each_other_in_one_direction_only() {
    let one = check("formats/jsonl.rs", "use crate::quality::Score;").neighbours;
    assert_eq!(circle(&one), None);
    let other = check("quality/score.rs", "use crate::formats::jsonl;").neighbours;
    let both: BTreeSet<Dependency> = one.union(&other).cloned().collect();
    assert_eq!(circle(&both).as_deref(), Some("formats, quality"));
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
