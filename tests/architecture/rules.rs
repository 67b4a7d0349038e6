//! The rules: which module may name which, and what nothing below `web` may name.

use std::collections::BTreeSet;

use crate::paths::{Mention, mentions};

/// The layers from the bottom up. A module may use those of lower layers and, in one direction, its neighbours.
pub(crate) const LAYERS: &[&[&str]] = &[
    &["text"],
    &["schema"],
    &["annotation"],
    &["extract", "quality", "formats"],
    &["learn", "project", "dataset"],
    &["app", "work", "cli", "train"],
    &["web"],
    &["ui"],
];

/// Crates that only the browser's layers may name.
const BROWSER_CRATES: &[&str] = &[
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "serde_wasm_bindgen",
    "gloo",
    "idb",
    "console_error_panic_hook",
];

/// Ways to read a clock, randomness or the machine's settings. They come into the core with a command, or the same
/// project would not give the same bytes.
const OUTSIDE_WORLD: &[&[&str]] = &[
    &["SystemTime"],
    &["Instant"],
    &["rand"],
    &["getrandom"],
    &["fastrand"],
    &["chrono"],
    &["std", "env"],
    &["RandomState"],
];

/// A use of one module by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dependency {
    pub(crate) from: String,
    pub(crate) on: String,
}

/// What is wrong with one file, a line each, and the neighbours (modules of the same layer) it depends on.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) breaches: Vec<String>,
    pub(crate) neighbours: BTreeSet<Dependency>,
}

/// Checks one file of the library. `file` is its path below `src/`, with forward slashes.
pub(crate) fn check(file: &str, source: &str) -> Findings {
    let mut findings = Findings::default();
    let module = module_of(file);
    let Some(layer) = layer_of(&module[0]) else {
        findings
            .breaches
            .push(format!("src/{file}: module `{}` belongs to no layer; give it one in LAYERS", module[0]));
        return findings;
    };
    let below_web = layer < layer_of("web").expect("web is a layer");
    for mention in mentions(source, &module) {
        check_direction(file, layer, &mention, &mut findings);
        if below_web {
            check_outside_world(file, &mention, &mut findings);
        }
    }
    findings
}

fn check_direction(file: &str, layer: usize, mention: &Mention, findings: &mut Findings) {
    let Some(path) = mention.in_crate() else { return };
    let written = mention.segments.join("::");
    let line = mention.line;
    let Some(target) = path.first() else {
        // `pub(crate)`, `use super::…` of a file's own root and the like name nothing; an alias of the root would.
        return;
    };
    if target == "*" {
        findings
            .breaches
            .push(format!("src/{file}:{line}: `{written}` takes in the whole crate; name the module"));
        return;
    }
    let from = &mention.module[0];
    let Some(target_layer) = layer_of(target) else {
        findings
            .breaches
            .push(format!("src/{file}:{line}: `{written}` leads to `{target}`, which is no layer"));
        return;
    };
    if target_layer > layer {
        findings
            .breaches
            .push(format!("src/{file}:{line}: `{from}` must not depend on `{target}`, which is above it"));
    } else if target_layer == layer && target != from {
        findings.neighbours.insert(Dependency { from: from.clone(), on: target.clone() });
    }
}

fn check_outside_world(file: &str, mention: &Mention, findings: &mut Findings) {
    let line = mention.line;
    for name in &mention.segments {
        if BROWSER_CRATES.contains(&name.as_str()) || name.starts_with("gloo_") {
            findings
                .breaches
                .push(format!("src/{file}:{line}: `{name}` belongs to the browser; only web and ui name it"));
        }
    }
    for forbidden in OUTSIDE_WORLD {
        // A crate or module stands at the front of a longer path; a type may stand anywhere.
        let is_type = forbidden[0].starts_with(char::is_uppercase);
        let named = if is_type {
            mention.segments.iter().any(|segment| segment == forbidden[0])
        } else {
            mention.segments.len() > 1 && mention.segments.iter().zip(*forbidden).all(|(a, b)| a == b)
        };
        if named {
            let name = forbidden.join("::");
            findings.breaches.push(format!(
                "src/{file}:{line}: `{name}` reads the outside world; let a command bring it in"
            ));
        }
    }
}

/// A dependency circle among modules of the same layer, if there is one.
pub(crate) fn circle(dependencies: &BTreeSet<Dependency>) -> Option<String> {
    let mut modules: BTreeSet<&str> =
        dependencies.iter().flat_map(|d| [d.from.as_str(), d.on.as_str()]).collect();
    // Takes away, again and again, what depends on nothing that is left; a circle is what cannot be taken away.
    loop {
        let free = modules.iter().copied().find(|module| {
            !dependencies.iter().any(|d| d.from == *module && modules.contains(d.on.as_str()))
        });
        match free {
            Some(module) => modules.remove(module),
            None => break,
        };
    }
    (!modules.is_empty()).then(|| modules.into_iter().collect::<Vec<_>>().join(", "))
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The module a file holds: `text/offset.rs` is `text::offset`, `text/mod.rs` is `text`.
fn module_of(file: &str) -> Vec<String> {
    let mut module: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if module.len() > 1 && module.last().is_some_and(|name| name == "mod") {
        module.pop();
    }
    module
}
