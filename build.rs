//! Turns `locales/*.json` into Rust, so that a missing or misspelt text is a build error, not a hole in the page; and
//! names the build after its sources, so that a page and a worker of different builds know each other apart; and notes
//! which model the build goes with, so that the page takes no other; and has the linker leave in the page's wasm what
//! the splitter needs to cut it into parts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The languages, in the order of `app::Language`.
const LANGUAGES: [&str; 2] = ["en", "ar"];

/// The plural categories of Unicode CLDR, in the order of `app::PluralCategory`.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The model that the command line carries with it and the page has beside it.
const MODEL: &str = "assets/model/news.misam-model";

/// What the page and the worker are made from.
const SOURCES: [&str; 4] = ["src", "locales", "assets", "Cargo.lock"];

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let mut code = String::new();
    write_catalogue(&mut code, "locales", "", "A text of the interface")?;
    // A table of its own, so that the first download does not carry what only dialogs and the workbench say.
    write_catalogue(
        &mut code,
        "locales/review",
        "Review",
        "A text that only the dialogs and the workbench have",
    )?;
    // What is found wrong with files is said by the worker, and the page has none of it.
    write_catalogue(&mut code, "locales/files", "File", "What is said of a file that is not all right")?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("texts.rs"), code)?;
    println!("cargo::rustc-env=MISAM_BUILD={}-{:016x}", env::var("CARGO_PKG_VERSION")?, fingerprint()?);
    embed_model()?;
    prepare_split();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    Ok(())
}

/// Writes the texts of a folder as two enums and their tables.
fn write_catalogue(code: &mut String, folder: &str, prefix: &str, meaning: &str) -> Result<(), Failure> {
    let catalogues = LANGUAGES.map(|language| read(&Path::new(folder).join(format!("{language}.json"))));
    let [english, arabic] = catalogues;
    let (english, arabic) = (english?, arabic?);
    let apart = arabic.into_iter().map(|(key, value)| (key, with_percentages(value)));
    let arabic: BTreeMap<_, _> = apart.collect();
    for key in english.keys().chain(arabic.keys()) {
        if !(english.contains_key(key) && arabic.contains_key(key)) {
            return Err(format!("{folder}: '{key}' is not in all languages").into());
        }
        if english.get(key).map(placeholders) != arabic.get(key).map(placeholders) {
            return Err(format!("{folder}: '{key}' has other placeholders in another language").into());
        }
    }

    let (plurals, texts): (Vec<_>, Vec<_>) = english.keys().partition(|key| english[*key].is_object());
    write_enum(code, &format!("{prefix}Text"), &format!("{meaning}."), folder, &texts)?;
    let counted = format!("{meaning} that goes with a number.");
    write_enum(code, &format!("{prefix}Counted"), &counted, folder, &plurals)?;

    let tables = if prefix.is_empty() { String::new() } else { format!("{}_", prefix.to_uppercase()) };
    writeln!(code, "pub(super) static {tables}TEXTS: [[&str; {}]; {}] = [", texts.len(), LANGUAGES.len())?;
    for catalogue in [&english, &arabic] {
        let values: Vec<_> = texts
            .iter()
            .map(|key| catalogue[*key].as_str().ok_or_else(|| no_text(key)))
            .collect::<Result<_, _>>()?;
        writeln!(code, "    {values:?},")?;
    }
    *code += "];\n";

    writeln!(
        code,
        "pub(super) static {tables}COUNTED: [[[&str; {}]; {}]; {}] = [",
        CATEGORIES.len(),
        plurals.len(),
        LANGUAGES.len()
    )?;
    for catalogue in [&english, &arabic] {
        let forms: Vec<_> =
            plurals.iter().map(|key| plural_forms(key, &catalogue[*key])).collect::<Result<_, _>>()?;
        writeln!(code, "    {forms:?},")?;
    }
    *code += "];\n";
    Ok(())
}

/// Tells the compiler where the model is and which bytes the page takes for it, if the checkout has one. Without it
/// there are the rules alone.
fn embed_model() -> Result<(), Failure> {
    println!("cargo::rustc-check-cfg=cfg(misam_model)");
    if let Ok(model) = fs::read(MODEL) {
        println!("cargo::rustc-cfg=misam_model");
        println!("cargo::rustc-env=MISAM_MODEL_SHA256={:x}", Sha256::digest(&model));
        println!("cargo::rustc-env=MISAM_MODEL_BYTES={}", model.len());
        println!("cargo::rustc-env=MISAM_MODEL={}", fs::canonicalize(MODEL)?.display());
    } else if env::var_os("CARGO_FEATURE_CLI").is_some() {
        println!(
            "cargo::warning={MODEL} is not there: the command line is built with the rules alone; ./dev train makes it"
        );
    }
    Ok(())
}

/// With `MISAM_SPLIT` in the environment, as `./dev` sets it, the page is compiled in parts (`src/ui/parts.rs`), and the
/// linker keeps its notes on what uses what, by which `tools/split` cuts it. Without, the page comes as a whole.
fn prepare_split() {
    println!("cargo::rerun-if-env-changed=MISAM_SPLIT");
    println!("cargo::rustc-check-cfg=cfg(split_page)");
    if env::var_os("MISAM_SPLIT").is_some() && env::var_os("CARGO_FEATURE_WEB").is_some() {
        println!("cargo::rustc-cfg=split_page");
        println!("cargo::rustc-link-arg-bin=misam-app=--emit-relocs");
    }
}

/// A number that changes with any file the build is made from (FNV-1a over names and contents).
fn fingerprint() -> Result<u64, Failure> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        let name = file.to_string_lossy().into_owned().into_bytes();
        for byte in name.into_iter().chain(fs::read(&file)?) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<BTreeMap<String, Value>, Failure> {
    let json = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&json).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// An Arabic text, in all its forms, with its percentages set apart (U+2066 … U+2069): after an Arabic letter a number
/// counts as Arabic, and the sign behind it would come to stand on its other side.
fn with_percentages(value: Value) -> Value {
    let text = match value {
        Value::String(text) => text,
        Value::Object(forms) => {
            return Value::Object(
                forms.into_iter().map(|(form, text)| (form, with_percentages(text))).collect(),
            );
        }
        other => return other,
    };
    let mut whole = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        let number = if before.ends_with('}') {
            before.rfind('{').unwrap_or(before.len())
        } else {
            before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-')).len()
        };
        let (before, number) = before.split_at(number);
        whole.extend([before, "\u{2066}", number, "%\u{2069}"]);
        rest = after;
    }
    Value::String(whole + rest)
}

/// The names in braces, of all forms together.
fn placeholders(value: &Value) -> BTreeSet<&str> {
    match value {
        Value::String(text) => {
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
        }
        Value::Object(forms) => forms.values().flat_map(placeholders).collect(),
        _ => BTreeSet::new(),
    }
}

fn no_text(key: &str) -> Failure {
    format!("locales: '{key}' is neither a text nor, in all languages, a set of plural forms").into()
}

/// The six forms; a category that is not written takes the form of `other`.
fn plural_forms<'a>(key: &str, value: &'a Value) -> Result<[&'a str; 6], Failure> {
    let form = |category| value.get(category).and_then(Value::as_str);
    let other = form("other").ok_or_else(|| format!("locales: '{key}' has no form 'other'"))?;
    Ok(CATEGORIES.map(|category| form(category).unwrap_or(other)))
}

fn write_enum(
    code: &mut String,
    name: &str,
    meaning: &str,
    folder: &str,
    keys: &[&String],
) -> Result<(), Failure> {
    writeln!(code, "/// {meaning}\n#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\npub enum {name} {{")?;
    for key in keys {
        writeln!(code, "    /// `{key}` in `{folder}/`.\n    {},", pascal_case(key))?;
    }
    code.push_str("}\n");
    Ok(())
}

fn pascal_case(key: &str) -> String {
    key.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
