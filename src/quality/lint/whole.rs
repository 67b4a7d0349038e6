//! Whole articles: done before they were looked at, or there twice.

use super::article::{Article, about_whole};
use super::finding::{Finding, Rule};
use crate::annotation::{Document, Status};
use crate::quality::likeness::{NEARLY_THE_SAME, alike};

/// An article that is called done but looks untouched.
pub(super) fn check(article: &Article<'_>, found: &mut Vec<Finding>) {
    let document = article.document;
    if document.status != Status::Done {
        return;
    }
    if document.spans.suggested() > 0 {
        found.push(article.whole(Rule::DoneWithSuggestions));
    }
    if document.spans.is_empty() && document.rejected.is_empty() && article.words.len() >= MANY_WORDS {
        found.push(article.whole(Rule::DoneWithoutSpans));
    }
}

/// News of so many words without a single name, date or count are rare.
const MANY_WORDS: usize = 40;

/// Articles that are there twice, or nearly: the later ones.
pub(super) fn duplicates(documents: &[Document], found: &mut Vec<Finding>) {
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    let mut said = vec![false; documents.len()];
    for pair in alike(&texts, NEARLY_THE_SAME) {
        let (Some(first), Some(second)) = (documents.get(pair.first), documents.get(pair.second)) else {
            continue;
        };
        // What several annotators made of an article is no copy of it.
        if first.annotator != second.annotator {
            continue;
        }
        // One word is enough: the article is like the first of its kind.
        let Some(said) = said.get_mut(pair.second).filter(|said| !**said) else { continue };
        *said = true;
        let same = first.text == second.text;
        let rule = if same { Rule::Duplicate } else { Rule::NearDuplicate };
        found.push(Finding { other: Some(first.id.clone()), ..about_whole(second, rule) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NoNames, Vocabulary, lint};
    use super::*;
    use crate::annotation::{Origin, Span};
    use crate::quality::testing::marked;

    fn codes(documents: &[Document]) -> Vec<(&'static str, String)> {
        let findings = lint(documents, &Vocabulary::embedded().unwrap(), &NoNames);
        findings.into_iter().map(|f| (f.rule.code(), f.document.as_str().to_owned())).collect()
    }

    fn done(document: Document) -> Document {
        Document { status: Status::Done, ..document }
    }

    #[test]
    fn done_means_looked_at() {
        let long = "كلمة ".repeat(50);
        assert_eq!(codes(&[done(marked("d", &long))]), [("done-without-spans", "d".to_owned())]);
        assert_eq!(codes(&[marked("d", &long)]), []);
        assert_eq!(codes(&[done(marked("d", "خبر"))]), []);
        let mut open = done(marked("d", "زار [LOC سبها] ثم عاد"));
        let suggested = open.spans.iter().map(|span| Span { origin: Origin::Suggested, ..(**span).clone() });
        open.spans = suggested.collect::<Vec<_>>().into_iter().collect();
        assert_eq!(codes(&[open]), [("done-with-suggestions", "d".to_owned())]);
    }

    #[test]
    fn the_later_of_two_articles_is_named() {
        let words: Vec<String> = (0..40).map(|n| format!("كلمة{n}")).collect();
        let (text, near) = (words.join(" "), words[1..].join(" "));
        let documents = [marked("a", &text), marked("b", "خبر آخر"), marked("c", &near), marked("d", &text)];
        assert_eq!(codes(&documents), [("near-duplicate", "c".to_owned()), ("duplicate", "d".to_owned())]);
    }
}
