//! Disagreements decided by a stated policy instead of a person.

use super::decision::{Decision, Placed};
use super::region::{Disagreement, Region, Side, answer};

/// How a disagreement is decided from what voices say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// What more than half of those who vote say, to the letter and as a whole. Two who disagree decide nothing.
    Majority,
    /// Everything that somebody says, as long as nobody says otherwise: spans that some have and others lack, also within each
    /// other. Other labels and other ends contradict each other, and stay open.
    Union,
    /// Only what all who vote say.
    Intersection,
    /// What one voice says, named by its place in the list; open where it says nothing of the article.
    Follow(usize),
}

impl Policy {
    /// What it decides about a disagreement; nothing if it cannot.
    #[must_use]
    pub fn decide(self, region: &Region) -> Option<Decision> {
        let voting: Vec<&Side> = region.sides.iter().filter(|side| side.votes).collect();
        match self {
            Self::Majority => majority(&voting).map(Decision::Follow),
            Self::Union => {
                let contradicts = |kind| matches!(kind, &Disagreement::Label | &Disagreement::Boundary);
                let all = voting.iter().map(|side| side.voice).collect();
                (!region.kinds.iter().any(contradicts)).then_some(Decision::Follow(all))
            }
            Self::Intersection => {
                let (first, others) = voting.split_first()?;
                let by_all = first.spans.iter().filter(|span| {
                    others.iter().all(|side| side.spans.iter().any(|other| answer(other) == answer(span)))
                });
                let placed: Vec<Placed> =
                    by_all.map(|span| Placed { range: span.range, label: span.label.clone() }).collect();
                Some(if placed.is_empty() { Decision::Neither } else { Decision::Edited(placed) })
            }
            Self::Follow(voice) => {
                let has_a_say = region.sides.iter().any(|side| side.voice == voice);
                has_a_say.then(|| Decision::Follow(vec![voice]))
            }
        }
    }
}

/// The voices of more than half of the votes, all of whom say the same.
fn majority(voting: &[&Side]) -> Option<Vec<usize>> {
    voting.iter().find_map(|side| {
        let same = voting.iter().filter(|other| other.answer() == side.answer());
        let voices: Vec<usize> = same.map(|other| other.voice).collect();
        (2 * voices.len() > voting.len()).then_some(voices)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{annotators, names};
    use super::super::{Decisions, contested, gold};
    use super::Policy::{Follow, Intersection, Majority, Union};
    use super::*;
    use proptest::prelude::*;

    /// What a policy makes of one article, `None` for what it leaves open.
    fn outcomes(policy: Policy, texts: &[&str]) -> Vec<Option<Vec<String>>> {
        let all = annotators(texts);
        let article = contested(&all, None).remove(0);
        let text = all[0].documents[0].text.clone();
        let open = article.regions.iter().filter(|region| !region.is_settled());
        open.map(|region| {
            let mut decisions = Decisions::default();
            decisions.decide(&article.id, region.range, policy.decide(region)?);
            let gold = gold(&article, &all[0].documents[0], &names(&all), &decisions);
            let here = gold.spans.iter().filter(|span| region.range.contains(span.range));
            Some(here.map(|span| format!("{} {}", span.label, text.slice(span.range).unwrap())).collect())
        })
        .collect()
    }

    fn said(spans: &[&str]) -> Option<Vec<String>> {
        Some(spans.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_majority_needs_more_than_half_of_one_mind() {
        let (place, group) = ("زار [LOC سبها] أمس", "زار [ORG سبها] أمس");
        let nothing = "زار سبها أمس";
        for (expected, texts) in [
            (said(&["LOC سبها"]), &[place, place, group][..]),
            (said(&[]), &[nothing, place, nothing]),
            (None, &[place, group]),
            (None, &[place, group, nothing]),
            (None, &[place, place, group, nothing]),
        ] {
            assert_eq!(outcomes(Majority, texts), [expected], "{texts:?}");
        }
    }

    #[test]
    fn a_union_takes_what_nobody_contradicts() {
        for (expected, texts) in [
            (said(&["LOC سبها"]), ["زار [LOC سبها] أمس", "زار سبها أمس"]),
            (None, ["زار [LOC سبها] أمس", "زار [ORG سبها] أمس"]),
            (None, ["زار [LOC مدينة سبها] أمس", "زار مدينة [LOC سبها] أمس"]),
        ] {
            assert_eq!(outcomes(Union, &texts), [expected], "{texts:?}");
        }
    }

    #[test]
    fn an_intersection_keeps_only_what_all_say() {
        let texts = ["زار [LOC سبها] [DAT أمس]", "زار سبها [DAT أمس]", "زار [LOC سبها] [DAT أمس]"];
        assert_eq!(outcomes(Intersection, &texts), [said(&[])]);
    }

    #[test]
    fn who_has_not_seen_an_article_decides_nothing_there() {
        let texts = ["زار [LOC سبها] أمس", "زار [ORG سبها] أمس"];
        assert_eq!(outcomes(Follow(1), &texts), [said(&["ORG سبها"])]);
        assert_eq!(outcomes(Follow(2), &texts), [None]);
    }

    /// What an annotator may make of a text that is the same for all.
    fn answers() -> impl Strategy<Value = String> {
        let pair = prop::sample::select(vec![
            "هون سبها",
            "[LOC هون] سبها",
            "هون [LOC سبها]",
            "[ORG هون] [LOC سبها]",
            "[LOC هون سبها]",
            "[ORG هون سبها]",
        ]);
        prop::collection::vec(pair, 3).prop_map(|pairs| pairs.join(" "))
    }

    proptest! {
        #[test]
        fn what_is_decided_is_what_somebody_said(texts in prop::collection::vec(answers(), 2..5)) {
            let all = annotators(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            for article in contested(&all, None) {
                for region in article.regions.iter().filter(|region| !region.is_settled()) {
                    let said: Vec<_> = region.sides.iter().flat_map(|side| &side.spans).map(answer).collect();
                    for policy in [Majority, Union, Intersection, Follow(0)] {
                        let Some(decision) = policy.decide(region) else { continue };
                        let mut decisions = Decisions::default();
                        decisions.decide(&article.id, region.range, decision);
                        let gold = gold(&article, &all[0].documents[0], &names(&all), &decisions);
                        for span in gold.spans.iter().filter(|span| region.range.contains(span.range)) {
                            prop_assert!(said.contains(&answer(span)));
                        }
                    }
                    if let (Some(Decision::Follow(voices)), voting) = (Majority.decide(region), article.voices.len()) {
                        prop_assert!(2 * voices.len() > voting);
                    }
                }
            }
        }
    }
}
