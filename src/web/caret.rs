//! Where positions of the text are on the screen, and which positions are above and below.
//!
//! Lines are found by measuring, not by asking what is under a point: that also works for lines that are scrolled out
//! of the window.

use unicode_segmentation::UnicodeSegmentation;
use web_sys::{DomRect, Element, Range};

use super::selection::{Article, ShownParagraph, Side};
use crate::text::{ByteOffset, ByteRange};

/// A caret on the screen, in CSS pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caret {
    /// Its distance from the left edge.
    pub x: f64,
    /// Its upper end.
    pub top: f64,
    /// Its lower end.
    pub bottom: f64,
}

/// Where a piece of the text begins and ends on the screen: at the outer sides of its first and of its last line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ends {
    /// Where it begins.
    pub start: Caret,
    /// Where it ends.
    pub end: Caret,
    /// True if it runs from right to left.
    pub is_leftwards: bool,
}

/// A neighbouring line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The one above.
    Above,
    /// The one below.
    Below,
}

/// Fonts on one line differ in height and in how high they sit; the middles of two lines are further apart than this
/// part of a caret's height, the middles of carets on one line are not.
const SAME_LINE: f64 = 0.4;

impl Caret {
    fn of(rect: &DomRect) -> Self {
        Self { x: rect.left(), top: rect.top(), bottom: rect.bottom() }
    }

    fn middle(self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    fn is_below(self, other: Self) -> bool {
        let height = (self.bottom - self.top).min(other.bottom - other.top);
        self.middle() - other.middle() > SAME_LINE * height
    }

    fn is_beside(self, other: Self) -> bool {
        !self.is_below(other) && !other.is_below(self)
    }
}

impl Article<'_> {
    /// The caret at a position; where a line breaks, the one at the start of the next line. `None` if the position
    /// is not in the page.
    #[must_use]
    pub fn caret(&self, offset: ByteOffset) -> Option<Caret> {
        let index = self.text.paragraph_at(offset)?;
        let within = self.text.utf16_before(offset)?.get() - self.paragraph_start(index)?.get();
        let ruler = Ruler::new(self.shown_paragraph(index)?)?;
        if offset > self.text.paragraphs().get(index)?.content.end {
            return ruler.caret_of_last_line();
        }
        ruler.caret(within)
    }

    /// The caret behind what comes before a position: where a line breaks, the one at the end of the line.
    #[must_use]
    pub fn caret_after(&self, offset: ByteOffset) -> Option<Caret> {
        let content = self.text.paragraphs().get(self.text.paragraph_at(offset)?)?.content;
        let start = ByteOffset::from(offset.to_usize().checked_sub(1)?);
        let start = self.text.grapheme_floor(start);
        if start < content.start || offset > content.end {
            return self.caret(offset);
        }
        let rect = self.dom_range(ByteRange { start, end: offset })?.get_client_rects()?.get(0)?;
        // The letter ends on the side on which it does not begin.
        let begins = self.caret(start)?.x;
        let ends_left = (begins - rect.right()).abs() < (begins - rect.left()).abs();
        let x = if ends_left { rect.left() } else { rect.right() };
        Some(Caret { x, ..Caret::of(&rect) })
    }

    /// The two ends of a piece of the text as its mark shows them. Where directions mix, that is not where a caret
    /// would stand: of `14 عامًا` the mark begins to the right of the number. `None` if it is not in the page.
    #[must_use]
    pub fn ends(&self, range: ByteRange) -> Option<Ends> {
        let list = self.dom_range(range)?.get_client_rects()?;
        let rects = (0..list.length()).filter_map(|index| list.get(index)).filter(|rect| rect.width() > 0.0);
        let rects: Vec<_> = rects.collect();
        let (first, last) = (Caret::of(rects.first()?), Caret::of(rects.last()?));
        let sides = |of: Caret| {
            let line = rects.iter().filter(move |rect| Caret::of(rect).is_beside(of));
            line.fold((f64::INFINITY, f64::NEG_INFINITY), |(left, right), rect| {
                (left.min(rect.left()), right.max(rect.right()))
            })
        };
        let (left, right) = sides(first);
        let begins = self.caret(range.start)?.x;
        let is_leftwards = (right - begins).abs() <= (begins - left).abs();
        let (end_left, end_right) = sides(last);
        Some(Ends {
            start: Caret { x: if is_leftwards { right } else { left }, ..first },
            end: Caret { x: if is_leftwards { end_left } else { end_right }, ..last },
            is_leftwards,
        })
    }

    /// The position on a neighbouring line nearest to `goal_x`, or to the caret's own place if that is not given;
    /// with the goal, to be handed to the next motion, so that the caret comes back after a short line. `None` at
    /// the edge of what is in the page.
    #[must_use]
    pub fn line_motion(
        &self,
        from: ByteOffset,
        line: Line,
        goal_x: Option<f64>,
    ) -> Option<(ByteOffset, f64)> {
        let caret = self.caret(from)?;
        let goal_x = goal_x.unwrap_or(caret.x);
        let index = self.text.paragraph_at(from)?;
        let here = self.lines_of(index)?;
        let neighbour = match line {
            Line::Above => here.last_above(caret),
            Line::Below => here.first_below(caret),
        };
        if let Some(stop) = neighbour {
            return Some((here.nearest(here.line_around(stop), goal_x)?, goal_x));
        }
        let (next, stop) = match line {
            Line::Above => {
                let previous = self.lines_of(index.checked_sub(1)?)?;
                let last = previous.stops.len().checked_sub(1)?;
                (previous, last)
            }
            Line::Below => (self.lines_of(index + 1)?, 0),
        };
        Some((next.nearest(next.line_around(stop), goal_x)?, goal_x))
    }

    /// The position a screen further up or down, nearest to `goal_x`, as in [`Self::line_motion`]; at the edge of the text
    /// the one that is left. A screen shows `height` pixels of the text; two lines of it stay in sight.
    ///
    /// What the browser has not laid out yet is measured all the same, paragraph by paragraph: of a sheet that nobody has
    /// seen it knows only about how high it is.
    #[must_use]
    pub fn screen_motion(
        &self,
        from: ByteOffset,
        line: Line,
        height: f64,
        goal_x: Option<f64>,
    ) -> Option<(ByteOffset, f64)> {
        let caret = self.caret(from)?;
        let goal_x = goal_x.unwrap_or(caret.x);
        let index = self.text.paragraph_at(from)?;
        // Pixels still to go from `y`, the middle of a caret's line, in the paragraph at `at`.
        let mut left = (height - 2.0 * (caret.bottom - caret.top)).max(0.0);
        let (mut at, mut y) = (index, caret.middle());
        let mut paragraph = self.shown_paragraph(at)?.element;
        loop {
            let rect = paragraph.get_bounding_client_rect();
            let (room, next) = match line {
                Line::Below => (rect.bottom() - y, at.checked_add(1)),
                Line::Above => (y - rect.top(), at.checked_sub(1)),
            };
            let beyond = next.and_then(|next| Some((next, self.shown_paragraph(next)?.element)));
            let Some((next, element)) = beyond.filter(|_| left > room) else { break };
            left -= room;
            let there = element.get_bounding_client_rect();
            y = match line {
                Line::Below => there.top(),
                Line::Above => there.bottom(),
            };
            (at, paragraph) = (next, element);
        }
        let lines = self.lines_of(at)?;
        let last = lines.stops.len().checked_sub(1)?;
        let stop = match line {
            Line::Below => lines.partition_point(|stop| stop.middle() <= y + left).saturating_sub(1),
            Line::Above => lines.partition_point(|stop| stop.middle() < y - left).min(last),
        };
        let found = lines.nearest(lines.line_around(stop), goal_x)?;
        let goes_on = match line {
            Line::Below => found > from,
            Line::Above => found < from,
        };
        // A screen may show less than a line.
        if goes_on { Some((found, goal_x)) } else { self.line_motion(from, line, Some(goal_x)) }
    }

    fn lines_of(&self, paragraph: usize) -> Option<Lines> {
        let ruler = Ruler::new(self.shown_paragraph(paragraph)?)?;
        let content = self.text.paragraphs().get(paragraph)?.content;
        let mut at = Stop { offset: content.start, within: 0 };
        let mut stops = vec![at];
        for grapheme in self.text.slice(content)?.graphemes(true) {
            at.offset = ByteOffset::from(at.offset.to_usize() + grapheme.len());
            at.within += grapheme.encode_utf16().count() as u32;
            stops.push(at);
        }
        Some(Lines { ruler, stops })
    }
}

/// Measures carets in one paragraph.
struct Ruler {
    paragraph: ShownParagraph,
    /// Moved from place to place: a range of its own for each would have to be kept up to date by the browser.
    range: Range,
}

impl Ruler {
    fn new(paragraph: ShownParagraph) -> Option<Self> {
        Some(Self { paragraph, range: Range::new().ok()? })
    }

    /// The caret so many UTF-16 units after the paragraph's start.
    fn caret(&self, within: u32) -> Option<Caret> {
        let place = self.paragraph.place(within, Side::After)?;
        self.range.set_start(&place.node, place.offset).ok()?;
        self.range.collapse_with_to_start(true);
        let rects = self.range.get_client_rects()?;
        let last = rects.length().checked_sub(1).and_then(|last| rects.get(last));
        Some(last.map_or_else(|| self.caret_of_empty_line(), |rect| Caret::of(&rect)))
    }

    /// After the text's last line end there is a line that no element stands for. Its caret stands below the others.
    fn caret_of_last_line(&self) -> Option<Caret> {
        let last = self.caret(self.paragraph.length())?;
        let below = line_height(&self.paragraph.element).unwrap_or(last.bottom - last.top);
        let x = self.caret_of_empty_line().x;
        Some(Caret { x, top: last.top + below, bottom: last.bottom + below })
    }

    /// A line without anything on it has no rectangles of its own in some browsers. Its caret stands at the start of
    /// the paragraph's box.
    fn caret_of_empty_line(&self) -> Caret {
        let element = &self.paragraph.element;
        let rect = element.get_bounding_client_rect();
        let x = if is_right_to_left(element) { rect.right() } else { rect.left() };
        Caret { x, ..Caret::of(&rect) }
    }
}

/// A position in a paragraph where a caret can stand.
#[derive(Clone, Copy)]
struct Stop {
    offset: ByteOffset,
    /// UTF-16 units from the paragraph's start.
    within: u32,
}

/// All stops of a paragraph. Down the screen they are in order; along a line, where directions mix, they are not.
struct Lines {
    ruler: Ruler,
    stops: Vec<Stop>,
}

impl Lines {
    fn caret(&self, stop: usize) -> Option<Caret> {
        self.ruler.caret(self.stops.get(stop)?.within)
    }

    fn first_below(&self, caret: Caret) -> Option<usize> {
        let first = self.partition_point(|other| !other.is_below(caret));
        (first < self.stops.len()).then_some(first)
    }

    fn last_above(&self, caret: Caret) -> Option<usize> {
        self.partition_point(|other| caret.is_below(other)).checked_sub(1)
    }

    /// All stops on the line of one of them.
    fn line_around(&self, stop: usize) -> std::ops::Range<usize> {
        let Some(caret) = self.caret(stop) else { return stop..stop };
        self.partition_point(|other| caret.is_below(other))
            ..self.partition_point(|other| !other.is_below(caret))
    }

    fn nearest(&self, line: std::ops::Range<usize>, x: f64) -> Option<ByteOffset> {
        let distance = |stop: usize| self.caret(stop).map_or(f64::INFINITY, |caret| (caret.x - x).abs());
        let nearest = line.map(|stop| (stop, distance(stop))).min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        self.stops.get(nearest.0).map(|stop| stop.offset)
    }

    /// The number of stops, from the first, for which `holds`.
    fn partition_point(&self, holds: impl Fn(Caret) -> bool) -> usize {
        let (mut low, mut high) = (0, self.stops.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.caret(middle).is_some_and(&holds) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

fn is_right_to_left(element: &Element) -> bool {
    style_of(element, "direction").is_some_and(|value| value == "rtl")
}

/// The distance of two lines, in pixels.
fn line_height(element: &Element) -> Option<f64> {
    style_of(element, "line-height")?.strip_suffix("px")?.parse().ok()
}

fn style_of(element: &Element, property: &str) -> Option<String> {
    let style = web_sys::window()?.get_computed_style(element).ok()??;
    style.get_property_value(property).ok()
}
