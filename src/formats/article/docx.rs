//! Word documents (Office Open XML, ECMA-376 part 1): the text of the paragraphs, one a line, and behind it, after an
//! empty line, the footnotes and endnotes in the order of what they are about. Comments, headers and text that was deleted
//! with changes tracked are left out and counted.

use serde_json::Map;

use super::{Facts, packed};
use crate::formats::problem::Problems;
use crate::formats::xml::{Element, Node};
use crate::formats::{OfficePart, ReadOptions, Reading, archive, whole_file};

/// Reads a document as one article.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let Some(root) = packed::part(bytes, "word/document.xml", &mut problems) else {
        return whole_file::nothing(problems);
    };
    let names = archive::names(bytes);
    let mut body = Body::default();
    if let Some(element) = root.elements().find(|element| element.local() == "body") {
        body.write(element);
    }
    let text = body.text.strip_suffix('\n').unwrap_or(&body.text).to_owned();
    let mut part = |name: &str| packed::part_if_there(bytes, &names, name, &mut problems);
    let mut notes = Body::default();
    let (footnotes, endnotes) = (part("word/footnotes.xml"), part("word/endnotes.xml"));
    for (is_endnote, id) in &body.notes {
        let (list, kind) = if *is_endnote { (&endnotes, "endnote") } else { (&footnotes, "footnote") };
        let mut all = list.iter().flat_map(Element::elements);
        if let Some(note) = all.find(|note| note.local() == kind && attribute(note, "id") == Some(id)) {
            notes.write(note);
        }
    }
    let comments = part("word/comments.xml")
        .map_or(0, |list| list.elements().filter(|comment| packed::has_text(comment)).count());
    let is_margin = |name: &&String| {
        let name = name.strip_prefix("word/").unwrap_or_default();
        (name.starts_with("header") || name.starts_with("footer")) && name.ends_with(".xml")
    };
    let margins = names.iter().filter(is_margin).filter_map(|name| part(name));
    let margins = margins
        .filter(|margin| margin.descendants().any(|text| text.local() == "t" && packed::has_text(text)));
    let margins = margins.count();
    let core = part("docProps/core.xml");
    let of = |name: &str| packed::text_of(core.as_ref()?, name);
    let facts = Facts { title: of("title"), author: of("creator"), ..Facts::default() };
    let left = [
        (OfficePart::Comments, comments),
        (OfficePart::Headers, margins),
        (OfficePart::Deleted, body.deleted + notes.deleted),
    ];
    packed::say_left_out(left, &mut problems);
    let text = packed::with_notes(text, &notes.text);
    vec![super::reading(options.stem().to_owned(), text, facts, Map::new(), problems)]
}

/// An attribute, whatever its prefix.
fn attribute<'e>(element: &'e Element, local: &str) -> Option<&'e str> {
    let is_it = |key: &str| key.rsplit(':').next() == Some(local);
    element.attributes.iter().find(|(key, _)| is_it(key)).map(|(_, value)| value.as_str())
}

/// What is found in the body of a document, or in its notes.
#[derive(Default)]
struct Body {
    text: String,
    /// The notes that are pointed to: whether they are endnotes, and their numbers in the file.
    notes: Vec<(bool, String)>,
    /// Passages that were deleted.
    deleted: usize,
}

impl Body {
    fn write(&mut self, element: &Element) {
        for child in element.elements() {
            match child.local() {
                "t" => self.text.extend(child.children.iter().filter_map(|node| match node {
                    Node::Text(words) => Some(words.as_str()),
                    Node::Element(_) => None,
                })),
                "tab" | "ptab" => self.text.push('\t'),
                "br" | "cr" => self.text.push('\n'),
                "noBreakHyphen" => self.text.push('\u{2011}'),
                "softHyphen" => self.text.push('\u{AD}'),
                name @ ("footnoteReference" | "endnoteReference") => {
                    let id = attribute(child, "id").map(str::to_owned);
                    self.notes.extend(id.map(|id| (name == "endnoteReference", id)));
                }
                "del" => self.deleted += usize::from(packed::has_text(child)),
                // Properties, moved text where it was, the older form of what stands beside it, and what is no text.
                "pPr" | "rPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" | "sectPr" | "moveFrom"
                | "Fallback" | "instrText" | "delText" => {}
                "p" => {
                    self.write(child);
                    self.text.push('\n');
                }
                _ => self.write(child),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::archive::{self, Files};
    use crate::formats::{Outcome, ProblemKind};

    fn docx(body: &str) -> Vec<u8> {
        with_parts(body, &[])
    }

    /// A document with more parts, each with what is in its root.
    fn with_parts(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        let document = format!("<?xml version=\"1.0\"?><w:document {w}><w:body>{body}</w:body></w:document>");
        let core =
            "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>عنوان</dc:title></cp:coreProperties>";
        let files = [("word/document.xml", document.as_str()), ("docProps/core.xml", core)];
        let mut files: Files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
        for (name, inside) in more {
            files.insert((*name).to_owned(), format!("<w:r {w}>{inside}</w:r>").into_bytes());
        }
        archive::pack(&files).unwrap()
    }

    fn text(body: &str) -> String {
        let reading = read_file(&docx(body), &ReadOptions::for_file("خبر.docx")).remove(0);
        reading.document.map(|document| document.text.as_str().to_owned()).unwrap_or_default()
    }

    #[test]
    fn paragraphs_are_lines_and_what_was_deleted_is_gone() {
        let body = "<w:p><w:pPr><w:rtl/></w:pPr><w:r><w:t xml:space=\"preserve\">قال </w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del>\
                    <w:ins><w:r><w:t>الوزير</w:t><w:tab/><w:t>أمس</w:t></w:r></w:ins></w:p><w:p/>\
                    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>خلية</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        assert_eq!(text(body), "قال الوزير\tأمس\n\nخلية");
        let reading =
            read_file(&docx("<w:p><w:r><w:t>x</w:t></w:r></w:p>"), &ReadOptions::for_file("a.docx"))
                .remove(0);
        assert_eq!(reading.document.unwrap().meta["title"], "عنوان");
    }

    #[test]
    fn notes_stand_behind_the_text_and_what_is_not_in_it_is_counted() {
        let said = |words: &str| format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>");
        let body = "<w:p><w:r><w:t>قال</w:t><w:endnoteReference w:id=\"1\"/><w:footnoteReference w:id=\"2\"/><w:t> الوزير</w:t></w:r>\
                    <w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>";
        let note =
            |kind: &str, id: u8, words: &str| format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", said(words));
        let parts = [
            ("word/footnotes.xml", note("footnote", 0, "") + &note("footnote", 2, "حاشية")),
            ("word/endnotes.xml", note("endnote", 1, "ختامية")),
            ("word/comments.xml", note("comment", 0, "رأي") + &note("comment", 1, "رأي آخر")),
            ("word/header1.xml", said("رأس")),
            ("word/footer1.xml", "<w:p/>".to_owned()),
        ];
        let parts = parts.each_ref().map(|(name, inside)| (*name, inside.as_str()));
        let reading = read_file(&with_parts(body, &parts), &ReadOptions::for_file("a.docx")).remove(0);
        assert_eq!(reading.document.unwrap().text.as_str(), "قال الوزير\n\nختامية\nحاشية");
        let told: Vec<_> =
            reading.problems.into_iter().map(|problem| (problem.kind, problem.outcome)).collect();
        let left = |part, count| (ProblemKind::OutsideBody { part, count }, Outcome::FieldLeftOut);
        assert_eq!(
            told,
            [left(OfficePart::Comments, 2), left(OfficePart::Headers, 1), left(OfficePart::Deleted, 1)]
        );
    }

    #[test]
    fn a_part_that_is_damaged_is_told_and_the_text_is_read() {
        let body = "<w:p><w:r><w:t>قال</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
        let bytes = with_parts(body, &[("word/footnotes.xml", "<w:footnote>")]);
        let reading = read_file(&bytes, &ReadOptions::for_file("a.docx")).remove(0);
        assert_eq!(reading.document.unwrap().text.as_str(), "قال");
        assert_eq!(
            (reading.problems[0].field.as_str(), reading.problems[0].outcome),
            ("word/footnotes.xml", Outcome::FieldLeftOut)
        );
    }

    #[test]
    fn what_is_no_document_is_refused_with_a_reason() {
        let empty = archive::pack(&Files::new()).unwrap();
        for bytes in [empty, b"PK\x03\x04".to_vec(), docx("<w:p>")] {
            let readings = read_file(&bytes, &ReadOptions::for_file("a.docx"));
            assert!(readings.iter().all(|reading| reading.document.is_none() && reading.is_refused()));
        }
    }
}
