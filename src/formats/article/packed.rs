//! Parts of office documents, which are XML in a zip file.

use crate::formats::archive;
use crate::formats::problem::Problems;
use crate::formats::xml::{self, Element, Node};
use crate::formats::{Outcome, ProblemKind};

/// The longest part that is read, in bytes.
const LONGEST_PART: u64 = 64 << 20;

/// A part as a tree. `None` if it is not there or cannot be read, which is said.
pub(super) fn part(bytes: &[u8], name: &str, problems: &mut Problems) -> Option<Element> {
    let mut refuse = |kind| problems.say(name, kind, Outcome::FileLeftOut);
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
            problems.say_at(line, name, kind, Outcome::FileLeftOut);
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
