//! `misam lint`

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{self, Write as _};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::input::{documents, documents_of_all};
use super::table::count;
use super::{DONE, Failure, WRONG, complain, schema, vocabulary};
use crate::annotation::{Document, DocumentId};
use crate::extract::Lexicon;
use crate::formats::proved_record;
use crate::quality::lint::{AllowList, Finding, Fix, Lint, Rule, SecondOpinion, Severity, fixes};
use crate::text::{ByteRange, ProcliticPolicy};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files in any format that is read; all are checked against each other
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// Only this rule; may be said several times
    #[arg(long, value_name = "CODE", value_parser = rule)]
    rule: Vec<Rule>,
    /// Not this rule; may be said several times
    #[arg(long, value_name = "CODE", value_parser = rule)]
    without: Vec<Rule>,
    /// Hints, too: what other articles do otherwise
    #[arg(long)]
    hints: bool,
    /// Findings that are right: document, rule, words and why, with tabs between them
    #[arg(long, value_name = "FILE")]
    allow: Option<PathBuf>,
    /// What an extractor says about the same texts, as `misam extract` writes it
    #[arg(long, value_name = "FILE")]
    opinion: Option<PathBuf>,
    /// How sure the extractor must be to be heard, 0 to 1
    #[arg(long, default_value_t = 0.9, requires = "opinion")]
    sure: f32,
    /// A schema: whether spans may lie over each other
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// What the project does with و ف ب ل ك that are written on to a name
    #[arg(long, value_name = "WHERE", value_enum, default_value_t = Proclitics::Outside)]
    proclitics: Proclitics,
    /// Write the records with every fix made; what is found goes to standard error
    #[arg(long, conflicts_with = "json")]
    fix: bool,
    /// One JSON object a finding and line
    #[arg(long)]
    json: bool,
}

/// Where proclitics stand.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Proclitics {
    /// Outside the span
    Outside,
    /// Inside the span, with the name
    Inside,
}

impl From<Proclitics> for ProcliticPolicy {
    fn from(proclitics: Proclitics) -> Self {
        match proclitics {
            Proclitics::Outside => Self::Outside,
            Proclitics::Inside => Self::Inside,
        }
    }
}

fn rule(code: &str) -> Result<Rule, String> {
    Rule::of_code(code).ok_or_else(|| {
        let known: Vec<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        format!("the rules are {}", known.join(", "))
    })
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let (vocabulary, lexicon) = (vocabulary()?, Lexicon::embedded()?);
    let (mut all, refused) = documents_of_all(&args.path)?;
    let opinion = args.opinion.as_deref().map(documents).transpose()?;
    let layers = schema(args.schema.as_ref())?.map(|schema| schema.layers).unwrap_or_default();
    let mut lint = Lint::new(&vocabulary, &lexicon).in_layers(layers).with_proclitics(args.proclitics.into());
    if let Some((documents, _)) = &opinion {
        lint = lint.with_opinion(SecondOpinion { documents, sure: args.sure });
    }
    let mut findings = lint.run(&all);
    if let Some(path) = &args.allow {
        findings = sift(path, findings, &all)?;
    }
    findings.retain(|finding| wanted(args, finding));
    let mut left = findings.len();
    let mut stdout = io::stdout().lock();
    if args.fix {
        let mut mended = 0;
        for document in &mut all {
            let (changes, of_document) = fixes(document, &findings);
            // They were made for this document.
            mended +=
                if changes.iter().all(|change| document.apply(change).is_ok()) { of_document } else { 0 };
            let record = proved_record(document)?;
            writeln!(stdout, "{record}")?;
        }
        complain(&format_args!("{mended} of {} mended", count(left, "finding", "findings")));
        findings = lint.run(&all);
        findings.retain(|finding| wanted(args, finding));
        if let Some(path) = &args.allow {
            findings = sift(path, findings, &all)?;
        }
        left = findings.len();
        if left > 0 {
            complain(&format_args!(
                "left:\n{}",
                Listing { findings: &findings, documents: &all }.to_string().trim_end()
            ));
        }
    } else if args.json {
        let by_id = by_id(&all);
        for finding in &findings {
            if let Some(document) = by_id.get(&finding.document) {
                writeln!(stdout, "{}", as_json(finding, document))?;
            }
        }
    } else {
        write!(stdout, "{}", Listing { findings: &findings, documents: &all })?;
    }
    let of = |severity| findings.iter().filter(|finding| finding.severity() == severity).count();
    let (errors, warnings, hints) = (of(Severity::Error), of(Severity::Warning), of(Severity::Hint));
    complain(&format_args!(
        "{}: {}, {}, {}",
        count(all.len(), "document", "documents"),
        count(errors, "breach", "breaches"),
        count(warnings, "likely breach", "likely breaches"),
        count(hints, "hint", "hints")
    ));
    Ok(if errors > 0 || refused { WRONG } else { DONE })
}

/// A rule that is named is wanted, whatever its severity; what the document itself calls right is not.
fn wanted(args: &Args, finding: &Finding) -> bool {
    let rule = finding.rule;
    if finding.allowed {
        return false;
    }
    let named = if args.rule.is_empty() {
        args.hints || rule.severity() != Severity::Hint
    } else {
        args.rule.contains(&rule)
    };
    named && !args.without.contains(&rule)
}

/// Takes out what the list allows.
fn sift(
    path: &std::path::Path,
    findings: Vec<Finding>,
    documents: &[Document],
) -> Result<Vec<Finding>, Failure> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Failure::Input { file: file.clone(), error })?;
    let list = AllowList::read(&text).map_err(|error| Failure::AllowList { file: file.clone(), error })?;
    let (left, idle) = list.sift(findings, documents);
    for line in idle {
        complain(&format_args!("{file}:{line}: nothing is found there any more; take the line out"));
    }
    Ok(left)
}

fn by_id(documents: &[Document]) -> HashMap<&DocumentId, &Document> {
    documents.iter().map(|document| (&document.id, document)).collect()
}

/// A finding as programs want it: places in code points, as in records.
fn as_json(finding: &Finding, document: &Document) -> Value {
    let text = &document.text;
    let place = |range: ByteRange| {
        let (start, end) = text.code_point_range(range).unwrap_or_default();
        json!({"start": start, "end": end, "text": text.slice(range)})
    };
    let mut object = json!({
        "rule": finding.rule,
        "severity": finding.severity(),
        "document": finding.document,
        "span": finding.span,
    });
    let fix = finding.fix.as_ref().map(|fix| match fix {
        Fix::Remove => json!({"remove": true}),
        Fix::Set { range, label } => with(json!({"set": label}), place(*range)),
        Fix::Add { range, label } => with(json!({"add": label}), place(*range)),
    });
    object = with(object, place(finding.range));
    with(object, json!({"seen": finding.seen, "other": finding.other, "fix": fix}))
}

/// Two objects as one.
fn with(mut object: Value, more: Value) -> Value {
    if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
        object.extend(more);
    }
    object
}

/// Findings for people, by rule.
struct Listing<'a> {
    findings: &'a [Finding],
    documents: &'a [Document],
}

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let documents = by_id(self.documents);
        let mut by_rule: BTreeMap<Rule, Vec<&Finding>> = BTreeMap::new();
        for finding in self.findings {
            by_rule.entry(finding.rule).or_default().push(finding);
        }
        for (rule, findings) in by_rule {
            let severity = match rule.severity() {
                Severity::Error => "breach",
                Severity::Warning => "likely breach",
                Severity::Hint => "hint",
            };
            writeln!(f, "{} ({severity}, {})", rule.code(), findings.len())?;
            for finding in findings {
                if let Some(document) = documents.get(&finding.document) {
                    writeln!(f, "  {:<24} {}", finding.document.as_str(), InContext { finding, document })?;
                }
            }
        }
        Ok(())
    }
}

/// The words of a finding with what stands around them, and what would mend it. A span stands in ⟦ ⟧, words without one
/// in ⟨ ⟩.
struct InContext<'a> {
    finding: &'a Finding,
    document: &'a Document,
}

/// Characters shown before and behind.
const AROUND: usize = 30;

impl fmt::Display for InContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (finding, text) = (self.finding, &self.document.text);
        let all = text.as_str();
        let range = finding.range.to_std();
        let before: Vec<char> =
            all.get(..range.start).unwrap_or_default().chars().rev().take(AROUND).collect();
        let before: String = before.into_iter().rev().collect();
        let after: String = all.get(range.end..).unwrap_or_default().chars().take(AROUND).collect();
        let words = text.slice(finding.range).unwrap_or_default();
        let words = match finding.span.as_ref().and_then(|id| self.document.spans.get(id)) {
            Some(span) => format!("⟦{} {words}⟧", span.label),
            None => format!("⟨{words}⟩"),
        };
        let mut line = format!("{before}{words}{after}");
        if !finding.seen.is_empty() {
            let seen: Vec<_> = finding.seen.iter().map(|(label, count)| format!("{label} {count}")).collect();
            line += &format!("  {}", seen.join(", "));
        }
        if let Some(other) = &finding.other {
            line += &format!("  = {other}");
        }
        match &finding.fix {
            None => {}
            Some(Fix::Remove) => line += "  → no span",
            Some(Fix::Set { range, label } | Fix::Add { range, label }) => {
                line += &format!("  → {label} {}", text.slice(*range).unwrap_or_default());
            }
        }
        f.write_str(&line.replace(['\n', '\r'], "⏎"))
    }
}
