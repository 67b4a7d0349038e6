//! Finding mistakes in labels before others do: the checks of the labelling guideline (its section 9), as data.
//!
//! [`lint`] looks at documents and gives back [`Finding`]s: which [`Rule`], where, and what would mend it. It says
//! nothing in words, so that the page can say it in either language and the command line in its own. Spans that nobody
//! has confirmed are not looked at.
//!
//! Rules about letters and lines hold for any schema. Rules about names ask for labels by the codes of `conflict-news`
//! and are silent about others. What words mean comes in from outside: [`Vocabulary`] holds the word classes of the
//! guideline, [`Names`] answers for a gazetteer.

mod allow;
mod article;
mod consistency;
mod edges;
mod expressions;
mod finding;
mod heads;
mod proclitics;
pub(super) mod vocabulary;

pub use allow::{AllowList, AllowListError};
pub use finding::{Finding, Fix, Rule, Severity};
pub use vocabulary::{Names, NoNames, Vocabulary, VocabularyError};

use crate::annotation::Document;
use article::Article;
use consistency::Usage;

/// What the rules of one document are told.
struct Context<'a> {
    vocabulary: &'a Vocabulary,
    names: &'a dyn Names,
    /// How names are labelled in all documents together.
    usage: &'a Usage,
}

/// Checks documents, each for itself and all against each other. The findings are in the order of the documents, and
/// within one by place, then by rule.
#[must_use]
pub fn lint(documents: &[Document], vocabulary: &Vocabulary, names: &dyn Names) -> Vec<Finding> {
    let articles: Vec<_> = documents.iter().map(|document| Article::new(document, vocabulary)).collect();
    let usage = Usage::of(&articles);
    let context = Context { vocabulary, names, usage: &usage };
    let mut findings = Vec::new();
    for article in &articles {
        let mut found = Vec::new();
        edges::check(article, &mut found);
        proclitics::check(article, &context, &mut found);
        heads::check(article, &context, &mut found);
        expressions::check(article, &context, &mut found);
        consistency::check(article, &context, &mut found);
        found.sort_by_key(|finding| (finding.range, finding.rule));
        findings.extend(found);
    }
    consistency::drop_common_words(&mut findings, &articles);
    findings
}

#[cfg(test)]
mod testing;
