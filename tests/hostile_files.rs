//! Damaged files, ten thousand for every reader: of formats that are written what Misam writes, of the others what other
//! programs write. Each is read or refused, and what is read is sound.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::sync::Arc;

use misam::annotation::Document;
use misam::app::intake::{Choices, read_file};
use misam::formats::archive::{self, Files};
use misam::formats::{Format, Losses, MemoryOutput, ReadOptions, Reading, WriteOptions, jsonl};

/// So many for every reader.
const FILES: usize = 10_000;

/// So many sentences, each a megabyte behind the one before.
const SENTENCES_APART: usize = 1_000;

/// Articles with what readers stumble over: marks, tatweel, joined emoji, CRLF, bidi controls, nested and parted spans.
const RECORDS: [&str; 3] = [
    r#"{"format":"misam/1","id":"a","text":"قال الوزيـــرُ 👩‍👩‍👧 إنّ «القاهرة\" بعيدة.\r\nانتهى ٣٫٥٪","spans":[{"id":"s1","start":0,"end":3,"label":"PER","text":"قال","origin":"manual"},{"id":"s2","start":4,"end":13,"label":"ORG","text":"الوزيـــرُ","origin":"suggested","confidence":0.5},{"id":"s3","start":6,"end":13,"label":"LOC","text":"وزيـــرُ","origin":"manual"}],"status":"done","schema":"conflict-news/1","meta":{"title":"=SUM(A1)"}}"#,
    r#"{"format":"misam/1","id":"b","text":"‏أ\u202eب\u2069 ا\u0301 \u00a0و\n\n\n<ب>&amp;","spans":[{"id":"s1","start":1,"end":2,"label":"PER","text":"أ","origin":"manual"}],"status":"new","schema":"conflict-news/1","meta":{}}"#,
    r#"{"format":"misam/1","id":"c","text":"","spans":[],"status":"new","schema":"conflict-news/1","meta":{}}"#,
];

/// What is put where it does not belong.
const JUNK: [&str; 24] = [
    "null",
    "-1",
    "1e999",
    "{",
    "[",
    "]]>",
    "}",
    "\"",
    ",",
    "\\ud800",
    "NaN",
    "99999999999999999999",
    "0.5",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "\r",
    "\t\t",
    "<!ENTITY x \"y\">",
    "&x;",
    "../",
    "I-",
    "#",
    "😊",
];

/// Numbers that are the same on every machine (Marsaglia's xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end.max(1) as u64).unwrap()
    }

    /// Cuts out, puts in, doubles or overwrites a stretch, one to three times.
    fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(12)).min(bytes.len());
            match self.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => drop(bytes.splice(at..at, JUNK[self.below(JUNK.len())].bytes())),
                2 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                _ => {
                    let byte = u8::try_from(self.below(256)).unwrap();
                    bytes[at..end].fill(byte);
                }
            }
        }
    }
}

/// A reader that looks back at what came before for each line would not come to an end here.
#[test]
fn a_million_empty_lines_are_read_by_every_reader_and_through_the_import_and_little_is_said_of_them() {
    let lines = b"\n".repeat(1_000_000);
    for format in Format::ALL {
        let Ok(reader) = format.reader() else { continue };
        let readings = reader.readings(&lines, &ReadOptions::for_file("empty"));
        let problems: usize = readings.iter().map(|reading| reading.problems.len()).sum();
        assert!(problems <= 3, "{format}: {problems} problems");
        assert!(
            readings.iter().all(|reading| reading.document.is_none()) || format == Format::Text,
            "{format}"
        );
    }
    let record = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"خبر\"}}\r\n").into_bytes();
    for (name, bytes, articles) in [
        ("a.jsonl", [&record("a")[..], &lines, &record("b")].concat(), 2),
        ("a.jsonl", [&record("a")[..], &b"\r\n".repeat(1_000_000), &record("b")].concat(), 2),
        ("a.csv", [&b"id,text\n1,x\n"[..], &lines, b"2,y\n"].concat(), 2),
        ("a.conll", ["بغداد B-LOC\n".as_bytes(), &lines[..], "زار O\n".as_bytes()].concat(), 1),
        ("a.txt", ["خبر".as_bytes(), &lines[..], "آخر".as_bytes()].concat(), 1),
        ("a.html", [&b"<p>"[..], &lines, "خبر".as_bytes()].concat(), 1),
        ("a.md", ["# عنوان".as_bytes(), &lines[..], "خبر".as_bytes()].concat(), 1),
        ("a.json", [&b"["[..], &lines, &record("a"), b"]"].concat(), 1),
        ("a.txt", lines.clone(), 1),
        ("a", lines.clone(), 0),
    ] {
        let (documents, account) = read_file(name, &bytes, &Arc::default(), Choices::default());
        assert_eq!(documents.len(), articles, "{name}: {account:?}");
        assert!(account.notes.len() <= 3, "{name}: {:?}", account.notes);
    }
}

/// Sentences that each say to begin a million signs behind the one before: a line of each made a megabyte of spaces.
#[test]
fn gaps_that_a_file_only_speaks_of_take_no_room() {
    let mut file = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|value\n\n\n".to_owned();
    for number in 1..=SENTENCES_APART {
        let start = number * 1_048_000;
        file += &format!("#Text=بغداد{number}\n{number}-1\t{start}-{}\tبغداد{number}\tLOC\n\n", start + 5);
    }
    let reader = Format::WebannoTsv.reader().unwrap();
    let readings = reader.readings(file.as_bytes(), &ReadOptions::for_file("a.tsv"));
    let document = readings[0].document.as_ref().unwrap();
    assert!(document.text.as_str().len() <= file.len() + (1 << 20), "{} bytes", document.text.as_str().len());
    assert!(document.text.as_str().contains(&format!("بغداد{SENTENCES_APART}")));
    assert!(!readings[0].problems.is_empty(), "that the sentences are not where they say to be is said");
    assert!(document.spans.len() > SENTENCES_APART / 2, "words that are there once tell where they are");
}

fn assert_sound(readings: &[Reading], format: Format, number: usize) {
    for document in readings.iter().filter_map(|reading| reading.document.as_ref()) {
        for span in document.spans.iter() {
            let surface = document.text.slice(span.range);
            assert!(surface.is_some_and(|text| !text.is_empty()), "{format}, file {number}: an empty span");
        }
    }
}

#[test]
fn damaged_files_of_every_format_are_read_or_refused() {
    let options = ReadOptions::for_file("test");
    let documents: Vec<Document> = RECORDS
        .iter()
        .map(|line| jsonl::read_record(line, 1, &options).document.expect("the record is sound"))
        .collect();
    let mut tried = BTreeSet::new();
    for format in Format::ALL {
        let (Ok(reader), Ok(_)) = (format.reader(), format.writer(&WriteOptions::default())) else {
            continue;
        };
        let mut output = MemoryOutput::default();
        let mut writer = format.writer(&WriteOptions::default()).unwrap();
        for document in &documents {
            let Some(held) = format.fit(document, &mut Losses::default()) else { continue };
            writer.write(&held, &mut output, &mut Losses::default()).unwrap();
        }
        writer.finish(&mut output).unwrap();
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        for number in 0..FILES {
            let (mut stream, mut files) = (output.stream.clone(), output.files.clone());
            dice.damage(&mut stream);
            files.values_mut().for_each(|bytes| dice.damage(bytes));
            let readings = match files.is_empty() {
                true => reader.readings(&stream, &options),
                false => reader.readings_of_folder(&files, &options),
            };
            assert_sound(&readings, format, number);
        }
        tried.insert(format.to_string());
    }
    tried.extend(articles_of_others().into_iter().map(|(format, _)| format.to_string()));
    for format in Format::ALL {
        assert!(format.reader().is_err() || tried.contains(format.as_str()), "no damaged file of {format}");
    }
}

/// Sound files of the formats that are read and not written.
fn articles_of_others() -> Vec<(Format, Files)> {
    let one = |text: &str| Files::from([(String::new(), text.as_bytes().to_vec())]);
    let parts = |parts: &[(&str, &str)]| {
        parts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect::<Files>()
    };
    vec![
        (
            Format::Markdown,
            one(
                "---\ntitle: \"قصف\"\ndate: 2019-04-06\ntags: [a, b]\n---\n# عنوان\n\nقال **الوزير** [أمس](http://x) `إن`\n\n- بند\n  - آخر\n\n> قول\n\n| أ | ب |\n|---|---|\n| 1 | 2 |\n\n![صورة](x.png)\n",
            ),
        ),
        (
            Format::Docx,
            parts(&[
                (
                    "word/document.xml",
                    "<w:document xmlns:w=\"w\"><w:body><w:p><w:pPr><w:rtl/></w:pPr><w:r><w:t>قال </w:t><w:tab/><w:footnoteReference w:id=\"2\"/></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>خلية</w:t><w:br/></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>",
                ),
                (
                    "word/footnotes.xml",
                    "<w:footnotes xmlns:w=\"w\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>حاشية</w:t></w:r></w:p></w:footnote></w:footnotes>",
                ),
                (
                    "word/comments.xml",
                    "<w:comments xmlns:w=\"w\"><w:comment w:id=\"0\"><w:p><w:r><w:t>رأي</w:t></w:r></w:p></w:comment></w:comments>",
                ),
                ("docProps/core.xml", "<c xmlns:dc=\"d\"><dc:title>عنوان</dc:title></c>"),
            ]),
        ),
        (
            Format::Odt,
            parts(&[
                ("mimetype", "application/vnd.oasis.opendocument.text"),
                (
                    "content.xml",
                    "<office:d xmlns:office=\"o\" xmlns:text=\"t\"><office:text><text:tracked-changes><text:deletion><text:p>x</text:p></text:deletion></text:tracked-changes><text:h>عنوان</text:h><text:p>قال<text:s text:c=\"2\"/><text:note><text:note-body><text:p>حاشية</text:p></text:note-body></text:note><text:tab/>و</text:p><text:list><text:list-item><text:p>بند</text:p></text:list-item></text:list></office:text></office:d>",
                ),
                ("styles.xml", "<s xmlns:style=\"s\"><style:header>رأس</style:header></s>"),
                ("meta.xml", "<m xmlns:meta=\"m\"><meta:initial-creator>أمل</meta:initial-creator></m>"),
            ]),
        ),
        (
            Format::Feed,
            one(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>وكالة</title><item><title>خبر &amp; آخر</title><link>http://x</link><pubDate>Sat, 06 Apr 2019 10:00:00 GMT</pubDate><description>&lt;p&gt;نص&lt;/p&gt;</description></item><item><title>ثان</title><content:encoded xmlns:content=\"c\"><![CDATA[<p>زار <b>الوفد</b></p>]]></content:encoded></item></channel></rss>",
            ),
        ),
        (
            Format::Table,
            one(
                "id,title,text,date\r\n1,x,\"قال \"\"نعم\"\",\nثم ذهب\",2019-04-06\r\n2,,خبر,\r\n\r\n3,y,\"ا\u{301} 👩‍👩‍👧\",z,زائد\r\n",
            ),
        ),
        (
            Format::Json,
            one(
                "{\"version\":2,\"train\":[{\"id\":1,\"text\":\"قال\",\"meta\":{\"a\":\"\\u0627\"}},{\"id\":2,\"text\":\"خبر\",\"comments\":[{\"text\":\"x\"}]}],\"test\":[{\"id\":3,\"text\":\"زار عمر\",\"spans\":[{\"start\":4,\"end\":7,\"label\":\"PER\"}]},null],\"people\":[{\"name\":\"عمر\"}]}",
            ),
        ),
    ]
}

/// What becomes of them is told, too: of a damaged file either something is read or somebody says why not. Parts of
/// office documents are damaged before they are packed, for a damaged zip file is not even opened; every fourth is
/// damaged as the zip file that it is.
#[test]
fn damaged_articles_of_other_programs_are_read_or_refused_with_a_reason() {
    let options = ReadOptions::for_file("test");
    for (format, sound) in articles_of_others() {
        let reader = format.reader().unwrap();
        let is_packed = !sound.contains_key("");
        let file = |parts: &Files| match parts.get("") {
            Some(bytes) => bytes.clone(),
            None => archive::pack(parts).unwrap(),
        };
        let readings = reader.readings(&file(&sound), &options);
        assert!(readings.iter().any(|reading| reading.document.is_some()), "{format}: {readings:?}");
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        for number in 0..FILES {
            let mut parts = sound.clone();
            let is_outside = is_packed && number % 4 == 0;
            if !is_outside {
                parts.values_mut().for_each(|bytes| dice.damage(bytes));
            }
            let mut bytes = file(&parts);
            if is_outside {
                dice.damage(&mut bytes);
            }
            let readings = reader.readings(&bytes, &options);
            assert_sound(&readings, format, number);
            let is_told =
                readings.iter().any(|reading| reading.document.is_some() || !reading.problems.is_empty());
            assert!(is_told, "{format}, file {number}: nothing came of it and nobody says why");
        }
    }
}
