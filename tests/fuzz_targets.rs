//! The targets of `fuzz/` still fit the library, whose tests do not build them: they are a package of their own, which needs
//! a fuzzer. Here each is a module, with the little it asks of that; and it is given what it begins with when it is run.

#![allow(dead_code, unused_attributes, unused_imports, reason = "each target is a program of its own")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a target that fails is to fail loudly")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

extern crate self as libfuzzer_sys;

/// In the place of the crate that makes values of bytes. A derive that every such type can have.
mod arbitrary {
    pub(crate) use std::hash::Hash as Arbitrary;
}

/// The targets as modules, and their names.
macro_rules! targets {
    ($($name:ident = $path:literal),* $(,)?) => {
        $(#[path = $path] mod $name;)*
        const TARGETS: &[&str] = &[$(stringify!($name)),*];
    };
}

targets! {
    decode = "../fuzz/fuzz_targets/decode.rs",
    edit = "../fuzz/fuzz_targets/edit.rs",
    intake = "../fuzz/fuzz_targets/intake.rs",
    journal = "../fuzz/fuzz_targets/journal.rs",
    model = "../fuzz/fuzz_targets/model.rs",
    project_file = "../fuzz/fuzz_targets/project_file.rs",
    read = "../fuzz/fuzz_targets/read.rs",
    schema = "../fuzz/fuzz_targets/schema.rs",
    storage = "../fuzz/fuzz_targets/storage.rs",
    suggest = "../fuzz/fuzz_targets/suggest.rs",
    tag = "../fuzz/fuzz_targets/tag.rs",
    twins = "../fuzz/fuzz_targets/twins.rs",
}

/// In the place of the fuzzer's macro: the target as a function.
#[macro_export]
macro_rules! fuzz_target {
    (|$input:ident: $type:ty| $body:block) => {
        #[allow(private_interfaces, reason = "what a target takes may be a type of its own, made by the fuzzer alone")]
        pub(crate) fn fuzz($input: $type) $body
    };
}

const NEWS: &str = "قُتل ثلاثة جنود في قصف قرب مدينة حلب صباح الأحد.\nقُتل ثلاثة جنود في قصف قرب مدينة حلب صباح الأحد.\nعاد الوفد 😊";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder and of those in it.
fn files(folder: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    assert!(!found.is_empty(), "there is nothing in {folder}");
    found
}

#[test]
fn every_target_is_built_here_and_named_where_the_fuzzer_looks() {
    let here: BTreeSet<String> = TARGETS.iter().map(ToString::to_string).collect();
    let lying = files("fuzz/fuzz_targets");
    let lying = lying.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned());
    assert_eq!(lying.collect::<BTreeSet<_>>(), here);
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let programs = manifest.split("[[bin]]").skip(1);
    let named = programs.map(|program| {
        let value = |key: &str| {
            let line = program.lines().find_map(|line| line.strip_prefix(&format!("{key} = ")));
            line.unwrap().trim_matches('"').to_owned()
        };
        assert_eq!(value("path"), format!("fuzz_targets/{}.rs", value("name")));
        value("name")
    });
    assert_eq!(named.collect::<BTreeSet<_>>(), here);
}

#[test]
fn every_target_takes_what_it_begins_with() {
    let bytes = NEWS.as_bytes();
    decode::fuzz((bytes.to_vec(), bytes.to_vec()));
    journal::fuzz(br#"{"seq":1,"entry":"undo"}"#);
    model::fuzz(bytes);
    schema::fuzz(&misam::schema::Schema::default().to_json());
    suggest::fuzz(NEWS);
    tag::fuzz(NEWS);
    twins::fuzz(NEWS);
    for path in files("fuzz/seeds/project_file") {
        project_file::fuzz(&fs::read(path).unwrap());
    }
    for path in files("fuzz/seeds/storage") {
        storage::fuzz(&fs::read(path).unwrap());
    }
    for path in files("tests/files").into_iter().chain(files("tests/cases/cli")) {
        let file = fs::read(path).unwrap();
        read::fuzz(&file);
        intake::fuzz(&file);
    }
}
