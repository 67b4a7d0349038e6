//! What the page's parts name is there: every icon in the sprite, every class in a style sheet.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}

/// The components.
fn pages() -> impl Iterator<Item = (PathBuf, String)> {
    files(&root().join("src/ui"), "rs").into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        (path, text)
    })
}

/// Every piece of `text` between `before` and the next quotation mark.
fn quoted<'a>(text: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split_once('"')).map(|(value, _)| value)
}

#[test]
fn every_icon_is_in_the_sprite() {
    let sprite = fs::read_to_string(root().join("assets/icons.svg")).unwrap();
    let known: BTreeSet<&str> = quoted(&sprite, "<symbol id=\"icon-").collect();
    for (path, text) in pages() {
        let named =
            quoted(&text, "<Icon name=\"").chain(quoted(&text, "icon=\"")).chain(quoted(&text, "#icon-"));
        // What is filled in while the page runs is named where it comes from.
        let named = named.filter(|icon| !icon.contains('{'));
        for icon in named {
            assert!(
                known.contains(icon),
                "{}: there is no icon {icon:?} in assets/icons.svg",
                path.display()
            );
        }
    }
}

#[test]
fn every_class_has_a_rule() {
    let sheets: String =
        files(&root().join("style"), "css").iter().map(|p| fs::read_to_string(p).unwrap()).collect();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let known: BTreeSet<&str> = sheets
        .split('.')
        .skip(1)
        .map(|rest| &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())])
        .collect();
    for (path, text) in pages() {
        for class in quoted(&text, "class=\"").flat_map(str::split_whitespace) {
            assert!(known.contains(class), "{}: no rule in style/ for class {class:?}", path.display());
        }
    }
}

/// `said_all_done` is `SaidAllDone` in the program.
fn pascal_case(key: &str) -> String {
    key.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}

#[test]
fn every_text_of_the_interface_is_used() {
    let catalogue = |path: &str| -> serde_json::Map<String, serde_json::Value> {
        serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
    };
    let texts =
        ["locales", "locales/review", "locales/files"].map(|folder| catalogue(&format!("{folder}/en.json")));
    let program: Vec<String> =
        files(&root().join("src"), "rs").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let used: BTreeSet<&str> = ["Text::", "Counted::"]
        .into_iter()
        .flat_map(|list| program.iter().flat_map(move |file| file.split(list).skip(1)))
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
        .collect();
    let keys = texts.iter().flat_map(|texts| texts.keys());
    let unused: Vec<_> = keys.filter(|key| !used.contains(&*pascal_case(key))).collect();
    assert!(unused.is_empty(), "locales/ has texts that nothing says: {unused:?}");
}
