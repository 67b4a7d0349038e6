//! Errors by kind, counted without showing the text.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use misam::text::{fold_word, words};

use crate::corpus::{Failure, Found, Item, Mark, class_words};

/// How often each kind of error was made.
type Counts = BTreeMap<(Kind, String), usize>;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Both ends right, another label: the two labels.
    Label,
    /// Right label, the start within the right word, but before or behind the wrong letter.
    Proclitic,
    /// Right label, the start off by words of which one is a title, class word or compass word.
    ClassWord,
    /// Right label, the start off by other words.
    Start,
    /// Right label, the end off.
    End,
    /// Another label and other ends.
    LabelAndEnds,
    /// Nothing was found there.
    Missed,
    /// There is nothing there.
    Spurious,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Proclitic => "start, proclitic",
            Self::ClassWord => "start, title or class word",
            Self::Start => "start, other words",
            Self::End => "end",
            Self::LabelAndEnds => "label and ends",
            Self::Missed => "missed",
            Self::Spurious => "spurious",
        }
    }
}

/// Prints the kinds of errors of each extractor.
pub(crate) fn print(names: &[&str], items: &[Item], found: &[Vec<Vec<Found>>]) -> Result<(), Failure> {
    let class_words = class_words(&["title", "compass", "outside", "head"])?;
    let counts: Vec<Counts> = found
        .iter()
        .map(|found| {
            let mut counts = Counts::new();
            for (item, found) in items.iter().zip(found) {
                let found: Vec<&Mark> = found.iter().map(|found| &found.mark).collect();
                count(item, &found, &class_words, &mut counts);
            }
            counts
        })
        .collect();
    let gold: usize = items.iter().map(|item| item.gold.len()).sum();
    println!("errors by kind, of {gold} gold spans; a span with both ends off counts at both");
    print!("{:<28}{:<12}", "kind", "labels");
    names.iter().for_each(|name| print!("{name:>20}"));
    println!();
    let rows: BTreeSet<_> = counts.iter().flat_map(Counts::keys).collect();
    let at = |key: &(Kind, String)| -> Vec<usize> {
        counts.iter().map(|counts| counts.get(key).copied().unwrap_or(0)).collect()
    };
    let mut rows: Vec<_> = rows.into_iter().map(|key| (key, at(key))).collect();
    rows.sort_by(|(a, m), (b, n)| (a.0, n.last(), &a.1).cmp(&(b.0, m.last(), &b.1)));
    for group in rows.chunk_by(|(a, _), (b, _)| a.0 == b.0) {
        let Some(((kind, _), _)) = group.first() else { continue };
        let sum = |n: usize| group.iter().map(|(_, counts)| counts[n]).sum::<usize>();
        row(kind.name(), "all", &(0..names.len()).map(sum).collect::<Vec<_>>());
        for ((_, labels), counts) in group {
            row("", labels, counts);
        }
    }
    Ok(())
}

fn row(kind: &str, labels: &str, counts: &[usize]) {
    print!("{kind:<28}{labels:<12}");
    counts.iter().for_each(|count| print!("{count:>20}"));
    println!();
}

fn count(item: &Item, found: &[&Mark], class_words: &HashSet<String>, counts: &mut Counts) {
    let mut add = |kind, labels: String| *counts.entry((kind, labels)).or_default() += 1;
    for gold in &item.gold {
        let near: Vec<_> = found.iter().filter(|mark| mark.overlaps(gold)).collect();
        if near.iter().any(|mark| **mark == gold) {
            continue;
        }
        if let Some(mark) = near.iter().find(|mark| (mark.start, mark.end) == (gold.start, gold.end)) {
            add(Kind::Label, format!("{} → {}", gold.label, mark.label));
        } else if let Some(mark) = near.iter().find(|mark| mark.label == gold.label) {
            if mark.start != gold.start {
                let between = mark.start.min(gold.start)..mark.start.max(gold.start);
                let between = item.text.as_str().get(between).unwrap_or_default();
                let mut whole = words(between).filter_map(|word| between.get(word.range.to_std()));
                let kind = if !between.contains(char::is_whitespace) {
                    Kind::Proclitic
                } else if whole.any(|word| class_words.contains(&fold_word(word))) {
                    Kind::ClassWord
                } else {
                    Kind::Start
                };
                add(kind, gold.label.clone());
            }
            if mark.end != gold.end {
                add(Kind::End, gold.label.clone());
            }
        } else if near.is_empty() {
            add(Kind::Missed, gold.label.clone());
        } else {
            add(Kind::LabelAndEnds, gold.label.clone());
        }
    }
    for mark in found.iter().filter(|mark| !item.gold.iter().any(|gold| gold.overlaps(mark))) {
        add(Kind::Spurious, mark.label.clone());
    }
}
