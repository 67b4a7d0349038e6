//! Draws one paragraph with its marks.
//!
//! Marks are bare `<span>`s: Arabic letters join across them as long as nothing in them takes room (`style/article.css`
//! keeps to that, and a test measures it). Nested spans are nested elements; where spans cross, the later one is cut
//! at the end of the earlier.

use leptos::prelude::document;
use web_sys::{Element, Node};

use crate::app::view::{Mark, Piece};
use crate::text::SourceText;

/// Puts a paragraph's text and marks into its element, in place of what was there.
pub(super) fn paint(paragraph: &Element, text: &SourceText, pieces: &[Piece]) {
    let fragment = document().create_document_fragment();
    draw(&fragment, text, pieces, 0);
    paragraph.replace_children_with_node_1(&fragment);
}

fn draw(parent: &Node, text: &SourceText, pieces: &[Piece], depth: usize) {
    let mut rest = pieces;
    while let Some(first) = rest.first() {
        let outer = first.marks.get(depth);
        let run =
            rest.iter().take_while(|piece| piece.marks.get(depth).map(|m| &m.id) == outer.map(|m| &m.id));
        let (run, after) = rest.split_at(run.count());
        rest = after;
        match outer {
            Some(mark) => {
                if let Some(element) = element_of(mark, depth) {
                    draw(&element, text, run, depth + 1);
                    append(parent, &element);
                }
            }
            None => {
                for piece in run {
                    let node = document().create_text_node(text.slice(piece.range).unwrap_or_default());
                    append(parent, &node);
                }
            }
        }
    }
}

fn element_of(mark: &Mark, depth: usize) -> Option<Element> {
    let element = document().create_element("span").ok()?;
    element.set_class_name("mark");
    let depth = depth.to_string();
    let attributes = [
        ("data-span", mark.id.as_str()),
        ("data-label", mark.label.as_str()),
        ("data-origin", mark.origin.as_str()),
        ("data-depth", &depth),
    ];
    for (name, value) in attributes {
        // These names are valid, so setting them does not fail.
        let _ = element.set_attribute(name, value);
    }
    if let Some(strength) = mark.strength {
        let _ = element.set_attribute("data-strength", strength.as_str());
    }
    if mark.active {
        let _ = element.set_attribute("data-focus", "");
    }
    Some(element)
}

fn append(parent: &Node, child: &Node) {
    // A new node can always be put into an element or a fragment.
    let _ = parent.append_child(child);
}
