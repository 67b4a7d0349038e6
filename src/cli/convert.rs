//! `misam convert`

use std::path::PathBuf;

use super::input::Input;
use super::output::{Folder, StandardOutput};
use super::{DONE, Failure, LOST, complain, complain_all, schema};
use crate::formats::{Counts, DocumentWriter, ExportOptions, Format, Losses, Output, Reader, select};
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
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let (reader, writer) = (args.from.reader()?, args.to.writer()?);
    let schema = schema(args.schema.as_ref())?;
    let lost = match &args.out {
        Some(path) => {
            let mut folder = Folder::new(path, args.to)?;
            let lost = convert(args, reader, writer, schema.as_ref(), &mut folder)?;
            folder.close()?;
            lost
        }
        None => {
            let mut stdout = StandardOutput::new();
            let lost = convert(args, reader, writer, schema.as_ref(), &mut stdout)?;
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
    mut writer: Box<dyn DocumentWriter>,
    schema: Option<&Schema>,
    output: &mut dyn Output,
) -> Result<bool, Failure> {
    let with_suggestions = args.with_suggestions || args.to == Format::Misam;
    let options = ExportOptions { with_suggestions, ..ExportOptions::default() };
    let (mut counts, mut losses) = (Counts::default(), Losses::default());
    let mut refused = false;
    let stdin = [PathBuf::from("-")];
    let paths = if args.path.is_empty() { &stdin[..] } else { &args.path };
    for path in paths {
        Input::open(path)?.each(reader, schema, |reading| {
            complain_all(&reading.problems);
            refused |= reading.is_refused();
            let Some(document) = reading.document else { return Ok(()) };
            let selected = select(&document, options, &mut counts, &mut losses);
            Ok(writer.write(&selected, output, &mut losses)?)
        })?;
    }
    writer.finish(output)?;
    if !losses.is_empty() {
        complain(&format_args!("Lost in {}:\n{}", args.to, losses.to_string().trim_end()));
    }
    Ok(refused || !losses.is_empty())
}
