//! Egyptian, Moroccan and Syrian sentences with the types of ACE (El Khbir et al. 2023).

use std::io;
use std::path::Path;

use super::Example;

/// The sentences of one dialect. Where spans overlap, the longest stays.
///
/// # Errors
/// If the file cannot be read or is no JSON.
pub fn dialects(path: &Path) -> io::Result<Vec<Example>> {
    let sentences: Vec<serde_json::Value> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    Ok(sentences.iter().map(sentence).collect())
}

fn sentence(sentence: &serde_json::Value) -> Example {
    let mut text = String::new();
    let mut words = Vec::new();
    for word in sentence["tokens"].as_array().into_iter().flatten().filter_map(|word| word.as_str()) {
        if !text.is_empty() {
            text.push(' ');
        }
        words.push((text.len(), text.len() + word.len()));
        text.push_str(word);
    }
    let span = |span: &serde_json::Value| {
        let word = |at: usize| words.get(usize::try_from(span[at].as_u64()?).ok()?);
        let label = span[2].as_str().or(span[2][0].as_str())?;
        Some((word(0)?.0, word(1)?.1, label.to_owned()))
    };
    let mut spans: Vec<_> = sentence["ner"].as_array().into_iter().flatten().filter_map(span).collect();
    spans.sort_by_key(|&(start, end, _)| (std::cmp::Reverse(end.saturating_sub(start)), start));
    let mut flat: Vec<(usize, usize, String)> = Vec::new();
    for span in spans {
        if flat.iter().all(|other| span.1 <= other.0 || other.1 <= span.0) {
            flat.push(span);
        }
    }
    flat.sort_by_key(|span| span.0);
    Example { text, spans: flat }
}
