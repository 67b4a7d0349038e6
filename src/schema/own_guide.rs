//! A project's own guideline beside the labels: what stands under a heading that names a label is about that label.

use super::{LabelCode, LabelDef, Schema};

/// A part of a project's own guideline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnRule<'a> {
    /// The label it is about; nothing if it is about none, or about all of them.
    pub label: Option<&'a LabelCode>,
    /// The text, as it was written, without the heading that named the label.
    pub text: &'a str,
}

impl Schema {
    /// The parts of a guideline that somebody wrote for these labels. A line that begins with `#` and then has the code of a
    /// label, or its name in one of the languages, begins what is said of that label; any other heading ends it, and belongs
    /// to the text.
    #[must_use]
    pub fn own_guide<'a>(&'a self, text: &'a str) -> Vec<OwnRule<'a>> {
        let mut parts = Vec::new();
        let (mut label, mut from, mut at) = (None, 0, 0);
        for line in text.split_inclusive('\n') {
            let heading = line.trim_start().strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim());
            if let Some(title) = heading {
                let named = self.labels.iter().find(|label| is_named(label, title)).map(|label| &label.code);
                if named.is_some() || label.is_some() {
                    parts.push(OwnRule { label, text: text.get(from..at).unwrap_or_default().trim() });
                    from = if named.is_some() { at + line.len() } else { at };
                    label = named;
                }
            }
            at += line.len();
        }
        parts.push(OwnRule { label, text: text.get(from..).unwrap_or_default().trim() });
        parts.retain(|part| !part.text.is_empty());
        parts
    }
}

/// True of a heading that is a label's name or code, or begins with its code: `LOC`, `## LOC: places`, `# مكان`.
fn is_named(label: &LabelDef, title: &str) -> bool {
    let first =
        title.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').next().unwrap_or_default();
    let names = [&label.name.en, &label.name.ar];
    first.eq_ignore_ascii_case(label.code.as_str())
        || names.into_iter().any(|name| !name.is_empty() && title.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(Option<String>, String)> {
        let schema = Schema::conflict_news();
        let part = |rule: OwnRule<'_>| (rule.label.map(ToString::to_string), rule.text.to_owned());
        schema.own_guide(text).into_iter().map(part).collect()
    }

    fn part(label: Option<&str>, text: &str) -> (Option<String>, String) {
        (label.map(str::to_owned), text.to_owned())
    }

    #[test]
    fn what_stands_under_a_label_is_about_it() {
        let text = "قبل كل شيء.\n\n## LOC\nالأحياء أماكن.\r\nوالشوارع.\n# wpn — weapons\nUp to 20 mm.\n#Person\nTitles in.\n";
        assert_eq!(
            parts(text),
            [
                part(None, "قبل كل شيء."),
                part(Some("LOC"), "الأحياء أماكن.\r\nوالشوارع."),
                part(Some("WPN"), "Up to 20 mm."),
                part(Some("PER"), "Titles in."),
            ]
        );
    }

    #[test]
    fn other_headings_stay_in_the_text_and_end_a_label() {
        assert_eq!(
            parts("# General\nAll.\n## LOC\nPlaces.\n# History\nOld."),
            [part(None, "# General\nAll."), part(Some("LOC"), "Places."), part(None, "# History\nOld.")]
        );
        assert_eq!(parts("## LOCATION\nNo label."), [part(None, "## LOCATION\nNo label.")]);
        assert_eq!(parts(" \n"), []);
    }

    #[test]
    fn a_name_in_arabic_is_a_heading() {
        let schema = Schema::conflict_news();
        let name = &schema.labels[0].name.ar;
        let text = format!("# {name}\nقاعدة");
        let own = schema.own_guide(&text);
        assert_eq!(own, [OwnRule { label: Some(&schema.labels[0].code), text: "قاعدة" }]);
    }
}
