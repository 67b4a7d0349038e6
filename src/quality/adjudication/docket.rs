//! The articles that several have labelled, and what is still open in them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::decision::Decisions;
use super::region::{Region, regions};
use crate::annotation::{Document, DocumentId, Span};
use crate::quality::agreement::panel::{is_labelled, panel};
use crate::quality::agreement::{Annotations, LeftOut};

/// An article and what its voices say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contested {
    /// Its name, as the first of its annotators has it.
    pub id: DocumentId,
    /// Who labelled it, by place in the list of annotators.
    pub voices: Vec<usize>,
    /// Places with spans, in the order of the text.
    pub regions: Vec<Region>,
}

/// The articles that several have labelled, and what is left aside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docket<'a> {
    /// Articles with at least two voices.
    pub articles: Vec<Contested>,
    /// Each of them as the first of its voices has it.
    pub bases: Vec<&'a Document>,
    /// Documents about which there is nothing to decide.
    pub left_out: LeftOut,
}

/// The articles of a [`docket`].
#[must_use]
pub fn contested(annotators: &[Annotations], extractor: Option<usize>) -> Vec<Contested> {
    docket(annotators, extractor).articles
}

/// Brings together the articles that at least two voices have something to say about, in the order in which they come. Of
/// annotators only confirmed spans count, and documents that nobody has begun are no answer; of the `extractor`, named by
/// its place in the list, all spans do. It votes only where a single person has labelled an article; elsewhere it is
/// shown.
#[must_use]
pub fn docket(annotators: &[Annotations], extractor: Option<usize>) -> Docket<'_> {
    let (articles, left_out) =
        panel(annotators, |voice, document| Some(voice) == extractor || is_labelled(document));
    let article = |article: crate::quality::agreement::panel::PanelArticle<'_>| {
        let here = article.documents.iter().enumerate().filter_map(|(voice, d)| Some((voice, (*d)?)));
        let here: Vec<_> = here.collect();
        let people = here.iter().filter(|(voice, _)| Some(*voice) != extractor).count();
        let voices: Vec<(usize, bool, Vec<Span>)> = here
            .iter()
            .map(|&(voice, document)| {
                let is_extractor = Some(voice) == extractor;
                let spans = document.spans.iter().map(Arc::as_ref);
                let counted = spans.filter(|span| is_extractor || span.origin.is_confirmed()).cloned();
                (voice, !is_extractor || people < 2, counted.collect())
            })
            .collect();
        Contested {
            id: article.id.clone(),
            voices: here.iter().map(|(voice, _)| *voice).collect(),
            regions: regions(&voices),
        }
    };
    let bases = articles.iter().filter_map(|article| article.documents.iter().flatten().next().copied());
    Docket { bases: bases.collect(), articles: articles.into_iter().map(article).collect(), left_out }
}

/// A place that waits for a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Open {
    /// The article, by its place in the list.
    pub article: usize,
    /// The region, by its place in the article.
    pub region: usize,
}

/// Everything that waits for a decision, article by article and in the order of the text.
#[must_use]
pub fn queue(articles: &[Contested], decisions: &Decisions) -> Vec<Open> {
    let open = |(number, article): (usize, &Contested)| {
        let regions = article.regions.iter().enumerate();
        let waiting: Vec<_> = regions
            .filter(|(_, region)| !region.is_settled() && decisions.of(&article.id, region.range).is_none())
            .map(|(region, _)| Open { article: number, region })
            .collect();
        waiting
    };
    articles.iter().enumerate().flat_map(open).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Decision;
    use super::super::testing::{annotators, suggested};
    use super::*;

    #[test]
    fn disagreements_wait_until_they_are_decided() {
        let articles =
            contested(&annotators(&["زار [LOC سبها] ثم [LOC هون] أمس", "زار [ORG سبها] ثم هون أمس"]), None);
        let mut decisions = Decisions::default();
        assert_eq!(queue(&articles, &decisions).len(), 2);
        decisions.decide(&articles[0].id, articles[0].regions[0].range, Decision::Neither);
        assert_eq!(queue(&articles, &decisions), [Open { article: 0, region: 1 }]);
        decisions.withdraw(&articles[0].id, articles[0].regions[0].range);
        assert_eq!(queue(&articles, &decisions).len(), 2);
    }

    #[test]
    fn an_extractor_is_shown_beside_two_people_and_votes_beside_one() {
        let same = "زار [LOC سبها] أمس";
        let mut all = annotators(&[same, same]);
        all.push(suggested("زار [ORG سبها] [DAT أمس]"));
        let two = contested(&all, Some(2));
        assert!(queue(&two, &Decisions::default()).is_empty());
        assert_eq!((two[0].voices.as_slice(), two[0].regions.len()), (&[0, 1, 2][..], 2));
        all.remove(1);
        assert_eq!(queue(&contested(&all, Some(1)), &Decisions::default()).len(), 2);
    }
}
