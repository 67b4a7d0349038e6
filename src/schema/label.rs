//! One label: what it is called, what it means, how it is typed and how it looks.

use serde::{Deserialize, Serialize};

use super::{Colour, KeyCode, LabelCode, Localized};

/// One kind of span.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// How its line is drawn where codes are not shown, so that colour never carries the meaning alone.
    #[serde(default)]
    pub line: LineStyle,
    /// What other schemas call it: suggestions under these codes are suggestions of this label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<LabelCode>,
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
    /// Dots: how the page draws every suggestion, so the default labels do without.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Tint {
    /// Behind the text of a confirmed span, and behind the label's code where it stands on a chip.
    pub mark: Colour,
    /// The line under a span.
    pub line: Colour,
    /// The label's code, on its mark and on paper.
    pub ink: Colour,
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

    /// The paper that label colours are made for: `--paper` of the page's style.
    #[must_use]
    pub const fn paper(self) -> Colour {
        match self {
            Self::Light => Colour::rgb(0xfd_fc_f9),
            Self::Dark => Colour::rgb(0x1a_19_17),
        }
    }

    /// The text that label colours are made for: `--ink` of the page's style.
    #[must_use]
    pub const fn ink(self) -> Colour {
        match self {
            Self::Light => Colour::rgb(0x1c_1a_17),
            Self::Dark => Colour::rgb(0xec_e8_e0),
        }
    }
}

impl LabelDef {
    /// The CSS rule that gives this label's look to every element with its code in `data-label`, on both papers: the
    /// custom properties `--label-mark`, `--label-line`, `--label-ink` and `--label-line-style`.
    #[must_use]
    pub fn css_rule(&self) -> String {
        let LabelColours { light, dark } = self.colours;
        // A code has no control characters, so that quotes and backslashes are all a CSS string could stumble over.
        let code = self.code.as_str().replace('\\', "\\\\").replace('"', "\\\"");
        format!(
            "[data-label=\"{code}\"]{{--label-mark:light-dark({},{});--label-line:light-dark({},{});\
             --label-ink:light-dark({},{});--label-line-style:{}}}",
            light.mark,
            dark.mark,
            light.line,
            dark.line,
            light.ink,
            dark.ink,
            self.line.as_str(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_gives_both_papers_and_quotes_the_code() {
        let mut label = crate::schema::Schema::conflict_news().labels.remove(0);
        label.code = LabelCode::new(r#"a"]\{b"#).unwrap();
        assert_eq!(
            label.css_rule(),
            r##"[data-label="a\"]\\{b"]{--label-mark:light-dark(#e8ecff,#282c4b);--label-line:light-dark(#636cec,#8896ff);--label-ink:light-dark(#4e55be,#94a2fe);--label-line-style:solid}"##
        );
    }
}
