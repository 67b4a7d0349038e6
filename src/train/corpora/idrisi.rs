//! IDRISI: places in posts about crises, with fine types (Suwaileh et al. 2023).

use std::io;
use std::path::Path;

use super::{Example, last_cell, sentences, unglued};

/// IDRISI with all its types as `LOC`.
///
/// # Errors
/// If the file cannot be read.
pub fn idrisi(path: &Path) -> io::Result<Vec<Example>> {
    let part = |cells: &[&str]| {
        let tag = last_cell(cells)?;
        Some(match tag.chars().next() {
            Some('B' | 'U') => "B-LOC".to_owned(),
            Some('I' | 'L') => "I-LOC".to_owned(),
            _ => "O".to_owned(),
        })
    };
    Ok(unglued(sentences(path, part)?))
}
