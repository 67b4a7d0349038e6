//! `misam validate`

use std::io::{self, Write as _};
use std::path::PathBuf;

use serde_json::json;

use super::input::Input;
use super::{DONE, Failure, WRONG, complain, schema};
use crate::formats::{Reader, jsonl};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files of Misam records
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// A schema; labels that it does not have are breaches. Without one, records of conflict-news/1 are checked
    /// against that
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// Each breach as JSON, one object a line
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let schema = schema(args.schema.as_ref())?;
    let mut stdout = io::stdout().lock();
    let (mut records, mut breaches) = (0_usize, 0_usize);
    for path in &args.path {
        Input::open(path)?.each(Reader::Lines(jsonl::validate_record), schema.as_ref(), |reading| {
            records += usize::from(reading.document.is_some());
            for problem in &reading.problems {
                breaches += 1;
                if args.json {
                    writeln!(stdout, "{}", json!(problem.with_message()))?;
                } else {
                    writeln!(stdout, "{problem}")?;
                }
            }
            Ok(())
        })?;
    }
    complain(&format_args!("{records} records read, {breaches} breaches"));
    Ok(if breaches == 0 { DONE } else { WRONG })
}
