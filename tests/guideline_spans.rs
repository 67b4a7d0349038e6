//! The span rules of the labelling guideline (sections 5.1 to 5.3 and 5.11), example by example.
//!
//! ⟦…⟧ is the span, as in the guideline.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "a test that cannot read its cases has failed")]

use misam::text::{
    ByteRange, CodePointOffset, SearchOptions, SnapOptions, SourceText, clitics, find_all, motion,
    proclitic_cuts, snap, words_in,
};

/// A text without the brackets, and the span between them.
fn example(marked: &str) -> (SourceText, ByteRange) {
    let start = marked.find('⟦').expect("an opening bracket");
    let end = marked.find('⟧').expect("a closing bracket") - '⟦'.len_utf8();
    let text = marked.replace(['⟦', '⟧'], "");
    (SourceText::from(text.as_str()), ByteRange::from(start..end))
}

/// The span with all that a careless hand takes along: whatever stands beside it up to the next letters.
fn carelessly(text: &SourceText, span: ByteRange) -> ByteRange {
    let is_letter = |c: char| c.is_alphanumeric() || c == 'ـ' || ('\u{64B}'..='\u{652}').contains(&c);
    let (before, after) = (&text.as_str()[..span.start.to_usize()], &text.as_str()[span.end.to_usize()..]);
    let start =
        before.rfind(is_letter).map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let end = span.end.to_usize() + after.find(is_letter).unwrap_or(after.len());
    ByteRange::from(start..end)
}

/// Sections 5.1, 5.2 and 5.11: the span, and the name to look for.
const EXAMPLES: &[(&str, &str)] = &[
    ("أضرب ⟦19 عاملًا⟧ أمس", "19 عاملا"),
    ("زار و⟦عمّان⟧ أمس", "عمان"),
    ("زار ول⟦بغداد⟧ أمس", "بغداد"),
    ("زار ب⟦الرباط⟧ أمس", "الرباط"),
    ("زار ف⟦الكونغرس⟧ أمس", "الكونغرس"),
    ("زار ك⟦قطر⟧ أمس", "قطر"),
    ("زار لـ«⟦أوبك⟧» أمس", "أوبك"),
    ("زار وب⟦دبابات⟧ أمس", "دبابات"),
    ("زار بـ\"⟦أطباء بلا حدود⟧\" أمس", "أطباء بلا حدود"),
    ("زار و⟦تونس⟧.", "تونس"),
    ("تهديدات «⟦صواريخهم⟧»", "صواريخهم"),
    ("غرفة عمليات «⟦والعاديات⟧»", "والعاديات"),
    ("زار ⟦وزارة التربية والتعليم⟧،", "وزارة التربية والتعليم"),
    ("عن ⟦كتيبة \"الفاروق\" الأولى⟧ أمس", "كتيبة \"الفاروق\" الأولى"),
    ("زار ”⟦الأهرام⟧” أمس", "الاهرام"),
    ("زار »⟦الأهرام⟧« أمس", "الاهرام"),
    ("زار „⟦الأهرام⟧“ أمس", "الاهرام"),
    ("زار ‘⟦الأهرام⟧’ أمس", "الاهرام"),
    ("زار '⟦الأهرام⟧' أمس", "الاهرام"),
    ("زار ‹⟦الأهرام⟧› أمس", "الاهرام"),
    ("زار ⟦طرابــلس⟧ أمس", "طرابلس"),
    ("زار ⟦عُمان⟧ أمس", "عمان"),
    ("زار ⟦الأممِ المتحدة⟧ أمس", "الأمم المتحدة"),
    ("⟦الرباط⟧ ـ رويترز", "الرباط"),
    ("زار ⟦القاهره⟧ أمس", "القاهرة"),
    ("زار ⟦الاردن⟧ أمس", "الأردن"),
    ("زار ⟦الجامعه العربيه⟧ أمس", "الجامعة العربية"),
    ("زار \u{200F}\u{A0}⟦بيروت⟧\u{200E}\u{A0} أمس", "بيروت"),
    ("في ⟦10 محرم 1446هـ⟧.", "10 محرم 1446هـ"),
    ("بنسبة ⟦1.5%⟧، ثم", "1.5%"),
];

/// Sections 5.2 and 5.3: words in which a letter of the name must not be taken for a clitic.
const WHOLE_NAMES: &[&str] =
    &["وهران", "فلسطين", "بيروت", "ليبيا", "كركوك", "وجدة", "بابل", "لندن", "فاس", "كسلا"];

/// Section 5.3: the span, and its clean form with the article given back.
const LAM: &[(&str, &str)] = &[
    ("ل⟦لجيش⟧ اليمني", "الجيش"),
    ("ول⟦لأردن⟧ أمس", "الأردن"),
    ("ل⟦ليمن⟧ أمس", "اليمن"),
    ("ل⟦لجنة⟧ الأولمبية", "الجنة"),
];

#[test]
fn a_careless_selection_becomes_the_span() {
    for (marked, _) in EXAMPLES {
        let (text, span) = example(marked);
        let careless = carelessly(&text, span);
        assert_eq!(snap(&text, careless, SnapOptions::default()), Some(span), "{marked}");
        assert_eq!(snap(&text, span, SnapOptions::default()), Some(span), "{marked}");
    }
}

#[test]
fn a_span_begins_at_a_word_or_at_a_cut_inside_one() {
    for (marked, _) in EXAMPLES {
        let (text, span) = example(marked);
        let word = motion::word_at(&text, span.start).expect("a word begins a span");
        let surface = text.slice(word).expect("the word is in the text");
        let peeled = span.start.to_usize() - word.start.to_usize();
        assert!(peeled == 0 || proclitic_cuts(surface).iter().any(|cut| cut.offset == peeled), "{marked}");
    }
}

#[test]
fn the_name_is_found_where_the_span_is() {
    for (marked, name) in EXAMPLES {
        let (text, span) = example(marked);
        assert_eq!(find_all(&text, name, SearchOptions::default()), [span], "{marked}");
    }
}

#[test]
fn whole_names_keep_their_first_letter() {
    for name in WHOLE_NAMES {
        let text = SourceText::from(*name);
        let peel = SnapOptions { peel_proclitics: true, whole_words: true, ..SnapOptions::default() };
        assert_eq!(snap(&text, text.range(), peel), Some(text.range()), "{name}");
        assert_eq!(find_all(&text, name, SearchOptions::default()), [text.range()], "{name}");
    }
}

#[test]
fn the_first_lam_is_cut_and_the_article_given_back() {
    for (marked, article) in LAM {
        let (text, span) = example(marked);
        let word = motion::word_at(&text, span.start).expect("a word begins a span");
        let surface = text.slice(word).expect("the word is in the text");
        let cut = proclitic_cuts(surface).innermost().expect("the word has a cut");
        assert_eq!(word.start.to_usize() + cut.offset, span.start.to_usize(), "{marked}");
        assert_eq!(clitics::restored_form(surface, cut).as_deref(), Some(*article));
        assert_eq!(find_all(&text, article, SearchOptions::default()), [span], "{article}");
    }
    let (text, span) = example("ل⟦ليبيا⟧ ول⟦قوات⟧");
    assert_eq!(find_all(&text, "ليبيا", SearchOptions::default()), [span]);
}

#[test]
fn a_span_may_end_inside_a_glued_word() {
    let (text, span) = example("زار ⟦مسقط⟧ثم عاد");
    assert_eq!(snap(&text, span, SnapOptions::default()), Some(span));
}

/// The spans of the project's own corpus, written by hand under the same guideline: `(where, text, span)`.
fn corpus_spans() -> Vec<(String, SourceText, ByteRange)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut spans = Vec::new();
    for file in std::fs::read_dir(folder).expect("the corpus is in the repository") {
        let path = file.expect("a readable folder").path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        let lines = std::fs::read_to_string(&path).expect("a readable file");
        for line in lines.lines() {
            let record: serde_json::Value = serde_json::from_str(line).expect("a record");
            let text = SourceText::from(record["text"].as_str().expect("a text"));
            let labelled = record.get("spans").or_else(|| record.get("entities"));
            for span in labelled.and_then(serde_json::Value::as_array).expect("spans") {
                let end_of = |key: &str| {
                    let offset = span[key].as_u64().and_then(|offset| u32::try_from(offset).ok());
                    CodePointOffset::new(offset.expect("an offset"))
                };
                let range = text.byte_range(end_of("start"), end_of("end")).expect("a range in the text");
                spans.push((format!("{} {span}", record["id"]), text.clone(), range));
            }
        }
    }
    assert!(!spans.is_empty());
    spans
}

#[test]
fn snapping_leaves_every_span_of_the_corpus_alone() {
    for (place, text, span) in corpus_spans() {
        assert_eq!(snap(&text, span, SnapOptions::default()), Some(span), "{place}");
    }
}

#[test]
fn every_span_of_the_corpus_begins_at_a_word_or_a_cut_and_ends_with_a_word() {
    let mut odd = Vec::new();
    for (place, text, span) in corpus_spans() {
        let first = motion::word_at(&text, span.start).expect("a word begins a span");
        let surface = text.slice(first).expect("the word is in the text");
        let peeled = span.start.to_usize().checked_sub(first.start.to_usize());
        let begins =
            peeled == Some(0) || proclitic_cuts(surface).iter().any(|cut| Some(cut.offset) == peeled);
        let ends = words_in(&text, ByteRange::new(span.start, text.range().end))
            .take_while(|word| word.range.start < span.end)
            .last()
            .is_some_and(|word| word.range.end == span.end);
        if !begins || !ends {
            odd.push(place);
        }
    }
    assert!(odd.is_empty(), "{odd:#?}");
}
