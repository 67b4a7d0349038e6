//! Clusters, name lists and what taggers took words for, as the model holds them.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;

use crate::extract::tagger::facts::{Fact, Hints, WordFacts};

/// What a tagger took the words and phrases of unlabelled text for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// For each word, for itself, the word behind and the word before: how often there was one, then for each label.
    pub words: BTreeMap<u32, [Vec<u32>; 3]>,
    /// For each phrase by the keys of its words: how often each label took it.
    pub phrases: BTreeMap<Vec<u64>, Vec<u32>>,
}

impl Taken {
    /// Adds the counts of other text.
    pub fn add(&mut self, other: Self) {
        for (word, counts) in other.words {
            let own = self.words.entry(word).or_default();
            own.iter_mut().zip(counts).for_each(|(own, counts)| add(own, counts));
        }
        for (phrase, counts) in other.phrases {
            add(self.phrases.entry(phrase).or_default(), counts);
        }
    }

    /// Forgets words and phrases that are too rare to say anything.
    pub fn forget_rare(&mut self) {
        self.words.retain(|_, [own, ..]| own.first().is_some_and(|&count| count >= OFTEN));
        self.phrases.retain(|_, counts| counts.iter().sum::<u32>() >= OFTEN);
    }

    /// What stands in it, with or without neighbours and phrases.
    #[must_use]
    pub fn only(&self, neighbours: bool, phrases: bool) -> Self {
        let mut part = self.clone();
        if !neighbours {
            part.words.values_mut().for_each(|[_, behind, before]| {
                behind.fill(0);
                before.fill(0);
            });
        }
        if !phrases {
            part.phrases.clear();
        }
        part
    }
}

fn add(own: &mut Vec<u32>, counts: Vec<u32>) {
    own.resize(own.len().max(counts.len()), 0);
    own.iter_mut().zip(counts).for_each(|(own, count)| *own += count);
}

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
                *fact = Fact {
                    clusters: [cluster(coarse), cluster(middle), cluster(fine)],
                    frequency,
                    taken: [0; 3],
                };
            }
        }
    }
    let mut sets: Vec<Vec<u16>> = vec![Vec::new()];
    let mut numbers: HashMap<Vec<u16>, u16> = HashMap::from([(Vec::new(), 0)]);
    for (&key, counts) in &taken.words {
        let numbers = counts.each_ref().map(|counts| {
            let codes = codes(counts);
            *numbers.entry(codes.clone()).or_insert_with(|| {
                sets.push(codes);
                (sets.len() - 1) as u16
            })
        });
        facts.entry(key).or_default().taken = numbers;
    }
    Ok(WordFacts::new(facts.into_iter().collect(), sets))
}

/// Which share of a word's places each label took, in steps, and how often the word was met, in steps.
fn codes(counts: &[u32]) -> Vec<u16> {
    let total = counts[0];
    if total == 0 {
        return Vec::new();
    }
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

/// The name lists of a folder (none without one): one name a line, variants after semicolons. The file's place in the
/// order is its bit. With them, the phrases that taggers took for one label nearly always.
///
/// # Errors
/// If a file cannot be read.
pub fn hints(folder: Option<&Path>, taken: &Taken) -> io::Result<Hints> {
    let mut files: Vec<_> = match folder.map(std::fs::read_dir) {
        Some(Ok(entries)) => entries.filter_map(|e| e.ok().map(|e| e.path())).collect(),
        _ => Vec::new(),
    };
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let mut texts = Vec::new();
    for path in &files {
        texts.push(std::fs::read_to_string(path)?);
    }
    if files.len() > TAKEN_LISTS {
        return Err(io::Error::other("there are more files of names than lists"));
    }
    let names = texts.iter().enumerate().flat_map(|(number, text)| {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(|line| line.split(';')).map(move |name| (name.trim(), 1u32 << number))
    });
    let phrases = taken.phrases.iter().filter_map(|(words, counts)| Some((&**words, lists(counts)?)));
    Ok(Hints::new(names.filter(|(name, _)| !name.is_empty()), phrases))
}

/// A phrase is kept if it was taken for something so often.
const OFTEN: u32 = 3;

/// From so many times on a phrase is frequent.
const FREQUENT: u32 = 10;

/// The lists before these are files of names.
const TAKEN_LISTS: usize = 20;

/// The list of a phrase that one label took nearly always: one for rare and one for frequent phrases of each label.
fn lists(counts: &[u32]) -> Option<u32> {
    let total: u32 = counts.iter().sum();
    let (label, &most) = counts.iter().enumerate().max_by_key(|&(_, count)| count)?;
    let list = TAKEN_LISTS + 2 * label + usize::from(total >= FREQUENT);
    (total >= OFTEN && 10 * most >= 7 * total && list < 31).then(|| 1 << list)
}
