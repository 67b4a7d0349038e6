//! ANERcorp and CLEANANERCorp: a word and its tag a line.

use std::io;
use std::path::Path;

use super::{Example, last_cell, sentences, unglued};

/// A corpus of two columns whose words are written as in print.
///
/// # Errors
/// If the file cannot be read.
pub fn conll(path: &Path) -> io::Result<Vec<Example>> {
    Ok(unglued(sentences(path, last_cell)?))
}
