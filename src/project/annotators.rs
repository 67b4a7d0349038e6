//! What annotators made of articles whose files were loaded beside the project, as it is stored.

use serde::{Deserialize, Serialize};

use super::store::StoredDocument;
use crate::quality::agreement::Annotations;
use crate::text::SourceText;

/// The name of the setting under which annotators are stored.
pub const ANNOTATORS: &str = "annotators";

/// An annotator and what they labelled. Their documents are no documents of the project, so each has its text with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredAnnotator {
    name: String,
    documents: Vec<Labelled>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Labelled {
    record: StoredDocument,
    text: String,
}

impl StoredAnnotator {
    /// Takes a snapshot.
    #[must_use]
    pub fn of(annotations: &Annotations) -> Self {
        let labelled = |(document, order)| Labelled {
            record: StoredDocument::of(document, order, 0),
            text: document.text.as_str().to_owned(),
        };
        let documents = annotations.documents.iter().zip(0..).map(labelled).collect();
        Self { name: annotations.annotator.clone(), documents }
    }

    /// Gives them back, with how many documents could not be read.
    #[must_use]
    pub fn revive(self) -> (Annotations, usize) {
        let stored = self.documents.len();
        let revived = self.documents.into_iter().filter_map(|Labelled { record, text }| {
            // A storage that somebody else wrote to may hold a text that is none of ours.
            record.revive(SourceText::new(text)).ok()
        });
        let annotations = Annotations { annotator: self.name, documents: revived.collect() };
        let lost = stored - annotations.documents.len();
        (annotations, lost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Document, DocumentId, Origin, Span, SpanId, Status};
    use crate::schema::LabelCode;
    use serde_json::{from_value, json, to_value};

    fn amal() -> Annotations {
        let mut document = Document::new(DocumentId::new("x"), "زار\r\nسبها 😊");
        let label = LabelCode::new("LOC").unwrap();
        document.spans =
            [Span::new(SpanId::numbered(1), (8..16).into(), label, Origin::Manual)].into_iter().collect();
        document.status = Status::Done;
        Annotations { annotator: "amal".to_owned(), documents: vec![document] }
    }

    #[test]
    fn an_annotator_comes_back_as_stored() {
        let stored = to_value([StoredAnnotator::of(&amal())]).unwrap();
        let [back] = from_value::<[StoredAnnotator; 1]>(stored).unwrap();
        assert_eq!(back.revive(), (amal(), 0));
    }

    #[test]
    fn a_document_that_does_not_fit_its_text_costs_only_itself() {
        let mut all = amal();
        all.documents.push(Document::new(DocumentId::new("y"), "خبر"));
        let mut stored = to_value(StoredAnnotator::of(&all)).unwrap();
        stored["documents"][0]["text"] = json!("زار");
        let (back, lost) = from_value::<StoredAnnotator>(stored).unwrap().revive();
        let ids: Vec<_> = back.documents.iter().map(|document| document.id.as_str()).collect();
        assert_eq!((ids, lost), (vec!["y"], 1));
    }
}
