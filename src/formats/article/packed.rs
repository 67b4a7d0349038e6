//! Parts of office documents, which are XML in a zip file.

use crate::formats::archive;
use crate::formats::problem::Problems;
use crate::formats::xml::{self, Element, Node};
use crate::formats::{OfficePart, Outcome, ProblemKind};

/// The longest part that is read, in bytes.
const LONGEST_PART: u64 = 64 << 20;

/// The part that a document cannot do without, as a tree. `None` if it is not there or cannot be read, which is said.
pub(super) fn part(bytes: &[u8], name: &str, problems: &mut Problems) -> Option<Element> {
    read(bytes, name, Outcome::FileLeftOut, problems)
}

/// A part that a document may have, as a tree. If it has it and it cannot be read, that is said.
pub(super) fn part_if_there(
    bytes: &[u8],
    names: &[String],
    name: &str,
    problems: &mut Problems,
) -> Option<Element> {
    if names.iter().any(|other| other == name) {
        read(bytes, name, Outcome::FieldLeftOut, problems)
    } else {
        None
    }
}

/// Says what of a document is not in its text, if anything.
pub(super) fn say_left_out(parts: [(OfficePart, usize); 3], problems: &mut Problems) {
    for (part, count) in parts.into_iter().filter(|(_, count)| *count > 0) {
        problems.say("", ProblemKind::OutsideBody { part, count }, Outcome::FieldLeftOut);
    }
}

/// A text with its notes behind it, after an empty line.
pub(super) fn with_notes(text: String, notes: &str) -> String {
    let notes = notes.trim_end();
    if notes.is_empty() { text } else { format!("{text}\n\n{notes}") }
}

/// True if there is text in an element that is not blank.
pub(super) fn has_text(element: &Element) -> bool {
    let is_text = |node: &Node| matches!(node, Node::Text(text) if !text.trim().is_empty());
    element.children.iter().any(is_text)
        || element.descendants().any(|inner| inner.children.iter().any(is_text))
}

fn read(bytes: &[u8], name: &str, outcome: Outcome, problems: &mut Problems) -> Option<Element> {
    let mut refuse = |kind| problems.say(name, kind, outcome);
    let part = match archive::member(bytes, name, LONGEST_PART) {
        Ok(Some(part)) => part,
        Ok(None) => {
            refuse(ProblemKind::MissingFile { name: name.to_owned() });
            return None;
        }
        Err(error) => {
            refuse(ProblemKind::Archive { fault: (&error).into() });
            return None;
        }
    };
    let text = String::from_utf8_lossy(&part);
    match xml::parse(text.trim_start_matches('\u{FEFF}')) {
        Ok(root) => Some(root),
        Err((line, kind)) => {
            problems.say_at(line, name, kind, outcome);
            None
        }
    }
}

/// The text of the first element of that name, without prefix.
pub(super) fn text_of(root: &Element, local: &str) -> Option<String> {
    let element = root.descendants().find(|element| element.local() == local)?;
    let text: String = element
        .children
        .iter()
        .filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        })
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
