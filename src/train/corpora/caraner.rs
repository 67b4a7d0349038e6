//! CAraNER: Saudi news of the pandemic, labelled by two annotators and revised (Al-Thubaity et al. 2022).

use std::io;
use std::path::Path;

use super::{Example, unglued};

/// CAraNER with its revised labels.
///
/// # Errors
/// If the file cannot be read.
pub fn caraner(path: &Path) -> io::Result<Vec<Example>> {
    let text = std::fs::read_to_string(path)?;
    let mut sentences: Vec<Vec<(String, String)>> = Vec::new();
    let mut current = String::new();
    for line in text.lines().skip(1) {
        let cells = cells(line);
        let [sentence, _, word, .., label] = cells.as_slice() else { continue };
        if *sentence != current || sentences.is_empty() {
            sentences.push(Vec::new());
            current.clone_from(sentence);
        }
        if let Some(words) = sentences.last_mut().filter(|_| !word.trim().is_empty()) {
            words.push((word.trim().to_owned(), label.replacen('_', "-", 1)));
        }
    }
    Ok(unglued(sentences))
}

/// The cells of a line of comma-separated values; a quote within quotes is doubled.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.trim_end_matches('\r').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cells.last_mut().into_iter().for_each(|cell| cell.push('"'));
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().into_iter().for_each(|cell| cell.push(other)),
        }
    }
    cells
}
