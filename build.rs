//! Turns `locales/*.json` into Rust, so that a missing or misspelt text is a build error, not a hole in the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

use serde_json::Value;

/// The languages, in the order of `app::Language`.
const LANGUAGES: [&str; 2] = ["en", "ar"];

/// The plural categories of Unicode CLDR, in the order of `app::PluralCategory`.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let catalogues = LANGUAGES.map(|language| read(&Path::new("locales").join(format!("{language}.json"))));
    let [english, arabic] = catalogues;
    let (english, arabic) = (english?, arabic?);
    for key in english.keys().chain(arabic.keys()) {
        if !(english.contains_key(key) && arabic.contains_key(key)) {
            return Err(format!("locales: '{key}' is not in all languages").into());
        }
    }

    let mut code = String::new();
    let (plurals, texts): (Vec<_>, Vec<_>) = english.keys().partition(|key| english[*key].is_object());
    write_enum(&mut code, "Text", "A text of the interface.", &texts)?;
    write_enum(&mut code, "Counted", "A text of the interface that goes with a number.", &plurals)?;

    writeln!(code, "pub(super) static TEXTS: [[&str; {}]; {}] = [", texts.len(), LANGUAGES.len())?;
    for catalogue in [&english, &arabic] {
        let values: Vec<_> = texts
            .iter()
            .map(|key| catalogue[*key].as_str().ok_or_else(|| no_text(key)))
            .collect::<Result<_, _>>()?;
        writeln!(code, "    {values:?},")?;
    }
    code += "];\n";

    writeln!(
        code,
        "pub(super) static COUNTED: [[[&str; {}]; {}]; {}] = [",
        CATEGORIES.len(),
        plurals.len(),
        LANGUAGES.len()
    )?;
    for catalogue in [&english, &arabic] {
        let forms: Vec<_> =
            plurals.iter().map(|key| plural_forms(key, &catalogue[*key])).collect::<Result<_, _>>()?;
        writeln!(code, "    {forms:?},")?;
    }
    code += "];\n";

    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("texts.rs"), code)?;
    println!("cargo::rerun-if-changed=locales");
    Ok(())
}

fn read(path: &Path) -> Result<BTreeMap<String, Value>, Failure> {
    let json = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&json).map_err(|error| format!("{}: {error}", path.display()).into())
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

fn write_enum(code: &mut String, name: &str, meaning: &str, keys: &[&String]) -> Result<(), Failure> {
    writeln!(code, "/// {meaning}\n#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\npub enum {name} {{")?;
    for key in keys {
        writeln!(code, "    /// `{key}` in `locales/`.\n    {},", pascal_case(key))?;
    }
    code.push_str("}\n");
    Ok(())
}

fn pascal_case(key: &str) -> String {
    key.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
