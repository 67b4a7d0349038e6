//! Files as the programs that people have really write them (tests/files).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::sync::Arc;

use misam::annotation::Document;
use misam::app::intake::{Account, Choices, read_file};
use misam::formats::{Encoding, Format};
use serde_json::Value;

const LETTER: &str = "لقاء في المدينة\nعقد وفدٌ من لجنة الإغـــاثة لقاءً مع مسؤولين محليين في بلدة النهر، صباح الأحد ٣ آذار/مارس ٢٠٢٤.\n\
    قالت المتحدثة (Salma Al-Harthi): «وصل ٤٥ طنًّا من الطحين»\u{A0}— وأضافت أن ١٢٠ أسرة تنتظر.\nطحين\nأدوية\n\
    البلدة\nالأسر\nالنهر\n١٢٠\nسطر أول\nسطر ثانٍ 👩\u{200D}👩\u{200D}👧";

const NOTE: &str = "عقد الوفد لقاءً في بلدة النهر، صباح الأحد.\r\n\
    قالت المتحدثة: «وصل 45 طنا من الطحين»؛ وتنتظر 120 أسرة؟\r\n";

/// The articles of the corpus that other programs were given (tests/files/made), and their days.
const ARTICLES: [(&str, &str); 2] = [("a02-anbar-raid", "2024-03-04"), ("a06-unsc-syria-aid", "2024-03-12")];

/// Title and text of each of them: the first paragraph, and the others.
fn articles() -> Vec<(String, String)> {
    let corpus = std::fs::read_to_string(repository().join("corpus/part-a.jsonl")).unwrap();
    let records: Vec<Value> = corpus.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text = |name| records.iter().find(|record| record["id"] == name).unwrap()["text"].as_str().unwrap();
    let parted = ARTICLES.iter().map(|(name, _)| text(*name).split_once("\n\n").unwrap());
    parted.map(|(title, text)| (title.to_owned(), text.to_owned())).collect()
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read_all(name: &str) -> (Vec<Document>, Account) {
    let bytes = std::fs::read(repository().join("tests/files").join(name)).unwrap();
    read_file(name, &bytes, &Arc::default(), Choices::default())
}

fn read(name: &str) -> (Document, Account) {
    let (mut documents, account) = read_all(name);
    assert_eq!(documents.len(), 1, "{name}: {account:?}");
    (documents.remove(0), account)
}

/// What is said of a file, in English.
fn said(account: &Account) -> Vec<&str> {
    account.notes.iter().flat_map(|group| &group.notes).map(|note| note.said.en.as_str()).collect()
}

/// Both articles are there with titles and days, and nothing is said but what begins like this.
fn both_come(name: &str, format: Format, expected: &str) {
    let (documents, account) = read_all(name);
    assert_eq!(account.found[0].format, format, "{name}");
    assert_eq!(documents.len(), ARTICLES.len(), "{name}: {account:?}");
    for ((document, (title, text)), (_, day)) in documents.iter().zip(articles()).zip(ARTICLES) {
        assert_eq!(document.text.as_str(), text, "{name}");
        assert_eq!(document.meta["title"], title, "{name}");
        assert!(document.meta["date"].as_str().unwrap().starts_with(day), "{name}: {:?}", document.meta);
    }
    let unexpected: Vec<_> = said(&account).into_iter().filter(|said| !said.starts_with(expected)).collect();
    assert!(
        unexpected.is_empty() && (!expected.is_empty() || said(&account).is_empty()),
        "{name}: {unexpected:?}"
    );
}

#[test]
fn documents_of_word_processors_come_in_with_every_letter_title_and_author() {
    for (name, format) in
        [("writer.docx", Format::Docx), ("writer.odt", Format::Odt), ("writer-web.odt", Format::Odt)]
    {
        let (document, account) = read(name);
        assert_eq!(document.text.as_str(), LETTER, "{name}");
        assert_eq!(account.found[0].format, format);
        assert_eq!(document.meta["title"], "لقاء في المدينة", "{name}");
        assert_eq!(document.meta["author"], "سلمى الحارثي", "{name}");
    }
}

#[test]
fn each_encoding_is_told_and_every_letter_and_line_end_kept() {
    for (name, encoding) in [
        ("windows-1256.txt", Encoding::Windows1256),
        ("iso-8859-6.txt", Encoding::Iso8859_6),
        ("macarabic.txt", Encoding::MacArabic),
        ("utf-16.txt", Encoding::Utf16Le),
        ("utf-16le.txt", Encoding::Utf16Le),
        ("utf-16be.txt", Encoding::Utf16Be),
        ("utf-8-mark.txt", Encoding::Utf8),
    ] {
        let (document, account) = read(name);
        let wanted =
            if encoding == Encoding::Iso8859_6 { NOTE.replace(['«', '»'], "\"") } else { NOTE.to_owned() };
        assert_eq!(document.text.as_str(), wanted, "{name}");
        assert_eq!(account.found[0].encoding.map(|found| found.encoding), Some(encoding), "{name}");
    }
}

#[test]
fn a_page_comes_as_the_browser_saves_it_in_one_file_or_by_itself() {
    let (title, text) = &articles()[0];
    for name in ["chromium.html", "chromium.mhtml"] {
        let (document, account) = read(name);
        assert_eq!(account.found[0].format, Format::Html, "{name}");
        assert_eq!(
            document.text.as_str(),
            text,
            "{name}: what scripts have put there is there, menus are not"
        );
        for (key, value) in [
            ("title", title.as_str()),
            ("source", "وكالة المثال"),
            ("author", "سلمى الحارثي"),
            ("date", "2024-03-04T08:30:00+03:00"),
            ("url", "https://example.org/news/1"),
        ] {
            assert_eq!(document.meta[key], value, "{name}");
        }
        assert!(said(&account).is_empty(), "{name}: {:?}", said(&account));
    }
}

#[test]
fn feeds_of_generators_come_with_the_whole_text_of_every_entry() {
    for name in ["feedgen-rss.xml", "feedgen-atom.xml", "feed-rss.xml", "feed-atom.xml"] {
        both_come(name, Format::Feed, "");
        let (documents, _) = read_all(name);
        for (document, (id, _)) in documents.iter().zip(ARTICLES) {
            assert_eq!(document.meta["author"], "سلمى الحارثي", "{name}");
            assert_eq!(document.meta["source"], "وكالة المثال", "{name}");
            assert_eq!(document.meta["url"], format!("https://example.org/{id}"), "{name}");
        }
    }
    // JSON Feed, whose texts are markup too, and which says something of itself beside them.
    let (documents, account) = read_all("feed.json");
    let titles: Vec<_> = documents.iter().map(|document| document.meta["title"].as_str().unwrap()).collect();
    assert_eq!(titles, articles().iter().map(|(title, _)| title).collect::<Vec<_>>());
    let texts: Vec<_> = documents.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, articles().iter().map(|(_, text)| text).collect::<Vec<_>>());
    assert!(said(&account).iter().all(|said| said.starts_with("This stands beside the list")), "{account:?}");
}

#[test]
fn markdown_of_a_converter_comes_without_its_marks() {
    let (title, text) = &articles()[0];
    for name in ["pandoc.md", "pandoc-gfm.md"] {
        let (document, account) = read(name);
        assert_eq!(account.found[0].format, Format::Markdown, "{name}");
        assert_eq!(document.text.as_str(), format!("{title}\n\n{text}"), "{name}");
        assert_eq!(document.meta["title"], *title, "{name}");
        assert!(said(&account).is_empty(), "{name}: {:?}", said(&account));
    }
    let (document, _) = read("pandoc.md");
    assert_eq!(
        (&document.meta["author"], &document.meta["date"]),
        (&"سلمى الحارثي".into(), &"2024-03-04".into())
    );
}

#[test]
fn tables_of_pandas_and_spreadsheets_come_row_by_row() {
    for name in [
        "pandas.csv",
        "pandas-index.csv",
        "calc.csv",
        "semicolons-mark.csv",
        "windows-1256.csv",
        "tabs-utf-16.txt",
    ] {
        both_come(name, Format::Table, "");
        let (documents, _) = read_all(name);
        let names: Vec<_> = documents.iter().map(|document| document.id.as_str()).collect();
        assert_eq!(names, ARTICLES.map(|(name, _)| name), "{name}");
    }
}

#[test]
fn json_of_pandas_comes_object_by_object_whichever_way_round_it_lies() {
    both_come("pandas-records.json", Format::Json, "");
    both_come("pandas-lines.jsonl", Format::Json, "");
    both_come("pandas-table.json", Format::Json, "This ");
    both_come("pandas-columns.json", Format::Json, "");
}

#[test]
fn texts_in_zip_files_come_whoever_has_packed_them() {
    for name in [
        "info-zip.zip",
        "info-zip-piped.zip",
        "python.zip",
        "python-piped.zip",
        "python-cp437.zip",
        "windows-backslashes.zip",
    ] {
        let (documents, account) = read_all(name);
        let texts: Vec<_> = documents.iter().map(|document| document.text.as_str().to_owned()).collect();
        let wanted: Vec<_> = articles().iter().map(|(title, text)| format!("{title}\n\n{text}")).collect();
        assert_eq!(texts, wanted, "{name}");
        assert!(said(&account).is_empty(), "{name}: {:?}", said(&account));
        let names: Vec<_> = documents.iter().map(|document| document.id.as_str()).collect();
        let is_dos = name == "python-cp437.zip";
        let wanted: Vec<String> = (1..)
            .zip(articles())
            .map(|(at, (title, _))| match is_dos {
                true => format!("café_ {at}"),
                false => title.chars().take(12).collect::<String>().trim().to_owned(),
            })
            .collect();
        assert_eq!(names, wanted, "{name}");
    }
}
