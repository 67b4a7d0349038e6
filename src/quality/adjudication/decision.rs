//! What an adjudicator decides.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::annotation::DocumentId;
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// A span that the adjudicator has set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Its place.
    pub range: ByteRange,
    /// Its label.
    pub label: LabelCode,
}

/// What becomes of a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// What these voices say, one of them or several together.
    Follow(Vec<usize>),
    /// Nothing: no span belongs here.
    Neither,
    /// Spans of the adjudicator's own.
    Edited(Vec<Placed>),
}

/// A decision and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The article.
    pub document: DocumentId,
    /// The region, in bytes.
    pub region: ByteRange,
    /// What was decided.
    pub decision: Decision,
}

/// All decisions: article by article, and within one in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Decided>", into = "Vec<Decided>")]
pub struct Decisions(BTreeMap<DocumentId, Vec<Decided>>);

impl From<Vec<Decided>> for Decisions {
    fn from(all: Vec<Decided>) -> Self {
        let mut decisions = Self::default();
        for Decided { document, region, decision } in all {
            decisions.decide(&document, region, decision);
        }
        decisions
    }
}

impl From<Decisions> for Vec<Decided> {
    fn from(decisions: Decisions) -> Self {
        decisions.0.into_values().flatten().collect()
    }
}

impl Decisions {
    /// What was decided about a region.
    #[must_use]
    pub fn of(&self, document: &DocumentId, region: ByteRange) -> Option<&Decision> {
        let decided = self.about(document).iter().find(|decided| decided.region == region);
        decided.map(|decided| &decided.decision)
    }

    /// What was decided about an article, in the order in which it was.
    #[must_use]
    pub fn about(&self, document: &DocumentId) -> &[Decided] {
        self.0.get(document).map_or(&[], Vec::as_slice)
    }

    /// Decides about a region; gives back what was decided before.
    pub fn decide(
        &mut self,
        document: &DocumentId,
        region: ByteRange,
        decision: Decision,
    ) -> Option<Decision> {
        let before = self.withdraw(document, region);
        let decided = Decided { document: document.clone(), region, decision };
        self.0.entry(document.clone()).or_default().push(decided);
        before
    }

    /// Takes a decision back; gives back what was decided.
    pub fn withdraw(&mut self, document: &DocumentId, region: ByteRange) -> Option<Decision> {
        let here = self.0.get_mut(document)?;
        let at = here.iter().position(|decided| decided.region == region)?;
        let withdrawn = here.remove(at).decision;
        if here.is_empty() {
            self.0.remove(document);
        }
        Some(withdrawn)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Decided> {
        self.0.values().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_decision_counts_and_can_be_taken_back() {
        let (id, region) = (DocumentId::new("d"), ByteRange::from(0..4));
        let mut decisions = Decisions::default();
        assert_eq!(decisions.decide(&id, region, Decision::Neither), None);
        assert_eq!(decisions.decide(&id, region, Decision::Follow(vec![1])), Some(Decision::Neither));
        let json = serde_json::to_string(&decisions).unwrap();
        assert_eq!(serde_json::from_str::<Decisions>(&json).unwrap(), decisions);
        assert_eq!(decisions.withdraw(&id, region), Some(Decision::Follow(vec![1])));
        assert_eq!(decisions.of(&id, region), None);
    }
}
