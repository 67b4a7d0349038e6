//! Clusters, name lists and what taggers took words for, as the model holds them.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use crate::extract::tagger::facts::{Fact, Hints, WordFacts};

/// Counts of what taggers took a word for: occurrences, then for each label.
pub type Taken = BTreeMap<u32, Vec<u32>>;

/// The facts of words: clusters from the files of a folder (none without one), and what taggers took words for.
///
/// # Errors
/// If a file cannot be read.
pub fn facts(clusters: Option<&Path>, taken: &Taken) -> io::Result<WordFacts> {
    let mut facts: HashMap<u32, Fact> = HashMap::new();
    if let Some(folder) = clusters {
        let read = |n: u32| std::fs::read_to_string(folder.join(format!("free.c{n}.tsv")));
        let (coarse, middle, fine) = (read(64)?, read(256)?, read(1024)?);
        for ((coarse, middle), fine) in coarse.lines().zip(middle.lines()).zip(fine.lines()) {
            let cell = |line: &str, n: usize| {
                line.split('\t').nth(n).and_then(|c| c.parse::<u32>().ok()).unwrap_or(0)
            };
            let word = coarse.split('\t').next().unwrap_or_default();
            let frequency = (32 - cell(coarse, 2).leading_zeros()) as u8;
            let cluster = |line: &str| cell(line, 1) as u16 + 1;
            let fact = facts.entry(WordFacts::key_of(word)).or_default();
            if frequency > fact.frequency {
                *fact =
                    Fact { clusters: [cluster(coarse), cluster(middle), cluster(fine)], frequency, taken: 0 };
            }
        }
    }
    let mut sets: Vec<Vec<u16>> = vec![Vec::new()];
    let mut numbers: HashMap<Vec<u16>, u16> = HashMap::new();
    for (&key, counts) in taken {
        let codes = codes(counts);
        let number = *numbers.entry(codes.clone()).or_insert_with(|| {
            sets.push(codes);
            (sets.len() - 1) as u16
        });
        facts.entry(key).or_default().taken = number;
    }
    Ok(WordFacts::new(facts.into_iter().collect(), sets))
}

/// Which share of a word's places each label took, in steps, and how often the word was met, in steps.
fn codes(counts: &[u32]) -> Vec<u16> {
    let total = counts[0];
    let amount = match total {
        0..=4 => 1,
        5..=20 => 2,
        21..=100 => 3,
        _ => 4,
    };
    let mut outside = total;
    let mut codes = Vec::new();
    for (label, &count) in (0u16..).zip(&counts[1..]) {
        outside -= count;
        let step = match 100 * count / total {
            0..=4 => continue,
            5..=19 => 0,
            20..=49 => 1,
            50..=79 => 2,
            _ => 3,
        };
        codes.push(label << 8 | amount << 3 | step);
    }
    let step = match 100 * outside / total {
        0..=19 => 0,
        20..=49 => 1,
        50..=79 => 2,
        80..=95 => 3,
        _ => 4,
    };
    codes.push(200 << 8 | amount << 3 | step);
    codes
}

/// The name lists of a folder: one name a line, variants after semicolons. The file's place in the order is its bit.
///
/// # Errors
/// If a file cannot be read.
pub fn hints(folder: &Path) -> io::Result<(Hints, Vec<String>)> {
    let mut files: Vec<_> = match std::fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|e| e.ok().map(|e| e.path())).collect(),
        Err(_) => Vec::new(),
    };
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut texts = Vec::new();
    for path in &files {
        texts.push(std::fs::read_to_string(path)?);
    }
    let names = texts.iter().enumerate().flat_map(|(number, text)| {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| line.split(';')).map(move |name| (name.trim(), 1u32 << number))
    });
    let hints = Hints::new(names.filter(|(name, _)| !name.is_empty()));
    Ok((hints, files.iter().filter_map(|f| f.file_stem()?.to_str().map(str::to_owned)).collect()))
}
