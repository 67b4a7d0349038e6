//! Which articles were labelled by whom.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::annotation::{Document, DocumentId, Status};
use crate::text::SourceText;

/// The documents of one annotator.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotations {
    /// Their name in the report.
    pub annotator: String,
    /// What they labelled.
    pub documents: Vec<Document>,
}

impl Annotations {
    /// Parts documents by the annotator that each names, in the order in which the names come up. Documents without
    /// one are those of `unnamed`.
    #[must_use]
    pub fn by_annotator(documents: Vec<Document>, unnamed: &str) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for document in documents {
            let name = document.annotator.as_deref().unwrap_or(unnamed);
            match all.iter_mut().find(|annotations| annotations.annotator == name) {
                Some(annotations) => annotations.documents.push(document),
                None => all.push(Self { annotator: name.to_owned(), documents: vec![document] }),
            }
        }
        all
    }
}

/// Documents that take no part in a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Articles that only one annotator has labelled.
    pub alone: Vec<String>,
    /// Documents that nobody has begun (status `new`, no span that counts) or that were put aside (`skipped`).
    pub untouched: usize,
    /// Documents whose text the same annotator has labelled before; the first counts.
    pub repeated: Vec<String>,
}

/// A text and what each annotator made of it.
#[derive(Clone, Debug)]
pub(in crate::quality) struct PanelArticle<'a> {
    pub(in crate::quality) id: &'a DocumentId,
    pub(in crate::quality) text: &'a SourceText,
    /// By annotator.
    pub(in crate::quality) documents: Vec<Option<&'a Document>>,
}

/// Brings together the documents that have the same text to the byte, whatever their names. Articles are in the order
/// in which the annotators' documents come; only those of two or more annotators are kept, and of documents only those
/// that `counts` is true for, asked with the number of the annotator.
pub(in crate::quality) fn panel(
    annotators: &[Annotations],
    counts: impl Fn(usize, &Document) -> bool,
) -> (Vec<PanelArticle<'_>>, LeftOut) {
    let mut left_out = LeftOut::default();
    let mut articles: Vec<PanelArticle<'_>> = Vec::new();
    let mut by_text: HashMap<&str, usize> = HashMap::new();
    for (number, annotations) in annotators.iter().enumerate() {
        for document in &annotations.documents {
            if !counts(number, document) {
                left_out.untouched += 1;
                continue;
            }
            let at = *by_text.entry(document.text.as_str()).or_insert_with(|| {
                let documents = vec![None; annotators.len()];
                articles.push(PanelArticle { id: &document.id, text: &document.text, documents });
                articles.len() - 1
            });
            let Some(place) = articles.get_mut(at).and_then(|article| article.documents.get_mut(number))
            else {
                continue;
            };
            match place {
                Some(_) => left_out.repeated.push(document.id.as_str().to_owned()),
                None => *place = Some(document),
            }
        }
    }
    articles.retain(|article| {
        let shared = article.documents.iter().flatten().count() > 1;
        if !shared {
            left_out.alone.push(article.id.as_str().to_owned());
        }
        shared
    });
    (articles, left_out)
}

/// True if somebody has worked on a document: it is not put aside, and begun or labelled.
#[must_use]
pub fn is_labelled(document: &Document) -> bool {
    match document.status {
        Status::Skipped => false,
        Status::New => document.spans.iter().any(|span| span.origin.is_confirmed()),
        Status::InProgress | Status::Done => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::document;
    use super::*;

    #[test]
    fn articles_are_matched_by_text_and_need_two_annotators() {
        let annotators = ["a", "b"].map(|name| Annotations {
            annotator: name.to_owned(),
            documents: vec![
                document(&format!("{name}1"), "زار [LOC بغداد]"),
                document(&format!("{name}2"), &format!("زار {name} [LOC بغداد]")),
            ],
        });
        let (articles, left_out) = panel(&annotators, |_, document| is_labelled(document));
        let ids: Vec<_> = articles.iter().map(|article| article.id.as_str()).collect();
        assert_eq!((ids, left_out.alone), (vec!["a1"], vec!["a2".to_owned(), "b2".to_owned()]));
    }

    #[test]
    fn what_nobody_began_says_nothing_and_a_text_counts_once() {
        let untouched = document("u", "خبر");
        let skipped = Document { status: Status::Skipped, ..document("s", "زار [LOC بغداد]") };
        let empty = Document { status: Status::Done, ..document("d", "خبر") };
        let first = Annotations {
            annotator: "a".to_owned(),
            documents: vec![untouched.clone(), skipped, empty.clone(), empty.clone()],
        };
        let second = Annotations { annotator: "b".to_owned(), documents: vec![empty] };
        let annotators = [first, second];
        let (articles, left_out) = panel(&annotators, |_, document| is_labelled(document));
        assert_eq!((articles.len(), left_out.untouched, left_out.repeated), (1, 2, vec!["d".to_owned()]));
        assert_eq!(panel(&annotators, |_, _| true).1.untouched, 0);
    }

    #[test]
    fn a_project_is_parted_by_the_names_in_it() {
        let of = |id: &str, name: Option<&str>| Document {
            annotator: name.map(Into::into),
            ..document(id, "خبر")
        };
        let parted =
            Annotations::by_annotator(vec![of("1", Some("x")), of("2", None), of("3", Some("x"))], "file");
        let names: Vec<_> = parted.iter().map(|one| (one.annotator.as_str(), one.documents.len())).collect();
        assert_eq!(names, [("x", 2), ("file", 1)]);
    }
}
