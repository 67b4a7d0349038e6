//! What two annotators disagree about when they mean the same name but end it elsewhere.

use serde::{Deserialize, Serialize};

use crate::annotation::Span;
use crate::quality::lint::Vocabulary;
use crate::quality::lint::vocabulary::{Class, LabelClass};
use crate::text::letter::{is_bracket, is_quote};
use crate::text::{ByteOffset, ByteRange, SourceText, fold_word, motion, proclitic_cuts, words};

/// What stands between the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoundaryKind {
    /// و ف ب ل ك written together with the name.
    Proclitic,
    /// The article ال, or what لل leaves of it.
    Article,
    /// A title or office before a person.
    Title,
    /// A class word or compass word that stays outside: مدينة, شمال.
    ClassWord,
    /// A head that the name may need: مطار, وزارة.
    Head,
    /// A quote or bracket.
    Quote,
    /// Other punctuation, or space.
    Sign,
    /// Words behind the name.
    Tail,
    /// Anything else: other words before the name, or a cut within a word.
    Other,
}

impl BoundaryKind {
    /// The word used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proclitic => "proclitic",
            Self::Article => "article",
            Self::Title => "title",
            Self::ClassWord => "class_word",
            Self::Head => "head",
            Self::Quote => "quote",
            Self::Sign => "sign",
            Self::Tail => "tail",
            Self::Other => "other",
        }
    }
}

/// One end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

impl Edge {
    /// The word used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// An end that two annotators set differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeDifference {
    /// Which end.
    pub edge: Edge,
    /// What lies between.
    pub kind: BoundaryKind,
    /// The words that one of the spans holds and the other does not.
    pub between: ByteRange,
    /// True if the first span holds them.
    pub first_holds: bool,
}

/// How the ends of two spans differ: not at all, at one end, or at both.
pub fn differences<'a>(
    text: &'a SourceText,
    first: &Span,
    second: &Span,
    vocabulary: &'a Vocabulary,
) -> impl Iterator<Item = EdgeDifference> + use<'a> {
    let (a, b) = (first.range, second.range);
    let start = (a.start != b.start).then(|| {
        let between = ByteRange::new(a.start, b.start);
        let kind = start_kind(text, between, vocabulary);
        EdgeDifference { edge: Edge::Start, kind, between, first_holds: a.start < b.start }
    });
    let end = (a.end != b.end).then(|| {
        let between = ByteRange::new(a.end, b.end);
        EdgeDifference { edge: Edge::End, kind: end_kind(text, between), between, first_holds: a.end > b.end }
    });
    start.into_iter().chain(end)
}

/// Signs only: a quote or bracket if there is one among them.
fn sign_kind(between: &str) -> Option<BoundaryKind> {
    words(between).next().is_none().then(|| {
        let quoted = between.chars().any(|c| is_quote(c) || is_bracket(c));
        if quoted { BoundaryKind::Quote } else { BoundaryKind::Sign }
    })
}

fn start_kind(text: &SourceText, between: ByteRange, vocabulary: &Vocabulary) -> BoundaryKind {
    let surface = text.slice(between).unwrap_or_default();
    if let Some(kind) = sign_kind(surface) {
        return kind;
    }
    match motion::word_at(text, between.end) {
        Some(word) if word.start <= between.start && between.end < word.end => {
            within_word(text, word, between)
        }
        _ => before_name(surface, vocabulary),
    }
}

/// Both starts lie in one word.
fn within_word(text: &SourceText, word: ByteRange, between: ByteRange) -> BoundaryKind {
    let surface = text.slice(word).unwrap_or_default();
    let at = |offset: ByteOffset| offset.to_usize().saturating_sub(word.start.to_usize());
    let (outer, inner) = (at(between.start), at(between.end));
    let cuts = proclitic_cuts(surface);
    let is_start = |offset| offset == 0 || cuts.iter().any(|cut| cut.offset == offset);
    let before = fold_word(surface.get(..inner).unwrap_or_default());
    if !is_start(outer) {
        BoundaryKind::Other
    } else if cuts.iter().any(|cut| cut.offset == inner) {
        BoundaryKind::Proclitic
    } else if before.ends_with("ال") || before.ends_with("لل") {
        BoundaryKind::Article
    } else {
        BoundaryKind::Other
    }
}

/// The first of the words before the name that is of a class tells the kind.
fn before_name(between: &str, vocabulary: &Vocabulary) -> BoundaryKind {
    let words = words(between).filter_map(|word| between.get(word.range.to_std()));
    let kind = |surface: &str| {
        let rests = proclitic_cuts(surface).into_iter().filter_map(|cut| surface.get(cut.offset..));
        std::iter::once(surface).chain(rests).map(fold_word).find_map(|word| {
            if vocabulary.has(Class::Title, &word) {
                Some(BoundaryKind::Title)
            } else if vocabulary.has(Class::Compass, &word)
                || !vocabulary.labels(LabelClass::Outside, &word).is_empty()
            {
                Some(BoundaryKind::ClassWord)
            } else {
                let heads = [LabelClass::Head, LabelClass::NationalityHead];
                heads
                    .iter()
                    .any(|&class| !vocabulary.labels(class, &word).is_empty())
                    .then_some(BoundaryKind::Head)
            }
        })
    };
    words.into_iter().find_map(kind).unwrap_or(BoundaryKind::Other)
}

fn end_kind(text: &SourceText, between: ByteRange) -> BoundaryKind {
    let surface = text.slice(between).unwrap_or_default();
    if let Some(kind) = sign_kind(surface) {
        return kind;
    }
    let word = motion::word_at(text, between.start);
    let cuts_word = word.is_some_and(|word| word.start < between.start && between.start < word.end);
    if cuts_word { BoundaryKind::Other } else { BoundaryKind::Tail }
}

#[cfg(test)]
mod tests {
    use super::super::testing::document;
    use super::super::view::spans;
    use super::*;

    fn kinds(first: &str, second: &str) -> Vec<(Edge, BoundaryKind, bool)> {
        let (first, second) = (document("a", first), document("a", second));
        assert_eq!(first.text, second.text);
        let vocabulary = Vocabulary::embedded().unwrap();
        let (a, b) = (spans(&first, false), spans(&second, false));
        let found = differences(&first.text, a[0], b[0], &vocabulary);
        found.map(|difference| (difference.edge, difference.kind, difference.first_holds)).collect()
    }

    fn start(first: &str, second: &str) -> BoundaryKind {
        let found = kinds(first, second);
        assert!(matches!(found[..], [(Edge::Start, ..)]), "{found:?}");
        found[0].1
    }

    #[test]
    fn what_stands_before_a_name_is_told_apart() {
        for (kind, first, second) in [
            (BoundaryKind::Proclitic, "زار [LOC وبغداد]", "زار و[LOC بغداد]"),
            (BoundaryKind::Proclitic, "زار [LOC وببغداد]", "زار وب[LOC بغداد]"),
            (BoundaryKind::Article, "زار [LOC القاهرة]", "زار ال[LOC قاهرة]"),
            (BoundaryKind::Article, "سلّم ل[GRP لجيش الكيني]", "سلّم لل[GRP جيش الكيني]"),
            (BoundaryKind::Title, "قال [PER الدكتور سامي نجم]", "قال الدكتور [PER سامي نجم]"),
            (BoundaryKind::ClassWord, "زار [LOC مدينة سبها]", "زار مدينة [LOC سبها]"),
            (BoundaryKind::ClassWord, "زار [LOC شمال سبها]", "زار شمال [LOC سبها]"),
            (BoundaryKind::Head, "قرب [FAC مطار سبها]", "قرب مطار [FAC سبها]"),
            (BoundaryKind::Quote, "قرأ [ORG «النهار]»", "قرأ «[ORG النهار]»"),
            (BoundaryKind::Sign, "زار[LOC  بغداد]", "زار [LOC بغداد]"),
            (BoundaryKind::Other, "زار [LOC بغداد]", "زار بغ[LOC داد]"),
            (BoundaryKind::Other, "شاهد [LOC قمر بغداد]", "شاهد قمر [LOC بغداد]"),
        ] {
            assert_eq!(start(first, second), kind, "{first}");
        }
    }

    #[test]
    fn both_ends_are_looked_at_and_who_holds_more_is_said() {
        assert_eq!(
            kinds("قرب [FAC مطار سبها] الدولي", "قرب مطار [FAC سبها الدولي]"),
            [(Edge::Start, BoundaryKind::Head, true), (Edge::End, BoundaryKind::Tail, false)]
        );
        assert_eq!(kinds("قرأ [ORG النهار»]", "قرأ [ORG النهار]»"), [(Edge::End, BoundaryKind::Quote, true)]);
        assert_eq!(
            kinds("رأى [WPN صواريخهم]", "رأى [WPN صواريخ]هم"),
            [(Edge::End, BoundaryKind::Other, true)]
        );
        assert_eq!(kinds("رأى [WPN صواريخ]", "رأى [WPN صواريخ]"), []);
    }
}
