//! Labelled corpora, read as texts with spans.

use std::path::Path;

/// A labelled stretch of text: a line, or several.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The text.
    pub text: String,
    /// First byte, byte after the last, label.
    pub spans: Vec<(usize, usize, String)>,
}

fn columns(path: &Path) -> std::io::Result<Vec<Vec<(String, String)>>> {
    let text = std::fs::read_to_string(path)?;
    let mut sentences = vec![Vec::new()];
    for line in text.lines() {
        let line = line.trim_matches(['\u{feff}', '\u{200e}', '\u{200f}', '\r']);
        let mut cells = line.split_whitespace();
        match (cells.next(), cells.next_back()) {
            (Some(word), Some(tag)) => {
                let word = word.trim_matches(['\u{feff}', '\u{200e}', '\u{200f}']).to_owned();
                if let Some(sentence) = sentences.last_mut() {
                    sentence.push((word, tag.to_owned()));
                }
            }
            _ if sentences.last().is_some_and(|s| !s.is_empty()) => sentences.push(Vec::new()),
            _ => {}
        }
    }
    sentences.retain(|s| !s.is_empty());
    Ok(sentences)
}

/// A sentence of words with tags; a word that is glued has no space before it.
fn build(tokens: &[(String, String, bool)]) -> Example {
    let mut example = Example::default();
    let mut open: Option<(usize, usize, String)> = None;
    for (word, tag, glued) in tokens {
        if !example.text.is_empty() && !glued {
            example.text.push(' ');
        }
        let start = example.text.len();
        example.text.push_str(word);
        let end = example.text.len();
        let (part, label) = tag.split_once('-').unwrap_or((tag, ""));
        if part == "I" && open.as_ref().is_some_and(|o| o.2 == label) {
            if let Some(open) = &mut open {
                open.1 = end;
            }
            continue;
        }
        example.spans.extend(open.take());
        if part == "B" || part == "I" {
            open = Some((start, end, label.to_owned()));
        }
    }
    example.spans.extend(open);
    example
}

/// A corpus of two columns whose words are written as in print.
///
/// # Errors
/// If the file cannot be read.
pub fn conll(path: &Path) -> std::io::Result<Vec<Example>> {
    let sentences = columns(path)?;
    Ok(sentences
        .into_iter()
        .map(|s| build(&s.into_iter().map(|(w, t)| (w, t, false)).collect::<Vec<_>>()))
        .collect())
}

/// WikiFANE and NewsFANE: proclitics and pronouns are words of their own there and are joined again.
///
/// # Errors
/// If the file cannot be read.
pub fn fane(path: &Path) -> std::io::Result<Vec<Example>> {
    let sentences = columns(path)?;
    Ok(sentences
        .into_iter()
        .map(|sentence| {
            let mut tokens: Vec<(String, String, bool)> = Vec::new();
            let mut glue = false;
            for (word, tag) in sentence {
                let arabic = word.chars().all(|c| ('\u{0621}'..='\u{064A}').contains(&c));
                let after_word = tokens
                    .last()
                    .is_some_and(|t| t.0.chars().all(|c| ('\u{0621}'..='\u{064A}').contains(&c)));
                let enclitic = matches!(word.as_str(), "ها" | "ه" | "هم" | "هن" | "هما" | "نا" | "كم")
                    && after_word
                    && tag == "O";
                let glued = glue && arabic || enclitic;
                let proclitic = matches!(word.as_str(), "و" | "ف" | "ب" | "ل" | "ك" | "س") && tag == "O";
                let mut word = word;
                // ل + ال is written لل.
                if glued && tokens.last().is_some_and(|t| t.0 == "ل") && word.starts_with("ال") {
                    word = word.trim_start_matches('ا').to_owned();
                }
                if let Some(last) = tokens.last_mut().filter(|_| enclitic) {
                    // ة before a pronoun is written ت.
                    if last.0.ends_with('ة') {
                        last.0.pop();
                        last.0.push('ت');
                    }
                    last.0.push_str(&word);
                    glue = false;
                    continue;
                }
                tokens.push((word, tag, glued));
                glue = proclitic && arabic;
            }
            build(&tokens)
        })
        .collect())
}

/// The coarse kind of a fine class of WikiFANE and NewsFANE.
#[must_use]
pub fn fane_label(fine: &str) -> &'static str {
    match fine {
        "Politician" | "Religious_PER" | "Artist" | "Other_PER" | "Scientist" | "Athlete"
        | "Businessperson" | "Engineer" | "Lawyer" | "Police" => "PER",
        "Group" => "GROUP",
        "Government" => "GOV",
        "Non-Governmental" | "Religious_ORG" => "NGO",
        "Commercial" => "COM",
        "Media" => "MEDIA",
        "Sports" => "SPORT",
        "Educational" | "Medical-Science" | "Entertainment" => "INST",
        "Nation" => "NATION",
        "Population-Center" | "State-or-Province" | "County-or-District" => "CITY",
        "Continent" | "Water-Body" | "Land-Region-Natural" | "GPE-Cluster" | "Celestial" => "GEO",
        "Building-Grounds" | "Subarea-Facility" | "Path" | "Airport" => "FAC",
        "Projectile" | "Shooting" | "Blunt" | "Exploding" | "Nuclear" | "Chemical" | "Sharp" => "WPN",
        "Land" | "Air" | "Water" => "VEH",
        _ => "PROD",
    }
}

/// Our own corpus: the items of a part (train, dev, test), by the rule of `corpus/SPLIT.md`.
///
/// # Errors
/// If a file cannot be read or is no JSON.
pub fn own(folder: &Path, wanted: fn(u32) -> bool) -> std::io::Result<Vec<Example>> {
    use sha2::{Digest, Sha256};
    let mut files: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.sort();
    let mut out = Vec::new();
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "jsonl")) {
        for line in std::fs::read_to_string(path)?.lines() {
            let value: serde_json::Value = serde_json::from_str(line)?;
            let id = value["id"].as_str().unwrap_or_default();
            let digest = Sha256::digest(id.as_bytes());
            let head = digest.iter().take(4).fold(0u32, |number, &byte| number << 8 | u32::from(byte));
            if !wanted(head % 10) {
                continue;
            }
            let text = value["text"].as_str().unwrap_or_default().to_owned();
            let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = |v: &serde_json::Value| offsets[v.as_u64().unwrap_or(0) as usize];
            let spans = value["entities"].as_array().into_iter().flatten();
            let spans = spans
                .map(|e| (at(&e["start"]), at(&e["end"]), e["label"].as_str().unwrap_or_default().to_owned()))
                .collect();
            out.push(Example { text, spans });
        }
    }
    Ok(out)
}
