//! Parting documents for training and testing, the same way each time, with nothing of one part in another.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::annotation::Document;
use crate::quality::likeness::{NEARLY_THE_SAME, alike, families};
use crate::schema::LabelCode;

/// The parts and how large they are to be against each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratios(Vec<(String, u32)>);

/// Ratios that say nothing usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "parts are wanted as NAME=SHARE,NAME=SHARE: names of Latin letters and digits that differ, not all, and whole shares over 0, such as train=80,dev=10,test=10"
)]
pub struct RatiosError;

impl Default for Ratios {
    /// Eight tenths to learn from, one to choose by, one to test on.
    fn default() -> Self {
        Self([("train", 80), ("dev", 10), ("test", 10)].map(|(name, share)| (name.to_owned(), share)).into())
    }
}

impl Ratios {
    /// The names of the parts, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The part for a point from 0 to 1.
    fn part(&self, point: f64) -> usize {
        let whole: f64 = self.0.iter().map(|(_, share)| f64::from(*share)).sum();
        let mut end = 0.0;
        let over = self.0.iter().position(|(_, share)| {
            end += f64::from(*share) / whole;
            point < end
        });
        over.unwrap_or(self.0.len().saturating_sub(1))
    }
}

impl FromStr for Ratios {
    type Err = RatiosError;

    fn from_str(text: &str) -> Result<Self, RatiosError> {
        let mut parts: Vec<(String, u32)> = Vec::new();
        for part in text.split(',') {
            let (name, share) = part.split_once('=').ok_or(RatiosError)?;
            let (name, share) = (name.trim(), share.trim().parse::<u32>().map_err(|_| RatiosError)?);
            // The Hub means every part by it.
            let taken = name == "all";
            let plain =
                !name.is_empty() && !taken && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !plain || share == 0 || parts.iter().any(|(other, _)| other == name) {
                return Err(RatiosError);
            }
            parts.push((name.to_owned(), share));
        }
        Ok(Self(parts))
    }
}

/// How to part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SplitOptions {
    /// The parts.
    pub ratios: Ratios,
    /// Another word gives another parting.
    pub salt: String,
    /// From this share of common words on, articles stay together.
    pub alike: f64,
}

impl Default for SplitOptions {
    fn default() -> Self {
        Self { ratios: Ratios::default(), salt: String::new(), alike: NEARLY_THE_SAME }
    }
}

/// Documents, parted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// How it was done.
    pub options: SplitOptions,
    /// The part of each document, by its place in the list: a place in the names of the ratios.
    pub parts: Vec<usize>,
    /// What each part holds.
    pub counts: Vec<PartCounts>,
    /// Families of articles that are the same or nearly, and were kept together.
    pub families: usize,
}

/// What a part holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartCounts {
    /// Its name.
    pub name: String,
    /// Documents.
    pub documents: usize,
    /// Confirmed spans, by label.
    pub labels: BTreeMap<LabelCode, usize>,
}

/// Parts documents. The part of a document hangs on its text alone (SHA-256), so that others may come and go, and it goes
/// where the articles go that are nearly the same: with the one of them whose hash is smallest.
#[must_use]
pub fn split(documents: &[Document], options: SplitOptions) -> Split {
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    let families = families(texts.len(), &alike(&texts, options.alike));
    let points: Vec<u64> = texts.iter().map(|text| point(text, &options.salt)).collect();
    let mut smallest: BTreeMap<usize, (u64, usize)> = BTreeMap::new();
    for (&family, &point) in families.iter().zip(&points) {
        let (least, members) = smallest.entry(family).or_insert((u64::MAX, 0));
        *least = point.min(*least);
        *members += 1;
    }
    let part = |family: &usize| {
        let least = smallest.get(family).map_or(0, |(least, _)| *least);
        options.ratios.part(least as f64 / 2.0_f64.powi(64))
    };
    let parts: Vec<usize> = families.iter().map(part).collect();
    let mut counts: Vec<PartCounts> = options
        .ratios
        .names()
        .map(|name| PartCounts { name: name.to_owned(), ..PartCounts::default() })
        .collect();
    for (document, part) in documents.iter().zip(&parts) {
        let Some(counts) = counts.get_mut(*part) else { continue };
        counts.documents += 1;
        for span in document.spans.iter().filter(|span| span.origin.is_confirmed()) {
            *counts.labels.entry(span.label.clone()).or_default() += 1;
        }
    }
    Split { options, parts, counts, families: smallest.values().filter(|(_, members)| *members > 1).count() }
}

fn point(text: &str, salt: &str) -> u64 {
    let digest: [u8; 32] = Sha256::digest(["misam split ", salt, "\n", text].concat().as_bytes()).into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// Two articles in different parts that are the same or nearly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leak {
    /// The part and name of the one.
    pub first: (String, String),
    /// The part and name of the other.
    pub second: (String, String),
    /// The part of their runs of words that both have, 0 to 1.
    pub share: f64,
}

/// The articles that stand in two parts, the same or nearly. Documents come with the name of their part.
#[must_use]
pub fn leaks(documents: &[(&str, &Document)], least: f64) -> Vec<Leak> {
    let texts: Vec<&str> = documents.iter().map(|(_, document)| document.text.as_str()).collect();
    let name = |at: usize| {
        documents.get(at).map(|(part, document)| ((*part).to_owned(), document.id.as_str().to_owned()))
    };
    let pairs = alike(&texts, least).into_iter();
    pairs
        .filter_map(|pair| {
            Some(Leak { first: name(pair.first)?, second: name(pair.second)?, share: pair.share })
        })
        .filter(|leak| leak.first.0 != leak.second.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::DocumentId;
    use proptest::prelude::*;

    fn documents(count: usize) -> Vec<Document> {
        let document = |n: usize| {
            let text: String = (0..30).map(|word| format!("كلمة{} ", n * 100 + word)).collect();
            Document::new(DocumentId::new(format!("d{n}")), text)
        };
        (0..count).map(document).collect()
    }

    #[test]
    fn ratios_are_read_and_nonsense_is_refused() {
        assert_eq!("train=80, dev=10,test=10".parse(), Ok(Ratios::default()));
        for wrong in ["", "train", "train=0", "train=x", "a=1,a=2", "a/b=1", "=1", "all=1"] {
            assert_eq!(wrong.parse::<Ratios>(), Err(RatiosError), "{wrong}");
        }
    }

    #[test]
    fn parts_have_about_their_size() {
        let split = split(&documents(2000), SplitOptions::default());
        let counts: Vec<_> = split.counts.iter().map(|part| part.documents).collect();
        assert_eq!(counts.iter().sum::<usize>(), 2000);
        assert!((1540..1660).contains(&counts[0]) && (150..250).contains(&counts[1]), "{counts:?}");
    }

    #[test]
    fn a_document_stays_where_it_is_whoever_else_comes() {
        let many = documents(100);
        let all = split(&many, SplitOptions::default());
        let few = split(&many[40..60], SplitOptions::default());
        assert_eq!(few.parts, all.parts[40..60]);
        let salted = split(&many, SplitOptions { salt: "another".to_owned(), ..SplitOptions::default() });
        assert_ne!(salted.parts, all.parts);
    }

    #[test]
    fn what_is_nearly_the_same_stays_together() {
        let mut all = documents(60);
        for n in 0..60 {
            let text = format!("{} وأضيفت كلمات", all[n].text.as_str());
            all.push(Document::new(DocumentId::new(format!("copy{n}")), text));
        }
        let split = split(&all, SplitOptions::default());
        assert_eq!(split.parts[..60], split.parts[60..]);
        assert_eq!(split.families, 60);
        let names: Vec<&str> = split.options.ratios.names().collect();
        let parted: Vec<_> =
            all.iter().zip(&split.parts).map(|(document, &part)| (names[part], document)).collect();
        assert_eq!(leaks(&parted, NEARLY_THE_SAME), []);
        let torn: Vec<_> =
            all.iter().enumerate().map(|(n, document)| (if n < 60 { "a" } else { "b" }, document)).collect();
        assert_eq!(leaks(&torn, NEARLY_THE_SAME).len(), 60);
    }

    proptest! {
        #[test]
        fn whatever_is_copied_and_changed_no_parting_leaks(
            copies in prop::collection::vec((0_usize..12, 0_usize..30, 0_usize..4), 1..20),
            ratios in prop::sample::select(vec!["train=80,dev=10,test=10", "a=1,b=1", "a=1,b=1,c=1,d=1"]),
            salt in "[a-z]{0,3}",
        ) {
            let mut all = documents(12);
            for (n, &(of, from, words)) in copies.iter().enumerate() {
                let mut text: Vec<&str> = all[of].text.as_str().split(' ').collect();
                let end = (from + words).min(text.len());
                text.splice(from.min(end)..end, ["وأيضا"]);
                let text = text.join(" ");
                all.push(Document::new(DocumentId::new(format!("copy{n}")), text));
            }
            let options = SplitOptions { ratios: ratios.parse().unwrap(), salt, ..SplitOptions::default() };
            let split = split(&all, options);
            prop_assert_eq!(split.parts.len(), all.len());
            let names: Vec<&str> = split.options.ratios.names().collect();
            let parted: Vec<_> =
                all.iter().zip(&split.parts).map(|(document, &part)| (names[part], document)).collect();
            prop_assert_eq!(leaks(&parted, NEARLY_THE_SAME), []);
        }
    }
}
