//! Word documents (Office Open XML, ECMA-376 part 1): the text of the paragraphs, one a line. Text that was deleted with
//! changes tracked is not there, footnotes and headers are left out.

use serde_json::Map;

use super::{Facts, packed};
use crate::formats::problem::Problems;
use crate::formats::xml::{Element, Node};
use crate::formats::{ReadOptions, Reading, whole_file};

/// Reads a document as one article.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let Some(root) = packed::part(bytes, "word/document.xml", &mut problems) else {
        return whole_file::nothing(problems);
    };
    let mut text = String::new();
    if let Some(body) = root.elements().find(|element| element.local() == "body") {
        write(body, &mut text);
    }
    let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
    // What goes wrong with the properties is no loss of text.
    let mut aside = Problems::new(&options.file, None);
    let core = packed::part(bytes, "docProps/core.xml", &mut aside);
    let of = |name: &str| packed::text_of(core.as_ref()?, name);
    let facts = Facts { title: of("title"), author: of("creator"), ..Facts::default() };
    vec![super::reading(options.stem().to_owned(), text, facts, Map::new(), problems)]
}

fn write(element: &Element, text: &mut String) {
    for child in element.elements() {
        match child.local() {
            "t" => text.extend(child.children.iter().filter_map(|node| match node {
                Node::Text(words) => Some(words.as_str()),
                Node::Element(_) => None,
            })),
            "tab" | "ptab" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('\u{2011}'),
            "softHyphen" => text.push('\u{AD}'),
            // Properties, deleted and moved text, the older form of what stands beside it, and what is no text.
            "pPr" | "rPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" | "sectPr" | "del" | "moveFrom"
            | "Fallback" | "instrText" | "delText" => {}
            "p" => {
                write(child, text);
                text.push('\n');
            }
            _ => write(child, text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::archive::{self, Files};

    fn docx(body: &str) -> Vec<u8> {
        let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        let document = format!("<?xml version=\"1.0\"?><w:document {w}><w:body>{body}</w:body></w:document>");
        let core =
            "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>عنوان</dc:title></cp:coreProperties>";
        let files = [("word/document.xml", document.as_str()), ("docProps/core.xml", core)];
        let files: Files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
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
    fn what_is_no_document_is_refused_with_a_reason() {
        let empty = archive::pack(&Files::new()).unwrap();
        for bytes in [empty, b"PK\x03\x04".to_vec(), docx("<w:p>")] {
            let readings = read_file(&bytes, &ReadOptions::for_file("a.docx"));
            assert!(readings.iter().all(|reading| reading.document.is_none() && reading.is_refused()));
        }
    }
}
