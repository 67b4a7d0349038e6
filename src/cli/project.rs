//! `misam project`

use std::io::{self, Write as _};
use std::path::PathBuf;

use super::table::count;
use super::{DONE, Failure, WRONG, complain};
use crate::formats::proved_record;
use crate::project::file::{self, ProjectRead, WholeProject};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A project file (.misam)
    file: PathBuf,
    /// Write its articles as records, one a line
    #[arg(long)]
    articles: bool,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let name = args.file.display().to_string();
    let bytes = std::fs::read(&args.file).map_err(|error| Failure::Input { file: name.clone(), error })?;
    let ProjectRead { project, faults } = match file::read(&bytes) {
        Ok(read) => read,
        Err(error) => {
            complain(&format_args!("{name}: {error}"));
            return Ok(WRONG);
        }
    };
    for fault in &faults {
        complain(&format_args!("{name}/{fault}"));
    }
    let mut stdout = io::stdout().lock();
    if args.articles {
        for document in project.documents.iter().filter(|document| document.present) {
            let record = proved_record(document)?;
            writeln!(stdout, "{record}")?;
        }
    } else {
        describe(&project, &mut stdout)?;
    }
    Ok(if faults.is_empty() { DONE } else { WRONG })
}

fn describe(project: &WholeProject, output: &mut dyn io::Write) -> io::Result<()> {
    let (present, removed): (Vec<_>, Vec<_>) =
        project.documents.iter().partition(|document| document.present);
    let spans: usize = present.iter().map(|document| document.spans.len()).sum();
    let about = &project.about;
    let said = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    writeln!(output, "name       {}", said(&about.name))?;
    writeln!(output, "annotator  {}", said(&about.annotator))?;
    writeln!(output, "schema     {}", project.schema.schema.id)?;
    writeln!(output, "articles   {}, {} removed", present.len(), removed.len())?;
    writeln!(output, "spans      {spans}")?;
    writeln!(output, "history    {}", count(project.journal.len(), "entry", "entries"))
}
