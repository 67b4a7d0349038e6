//! Files as the programs that people have really write them (tests/files).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::sync::Arc;

use misam::annotation::Document;
use misam::app::intake::{Account, Choices, read_file};
use misam::formats::{Encoding, Format};

const LETTER: &str = "لقاء في المدينة\nعقد وفدٌ من لجنة الإغـــاثة لقاءً مع مسؤولين محليين في بلدة النهر، صباح الأحد ٣ آذار/مارس ٢٠٢٤.\n\
    قالت المتحدثة (Salma Al-Harthi): «وصل ٤٥ طنًّا من الطحين»\u{A0}— وأضافت أن ١٢٠ أسرة تنتظر.\nطحين\nأدوية\n\
    البلدة\nالأسر\nالنهر\n١٢٠\nسطر أول\nسطر ثانٍ 👩\u{200D}👩\u{200D}👧";

const NOTE: &str = "عقد الوفد لقاءً في بلدة النهر، صباح الأحد.\r\n\
    قالت المتحدثة: «وصل 45 طنا من الطحين»؛ وتنتظر 120 أسرة؟\r\n";

fn read(name: &str) -> (Document, Account) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    let bytes = std::fs::read(path).unwrap();
    let (mut documents, account) = read_file(name, &bytes, &Arc::default(), Choices::default());
    assert_eq!(documents.len(), 1, "{name}: {account:?}");
    (documents.remove(0), account)
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
