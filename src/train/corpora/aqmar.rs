//! AQMAR: 28 articles of the Arabic Wikipedia, person, place, organisation and a broad rest (Mohit et al. 2012).

use std::io;
use std::path::Path;

use super::{Example, conll};

/// AQMAR in two columns, as cleaned and split by others.
///
/// # Errors
/// If the file cannot be read.
pub fn aqmar(path: &Path) -> io::Result<Vec<Example>> {
    conll(path)
}
