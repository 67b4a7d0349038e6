//! Why something is suggested, in the language of the page. Suggestions and files give reasons in English: the rule, and
//! the word that spoke for it.

use super::settings::Language;
use super::strings::Text;
use crate::extract::Rule;
use crate::extract::tagger::clue;

/// A reason in a language. One that is not of this extractor is given as it is.
#[must_use]
pub fn say(reason: &str, language: Language) -> String {
    let known = Rule::ALL.into_iter().map(|rule| (rule.says(), text(rule)));
    let known = known.chain([
        (clue::LEARNT, Text::ReasonLearnt),
        (clue::PARTLY, Text::ReasonLearntPartly),
        (clue::BEHIND, Text::ReasonLearntBehind),
        (clue::HEADED, Text::ReasonLearntHeaded),
        (clue::NAMED, Text::ReasonLearntNamed),
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

fn text(rule: Rule) -> Text {
    match rule {
        Rule::Listed => Text::ReasonListed,
        Rule::ListedWithClassWord => Text::ReasonListedWithClassWord,
        Rule::ListedCredit => Text::ReasonListedCredit,
        Rule::Town => Text::ReasonTown,
        Rule::PlaceWithClassWord => Text::ReasonPlaceWithClassWord,
        Rule::UnknownPlace => Text::ReasonUnknownPlace,
        Rule::PlaceWithHint => Text::ReasonPlaceWithHint,
        Rule::PlaceInList => Text::ReasonPlaceInList,
        Rule::NaturalPlace => Text::ReasonNaturalPlace,
        Rule::Countryside => Text::ReasonCountryside,
        Rule::Facility => Text::ReasonFacility,
        Rule::FacilityTitle => Text::ReasonFacilityTitle,
        Rule::FacilityShared => Text::ReasonFacilityShared,
        Rule::Organisation => Text::ReasonOrganisation,
        Rule::OrganisationDefinite => Text::ReasonOrganisationDefinite,
        Rule::Government => Text::ReasonGovernment,
        Rule::OrganisationNamed => Text::ReasonOrganisationNamed,
        Rule::StateForce => Text::ReasonStateForce,
        Rule::Unit => Text::ReasonUnit,
        Rule::Faction => Text::ReasonFaction,
        Rule::Event => Text::ReasonEvent,
        Rule::Agreement => Text::ReasonAgreement,
        Rule::Resolution => Text::ReasonResolution,
        Rule::Weapon => Text::ReasonWeapon,
        Rule::WeaponModel => Text::ReasonWeaponModel,
        Rule::PersonWithTitle => Text::ReasonPersonWithTitle,
        Rule::PersonFullName => Text::ReasonPersonFullName,
        Rule::Kunya => Text::ReasonKunya,
        Rule::Byline => Text::ReasonByline,
        Rule::Date => Text::ReasonDate,
        Rule::Duration => Text::ReasonDuration,
        Rule::RelativeTime => Text::ReasonRelativeTime,
        Rule::Clock => Text::ReasonClock,
        Rule::Count => Text::ReasonCount,
        Rule::BareNumber => Text::ReasonBareNumber,
        Rule::Approximate => Text::ReasonApproximate,
        Rule::CasualtyDual => Text::ReasonCasualtyDual,
        Rule::Nationality => Text::ReasonNationality,
        Rule::Repeated => Text::ReasonRepeated,
        Rule::ShortName => Text::ReasonShortName,
        Rule::Gloss => Text::ReasonGloss,
        Rule::Dateline => Text::ReasonDateline,
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
