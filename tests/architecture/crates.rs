//! Which crates the page and the command line are made of, as Cargo resolves them for each.

use std::collections::{BTreeSet, HashMap};
use std::process::Command;

use serde_json::Value;

/// Dependencies that the linker drops, because the page never calls what needs them: (crate, its dependency).
/// `leptos_config` reads a server's Cargo.toml with `regex`; a page without a server does not. The end-to-end tests
/// look into the built wasm for what is left of it.
const DROPPED_BY_THE_LINKER: &[(&str, &str)] = &[("leptos_config", "regex")];

/// A crate that ends up in a build.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Linked {
    pub(crate) name: String,
    pub(crate) version: String,
    /// An SPDX expression, as the crate gives it; empty if it gives none.
    pub(crate) licence: String,
    /// Where it comes from; empty for our own.
    pub(crate) source: String,
}

/// The names of all crates that end up in a build of the given features for the given target.
pub(crate) fn crates_in_build(feature: &str, target: &str) -> BTreeSet<String> {
    linked(feature, target).into_iter().map(|linked| linked.name).collect()
}

/// All crates that end up in a build of the given features for the given target: normal dependencies, without what
/// runs on the building machine only (procedural macros, build scripts).
pub(crate) fn linked(feature: &str, target: &str) -> BTreeSet<Linked> {
    reachable(&metadata(feature, target), false)
}

/// All crates that somebody runs who makes or tests that build: those linked, and what runs on the building machine.
pub(crate) fn run_to_build(feature: &str, target: &str) -> BTreeSet<Linked> {
    reachable(&metadata(feature, target), true)
}

fn metadata(feature: &str, target: &str) -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version=1",
            "--locked",
            "--offline",
            "--filter-platform",
            target,
            "--features",
            feature,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "run `cargo fetch` first: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

/// The crates from the root on; with `all`, over dependencies of every kind.
fn reachable(metadata: &Value, all: bool) -> BTreeSet<Linked> {
    let packages: HashMap<&str, &Value> =
        array(&metadata["packages"]).map(|package| (text(&package["id"]), package)).collect();
    let nodes: HashMap<&str, &Value> =
        array(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let mut waiting = vec![text(&metadata["resolve"]["root"])];
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !all && is_procedural_macro(packages[id]) || !seen.insert(id) {
            continue;
        }
        let name = |id| text(&packages[id]["name"]);
        let linked = array(&nodes[id]["deps"])
            .filter(|dependency| all || array(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null()))
            .map(|dependency| text(&dependency["pkg"]))
            .filter(|dependency| all || !DROPPED_BY_THE_LINKER.contains(&(name(id), name(dependency))));
        waiting.extend(linked);
    }
    seen.into_iter()
        .map(|id| {
            let field = |name: &str| packages[id][name].as_str().unwrap_or_default().to_owned();
            Linked {
                name: field("name"),
                version: field("version"),
                licence: field("license"),
                source: field("source"),
            }
        })
        .collect()
}

fn is_procedural_macro(package: &Value) -> bool {
    array(&package["targets"]).any(|target| array(&target["kind"]).any(|kind| kind == "proc-macro"))
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string, as `cargo metadata` promises")
}
