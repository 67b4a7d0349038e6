//! Names of files for documents, each its own.

use std::collections::HashSet;

use super::format::file_name;
use super::{Loss, Losses};
use crate::annotation::{Document, DocumentId};
use crate::text::free_name;

/// Gives out file names.
#[derive(Debug, Default)]
pub(super) struct FileNames {
    /// Names given out, as systems compare them that take `A` and `a` for one.
    taken: HashSet<String>,
}

impl FileNames {
    /// A name without extension for the files of a document. If it is not the document's own, that is a loss.
    pub(super) fn stem(&mut self, document: &Document, losses: &mut Losses) -> String {
        let own = stem(&document.id);
        let name = free_name(&own, "-", |name| self.taken.contains(&name.to_lowercase()));
        self.taken.insert(name.to_lowercase());
        if name != own {
            losses.say(&document.id, Loss::Field { field: "id" });
        }
        name
    }
}

/// The name without extension that a document has as a file.
pub(super) fn stem(id: &DocumentId) -> String {
    let name = file_name(id, "x");
    match name.strip_suffix(".x").unwrap_or(&name) {
        // To the command line this is no name, but standard input.
        "-" => "_".to_owned(),
        name => name.to_owned(),
    }
}

/// Gives a document the name it comes back with from a file named after it; another than it has is a loss.
pub(super) fn fit_name(document: &mut Document, losses: &mut Losses) {
    let name = stem(&document.id);
    if name != document.id.as_str() {
        losses.say(&document.id, Loss::Field { field: "id" });
        document.id = DocumentId::new(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_has_files_of_its_own() {
        let (mut names, mut losses) = (FileNames::default(), Losses::default());
        let mut stem = |id: &str| names.stem(&Document::new(DocumentId::new(id), ""), &mut losses);
        assert_eq!(["a", "A", "a-2", "../b", "-"].map(&mut stem), ["a", "A-2", "a-2-2", "_b", "_"]);
        assert_eq!(losses.iter().map(|(_, count, _)| count).sum::<usize>(), 2);
    }
}
