//! Where a name begins and ends: class words, titles, heads, bare nouns, nationalities (guideline 3.2 to 3.7, 5.4 to 5.8;
//! section 9, points 6, 7 and 10).

use super::Context;
use super::article::{Article, Labelled, moved};
use super::finding::{Finding, Fix, Rule};
use super::vocabulary::{Class, LabelClass};
use crate::schema::LabelCode;
use crate::text::{ByteOffset, ByteRange, Word, fold_word, proclitic_cuts};

pub(super) fn check(
    article: &Article<'_>,
    labelled: &Labelled<'_>,
    context: &Context<'_>,
    found: &mut Vec<Finding>,
) {
    let span = labelled.span;
    found.extend(head_before(article, labelled, context));
    let [first, rest @ ..] = labelled.words.as_slice() else { return };
    let Some(second) = rest.first() else {
        let bare = context.vocabulary.labels(LabelClass::Bare, &with_article(article, labelled));
        if bare.contains(&span.label) {
            found.push(article.about(Rule::BareNoun, span, Some(Fix::Remove)));
        }
        return;
    };
    let without_first = || Some(moved(span, ByteRange::new(second.range.start, span.range.end)));
    if labelled.has_label("PER") && context.vocabulary.has(Class::Title, &first.folded) {
        found.push(article.about(Rule::TitleInside, span, without_first()));
    }
    if is_class_word(labelled, &first.folded, context) {
        found.push(article.about(Rule::ClassWordInside, span, without_first()));
    }
}

/// The one word of a span, with the alif of its article given back.
fn with_article(article: &Article<'_>, labelled: &Labelled<'_>) -> String {
    let key = labelled.key();
    match article.cut_before(labelled.span.range) {
        Some(cut) if cut.lost_alif => format!("ا{key}"),
        _ => key,
    }
}

/// True if the first of several words stays outside: always before a place, a count or a time, and before other names if
/// the rest can stand.
fn is_class_word(labelled: &Labelled<'_>, word: &str, context: &Context<'_>) -> bool {
    let rest = labelled.words.get(1).map(|second| {
        let skipped = second.range.start.to_usize() - labelled.span.range.start.to_usize();
        labelled.surface.get(skipped..).unwrap_or_default()
    });
    // A short form is no proof: it must be more usual than the long one.
    let used = |key: &str| context.usage.with_label(key, &labelled.span.label);
    let stands = |rest: &str| {
        let rest_used = used(&super::consistency::key_of(rest));
        context.names.is_name(rest) && !context.names.is_name(labelled.surface)
            || rest_used > 1 && rest_used > used(&labelled.key())
    };
    let outside = context.vocabulary.labels(LabelClass::Outside, word).contains(&labelled.span.label);
    if labelled.has_label("NUM") || labelled.has_label("DAT") {
        return outside;
    }
    if labelled.has_label("LOC") {
        let compass =
            context.vocabulary.has(Class::Compass, word) && !context.names.is_name(labelled.surface);
        return outside || compass && rest.is_some_and(stands);
    }
    outside && rest.is_some_and(stands)
}

/// The head of a body, a site or a landscape that stands unlabelled before the name that it needs.
fn head_before(article: &Article<'_>, labelled: &Labelled<'_>, context: &Context<'_>) -> Option<Finding> {
    let span = labelled.span;
    let word = article.word_before(span.range).filter(|word| !article.is_labelled(word.range))?;
    let heads = if labelled.has_label("NAT") { LabelClass::NationalityHead } else { LabelClass::Head };
    let (start, labels) = head(article, word, heads, context)?;
    let (rule, label) = if labelled.has_label("NAT") {
        // An indefinite nationality is no part of a name, and الخارجية after وزير is a man's office.
        let definite = labelled.words.first().is_some_and(|word| word.folded.starts_with("ال"));
        if !definite || is_office(article, word) {
            return None;
        }
        (Rule::NatInsideName, labels.first()?)
    } else {
        // قوات ⟦الجيش …⟧ and ساحة ⟦مدرسة …⟧ stand: the name has a head of its own. So does على بعد ⟦دقائق⟧.
        let first = labelled.words.first().map(|word| word.folded.as_str()).unwrap_or_default();
        let headed = context.vocabulary.labels(LabelClass::Head, first).contains(&span.label);
        let label = labels.iter().find(|&label| takes(label, &span.label))?;
        if label == &span.label && headed && label.as_str() != "DAT" || is_distance(article, word) {
            return None;
        }
        (Rule::HeadOutside, label)
    };
    let range = ByteRange::new(start, span.range.end);
    let fix = Fix::Set { range, label: label.clone() };
    Some(article.about(rule, span, Some(fix)))
}

/// True if a head of one label makes one name with a name of another.
fn takes(head: &LabelCode, name: &LabelCode) -> bool {
    matches!(
        (head.as_str(), name.as_str()),
        ("ORG" | "GRP" | "FAC" | "AGR" | "EVT", "LOC" | "PER")
            | ("LOC", "LOC" | "PER")
            | ("FAC", "FAC" | "EVT")
            | ("DAT", "DAT")
    )
}

/// Where a head word begins behind its proclitics, and the labels of what it heads.
fn head<'v>(
    article: &Article<'_>,
    word: Word,
    class: LabelClass,
    context: &Context<'v>,
) -> Option<(ByteOffset, &'v [LabelCode])> {
    let surface = article.slice(word.range);
    let whole = std::iter::once((0, fold_word(surface)));
    let rests = proclitic_cuts(surface).into_iter().filter_map(|cut| {
        let rest = fold_word(surface.get(cut.offset..)?);
        Some((cut.offset, if cut.lost_alif && rest.starts_with('ل') { format!("ا{rest}") } else { rest }))
    });
    whole.chain(rests).find_map(|(offset, form)| {
        let labels = context.vocabulary.labels(class, &form);
        (!labels.is_empty()).then(|| (ByteOffset::from(word.range.start.to_usize() + offset), labels))
    })
}

/// True for the بعد of على بعد and عن بعد.
fn is_distance(article: &Article<'_>, head: Word) -> bool {
    fold_word(article.slice(head.range)) == "بعد"
        && article.word_before(head.range).is_some_and(|word| {
            let surface = article.slice(word.range);
            ["على", "وعلى", "عن", "وعن"].contains(&surface)
        })
}

/// True if the word before is an office, so that what follows qualifies the man and not the body.
fn is_office(article: &Article<'_>, head: Word) -> bool {
    const OFFICES: &[&str] = &["وزير", "وزيره", "وزراء", "وزيرا", "وزيري", "رييس", "قايد", "وكيل", "نايب"];
    article.word_before(head.range).is_some_and(|word| {
        let surface = article.slice(word.range);
        let rests = proclitic_cuts(surface).into_iter().filter_map(|cut| surface.get(cut.offset..));
        std::iter::once(surface).chain(rests).any(|form| OFFICES.contains(&fold_word(form).as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, fixed};

    #[test]
    fn class_words_of_places_stay_outside() {
        assert_eq!(codes("زار مدينة [LOC سبها] ليلًا"), [""; 0]);
        assert_eq!(codes("زار [LOC مدينة سبها] ليلًا"), ["class-word-inside"]);
        assert_eq!(fixed("زار [LOC مدينة سبها] ليلًا"), "زار مدينة [LOC سبها] ليلًا");
        assert_eq!(codes("زار [LOC وادي سبها] ليلًا"), [""; 0]);
    }

    #[test]
    fn compass_words_stay_outside_what_stands_without_them() {
        assert_eq!(codes("زار [LOC سبها] و[LOC سبها] ثم [LOC شمال سبها]"), ["class-word-inside"]);
        assert_eq!(codes("زار [LOC سبها] و[LOC سبها] ثم شمال [LOC سبها]"), [""; 0]);
        assert_eq!(codes("زار [LOC شمال غزالة] ليلًا"), [""; 0]);
    }

    #[test]
    fn class_words_of_the_press_stay_outside_names_that_stand() {
        assert_eq!(codes("قال [GRP الغيمة] و[GRP الغيمة] إن [GRP تنظيم الغيمة] رحل"), ["class-word-inside"]);
        assert_eq!(codes("قالت [GRP جماعة أبو نجم] شيئًا"), [""; 0]);
    }

    #[test]
    fn what_only_places_a_time_or_softens_a_count_stays_outside() {
        assert_eq!(codes("جاء [DAT خلال يومين] و[NUM نحو عشرين رجلًا]"), ["class-word-inside"; 2]);
        assert_eq!(codes("جاء خلال [DAT يومين] ونحو [NUM عشرين رجلًا]"), [""; 0]);
        assert_eq!(fixed("جاء [DAT خلال يومين]"), "جاء خلال [DAT يومين]");
    }

    #[test]
    fn what_changes_a_time_stays_inside() {
        assert_eq!(codes("جاء بعد [DAT عامين] ثم رحل"), ["head-outside"]);
        assert_eq!(fixed("جاء وبعد [DAT عامين] رحل"), "جاء و[DAT بعد عامين] رحل");
        assert_eq!(codes("وقف على بعد [DAT دقائق] منه"), [""; 0]);
        assert_eq!(codes("جاء [DAT بعد عامين] ثم رحل"), [""; 0]);
    }

    #[test]
    fn titles_stay_outside_persons() {
        assert_eq!(codes("قال [PER الدكتور سامي نجم] شيئًا"), ["title-inside"]);
        assert_eq!(fixed("قال [PER الدكتور سامي نجم] شيئًا"), "قال الدكتور [PER سامي نجم] شيئًا");
        assert_eq!(codes("قال الدكتور [PER سامي نجم] شيئًا"), [""; 0]);
        assert_eq!(codes("زار [LOC الشيخ نجم] وهي بلدة"), [""; 0]);
    }

    #[test]
    fn bare_nouns_are_no_names() {
        assert_eq!(codes("قال [GRP الجيش] شيئًا"), ["bare-noun"]);
        assert_eq!(codes("سلّم ل[GRP لجيش] شيئًا"), ["bare-noun"]);
        assert_eq!(codes("قال [GRP الجيش الكيني] شيئًا"), [""; 0]);
        assert_eq!(codes("فاز [ORG الجيش] بالكأس"), [""; 0]);
        assert_eq!(fixed("قال [GRP الجيش] شيئًا"), "قال الجيش شيئًا");
    }

    #[test]
    fn heads_belong_to_the_name_behind_them() {
        assert_eq!(codes("عند مطار [LOC سبها] ليلًا"), ["head-outside"]);
        assert_eq!(fixed("قرب بمطار [LOC سبها] ليلًا"), "قرب ب[FAC مطار سبها] ليلًا");
        assert_eq!(codes("مع قوات [PER نجم] ليلًا"), ["head-outside"]);
        assert_eq!(codes("عند نهر [LOC سبها] ليلًا"), ["head-outside"]);
        assert_eq!(codes("عند مستشفى [FAC سبها] ليلًا"), ["head-outside"]);
        assert_eq!(codes("عند ساحة [FAC مسجد سبها] ليلًا"), [""; 0]);
        assert_eq!(codes("مع قوات [GRP الجيش الكيني] ليلًا"), [""; 0]);
        assert_eq!(codes("عند مطار، [LOC سبها] هادئة"), [""; 0]);
        assert_eq!(codes("عند مطاري [FAC سبها] و[FAC هون]"), [""; 0]);
    }

    #[test]
    fn a_body_holds_its_nationality() {
        assert_eq!(codes("قالت الحكومة [NAT الكينية] شيئًا"), ["nat-inside-name"]);
        assert_eq!(fixed("مع للجيش [NAT الكيني] ليلًا"), "مع ل[GRP لجيش الكيني] ليلًا");
        assert_eq!(codes("قالت قوات [NAT كينية] شيئًا"), [""; 0]);
        assert_eq!(codes("قال وزير الخارجية [NAT الكيني] شيئًا"), [""; 0]);
        assert_eq!(codes("قال الوفد [NAT الكيني] شيئًا"), [""; 0]);
    }
}
