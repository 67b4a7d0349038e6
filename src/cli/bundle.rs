//! `misam bundle`

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use super::card::About;
use super::input::documents_of_all;
use super::output::NewFolder;
use super::table::count;
use super::{DONE, Failure, WRONG, complain};
use crate::formats::archive::pack;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files in any format that is read
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// The folder of the dataset, or one file whose name ends in .zip. Nothing is overwritten
    #[arg(long, value_name = "DIR or FILE.zip")]
    out: PathBuf,
    #[command(flatten)]
    about: About,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let (documents, refused) = documents_of_all(&args.path)?;
    let files = args.about.files(&documents)?;
    let number = files.len();
    if args.out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
        let path = args.out.display().to_string();
        let files = files.into_iter().map(|file| (file.path, file.bytes)).collect();
        let packed = pack(&files).map_err(|error| Failure::Archive { path: path.clone(), error })?;
        let written = File::create_new(&args.out).and_then(|mut file| file.write_all(&packed));
        written.map_err(|error| Failure::Folder { path, error })?;
    } else {
        let mut folder = NewFolder::new(&args.out)?;
        for file in &files {
            folder.write(&file.path, &file.bytes)?;
        }
    }
    complain(&format_args!("{} in {}", count(number, "file", "files"), args.out.display()));
    Ok(if refused { WRONG } else { DONE })
}
