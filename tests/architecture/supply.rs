//! What Misam is made of may be used by everybody, comes from the one registry, and is there once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use spdx::{Expression, LicenseItem, ParseMode};

use crate::crates::{Linked, linked, run_to_build};

/// The builds that leave the house: features and target.
const BUILDS: [(&str, &str); 3] = [
    ("web", "wasm32-unknown-unknown"),
    ("worker", "wasm32-unknown-unknown"),
    ("cli", "x86_64-unknown-linux-gnu"),
];

/// Licences that ask for no more than to be named.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Crates that others want in two versions, and what it costs.
const TWICE: &[(&str, &str)] = &[
    (
        "gloo-utils",
        "gloo 0.12 and gloo-net 0.6, which leptos wants, each have their own; a few lines of glue",
    ),
    ("thiserror", "gloo wants 1, we and leptos 2; both are macros that leave nothing in the build"),
];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn is_free(licence: &str) -> bool {
    Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
        expression.evaluate(|wanted| match &wanted.license {
            LicenseItem::Spdx { id, .. } => ALLOWED.contains(&id.name),
            LicenseItem::Other { .. } => false,
        })
    })
}

#[test]
fn every_crate_may_be_used_by_everybody() {
    assert!(is_free("MIT OR GPL-3.0") && !is_free("GPL-3.0") && !is_free("MIT AND GPL-3.0") && !is_free(""));
    for (feature, target) in BUILDS {
        for Linked { name, version, licence, .. } in linked(feature, target) {
            assert!(is_free(&licence), "{feature}: {name} {version} is under {licence:?}");
        }
    }
}

/// What runs on the machine of whoever builds or tests Misam: procedural macros, build scripts, tools of tests.
#[test]
fn every_crate_that_only_builds_and_tests_may_be_used_by_everybody() {
    for (feature, target) in BUILDS {
        for Linked { name, version, licence, .. } in run_to_build(feature, target) {
            assert!(is_free(&licence), "{feature}: {name} {version} is under {licence:?}");
        }
    }
}

/// Those of the lock files: also what only builds, tests, splits the page or feeds the fuzzer.
#[test]
fn every_crate_comes_from_the_registry() {
    let own = ["misam", "misam-fuzz", "misam-split"];
    for lock in ["Cargo.lock", "fuzz/Cargo.lock", "tools/split/Cargo.lock"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(lock);
        let crates = fs::read_to_string(path).expect("a lock file");
        let mut checked = 0;
        for one in crates.split("[[package]]").skip(1) {
            let value = |key: &str| {
                let line = one.lines().find_map(|line| line.strip_prefix(&format!("{key} = ")));
                line.unwrap_or_default().trim_matches('"')
            };
            let (name, source) = (value("name"), value("source"));
            assert!(own.contains(&name) || source == REGISTRY, "{lock}: {name} comes from {source:?}");
            assert!(own.contains(&name) || value("checksum").len() == 64, "{lock}: {name} has no checksum");
            checked += 1;
        }
        assert!(checked > 5, "only {checked} crates were found in {lock}");
    }
}

#[test]
fn no_crate_is_there_twice_without_a_reason() {
    let mut twice = BTreeMap::new();
    for (feature, target) in BUILDS {
        let mut versions = BTreeMap::<String, Vec<String>>::new();
        for Linked { name, version, .. } in linked(feature, target) {
            versions.entry(name).or_default().push(version);
        }
        twice.extend(versions.into_iter().filter(|(_, versions)| versions.len() > 1));
    }
    let known: Vec<_> = TWICE.iter().map(|(name, _)| *name).collect();
    for (name, versions) in &twice {
        assert!(known.contains(&name.as_str()), "{name} is there as {versions:?}");
    }
    for name in known {
        assert!(twice.contains_key(name), "{name} is there once by now: strike it from the list");
    }
}
