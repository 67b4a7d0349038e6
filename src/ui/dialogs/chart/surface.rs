//! What plotters draws on: elements of an SVG picture in the page.
//!
//! Colours are the style sheet's, so that a chart follows the theme: what plotters takes for a colour is the number of an
//! [`Ink`], which becomes names that the style sheet knows. Nothing is parsed, and no `style` attribute is set, as the
//! security policy wants it.

use leptos::prelude::document;
use plotters::style::RGBColor;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use web_sys::Element;

const SVG: &str = "http://www.w3.org/2000/svg";

/// How wide a letter is taken for, in pixels: only the room for names hangs on it.
pub(super) const LETTER: u32 = 8;

/// How high a line of text is, in pixels.
pub(super) const LINE: u32 = 16;

/// What something is drawn with.
#[derive(Clone, Debug, Default)]
pub(super) struct Ink {
    /// What the style sheet calls it.
    pub(super) kind: &'static str,
    /// The label whose colour it has.
    pub(super) label: Option<String>,
    /// How much it stands for, if it is a part of a bar.
    pub(super) figure: Option<u32>,
}

/// The browser made no element.
#[derive(Debug, thiserror::Error)]
#[error("the browser made no element of a chart")]
pub(super) struct Refused;

impl From<Refused> for DrawingErrorKind<Refused> {
    fn from(refused: Refused) -> Self {
        Self::DrawingError(refused)
    }
}

type Drawn = Result<(), DrawingErrorKind<Refused>>;

/// A picture and what is drawn in it so far.
pub(super) struct Surface {
    picture: Element,
    width: u32,
    height: u32,
    /// True if lines are read from the right: what plotters draws on the left comes to the right.
    from_right: bool,
    inks: Vec<Ink>,
}

/// The colour that stands for an ink.
pub(super) fn color_of(ink: usize) -> RGBColor {
    let [.., red, green, blue] = ink.to_be_bytes();
    RGBColor(red, green, blue)
}

fn ink_of((red, green, blue): (u8, u8, u8)) -> usize {
    usize::from(red) << 16 | usize::from(green) << 8 | usize::from(blue)
}

impl Surface {
    /// An empty picture of a size in pixels.
    ///
    /// # Errors
    /// If the browser makes no elements.
    pub(super) fn new(width: u32, height: u32, from_right: bool, inks: Vec<Ink>) -> Result<Self, Refused> {
        let picture = document().create_element_ns(Some(SVG), "svg").map_err(|_| Refused)?;
        set(&picture, "viewBox", &format!("0 0 {width} {height}"));
        set(&picture, "aria-hidden", "true");
        Ok(Self { picture, width, height, from_right, inks })
    }

    /// The picture, in which everything appears that is drawn.
    pub(super) fn picture(&self) -> Element {
        self.picture.clone()
    }

    /// How far a place is from the left.
    fn across(&self, x: i32) -> i32 {
        if self.from_right { self.width.cast_signed() - x } else { x }
    }

    fn add(&self, name: &str, color: BackendColor, places: &[(&str, i32)]) -> Result<Element, Refused> {
        let element = document().create_element_ns(Some(SVG), name).map_err(|_| Refused)?;
        if let Some(ink) = self.inks.get(ink_of(color.rgb)) {
            set(&element, "data-kind", ink.kind);
            if let Some(label) = &ink.label {
                set(&element, "data-label", label);
            }
            if let Some(figure) = ink.figure {
                set(&element, "data-figure", &figure.to_string());
            }
        }
        for (name, value) in places {
            set(&element, name, &value.to_string());
        }
        self.picture.append_child(&element).map_err(|_| Refused)?;
        Ok(element)
    }

    fn add_line(&self, color: BackendColor, from: BackendCoord, to: BackendCoord, width: i32) -> Drawn {
        if color.alpha > 0.0 {
            let ends = [("x1", self.across(from.0)), ("y1", from.1), ("x2", self.across(to.0)), ("y2", to.1)];
            let element = self.add("line", color, &ends)?;
            set(&element, "stroke-width", &width.to_string());
        }
        Ok(())
    }
}

impl DrawingBackend for Surface {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.add_line(color, (x, y), (x + 1, y), 1)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.add_line(style.color(), from, to, style.stroke_width().cast_signed())
    }

    /// A thick line along the bar, which the style sheet can also draw in stripes.
    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        let middle = i32::midpoint(top, bottom);
        self.add_line(style.color(), (left, middle), (right, middle), (bottom - top).abs())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Drawn {
        let anchor = match (style.anchor().h_pos, self.from_right) {
            (HPos::Center, _) => "middle",
            (HPos::Left, false) | (HPos::Right, true) => "start",
            (HPos::Right, false) | (HPos::Left, true) => "end",
        };
        let baseline = match style.anchor().v_pos {
            VPos::Top => "hanging",
            VPos::Center => "central",
            VPos::Bottom => "auto",
        };
        let element = self.add("text", style.color(), &[("x", self.across(x)), ("y", y)])?;
        set(&element, "text-anchor", anchor);
        set(&element, "dominant-baseline", baseline);
        element.set_text_content(Some(text));
        Ok(())
    }

    /// An estimate, for measuring would have the browser lay the page out.
    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        _style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Refused>> {
        Ok((u32::try_from(text.chars().count()).unwrap_or(0).saturating_mul(LETTER), LINE))
    }
}

fn set(element: &Element, name: &str, value: &str) {
    // These names are valid, so setting them does not fail.
    let _ = element.set_attribute(name, value);
}
