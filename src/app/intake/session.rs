//! An import under way: files that are read, what came of them, and what a person decides about it.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use super::{Account, Arrival, Choices, FileEntry, NoteKind, Novelty, RemarkKind, Twin};
use crate::annotation::{Document, DocumentId};
use crate::app::state::State;
use crate::formats::{LabelFate, LabelMapping, MappedLabels};
use crate::quality::likeness::Alike;
use crate::schema::{LabelCode, Schema};
use crate::text::SourceText;

/// Articles of a project are compared with new ones before those come in, as long as all of them have at most so many
/// bytes: more would keep a person waiting.
const COMPARED_FIRST_BYTES: usize = 8 << 20;

/// So many new articles are compared before they come in.
const COMPARED_FIRST: usize = 2_000;

/// A text as a key: it stands for itself, and eight of its bytes go into its hash at a time, for texts are long and there may
/// be a hundred thousand. Whoever makes texts of one hash on purpose waits a little longer for their import.
#[derive(PartialEq, Eq)]
struct Whole<'t>(&'t str);

impl Hash for Whole<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
        let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(FACTOR);
        let words = self.0.as_bytes().chunks_exact(8);
        let last = words.remainder().iter().fold(0, |last, &byte| last << 8 | u64::from(byte));
        let word = |bytes: &[u8]| bytes.try_into().map_or(0, u64::from_le_bytes);
        let hash = words.fold(self.0.len() as u64, |hash, bytes| mix(hash, word(bytes)));
        state.write_u64(mix(hash, last));
    }
}

/// An import under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intake {
    /// The files, in the order in which they came.
    pub files: Vec<FileState>,
    /// What becomes of labels that the schema does not have.
    pub mapping: LabelMapping,
    /// The day of publication of articles that name none; empty for none.
    pub date: String,
    /// Files that operating systems keep for themselves, in folders that came.
    pub passed_over: usize,
    /// Articles that came in before without anybody being asked for the day of publication that they do not name.
    pub undated: Vec<DocumentId>,
}

/// A file of an import, or several that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct FileState {
    /// The files; one, unless several belong together.
    pub entries: Vec<FileEntry>,
    /// What was chosen about it.
    pub choices: Choices,
    /// How far it has come.
    pub status: FileStatus,
    /// What came of it.
    pub account: Account,
    /// Its articles.
    pub arrivals: Vec<Arrival>,
}

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// It waits for those before it.
    Waiting,
    /// It is being read: bytes that have come, and bytes in all.
    Reading(u64, u64),
    /// It has been read.
    Read,
}

impl FileState {
    /// A file that waits to be read.
    #[must_use]
    pub fn new(entries: Vec<FileEntry>, choices: Choices) -> Self {
        Self {
            entries,
            choices,
            status: FileStatus::Waiting,
            account: Account::default(),
            arrivals: Vec::new(),
        }
    }

    /// A file of which nothing was read.
    #[must_use]
    pub fn refused(name: String, remark: &RemarkKind) -> Self {
        let account = Account::refusal(&name, remark);
        let entry = FileEntry { name, bytes: 0 };
        Self { status: FileStatus::Read, account, ..Self::new(vec![entry], Choices::default()) }
    }

    /// What it is called: by its name, or, of several, by that of the first.
    #[must_use]
    pub fn name(&self) -> &str {
        self.entries.first().map_or("", |entry| entry.name.as_str())
    }

    /// How many articles are to come in.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.arrivals.iter().filter(|arrival| arrival.is_taken).count()
    }

    /// The places of its articles in the order in which a person looks at them: those about which there is something to
    /// decide come first, however far behind in the file they stand.
    #[must_use]
    pub fn in_order(&self) -> Vec<(Novelty, usize)> {
        let mut places: Vec<_> = self.arrivals.iter().map(Arrival::novelty).zip(0..).collect();
        places.sort_unstable();
        places
    }
}

impl Intake {
    /// Ends the import and hands it over. What is known of those before it stays.
    pub fn end(&mut self) -> Self {
        let undated = std::mem::take(&mut self.undated);
        std::mem::replace(self, Self { undated, ..Self::default() })
    }

    /// Takes in what came of a file.
    pub fn take<D: Into<Box<Document>>>(&mut self, file: usize, documents: Vec<D>, account: Account) {
        let remembered = |label: &String| self.mapping.fates.contains_key(label);
        let proposed: Vec<_> = account
            .proposed
            .fates
            .iter()
            .filter(|(label, _)| !remembered(label))
            .map(|(a, b)| (a.clone(), b.clone()))
            .collect();
        self.mapping.fates.extend(proposed);
        let Some(state) = self.files.get_mut(file) else { return };
        state.arrivals = documents.into_iter().map(Arrival::new).collect();
        state.account = account;
        state.status = FileStatus::Read;
    }

    /// Says why nothing came of a file.
    pub fn refuse(&mut self, file: usize, remark: &RemarkKind) {
        let Some(state) = self.files.get_mut(file) else { return };
        state.account = Account::refusal(state.name(), remark);
        state.arrivals = Vec::new();
        state.status = FileStatus::Read;
    }

    /// The file to be read next.
    #[must_use]
    pub fn next_waiting(&self) -> Option<usize> {
        self.files.iter().position(|file| file.status == FileStatus::Waiting)
    }

    /// Bytes that have come and bytes in all, over all files.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        let mut sum = (0, 0);
        for file in &self.files {
            let total: u64 = file.entries.iter().map(|entry| entry.bytes).sum();
            sum.0 += match file.status {
                FileStatus::Waiting => 0,
                FileStatus::Reading(done, _) => done,
                FileStatus::Read => total,
            };
            sum.1 += total;
        }
        sum
    }

    /// All articles, file by file.
    fn arrivals(&self) -> impl Iterator<Item = &Arrival> {
        self.files.iter().flat_map(|file| &file.arrivals)
    }

    fn arrivals_mut(&mut self) -> impl Iterator<Item = &mut Arrival> {
        self.files.iter_mut().flat_map(|file| &mut file.arrivals)
    }

    /// Finds articles whose text is in the project already, or came before in the same import. They are not taken.
    pub fn find_same(&mut self, state: &State) {
        let mut first: HashMap<Whole<'_>, &Document> =
            state.project.documents().map(|document| (Whole(document.text.as_str()), document)).collect();
        let twins = self.arrivals().map(|Arrival { document, .. }| {
            let text = document.text.as_str();
            match first.entry(Whole(text)) {
                _ if text.trim().is_empty() => None,
                Entry::Occupied(same) => Some(same.get().shown_title()),
                Entry::Vacant(place) => {
                    place.insert(document);
                    None
                }
            }
        });
        let twins: Vec<_> = twins.collect();
        for (arrival, title) in self.arrivals_mut().zip(twins) {
            let Some(title) = title else { continue };
            if arrival.twin.is_none() {
                arrival.is_taken = false;
            }
            arrival.twin = Some(Twin { title, share: 1.0 });
        }
    }

    /// The texts to be compared for near-duplicates: those of the project and behind them the new ones.
    #[must_use]
    pub fn to_compare(&self, state: &State) -> (Vec<SourceText>, usize) {
        let known: Vec<_> = state.project.documents().map(|document| document.text.clone()).collect();
        let count = known.len();
        let new = self.arrivals().map(|arrival| arrival.document.text.clone());
        (known.into_iter().chain(new).collect(), count)
    }

    /// True if there is so much to compare that it is done when the articles are in: nobody has to wait for it, as
    /// near-duplicates come in either way.
    #[must_use]
    pub fn is_compared_later(&self, state: &State) -> bool {
        let known = state.project.documents().map(|document| document.text.as_str().len());
        let new = self.arrivals().map(|arrival| arrival.document.text.as_str().len());
        self.arrivals().count() > COMPARED_FIRST || known.chain(new).sum::<usize>() > COMPARED_FIRST_BYTES
    }

    /// Files that operating systems keep for themselves, in archives and folders. They were passed over.
    #[must_use]
    pub fn passed_over(&self) -> usize {
        self.passed_over + self.files.iter().map(|file| file.account.passed_over).sum::<usize>()
    }

    /// Takes in which texts are nearly the same, by their places in the list of [`Self::to_compare`].
    pub fn take_alike(&mut self, state: &State, known: usize, pairs: &[Alike]) {
        let titles: Vec<String> = state.project.documents().map(Document::shown_title).collect();
        let new: Vec<String> = self.arrivals().map(|arrival| arrival.document.shown_title()).collect();
        let title = |at: usize| titles.get(at).or_else(|| new.get(at.checked_sub(known)?)).cloned();
        let mut best: BTreeMap<usize, Twin> = BTreeMap::new();
        for pair in pairs {
            let (Some(at), Some(title)) = (pair.second.checked_sub(known), title(pair.first)) else {
                continue;
            };
            // The same words with other signs between them are not the same text.
            let twin = Twin { title, share: pair.share.min(0.999) };
            if best.get(&at).is_none_or(|other| other.share < twin.share) {
                best.insert(at, twin);
            }
        }
        for (at, arrival) in self.arrivals_mut().enumerate() {
            if arrival.twin.is_none() {
                arrival.twin = best.remove(&at);
            }
        }
    }

    /// True if there is nothing that a person would want to see or decide before the articles come in.
    #[must_use]
    pub fn is_plain(&self, state: &State) -> bool {
        let fits = |file: &FileState| {
            file.account.is_plain()
                && file.arrivals.iter().all(|arrival| arrival.is_taken && arrival.twin.is_none())
        };
        self.taken() > 0 && self.files.iter().all(fits) && self.foreign_labels(state).is_empty()
    }

    /// How many articles are to come in.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.files.iter().map(FileState::taken).sum()
    }

    /// How many articles stand so to those that are there.
    #[must_use]
    pub fn how_many(&self, novelty: Novelty) -> usize {
        self.arrivals().filter(|arrival| arrival.novelty() == novelty).count()
    }

    /// How many articles stay out because their text is there already.
    #[must_use]
    pub fn staying_out(&self) -> usize {
        let stays_out = |arrival: &&Arrival| !arrival.is_taken && arrival.novelty() == Novelty::Same;
        self.arrivals().filter(stays_out).count()
    }

    /// How many notes come to this.
    #[must_use]
    pub fn count(&self, kind: NoteKind) -> usize {
        self.files.iter().map(|file| file.account.count(kind)).sum()
    }

    /// How many of the articles that are to come in have no day of publication.
    #[must_use]
    pub fn undated(&self) -> usize {
        self.arrivals().filter(|arrival| arrival.is_taken && arrival.date().is_empty()).count()
    }

    /// Labels of the files that the schema does not have, with how many spans have them.
    #[must_use]
    pub fn foreign_labels(&self, state: &State) -> BTreeMap<LabelCode, usize> {
        let mut labels: BTreeMap<LabelCode, usize> = BTreeMap::new();
        for (label, count) in self.files.iter().flat_map(|file| &file.account.labels) {
            if state.schema().label(label.as_str()).is_none() {
                *labels.entry(label.clone()).or_default() += count;
            }
        }
        labels
    }

    /// Hands over the articles that are to come in, with the labels and days that were chosen. What was once chosen for
    /// a label that the schema has by now is of no concern any more.
    #[must_use]
    pub fn admit(self, schema: &Schema) -> Vec<Document> {
        let Self { files, mut mapping, date, .. } = self;
        mapping.fates.retain(|label, _| schema.label(label).is_none());
        let mut mapped = MappedLabels::default();
        let mut documents = Vec::with_capacity(files.iter().map(FileState::taken).sum());
        for mut arrival in files.into_iter().flat_map(|file| file.arrivals).filter(|arrival| arrival.is_taken)
        {
            if arrival.date().is_empty() {
                arrival.set_date(&date);
            }
            mapping.apply(&mut arrival.document, &mut mapped);
            documents.push(*arrival.document);
        }
        documents
    }

    /// What becomes of a label, as it was chosen or proposed.
    #[must_use]
    pub fn fate(&self, label: &LabelCode) -> Option<&LabelFate> {
        self.mapping.fate(label)
    }
}

#[cfg(test)]
mod tests;
