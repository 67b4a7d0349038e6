//! Counts hold a number, times a time (guideline 3.9, 3.10; section 9, point 9).

use super::Context;
use super::article::{Article, Labelled, moved};
use super::finding::{Finding, Fix, Rule};
use super::vocabulary::{Class, Vocabulary};
use crate::text::letter::digit_value;
use crate::text::{ByteOffset, ByteRange, fold_word};

pub(super) fn check(
    article: &Article<'_>,
    labelled: &Labelled<'_>,
    context: &Context<'_>,
    found: &mut Vec<Finding>,
) {
    let span = labelled.span;
    if let Some(start) = limit_before(article, labelled) {
        let fix = moved(span, ByteRange::new(start, span.range.end));
        found.push(article.about(Rule::LimitOutside, span, Some(fix)));
    }
    if labelled.has_label("NUM") && !counts(labelled, context.vocabulary) {
        found.push(article.about(Rule::NumWithoutNumber, span, Some(Fix::Remove)));
    }
    if labelled.has_label("DAT") && !dates(labelled, context.vocabulary) {
        found.push(article.about(Rule::DatWithoutTime, span, Some(Fix::Remove)));
    }
}

/// Where the words begin that limit a count or a length of time and stand unlabelled before it: أكثر من, ما لا يقل عن. As
/// a predicate, لا يقل عن is a sentence of its own.
fn limit_before(article: &Article<'_>, labelled: &Labelled<'_>) -> Option<ByteOffset> {
    if !labelled.has_label("NUM") && !labelled.has_label("DAT") {
        return None;
    }
    let before = |range| {
        let word = article.word_before(range)?;
        Some((word.range, fold_word(article.slice(word.range))))
    };
    let (link, form) = before(labelled.span.range)?;
    if !matches!(form.as_str(), "من" | "عن" | "علي") || article.is_labelled(link) {
        return None;
    }
    let (limit, form) = before(link)?;
    if matches!(form.as_str(), "اكثر" | "اقل" | "ازيد") {
        return Some(limit.start);
    }
    if !matches!(form.as_str(), "يقل" | "تقل" | "يزيد" | "تزيد") {
        return None;
    }
    let (mut begin, mut form) = before(limit)?;
    if form == "لا" {
        (begin, form) = before(begin)?;
    }
    (form == "ما").then_some(begin.start)
}

fn has_digits(labelled: &Labelled<'_>) -> bool {
    labelled.surface.chars().any(|c| digit_value(c).is_some())
}

fn has_class(labelled: &Labelled<'_>, vocabulary: &Vocabulary, class: Class) -> bool {
    labelled.words.iter().any(|word| word.readings().any(|form| vocabulary.has(class, &form)))
}

fn counts(labelled: &Labelled<'_>, vocabulary: &Vocabulary) -> bool {
    has_digits(labelled)
        || has_class(labelled, vocabulary, Class::Number)
        || labelled.words.first().is_some_and(|word| is_dual(&word.folded, labelled.words.len() > 1))
}

/// True if a word is spelled like the dual of a noun: قتيلان, الجريحتين, طفليها; before a noun also قائدا, حارسي.
fn is_dual(word: &str, before_noun: bool) -> bool {
    let noun = word.strip_prefix("ال").unwrap_or(word);
    let owners = ["هما", "هم", "هن", "ها", "نا", "ه"];
    let owned = owners.iter().find_map(|owner| noun.strip_suffix(owner)).unwrap_or_default();
    let constructs = [owned, if before_noun { noun } else { "" }];
    let stems = ["ان", "ين"].iter().filter_map(|ending| noun.strip_suffix(ending)).chain(
        constructs.iter().flat_map(|noun| ['ا', 'ي'].iter().filter_map(|&ending| noun.strip_suffix(ending))),
    );
    stems.into_iter().any(|stem| stem.chars().count() >= 3)
}

fn dates(labelled: &Labelled<'_>, vocabulary: &Vocabulary) -> bool {
    has_digits(labelled) || has_class(labelled, vocabulary, Class::Time)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, fixed};

    #[test]
    fn a_count_holds_a_number_a_number_noun_or_a_dual() {
        for right in [
            "جاء [NUM سبعة عمال] هنا",
            "جاء [NUM ٢٥ شاحنة] هنا",
            "جاء [NUM المئات من العمال] هنا",
            "جاء [NUM جريحان] هنا",
            "جاء [NUM طفلتين] هنا",
            "جاء [NUM الجريحان] هنا",
            "جاء [NUM طفليها] هنا",
            "جاء [NUM حارسي قرى] هنا",
            "جاء [NUM أكثر من مئة وستين] هنا",
        ] {
            assert_eq!(codes(right), [""; 0], "{right}");
        }
        assert_eq!(codes("جاء [NUM عمال كثر] هنا"), ["num-without-number"]);
        assert_eq!(codes("جاء [NUM عدة] هنا"), ["bare-noun", "num-without-number"]);
    }

    #[test]
    fn a_limit_belongs_to_its_count() {
        assert_eq!(codes("جاء أكثر من [NUM عشرين رجلًا]"), ["limit-outside"]);
        assert_eq!(fixed("جاء ما لا يقل عن [NUM عشرين رجلًا]"), "جاء [NUM ما لا يقل عن عشرين رجلًا]");
        assert_eq!(codes("عددهم لا يقل عن [NUM عشرين]"), [""; 0]);
        assert_eq!(codes("جاء من [LOC سبها]"), [""; 0]);
    }

    #[test]
    fn a_time_holds_a_unit_a_date_or_an_anchor() {
        for right in [
            "جاء [DAT أمس] هنا",
            "جاء [DAT مساء السبت] هنا",
            "جاء في [DAT 1994] هنا",
            "جاء [DAT قبل عامين] هنا",
            "جاء [DAT أواخر مايو] هنا",
        ] {
            assert_eq!(codes(right), [""; 0], "{right}");
        }
        assert_eq!(codes("جاء [DAT قبل الاجتماع] هنا"), ["dat-without-time"]);
        assert_eq!(codes("جاء [DAT لاحقًا] هنا"), ["bare-noun", "dat-without-time"]);
    }
}
