//! Texts of LibreOffice (OpenDocument 1.3, part 3): the paragraphs and headings, one a line, and behind them, after an
//! empty line, the footnotes and endnotes in their order. Comments, headers and deleted text of tracked changes are left
//! out and counted.

use std::collections::VecDeque;

use serde_json::Map;

use super::{Facts, packed};
use crate::formats::problem::Problems;
use crate::formats::xml::{Element, Node};
use crate::formats::{OfficePart, ReadOptions, Reading, archive, whole_file};

/// One element stands for at most so many spaces.
const MOST_SPACES: usize = 1_000;

/// Reads a text as one article.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let Some(root) = packed::part(bytes, "content.xml", &mut problems) else {
        return whole_file::nothing(problems);
    };
    let mut body = Body::default();
    if let Some(element) = root.descendants().find(|element| element.name == "office:text") {
        body.write_blocks(element);
    }
    let text = std::mem::take(&mut body.text);
    let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
    // Notes can have notes.
    while let Some(note) = body.notes.pop_front() {
        body.write_blocks(note);
    }
    let names = archive::names(bytes);
    let mut part = |name: &str| packed::part_if_there(bytes, &names, name, &mut problems);
    let is_margin = |element: &&Element| {
        let is_one = element.name.starts_with("style:header") || element.name.starts_with("style:footer");
        is_one && !element.name.ends_with("-style") && packed::has_text(element)
    };
    let margins = part("styles.xml").map_or(0, |styles| styles.descendants().filter(is_margin).count());
    let meta = part("meta.xml");
    let of = |name: &str| packed::text_of(meta.as_ref()?, name);
    let author = of("initial-creator").or_else(|| of("creator"));
    let facts = Facts { title: of("title"), author, ..Facts::default() };
    let left = [
        (OfficePart::Comments, body.comments),
        (OfficePart::Headers, margins),
        (OfficePart::Deleted, body.deleted),
    ];
    packed::say_left_out(left, &mut problems);
    let text = packed::with_notes(text, &body.text);
    vec![super::reading(options.stem().to_owned(), text, facts, Map::new(), problems)]
}

/// What is found in the body of a text.
#[derive(Default)]
struct Body<'e> {
    text: String,
    /// Notes that have not been written yet.
    notes: VecDeque<&'e Element>,
    comments: usize,
    /// Passages that were deleted.
    deleted: usize,
}

impl<'e> Body<'e> {
    /// The paragraphs in lists, tables, sections and frames, in their order.
    fn write_blocks(&mut self, element: &'e Element) {
        for child in element.elements() {
            match child.name.as_str() {
                "text:p" | "text:h" => {
                    self.write_words(child);
                    self.text.push('\n');
                }
                "text:tracked-changes" => {
                    let deleted = child.descendants().filter(|change| change.name == "text:deletion");
                    self.deleted += deleted
                        .filter(|change| {
                            change
                                .elements()
                                .any(|block| block.name.starts_with("text:") && packed::has_text(block))
                        })
                        .count();
                }
                "office:forms" | "text:sequence-decls" => {}
                _ => self.write_blocks(child),
            }
        }
    }

    /// The text of a paragraph. White space in it is one space, as the format has it.
    fn write_words(&mut self, element: &'e Element) {
        for node in &element.children {
            match node {
                Node::Text(words) => {
                    for c in words.chars() {
                        if !matches!(c, ' ' | '\t' | '\r' | '\n') {
                            self.text.push(c);
                        } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                            self.text.push(' ');
                        }
                    }
                }
                Node::Element(child) => match child.name.as_str() {
                    "text:s" => {
                        let count =
                            child.attribute("text:c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
                        self.text.extend(std::iter::repeat_n(' ', count.min(MOST_SPACES)));
                    }
                    "text:tab" => self.text.push('\t'),
                    "text:line-break" => self.text.push('\n'),
                    "text:note" => {
                        self.notes.extend(child.elements().filter(|part| part.name == "text:note-body"));
                    }
                    "office:annotation" => self.comments += usize::from(packed::has_text(child)),
                    "text:ruby-text" => {}
                    "draw:frame" | "draw:text-box" => {
                        self.text.push('\n');
                        self.write_blocks(child);
                    }
                    _ => self.write_words(child),
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::ProblemKind;
    use crate::formats::archive::{self, Files};

    #[test]
    fn paragraphs_are_lines_and_spaces_are_counted() {
        let content = "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><office:body><office:text>\
            <text:tracked-changes><text:changed-region><text:deletion><office:change-info>أ</office:change-info><text:p>x</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h>عنوان</text:h>\
            <text:p>قال<text:s text:c=\"2\"/>الوز<text:span>ير</text:span>\n  أمس<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>حاشية</text:p></text:note-body></text:note><office:annotation><text:p>رأي</text:p></office:annotation><text:line-break/>و<text:tab/>ذهب</text:p>\
            <text:list><text:list-item><text:p>بند</text:p></text:list-item></text:list></office:text></office:body></office:document-content>";
        let meta = "<m xmlns:dc=\"d\" xmlns:meta=\"m\"><meta:initial-creator>أمل</meta:initial-creator></m>";
        let files = [
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", content),
            ("meta.xml", meta),
            (
                "styles.xml",
                "<s xmlns:style=\"s\" xmlns:text=\"t\"><style:header><text:p>رأس</text:p></style:header><style:footer/></s>",
            ),
        ];
        let files: Files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into();
        let bytes = archive::pack(&files).unwrap();
        assert_eq!(archive::office(&bytes), Some(archive::Office::Odt));
        let reading = read_file(&bytes, &ReadOptions::for_file("خبر.odt")).remove(0);
        let document = reading.document.unwrap();
        assert_eq!(document.text.as_str(), "عنوان\nقال  الوزير أمس\nو\tذهب\nبند\n\nحاشية");
        let told: Vec<_> = reading.problems.into_iter().map(|problem| problem.kind).collect();
        let left = |part| ProblemKind::OutsideBody { part, count: 1 };
        assert_eq!(told, [left(OfficePart::Comments), left(OfficePart::Headers), left(OfficePart::Deleted)]);
        assert_eq!(document.meta["author"], "أمل");
    }
}
