//! Who says what, and where they disagree.

use crate::annotation::Document;
use crate::app::panel::{base, names};
use crate::quality::adjudication::{Contested, Decisions, Open, Region, contested, queue};
use crate::quality::agreement::Annotations;

/// The voices, what they say, and where they disagree.
pub(super) struct Table {
    pub(super) voices: Vec<Annotations>,
    pub(super) names: Vec<String>,
    pub(super) articles: Vec<Contested>,
    /// Every place where those who vote disagree, decided or not.
    pub(super) disputes: Vec<Open>,
}

impl PartialEq for Table {
    /// Each is made anew, because something is different.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Table {
    pub(super) fn of(voices: Vec<Annotations>, has_extractor: bool) -> Self {
        let articles = contested(&voices, has_extractor.then(|| voices.len() - 1));
        let disputes = queue(&articles, &Decisions::default());
        Self { names: names(&voices), voices, articles, disputes }
    }

    pub(super) fn at(&self, dispute: usize) -> Option<(&Contested, &Region)> {
        let open = self.disputes.get(dispute)?;
        let article = self.articles.get(open.article)?;
        Some((article, article.regions.get(open.region)?))
    }

    pub(super) fn base(&self, article: &Contested) -> Option<&Document> {
        base(&self.voices, article)
    }

    /// The dispute after a place in the list, round and round, that nobody has decided.
    pub(super) fn next_open(&self, decisions: &Decisions, from: usize) -> Option<usize> {
        let count = self.disputes.len();
        (0..count).map(|step| (from + step) % count).find(|&at| {
            self.at(at).is_some_and(|(article, region)| decisions.of(&article.id, region.range).is_none())
        })
    }
}
