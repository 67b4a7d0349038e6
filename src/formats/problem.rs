//! Where something was wrong with a file, and what became of it.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::ProblemKind;

/// One thing that was wrong with a file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// The file, as the user knows it.
    pub file: Arc<str>,
    /// The line, from 1; none if it concerns the whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The field, as in `spans[3].start`; empty if it concerns the whole line.
    pub field: String,
    /// What was wrong.
    #[serde(flatten)]
    pub kind: ProblemKind,
    /// What became of it.
    pub outcome: Outcome,
}

impl Problem {
    /// How much was lost.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.outcome.severity()
    }

    /// As data that says in words, too, what it is about: for programs that show it to somebody.
    #[must_use]
    pub fn with_message(&self) -> impl Serialize {
        Told { message: self.to_string(), problem: self }
    }
}

#[derive(Serialize)]
struct Told<'a> {
    message: String,
    #[serde(flatten)]
    problem: &'a Problem,
}

impl fmt::Display for Problem {
    /// `file:line:field: what happened; what was kept. What to do next.`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.field.is_empty() {
            write!(f, ":{}", self.field)?;
        }
        write!(f, ": {}; {}", self.kind, self.outcome)?;
        match self.kind.advice() {
            Some(advice) => write!(f, ". {advice}."),
            None => f.write_str("."),
        }
    }
}

/// How much was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing: it was kept as it stands.
    Kept,
    /// Nothing that matters: it was put right.
    Repaired,
    /// Something was left out.
    Refused,
}

/// What became of the thing that was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Kept as it stands.
    Kept,
    /// Put right; nothing was left out.
    Repaired,
    /// The field was left out, the rest of its object kept.
    FieldLeftOut,
    /// The span (or rejection, relation, event) was left out, the rest of the record kept.
    EntryLeftOut,
    /// The record was left out, the other records kept.
    RecordLeftOut,
    /// A file of an archive was left out, the others were read.
    MemberLeftOut,
    /// What follows in the file was left out, what came before was read.
    RestLeftOut,
    /// Nothing of the file was read.
    FileLeftOut,
}

impl Outcome {
    /// How much was lost.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Kept => Severity::Kept,
            Self::Repaired => Severity::Repaired,
            Self::FieldLeftOut
            | Self::EntryLeftOut
            | Self::RecordLeftOut
            | Self::MemberLeftOut
            | Self::RestLeftOut
            | Self::FileLeftOut => Severity::Refused,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kept => "it was kept as it stands",
            Self::Repaired => "this was put right",
            Self::FieldLeftOut => "the field was left out, the rest kept",
            Self::EntryLeftOut => "this entry was left out, the rest of the record kept",
            Self::RecordLeftOut => "this record was left out, the others kept",
            Self::MemberLeftOut => "this file was left out, the others were read",
            Self::RestLeftOut => "what came before was read, the rest was left out",
            Self::FileLeftOut => "nothing of the file was read",
        })
    }
}

/// Collects what is wrong with one line of one file.
#[derive(Debug)]
pub(super) struct Problems {
    file: Arc<str>,
    line: Option<u64>,
    list: Vec<Problem>,
}

impl Problems {
    pub(super) fn new(file: &Arc<str>, line: Option<u64>) -> Self {
        Self { file: Arc::clone(file), line, list: Vec::new() }
    }

    pub(super) fn say(&mut self, field: impl Into<String>, kind: ProblemKind, outcome: Outcome) {
        let (file, line) = (Arc::clone(&self.file), self.line);
        self.list.push(Problem { file, line, field: field.into(), kind, outcome });
    }

    /// What is said from now on is about another file.
    pub(super) fn continued(self, file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), line: None, ..self }
    }

    /// The line that is spoken of from now on.
    pub(super) fn at_line(&mut self, line: Option<u64>) {
        self.line = line;
    }

    /// Says what is wrong with another line of the file.
    pub(super) fn say_at(&mut self, line: u64, field: &str, kind: ProblemKind, outcome: Outcome) {
        self.at(line, |problems| problems.say(field, kind, outcome));
    }

    /// Lets something be said about another line of the file.
    pub(super) fn at<T>(&mut self, line: u64, say: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.line.replace(line);
        let said = say(self);
        self.line = before;
        said
    }

    pub(super) fn into_vec(self) -> Vec<Problem> {
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::OffsetUnit;

    #[test]
    fn a_message_says_where_what_what_was_kept_and_what_next() {
        let problem = Problem {
            file: "news.jsonl".into(),
            line: Some(7),
            field: "spans[2].end".into(),
            kind: ProblemKind::OutsideText { end: 90, length: 40, unit: OffsetUnit::CodePoint },
            outcome: Outcome::EntryLeftOut,
        };
        assert_eq!(
            problem.to_string(),
            "news.jsonl:7:spans[2].end: the span ends at 90, but the text has 40 code points; this entry was left \
             out, the rest of the record kept. Check that the text is the one that was labelled, and that offsets \
             count code points."
        );
        assert_eq!(problem.severity(), Severity::Refused);
    }

    #[test]
    fn a_problem_is_data_for_the_page() {
        let problem = Problem {
            file: "a.txt".into(),
            line: None,
            field: String::new(),
            kind: ProblemKind::ByteOrderMark,
            outcome: Outcome::Repaired,
        };
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            r#"{"file":"a.txt","field":"","kind":"byte_order_mark","outcome":"repaired"}"#
        );
    }
}
