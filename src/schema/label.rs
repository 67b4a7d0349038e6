//! One label: what it is called, what it means, how it is typed and how it looks.

use serde::{Deserialize, Serialize};

use super::{Colour, KeyCode, LabelCode, Localized};

/// One kind of span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelDef {
    /// The short name that files carry.
    pub code: LabelCode,
    /// What people call it.
    pub name: Localized,
    /// What it covers, in one sentence.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub definition: Localized,
    /// A few invented names that it covers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// The key that applies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyCode>,
    /// The key of the number row that applies it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digit: Option<KeyCode>,
    /// The question it answers: labels of one family look related.
    #[serde(default)]
    pub family: Family,
    /// How it looks.
    pub colours: LabelColours,
    /// How its line is drawn, so that colour never carries the meaning alone.
    #[serde(default)]
    pub line: LineStyle,
}

/// The question that a label answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// People and bodies.
    Who,
    /// Places and buildings.
    Where,
    /// Events, documents and things.
    What,
    /// Times and counts.
    When,
    /// None of these.
    #[default]
    Other,
}

impl Family {
    /// Every family, in the order of a palette.
    pub const ALL: [Self; 5] = [Self::Who, Self::Where, Self::What, Self::When, Self::Other];

    /// The word that files use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Where => "where",
            Self::What => "what",
            Self::When => "when",
            Self::Other => "other",
        }
    }
}

/// How the line under a span is drawn; the names are those of CSS `text-decoration-style`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineStyle {
    /// One line.
    #[default]
    Solid,
    /// Two lines.
    Double,
    /// Short strokes.
    Dashed,
    /// Dots.
    Dotted,
    /// A wave.
    Wavy,
}

impl LineStyle {
    /// Every style, the plainest first.
    pub const ALL: [Self; 5] = [Self::Solid, Self::Double, Self::Dashed, Self::Dotted, Self::Wavy];

    /// The CSS keyword.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Double => "double",
            Self::Dashed => "dashed",
            Self::Dotted => "dotted",
            Self::Wavy => "wavy",
        }
    }
}

/// The colours of a label on light and on dark paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelColours {
    /// On light paper.
    pub light: Tint,
    /// On dark paper.
    pub dark: Tint,
}

impl LabelColours {
    /// The colours of a theme.
    #[must_use]
    pub const fn on(&self, theme: Theme) -> Tint {
        match theme {
            Theme::Light => self.light,
            Theme::Dark => self.dark,
        }
    }
}

/// The colours of a label on one paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tint {
    /// Behind the text of a span.
    pub mark: Colour,
    /// The line under it, and the background of the label's chip.
    pub line: Colour,
    /// The text on the chip.
    pub chip_text: Colour,
}

/// Light or dark paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark text on light paper.
    Light,
    /// Light text on dark paper.
    Dark,
}

impl Theme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The paper that label colours are made for. A page may come closer to the ink by a shade, not further.
    #[must_use]
    pub const fn paper(self) -> Colour {
        match self {
            Self::Light => Colour::rgb(0xff_ff_ff),
            Self::Dark => Colour::rgb(0x16_18_1d),
        }
    }

    /// The text that label colours are made for.
    #[must_use]
    pub const fn ink(self) -> Colour {
        match self {
            Self::Light => Colour::rgb(0x1a_1a_1a),
            Self::Dark => Colour::rgb(0xec_ec_ec),
        }
    }
}

impl LabelDef {
    /// CSS custom properties of this label on a theme, as (name, value): `--label-PER-mark`, `--label-PER-line`,
    /// `--label-PER-chip-text` and `--label-PER-line-style`. Codes are written as [`css_ident`] writes them.
    #[must_use]
    pub fn css_properties(&self, theme: Theme) -> [(String, String); 4] {
        let tint = self.colours.on(theme);
        let ident = css_ident(&self.code);
        let property = |part: &str, value: String| (format!("--label-{ident}-{part}"), value);
        [
            property("mark", tint.mark.to_string()),
            property("line", tint.line.to_string()),
            property("chip-text", tint.chip_text.to_string()),
            property("line-style", self.line.as_str().to_owned()),
        ]
    }
}

/// A label code as part of a CSS name, an element id or a highlight name: ASCII letters, digits and `-` stay, every
/// other character becomes `_` and its code point in hexadecimal and `_`, so that no two codes meet.
#[must_use]
pub fn css_ident(code: &LabelCode) -> String {
    use std::fmt::Write as _;
    let mut ident = String::with_capacity(code.as_str().len());
    for c in code.as_str().chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            ident.push(c);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(ident, "_{:x}_", u32::from(c));
        }
    }
    ident
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn css_names_are_safe_and_distinct() {
        let ident = |code: &str| css_ident(&LabelCode::new(code).unwrap());
        assert_eq!(ident("B-PER"), "B-PER");
        assert_eq!(ident("a;b"), "a_3b_b");
        assert_ne!(ident("a_3b_b"), ident("a;b"));
        assert_eq!(ident("شخص"), "_634__62e__635_");
    }
}
