//! The kinds of misfit, and what can be done about each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::formats::options::words;

/// Why a format cannot hold a span as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MisfitKind {
    /// It begins or ends inside a token, as `القاهرة` does in `وبالقاهرة`.
    InsideWord,
    /// It lies inside another span, or where another one is, and the format has one layer.
    Nested,
    /// It begins in one span and ends outside it.
    Overlapping,
    /// It has gaps.
    Discontinuous,
    /// It begins or ends with white space or signs that cannot be seen, and tokens do not. These are left off.
    BlankEdge,
    /// There is nothing in it that can be seen. It is left out.
    Blank,
}

words!(MisfitKind: InsideWord = "inside-word", Nested = "nested", Overlapping = "overlapping",
    Discontinuous = "discontinuous", BlankEdge = "blank-edge", Blank = "blank");

impl MisfitKind {
    /// What can be done about it, the usual thing first. Of one there is nothing to choose.
    #[must_use]
    pub const fn remedies(self) -> &'static [Remedy] {
        match self {
            Self::InsideWord => &[Remedy::Split, Remedy::Widen, Remedy::Drop],
            Self::Nested | Self::Overlapping => &[Remedy::Outermost, Remedy::Drop],
            Self::Discontinuous => &[Remedy::Widen, Remedy::Split, Remedy::Drop],
            Self::BlankEdge => &[Remedy::Narrow],
            Self::Blank => &[Remedy::Drop],
        }
    }
}

/// What is done about a misfit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// The span grows to whole tokens, or over its gaps.
    Widen,
    /// The token is cut where the span begins or ends; of a span with gaps each piece becomes a span.
    Split,
    /// The span is left out; of two that are in each other's way, both.
    Drop,
    /// Of spans in each other's way the longest stays.
    Outermost,
    /// The span shrinks to what can be seen of it.
    Narrow,
}

words!(Remedy: Widen = "widen", Split = "split", Drop = "drop", Outermost = "outermost", Narrow = "narrow");

/// What is done about each kind of misfit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Chosen", into = "Chosen")]
pub struct AlignmentPolicy(Chosen);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
struct Chosen {
    inside_word: Remedy,
    nested: Remedy,
    overlapping: Remedy,
    discontinuous: Remedy,
}

impl Default for Chosen {
    fn default() -> Self {
        Self {
            inside_word: Remedy::Split,
            nested: Remedy::Outermost,
            overlapping: Remedy::Outermost,
            discontinuous: Remedy::Widen,
        }
    }
}

/// A remedy that is none for a kind of misfit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{remedy} does nothing about {}; {}", kind_words(*kind), remedy_words(*kind))]
pub struct NotARemedy {
    /// The remedy.
    pub remedy: Remedy,
    /// The kind of misfit; none if there is no kind that it does anything about.
    pub kind: Option<MisfitKind>,
}

fn kind_words(kind: Option<MisfitKind>) -> &'static str {
    kind.map_or("any span", MisfitKind::as_str)
}

fn remedy_words(kind: Option<MisfitKind>) -> String {
    let list = |kind: MisfitKind| {
        let remedies: Vec<_> = kind.remedies().iter().map(|remedy| remedy.as_str()).collect();
        format!("{kind}: {}", remedies.join(", "))
    };
    match kind {
        Some(kind) => list(kind),
        None => MisfitKind::ALL.iter().copied().map(list).collect::<Vec<_>>().join("; "),
    }
}

impl Default for AlignmentPolicy {
    /// As little is lost as can be: words are split, of spans in each other's way the longest stays, gaps are closed.
    fn default() -> Self {
        Self(Chosen::default())
    }
}

impl AlignmentPolicy {
    /// What is done about a kind of misfit.
    #[must_use]
    pub const fn remedy(&self, kind: MisfitKind) -> Remedy {
        match kind {
            MisfitKind::InsideWord => self.0.inside_word,
            MisfitKind::Nested => self.0.nested,
            MisfitKind::Overlapping => self.0.overlapping,
            MisfitKind::Discontinuous => self.0.discontinuous,
            MisfitKind::BlankEdge => Remedy::Narrow,
            MisfitKind::Blank => Remedy::Drop,
        }
    }

    /// Chooses what is done about a kind of misfit.
    ///
    /// # Errors
    /// If it is no remedy for that kind.
    pub fn set(&mut self, kind: MisfitKind, remedy: Remedy) -> Result<(), NotARemedy> {
        if !kind.remedies().contains(&remedy) {
            return Err(NotARemedy { remedy, kind: Some(kind) });
        }
        match kind {
            MisfitKind::InsideWord => self.0.inside_word = remedy,
            MisfitKind::Nested => self.0.nested = remedy,
            MisfitKind::Overlapping => self.0.overlapping = remedy,
            MisfitKind::Discontinuous => self.0.discontinuous = remedy,
            MisfitKind::BlankEdge | MisfitKind::Blank => {}
        }
        Ok(())
    }

    /// Chooses a remedy for every kind of misfit that it is one for and that leaves a choice.
    ///
    /// # Errors
    /// If there is no such kind.
    pub fn set_all(&mut self, remedy: Remedy) -> Result<(), NotARemedy> {
        let kinds = MisfitKind::ALL.iter().copied();
        let open = kinds.filter(|kind| kind.remedies().len() > 1 && kind.remedies().contains(&remedy));
        let mut any = false;
        for kind in open {
            self.set(kind, remedy)?;
            any = true;
        }
        if any { Ok(()) } else { Err(NotARemedy { remedy, kind: None }) }
    }
}

impl From<AlignmentPolicy> for Chosen {
    fn from(policy: AlignmentPolicy) -> Self {
        policy.0
    }
}

impl TryFrom<Chosen> for AlignmentPolicy {
    type Error = NotARemedy;

    fn try_from(chosen: Chosen) -> Result<Self, Self::Error> {
        let mut policy = Self::default();
        policy.set(MisfitKind::InsideWord, chosen.inside_word)?;
        policy.set(MisfitKind::Nested, chosen.nested)?;
        policy.set(MisfitKind::Overlapping, chosen.overlapping)?;
        policy.set(MisfitKind::Discontinuous, chosen.discontinuous)?;
        Ok(policy)
    }
}

/// One word of what the command line is told: a remedy for all it is one for (`drop`), or for one kind of misfit
/// (`nested=drop`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlignmentChoice {
    /// The kind; all if none.
    pub kind: Option<MisfitKind>,
    /// The remedy.
    pub remedy: Remedy,
}

impl FromStr for AlignmentChoice {
    type Err = String;

    fn from_str(words: &str) -> Result<Self, Self::Err> {
        let (kind, remedy) = match words.split_once('=') {
            Some((kind, remedy)) => {
                (Some(kind.parse::<MisfitKind>().map_err(|error| error.to_string())?), remedy)
            }
            None => (None, words),
        };
        let choice = Self { kind, remedy: remedy.parse::<Remedy>().map_err(|error| error.to_string())? };
        choice.apply(&mut AlignmentPolicy::default()).map_err(|error| error.to_string())?;
        Ok(choice)
    }
}

impl AlignmentChoice {
    /// Takes the choice into a policy.
    ///
    /// # Errors
    /// If the remedy is none for the kind.
    pub fn apply(self, policy: &mut AlignmentPolicy) -> Result<(), NotARemedy> {
        match self.kind {
            Some(kind) => policy.set(kind, self.remedy),
            None => policy.set_all(self.remedy),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_remedy_is_the_first_of_its_kind() {
        for &kind in MisfitKind::ALL {
            assert_eq!(AlignmentPolicy::default().remedy(kind), kind.remedies()[0], "{kind}");
        }
    }

    #[test]
    fn a_word_alone_is_for_every_kind_it_helps() {
        let mut policy = AlignmentPolicy::default();
        for words in ["drop", "nested=outermost", "inside-word=widen"] {
            words.parse::<AlignmentChoice>().unwrap().apply(&mut policy).unwrap();
        }
        let remedies = MisfitKind::ALL[..4].iter().map(|&kind| policy.remedy(kind));
        let wanted = [Remedy::Widen, Remedy::Outermost, Remedy::Drop, Remedy::Drop];
        assert_eq!(remedies.collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn what_helps_nothing_is_refused_with_what_would() {
        let message = |words: &str| words.parse::<AlignmentChoice>().unwrap_err();
        assert_eq!(message("nested=widen"), "widen does nothing about nested; nested: outermost, drop");
        assert!(message("narrow").starts_with("narrow does nothing about any span; inside-word: split, "));
        assert!(message("nest=drop").contains("\"nest\" is none of inside-word, nested"));
        assert!(serde_json::from_str::<AlignmentPolicy>(r#"{"nested":"widen"}"#).is_err());
    }

    #[test]
    fn a_policy_is_plain_data() {
        let mut policy = AlignmentPolicy::default();
        policy.set(MisfitKind::Nested, Remedy::Drop).unwrap();
        let json = serde_json::to_string(&policy).unwrap();
        assert_eq!(
            json,
            r#"{"inside_word":"split","nested":"drop","overlapping":"outermost","discontinuous":"widen"}"#
        );
        assert_eq!(serde_json::from_str::<AlignmentPolicy>(&json).unwrap(), policy);
    }
}
