use super::builder::lines;
use super::*;

#[test]
fn the_built_in_files_load_and_are_large() {
    let lexicon = Lexicon::embedded().unwrap();
    assert!(lexicon.len() > 100_000, "{}", lexicon.len());
    assert!(lexicon.names.len() < usize::from(u16::MAX) && lexicon.sets.len() < usize::from(u16::MAX));
}

#[test]
fn words_phrases_and_names_are_found_in_any_spelling() {
    let lexicon = Lexicon::embedded().unwrap();
    assert!(lexicon.find("الثُلاثاء").unwrap().classes.any(Classes::WEEKDAY));
    assert!(lexicon.find("الكوريه الجنوبية").unwrap().classes.any(Classes::NATIONALITY));
    assert!(lexicon.find("صواريخهم").unwrap().classes.any(Classes::WEAPON));
    assert!(lexicon.find("قتيلين").unwrap().classes.any(Classes::CASUALTY_DUAL));
    for title in ["الرئيس", "الرئيسان", "الأميرتين", "المهندسون", "السفيرات"]
    {
        assert!(lexicon.find(title).unwrap().classes.any(Classes::TITLE), "{title}");
    }
    assert!(lexicon.find("اللواءان").unwrap().classes.any(Classes::RANK));
    assert!(lexicon.find("الصحفيتان").unwrap().classes.any(Classes::OCCUPATION));
    let found = lexicon.find("أنصار الله").unwrap();
    assert!(lexicon.names(found.names).iter().any(|n| n.label == Label::Grp && n.needs.is_empty()));
    assert!(lexicon.find("أنصار").unwrap().more);
    assert!(lexicon.find("شيء لا وجود له").is_none());
    assert!(lexicon.is_name("أنصارُ الله") && lexicon.is_known("الثلاثاء") && !lexicon.is_name("الثلاثاء"));
}

#[test]
fn derived_forms_are_folded_as_the_text_is() {
    let mut before = String::new();
    for (line, content) in lines(include_str!("../../../assets/gazetteer.txt")) {
        if content.starts_with('=') {
            before.clear();
            continue;
        }
        let shared = content.as_bytes()[0] - b'a';
        let keep = before.char_indices().nth(shared.into()).map_or(before.len(), |(at, _)| at);
        before.truncate(keep);
        before.push_str(&content[1..]);
        assert_eq!(fold_word(&before), before, "gazetteer.txt:{line}");
    }
}

#[test]
fn a_wrong_line_is_named() {
    let mut builder = Builder::default();
    let error = builder.words("words.tsv", "# remark\nweekdays\tالأحد\n").unwrap_err();
    assert_eq!((error.file.as_str(), error.line), ("words.tsv", 2));
    assert!(builder.names("x.tsv", "اسم\tXXX\n").is_err());
    assert!(builder.weapons("x.tsv", "سيف\n").is_err());
    assert!(builder.titles("x.tsv", "سيد\ttitle\tg\n").is_err());
    assert!(builder.titles("x.tsv", "سيد\tlord\tf\n").is_err());
}
