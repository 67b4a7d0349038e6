//! What came of reading files: how much was taken, what was put right, what was left out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Problem, Reading, Severity};
use crate::schema::LabelCode;

/// The sum of a number of readings.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ImportReport {
    /// Documents read, repaired ones among them.
    pub documents: usize,
    /// Documents in which something was put right or left out.
    pub repaired_documents: usize,
    /// Records (or whole files) of which nothing was read.
    pub refused_records: usize,
    /// Spans read, by label.
    pub spans: BTreeMap<LabelCode, usize>,
    /// Every problem, in the order of the files.
    pub problems: Vec<Problem>,
}

impl ImportReport {
    /// Counts a reading in and takes over its problems.
    pub fn add(&mut self, reading: &mut Reading) {
        if let Some(document) = &reading.document {
            self.documents += 1;
            if reading.problems.iter().any(|problem| problem.severity() > Severity::Kept) {
                self.repaired_documents += 1;
            }
            for span in document.spans.iter() {
                *self.spans.entry(span.label.clone()).or_default() += 1;
            }
        } else if reading.is_refused() {
            self.refused_records += 1;
        }
        self.problems.append(&mut reading.problems);
    }

    /// Counts in what came of another file.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.repaired_documents += other.repaired_documents;
        self.refused_records += other.refused_records;
        for (label, count) in other.spans {
            *self.spans.entry(label).or_default() += count;
        }
        self.problems.extend(other.problems);
    }

    /// The number of problems of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity() == severity).count()
    }

    /// The number of spans read.
    #[must_use]
    pub fn span_count(&self) -> usize {
        self.spans.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{ReadOptions, Records, jsonl};

    #[test]
    fn what_was_taken_repaired_and_refused_is_counted() {
        let file = r#"{"text":"زار بغداد","spans":[{"start":4,"end":9,"label":"LOC"},{"start":4,"end":99,"label":"LOC"}]}
{"text":
{"id":"b","text":"خبر","spans":[]}"#;
        let mut report = ImportReport::default();
        for reading in Records::new(file.as_bytes(), &ReadOptions::for_file("a.jsonl"), jsonl::read_record) {
            report.add(&mut reading.unwrap());
        }
        assert_eq!((report.documents, report.repaired_documents, report.refused_records), (2, 2, 1));
        assert_eq!((report.span_count(), report.spans["LOC"]), (1, 1));
        assert_eq!((report.count(Severity::Repaired), report.count(Severity::Refused)), (2, 2));

        let mut both = report.clone();
        both.merge(report);
        assert_eq!((both.documents, both.repaired_documents, both.refused_records), (4, 4, 2));
        assert_eq!((both.span_count(), both.spans["LOC"], both.problems.len()), (2, 2, 8));
    }
}
