//! `misam bundle`

use std::path::PathBuf;

use super::card::About;
use super::input::documents_of_all;
use super::output::NewFolder;
use super::table::count;
use super::{DONE, Failure, WRONG, complain};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files in any format that is read
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// The folder of the dataset. Nothing in it is overwritten
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    about: About,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let (documents, refused) = documents_of_all(&args.path)?;
    let files = args.about.files(&documents)?;
    let mut folder = NewFolder::new(&args.out)?;
    for file in &files {
        folder.write(&file.path, &file.bytes)?;
    }
    complain(&format_args!("{} in {}", count(files.len(), "file", "files"), args.out.display()));
    Ok(if refused { WRONG } else { DONE })
}
