//! و ف ب ل ك outside, ال inside, للـ cut after its first ل (guideline 5.2, 5.3; section 9, points 4 and 5). Of a project that
//! keeps proclitics with the name the opposite is asked: a span begins where its word does.

use super::Context;
use super::article::{Article, Labelled, moved};
use super::finding::{Finding, Fix, Rule};
use super::vocabulary::{Class, LabelClass};
use crate::annotation::Document;
use crate::text::letter::digit_value;
use crate::text::{ByteOffset, ByteRange, Cut, ProcliticPolicy, fold_word, proclitic_cuts, with_proclitics};

pub(super) fn check(
    article: &Article<'_>,
    labelled: &Labelled<'_>,
    context: &Context<'_>,
    found: &mut Vec<Finding>,
) {
    let (span, start) = (labelled.span, labelled.span.range.start.to_usize());
    let begins_at = |start: usize| Some(moved(span, ByteRange::new(ByteOffset::from(start), span.range.end)));
    let outside = article_before(article, span.range);
    if context.proclitics == ProcliticPolicy::Inside {
        let before = article.first_word(span.range).map_or(0, |(_, before)| before);
        let rule = if outside > 0 { Rule::ArticleOutside } else { Rule::ProcliticOutside };
        if outside > 0 || article.cut_before(span.range).is_some() {
            found.push(article.about(rule, span, begins_at(start - before)));
        }
        return;
    }
    if outside > 0 {
        found.push(article.about(Rule::ArticleOutside, span, begins_at(start - outside)));
    }
    if let Some((rule, cut)) = taken_along(article, labelled, context) {
        found.push(article.about(rule, span, begins_at(start + cut)));
    }
}

/// Has what a finding is about, or would put there, take its proclitics along: where they belong to names, the checks that
/// compare words do not know of them. False if nothing is left of the finding then: the span is there already.
pub(super) fn take_along(document: &Document, finding: &mut Finding) -> bool {
    let text = &document.text;
    if finding.span.is_none() {
        finding.range = with_proclitics(text, finding.range);
    }
    match &mut finding.fix {
        Some(Fix::Add { range, .. }) => *range = with_proclitics(text, *range),
        Some(Fix::Set { range, label }) => {
            *range = with_proclitics(text, *range);
            let span = finding.span.as_ref().and_then(|id| document.spans.get(id));
            return span.is_none_or(|span| span.range != *range || span.label != *label);
        }
        Some(Fix::Remove) | None => {}
    }
    true
}

/// The bytes of an article that stand before a range in its first word: of ال two letters, of لل, whose first ل is the
/// preposition, one.
pub(super) fn article_before(article: &Article<'_>, range: ByteRange) -> usize {
    let Some((word, peeled)) = article.first_word(range) else { return 0 };
    let before = article.slice(word.range).get(..peeled).unwrap_or_default();
    let letters = |count: usize| before.chars().rev().take(count).map(char::len_utf8).sum();
    match fold_word(before).as_str() {
        "ال" | "وال" | "فال" | "بال" | "كال" | "وبال" | "وكال" | "فبال" => {
            letters(2)
        }
        "لل" | "ولل" | "فلل" => letters(1),
        _ => 0,
    }
}

/// The bytes of the proclitics that a span takes along.
fn taken_along(
    article: &Article<'_>,
    labelled: &Labelled<'_>,
    context: &Context<'_>,
) -> Option<(Rule, usize)> {
    let first = labelled.words.first().filter(|word| word.range.start == labelled.span.range.start)?;
    // What stands behind a preposition has lost its own already.
    let after_preposition =
        article.cut_before(labelled.span.range).is_some_and(|cut| cut.preposition.is_some());
    if after_preposition || is_name_as_it_stands(labelled, &first.folded, context) {
        return None;
    }
    let cuts = proclitic_cuts(first.surface);
    if let Some(cut) = cuts.iter().find(|cut| cut.lost_alif && cut.conjunction.is_none()) {
        return Some((Rule::LamNotCut, cut.offset));
    }
    let known = context.names.is_known(first.surface);
    let shown = |cut: &Cut| {
        let rest = labelled.surface.get(cut.offset..).unwrap_or_default();
        let word = first.surface.get(cut.offset..).unwrap_or_default();
        is_name(labelled, rest, context)
            || word.starts_with(|c| digit_value(c).is_some())
            || shows_article(word) && (!known || context.names.is_known(word))
    };
    let likely = |cut: &Cut| {
        let word = first.surface.get(cut.offset..).unwrap_or_default();
        !known && context.names.is_known(word)
    };
    let certain = cuts.iter().rev().find(shown).map(|cut| (Rule::ProcliticInside, cut.offset));
    certain.or_else(|| cuts.iter().rev().find(likely).map(|cut| (Rule::ProcliticLikely, cut.offset)))
}

/// True if the words are a name, or begin a count, a date or a title, so that their first letter is their own.
fn is_name_as_it_stands(labelled: &Labelled<'_>, first: &str, context: &Context<'_>) -> bool {
    context.names.is_name(labelled.surface)
        || context.usage.plainly(&labelled.key()) > 1
        || is_expression(labelled, first, context)
        || !context.vocabulary.labels(LabelClass::Head, first).is_empty()
}

/// True if the words behind a cut are a name by themselves, or begin a count, a date or a title.
fn is_name(labelled: &Labelled<'_>, rest: &str, context: &Context<'_>) -> bool {
    let key = super::consistency::key_of(rest);
    let first = key.split(' ').next().unwrap_or_default();
    context.names.is_name(rest)
        || context.usage.plainly(&key) > 0
        || is_expression(labelled, first, context)
        || labelled.words.len() > 1
            && context.vocabulary.labels(LabelClass::Head, first).contains(&labelled.span.label)
}

fn is_expression(labelled: &Labelled<'_>, word: &str, context: &Context<'_>) -> bool {
    let class = match labelled.span.label.as_str() {
        "NUM" => Class::Number,
        "DAT" => Class::Time,
        _ => return false,
    };
    context.vocabulary.has(class, word)
}

/// True if a word begins with an article and has some letters behind it.
fn shows_article(word: &str) -> bool {
    let word = fold_word(word);
    word.strip_prefix("ال").is_some_and(|noun| noun.chars().count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, documents, fixed};
    use super::super::{Fix, Lint, Names, NoNames, Rule, Vocabulary, lint};
    use crate::text::ProcliticPolicy;

    /// A word list without names.
    struct Words;

    impl Names for Words {
        fn is_name(&self, _: &str) -> bool {
            false
        }

        fn is_known(&self, phrase: &str) -> bool {
            phrase == "صفاقس"
        }
    }

    #[test]
    fn a_letter_before_a_word_of_the_list_is_likely_a_proclitic() {
        let vocabulary = Vocabulary::embedded().unwrap();
        let rules = |marked: &str| -> Vec<Rule> {
            lint(&documents(&[marked]), &vocabulary, &Words).iter().map(|finding| finding.rule).collect()
        };
        assert_eq!(rules("ثم زار [LOC وصفاقس] ليلًا"), [Rule::ProcliticLikely]);
        assert_eq!(rules("ثم زار [LOC وهران] ليلًا"), []);
    }

    #[test]
    fn proclitics_stay_outside() {
        assert_eq!(codes("زار [LOC تونس] ثم مضى إلى صفاقس و[LOC وهران]"), [""; 0]);
        assert_eq!(codes("زار [LOC تونس] ثم تحدث عن [LOC وتونس]"), ["proclitic-inside"]);
        assert_eq!(codes("وصل [LOC بالقاهرة] ليلًا"), ["proclitic-inside"]);
        assert_eq!(codes("وصل ب[LOC القاهرة] ليلًا"), [""; 0]);
        assert_eq!(codes("قرب [ORG بوزارة الري]"), ["proclitic-inside"]);
        assert_eq!(fixed("قرب [ORG بوزارة الري]"), "قرب ب[ORG وزارة الري]");
        assert_eq!(fixed("وصل [LOC وبالقاهرة] ليلًا"), "وصل وب[LOC القاهرة] ليلًا");
    }

    /// The findings of a project that keeps proclitics with the name: their rules, and the words that would mend them.
    fn kept_inside(marked: &[&str]) -> Vec<(&'static str, String)> {
        let (vocabulary, documents) = (Vocabulary::embedded().unwrap(), documents(marked));
        let lint = Lint::new(&vocabulary, &NoNames).with_proclitics(ProcliticPolicy::Inside);
        let findings = lint.run(&documents).into_iter();
        let findings = findings.filter(|finding| finding.rule != Rule::NearDuplicate);
        findings
            .map(|finding| {
                let document = documents.iter().find(|document| document.id == finding.document).unwrap();
                let words = match finding.fix {
                    Some(Fix::Set { range, .. } | Fix::Add { range, .. }) => document.text.slice(range),
                    _ => None,
                };
                (finding.rule.code(), words.unwrap_or_default().to_owned())
            })
            .collect()
    }

    #[test]
    fn where_they_belong_to_the_name_the_opposite_is_asked() {
        for inside in [
            "وصل [LOC بالقاهرة] ليلًا",
            "سلّم [ORG للاتحاد الدولي]",
            "جاء [NUM وثلاثة عمال]",
            "جاء [DAT ليوم الأحد]",
        ] {
            assert_eq!(kept_inside(&[inside]), [], "{inside}");
        }
        let told = |rule, words: &str| vec![(rule, words.to_owned())];
        assert_eq!(kept_inside(&["وصل وب[LOC القاهرة] ليلًا"]), told("proclitic-outside", "وبالقاهرة"));
        assert_eq!(kept_inside(&["سلّم ل[ORG لاتحاد الدولي]"]), told("proclitic-outside", "للاتحاد الدولي"));
        assert_eq!(kept_inside(&["في بال[LOC قاهرة]"]), told("article-outside", "بالقاهرة"));
        assert_eq!(kept_inside(&["زار ال[LOC قاهرة]"]), told("article-outside", "القاهرة"));
    }

    #[test]
    fn names_that_keep_them_are_the_same_names_and_are_missed_with_them() {
        let told = |rule, words: &str| vec![(rule, words.to_owned())];
        assert_eq!(kept_inside(&["زار [LOC سبها] ثم مضى [LOC بسبها]"]), []);
        assert_eq!(
            kept_inside(&["زار [LOC سبها] و[LOC سبها] ثم مضى [ORG بسبها]"]).last(),
            told("two-labels", "بسبها").last()
        );
        assert_eq!(kept_inside(&["زار [LOC سبها] ثم بسبها"]), told("unlabelled-repeat", "بسبها"));
    }

    #[test]
    fn counts_and_dates_lose_theirs_too() {
        assert_eq!(codes("جاء [NUM وثلاثة عمال]"), ["proclitic-inside"]);
        assert_eq!(codes("جاء و[NUM ثلاثة عمال]"), [""; 0]);
        assert_eq!(codes("جاء [NUM ب7 عمال]"), ["proclitic-inside"]);
        assert_eq!(codes("جاء [DAT ليوم الأحد]"), ["proclitic-inside"]);
        assert_eq!(codes("جاء [DAT ليلة الأحد]"), [""; 0]);
    }

    #[test]
    fn the_first_lam_stays_outside_and_the_article_inside() {
        assert_eq!(codes("سلّم ل[ORG لاتحاد الدولي]"), [""; 0]);
        assert_eq!(codes("سلّم [ORG للاتحاد الدولي]"), ["lam-not-cut"]);
        assert_eq!(fixed("سلّم [ORG للاتحاد الدولي]"), "سلّم ل[ORG لاتحاد الدولي]");
        assert_eq!(codes("سلّم لل[ORG اتحاد الدولي]"), ["article-outside"]);
        assert_eq!(fixed("سلّم لل[ORG اتحاد الدولي]"), "سلّم ل[ORG لاتحاد الدولي]");
        assert_eq!(fixed("زار ال[LOC قاهرة]"), "زار [LOC القاهرة]");
        assert_eq!(fixed("في بال[LOC قاهرة]"), "في ب[LOC القاهرة]");
    }
}
