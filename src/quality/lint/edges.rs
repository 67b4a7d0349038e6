//! Letters, lines and places (guideline 5.1, 5.11, 5.12; section 9, points 1 to 3). These hold for any schema.

use super::Context;
use super::article::{Article, Labelled, moved};
use super::finding::{Finding, Fix, Rule};
use crate::annotation::Span;
use crate::text::letter::{Class, class};
use crate::text::{ByteRange, SnapOptions, snap, split_lines};

/// Spans that lie nowhere in the text.
pub(super) fn outside(article: &Article<'_>, found: &mut Vec<Finding>) {
    let outside = article.outside.iter();
    found.extend(outside.map(|span| article.about(Rule::OutsideText, span, Some(Fix::Remove))));
}

pub(super) fn check(
    article: &Article<'_>,
    labelled: &Labelled<'_>,
    context: &Context<'_>,
    found: &mut Vec<Finding>,
) {
    edges(article, labelled, found);
    let span = labelled.span;
    if split_lines(&article.document.text, span.range).count() > 1 {
        found.push(article.about(Rule::CrossesLine, span, None));
    }
    if article.is_boilerplate(span.range) {
        found.push(article.about(Rule::Boilerplate, span, Some(Fix::Remove)));
    }
    let mut before = article.document.spans.overlapping(span.range);
    let is_in_the_way =
        |other: &Span| other.origin.is_confirmed() && !context.layers.allow(other.range, span.range);
    if before.any(|other| is_in_the_way(other) && other.document_order(span).is_lt()) {
        found.push(article.about(Rule::Overlap, span, Some(Fix::Remove)));
    }
}

fn edges(article: &Article<'_>, labelled: &Labelled<'_>, found: &mut Vec<Finding>) {
    let (text, span) = (&article.document.text, labelled.span);
    let snapped = snap(text, span.range, SnapOptions::default());
    if snapped == Some(span.range) {
        if cuts_word(article, span.range) {
            let whole = SnapOptions { whole_words: true, ..SnapOptions::default() };
            let fix = snap(text, span.range, whole).map(|range| moved(span, range));
            found.push(article.about(Rule::CutsWord, span, fix));
        }
        return;
    }
    let fix = snapped.map_or(Fix::Remove, |range| moved(span, range));
    let whole = text.grapheme_floor(span.range.start) == span.range.start
        && text.grapheme_ceil(span.range.end) == span.range.end;
    let blank = |c: Option<char>| c.is_some_and(|c| matches!(class(c), Class::Space | Class::Invisible));
    let rule = if !whole {
        Rule::CutsGrapheme
    } else if blank(labelled.surface.chars().next()) || blank(labelled.surface.chars().next_back()) {
        Rule::EdgeSpace
    } else {
        Rule::EdgeSign
    };
    found.push(article.about(rule, span, Some(fix)));
}

/// True if a range begins inside a word where no proclitic ends, or ends inside one. An article left outside has a rule
/// of its own.
fn cuts_word(article: &Article<'_>, range: ByteRange) -> bool {
    let begins_well = match article.first_word(range) {
        Some((_, 0)) | None => true,
        Some(_) => {
            article.cut_before(range).is_some() || super::proclitics::article_before(article, range) > 0
        }
    };
    let last = article.words.partition_point(|word| word.range.end < range.end);
    let ends_inside = article
        .words
        .get(last)
        .is_some_and(|word| word.range.start < range.end && word.range.end > range.end);
    !begins_well || ends_inside
}

#[cfg(test)]
mod tests {
    use super::super::testing::{codes, fixed, lint_text};
    use super::*;
    use crate::schema::Layers;

    #[test]
    fn edges_hold_letters() {
        assert_eq!(codes("زار [LOC بغداد] أمسِ"), [""; 0]);
        assert_eq!(codes("زار [LOC  بغداد] ليلًا"), ["edge-space"]);
        assert_eq!(codes("زار [LOC بغداد\u{200F}] ليلًا"), ["edge-space"]);
        assert_eq!(codes("زار [LOC «بغداد»] ليلًا"), ["edge-sign"]);
        assert_eq!(codes("زار [LOC بغداد،] ليلًا"), ["edge-sign"]);
        assert_eq!(codes("بنسبة [NUM 12%] و[NUM ٪7]"), [""; 0]);
        assert_eq!(codes("في [DAT 4 صفر 1440هـ] وصل"), [""; 0]);
        assert_eq!(codes("عن [GRP كتيبة \"النور\" الأولى] ليلًا"), [""; 0]);
        assert_eq!(fixed("زار [LOC «بغداد»] ليلًا"), "زار «[LOC بغداد]» ليلًا");
        assert_eq!(fixed("زار [LOC ،] ليلًا"), "زار ، ليلًا");
    }

    #[test]
    fn a_letter_keeps_its_marks() {
        assert_eq!(codes("زار [LOC عمّانَ] ليلًا"), [""; 0]);
        assert_eq!(codes("زار [LOC عمّان]َ ليلًا"), ["cuts-grapheme"]);
        assert_eq!(fixed("زار [LOC عمّان]َ ليلًا"), "زار [LOC عمّانَ] ليلًا");
    }

    #[test]
    fn words_are_not_cut_but_behind_proclitics() {
        assert_eq!(codes("ب[LOC بغداد] ول[LOC بيروت]"), [""; 0]);
        assert_eq!(codes("وصل إلى بغ[LOC داد]"), ["cuts-word"]);
        assert_eq!(codes("وصل إلى [LOC بغد]اد"), ["cuts-word"]);
        assert_eq!(fixed("وصل إلى بغ[LOC داد]"), "وصل إلى [LOC بغداد]");
    }

    #[test]
    fn a_span_stays_on_its_line() {
        assert_eq!(codes("زار [LOC بغداد\nوسافر] بعيدًا"), ["crosses-line"]);
        assert_eq!(codes("زار [LOC بغداد]\nوسافر بعيدًا"), [""; 0]);
    }

    #[test]
    fn spans_do_not_overlap() {
        let findings = lint_text("زار وزارة النقل", &[("ORG", "وزارة النقل"), ("ORG", "وزارة")]);
        assert!(findings.iter().any(|f| f.rule == Rule::Overlap));
        let findings = lint_text("زار وزارة النقل", &[("ORG", "وزارة النقل")]);
        assert!(findings.iter().all(|f| f.rule != Rule::Overlap));
    }

    #[test]
    fn spans_overlap_where_the_schema_lets_them() {
        let text = "زار وزارة النقل العراقية";
        let places = |all: &[&str]| {
            let place =
                |words: &&str| text.find(words).map(|start| ((start..start + words.len()).into(), "ORG"));
            all.iter().filter_map(place).collect::<Vec<_>>()
        };
        let vocabulary = super::super::Vocabulary::embedded().unwrap();
        let breaches = |layers: Layers, all: &[&str]| {
            let document = crate::quality::testing::with_spans("d1", text, places(all).into_iter());
            let lint = super::super::Lint::new(&vocabulary, &super::super::NoNames).in_layers(layers);
            lint.run(&[document]).iter().filter(|finding| finding.rule == Rule::Overlap).count()
        };
        let (inside, across) = (["وزارة النقل", "وزارة"], ["وزارة النقل", "النقل العراقية"]);
        assert_eq!(Layers::ALL.map(|layers| breaches(layers, &inside)), [1, 0, 0]);
        assert_eq!(Layers::ALL.map(|layers| breaches(layers, &across)), [1, 1, 0]);
    }

    #[test]
    fn a_span_lies_in_its_text() {
        let document = crate::quality::testing::with_spans(
            "d1",
            "زار بغداد",
            [((7..17).into(), "LOC"), ((7..90).into(), "LOC"), ((3..8).into(), "LOC")].into_iter(),
        );
        let vocabulary = super::super::Vocabulary::embedded().unwrap();
        let findings = super::super::lint(&[document], &vocabulary, &super::super::NoNames);
        let outside: Vec<_> = findings.iter().filter(|finding| finding.rule == Rule::OutsideText).collect();
        assert_eq!(outside.len(), 2, "one goes beyond the end, one cuts a character");
        assert!(outside.iter().all(|finding| finding.fix == Some(Fix::Remove)));
    }

    #[test]
    fn boilerplate_carries_nothing() {
        assert_eq!(codes("خبر\nتابعوا [ORG قناة النيل] هنا"), ["boilerplate"]);
        assert_eq!(codes("خبر\nتابعوا قناة النيل هنا"), [""; 0]);
        assert_eq!(fixed("خبر\nتابعوا [ORG قناة النيل] هنا"), "خبر\nتابعوا قناة النيل هنا");
    }
}
