//! The checks, document by document, so that whoever drives them can say how far they are and listen in between.

use std::collections::HashMap;

use super::article::Article;
use super::consistency::{self, Usage};
use super::ends::Ends;
use super::opinion::Opinions;
use super::{
    Context, Finding, Names, SPAN_CHECKS, SecondOpinion, Vocabulary, allow, edges, opinion, proclitics, whole,
};
use crate::annotation::Document;
use crate::schema::Layers;
use crate::text::ProcliticPolicy;

/// Checks under way. It owns its documents, so that it can wait between two steps as long as it has to.
pub struct LintSession<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) names: &'a dyn Names,
    pub(super) opinions: Opinions,
    layers: Layers,
    proclitics: ProcliticPolicy,
    pub(super) documents: Vec<Document>,
    usage: Usage,
    ends: Ends,
    findings: Vec<Finding>,
    stage: Stage,
    /// The next document.
    at: usize,
}

/// What is done with every document before the next stage begins: rules that compare must have seen them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Names without a proclitic before them are learnt.
    Names,
    /// How names are labelled is counted, now that those behind للـ are known.
    Usage,
    /// The documents are checked.
    Checks,
    /// Nothing is left but [`LintSession::finish`].
    Done,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Names, Self::Usage, Self::Checks, Self::Done];

    fn number(self) -> usize {
        Self::ALL.iter().position(|stage| *stage == self).unwrap_or(0)
    }
}

impl<'a> LintSession<'a> {
    pub(super) fn new(lint: super::Lint<'a>, documents: Vec<Document>) -> Self {
        Self {
            vocabulary: lint.vocabulary,
            names: lint.names,
            opinions: lint.opinion.map(Opinions::of).unwrap_or_default(),
            layers: lint.layers,
            proclitics: lint.proclitics,
            documents,
            usage: Usage::new(lint.proclitics),
            ends: Ends::default(),
            findings: Vec::new(),
            stage: Stage::Names,
            at: 0,
        }
    }

    /// Asks an extractor as well; to be called before the first step.
    #[must_use]
    pub fn hearing(self, opinion: SecondOpinion<'_>) -> Self {
        Self { opinions: Opinions::of(opinion), ..self }
    }

    /// Looks at the next document. Gives how many have been looked at, and how many are to be: each counts once for each
    /// time it is looked at.
    pub fn step(&mut self) -> (u64, u64) {
        if let Some(document) = self.documents.get(self.at) {
            let article = Article::new(document, self.vocabulary);
            match self.stage {
                Stage::Names => self.usage.learn(&article),
                Stage::Usage => self.usage.count(&article, self.names),
                Stage::Checks => {
                    let (vocabulary, names, usage) = (self.vocabulary, self.names, &self.usage);
                    let (layers, proclitics) = (self.layers, self.proclitics);
                    let context = Context { vocabulary, names, layers, proclitics, usage };
                    check(&article, &context, &self.opinions, &mut self.findings);
                    self.ends.look(&article, &self.usage);
                }
                Stage::Done => {}
            }
            self.at += 1;
        }
        if self.at >= self.documents.len() && self.stage != Stage::Done {
            self.at = 0;
            self.stage = match self.stage {
                Stage::Names => Stage::Usage,
                Stage::Usage => {
                    self.usage.close();
                    Stage::Checks
                }
                Stage::Checks | Stage::Done => Stage::Done,
            };
        }
        let (all, stages) = (self.documents.len() as u64, Stage::Done.number() as u64);
        let at = if self.stage == Stage::Done { 0 } else { self.at as u64 };
        // No documents are looked at all at once.
        (self.stage.number() as u64 * all + at, stages * all)
    }

    /// True if nothing is left but [`Self::finish`].
    #[must_use]
    pub fn is_through(&self) -> bool {
        self.stage == Stage::Done
    }

    /// The findings: in the order of the documents, and within one by place, then by rule. Steps that were not made are
    /// made now.
    #[must_use]
    pub fn finish(mut self) -> Vec<Finding> {
        while !self.is_through() {
            self.step();
        }
        let Self { documents, mut findings, ends, usage, proclitics: policy, .. } = self;
        consistency::drop_common_words(&mut findings, &documents);
        ends.finish(&usage, &mut findings);
        whole::duplicates(&documents, &mut findings);
        let places: HashMap<_, _> =
            documents.iter().enumerate().map(|(at, document)| (&document.id, at)).collect();
        if policy == ProcliticPolicy::Inside {
            findings.retain_mut(|finding| {
                let document = places.get(&finding.document).and_then(|&at| documents.get(at));
                document.is_none_or(|document| proclitics::take_along(document, finding))
            });
        }
        for finding in &mut findings {
            let document = places.get(&finding.document).and_then(|&at| documents.get(at));
            finding.allowed = document.is_some_and(|document| allow::is_allowed(document, finding));
        }
        findings.sort_by_key(|finding| {
            (places.get(&finding.document).copied().unwrap_or(0), finding.range, finding.rule)
        });
        findings
    }
}

/// Everything that can be said of a document once the names of all are known.
fn check(article: &Article<'_>, context: &Context<'_>, opinions: &Opinions, found: &mut Vec<Finding>) {
    edges::outside(article, found);
    for labelled in &article.labels {
        SPAN_CHECKS.iter().for_each(|check| check(article, labelled, context, found));
    }
    consistency::check(article, context, found);
    opinion::check(article, opinions, found);
    whole::check(article, found);
}

#[cfg(test)]
mod tests {
    use super::super::testing::documents;
    use super::super::{Lint, NoNames, Vocabulary};

    #[test]
    fn step_by_step_is_the_same_as_at_once_and_the_progress_rises_to_the_end() {
        let vocabulary = Vocabulary::embedded().unwrap();
        let lint = Lint::new(&vocabulary, &NoNames);
        let documents = documents(&["زار [LOC سبها] ثم سبها", "زار [ORG سبها]", "زار [LOC سبها]، "]);
        let mut session = lint.begin(documents.clone());
        let mut told = Vec::new();
        while !session.is_through() {
            told.push(session.step());
        }
        assert!(told.is_sorted());
        assert_eq!(told.last(), Some(&(9, 9)));
        let findings = session.finish();
        assert!(!findings.is_empty());
        assert_eq!(findings, lint.run(&documents));
    }

    #[test]
    fn nothing_to_check_is_checked_at_once() {
        let vocabulary = Vocabulary::default();
        assert_eq!(Lint::new(&vocabulary, &NoNames).begin(Vec::new()).finish(), []);
    }
}
