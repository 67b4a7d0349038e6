//! Cuts the page's wasm into what the first screen needs and what comes later.
//!
//!     misam-split WASM NAME FOLDER
//!
//! WASM is what the linker made, with its relocations, before wasm-bindgen has seen it. Into FOLDER go
//!
//! - `NAME.wasm`, the main part, for wasm-bindgen;
//! - `NAME-parts.js`, which loads the other parts when they are asked for;
//! - `NAME-PART.HASH.wasm`, the other parts.
//!
//! A part fits only the main part it was cut from: it writes into the same memory and the same table. So HASH is that of
//! the whole program and stands in the file's name, where no server and no cache overlooks it. A page that asks for a
//! part of its own after a new build was put in its place gets nothing, never the wrong part.

use std::error::Error;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use wasm_split_cli_support::{Options, transform};

fn main() -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let [wasm, name, folder] = given.as_slice() else {
        eprintln!("usage: misam-split WASM NAME FOLDER");
        return ExitCode::from(2);
    };
    match split(Path::new(wasm), name, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("misam-split: {wasm}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn split(wasm: &Path, name: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let program = fs::read(wasm)?;
    let hash = fingerprint(&program);
    fs::create_dir_all(folder)?;
    let main = folder.join(format!("{name}.wasm"));
    let loader = format!("./{name}-parts.js");
    let entry = format!("./{name}.js?v=__BUILD__");
    let mut options = Options::new(&program);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &loader;
    options.main_module = &entry;
    let parts = transform(options)?.split_modules;

    let loader = folder.join(&loader);
    let mut script = fs::read_to_string(&loader)?;
    for part in parts {
        let (old, new) = rename(&part, name, &hash)?;
        script = script.replace(&old, &new);
    }
    fs::write(loader, script)?;
    Ok(())
}

/// Gives a part the program's name and hash. What it was called before, and what it is called now.
fn rename(part: &Path, name: &str, hash: &str) -> Result<(String, String), Box<dyn Error>> {
    let old = part.file_name().and_then(|name| name.to_str()).ok_or("a part without a name")?.to_owned();
    let stem = old.trim_end_matches(".wasm").trim_start_matches("split_").replace('_', "-");
    let new = format!("{name}-{stem}.{hash}.wasm");
    let to: PathBuf = part.with_file_name(&new);
    fs::rename(part, to)?;
    Ok((format!("./{old}"), format!("./{new}")))
}

fn fingerprint(program: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(program);
    format!("{:016x}", hasher.finish())
}
