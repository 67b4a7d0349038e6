//! Texts of LibreOffice (OpenDocument 1.3, part 3): the paragraphs and headings, one a line. Deleted text of tracked
//! changes, notes and comments are left out.

use serde_json::Map;

use super::{Facts, packed};
use crate::formats::problem::Problems;
use crate::formats::xml::{Element, Node};
use crate::formats::{ReadOptions, Reading, whole_file};

/// One element stands for at most so many spaces.
const MOST_SPACES: usize = 1_000;

/// Reads a text as one article.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let Some(root) = packed::part(bytes, "content.xml", &mut problems) else {
        return whole_file::nothing(problems);
    };
    let mut text = String::new();
    if let Some(body) = root.descendants().find(|element| element.name == "office:text") {
        write_blocks(body, &mut text);
    }
    let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
    // What goes wrong with the properties is no loss of text.
    let mut aside = Problems::new(&options.file, None);
    let meta = packed::part(bytes, "meta.xml", &mut aside);
    let of = |name: &str| packed::text_of(meta.as_ref()?, name);
    let author = of("initial-creator").or_else(|| of("creator"));
    let facts = Facts { title: of("title"), author, ..Facts::default() };
    vec![super::reading(options.stem().to_owned(), text, facts, Map::new(), problems)]
}

/// The paragraphs in lists, tables, sections and frames, in their order.
fn write_blocks(element: &Element, text: &mut String) {
    for child in element.elements() {
        match child.name.as_str() {
            "text:p" | "text:h" => {
                write_words(child, text);
                text.push('\n');
            }
            "text:tracked-changes" | "office:forms" | "text:sequence-decls" => {}
            _ => write_blocks(child, text),
        }
    }
}

/// The text of a paragraph. White space in it is one space, as the format has it.
fn write_words(element: &Element, text: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(words) => {
                for c in words.chars() {
                    if !matches!(c, ' ' | '\t' | '\r' | '\n') {
                        text.push(c);
                    } else if !text.is_empty() && !text.ends_with([' ', '\n', '\t']) {
                        text.push(' ');
                    }
                }
            }
            Node::Element(child) => match child.name.as_str() {
                "text:s" => {
                    let count =
                        child.attribute("text:c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                    text.extend(std::iter::repeat_n(' ', count.min(MOST_SPACES)));
                }
                "text:tab" => text.push('\t'),
                "text:line-break" => text.push('\n'),
                "text:note" | "office:annotation" | "text:ruby-text" => {}
                "draw:frame" | "draw:text-box" => {
                    text.push('\n');
                    write_blocks(child, text);
                }
                _ => write_words(child, text),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::archive::{self, Files};

    #[test]
    fn paragraphs_are_lines_and_spaces_are_counted() {
        let content = "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><office:body><office:text>\
            <text:tracked-changes><text:p>x</text:p></text:tracked-changes><text:h>عنوان</text:h>\
            <text:p>قال<text:s text:c=\"2\"/>الوز<text:span>ير</text:span>\n  أمس<text:note><text:p>n</text:p></text:note><text:line-break/>و<text:tab/>ذهب</text:p>\
            <text:list><text:list-item><text:p>بند</text:p></text:list-item></text:list></office:text></office:body></office:document-content>";
        let meta = "<m xmlns:dc=\"d\" xmlns:meta=\"m\"><meta:initial-creator>أمل</meta:initial-creator></m>";
        let files = [
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", content),
            ("meta.xml", meta),
        ];
        let files: Files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
        let bytes = archive::pack(&files).unwrap();
        assert_eq!(archive::office(&bytes), Some(archive::Office::Odt));
        let document = read_file(&bytes, &ReadOptions::for_file("خبر.odt")).remove(0).document.unwrap();
        assert_eq!(document.text.as_str(), "عنوان\nقال  الوزير أمس\nو\tذهب\nبند");
        assert_eq!(document.meta["author"], "أمل");
    }
}
