//! What an adjudicator decides.

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

/// All decisions, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decisions(Vec<Decided>);

impl Decisions {
    /// What was decided about a region.
    #[must_use]
    pub fn of(&self, document: &DocumentId, region: ByteRange) -> Option<&Decision> {
        let decided = self.0.iter().find(|decided| decided.document == *document && decided.region == region);
        decided.map(|decided| &decided.decision)
    }

    /// Decides about a region; gives back what was decided before.
    pub fn decide(
        &mut self,
        document: &DocumentId,
        region: ByteRange,
        decision: Decision,
    ) -> Option<Decision> {
        let before = self.withdraw(document, region);
        self.0.push(Decided { document: document.clone(), region, decision });
        before
    }

    /// Takes a decision back; gives back what was decided.
    pub fn withdraw(&mut self, document: &DocumentId, region: ByteRange) -> Option<Decision> {
        let at =
            self.0.iter().position(|decided| decided.document == *document && decided.region == region)?;
        Some(self.0.remove(at).decision)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Decided> {
        self.0.iter()
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
