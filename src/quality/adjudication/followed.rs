//! Whom the adjudicator followed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::decision::Decisions;
use super::docket::Contested;
use super::gold::outcome;
use super::region::{Disagreement, answer};

/// How often a voice was right where voices disagreed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// Their name.
    pub name: String,
    /// Decided disagreements in articles of theirs.
    pub decided: usize,
    /// Those in which the outcome is just what they said.
    pub followed: usize,
    /// Both numbers by kind: decided, followed. A disagreement of several kinds counts under each.
    pub kinds: BTreeMap<Disagreement, (usize, usize)>,
}

impl Followed {
    /// The part of the disagreements in which they were followed; none if nothing was decided.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.decided > 0).then(|| self.followed as f64 / self.decided as f64)
    }
}

/// Counts, for every voice, how often the adjudicator came to what it said.
#[must_use]
pub fn followed(articles: &[Contested], names: &[String], decisions: &Decisions) -> Vec<Followed> {
    let mut rows: Vec<Followed> =
        names.iter().map(|name| Followed { name: name.clone(), ..Followed::default() }).collect();
    for article in articles {
        for region in article.regions.iter().filter(|region| !region.is_settled()) {
            let Some((taken, _)) = outcome(region, decisions.of(&article.id, region.range)) else { continue };
            let answers: std::collections::BTreeSet<_> = taken.iter().map(answer).collect();
            for side in &region.sides {
                let Some(row) = rows.get_mut(side.voice) else { continue };
                let right = usize::from(side.answer() == answers);
                row.decided += 1;
                row.followed += right;
                for &kind in &region.kinds {
                    let (decided, followed) = row.kinds.entry(kind).or_default();
                    *decided += 1;
                    *followed += right;
                }
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::super::testing::{annotators, names};
    use super::super::{Decision, contested};
    use super::*;

    #[test]
    fn being_right_is_counted_by_kind_even_if_another_was_followed() {
        let all = annotators(&[
            "زار [LOC سبها] ثم [LOC هون]",
            "زار [ORG سبها] ثم هون",
            "زار [ORG سبها] ثم [LOC هون]",
        ]);
        let articles = contested(&all, None);
        let mut decisions = Decisions::default();
        decisions.decide(&articles[0].id, articles[0].regions[0].range, Decision::Follow(vec![1]));
        let rows = followed(&articles, &names(&all), &decisions);
        let counts: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.decided, row.followed)).collect();
        assert_eq!(counts, [("a", 1, 0), ("b", 1, 1), ("c", 1, 1)]);
        assert_eq!(rows[1].kinds[&Disagreement::Label], (1, 1));
        decisions.decide(&articles[0].id, articles[0].regions[1].range, Decision::Neither);
        assert_eq!(followed(&articles, &names(&all), &decisions)[1].followed, 2);
    }
}
