//! How much each label is used.

use std::collections::BTreeMap;

use crate::annotation::Document;
use crate::schema::LabelCode;

/// How much a label is used in the articles of a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Spans that somebody confirmed.
    pub confirmed: usize,
    /// Suggestions that nobody has looked at.
    pub suggested: usize,
    /// The articles these are in.
    pub articles: usize,
}

impl Usage {
    /// All spans.
    #[must_use]
    pub fn spans(self) -> usize {
        self.confirmed + self.suggested
    }
}

/// The use of every label that is used at all, whether a schema has it or not.
pub fn label_usage<'a>(documents: impl Iterator<Item = &'a Document>) -> BTreeMap<LabelCode, Usage> {
    let mut usage: BTreeMap<LabelCode, Usage> = BTreeMap::new();
    let mut here: BTreeMap<&LabelCode, Usage> = BTreeMap::new();
    for document in documents {
        here.clear();
        for span in document.spans.iter() {
            let of = here.entry(&span.label).or_default();
            if span.origin.is_confirmed() {
                of.confirmed += 1;
            } else {
                of.suggested += 1;
            }
        }
        for (&label, of) in &here {
            if !usage.contains_key(label) {
                usage.insert(label.clone(), Usage::default());
            }
            if let Some(all) = usage.get_mut(label) {
                all.confirmed += of.confirmed;
                all.suggested += of.suggested;
                all.articles += 1;
            }
        }
    }
    usage
}
