//! `misam convert`

use std::path::{Path, PathBuf};

use serde_json::json;

use super::input::Input;
use super::output::{Folder, StandardOutput};
use super::{DONE, Failure, LOST, complain, schema};
use crate::formats::{
    AlignmentChoice, CliticPolicy, Columns, Encoding, ExportOptions, Exporter, Format, Header, LabelMapping,
    MappedLabels, Output, Problem, Reader, Scheme, WriteOptions,
};
use crate::schema::Schema;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format of the input: misam, prodigy, text …
    #[arg(long, value_name = "FORMAT")]
    from: Format,
    /// The format of the result
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// Files; standard input if there are none
    path: Vec<PathBuf>,
    /// The encoding of the input, if it is not the one it seems to be in: utf-8, windows-1256, utf-16le, utf-16be,
    /// iso-8859-6, macarabic
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// A folder for the result, needed where a format is several files. Nothing in it is overwritten
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Exit with 0 even if something was lost
    #[arg(long)]
    lossy: bool,
    /// Put suggestions that nobody confirmed into the result, too. Misam's own records always hold them
    #[arg(long)]
    with_suggestions: bool,
    /// A schema; labels that it does not have are reported
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// How tags tell where a span begins and ends: iob1, iob2, bioes, bilou
    #[arg(long, default_value_t)]
    scheme: Scheme,
    /// Columns of a row: 2 (token and tag) or 4 (as in CoNLL-2003)
    #[arg(long, default_value_t)]
    columns: Columns,
    /// Whether و ف ب ل ك before a word are tokens of their own: keep (they are not), split
    #[arg(long, default_value_t)]
    clitics: CliticPolicy,
    /// Whether comments say what a column file is and hold the texts: comments, none
    #[arg(long, default_value_t)]
    header: Header,
    /// What becomes of spans that the format cannot hold: widen, split, drop, outermost. Of one kind of them with its
    /// name before it (inside-word, nested, overlapping, discontinuous), as in nested=drop
    #[arg(long, value_name = "[KIND=]CHOICE", value_delimiter = ',')]
    align: Vec<AlignmentChoice>,
    /// A JSON object of labels and what becomes of them: another label, or null to leave its spans out
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Tell of each span that did not fit, in its context, and what became of it
    #[arg(long)]
    explain: bool,
    /// Say everything about the files as JSON on standard error, one object a line; every span that did not fit, too
    #[arg(long)]
    json: bool,
}

impl Args {
    fn how(&self, schema: Option<&Schema>) -> Result<WriteOptions, Failure> {
        let &Self { scheme, columns, clitics, header, .. } = self;
        let mut how = WriteOptions { scheme, columns, clitics, header, ..WriteOptions::default() };
        for choice in &self.align {
            choice.apply(&mut how.alignment)?;
        }
        if let Some(schema) = schema {
            how.labels = schema.labels.iter().map(|label| label.code.clone()).collect();
        }
        Ok(how)
    }
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let reader = args.from.reader()?;
    let schema = schema(args.schema.as_ref())?;
    let with_suggestions = args.with_suggestions || args.to == Format::Misam;
    let what = ExportOptions { with_suggestions, ..ExportOptions::default() };
    let exporter = Exporter::new(args.to, what, args.how(schema.as_ref())?)?;
    let lost = match &args.out {
        Some(path) => {
            let mut folder = Folder::new(path, args.to)?;
            let lost = convert(args, reader, exporter, schema.as_ref(), &mut folder)?;
            folder.close()?;
            lost
        }
        None => {
            let mut stdout = StandardOutput::new();
            let lost = convert(args, reader, exporter, schema.as_ref(), &mut stdout)?;
            stdout.stream().flush()?;
            lost
        }
    };
    Ok(if lost && !args.lossy { LOST } else { DONE })
}

/// True if something was lost.
fn convert(
    args: &Args,
    reader: Reader,
    mut exporter: Exporter,
    schema: Option<&Schema>,
    output: &mut dyn Output,
) -> Result<bool, Failure> {
    let mapping = args.map.as_deref().map(mapping).transpose()?.unwrap_or_default();
    let mut mapped = MappedLabels::default();
    let mut refused = false;
    let stdin = [PathBuf::from("-")];
    let paths = if args.path.is_empty() { &stdin[..] } else { &args.path };
    for path in paths {
        Input::open(path)?.decoded(args.encoding)?.each(reader, schema, |reading| {
            problems(args, &reading.problems);
            refused |= reading.is_refused();
            match reading.document {
                Some(mut document) => {
                    mapping.apply(&mut document, &mut mapped);
                    Ok(exporter.add(&document, output)?)
                }
                None => Ok(()),
            }
        })?;
    }
    exporter.finish(output)?;
    if args.json {
        report_for_programs(args, &exporter, &mapped);
    } else {
        report(args, &exporter, &mapped);
    }
    Ok(refused || mapped.is_lossy() || !exporter.losses.is_empty())
}

/// The mapping of labels in a file.
fn mapping(path: &Path) -> Result<LabelMapping, Failure> {
    let file = path.display().to_string();
    let json = std::fs::read_to_string(path).map_err(|error| Failure::Input { file: file.clone(), error })?;
    serde_json::from_str(&json).map_err(|error| Failure::Input {
        file,
        error: std::io::Error::new(std::io::ErrorKind::InvalidData, error),
    })
}

/// Says what was wrong with what was read.
fn problems(args: &Args, problems: &[Problem]) {
    for problem in problems {
        if args.json { complain(&json!({ "problem": problem.with_message() })) } else { complain(problem) }
    }
}

/// Says what became of labels, what did not fit and what was lost.
fn report(args: &Args, exporter: &Exporter, mapped: &MappedLabels) {
    let Exporter { alignment, losses, .. } = exporter;
    if *mapped != MappedLabels::default() {
        complain(&format_args!("Labels:\n{}", mapped.to_string().trim_end()));
    }
    if args.explain {
        alignment.misfits.iter().for_each(|misfit| complain(misfit));
    }
    if !alignment.misfits.is_empty() {
        let counts = alignment.counts().into_iter();
        let counts: Vec<_> =
            counts.map(|((kind, remedy), count)| format!("{count} {kind}={remedy}")).collect();
        let (before, after) = (alignment.before, alignment.after);
        complain(&format_args!(
            "Aligned for {}: {}; {before} spans before, {after} after",
            args.to,
            counts.join(", ")
        ));
    }
    if !losses.is_empty() {
        complain(&format_args!("Lost in {}:\n{}", args.to, losses.to_string().trim_end()));
    }
}

/// The same as JSON.
fn report_for_programs(args: &Args, exporter: &Exporter, mapped: &MappedLabels) {
    let Exporter { alignment, losses, counts, .. } = exporter;
    alignment.misfits.iter().for_each(|misfit| complain(&json!({ "misfit": misfit })));
    let lost: Vec<_> = losses
        .iter()
        .map(|(loss, count, first)| {
            json!({"loss": loss, "count": count, "first": first, "message": loss.to_string()})
        })
        .collect();
    let renamed: Vec<_> = mapped
        .renamed
        .iter()
        .map(|((from, to), count)| json!({"from": from, "to": to, "count": count}))
        .collect();
    complain(&json!({"converted": {
        "to": args.to.as_str(),
        "documents": counts.documents,
        "spans": {"before": alignment.before, "after": alignment.after, "by_label": counts.included},
        "left_out": counts.left_out,
        "lost": lost,
        "labels": {"renamed": renamed, "left_out": mapped.left_out, "relations": mapped.relations},
    }}));
}
