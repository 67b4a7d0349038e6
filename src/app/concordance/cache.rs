//! Texts made ready for searching, kept from one search to the next.

use std::collections::HashMap;

use super::query::Query;
use super::scan::{Found, PatternFinder, Scan};
use crate::annotation::{Document, DocumentId};
use crate::app::state::State;
use crate::project::Project;
use crate::text::{ByteRange, Folded, Folding, SearchOptions, Searcher, SourceText};

/// The folding that is kept; [`Folding::NONE`] needs nothing to be kept.
const KEPT: Folding = Folding::SEARCH;

/// So many bytes of folded texts are kept: those of 10,000 articles of 500 words, or of fifty of 100,000. A page gets at
/// most 4 GiB of memory and never gives any of it back; what finds no room is folded anew with every search, some twelve
/// milliseconds for a megabyte.
pub const MOST_BYTES: usize = 64 << 20;

/// Folded texts. A text never changes, so one that was folded for a search serves all others as well.
#[derive(Debug)]
pub struct SearchCache {
    folded: HashMap<DocumentId, (SourceText, Folded)>,
    /// The bytes that those take.
    bytes: usize,
    /// The bytes that they may take.
    most: usize,
    /// The state of the project's list when it was last looked whether articles have gone.
    listing: u64,
}

impl Default for SearchCache {
    fn default() -> Self {
        Self::with_room(MOST_BYTES)
    }
}

impl SearchCache {
    /// An empty one that keeps at most so many bytes of folded texts. Those that come first stay: a search goes from the
    /// first article to the last, so what was used longest ago is what the next one begins with.
    #[must_use]
    pub fn with_room(most: usize) -> Self {
        Self { folded: HashMap::new(), bytes: 0, most, listing: 0 }
    }

    /// So many bytes of memory the folded texts take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Carries out a query to its end. `pattern` finds the places of a [`Matching::Pattern`](super::Matching::Pattern);
    /// without it there are none. Who cannot wait for the end takes a [`Scan`] step by step.
    #[must_use]
    pub fn find(&mut self, state: &State, query: &Query, pattern: Option<PatternFinder<'_>>) -> Found {
        let mut scan = Scan::begin(state, query.clone(), self);
        while scan.step(state, self, pattern).is_some() {}
        scan.found()
    }

    /// Where words stand in an article.
    pub(super) fn places(
        &mut self,
        document: &Document,
        words: &str,
        options: SearchOptions,
    ) -> Vec<ByteRange> {
        let Document { id, text, .. } = document;
        if options.folding != KEPT {
            return Searcher::new(text, options).find_all(words);
        }
        if let Some((_, folded)) = self.folded.get(id).filter(|(of, _)| of.is_same(text)) {
            return Searcher::of_folded(text, folded, options).find_all(words);
        }
        self.drop_one(id);
        let folded = Folded::new(text.as_str(), KEPT);
        let found = Searcher::of_folded(text, &folded, options).find_all(words);
        if self.bytes + folded.bytes() <= self.most {
            self.bytes += folded.bytes();
            self.folded.insert(id.clone(), (text.clone(), folded));
        }
        found
    }

    /// Drops the texts of articles that are not in the project any more.
    pub(super) fn sweep(&mut self, project: &Project) {
        if self.listing == project.listing() {
            return;
        }
        self.listing = project.listing();
        let is_there = |id: &DocumentId, text: &SourceText| {
            project.document(id).is_some_and(|document| document.present && document.text.is_same(text))
        };
        let gone = self.folded.iter().filter(|(id, (text, _))| !is_there(id, text));
        for id in gone.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
            self.drop_one(&id);
        }
    }

    fn drop_one(&mut self, id: &DocumentId) {
        self.bytes -= self.folded.remove(id).map_or(0, |(_, folded)| folded.bytes());
    }
}
