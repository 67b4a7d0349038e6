//! Between the page's selection and positions in the text.
//!
//! An article is an element whose paragraphs are elements with [`PARAGRAPH`], their index in
//! [`SourceText::paragraphs`]. Such an element holds its line of the text, terminator included, in text nodes at any
//! depth, and nothing else. Paragraphs far from the view may be missing; positions in them have no place in the page.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::{CharacterData, Document, Element, Node, Range, Selection};

use crate::text::{ByteOffset, ByteRange, SourceText, Utf16Offset};

/// The attribute with a paragraph's index.
pub const PARAGRAPH: &str = "data-p";

/// The `id` of a paragraph's element, by which it is found without a look at the others. An article may go without.
#[must_use]
pub fn paragraph_id(index: usize) -> String {
    format!("p-{index}")
}

/// `NodeFilter.SHOW_TEXT`.
const SHOW_TEXT: u32 = 4;

/// An article in the page, and the text it shows.
#[derive(Clone, Copy)]
pub struct Article<'a> {
    /// The element around the paragraphs.
    pub element: &'a Element,
    /// The text.
    pub text: &'a SourceText,
}

/// A place in the page, as the DOM names it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) node: Node,
    pub(super) offset: u32,
}

/// A paragraph's text nodes.
pub(super) struct ShownParagraph {
    pub(super) element: Element,
    /// Where in the paragraph each begins, in UTF-16 units.
    texts: Vec<(u32, Node)>,
    length: u32,
}

impl ShownParagraph {
    /// Its UTF-16 units, line end included.
    pub(super) fn length(&self) -> u32 {
        self.length
    }

    /// The place so many UTF-16 units after the paragraph's start.
    pub(super) fn place(&self, within: u32, side: Side) -> Option<Place> {
        if within > self.length {
            return None;
        }
        let begun = match side {
            Side::Before => self.texts.partition_point(|&(start, _)| start < within),
            Side::After => self.texts.partition_point(|&(start, _)| start <= within),
        };
        match self.texts.get(begun.saturating_sub(1)) {
            Some((start, node)) => Some(Place { node: node.clone(), offset: within - start }),
            None => Some(Place { node: self.element.clone().into(), offset: 0 }),
        }
    }
}

/// Where a position between two text nodes is: at the end of the first or at the start of the second.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

impl Article<'_> {
    /// Anchor and focus of the page's selection; equal for a caret. An end outside the article counts as the nearer
    /// end of what is shown of it. `None` if nothing of the article is selected.
    #[must_use]
    pub fn selection(&self) -> Option<(ByteOffset, ByteOffset)> {
        let selection = page_selection()?;
        let range = selection.get_range_at(0).ok()?;
        if !range.intersects_node(self.element).ok()? {
            return None;
        }
        let anchor = Place { node: selection.anchor_node()?, offset: selection.anchor_offset() };
        let focus = Place { node: selection.focus_node()?, offset: selection.focus_offset() };
        Some((self.offset_of(&anchor)?, self.offset_of(&focus)?))
    }

    /// Selects from `anchor` to `focus`, or puts the caret there if they are equal. False if one of them is not in
    /// the page.
    pub fn select(&self, anchor: ByteOffset, focus: ByteOffset) -> bool {
        let [anchor_side, focus_side] =
            if focus < anchor { [Side::Before, Side::After] } else { [Side::After, Side::Before] };
        let Some(anchor_place) = self.place_of(anchor, anchor_side) else { return false };
        let focus_place =
            if focus == anchor { Some(anchor_place.clone()) } else { self.place_of(focus, focus_side) };
        let (Some(focus_place), Some(selection)) = (focus_place, page_selection()) else { return false };
        selection
            .set_base_and_extent(
                &anchor_place.node,
                anchor_place.offset,
                &focus_place.node,
                focus_place.offset,
            )
            .is_ok()
    }

    /// Makes a change that puts other nodes into a part of the article, and leaves the selection where it is in the
    /// text. A browser would move a selection that hangs on replaced nodes to the start of the part, and a hand that
    /// is just dragging it would drag on from there.
    pub fn with_selection_kept(&self, part: &Element, change: impl FnOnce()) {
        let hangs_on_part = page_selection().is_some_and(|selection| {
            [selection.anchor_node(), selection.focus_node()].iter().any(|end| part.contains(end.as_ref()))
        });
        let held = if hangs_on_part { self.selection() } else { None };
        change();
        if let Some((anchor, focus)) = held {
            self.select(anchor, focus);
        }
    }

    /// A piece of the text as a range of the DOM, for highlights and measurements. `None` if an end of it is not in
    /// the page.
    #[must_use]
    pub fn dom_range(&self, range: ByteRange) -> Option<Range> {
        let start = self.place_of(range.start, Side::After)?;
        let end = if range.is_empty() { start.clone() } else { self.place_of(range.end, Side::Before)? };
        range_between(&start, &end)
    }

    /// The position nearest to a point of the window, in CSS pixels; `None` if the point is not over the article.
    #[must_use]
    pub fn offset_at(&self, x: f64, y: f64) -> Option<ByteOffset> {
        let place = place_at(&self.element.owner_document()?, x, y)?;
        if self.element.contains(Some(&place.node)) { self.offset_of(&place) } else { None }
    }

    /// A paragraph's element, if it is in the page.
    #[must_use]
    pub fn paragraph(&self, index: usize) -> Option<Element> {
        let named = self.element.owner_document()?.get_element_by_id(&paragraph_id(index));
        named
            .filter(|paragraph| self.element.contains(Some(paragraph)))
            .or_else(|| self.element.query_selector(&format!("[{PARAGRAPH}=\"{index}\"]")).ok()?)
    }

    /// The position at a place of the page.
    fn offset_of(&self, place: &Place) -> Option<ByteOffset> {
        let Some((paragraph, index)) = self.paragraph_around(&place.node) else {
            return self.nearest_edge(place);
        };
        let start = Place { node: paragraph.into(), offset: 0 };
        // A range turns into the text of its text nodes; the string is measured where it is.
        let before = range_between(&start, place)?.to_string().length();
        self.byte_at(Utf16Offset::new(self.paragraph_start(index)?.get() + before))
    }

    /// The place in the page of a position.
    pub(super) fn place_of(&self, offset: ByteOffset, side: Side) -> Option<Place> {
        let Some(index) = self.text.paragraph_at(offset) else {
            return Some(Place { node: self.element.clone().into(), offset: 0 });
        };
        let within = self.text.utf16_before(offset)?.get() - self.paragraph_start(index)?.get();
        self.shown_paragraph(index)?.place(within, side)
    }

    /// A paragraph as it is in the page, if it is.
    pub(super) fn shown_paragraph(&self, index: usize) -> Option<ShownParagraph> {
        let element = self.paragraph(index)?;
        let nodes =
            element.owner_document()?.create_tree_walker_with_what_to_show(&element, SHOW_TEXT).ok()?;
        let mut texts = Vec::new();
        let mut length = 0;
        while let Ok(Some(node)) = nodes.next_node() {
            let own = node.unchecked_ref::<CharacterData>().length();
            // Text nodes without text have no place on the screen.
            if own > 0 {
                texts.push((length, node));
                length += own;
            }
        }
        Some(ShownParagraph { element, texts, length })
    }

    /// A UTF-16 position as a byte; one between the halves of a surrogate pair is moved before them.
    fn byte_at(&self, offset: Utf16Offset) -> Option<ByteOffset> {
        let before = || self.text.byte_of_utf16(Utf16Offset::new(offset.get().checked_sub(1)?));
        self.text.byte_of_utf16(offset).or_else(before)
    }

    /// Where a paragraph begins.
    pub(super) fn paragraph_start(&self, index: usize) -> Option<Utf16Offset> {
        self.text.utf16_before(self.text.paragraphs().get(index)?.full.start)
    }

    /// The paragraph that a node is in, or is.
    fn paragraph_around(&self, node: &Node) -> Option<(Element, usize)> {
        if !self.element.contains(Some(node)) {
            return None;
        }
        let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
        let paragraph = element.closest(&format!("[{PARAGRAPH}]")).ok()??;
        Some((paragraph.clone(), index_of(&paragraph)?))
    }

    /// The position for a place between paragraphs or outside the article: the start of the first paragraph shown
    /// after it, or else the end of the last one.
    fn nearest_edge(&self, place: &Place) -> Option<ByteOffset> {
        let shown = self.element.query_selector_all(&format!("[{PARAGRAPH}]")).ok()?;
        let contents = Range::new().ok()?;
        let is_before = |paragraph: &Node| {
            contents.select_node_contents(paragraph).is_ok()
                && contents.compare_point(&place.node, place.offset).is_ok_and(|side| side >= 0)
        };
        // The first paragraph behind the place; there may be thousands of them.
        let (mut low, mut high) = (0, shown.length());
        while low < high {
            let middle = low.midpoint(high);
            if shown.get(middle).is_some_and(|paragraph| is_before(&paragraph)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let range_of =
            |paragraph: Node| Some(self.text.paragraphs().get(index_of(paragraph.unchecked_ref())?)?.full);
        if let Some(behind) = shown.get(low) {
            return Some(range_of(behind)?.start);
        }
        match low.checked_sub(1).and_then(|last| shown.get(last)) {
            Some(last) => Some(range_of(last)?.end),
            None => self.text.paragraphs().is_empty().then_some(ByteOffset::ZERO),
        }
    }
}

fn page_selection() -> Option<Selection> {
    web_sys::window()?.get_selection().ok()?
}

fn index_of(paragraph: &Element) -> Option<usize> {
    paragraph.get_attribute(PARAGRAPH)?.parse().ok()
}

fn range_between(start: &Place, end: &Place) -> Option<Range> {
    let range = Range::new().ok()?;
    range.set_start(&start.node, start.offset).ok()?;
    range.set_end(&end.node, end.offset).ok()?;
    Some(range)
}

/// The place under a point of the window.
fn place_at(document: &Document, x: f64, y: f64) -> Option<Place> {
    if has_method(document, "caretPositionFromPoint") {
        let position = document.caret_position_from_point(x as f32, y as f32)?;
        return Some(Place { node: position.offset_node()?, offset: position.offset() });
    }
    // Safari knows it by the older name only, which web-sys does not have.
    let method: js_sys::Function =
        js_sys::Reflect::get(document, &"caretRangeFromPoint".into()).ok()?.dyn_into().ok()?;
    let range: Range = method.call2(document, &x.into(), &y.into()).ok()?.dyn_into().ok()?;
    Some(Place { node: range.start_container().ok()?, offset: range.start_offset().ok()? })
}

fn has_method(object: &JsValue, name: &str) -> bool {
    js_sys::Reflect::get(object, &name.into()).is_ok_and(|method| method.is_function())
}
