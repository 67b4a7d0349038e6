//! What came of a file: what it was taken for and why, how much is in it, and everything that was odd about it.

use std::collections::{BTreeMap, HashMap};
use std::mem::{Discriminant, discriminant};

use serde::{Deserialize, Serialize};

use super::note::note_of;
use super::{Note, NoteKind, RemarkKind, excerpt};
use crate::formats::article::{Field, Fields};
use crate::formats::{
    Detected, EndOffset, Format, LabelMapping, OffsetUnit, Outcome, ProblemKind, Reading, Repair, Roles,
    Severity,
};
use crate::schema::{LabelCode, Localized, Schema};

/// Of notes of one kind so many are kept; the others are counted.
const NOTES_OF_A_KIND: usize = 20;

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// What it was taken for; several of an archive of different files, the most frequent first.
    pub found: Vec<Found>,
    /// Articles that can come in.
    pub documents: usize,
    /// Those among them in which something was put right or left out.
    pub repaired: usize,
    /// Records, or whole files of an archive, of which nothing was read.
    pub refused: usize,
    /// Articles without a day of publication.
    pub undated: usize,
    /// Spans by label, as the file has it.
    pub labels: BTreeMap<LabelCode, usize>,
    /// What labels that the schema does not have may mean in it.
    pub proposed: LabelMapping,
    /// What the offsets of its spans count; none if it has no spans.
    pub counting: Option<Counting>,
    /// What there is to say, the gravest first.
    pub notes: Vec<NoteGroup>,
    /// Columns or fields that the text may be in, if the file does not say it.
    pub fields: Vec<FieldFound>,
    /// What was taken from which of them.
    pub roles: Roles,
    /// Of a table of several rows: true if the first one was read as an article, false if it has the names of the columns.
    pub first_row_is_article: Option<bool>,
    /// Files in an archive that operating systems keep for themselves, such as `__MACOSX`. They were passed over.
    pub passed_over: usize,
    /// True if a person should look at the articles before they come in: what is article and what is not was judged.
    pub is_judged: bool,
}

/// What a file was taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The format.
    pub format: Format,
    /// What spoke for it.
    pub why: Localized,
    /// The encoding; none of files that are no text.
    pub encoding: Option<Detected>,
    /// In how many files of an archive.
    pub files: usize,
    /// True if nothing but the lack of anything else speaks for the format.
    pub is_guess: bool,
}

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counting {
    /// The unit.
    pub unit: OffsetUnit,
    /// What the end of a span is.
    pub end: EndOffset,
}

/// Notes that say the same of different places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteGroup {
    /// How many there are.
    pub total: usize,
    /// The first of them.
    pub notes: Vec<Note>,
}

/// A column or field of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFound {
    /// Its name.
    pub name: String,
    /// The beginning of the first value.
    pub sample: String,
}

impl Account {
    /// An account that says nothing but why a file was not read.
    #[must_use]
    pub fn refusal(file: &str, remark: &RemarkKind) -> Self {
        let notes = vec![NoteGroup { total: 1, notes: vec![remark.note(file)] }];
        Self { refused: 1, notes, ..Self::default() }
    }

    /// True if there is nothing a person would want to see before the articles come in.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let is_sure = |found: &Found| !found.is_guess && found.encoding.is_none_or(Detected::is_certain);
        self.notes.is_empty() && !self.is_judged && self.fields.is_empty() && self.found.iter().all(is_sure)
    }

    /// What a person can have put right, and how many times it is needed.
    #[must_use]
    pub fn repairs(&self) -> Vec<(Repair, usize)> {
        let mut repairs: BTreeMap<Repair, usize> = BTreeMap::new();
        for group in &self.notes {
            if let Some(repair) = group.notes.first().and_then(|note| note.repair) {
                *repairs.entry(repair).or_default() += group.total;
            }
        }
        repairs.into_iter().collect()
    }

    /// How many notes come to this.
    #[must_use]
    pub fn count(&self, kind: NoteKind) -> usize {
        let of_kind = |group: &&NoteGroup| group.notes.first().is_some_and(|note| note.kind == kind);
        self.notes.iter().filter(of_kind).map(|group| group.total).sum()
    }
}

/// Notes are told as one if they are of one kind, come to the same, and can be put right alike.
type GroupKey = (Discriminant<ProblemKind>, Outcome, Option<Repair>);

/// An account that is being made.
#[derive(Debug, Default)]
pub(super) struct Bookkeeping {
    account: Account,
    groups: HashMap<GroupKey, usize>,
}

impl Bookkeeping {
    /// Counts in what a file, or one of an archive, was taken for.
    pub(super) fn found(&mut self, found: Found) {
        let same = |other: &&mut Found| (other.format, other.encoding) == (found.format, found.encoding);
        match self.account.found.iter_mut().find(same) {
            Some(other) => other.files += 1,
            None => self.account.found.push(found),
        }
    }

    /// Says something of a file as a whole. Nothing of it was read.
    pub(super) fn refuse(&mut self, file: &str, remark: &RemarkKind) {
        self.account.refused += 1;
        self.account.notes.push(NoteGroup { total: 1, notes: vec![remark.note(file)] });
    }

    /// Counts in files of an archive that were passed over.
    pub(super) fn passed_over(&mut self, count: usize) {
        self.account.passed_over += count;
    }

    /// Fields that a person can choose, and what is taken from which. Those of the first file are told.
    pub(super) fn fields(&mut self, fields: Fields) {
        if self.account.fields.is_empty() {
            let found = fields.all.into_iter().map(|Field { name, sample }| FieldFound { name, sample });
            self.account.fields = found.collect();
            self.account.roles = fields.roles;
            self.account.first_row_is_article = fields.first_row_is_article;
        }
    }

    /// A person should look at what was found.
    pub(super) fn judged(&mut self) {
        self.account.is_judged = true;
    }

    /// Counts in what came of a record. `line` is where it stood, if it was a line.
    pub(super) fn add(&mut self, reading: &Reading, line: &[u8]) {
        let account = &mut self.account;
        let mut counting = Counting::default();
        for problem in &reading.problems {
            match &problem.kind {
                ProblemKind::OffsetUnit { unit, .. } => counting.unit = *unit,
                ProblemKind::InclusiveEnd => counting.end = EndOffset::Last,
                _ => {}
            }
        }
        if let Some(document) = &reading.document {
            account.documents += 1;
            if reading.problems.iter().any(|problem| problem.severity() > Severity::Kept) {
                account.repaired += 1;
            }
            if document.meta.get("date").is_none_or(|date| date.as_str().is_none_or(str::is_empty)) {
                account.undated += 1;
            }
            for span in document.spans.iter() {
                *account.labels.entry(span.label.clone()).or_default() += 1;
            }
            if !document.spans.is_empty() {
                let before = account.counting.get_or_insert(counting);
                if *before == Counting::default() {
                    *before = counting;
                }
            }
        } else if reading.is_refused() {
            account.refused += 1;
        }
        for problem in &reading.problems {
            // What becomes of labels that the schema does not have is asked for, once a label.
            if matches!(problem.kind, ProblemKind::UnknownLabel { .. }) {
                continue;
            }
            let document = reading.document.as_ref();
            let repair =
                document.and_then(|document| repair(&problem.kind, problem.outcome, document.text.as_str()));
            let key = (discriminant(&problem.kind), problem.outcome, repair);
            let at = *self.groups.entry(key).or_insert_with(|| {
                account.notes.push(NoteGroup { total: 0, notes: Vec::new() });
                account.notes.len() - 1
            });
            let Some(group) = account.notes.get_mut(at) else { continue };
            group.total += 1;
            if group.notes.len() < NOTES_OF_A_KIND {
                let excerpt = match document {
                    Some(document) => excerpt::in_text(problem, document, counting.unit),
                    None => excerpt::in_line(problem, line),
                };
                group.notes.push(note_of(problem, excerpt, repair));
            }
        }
    }

    /// True if nothing came of the file and nothing was said about it.
    pub(super) fn is_silent(&self) -> bool {
        self.account.documents == 0 && self.account.notes.is_empty()
    }

    /// The account of everything that was counted in.
    pub(super) fn close(mut self, schema: &Schema) -> Account {
        let account = &mut self.account;
        account.found.sort_by_key(|found| std::cmp::Reverse(found.files));
        account.notes.sort_by_key(|group| group.notes.first().map(|note| note.kind));
        let foreign = account.labels.keys().filter(|label| schema.label(label.as_str()).is_none());
        account.proposed = LabelMapping::propose(foreign, schema);
        self.account
    }
}

/// What would put it right, if a person says so.
fn repair(kind: &ProblemKind, outcome: Outcome, text: &str) -> Option<Repair> {
    match (kind, outcome) {
        (ProblemKind::Surface { stated, .. }, Outcome::EntryLeftOut) => {
            let words = stated.trim_end_matches('…').trim();
            (!words.is_empty() && text.contains(words)).then_some(Repair::NearestPlace)
        }
        (ProblemKind::CutGrapheme { .. }, Outcome::Kept) => Some(Repair::WholeLetters),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{ReadOptions, jsonl};

    fn account(lines: &[&str]) -> Account {
        let mut books = Bookkeeping::default();
        for (number, line) in lines.iter().enumerate() {
            let reading = jsonl::read_record(line, number as u64 + 1, &ReadOptions::for_file("a.jsonl"));
            books.add(&reading, line.as_bytes());
        }
        books.close(&Schema::conflict_news())
    }

    #[test]
    fn what_is_said_again_and_again_is_said_once_and_counted() {
        let account = account(&[r#"{"text":"خبر"}"#; 50]);
        let groups: Vec<_> = account.notes.iter().map(|group| (group.total, group.notes.len())).collect();
        assert_eq!(groups, [(50, NOTES_OF_A_KIND)]);
        assert_eq!((account.documents, account.repaired, account.undated), (50, 50, 50));
        assert_eq!(account.count(NoteKind::Repaired), 50);
    }

    #[test]
    fn labels_of_others_are_counted_with_what_they_may_mean() {
        let line = r#"{"text":"زار عمر بغداد","spans":[{"start":4,"end":7,"label":"PERS"},{"start":8,"end":13,"label":"XYZ"}]}"#;
        let account = account(&[line]);
        assert_eq!(account.labels.len(), 2);
        assert_eq!(serde_json::to_string(&account.proposed).unwrap(), r#"{"PERS":"PER"}"#);
        assert_eq!(account.counting, Some(Counting::default()));
    }

    #[test]
    fn spans_that_can_be_put_right_are_offered_to_be() {
        let line = r#"{"text":"من هنا من هناك ثم من بعيد","spans":[{"start":12,"end":14,"label":"LOC","text":"من"},{"start":0,"end":2,"label":"LOC","text":"لا"}]}"#;
        assert_eq!(account(&[line]).repairs(), [(Repair::NearestPlace, 1)]);
        let cut = r#"{"text":"مُحمد","spans":[{"start":0,"end":1,"label":"PER"}]}"#;
        assert_eq!(account(&[cut]).repairs(), [(Repair::WholeLetters, 1)]);
    }
}
