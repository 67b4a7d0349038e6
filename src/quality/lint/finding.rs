//! What a check found.

use serde::{Deserialize, Serialize};

use crate::annotation::{DocumentId, SpanId};
use crate::schema::LabelCode;
use crate::text::ByteRange;

/// How sure a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A breach of the guideline, with few exceptions. An exception is worth a line in an [`AllowList`](super::AllowList).
    Error,
    /// Likely a breach.
    Warning,
    /// Worth a look when time allows: other articles label the same words otherwise.
    Hint,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident $code:literal $severity:ident)*) => {
        /// A check. The code is stable: files and translations may name it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Rule {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Rule {
            /// Every rule: first those of the guideline, in its order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its code, for instance `edge-space`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The rule of a code.
            #[must_use]
            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|rule| rule.code() == code)
            }

            /// How sure it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

rules! {
    /// The span is empty, reaches beyond the text, or cuts a character.
    OutsideText "outside-text" Error
    /// An edge falls between a letter and its marks.
    CutsGrapheme "cuts-grapheme" Error
    /// White space or an invisible sign at an edge.
    EdgeSpace "edge-space" Error
    /// Punctuation, a quote, a bracket or a dash at an edge.
    EdgeSign "edge-sign" Error
    /// The span begins inside a word where no proclitic ends, or ends inside a word. Right where two words are glued.
    CutsWord "cuts-word" Warning
    /// The span goes on behind a line end.
    CrossesLine "crosses-line" Error
    /// Two spans share letters.
    Overlap "overlap" Error
    /// A span in a line that is no part of the article.
    Boilerplate "boilerplate" Error
    /// The span takes along a و ف ب ل ك that is not part of the name.
    ProcliticInside "proclitic-inside" Error
    /// The span begins with و ف ب ل ك, and only what stands behind it is a known word. Names nobody wrote down look so too.
    ProcliticLikely "proclitic-likely" Warning
    /// The span leaves a و ف ب ل ك of its first word outside, in a project that keeps them with the name.
    ProcliticOutside "proclitic-outside" Error
    /// The span begins with لل: the first ل belongs outside.
    LamNotCut "lam-not-cut" Error
    /// The article ال is left outside.
    ArticleOutside "article-outside" Error
    /// A class word of places, a compass word, a class word the press added, or a preposition or softener of a time or
    /// count is inside.
    ClassWordInside "class-word-inside" Error
    /// A title or office is inside a person's name.
    TitleInside "title-inside" Error
    /// A common noun that is no name when it stands alone.
    BareNoun "bare-noun" Error
    /// The head that the name needs stands unlabelled before it.
    HeadOutside "head-outside" Error
    /// A nationality behind the head of a body that should hold it.
    NatInsideName "nat-inside-name" Error
    /// The words that limit a count (أكثر من, ما لا يقل عن) are left outside.
    LimitOutside "limit-outside" Error
    /// A count without number, number noun or dual.
    NumWithoutNumber "num-without-number" Error
    /// A time without unit, date or anchor.
    DatWithoutTime "dat-without-time" Error
    /// The same words carry two labels in one article.
    TwoLabels "two-labels" Error
    /// A name that is labelled in the article stands there unlabelled.
    UnlabelledRepeat "unlabelled-repeat" Error
    /// Other articles label the same words otherwise.
    LabelledOtherwise "labelled-otherwise" Hint
    /// Other articles label words that stand here unlabelled.
    LabelledElsewhere "labelled-elsewhere" Hint
    /// Other articles end the same name elsewhere, in the same words.
    EndsOtherwise "ends-otherwise" Hint
    /// A sentence ends inside the span.
    CrossesSentence "crosses-sentence" Warning
    /// More words than names have.
    VeryLong "very-long" Warning
    /// A single letter.
    VeryShort "very-short" Warning
    /// A bracket or quote inside has its other half outside.
    HalfPair "half-pair" Warning
    /// A confident extractor has another label.
    ExtractorLabelsOtherwise "extractor-labels-otherwise" Warning
    /// A confident extractor has other ends.
    ExtractorEndsOtherwise "extractor-ends-otherwise" Warning
    /// A confident extractor has a span where there is none.
    ExtractorFindsMore "extractor-finds-more" Warning
    /// The article is done and holds suggestions that nobody has looked at.
    DoneWithSuggestions "done-with-suggestions" Warning
    /// The article is done, is not short, and has neither spans nor rejected suggestions.
    DoneWithoutSpans "done-without-spans" Warning
    /// An earlier article has the same text.
    Duplicate "duplicate" Warning
    /// An earlier article has nearly the same words.
    NearDuplicate "near-duplicate" Warning
}

/// What would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fix {
    /// The finding's span should stand here, under this label.
    Set {
        /// Its place.
        range: ByteRange,
        /// Its label.
        label: LabelCode,
    },
    /// A span is missing here.
    Add {
        /// Its place.
        range: ByteRange,
        /// Its label.
        label: LabelCode,
    },
    /// The finding's span should go.
    Remove,
}

/// Something that looks wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which check says so.
    pub rule: Rule,
    /// The document.
    pub document: DocumentId,
    /// The span that looks wrong; none where one is missing, and where it is about the whole article.
    pub span: Option<SpanId>,
    /// Where: the span, or the words without one; of a whole article its first line.
    pub range: ByteRange,
    /// For rules that compare: the labels the same words carry, with how often, most frequent first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<(LabelCode, usize)>,
    /// For duplicates: the earlier article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<DocumentId>,
    /// What would mend it, where one edit clearly would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// True if the document says that this is right ([`allow`](super::allow)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allowed: bool,
}

impl Finding {
    /// How sure the rule is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }
}
