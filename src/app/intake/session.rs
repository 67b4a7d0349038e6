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
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::intake::{article, read_file};
    use crate::app::{Command, update};

    /// An import of files, all of which have been read.
    fn intake(files: &[(&str, &str)]) -> Intake {
        let mut intake = Intake::default();
        for (number, (name, text)) in files.iter().enumerate() {
            let entry = FileEntry { name: (*name).to_owned(), bytes: text.len() as u64 };
            intake.files.push(FileState::new(vec![entry], Choices::default()));
            assert_eq!(intake.next_waiting(), Some(number));
            let (documents, account) = read_file(name, text.as_bytes(), &Arc::default(), Choices::default());
            intake.take(number, documents, account);
        }
        intake
    }

    fn ids(documents: &[Document]) -> Vec<&str> {
        documents.iter().map(|document| document.id.as_str()).collect()
    }

    #[test]
    fn what_is_as_it_should_be_needs_no_look() {
        let intake = intake(&[("a.txt", "زار بغداد")]);
        assert!(intake.is_plain(&State::default()));
        assert_eq!(ids(&intake.admit(&Schema::default())), ["a"]);
    }

    #[test]
    fn blanks_are_no_article() {
        let intake = intake(&[("blank.txt", " \n\t ")]);
        assert!(!intake.is_plain(&State::default()));
        assert_eq!(intake.admit(&Schema::default()), []);
    }

    #[test]
    fn a_text_that_is_there_already_is_not_taken_unless_a_person_says_so() {
        let mut state = State::default();
        update(&mut state, Command::Add(vec![article("عنوان", "زار بغداد".to_owned())]), 0);
        let mut intake = intake(&[
            ("again.txt", "زار بغداد"),
            ("b.jsonl", "{\"text\":\"خبر\"}\n{\"id\":\"y\",\"text\":\"خبر\"}"),
        ]);
        intake.find_same(&state);
        assert_eq!(intake.taken(), 1);
        let twin = intake.files[0].arrivals[0].twin.as_ref().unwrap();
        assert_eq!((twin.title.as_str(), twin.is_same()), ("عنوان", true));
        assert!(!intake.is_plain(&state));
        intake.files[0].arrivals[0].is_taken = true;
        intake.find_same(&state);
        assert_eq!(intake.taken(), 2, "what a person decided stands");
    }

    #[test]
    fn of_many_articles_those_that_are_there_already_come_first_and_are_counted() {
        let mut state = State::default();
        update(&mut state, Command::Add(vec![article("عنوان", "خبر رقم 45".to_owned())]), 0);
        let line = |number: u32| match number {
            50 => "{\"text\":\" \"}\n".to_owned(),
            _ => format!("{{\"text\":\"خبر رقم {number}\"}}\n"),
        };
        let mut intake = intake(&[("a.jsonl", &(0..60).map(line).collect::<String>())]);
        intake.find_same(&state);
        intake.take_alike(&state, 1, &[Alike { first: 1, second: 1 + 55, share: 0.9 }]);
        let order = intake.files[0].in_order();
        let first = [(Novelty::Same, 45), (Novelty::Near, 55), (Novelty::Blank, 50), (Novelty::New, 0)];
        assert_eq!((order.len(), &order[..4]), (60, &first[..]));
        let counts = [Novelty::Same, Novelty::Near, Novelty::Blank, Novelty::New].map(|n| intake.how_many(n));
        assert_eq!((counts, intake.taken(), intake.staying_out()), ([1, 1, 1, 57], 58, 1));
        intake.files[0].arrivals[45].is_taken = true;
        assert_eq!(intake.files[0].in_order(), order, "nothing jumps when it is ticked");
        assert_eq!((intake.taken(), intake.staying_out()), (59, 0));
    }

    #[test]
    fn a_text_that_is_nearly_there_is_taken_and_told() {
        let mut state = State::default();
        let long = "وصل الوفد إلى بغداد اليوم بعد زيارة إلى البصرة";
        update(&mut state, Command::Add(vec![article("عنوان", long.to_owned())]), 0);
        let mut intake = intake(&[("again.txt", "وصل الوفد إلى بغداد، اليوم بعد زيارة إلى البصرة")]);
        intake.find_same(&state);
        let (texts, known) = intake.to_compare(&state);
        let texts: Vec<_> = texts.iter().map(SourceText::as_str).collect();
        let pairs = crate::quality::likeness::alike(&texts, 0.7);
        assert_eq!((known, pairs.len(), intake.is_compared_later(&state)), (1, 1, false));
        intake.take_alike(&state, known, &pairs);
        let twin = intake.files[0].arrivals[0].twin.as_ref().unwrap();
        assert_eq!((twin.title.as_str(), twin.is_same(), intake.taken()), ("عنوان", false, 1));
    }

    #[test]
    fn labels_and_days_are_those_that_were_chosen() {
        let file = "{\"id\":\"a\",\"text\":\"زار عمر بغداد\",\"spans\":[{\"start\":4,\"end\":7,\"label\":\"PERS\"},{\"start\":8,\"end\":13,\"label\":\"XYZ\"}]}\n\
                    {\"id\":\"b\",\"text\":\"خبر\",\"meta\":{\"date\":\"2019-04-06\"}}\n";
        let mut intake = intake(&[("a.jsonl", file)]);
        let state = State::default();
        assert_eq!(intake.foreign_labels(&state).len(), 2);
        assert!(!intake.is_plain(&state));
        intake.mapping.fates.insert("XYZ".to_owned(), LabelFate::LeftOut);
        intake.date = "2020-01-01".to_owned();
        assert_eq!(intake.undated(), 1);
        intake.mapping.fates.insert("LOC".to_owned(), LabelFate::LeftOut);
        let documents = intake.admit(&Schema::default());
        let labels: Vec<_> = documents[0].spans.iter().map(|span| span.label.to_string()).collect();
        assert_eq!(labels, ["PER"], "one by what it usually means, one was left out");
        assert_eq!(
            (&documents[0].meta["date"], &documents[1].meta["date"]),
            (&"2020-01-01".into(), &"2019-04-06".into())
        );
    }

    #[test]
    fn of_many_articles_those_that_are_nearly_the_same_are_looked_for_when_they_are_in() {
        let line = "{\"text\":\"خبر\"}\n";
        let state = State::default();
        assert!(!intake(&[("a.jsonl", &line.repeat(COMPARED_FIRST))]).is_compared_later(&state));
        assert!(intake(&[("a.jsonl", &line.repeat(COMPARED_FIRST + 1))]).is_compared_later(&state));
        assert!(
            intake(&[("a.txt", &"x".repeat(4 << 20)), ("b.txt", &"y".repeat(4 << 20)), ("c.txt", "z")])
                .is_compared_later(&state)
        );
    }

    #[test]
    fn an_import_that_is_over_leaves_behind_which_articles_are_undated() {
        let mut intake = intake(&[("a.txt", "زار بغداد")]);
        intake.undated.push(DocumentId::new("before"));
        assert_eq!(intake.end().taken(), 1);
        let left = Intake { undated: vec![DocumentId::new("before")], ..Intake::default() };
        assert_eq!(intake, left);
    }

    #[test]
    fn how_far_it_has_come_is_counted_over_all_files() {
        let mut intake = intake(&[("a.txt", "0123456789")]);
        intake
            .files
            .push(FileState::new(vec![FileEntry { name: "b".to_owned(), bytes: 90 }], Choices::default()));
        intake.files[1].status = FileStatus::Reading(40, 90);
        assert_eq!(intake.progress(), (50, 100));
    }
}
