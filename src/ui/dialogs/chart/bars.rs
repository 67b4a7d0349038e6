//! Bars along the line of writing, a row each, over an axis of whole numbers.

use std::ops::Range;

use plotters::chart::ChartBuilder;
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::drawing::{DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::Rectangle;
use plotters::style::{Color, RGBAColor, TextStyle};
use web_sys::Element;

use super::Row;
use super::surface::{Ink, LETTER, LINE, Refused, Surface, color_of};

/// The height of a row in pixels, and the room above and below its bar.
const ROW: u32 = 22;
const BETWEEN: u32 = 4;

/// The height of the axis with its figures.
const AXIS: u32 = 8 + LINE;

/// Behind the longest bar there is room for half of the last figure.
const MARGIN: u32 = 20;

/// Between a name and its bar.
const GAP: u32 = 12;

/// The axis has about so many figures.
const FIGURES: usize = 5;

/// The first inks of every chart; those of the bars follow.
const GRID: usize = 0;
const NAME: usize = 1;
const FIGURE: usize = 2;
const KINDS: [&str; 3] = ["grid", "name", "figure"];

/// Draws rows into a width in pixels; nothing if there are none, or no room.
///
/// # Errors
/// If the browser makes no elements.
pub(super) fn draw(
    rows: &[Row],
    width: u32,
    from_right: bool,
) -> Result<Option<Element>, DrawingAreaErrorKind<Refused>> {
    if rows.is_empty() || width == 0 {
        return Ok(None);
    }
    let surface = Surface::new(width, ROW * rows.len() as u32 + AXIS, from_right, inks(rows));
    let surface = surface.map_err(|error| DrawingAreaErrorKind::BackendError(error.into()))?;
    let picture = surface.picture();
    let names: Vec<String> = rows.iter().map(|row| shortened(&row.name, width)).collect();
    let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0) as u32;
    let most = rows.iter().map(Row::length).max().unwrap_or(0).max(1);

    let area = surface.into_drawing_area();
    let mut chart = ChartBuilder::on(&area)
        .margin_right(MARGIN)
        .x_label_area_size(AXIS)
        .y_label_area_size(longest * LETTER + GAP)
        .build_cartesian_2d(0..most, Places(rows.len()))?;
    // The font is the style sheet's.
    let font = TextStyle::from(("sans-serif", f64::from(LINE)));
    let (name_color, figure_color) = (color_of(NAME), color_of(FIGURE));
    let name = |place: &usize| names.get(place / 2).cloned().unwrap_or_default();
    chart
        .configure_mesh()
        .disable_y_mesh()
        .axis_style(RGBAColor::default())
        .x_labels(FIGURES)
        .y_labels(rows.len())
        .x_label_style(font.color(&figure_color))
        .y_label_style(font.color(&name_color))
        .y_label_formatter(&name)
        .bold_line_style(color_of(GRID))
        .light_line_style(RGBAColor::default())
        .draw()?;

    let mut ink = KINDS.len();
    for (number, row) in rows.iter().enumerate() {
        let mut from = 0u32;
        for (length, _) in &row.parts {
            let to = from.saturating_add(*length);
            if to > from {
                let corners = [(from, 2 * number), (to, 2 * number + 2)];
                let mut bar = Rectangle::new(corners, color_of(ink).filled());
                bar.set_margin(BETWEEN, BETWEEN, 0, 0);
                chart.draw_series(std::iter::once(bar))?;
            }
            from = to;
            ink += 1;
        }
    }
    area.present()?;
    Ok(Some(picture))
}

/// So many rows, the first on top. Places are counted in halves of a row from the top: the middle of each row is odd.
/// The library's own rows of one have no middle.
struct Places(usize);

impl Ranged for Places {
    type FormatOption = NoDefaultFormatting;
    type ValueType = usize;

    fn map(&self, place: &usize, (bottom, top): (i32, i32)) -> i32 {
        let share = *place as f64 / (2 * self.0) as f64;
        top + (f64::from(bottom - top) * share).round() as i32
    }

    fn key_points<H: KeyPointHint>(&self, _: H) -> Vec<usize> {
        (0..self.0).map(|row| 2 * row + 1).collect()
    }

    fn range(&self) -> Range<usize> {
        0..2 * self.0
    }
}

impl ValueFormatter<usize> for Places {
    fn format(place: &usize) -> String {
        place.to_string()
    }
}

/// What is needed to draw rows with: an ink for each part of each bar.
fn inks(rows: &[Row]) -> Vec<Ink> {
    let parts = rows.iter().flat_map(|row| {
        let label = &row.label;
        row.parts.iter().map(move |&(figure, kind)| Ink { kind, label: label.clone(), figure: Some(figure) })
    });
    KINDS.into_iter().map(|kind| Ink { kind, ..Ink::default() }).chain(parts).collect()
}

/// A name that leaves the bars two thirds of the room.
fn shortened(name: &str, width: u32) -> String {
    let most = (width / 3 / LETTER).max(8) as usize;
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let kept: String = name.chars().take(most - 1).collect();
    // Where the name is read from the right the dots stand on its left; figures and marks do not say which way it is read.
    let is_from_right = kept.chars().any(|c| ('\u{590}'..'\u{900}').contains(&c));
    format!("{}…{}", kept.trim_end(), if is_from_right { "\u{200F}" } else { "" })
}
