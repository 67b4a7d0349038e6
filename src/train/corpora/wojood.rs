//! Wojood: nested tags, the outermost first (Jarrar et al. 2022).

use std::io;
use std::path::Path;

use super::{Example, sentences, unglued};

/// What stands at the end of some lines of the corpus in place of a word.
const LINE_END: &str = "$#$";

/// The outermost layer of Wojood.
///
/// # Errors
/// If the file cannot be read.
pub fn wojood(path: &Path) -> io::Result<Vec<Example>> {
    let mut sentences = sentences(path, |cells| cells.first().map(|&cell| cell.to_owned()))?;
    for sentence in &mut sentences {
        sentence.retain(|(word, _)| word != LINE_END);
    }
    Ok(unglued(sentences))
}
