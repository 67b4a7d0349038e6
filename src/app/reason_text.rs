//! Why something is suggested, in the language of the page. Suggestions and files give reasons in English: the rule, and
//! the word that spoke for it.

use super::settings::Language;
use super::strings::ReviewText;
use crate::extract::Rule;
use crate::extract::tagger::clue;

/// A reason in a language. One that is not of this extractor is given as it is.
#[must_use]
pub fn say(reason: &str, language: Language) -> String {
    let known = Rule::ALL.into_iter().map(|rule| (rule.says(), text(rule)));
    let known = known.chain([
        (clue::LEARNT, ReviewText::ReasonLearnt),
        (clue::PARTLY, ReviewText::ReasonLearntPartly),
        (clue::BEHIND, ReviewText::ReasonLearntBehind),
        (clue::HEADED, ReviewText::ReasonLearntHeaded),
        (clue::NAMED, ReviewText::ReasonLearntNamed),
    ]);
    // Of rules that begin alike the longer one is meant.
    let found = known.filter(|(says, _)| evidence(reason, says).is_some()).max_by_key(|(says, _)| says.len());
    match found {
        Some((says, text)) => language.text(text).to_owned() + evidence(reason, says).unwrap_or_default(),
        None => reason.to_owned(),
    }
}

/// What a reason says behind the name of a rule: nothing, or the word that spoke for it. `None` if it is of another
/// rule.
fn evidence<'a>(reason: &'a str, says: &str) -> Option<&'a str> {
    reason.strip_prefix(says).filter(|rest| rest.is_empty() || rest.starts_with(": "))
}

fn text(rule: Rule) -> ReviewText {
    match rule {
        Rule::Listed => ReviewText::ReasonListed,
        Rule::ListedWithClassWord => ReviewText::ReasonListedWithClassWord,
        Rule::ListedCredit => ReviewText::ReasonListedCredit,
        Rule::Town => ReviewText::ReasonTown,
        Rule::PlaceWithClassWord => ReviewText::ReasonPlaceWithClassWord,
        Rule::UnknownPlace => ReviewText::ReasonUnknownPlace,
        Rule::PlaceWithHint => ReviewText::ReasonPlaceWithHint,
        Rule::PlaceInList => ReviewText::ReasonPlaceInList,
        Rule::NaturalPlace => ReviewText::ReasonNaturalPlace,
        Rule::Countryside => ReviewText::ReasonCountryside,
        Rule::Facility => ReviewText::ReasonFacility,
        Rule::FacilityTitle => ReviewText::ReasonFacilityTitle,
        Rule::FacilityShared => ReviewText::ReasonFacilityShared,
        Rule::Organisation => ReviewText::ReasonOrganisation,
        Rule::OrganisationDefinite => ReviewText::ReasonOrganisationDefinite,
        Rule::Government => ReviewText::ReasonGovernment,
        Rule::OrganisationNamed => ReviewText::ReasonOrganisationNamed,
        Rule::StateForce => ReviewText::ReasonStateForce,
        Rule::Unit => ReviewText::ReasonUnit,
        Rule::Faction => ReviewText::ReasonFaction,
        Rule::Event => ReviewText::ReasonEvent,
        Rule::Agreement => ReviewText::ReasonAgreement,
        Rule::Resolution => ReviewText::ReasonResolution,
        Rule::Weapon => ReviewText::ReasonWeapon,
        Rule::WeaponModel => ReviewText::ReasonWeaponModel,
        Rule::PersonWithTitle => ReviewText::ReasonPersonWithTitle,
        Rule::PersonFullName => ReviewText::ReasonPersonFullName,
        Rule::Kunya => ReviewText::ReasonKunya,
        Rule::Byline => ReviewText::ReasonByline,
        Rule::Date => ReviewText::ReasonDate,
        Rule::Duration => ReviewText::ReasonDuration,
        Rule::RelativeTime => ReviewText::ReasonRelativeTime,
        Rule::Clock => ReviewText::ReasonClock,
        Rule::Count => ReviewText::ReasonCount,
        Rule::BareNumber => ReviewText::ReasonBareNumber,
        Rule::Approximate => ReviewText::ReasonApproximate,
        Rule::CasualtyDual => ReviewText::ReasonCasualtyDual,
        Rule::Nationality => ReviewText::ReasonNationality,
        Rule::Repeated => ReviewText::ReasonRepeated,
        Rule::ShortName => ReviewText::ReasonShortName,
        Rule::Gloss => ReviewText::ReasonGloss,
        Rule::Dateline => ReviewText::ReasonDateline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_words_in_both_languages() {
        for rule in Rule::ALL {
            assert_eq!(say(rule.says(), Language::English), rule.says());
            let arabic = say(&format!("{}: word", rule.says()), Language::Arabic);
            let (words, evidence) = arabic.rsplit_once(": ").unwrap();
            assert!(!words.is_ascii() && evidence == "word", "{arabic}");
        }
        for learnt in clue::ALL {
            assert_eq!(say(learnt, Language::English), learnt);
            let arabic = say(&format!("{learnt}: word"), Language::Arabic);
            assert!(arabic.strip_suffix(": word").is_some_and(|words| !words.contains("learnt")), "{arabic}");
        }
    }

    #[test]
    fn reasons_of_other_programs_stay_as_they_are() {
        for reason in ["", "dates of all kinds", "سبب آخر"] {
            assert_eq!(say(reason, Language::Arabic), reason);
        }
    }
}
