//! Other people's corpora, scored with their own labels as the guideline maps ours to them (section 8). Nothing here is
//! learnt from.
//!
//! Those corpora label whole words, so our spans are widened to the spaces around them, and to the class word before a
//! place where the corpus has it inside. What a corpus labels and we have no label for does not count, nor what we label
//! and it does not.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::Path;

use misam::text::fold_word;
use misam::train::corpora::{self, Example};

use crate::Named;
use crate::corpus::{Failure, Item, Mark, class_words, compare, find};
use crate::table;

/// A label to be scored: its name, what the corpus calls it, what we call it.
type Kind = (&'static str, &'static [&'static str], &'static [&'static str]);

struct Corpus {
    name: &'static str,
    /// Files below the folder of the data; those that are folders stand for the files `dev.txt` below them.
    files: &'static [&'static str],
    read: fn(&Path) -> io::Result<Vec<Example>>,
    kinds: &'static [Kind],
    /// True if words such as town and province are part of the place behind them.
    class_words_inside: bool,
}

const NEWSWIRE: &[Kind] = &[
    ("PERS", &["PERS", "PER"], &["PER"]),
    ("LOC", &["LOC"], &["LOC", "FAC"]),
    ("ORG", &["ORG"], &["ORG", "GRP"]),
];

const CORPORA: &[Corpus] = &[
    Corpus {
        name: "ANERcorp, test part of the CAMeL Lab",
        files: &["ner/anercorp/ANERCorp_CamelLab_test.txt"],
        read: corpora::conll,
        kinds: NEWSWIRE,
        class_words_inside: false,
    },
    Corpus {
        name: "CLEANANERCorp, test part",
        files: &["ner/cleananercorp/cleananercorp_TEST.txt"],
        read: corpora::conll,
        kinds: NEWSWIRE,
        class_words_inside: false,
    },
    Corpus {
        name: "AQMAR (Wikipedia), testb",
        files: &["ner/ntunlp_ar/ar.testb.iob2"],
        read: corpora::aqmar,
        kinds: NEWSWIRE,
        class_words_inside: false,
    },
    Corpus {
        name: "Wojood, sample, test part, outermost layer",
        files: &["ner/wojood_sample/test.txt"],
        read: corpora::wojood,
        kinds: &[
            ("PERS", &["PERS"], &["PER"]),
            ("ORG", &["ORG"], &["ORG", "GRP"]),
            ("GPE", &["GPE", "LOC"], &["LOC"]),
            ("FAC", &["FAC"], &["FAC"]),
            ("EVENT", &["EVENT"], &["EVT"]),
            ("LAW", &["LAW"], &["AGR"]),
            ("DATE", &["DATE", "TIME"], &["DAT"]),
            ("NORP", &["NORP"], &["NAT"]),
        ],
        class_words_inside: true,
    },
    Corpus {
        name: "IDRISI (crisis posts), dev parts",
        files: &[
            "ner/idrisi/LMR/data/AR/gold-random-bilou/beirut_explosion_2020/dev.txt",
            "ner/idrisi/LMR/data/AR/gold-random-bilou/cairo_bombing_2019/dev.txt",
            "ner/idrisi/LMR/data/AR/gold-random-bilou/covid_2019/dev.txt",
            "ner/idrisi/LMR/data/AR/gold-random-bilou/dragon_storms_2020/dev.txt",
            "ner/idrisi/LMR/data/AR/gold-random-bilou/hafr_albatin_floods_2019/dev.txt",
            "ner/idrisi/LMR/data/AR/gold-random-bilou/jordan_floods_2018/dev.txt",
            "ner/idrisi/LMR/data/AR/gold-random-bilou/kuwait_floods_2018/dev.txt",
        ],
        read: corpora::idrisi,
        kinds: &[("LOC", &["LOC"], &["LOC", "FAC"])],
        class_words_inside: false,
    },
    Corpus {
        name: "CAraNER (Saudi news of the pandemic)",
        files: &["ner/caraner/CAraNER.csv"],
        read: corpora::caraner,
        kinds: &[
            ("PER", &["PER"], &["PER"]),
            ("LOC", &["LOC"], &["LOC", "FAC"]),
            ("ORG", &["ORG"], &["ORG", "GRP"]),
        ],
        class_words_inside: false,
    },
    Corpus {
        name: "Egyptian, Moroccan, Syrian; ACE's persons and weapons are also common nouns",
        files: &[
            "ner/xdialect/data/egyptian.json",
            "ner/xdialect/data/moroccan.json",
            "ner/xdialect/data/syrian.json",
        ],
        read: corpora::dialects,
        kinds: &[
            ("PER", &["PER"], &["PER"]),
            ("ORG", &["ORG"], &["ORG", "GRP"]),
            ("GPE", &["GPE", "LOC"], &["LOC"]),
            ("FAC", &["FAC"], &["FAC"]),
            ("WEA", &["WEA", "VEH"], &["WPN"]),
        ],
        class_words_inside: false,
    },
];

/// Prints the scores on each corpus of a folder.
pub(crate) fn print(folder: &Path, extractors: &[Named]) -> Result<(), Failure> {
    let class_words = class_words(&["outside"])?;
    for corpus in CORPORA {
        let mut items = Vec::new();
        let mut missing = false;
        for file in corpus.files {
            let path = folder.join(file);
            match (corpus.read)(&path) {
                Ok(examples) => {
                    let numbered = (0..).zip(&examples);
                    items.extend(numbered.map(|(n, example)| Item::new(format!("{file} {n}"), example)));
                }
                Err(error) => {
                    println!("{}: not measured, {} could not be read: {error}", corpus.name, path.display());
                    missing = true;
                }
            }
        }
        if missing {
            continue;
        }
        let labels: Vec<&str> = corpus.kinds.iter().map(|kind| kind.0).collect();
        let gold: Vec<Vec<Mark>> = items.iter().map(|item| corpus.gold(item)).collect();
        println!("{}: {} spans", corpus.name, gold.iter().map(Vec::len).sum::<usize>());
        let left_out = corpus.left_out(&items);
        if !left_out.is_empty() {
            let counts = left_out.iter().map(|(label, count)| format!(" {label} {count}"));
            println!("  left out, for we have no such label:{}", counts.collect::<String>());
        }
        for extractor in extractors {
            let found = find(&*extractor.extractor, &items);
            let found: Vec<Vec<Mark>> = items
                .iter()
                .zip(&found)
                .map(|(item, found)| {
                    let marks = found.iter().map(|found| &found.mark);
                    marks.filter_map(|mark| corpus.widened(item, mark, &class_words)).collect()
                })
                .collect();
            table::print_line(&extractor.name, &compare(&items, &gold, &found)?, &labels);
        }
    }
    Ok(())
}

impl Corpus {
    /// The corpus's labels that are no kind to be scored, with how many spans have them.
    fn left_out(&self, items: &[Item]) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for mark in items.iter().flat_map(|item| &item.gold) {
            if !self.kinds.iter().any(|(_, native, _)| native.contains(&mark.label.as_str())) {
                *counts.entry(mark.label.clone()).or_insert(0) += 1;
            }
        }
        counts
    }

    /// The gold spans that count, with the names of their kinds.
    fn gold(&self, item: &Item) -> Vec<Mark> {
        let named = |mark: &Mark| {
            let kind = self.kinds.iter().find(|(_, native, _)| native.contains(&mark.label.as_str()))?;
            Some(Mark { label: kind.0.to_owned(), ..mark.clone() })
        };
        item.gold.iter().filter_map(named).collect()
    }

    /// A span of ours as the corpus would have it, with the name of its kind.
    fn widened(&self, item: &Item, mark: &Mark, class_words: &HashSet<String>) -> Option<Mark> {
        let kind = self.kinds.iter().find(|(_, _, ours)| ours.contains(&mark.label.as_str()))?;
        let text = item.text.as_str();
        let word_start = |end: usize| text[..end].rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let mut start = word_start(mark.start);
        let end = text[mark.end..].find(char::is_whitespace).map_or(text.len(), |at| mark.end + at);
        if self.class_words_inside && mark.label == "LOC" && start > 0 {
            let before = word_start(start - 1);
            let word = fold_word(&text[before..start - 1]);
            let bare = word.trim_start_matches(['و', 'ف', 'ب', 'ل']);
            if class_words.contains(&word) || class_words.contains(bare) {
                start = before;
            }
        }
        Some(Mark { start, end, label: kind.0.to_owned() })
    }
}
