//! How far a span reaches: over a sentence end, too far, hardly at all, over half of a bracket pair. These hold for any
//! schema.

use super::Context;
use super::article::{Article, Labelled, moved};
use super::finding::{Finding, Fix, Rule};
use crate::text::letter::{Class, class, digit_value};
use crate::text::pairs::Pairs;
use crate::text::{ByteOffset, ByteRange, SnapOptions, sentences, snap};

/// No name, date or count of the corpus has more words; the longest has nine.
const MANY_WORDS: usize = 15;

pub(super) fn check(
    article: &Article<'_>,
    labelled: &Labelled<'_>,
    _: &Context<'_>,
    found: &mut Vec<Finding>,
) {
    let span = labelled.span;
    if crosses_sentence(article, span.range) {
        found.push(article.about(Rule::CrossesSentence, span, None));
    }
    if labelled.words.len() > MANY_WORDS {
        found.push(article.about(Rule::VeryLong, span, None));
    }
    if is_one_letter(labelled.surface) {
        found.push(article.about(Rule::VeryShort, span, Some(Fix::Remove)));
    }
    if let Some(whole) = half_pair(article, span.range) {
        found.push(article.about(Rule::HalfPair, span, whole.map(|range| moved(span, range))));
    }
}

/// True if a sentence ends inside a range. A line end is another rule's.
fn crosses_sentence(article: &Article<'_>, range: ByteRange) -> bool {
    let text = &article.document.text;
    let Some(line) = text.paragraph_at(range.start).and_then(|at| text.paragraphs().get(at)) else {
        return false;
    };
    let inside = sentences(text.as_str(), line.content);
    inside.iter().any(|sentence| range.start < sentence.end && sentence.end < range.end.min(line.content.end))
}

/// True for a single letter. A digit counts, and so does a sign for a thing.
fn is_one_letter(surface: &str) -> bool {
    let mut letters = surface.chars().filter(|&c| {
        matches!(class(c), Class::ArabicLetter | Class::LatinLetter | Class::Digit | Class::Symbol)
    });
    letters.next().is_some_and(|c| digit_value(c).is_none() && class(c) != Class::Symbol)
        && letters.next().is_none()
}

/// If a bracket or quote inside has its other half outside: the range that takes the other half in, where that stands
/// right at the edge.
fn half_pair(article: &Article<'_>, range: ByteRange) -> Option<Option<ByteRange>> {
    let text = &article.document.text;
    // What stands at an edge is another rule's.
    if snap(text, range, SnapOptions::default()) != Some(range) {
        return None;
    }
    let line = text.paragraphs().get(text.paragraph_at(range.start)?)?.content;
    let surface = text.slice(line)?;
    let pairs = Pairs::of(surface);
    let base = line.start.to_usize();
    let inside = range.start.to_usize() - base..(range.end.to_usize() - base).min(surface.len());
    let outer: Vec<usize> =
        inside.clone().filter_map(|at| pairs.mate(at)).filter(|mate| !inside.contains(mate)).collect();
    let [mate] = outer.as_slice() else { return (!outer.is_empty()).then_some(None) };
    let length = surface.get(*mate..)?.chars().next()?.len_utf8();
    let at = |offset: usize| ByteOffset::from(base + offset);
    Some(if *mate == inside.end {
        Some(ByteRange::new(range.start, at(mate + length)))
    } else if mate + length == inside.start {
        Some(ByteRange::new(at(*mate), range.end))
    } else {
        None
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, fixed};

    #[test]
    fn a_span_stays_in_its_sentence() {
        assert_eq!(codes("زار [LOC بغداد. وعاد] بعدها"), ["crosses-sentence"]);
        assert_eq!(codes("قال [PER د. سامي نجم] شيئًا"), [""; 0]);
        assert_eq!(codes("زار [LOC بغداد]. وعاد بعدها"), [""; 0]);
    }

    #[test]
    fn no_name_has_sixteen_words() {
        let words = |count| vec!["كلمة"; count].join(" ");
        assert_eq!(codes(&format!("قال [X {}] ثم", words(16))), ["very-long"]);
        assert_eq!(codes(&format!("قال [X {}] ثم", words(15))), [""; 0]);
    }

    #[test]
    fn one_letter_is_no_name() {
        assert_eq!(codes("قال [X س] ثم"), ["very-short"]);
        assert_eq!(codes("قال [X سٌ] ثم"), ["very-short"]);
        assert_eq!(codes("قال [X 5] ثم [X €]"), [""; 0]);
        assert_eq!(fixed("قال [X س] ثم"), "قال س ثم");
    }

    #[test]
    fn pairs_stay_whole() {
        assert_eq!(codes("عن [X كتيبة «النور] الأولى» ثم"), ["half-pair"]);
        assert_eq!(codes("عن [X كتيبة «النور» الأولى] ثم"), [""; 0]);
        assert_eq!(codes("عن «كتيبة [X النور]» ثم"), [""; 0]);
        assert_eq!(codes("عن [X كتيبة (النور] ثم) رحل"), ["half-pair"]);
        assert_eq!(fixed("عن [X كتيبة (النور]) ثم"), "عن [X كتيبة (النور)] ثم");
    }
}
