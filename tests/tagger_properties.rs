//! Laws of the extractor with the trained model of the repository: any text, no panic, sound spans, the same spans each
//! time and however the work is cut into steps.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::sync::LazyLock;

use misam::extract::tagger::{Model, TaggedExtractor};
use misam::extract::{Extractor, RuleExtractor, Suggestion};
use misam::text::SourceText;
use proptest::prelude::*;

#[path = "common/new_words.rs"]
mod new_words;
use new_words::article;

/// The rules and the model. The model is part of the repository: a checkout without it is broken.
static EXTRACTOR: LazyLock<TaggedExtractor> = LazyLock::new(extractor);

fn extractor() -> TaggedExtractor {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/model/news.misam-model");
    let bytes = std::fs::read(&path).unwrap();
    TaggedExtractor::new(RuleExtractor::embedded().unwrap(), Model::read(&bytes).unwrap())
}

/// Pieces of news with much that is hard about them: proclitics, marks, tatweel, joined signs, digits, line ends.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "وزير الخارجية",
        "فؤاد حسين",
        "وبغداد",
        "للجيش",
        "الجيش اليمني",
        "ولِبَيْروت",
        "بـغـداد",
        "«",
        "»",
        "، ",
        ". ",
        "\n",
        "\r\n",
        "\u{2029}",
        "مطار بيروت الدولي",
        "كيلومترا",
        "٢٥",
        "17",
        "يناير",
        "/",
        "-",
        "ـ",
        "\u{064E}",
        "\u{0301}",
        "\u{200f}",
        "\u{200d}",
        "👩‍👩‍👧",
        "ﻻ",
        "ﷺ",
        "NATO",
        "إف-16",
        "اتفاق الطائف",
        "عشرات القتلى",
        "\u{feff}",
        "\0",
        "\t",
        "أمس",
        "(",
        "](",
        "ة",
        "ك",
        "ل",
        "و",
        "ف",
        "ب",
    ];
    let piece = prop_oneof![
        6 => proptest::sample::select(pieces).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[\u{0600}-\u{06FF} ]{0,20}",
    ];
    let spaced = (piece, any::<bool>()).prop_map(|(piece, space)| if space { piece + " " } else { piece });
    proptest::collection::vec(spaced, 0..60).prop_map(|pieces| pieces.concat())
}

fn check(source: &SourceText, suggestions: &[Suggestion]) -> Result<(), TestCaseError> {
    for suggestion in suggestions {
        let surface = source.slice(suggestion.range).unwrap_or_default();
        prop_assert!(surface.chars().any(char::is_alphanumeric), "signs alone: {surface:?}");
    }
    let mut end = 0;
    for suggestion in suggestions {
        let range = suggestion.range.to_std();
        prop_assert!(end <= range.start && range.start < range.end, "not flat and sorted: {suggestion:?}");
        prop_assert!(
            source.is_grapheme_boundary(suggestion.range.start),
            "cut before a mark: {suggestion:?}"
        );
        prop_assert!(source.is_grapheme_boundary(suggestion.range.end), "cut before a mark: {suggestion:?}");
        let words = source.slice(suggestion.range).unwrap_or_default();
        prop_assert!(!words.contains(['\n', '\r']), "over a line break: {suggestion:?}");
        prop_assert!((0.0..=1.0).contains(&suggestion.confidence), "{suggestion:?}");
        if let Some((label, likely)) = &suggestion.alternative {
            prop_assert!(*label != suggestion.label && (0.0..=1.0).contains(likely), "{suggestion:?}");
        }
        end = range.end;
    }
    Ok(())
}

#[test]
fn of_prose_in_another_script_nothing_is_suggested() {
    let of = |text: &str| EXTRACTOR.suggest(&SourceText::new(text));
    let english = "Two real articles as published on the web: what a labeller pastes, and nothing else.";
    assert_eq!(of(english), []);
    let within = format!("وصل وفد منظمة Human Rights Watch إلى بغداد.\n{english}\nوغادر الوفد بغداد.");
    let labels: Vec<_> = of(&within).iter().map(|found| found.label.to_string()).collect();
    assert_eq!(labels, ["ORG", "LOC", "LOC"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn spans_are_sound_and_the_same_each_time(text in text()) {
        let extractor = &*EXTRACTOR;
        let source = SourceText::from(text.as_str());
        let suggestions = extractor.suggest(&source);
        check(&source, &suggestions)?;
        prop_assert_eq!(&extractor.suggest(&source), &suggestions);
        // Whoever finishes early gets the same.
        let mut session = extractor.begin(&source);
        session.step();
        prop_assert_eq!(session.finish(), suggestions);
    }
}

#[test]
fn a_run_of_signs_is_no_name() {
    let extractor = &*EXTRACTOR;
    for text in ["🇮🇶🤝🇬🇧", "التقى 🇮🇶🤝🇬🇧 في بغداد", "قال 🇸🇾 🇹🇷 🇮🇶 إنه عاد"]
    {
        let source = SourceText::new(text.to_owned());
        check(&source, &extractor.suggest(&source)).unwrap();
    }
}

#[test]
fn a_sign_beside_a_name_is_no_part_of_it() {
    let extractor = &*EXTRACTOR;
    let surfaces = |text: &str| {
        let source = SourceText::from(text);
        let found = extractor.suggest(&source);
        found.iter().map(|found| source.slice(found.range).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let text = "قصفت طائرات F-16 مواقع داعش في وبالقاهرة وحلب 👨‍👩‍👧‍👦";
    assert_eq!(surfaces(text), ["طائرات F-16", "داعش", "القاهرة", "حلب"]);
    let figures = surfaces("ارتفع عدد المصابين بنسبة 15% إلى 300 مصاب.");
    assert!(figures.iter().any(|figure| figure.ends_with('%')), "{figures:?}");
}

/// Texts of our own corpus.
fn corpus() -> Vec<SourceText> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "jsonl"));
    files.sort();
    let lines: Vec<String> = files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let records = lines.iter().flat_map(|file| file.lines()).map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        SourceText::from(record["text"].as_str().unwrap())
    });
    records.collect()
}

/// What words are known from other articles makes the extractor faster and changes nothing; nor does where a session is
/// broken off, or that others go on beside it.
#[test]
fn an_article_is_read_the_same_whatever_was_read_before() {
    let extractor = &*EXTRACTOR;
    let texts: Vec<_> = corpus().into_iter().step_by(15).collect();
    let one_by_one: Vec<_> = texts.iter().map(|text| extractor.suggest(text)).collect();
    let backwards = crate::extractor();
    for (text, suggestions) in texts.iter().zip(&one_by_one).rev() {
        assert_eq!(&backwards.suggest(text), suggestions);
    }
    let together = crate::extractor();
    let mut sessions: Vec<_> = texts.iter().take(12).map(|text| together.begin(text)).collect();
    drop(together.begin(&texts[0]));
    while !sessions.iter_mut().map(|session| session.step()).fold(true, |all, p| all & p.is_complete()) {}
    for (session, suggestions) in sessions.into_iter().zip(&one_by_one) {
        assert_eq!(&session.finish(), suggestions);
    }
}

#[test]
fn steps_go_on_to_the_end_and_are_short() {
    let extractor = &*EXTRACTOR;
    let source = SourceText::from(article(80_000).as_str());
    let mut session = extractor.begin(&source);
    let (mut before, mut steps) = (0, 0);
    loop {
        let progress = session.step();
        assert!(progress.done >= before && progress.done <= progress.total, "{progress:?} after {before}");
        before = progress.done;
        steps += 1;
        if progress.is_complete() {
            break;
        }
    }
    assert!(steps > 5, "{steps} steps");
    assert_eq!(session.finish(), extractor.suggest(&source));
}
