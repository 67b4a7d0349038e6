//! The labelling guideline's checks over the labelled corpus (`./dev eval --lint-corpus`).
//!
//!     cargo run --release --example lint_corpus -- [--hints] [--rule CODE] [FILE.jsonl …]
//!
//! Prints the findings by rule, each with its item and its words between ⟦ ⟧, or ⟨ ⟩ where a span is missing. Without
//! files, all of `corpus/part-*.jsonl`. Findings that `corpus/lint-allow.tsv` names (item, rule, words, why) are left
//! out. Exits with 1 if a breach is left, or if the list has a line that allows nothing. `--hints` shows what other
//! items label otherwise.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use misam::annotation::Document;
use misam::extract::Lexicon;
use misam::formats::ReadOptions;
use misam::formats::jsonl::read_record;
use misam::quality::lint::{AllowList, Finding, Fix, Rule, Severity, Vocabulary, lint};

type Failure = Box<dyn std::error::Error>;

#[derive(Default)]
struct Options {
    hints: bool,
    rule: Option<String>,
    files: Vec<PathBuf>,
}

fn options() -> Result<Options, Failure> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--lint-corpus" => {}
            "--hints" => options.hints = true,
            "--rule" => {
                let code = arguments.next().ok_or("--rule takes the code of a rule")?;
                if !Rule::ALL.iter().any(|rule| rule.code() == code) {
                    let known: Vec<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
                    return Err(format!("--rule {code}: the rules are {}", known.join(", ")).into());
                }
                options.rule = Some(code);
            }
            flag if flag.starts_with("--") => {
                return Err(format!("{flag}: unknown; see the head of examples/lint_corpus.rs").into());
            }
            file => options.files.push(file.into()),
        }
    }
    Ok(options)
}

fn parts(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut parts = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("part-") && name.ends_with(".jsonl") {
            parts.push(path);
        }
    }
    parts.sort();
    Ok(parts)
}

fn read(file: &Path) -> Result<Vec<Document>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let options = ReadOptions::for_file(file.display().to_string());
    (1..)
        .zip(text.lines())
        .map(|(number, line)| {
            let reading = read_record(line, number, &options);
            reading.document.ok_or_else(|| format!("{}:{number}: no document", file.display()).into())
        })
        .collect()
}

/// The words of a finding with what stands around them, and what would mend it.
fn show(finding: &Finding, document: &Document) -> String {
    let (text, range) = (document.text.as_str(), finding.range.to_std());
    let before: Vec<_> = text[..range.start].chars().rev().take(30).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[range.end..].chars().take(30).collect();
    let words = &text[range];
    let words = match finding.span.as_ref().and_then(|id| document.spans.get(id)) {
        Some(span) => format!("⟦{} {words}⟧", span.label),
        None => format!("⟨{words}⟩"),
    };
    let seen: Vec<_> = finding.seen.iter().map(|(label, count)| format!("{label} {count}")).collect();
    let fix = match &finding.fix {
        None => String::new(),
        Some(Fix::Remove) => "→ no span".to_owned(),
        Some(Fix::Set { range, label } | Fix::Add { range, label }) => {
            format!("→ {label} {}", document.text.slice(*range).unwrap_or_default())
        }
    };
    format!("{before}{words}{after}  {}  {fix}", seen.join(", ")).replace('\n', "⏎").trim_end().to_owned()
}

fn run() -> Result<bool, Failure> {
    let mut options = options()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let whole = options.files.is_empty();
    if whole {
        options.files = parts(&folder)?;
    }
    let mut documents = Vec::new();
    for file in &options.files {
        documents.extend(read(file)?);
    }
    let allow = AllowList::read(&std::fs::read_to_string(folder.join("lint-allow.tsv"))?)?;
    let findings = lint(&documents, &Vocabulary::embedded()?, &Lexicon::embedded()?);
    let (findings, idle) = allow.sift(findings, &documents);
    for &rule in Rule::ALL {
        let wanted = match &options.rule {
            Some(code) => rule.code() == code,
            None => rule.severity() != Severity::Hint || options.hints,
        };
        let of_rule: Vec<_> = findings.iter().filter(|finding| finding.rule == rule).collect();
        if !wanted || of_rule.is_empty() {
            continue;
        }
        println!("{} ({:?}, {})", rule.code(), rule.severity(), of_rule.len());
        for finding in of_rule {
            if let Some(document) = documents.iter().find(|document| document.id == finding.document) {
                println!("  {:<24} {}", document.id, show(finding, document));
            }
        }
    }
    // Of some of the parts no list can be complete.
    let idle = if whole { idle } else { Vec::new() };
    for line in &idle {
        println!("corpus/lint-allow.tsv:{line}: nothing is found there any more; take the line out");
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let (errors, warnings, hints) = (count(Severity::Error), count(Severity::Warning), count(Severity::Hint));
    println!("{} items: {errors} breaches, {warnings} likely breaches, {hints} hints", documents.len());
    Ok(errors == 0 && idle.is_empty())
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("lint: {failure}");
            ExitCode::FAILURE
        }
    }
}
