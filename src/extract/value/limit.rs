//! Limit words: أكثر من, ما لا يقل عن, نحو.

use std::fmt;

use super::surface::Cursor;

/// How an amount bounds what it is said of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limit {
    /// The amount itself.
    #[default]
    Exactly,
    /// أكثر من: `>`.
    MoreThan,
    /// ما لا يقل عن: `>=`.
    AtLeast,
    /// أقل من: `<`.
    LessThan,
    /// ما لا يزيد على: `<=`.
    AtMost,
    /// نحو: `~`. The guideline keeps these words outside a count, so they come with times (قبل نحو عام).
    About,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Exactly => "",
            Self::MoreThan => ">",
            Self::AtLeast => ">=",
            Self::LessThan => "<",
            Self::AtMost => "<=",
            Self::About => "~",
        })
    }
}

/// The limit that the next words set, and steps over them; `Exactly` if they set none.
pub(super) fn limit(cursor: &mut Cursor<'_>) -> Limit {
    cursor.read(limit_words).unwrap_or_default()
}

fn limit_words(cursor: &mut Cursor<'_>) -> Option<Limit> {
    let found = match cursor.form() {
        "اكثر" | "ازيد" | "اعلي" => behind(cursor, Limit::MoreThan, &["من"])?,
        "اقل" | "ادني" => behind(cursor, Limit::LessThan, &["من"])?,
        "فوق" => behind(cursor, Limit::MoreThan, &[])?,
        "دون" => behind(cursor, Limit::LessThan, &[])?,
        "نحو" | "حوالي" | "قرابه" | "زهاء" => behind(cursor, Limit::About, &[])?,
        "ما" => {
            cursor.step();
            let negated = cursor.take("لا");
            let limit = match cursor.form() {
                "يقل" | "تقل" if negated => Limit::AtLeast,
                "يقل" | "تقل" => Limit::LessThan,
                "يزيد" | "تزيد" | "يتجاوز" | "تتجاوز" | "يتعدي" | "يفوق" | "يربو" if negated => {
                    Limit::AtMost
                }
                "يزيد" | "تزيد" | "يتجاوز" | "تتجاوز" | "يتعدي" | "يفوق" | "يربو" => {
                    Limit::MoreThan
                }
                "يقارب" | "يناهز" | "يقرب" if !negated => Limit::About,
                _ => return None,
            };
            cursor.step();
            cursor.take_any(&["عن", "علي", "من"]);
            limit
        }
        _ => return None,
    };
    Some(found)
}

/// The limit, if these words stand behind its first.
fn behind(cursor: &mut Cursor<'_>, limit: Limit, words: &[&str]) -> Option<Limit> {
    cursor.step();
    cursor.take_all(words).then_some(limit)
}

#[cfg(test)]
mod tests {
    use super::super::surface::Surface;
    use super::*;

    #[test]
    fn limit_words_bound_the_amount_behind_them() {
        for (text, sign) in [
            ("أكثر من 40", ">"),
            ("ما لا يقل عن عشرة", ">="),
            ("أقلّ من مئة", "<"),
            ("ما لا يتجاوز 5", "<="),
            ("ما يناهز 5", "~"),
            ("5", ""),
            ("أكثر 5", ""),
        ] {
            let surface = Surface::new(text).unwrap();
            let mut cursor = surface.cursor();
            assert_eq!(limit(&mut cursor).to_string(), sign, "{text}");
            assert_eq!(cursor.skipped().is_done(), text != "أكثر 5", "{text}");
        }
    }
}
