//! A comparison of annotators that its driver can listen in between of, and give up.

use super::gamma::Disorders;
use super::{AgreementOptions, Annotations, Report, report};
use crate::quality::lint::Vocabulary;

/// A comparison under way. What takes long is done step by step: the alignments that gamma wants.
#[derive(Clone, Debug)]
pub struct AgreementSession {
    annotators: Vec<Annotations>,
    options: AgreementOptions,
    disorders: Disorders,
}

impl AgreementSession {
    /// Begins to compare annotators.
    #[must_use]
    pub fn new(annotators: Vec<Annotations>, options: AgreementOptions) -> Self {
        let disorders = Disorders::of(&annotators, options);
        Self { annotators, options, disorders }
    }

    /// True if only [`finish`](Self::finish) is left.
    #[must_use]
    pub fn is_through(&self) -> bool {
        self.disorders.is_through()
    }

    /// Does some milliseconds' work. Gives how much is done, of how much; there may turn out to be more.
    pub fn step(&mut self) -> (u64, u64) {
        self.disorders.step()
    }

    /// The report, with gamma only if every step was made.
    #[must_use]
    pub fn finish(self, vocabulary: &Vocabulary) -> Report {
        report(&self.annotators, self.options, vocabulary, &self.disorders)
    }
}

#[cfg(test)]
mod tests {
    use super::super::agreement;
    use super::super::testing::document;
    use super::*;

    #[test]
    fn step_by_step_is_the_same_as_at_once() {
        let by = |annotator: &str, text| Annotations {
            annotator: annotator.to_owned(),
            documents: vec![document("d", text)],
        };
        let all = vec![by("a", "زار [LOC بغداد] ثم [LOC سبها]"), by("b", "زار بغداد ثم [ORG سبها]")];
        let (options, vocabulary) = (AgreementOptions::default(), Vocabulary::embedded().unwrap());
        let mut session = AgreementSession::new(all.clone(), options);
        while !session.is_through() {
            let (done, total) = session.step();
            assert!(done <= total);
        }
        let report = session.finish(&vocabulary);
        assert!(report.gamma.figure.value.is_some());
        assert_eq!(report, agreement(&all, options, &vocabulary));
    }
}
