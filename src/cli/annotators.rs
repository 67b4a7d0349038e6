//! Whose work documents are.

use std::path::PathBuf;

use super::input::{documents, each_document, stem};
use super::{Failure, complain};
use crate::quality::agreement::{Annotations, LeftOut};

/// Whose work a document is.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum By {
    /// That of its file.
    File,
    /// That of the annotator it names.
    Annotator,
}

/// Files, and whose work they are.
#[derive(Debug, clap::Args)]
pub(super) struct Crew {
    /// Files in any format that is read
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// Whose work a document is: that of its file, or of the annotator it names. Several files go by file, one by
    /// annotator
    #[arg(long, value_name = "WHAT")]
    by: Option<By>,
}

impl Crew {
    /// The annotators of all files, and whether something in one was refused.
    pub(super) fn annotators(&self) -> Result<(Vec<Annotations>, bool), Failure> {
        let Self { path: paths, by } = self;
        let by = by.unwrap_or(if paths.len() > 1 { By::File } else { By::Annotator });
        if matches!(by, By::File) {
            return by_file(paths);
        }
        let (mut all, mut refused) = (Vec::new(), false);
        for path in paths {
            refused |= each_document(path, |document| all.push(document))?;
        }
        Ok((Annotations::by_annotator(all, "no name"), refused))
    }
}

/// Each file as the work of one annotator, named after it; files of one name are told apart by their paths.
pub(super) fn by_file(paths: &[PathBuf]) -> Result<(Vec<Annotations>, bool), Failure> {
    let (mut annotators, mut refused) = (Vec::new(), false);
    for path in paths {
        let (documents, some_refused) = documents(path)?;
        refused |= some_refused;
        let twice = paths.iter().filter(|other| stem(other) == stem(path)).count() > 1;
        let annotator = if twice { path.display().to_string() } else { stem(path) };
        annotators.push(Annotations { annotator, documents });
    }
    Ok((annotators, refused))
}

/// Says which documents have nothing they could be compared with.
pub(super) fn say_what_is_left_out(left_out: &LeftOut) {
    for (names, what) in [
        (&left_out.alone, "articles were labelled by one annotator only; they do not count"),
        (
            &left_out.repeated,
            "documents have a text that their annotator has labelled before; they do not count",
        ),
    ] {
        if let Some(first) = names.first() {
            complain(&format_args!("{} {what} (first: {first})", names.len()));
        }
    }
}
