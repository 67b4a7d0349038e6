//! XML in and out: a small tree of elements, read within limits, and what has to be escaped.
//!
//! Entities are never expanded, but for the five that XML itself has and for numbers of characters; a document type
//! declaration is passed over. So a file cannot grow while it is read.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::{ProblemKind, XmlFault};

/// At most so many elements stand inside each other.
const MOST_DEEP: usize = 128;

/// An element with everything in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    /// Its name with its prefix.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    /// The line it begins on, from 1.
    pub(super) line: u64,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(&self.name)
    }

    /// An attribute, by its name with prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements right inside.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Every element inside, in the order of the file.
    pub(super) fn descendants(&self) -> impl Iterator<Item = &Element> {
        // The next one is the last in the list.
        let mut waiting: Vec<&Element> = self.elements().collect();
        waiting.reverse();
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            let first = waiting.len();
            waiting.extend(next.elements());
            if let Some(inside) = waiting.get_mut(first..) {
                inside.reverse();
            }
            Some(next)
        })
    }
}

/// The root element of a file, or the line where it is not well-formed and how.
pub(super) fn parse(text: &str) -> Result<Element, (u64, ProblemKind)> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        let begin = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let line = lines.of(begin);
        let wrong = |fault: XmlFault| (line, ProblemKind::Xml { fault });
        let event = reader.read_event().map_err(|error| wrong(error.into()))?;
        let closed = match event {
            Event::Start(start) => {
                if open.len() >= MOST_DEEP {
                    return Err(wrong(XmlFault::TooDeep { most: MOST_DEEP }));
                }
                open.push(element(&start, line)?);
                None
            }
            Event::Empty(start) => Some(element(&start, line)?),
            Event::End(_) => open.pop(),
            Event::Text(content) => {
                push_text(&mut open, &content.xml_content(XmlVersion::Implicit1_0));
                None
            }
            Event::CData(content) => {
                push_text(&mut open, &content.xml_content(XmlVersion::Implicit1_0));
                None
            }
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|error| wrong(error.into()))?;
                let name = reference.xml_content(XmlVersion::Implicit1_0);
                let character = character.or_else(|| predefined(&name));
                let character =
                    character.ok_or_else(|| wrong(XmlFault::Entity { name: name.into_owned() }))?;
                push_text(&mut open, character.encode_utf8(&mut [0; 4]));
                None
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => None,
        };
        if let Some(element) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(Node::Element(element)),
                None => root = root.or(Some(element)),
            }
        }
    }
    let end = lines.of(text.len());
    match root.filter(|_| open.is_empty()) {
        Some(root) => Ok(root),
        None => Err((end, ProblemKind::Xml { fault: XmlFault::Cut })),
    }
}

fn element(start: &BytesStart<'_>, line: u64) -> Result<Element, (u64, ProblemKind)> {
    let wrong = |fault: XmlFault| (line, ProblemKind::Xml { fault });
    let mut element = Element { name: start.name().as_ref().to_owned(), line, ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| wrong(error.into()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| wrong(error.into()))?;
        element.attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(element)
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(element) = open.last_mut() else { return };
    match element.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => element.children.push(Node::Text(text.to_owned())),
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// Counts lines on the way through a text.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of a byte, which is never before the one asked for last.
    fn of(&mut self, byte: usize) -> u64 {
        let passed = self.text.as_bytes().get(self.at..byte.min(self.text.len())).unwrap_or_default();
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.at += passed.len();
        self.line
    }
}

/// True of characters that XML 1.0 has no way to write.
pub(super) fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// What stands for a character that XML cannot write: one of the same length in bytes, UTF-16 units and code points.
pub(super) fn allowed(c: char) -> char {
    match c {
        c if !is_forbidden(c) => c,
        '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
        _ => ' ',
    }
}

/// A text as the value of an attribute in double quotes.
pub(super) fn attribute(text: &str) -> String {
    escape(text, |c| matches!(c, '"' | '\t' | '\n'))
}

/// A text between tags.
pub(super) fn content(text: &str) -> String {
    escape(text, |_| false)
}

fn escape(text: &str, more: fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // Parsers turn these into line feeds unless they are named.
            '\r' | '\u{85}' | '\u{2028}' => escaped.push_str(&format!("&#{};", u32::from(c))),
            c if more(c) => escaped.push_str(&format!("&#{};", u32::from(c))),
            c => escaped.push(allowed(c)),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_comes_back() {
        let text = "\"<a>&amp;\r\n\t\r\u{85}\u{2028}]]>😊 لا ";
        let file = format!("<r a=\"{}\">{}</r>", attribute(text), content(text));
        let root = parse(&file).unwrap();
        assert_eq!(root.attribute("a"), Some(text));
        assert_eq!(root.children, [Node::Text(text.to_owned())]);
        assert_eq!(content("a\u{0}\u{FFFE}"), "a \u{FFFD}");
    }

    #[test]
    fn elements_have_their_lines_and_their_order() {
        let root =
            parse("<?xml version=\"1.0\"?>\n<!-- c -->\n<a:r>\n<b x='1'/>t<c>\n<d/></c></a:r>").unwrap();
        let found: Vec<_> = root.descendants().map(|e| (e.name.as_str(), e.line)).collect();
        assert_eq!((root.local(), root.line), ("r", 3));
        assert_eq!(found, [("b", 4), ("c", 4), ("d", 5)]);
    }

    #[test]
    fn files_that_grow_or_go_too_deep_are_refused() {
        let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<r>&b;</r>";
        let fault = XmlFault::Entity { name: "b".to_owned() };
        assert_eq!(parse(bomb).unwrap_err(), (2, ProblemKind::Xml { fault }));
        assert!(parse("<!DOCTYPE r [<!ENTITY a \"aaaa\">]><r x=\"&a;\"/>").is_err());
        let deep = "<a>".repeat(MOST_DEEP + 1);
        let fault = XmlFault::TooDeep { most: MOST_DEEP };
        assert_eq!(parse(&deep).unwrap_err(), (1, ProblemKind::Xml { fault }));
    }

    #[test]
    fn what_is_not_well_formed_has_its_line() {
        for (file, line) in
            [("<a>\n<b></a>", 2), ("<a>\n\n", 3), ("", 1), ("<a b=1/>", 1), ("<a>&#xZZ;</a>", 1)]
        {
            assert_eq!(parse(file).map_err(|(line, _)| line), Err(line), "{file}");
        }
    }
}
