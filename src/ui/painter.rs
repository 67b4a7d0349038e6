//! Draws one paragraph with its marks.
//!
//! Marks are bare `<span>`s: Arabic letters join across them as long as nothing in them takes room (`style/article.css`
//! keeps to that, and a test measures it). Nested spans are nested elements; where spans cross, the later one is cut
//! at the end of the earlier. The code of a mark is no element but hangs from one of its ends; to a browser that puts text
//! of two directions in order it is a sign all the same, so it never hangs inside of a number.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::app::view::{Mark, Piece, Strength};
use crate::text::{ByteOffset, ByteRange, SourceText, is_in_number};

/// Lines of nested marks hang no lower than that of the fourth; it has the lowest row of codes as well.
const DEEPEST: usize = 3;

/// Puts a paragraph's text and marks into its element, in place of what was there.
pub(super) fn paint(paragraph: &Element, text: &SourceText, pieces: &[Piece]) {
    let fragment = document().create_document_fragment();
    draw(&fragment, text, pieces, 0);
    paragraph.replace_children_with_node_1(&fragment);
}

/// Gives the marks in a paragraph's element the looks of other ones, if these stand at the same places; false if they do
/// not, and nothing has been done.
pub(super) fn touch_up(paragraph: &Element, before: &[Piece], after: &[Piece]) -> bool {
    let same_marks =
        |a: &Piece, b: &Piece| a.marks.iter().map(|mark| &mark.id).eq(b.marks.iter().map(|mark| &mark.id));
    let same = before.len() == after.len()
        && before.iter().zip(after).all(|(a, b)| a.range == b.range && same_marks(a, b));
    let Some(elements) = paragraph.query_selector_all(".mark").ok().filter(|_| same) else {
        return false;
    };
    let (mut old, mut new) = (Vec::new(), Vec::new());
    marks_in_order(before, 0, &mut old);
    marks_in_order(after, 0, &mut new);
    for (at, (old, new)) in old.into_iter().zip(new).enumerate() {
        let element = elements.get(at as u32).filter(|_| old != new);
        if let Some(element) = element.and_then(|node| node.dyn_into::<Element>().ok()) {
            dress(&element, new);
        }
    }
    true
}

/// The marks that are drawn, each as often as it is, in the order of their elements in the page.
fn marks_in_order<'a>(pieces: &'a [Piece], depth: usize, marks: &mut Vec<&'a Mark>) {
    for (mark, run) in runs(pieces, depth) {
        if let Some(mark) = mark {
            marks.push(mark);
            marks_in_order(run, depth + 1, marks);
        }
    }
}

/// Pieces that one mark covers at a depth stand together.
fn runs(pieces: &[Piece], depth: usize) -> impl Iterator<Item = (Option<&Mark>, &[Piece])> {
    let id = move |piece: &Piece| piece.marks.get(depth).map(|mark| mark.id.clone());
    pieces
        .chunk_by(move |a, b| id(a) == id(b))
        .map(move |run| (run.first().and_then(|piece| piece.marks.get(depth)), run))
}

fn draw(parent: &Node, text: &SourceText, pieces: &[Piece], depth: usize) {
    for (mark, run) in runs(pieces, depth) {
        match mark {
            Some(mark) => {
                if let Some(element) = element_of(mark, depth, code_end(text, run)) {
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

/// At which end of an element the code hangs, if not at the last one as usual: at the first, or nowhere.
fn code_end(text: &SourceText, run: &[Piece]) -> Option<&'static str> {
    let [ByteRange { start, .. }, ByteRange { end, .. }] = [run.first()?.range, run.last()?.range];
    let is_inside = |at: ByteOffset| is_in_number(text.as_str(), at.to_usize());
    is_inside(end).then(|| if is_inside(start) { "none" } else { "first" })
}

fn element_of(mark: &Mark, depth: usize, code_end: Option<&str>) -> Option<Element> {
    let element = document().create_element("span").ok()?;
    element.set_class_name("mark");
    set(&element, "data-depth", Some(&depth.min(DEEPEST).to_string()));
    set(&element, "data-code", code_end);
    dress(&element, mark);
    Some(element)
}

/// Gives an element the looks of a mark.
fn dress(element: &Element, mark: &Mark) {
    set(element, "data-span", Some(mark.id.as_str()));
    set(element, "data-label", Some(mark.label.as_str()));
    set(element, "data-origin", Some(mark.origin.as_str()));
    set(element, "data-strength", mark.strength.map(Strength::as_str));
    set(element, "data-focus", mark.active.then_some(""));
    set(element, "data-row", (mark.code_row > 0).then(|| mark.code_row.to_string()).as_deref());
    set(element, "data-goes-on", mark.goes_on.then_some(""));
    shift_code(element, mark.code_shift);
}

/// Moves the code of a mark on; most stay where the mark begins.
fn shift_code(element: &Element, hundredths: u32) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return };
    // A length written by this page is valid.
    if hundredths > 0 {
        let shift = format!("{}.{:02}em", hundredths / 100, hundredths % 100);
        let _ = element.style().set_property("--code-shift", &shift);
    } else if element.has_attribute("style") {
        let _ = element.remove_attribute("style");
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // These names are valid, so setting them does not fail.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn append(parent: &Node, child: &Node) {
    // A new node can always be put into an element or a fragment.
    let _ = parent.append_child(child);
}
