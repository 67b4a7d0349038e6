//! The grammar of times and counts, form by form: the value of each, and the span the extractor draws around it in a
//! sentence. The forms are in `tests/cases/grammar/`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot read its cases has failed")]

use std::sync::LazyLock;

use misam::extract::value::{self, Date};
use misam::extract::{Extractor, RuleExtractor, Suggestion};
use misam::text::SourceText;
use proptest::prelude::*;

/// The day the articles of the cases were published, a Tuesday.
const PUBLISHED: &str = "2019-04-09";

const TIMES: &str = include_str!("cases/grammar/dat.tsv");
const COUNTS: &str = include_str!("cases/grammar/num.tsv");
const NEITHER: &str = include_str!("cases/grammar/none.tsv");

/// Sentences to put a form into. In some it stands behind a proclitic, which stays outside.
const AROUND_A_TIME: &[(&str, &str)] = &[("أعلن الوفد ذلك ", "."), ("وصلت القافلة و", "، وفق البيان")];
const AROUND_A_COUNT: &[(&str, &str)] =
    &[("وصل ", "، وفق البيان."), ("حضر الوفد و", "، وفق البيان"), ("تحدث البيان عن ذلك ب", ".")];

static EXTRACTOR: LazyLock<RuleExtractor> =
    LazyLock::new(|| RuleExtractor::embedded().expect("the lexicon is built in"));

struct Case {
    label: &'static str,
    form: &'static str,
    value: &'static str,
    dated: &'static str,
    alone: bool,
}

fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn cases() -> Vec<Case> {
    let of = |label, file| {
        rows(file).map(move |row| {
            let column = |index: usize| row.get(index).copied().unwrap_or_default();
            let dated = if column(2).is_empty() { column(1) } else { column(2) };
            Case { label, form: column(0), value: column(1), dated, alone: column(3) == "alone" }
        })
    };
    of("DAT", TIMES).chain(of("NUM", COUNTS)).collect()
}

fn published() -> Option<Date> {
    Date::from_iso(PUBLISHED)
}

fn value_of(label: &str, form: &str, published: Option<Date>) -> Option<String> {
    value::of(label, form, published).map(|value| value.to_string())
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// The suggestions of a label in a text, and what they cover.
fn found(label: &str, text: &str) -> Vec<(Suggestion, String)> {
    let of_label = |s: &Suggestion| s.label.as_str() == label;
    let all = EXTRACTOR.suggest(&SourceText::from(text)).into_iter().filter(of_label);
    all.map(|s| (text[s.range.to_std()].to_owned(), s)).map(|(surface, s)| (s, surface)).collect()
}

#[test]
fn there_are_many_forms_in_three_systems_of_digits() {
    let cases = cases();
    let with = |digits: std::ops::RangeInclusive<char>| {
        cases.iter().filter(|case| case.form.contains(|c| digits.contains(&c))).count()
    };
    assert!(cases.len() >= 600, "{}", cases.len());
    assert!(with('0'..='9') > 100 && with('٠'..='٩') > 20 && with('۰'..='۹') > 4);
}

#[test]
fn every_form_has_its_value() {
    let wrong = cases().into_iter().filter_map(|case| {
        let found = [None, published()].map(|day| value_of(case.label, case.form, day).unwrap_or_default());
        (found != [case.value, case.dated])
            .then(|| format!("{}: {found:?}, not {:?}", case.form, [case.value, case.dated]))
    });
    assert_none(&wrong.collect::<Vec<_>>());
}

/// Other spellings of a form that say the same.
fn respelled(form: &str) -> Vec<String> {
    let digits = |zero: char| {
        let other = |c: char| {
            let digit = c.is_ascii().then(|| c.to_digit(10)).flatten();
            digit.and_then(|digit| char::from_u32(zero as u32 + digit)).unwrap_or(c)
        };
        form.chars().map(other).collect::<String>()
    };
    let bare = form.replace(['أ', 'إ', 'آ'], "ا").replace('ة', "ه");
    // A tatweel behind a letter that joins, and a vowel on another one.
    let drawn = form.replacen('ي', "يـ", 1).replacen('س', "سَ", 1);
    vec![digits('٠'), digits('۰'), bare, drawn]
}

#[test]
fn spelling_does_not_change_a_value() {
    let wrong = cases().into_iter().flat_map(|case| {
        let spellings = respelled(case.form).into_iter();
        let wrong =
            spellings.filter(move |form| value_of(case.label, form, None).as_deref() != Some(case.value));
        wrong.map(move |form| format!("{form}: not {}", case.value))
    });
    assert_none(&wrong.collect::<Vec<_>>());
}

#[test]
fn every_form_is_one_span_in_a_sentence_with_its_value_and_without_the_proclitic() {
    let mut wrong = Vec::new();
    for case in cases().into_iter().filter(|case| !case.alone) {
        for (before, after) in if case.label == "DAT" { AROUND_A_TIME } else { AROUND_A_COUNT } {
            let text = [before, case.form, after].concat();
            let spans = found(case.label, &text);
            let right = matches!(&spans[..], [(span, surface)] if surface == case.form
                && span.range.start.to_usize() == before.len()
                && span.normalized.as_deref() == Some(case.value));
            if !right {
                wrong.push(format!(
                    "{text}: {:?}",
                    spans.iter().map(|(s, surface)| (surface, &s.normalized)).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn the_examples_of_the_documentation_are_so() {
    let formats = include_str!("../docs/FORMATS.md");
    let section =
        formats.split("### 1.5").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a section 1.5");
    let examples = |cell: &'static str| cell.split('`').skip(1).step_by(2);
    let (mut seen, mut wrong) = (0, Vec::new());
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let label = if cells.len() == 5 { "DAT" } else { "NUM" };
        for (index, form) in examples(cells[1]).enumerate() {
            let value = examples(cells[2]).nth(index);
            let dated = cells.get(3).and_then(|cell| examples(cell).nth(index)).or(value);
            let found = [None, published()].map(|day| value_of(label, form, day));
            if [found[0].as_deref(), found[1].as_deref()] != [value, dated] {
                wrong.push(format!("{form}: {found:?}, not {:?}", [value, dated]));
            }
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
    assert_none(&wrong);
}

#[test]
fn what_is_neither_time_nor_count_has_no_value_and_no_span() {
    let mut wrong = Vec::new();
    for row in rows(NEITHER) {
        let (label, form) = (row[0], row[1]);
        wrong.extend(value_of(label, form, published()).map(|value| format!("{form}: {value}")));
        let around = if label == "DAT" { AROUND_A_TIME } else { AROUND_A_COUNT };
        for (before, after) in around.iter().filter(|_| row.len() < 3) {
            let text = [before, form, after].concat();
            wrong.extend(found(label, &text).into_iter().map(|(_, surface)| format!("{text}: {surface}")));
        }
    }
    assert_none(&wrong);
}

#[test]
fn only_times_and_counts_have_values() {
    for label in ["PER", "LOC", "EVT", "X", ""] {
        assert_eq!(value_of(label, "3 مايو 2019", None), None);
    }
}

#[test]
fn the_article_that_is_swallowed_is_given_back() {
    let spans = found("DAT", "أرجئ الاجتماع للأسبوع المقبل.");
    let span = spans.first().map(|(span, surface)| (surface.as_str(), span.normalized.as_deref()));
    assert_eq!(span, Some(("لأسبوع المقبل", Some("week+1"))));
    assert_eq!(value_of("DAT", "لأسبوع المقبل", published()).as_deref(), Some("2019-W16"));
}

#[test]
fn a_suggestion_is_dated_by_the_day_of_publication() {
    let text = "وصل أمس 40 جنديا";
    let source = SourceText::from(text);
    let dated: Vec<_> =
        EXTRACTOR.suggest(&source).into_iter().map(|s| s.dated(&source, published()).normalized).collect();
    assert_eq!(dated, [Some("2019-04-08".to_owned()), Some("40 people".to_owned())]);
}

/// Pieces that a hostile text of times and counts is made of.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(cases().iter().map(|case| case.form.to_owned()).collect::<Vec<_>>()),
        4 => prop::sample::select(
            [TIMES, COUNTS].iter().flat_map(|file| file.split_whitespace()).collect::<Vec<_>>()
        ).prop_map(str::to_owned),
        1 => "[0-9٠-٩۰-۹]{1,24}[.,٫٬/:-]?[0-9]{0,12}",
        1 => prop::sample::select(vec!["و", "ال", "للـ", "ـ", "-", "/", "%", "،", "\u{200F}", "\u{64B}", "\n", "👨‍👩‍👧", "تريليون", "الا", "قبل"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    (prop::collection::vec(piece, 0..12), prop::sample::select(vec!["", " "]))
        .prop_map(|(pieces, space)| pieces.join(space))
}

proptest! {
    #[test]
    fn no_text_makes_the_grammar_panic(text in hostile(), day in 0_i64..3_652_058) {
        let published = Date::from_iso("0001-01-01").and_then(|first| first.plus_days(day));
        for label in ["DAT", "NUM"] {
            let undated = value_of(label, &text, None);
            let dated = value_of(label, &text, published);
            // A day of publication gives no value to what has none, and takes none away.
            prop_assert_eq!(undated.is_some(), dated.is_some());
            prop_assert_ne!(undated.as_deref(), Some(""));
        }
    }

    #[test]
    fn suggestions_are_flat_sorted_and_on_grapheme_boundaries(text in hostile()) {
        let source = SourceText::from(text.as_str());
        let mut end = 0;
        for suggestion in EXTRACTOR.suggest(&source) {
            let range = suggestion.range.to_std();
            prop_assert!(end <= range.start && range.start < range.end, "{suggestion:?}");
            prop_assert!(source.is_grapheme_boundary(suggestion.range.start));
            prop_assert!(source.is_grapheme_boundary(suggestion.range.end));
            prop_assert!(!text[range.clone()].contains('\n'));
            prop_assert!((0.0..=1.0).contains(&suggestion.confidence));
            end = range.end;
        }
    }
}
