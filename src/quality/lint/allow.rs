//! Findings that somebody has looked at and found right.

use std::collections::HashMap;

use serde_json::Value;

use super::finding::Finding;
use crate::annotation::{Change, Document};

/// The key of a document's `meta` that says which findings are right: an object with the words by the rule's code.
pub const ALLOWED: &str = "lint_allowed";

/// The words of a finding in its document.
fn words_of<'d>(document: &'d Document, finding: &Finding) -> &'d str {
    document.text.slice(finding.range).unwrap_or_default()
}

/// True if the document says that a finding of this rule about these words is right.
#[must_use]
pub fn is_allowed(document: &Document, finding: &Finding) -> bool {
    let rules = document.meta.get(ALLOWED).and_then(Value::as_object);
    let words = rules.and_then(|rules| rules.get(finding.rule.code())).and_then(Value::as_array);
    words.is_some_and(|words| words.iter().any(|word| word.as_str() == Some(words_of(document, finding))))
}

/// The change by which a document says that findings about it are right; none if it says so already. Findings about other
/// documents are passed over.
#[must_use]
pub fn allow<'f>(document: &Document, findings: impl IntoIterator<Item = &'f Finding>) -> Option<Change> {
    rewritten(document, findings, |words, word| {
        if !words.contains(&word) {
            words.push(word);
        }
    })
}

/// The change by which a document no longer says so.
#[must_use]
pub fn withdraw<'f>(document: &Document, findings: impl IntoIterator<Item = &'f Finding>) -> Option<Change> {
    rewritten(document, findings, |words, word| words.retain(|other| *other != word))
}

fn rewritten<'f>(
    document: &Document,
    findings: impl IntoIterator<Item = &'f Finding>,
    rewrite: impl Fn(&mut Vec<Value>, Value),
) -> Option<Change> {
    let before = document.meta.get(ALLOWED).cloned();
    // What somebody else has written under the key, and is no such object, gives way.
    let mut rules = before.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    for finding in findings.into_iter().filter(|finding| finding.document == document.id) {
        let mut words = match rules.remove(finding.rule.code()) {
            Some(Value::Array(words)) => words,
            _ => Vec::new(),
        };
        rewrite(&mut words, Value::from(words_of(document, finding)));
        if !words.is_empty() {
            rules.insert(finding.rule.code().to_owned(), Value::Array(words));
        }
    }
    let after = (!rules.is_empty()).then_some(Value::Object(rules));
    (before != after).then(|| Change::Meta { key: ALLOWED.into(), before, after })
}

/// A list of findings that are no mistakes, one a line: document, rule, words, and why it is right.
#[derive(Clone, Debug, Default)]
pub struct AllowList {
    /// The line of each entry, from 1, by document, rule and words.
    lines: HashMap<(String, String, String), usize>,
}

/// A line of an allow list that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0}: document, rule, words and a reason are wanted, with tabs between them")]
pub struct AllowListError(pub usize);

impl AllowList {
    /// Reads a list: four cells a line with tabs between them; `#` begins a remark.
    ///
    /// # Errors
    /// The first line that has fewer or empty cells. A finding without a reason is not allowed.
    pub fn read(text: &str) -> Result<Self, AllowListError> {
        let mut lines = HashMap::new();
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<_> = line.split('\t').map(str::trim).collect();
            let &[document, rule, words, reason] = cells.as_slice() else {
                return Err(AllowListError(index + 1));
            };
            if [document, rule, words, reason].iter().any(|cell| cell.is_empty()) {
                return Err(AllowListError(index + 1));
            }
            lines.insert((document.to_owned(), rule.to_owned(), words.to_owned()), index + 1);
        }
        Ok(Self { lines })
    }

    /// Parts findings in those that the list allows and those it does not, and gives the lines, in order, that allow
    /// nothing: they are out of date.
    #[must_use]
    pub fn sift(&self, findings: Vec<Finding>, documents: &[Document]) -> (Vec<Finding>, Vec<usize>) {
        let texts: HashMap<_, _> = documents.iter().map(|document| (&document.id, &document.text)).collect();
        let mut idle = self.lines.clone();
        let left = findings
            .into_iter()
            .filter(|finding| {
                let words = texts.get(&finding.document).and_then(|text| text.slice(finding.range));
                let entry = (
                    finding.document.as_str().to_owned(),
                    finding.rule.code().to_owned(),
                    words.unwrap_or_default().to_owned(),
                );
                idle.remove(&entry);
                !self.lines.contains_key(&entry)
            })
            .collect();
        let mut idle: Vec<_> = idle.into_values().collect();
        idle.sort_unstable();
        (left, idle)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::documents;
    use super::super::{NoNames, Rule, Vocabulary, lint};
    use super::*;

    #[test]
    fn what_is_allowed_is_left_out_and_idle_lines_are_named() {
        let documents = documents(&["قال [GRP الجيش] ثم [LOC البلاد]"]);
        let findings = lint(&documents, &Vocabulary::embedded().unwrap(), &NoNames);
        let list = "# remark\nd1\tbare-noun\tالجيش\ta club\nd2\tbare-noun\tالجيش\ta club\n";
        let (left, idle) = AllowList::read(list).unwrap().sift(findings, &documents);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].rule, Rule::BareNoun);
        assert_eq!(idle, [3]);
    }

    #[test]
    fn a_document_says_itself_what_is_right_and_can_take_it_back() {
        let mut documents = documents(&["قال [GRP الجيش] ثم [GRP الجيش]", "قال [GRP الجيش]"]);
        let vocabulary = Vocabulary::embedded().unwrap();
        let findings = |documents: &[Document]| lint(documents, &vocabulary, &NoNames);
        let found = findings(&documents);
        let change = allow(&documents[0], &found).unwrap();
        documents[0].apply(&change).unwrap();
        assert_eq!(allow(&documents[0], &found), None);
        let allowed: Vec<_> = findings(&documents).iter().map(|finding| finding.allowed).collect();
        assert_eq!(
            allowed,
            [true, true, false],
            "both places have the same words; the other article is another"
        );
        assert_eq!(documents[0].meta[ALLOWED], serde_json::json!({"bare-noun": ["الجيش"]}));
        let change = withdraw(&documents[0], &found[..1]).unwrap();
        documents[0].apply(&change).unwrap();
        assert!(documents[0].meta.is_empty());
    }

    #[test]
    fn a_line_without_a_reason_is_refused() {
        assert_eq!(AllowList::read("\nd1\tbare-noun\tالجيش\n").unwrap_err(), AllowListError(2));
        assert_eq!(AllowList::read("d1\tbare-noun\tالجيش\t \n").unwrap_err(), AllowListError(1));
    }
}
