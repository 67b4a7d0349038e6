//! What is wrong with a schema, in words.

use crate::app::settings::Language;
use crate::app::strings::ReviewText;
use crate::schema::{LabelCodeError, MAX_LABEL_CODE, SchemaProblem, SchemaProblemKind};

/// A problem without its place.
#[must_use]
pub fn say(problem: &SchemaProblem, language: Language) -> String {
    let fill = |text, values: &[(&str, &str)]| language.fill(text, values);
    match &problem.kind {
        SchemaProblemKind::Json { line, column, .. } => {
            fill(ReviewText::SchemaFaultJson, &[("line", &line.to_string()), ("column", &column.to_string())])
        }
        SchemaProblemKind::Type { .. } => language.text(ReviewText::SchemaFaultType).into(),
        SchemaProblemKind::Missing { .. } => language.text(ReviewText::SchemaFaultMissing).into(),
        SchemaProblemKind::UnknownField => language.text(ReviewText::SchemaFaultUnknownField).into(),
        SchemaProblemKind::EmptyName => language.text(ReviewText::SchemaFaultEmptyName).into(),
        SchemaProblemKind::TurnsDirection { sign } => {
            fill(ReviewText::SchemaFaultTurns, &[("sign", &format!("U+{:04X}", u32::from(*sign)))])
        }
        SchemaProblemKind::Code(fault) => code_fault(*fault, language),
        SchemaProblemKind::DuplicateCode { code, .. } => {
            fill(ReviewText::SchemaFaultDuplicateCode, &[("code", code.as_str())])
        }
        SchemaProblemKind::Key(_) => language.text(ReviewText::SchemaFaultKey).into(),
        SchemaProblemKind::DuplicateKey { key, .. } => fill(
            ReviewText::SchemaFaultDuplicateKey,
            &[("key", language.pick(key.latin_legend(), key.arabic_legend()))],
        ),
        SchemaProblemKind::Colour(_) => language.text(ReviewText::SchemaFaultColour).into(),
        SchemaProblemKind::Contrast { text, background, ratio, least } => fill(
            ReviewText::SchemaFaultContrast,
            &[
                ("text", &text.to_string()),
                ("background", &background.to_string()),
                ("ratio", &ratio.to_string()),
                ("least", &least.to_string()),
            ],
        ),
        SchemaProblemKind::Choice { found, allowed } => {
            fill(ReviewText::SchemaFaultChoice, &[("found", found), ("allowed", &allowed.join(" · "))])
        }
        SchemaProblemKind::UnknownLabel { code } => {
            fill(ReviewText::SchemaFaultUnknownLabel, &[("code", code.as_str())])
        }
        SchemaProblemKind::NoLabels => language.text(ReviewText::SchemaFaultNoLabels).into(),
    }
}

fn code_fault(fault: LabelCodeError, language: Language) -> String {
    match fault {
        LabelCodeError::Empty => language.text(ReviewText::SchemaFaultCodeEmpty).into(),
        LabelCodeError::TooLong { .. } => {
            language.fill(ReviewText::SchemaFaultCodeLong, &[("limit", &MAX_LABEL_CODE.to_string())])
        }
        LabelCodeError::Forbidden { .. } => language.text(ReviewText::SchemaFaultCodeForbidden).into(),
    }
}

/// Where a problem is, for people: the code or name of the label instead of its number, where there is one.
#[must_use]
pub fn place_text(problem: &SchemaProblem, code_of_label: impl Fn(usize) -> Option<String>) -> String {
    let index = problem.path.strip_prefix("labels[").and_then(|rest| rest.split(']').next());
    let code = index.and_then(|index| index.parse().ok()).and_then(code_of_label);
    code.unwrap_or_else(|| problem.path.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{InvalidSchema, Schema};

    #[test]
    fn every_fault_of_a_file_is_said_in_both_languages() {
        let json = r##"{"id":"mine/1","labels":[
            {"code":"","name":"a","key":"P","line":"bold","colours":{"light":{"mark":"red"},"dark":7},"x":1},
            {"name":{"en":""}}]}"##;
        let InvalidSchema(problems) = Schema::from_json(json).unwrap_err();
        assert!(problems.len() > 6, "{problems:?}");
        for problem in &problems {
            for language in [Language::English, Language::Arabic] {
                let said = say(problem, language);
                assert!(!said.is_empty() && !said.contains('{'), "{problem:?}: {said}");
            }
        }
        let places: Vec<_> =
            problems.iter().map(|p| place_text(p, |n| (n == 0).then(|| "A".into()))).collect();
        assert_eq!(places[0], "A");
        assert!(places.iter().any(|place| place.starts_with("labels[1]")));
    }
}
