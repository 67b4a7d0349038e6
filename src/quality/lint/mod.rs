//! Finding mistakes in labels before others do: the checks of the labelling guideline (its section 9), as data.
//!
//! [`lint`] looks at documents and gives back [`Finding`]s: which [`Rule`], where, and what would mend it; [`Lint`] can ask
//! an extractor as well. It says nothing in words, so that the page can say it in either language and the command line in
//! its own. Spans that nobody has confirmed are not looked at. [`fixes`] turns findings into changes, [`allow`] and
//! an [`AllowList`] hold those that somebody has found right.
//!
//! Rules about letters and lines hold for any schema. Rules about names ask for labels by the codes of `conflict-news`
//! and are silent about others. What words mean comes in from outside: [`Vocabulary`] holds the word classes of the
//! guideline, [`Names`] answers for a gazetteer.

mod allow;
mod article;
mod consistency;
mod edges;
mod ends;
mod expressions;
mod extent;
mod finding;
mod fix;
mod heads;
mod opinion;
mod proclitics;
mod session;
#[cfg(test)]
mod testing;
pub(super) mod vocabulary;
mod whole;

pub use allow::{ALLOWED, AllowList, AllowListError, allow, is_allowed, withdraw};
pub use finding::{Finding, Fix, Rule, Severity};
pub use fix::fixes;
pub use opinion::SecondOpinion;
pub use session::LintSession;
pub use vocabulary::{Names, NoNames, Vocabulary, VocabularyError};

use crate::annotation::Document;
use crate::schema::Layers;
use crate::text::ProcliticPolicy;
use article::{Article, Labelled};
use consistency::Usage;

/// What the rules of one document are told.
struct Context<'a> {
    vocabulary: &'a Vocabulary,
    names: &'a dyn Names,
    /// How spans may lie to each other.
    layers: Layers,
    /// What the project does with proclitics.
    proclitics: ProcliticPolicy,
    /// How names are labelled in all documents together.
    usage: &'a Usage,
}

/// A check of one span.
type SpanCheck = fn(&Article<'_>, &Labelled<'_>, &Context<'_>, &mut Vec<Finding>);

/// The checks that look at one span at a time.
const SPAN_CHECKS: [SpanCheck; 5] =
    [edges::check, proclitics::check, heads::check, expressions::check, extent::check];

/// What to check with.
#[derive(Clone, Copy)]
pub struct Lint<'a> {
    vocabulary: &'a Vocabulary,
    names: &'a dyn Names,
    opinion: Option<SecondOpinion<'a>>,
    layers: Layers,
    proclitics: ProcliticPolicy,
}

impl<'a> Lint<'a> {
    /// Checks with the word classes of the guideline and a gazetteer.
    #[must_use]
    pub fn new(vocabulary: &'a Vocabulary, names: &'a dyn Names) -> Self {
        let (layers, proclitics) = (Layers::default(), ProcliticPolicy::default());
        Self { vocabulary, names, opinion: None, layers, proclitics }
    }

    /// Asks an extractor as well.
    #[must_use]
    pub fn with_opinion(self, opinion: SecondOpinion<'a>) -> Self {
        Self { opinion: Some(opinion), ..self }
    }

    /// Lets spans lie over each other as a schema does.
    #[must_use]
    pub fn in_layers(self, layers: Layers) -> Self {
        Self { layers, ..self }
    }

    /// Has spans begin where a project's policy on proclitics wants it. Without it they stay outside, as the guideline
    /// says.
    #[must_use]
    pub fn with_proclitics(self, proclitics: ProcliticPolicy) -> Self {
        Self { proclitics, ..self }
    }

    /// Checks documents, each for itself and all against each other. The findings are in the order of the documents, and
    /// within one by place, then by rule.
    #[must_use]
    pub fn run(&self, documents: &[Document]) -> Vec<Finding> {
        self.begin(documents.to_vec()).finish()
    }

    /// The same, step by step.
    #[must_use]
    pub fn begin(&self, documents: Vec<Document>) -> LintSession<'a> {
        LintSession::new(*self, documents)
    }
}

/// Checks documents with the word classes of the guideline and a gazetteer: [`Lint::run`].
#[must_use]
pub fn lint(documents: &[Document], vocabulary: &Vocabulary, names: &dyn Names) -> Vec<Finding> {
    Lint::new(vocabulary, names).run(documents)
}
