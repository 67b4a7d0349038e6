//! The readers of labelled corpora, each on a few lines of our own in its corpus's form.
#![cfg(all(feature = "train", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io;
use std::path::Path;

use misam::train::corpora::{Example, aqmar, caraner, conll, dialects, fane, idrisi, wojood};

/// A file with this content, read.
fn read(name: &str, content: &str, reader: fn(&Path) -> io::Result<Vec<Example>>) -> Vec<String> {
    let path = std::env::temp_dir().join(format!("misam-corpus-{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    let examples = reader(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let marked = |example: &Example| {
        let spans = example
            .spans
            .iter()
            .map(|(start, end, label)| format!("{label}={}", &example.text[*start..*end]));
        format!("{}: {}", example.text, spans.collect::<Vec<_>>().join(", "))
    };
    examples.iter().map(marked).collect()
}

#[test]
fn words_with_tags_are_sentences_with_spans() {
    let content = "زار O\nأحمد B-PERS\nعلي I-PERS\nتونس B-LOC\n\nعاد O\n";
    assert_eq!(read("conll", content, conll), ["زار أحمد علي تونس: PERS=أحمد علي, LOC=تونس", "عاد: "]);
}

#[test]
fn an_inside_without_its_beginning_is_a_span_of_its_own() {
    let content =
        "ولد O\nابن B-PER\nالهيثم I-PER\nفي O\nالبصرة I-LOC\nوالكوفة B-LOC\nبكتاب O\nالمناظر B-MISC\n";
    let spans = "PER=ابن الهيثم, LOC=البصرة, LOC=والكوفة, MISC=المناظر";
    assert_eq!(
        read("aqmar", content, aqmar),
        [format!("ولد ابن الهيثم في البصرة والكوفة بكتاب المناظر: {spans}")]
    );
}

#[test]
fn proclitics_that_were_split_off_are_joined_again() {
    let content = "و O\nتونس B-Nation\nل O\nالجيش B-Government\nدولة O\nها O\n";
    assert_eq!(read("fane", content, fane), ["وتونس للجيش دولتها: Nation=تونس, Government=لجيش"]);
}

#[test]
fn the_outermost_of_nested_tags_counts() {
    let content = "جريدة B-ORG\nفلسطين I-ORG B-GPE\nفي O\nحيفا B-GPE\n$#$ O\n";
    assert_eq!(read("wojood", content, wojood), ["جريدة فلسطين في حيفا: ORG=جريدة فلسطين, GPE=حيفا"]);
}

#[test]
fn units_and_lasts_are_beginnings_and_insides() {
    let content = "مرفأ B-HPOI\nبيروت L-HPOI\nفي O\nلبنان U-CTRY\n";
    assert_eq!(read("idrisi", content, idrisi), ["مرفأ بيروت في لبنان: LOC=مرفأ بيروت, LOC=لبنان"]);
}

#[test]
fn cells_with_commas_and_quotes_are_read() {
    let content = "Sentence_ID,Word_ID,Word,Annotator1,Annotator2,Agreed_Label,Revised_Label\n\
        1,1,أحمد,B_PER,O,no_agr,B_PER\n1,2,\",\",O,O,O,O\n1,3,\"\"\"\",O,O,O,O\n2,4,جدة,B_LOC,B_LOC,B_LOC,B_LOC\n";
    assert_eq!(read("caraner", content, caraner), ["أحمد , \": PER=أحمد", "جدة: LOC=جدة"]);
}

#[test]
fn words_named_by_their_numbers_are_spans() {
    let content = r#"[{"tokens":["في","بغداد","اليوم"],"ner":[[1,1,["GPE"]],[9,9,"PER"]]}]"#;
    assert_eq!(read("dialects", content, dialects), ["في بغداد اليوم: GPE=بغداد"]);
}
