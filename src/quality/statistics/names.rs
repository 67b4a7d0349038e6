//! How often each name is labelled, whichever way it is spelled.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::tally::LabelCount;
use crate::annotation::{Document, Span};
use crate::schema::LabelCode;
use crate::text::{Folded, Folding};

/// A name and how often it is labelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameCount {
    /// The name as it is spelled most often.
    pub surface: Arc<str>,
    /// How often somebody confirmed it.
    pub confirmed: usize,
    /// How often it is only suggested.
    pub suggested: usize,
    /// Under which labels, the most frequent first.
    pub labels: Vec<(LabelCode, LabelCount)>,
    /// In how many articles.
    pub articles: usize,
}

impl NameCount {
    /// How often it is labelled.
    #[must_use]
    pub fn spans(&self) -> usize {
        self.confirmed + self.suggested
    }
}

/// Names by their folded forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(HashMap<String, Name>);

#[derive(Clone, Debug, Default)]
struct Name {
    spellings: Vec<(Arc<str>, usize)>,
    labels: BTreeMap<LabelCode, LabelCount>,
    confirmed: usize,
    suggested: usize,
    articles: usize,
    /// The article it was found in last, by its number.
    last: Option<usize>,
}

impl Names {
    /// Counts a span of the `article`th article. One with a clean form counts as that: `لأردن` as `الأردن`.
    pub(super) fn add(&mut self, article: usize, document: &Document, span: &Span) {
        let Some(surface) = document.text.slice(span.range) else {
            return;
        };
        let clean = span.normalized.as_deref().filter(|clean| clean.ends_with(surface));
        let spelling = clean.unwrap_or(surface);
        let folded = Folded::new(spelling, Folding::SEARCH);
        let key = folded.as_str();
        if !self.0.contains_key(key) {
            self.0.insert(key.to_owned(), Name::default());
        }
        let Some(name) = self.0.get_mut(key) else {
            return;
        };
        match name.spellings.iter_mut().find(|(known, _)| **known == *spelling) {
            Some((_, count)) => *count += 1,
            None => name.spellings.push((spelling.into(), 1)),
        }
        let is_confirmed = span.origin.is_confirmed();
        LabelCount::of(&mut name.labels, &span.label, is_confirmed);
        if is_confirmed {
            name.confirmed += 1;
        } else {
            name.suggested += 1;
        }
        if name.last != Some(article) {
            name.last = Some(article);
            name.articles += 1;
        }
    }

    /// The names, the most frequent first; of equally frequent ones in the order of their letters.
    pub(super) fn sorted(self) -> Vec<NameCount> {
        let mut names: Vec<_> = self
            .0
            .into_values()
            .filter_map(|name| {
                // The first of those that are spelled so most often.
                let best = name.spellings.iter().rev().max_by_key(|(_, count)| *count)?;
                let mut labels: Vec<_> = name.labels.into_iter().collect();
                labels.sort_by_key(|(_, count)| std::cmp::Reverse(count.spans()));
                Some(NameCount {
                    surface: Arc::clone(&best.0),
                    confirmed: name.confirmed,
                    suggested: name.suggested,
                    labels,
                    articles: name.articles,
                })
            })
            .collect();
        names.sort_by(|a, b| b.spans().cmp(&a.spans()).then_with(|| a.surface.cmp(&b.surface)));
        names
    }
}
