//! What the checks are called, and what is to be done about what they find.

use super::strings::ReviewText;
use crate::quality::lint::{Rule, Severity};

/// What a rule is called.
#[must_use]
pub fn rule_name(rule: Rule) -> ReviewText {
    texts(rule).0
}

/// What the guideline says, and what is to be done.
#[must_use]
pub fn rule_hint(rule: Rule) -> ReviewText {
    texts(rule).1
}

/// What a severity is called.
#[must_use]
pub fn severity_name(severity: Severity) -> ReviewText {
    match severity {
        Severity::Error => ReviewText::SeverityError,
        Severity::Warning => ReviewText::SeverityWarning,
        Severity::Hint => ReviewText::SeverityHint,
    }
}

fn texts(rule: Rule) -> (ReviewText, ReviewText) {
    match rule {
        Rule::OutsideText => (ReviewText::RuleOutsideText, ReviewText::HintOutsideText),
        Rule::CutsGrapheme => (ReviewText::RuleCutsGrapheme, ReviewText::HintCutsGrapheme),
        Rule::EdgeSpace => (ReviewText::RuleEdgeSpace, ReviewText::HintEdgeSpace),
        Rule::EdgeSign => (ReviewText::RuleEdgeSign, ReviewText::HintEdgeSign),
        Rule::CutsWord => (ReviewText::RuleCutsWord, ReviewText::HintCutsWord),
        Rule::CrossesLine => (ReviewText::RuleCrossesLine, ReviewText::HintCrossesLine),
        Rule::Overlap => (ReviewText::RuleOverlap, ReviewText::HintOverlap),
        Rule::Boilerplate => (ReviewText::RuleBoilerplate, ReviewText::HintBoilerplate),
        Rule::ProcliticInside => (ReviewText::RuleProcliticInside, ReviewText::HintProcliticInside),
        Rule::ProcliticLikely => (ReviewText::RuleProcliticLikely, ReviewText::HintProcliticLikely),
        Rule::ProcliticOutside => (ReviewText::RuleProcliticOutside, ReviewText::HintProcliticOutside),
        Rule::LamNotCut => (ReviewText::RuleLamNotCut, ReviewText::HintLamNotCut),
        Rule::ArticleOutside => (ReviewText::RuleArticleOutside, ReviewText::HintArticleOutside),
        Rule::ClassWordInside => (ReviewText::RuleClassWordInside, ReviewText::HintClassWordInside),
        Rule::TitleInside => (ReviewText::RuleTitleInside, ReviewText::HintTitleInside),
        Rule::BareNoun => (ReviewText::RuleBareNoun, ReviewText::HintBareNoun),
        Rule::HeadOutside => (ReviewText::RuleHeadOutside, ReviewText::HintHeadOutside),
        Rule::NatInsideName => (ReviewText::RuleNatInsideName, ReviewText::HintNatInsideName),
        Rule::LimitOutside => (ReviewText::RuleLimitOutside, ReviewText::HintLimitOutside),
        Rule::NumWithoutNumber => (ReviewText::RuleNumWithoutNumber, ReviewText::HintNumWithoutNumber),
        Rule::DatWithoutTime => (ReviewText::RuleDatWithoutTime, ReviewText::HintDatWithoutTime),
        Rule::TwoLabels => (ReviewText::RuleTwoLabels, ReviewText::HintTwoLabels),
        Rule::UnlabelledRepeat => (ReviewText::RuleUnlabelledRepeat, ReviewText::HintUnlabelledRepeat),
        Rule::LabelledOtherwise => (ReviewText::RuleLabelledOtherwise, ReviewText::HintLabelledOtherwise),
        Rule::LabelledElsewhere => (ReviewText::RuleLabelledElsewhere, ReviewText::HintLabelledElsewhere),
        Rule::EndsOtherwise => (ReviewText::RuleEndsOtherwise, ReviewText::HintEndsOtherwise),
        Rule::CrossesSentence => (ReviewText::RuleCrossesSentence, ReviewText::HintCrossesSentence),
        Rule::VeryLong => (ReviewText::RuleVeryLong, ReviewText::HintVeryLong),
        Rule::VeryShort => (ReviewText::RuleVeryShort, ReviewText::HintVeryShort),
        Rule::HalfPair => (ReviewText::RuleHalfPair, ReviewText::HintHalfPair),
        Rule::ExtractorLabelsOtherwise => {
            (ReviewText::RuleExtractorLabelsOtherwise, ReviewText::HintExtractorLabelsOtherwise)
        }
        Rule::ExtractorEndsOtherwise => {
            (ReviewText::RuleExtractorEndsOtherwise, ReviewText::HintExtractorEndsOtherwise)
        }
        Rule::ExtractorFindsMore => (ReviewText::RuleExtractorFindsMore, ReviewText::HintExtractorFindsMore),
        Rule::DoneWithSuggestions => {
            (ReviewText::RuleDoneWithSuggestions, ReviewText::HintDoneWithSuggestions)
        }
        Rule::DoneWithoutSpans => (ReviewText::RuleDoneWithoutSpans, ReviewText::HintDoneWithoutSpans),
        Rule::Duplicate => (ReviewText::RuleDuplicate, ReviewText::HintDuplicate),
        Rule::NearDuplicate => (ReviewText::RuleNearDuplicate, ReviewText::HintNearDuplicate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Language;
    use std::collections::HashSet;

    #[test]
    fn every_rule_has_a_name_of_its_own_in_both_languages() {
        for language in [Language::English, Language::Arabic] {
            let names: HashSet<_> = Rule::ALL.iter().map(|&rule| language.text(rule_name(rule))).collect();
            assert_eq!(names.len(), Rule::ALL.len());
            assert!(Rule::ALL.iter().all(|&rule| language.text(rule_hint(rule)).ends_with('.')));
        }
    }
}
