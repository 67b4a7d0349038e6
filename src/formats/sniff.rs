//! Which format a file is in, by what it begins with and what it is called, and what speaks for it.

use std::borrow::Cow;

use serde::Serialize;

use super::Format;
use super::archive::{self, Files, Office};
use super::article::{mhtml, names_an_article, names_articles};
use super::columns::sniff_columns;
use super::csv;
use super::encoding::UTF8_MARK;
use super::json as json_values;
use super::json_keys::JsonKeys;

/// How much of the beginning and of the end of a file is looked at, in bytes; of one of JSON the first record to its end.
const PART: usize = 64 * 1024;

/// So many bytes are enough to tell what a file is, if its first record is longer.
const MOST: usize = 16 << 20;

/// A format and what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sniffed {
    /// The format.
    pub format: Format,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What speaks for a format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// Keys of JSON that are the format's own.
    Keys {
        /// The keys.
        keys: Vec<&'static str>,
    },
    /// The beginning of the file, or the element it begins with.
    Beginning {
        /// What it is.
        mark: &'static str,
    },
    /// Nothing in the file, but its name.
    Extension {
        /// The end of the name.
        extension: String,
    },
    /// A person has chosen it.
    Chosen,
    /// It is text, and nothing speaks for anything else.
    NothingElse,
    /// A file among those of an archive or a folder.
    File {
        /// Its name.
        name: String,
    },
}

/// The format of a file, from its name and its first bytes ([`is_enough_to_tell`] says how many). `None` if nothing
/// speaks for any.
#[must_use]
pub fn sniff(name: &str, beginning: &[u8]) -> Option<Format> {
    examine(name, beginning).map(|sniffed| sniffed.format)
}

/// The format of a file and what speaks for it.
#[must_use]
pub fn examine(name: &str, beginning: &[u8]) -> Option<Sniffed> {
    by_content(beginning).or_else(|| by_name(name, beginning)).or_else(|| plain(beginning))
}

/// True if the beginning of a file is long enough to tell what the file is: the keys that tell may stand behind a long
/// text, so it takes the whole of the first record.
#[must_use]
pub fn is_enough_to_tell(beginning: &[u8]) -> bool {
    let bytes = beginning.strip_prefix(UTF8_MARK).unwrap_or(beginning).trim_ascii_start();
    beginning.len() >= MOST || !is_json(&head(bytes)) || JsonKeys::of(bytes).is_whole
}

/// The format that files have together, if it is one that needs several; else that of the first file that has one.
#[must_use]
pub fn examine_folder(files: &Files) -> Option<Sniffed> {
    let ends = |ending: &str| files.keys().find(|name| name.ends_with(ending));
    let together =
        [(".ann", Format::Brat), (".a1", Format::Brat), (".xmi", Format::Xmi), (".jsonld", Format::W3c)];
    let together = together.into_iter().find_map(|(ending, format)| Some((ends(ending)?, format)));
    if let Some((name, format)) = together {
        return Some(Sniffed { format, evidence: Evidence::File { name: name.clone() } });
    }
    files.iter().find_map(|(name, bytes)| examine(name, bytes))
}

fn by_content(bytes: &[u8]) -> Option<Sniffed> {
    let begins = |format, mark| Some(Sniffed { format, evidence: Evidence::Beginning { mark } });
    if matches!(bytes, [0x78, 0x01 | 0x9C | 0xDA, ..]) {
        return begins(Format::DocBin, "zlib");
    }
    match archive::office(bytes) {
        Some(Office::Docx) => return begins(Format::Docx, "word/document.xml"),
        Some(Office::Odt) => return begins(Format::Odt, "application/vnd.oasis.opendocument.text"),
        Some(Office::Spreadsheet) => return None,
        None => {}
    }
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes).trim_ascii_start();
    let text = &*head(bytes);
    if is_json(text) {
        return Some(json(bytes, text));
    }
    let has = |needle: &str| text.contains(needle);
    if text.starts_with("#FORMAT=WebAnno TSV") {
        begins(Format::WebannoTsv, "#FORMAT=WebAnno TSV")
    } else if text.starts_with("-DOCSTART-") {
        begins(Format::Conll, "-DOCSTART-")
    } else if text.starts_with('<') && has("xmi:XMI") {
        begins(Format::Xmi, "xmi:XMI")
    } else if text.starts_with('<') && has("<TEI") {
        begins(Format::Tei, "TEI")
    } else if let Some(mark) = feed(text) {
        begins(Format::Feed, mark)
    } else if let Some(mark) = page(text) {
        begins(Format::Html, mark)
    } else if mhtml::is_saved_page(text) {
        begins(Format::Html, mhtml::RELATED)
    } else {
        let is_nested = sniff_columns(text)?;
        begins(if is_nested { Format::Wojood } else { Format::Conll }, "B- I- O")
    }
}

/// What is looked at of a file's beginning.
fn head(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(&bytes[..bytes.len().min(PART)])
}

/// How a feed begins.
fn feed(text: &str) -> Option<&'static str> {
    let beginning: String = text.chars().take(2_000).collect();
    let marks = [("<rss", "rss"), ("<feed", "feed"), ("<rdf:RDF", "rdf:RDF")];
    marks
        .into_iter()
        .find(|(tag, _)| beginning.starts_with('<') && beginning.contains(tag))
        .map(|(_, mark)| mark)
}

/// How a web page begins.
fn page(text: &str) -> Option<&'static str> {
    let beginning = text.chars().take(4_000).collect::<String>().to_ascii_lowercase();
    let marks = [
        ("<!doctype html", "<!doctype html>"),
        ("<html", "<html>"),
        ("<head", "<head>"),
        ("<body", "<body>"),
    ];
    marks
        .into_iter()
        .find(|(tag, _)| beginning.starts_with('<') && beginning.contains(tag))
        .map(|(_, mark)| mark)
}

/// True if the first line is one whole object, and others follow.
pub(super) fn begins_with_a_line_of_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let is_object = json_values::parse(first).is_ok_and(|parsed| parsed.value.is_object());
    let rest = rest.trim_start();
    is_object && (rest.is_empty() || rest.starts_with(['{', '[', '"']))
}

/// True if it begins as records do. Articles begin with brackets, too: «[خاص] …».
fn is_json(text: &str) -> bool {
    let after = |open: char, next: &[char]| {
        text.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(next))
    };
    after('{', &['"', '}']) || after('[', &['{', '['])
}

/// By the keys that only one format has. A JSON object with a text and nothing else known is a record to complete; one that
/// has, beside its text, only what articles have is an article as other programs keep it.
fn json(bytes: &[u8], beginning: &str) -> Sniffed {
    let first = beginning.lines().next().unwrap_or_default();
    let start: String = first.chars().filter(|c| !c.is_whitespace()).take(24).collect();
    let of_keys =
        |format, keys: &[&'static str]| Sniffed { format, evidence: Evidence::Keys { keys: keys.to_vec() } };
    if start.starts_with("{\"format\":\"misam/") {
        return of_keys(Format::Misam, &["format"]);
    }
    let keys = JsonKeys::of(bytes);
    let is_list = keys.is_list;
    // Each with the keys of records, and one of what is in them.
    type Row = (&'static [&'static str], Option<&'static str>, Format);
    let rows: [Row; 13] = [
        (&["%FEATURE_STRUCTURES"], None, Format::CasJson),
        (&["annotation_sets"], None, Format::Bdoc),
        (&["@context"], None, Format::W3c),
        (&["denotations"], None, Format::PubAnnotation),
        (&["tokens", "ner_tags"], None, Format::Hf),
        (&["data", "annotations"], Some("result"), Format::LabelStudio),
        (&["data", "predictions"], Some("result"), Format::LabelStudio),
        (&["_input_hash"], None, Format::Prodigy),
        (&["spans", "answer"], None, Format::Prodigy),
        (&["spans"], Some("token_start"), Format::Prodigy),
        (&[], Some("start_offset"), Format::Doccano),
        (&["labels", "text"], None, Format::Doccano),
        (&["label", "data"], None, Format::Doccano),
    ];
    let fits = |(own, inner, _): &Row| {
        own.iter().all(|key| keys.has(key)) && inner.is_none_or(|key| keys.has_within(key))
    };
    if let Some((own, inner, format)) = rows.into_iter().find(fits) {
        // What is read line by line is read as a list of objects where it is one.
        let format = if is_list && format == Format::Prodigy { Format::Json } else { format };
        let names: Vec<_> = own.iter().copied().chain(inner).collect();
        return of_keys(format, &names);
    }
    if keys.has("label") && keys.has("text") && !keys.has("spans") && !keys.has("entities") {
        return of_keys(Format::Doccano, &["label", "text"]);
    }
    // A record a line, the first of them cut off if it is long; else a value over many lines.
    // Letters that stand for damaged bytes may be longer than those were.
    let rest = bytes.get(first.len()..).unwrap_or_default();
    let is_alone = first.len() > 1 && rest.trim_ascii().is_empty();
    let is_record = keys.has("text") && !names_an_article(keys.names());
    if !is_list && (is_alone || is_line(first)) && is_record {
        of_keys(Format::Misam, &["text"])
    } else {
        Sniffed {
            format: Format::Json,
            evidence: Evidence::Beginning { mark: if is_list { "[" } else { "{" } },
        }
    }
}

/// Text, if it is nothing but that: a name says little, as people give files any name.
fn plain(bytes: &[u8]) -> Option<Sniffed> {
    let beginning = &bytes[..bytes.len().min(PART)];
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&beginning[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let is_sign = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}' | '\u{85}');
    let is_text = !text.trim().is_empty() && !text.trim_start().starts_with('<') && !text.contains(is_sign);
    is_text.then_some(Sniffed { format: Format::Text, evidence: Evidence::NothingElse })
}

/// True of a line that may be one whole object.
fn is_line(line: &str) -> bool {
    line.len() >= PART || json_values::parse(line).is_ok() || !line.trim_end().ends_with(['{', ',', '['])
}

fn first_line(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes.split(|&byte| byte == b'\n').next().unwrap_or_default())
}

fn by_name(name: &str, beginning: &[u8]) -> Option<Sniffed> {
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let format = match extension.as_str() {
        "jsonl" | "ndjson" => Format::Misam,
        // What spreadsheets call "Unicode text".
        "txt" if names_articles(&first_line(beginning)) => Format::Table,
        "txt" => Format::Text,
        "spacy" => Format::DocBin,
        "conll" | "bio" | "iob" => Format::Conll,
        "ann" => Format::Brat,
        "xmi" => Format::Xmi,
        "csv" | "tsv" => {
            if csv::names_spans(&first_line(beginning)) {
                Format::Csv
            } else {
                Format::Table
            }
        }
        "html" | "htm" | "xhtml" | "mhtml" | "mht" => Format::Html,
        "md" | "markdown" => Format::Markdown,
        "docx" => Format::Docx,
        "odt" => Format::Odt,
        "rss" | "atom" => Format::Feed,
        "bdocjs" => Format::Bdoc,
        "jsonld" => Format::W3c,
        _ => return None,
    };
    Some(Sniffed { format, evidence: Evidence::Extension { extension } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_bytes_behind_the_beginning_of_json_do_no_harm() {
        assert_eq!(sniff("x.json", b"[[\xCF"), Some(Format::Json));
        for bytes in [&b"{\xCF"[..], b"{\"text\":\"\xCF\xCF\xCF", b"[\xFF\xFF\xFF", b"{\"text\":1}\xCF"] {
            let _ = sniff("x.json", bytes);
        }
    }

    #[test]
    fn formats_are_told_apart_by_their_content() {
        for (name, content, wanted) in [
            ("a.jsonl", r#"{"format":"misam/1","id":"a","text":"\"labels\": x"}"#, Format::Misam),
            ("a.jsonl", "{\"format\": \"misam/1\", \"answer\": 1, \"spans\": []}", Format::Misam),
            ("a.jsonl", r#"{"text":"x","spans":[{"start":0,"end":1,"label":"A"}]}"#, Format::Misam),
            (
                "a.jsonl",
                r#"{"id":"x","text":"y","entities":[{"start":0,"end":1,"label":"A"}]}"#,
                Format::Misam,
            ),
            ("a.jsonl", r#"{"text":"x","spans":[],"answer":"accept"}"#, Format::Prodigy),
            ("a.jsonl", r#"{"id":1,"text":"x","labels":[[0,1,"A"]]}"#, Format::Doccano),
            ("a.jsonl", r#"{"id":1,"text":"x","label":[[0,1,"A"]],"Comments":[]}"#, Format::Doccano),
            ("a.json", r#"[{"data":{"text":"x"},"annotations":[{"result":[]}]}]"#, Format::LabelStudio),
            ("a.jsonl", r#"{"tokens":["x"],"ner_tags":[0]}"#, Format::Hf),
            ("a.txt", "-DOCSTART- -X- O O\n", Format::Conll),
            ("a.tsv", "#FORMAT=WebAnno TSV 3.3\n", Format::WebannoTsv),
            ("a.xmi", "<?xml?><xmi:XMI>", Format::Xmi),
            ("a.txt", "قال O\nالوزير B-PER\n", Format::Conll),
            ("a.txt", "جامعة B-ORG\nبغداد I-ORG B-LOC\nثم O\n", Format::Wojood),
            ("a.txt", "قال", Format::Text),
            ("a.txt", "[خاص] قال", Format::Text),
            ("a.txt", "{خاص}", Format::Text),
            ("A.TXT", "\u{FEFF}قال", Format::Text),
        ] {
            assert_eq!(sniff(name, content.as_bytes()), Some(wanted), "{content}");
        }
        for (name, content, wanted) in [
            ("a", "<!DOCTYPE html><p>x", Format::Html),
            ("a.xml", "<?xml version='1.0'?><rss version='2.0'>", Format::Feed),
            ("a.xml", "<feed xmlns='http://www.w3.org/2005/Atom'>", Format::Feed),
            ("a.htm", "<p>x", Format::Html),
            ("a.md", "# x", Format::Markdown),
            ("a.csv", "doc_id,start_cp,end_cp,label\n", Format::Csv),
            ("a.csv", "العنوان,النص\n", Format::Table),
            ("a.tsv", "a\tb\n", Format::Table),
            ("a.json", "[{\"title\":1}]", Format::Json),
            ("a.json", "[{\"text\":\"x\"}]", Format::Json),
            ("a.json", "{\n  \"text\": \"x\"\n}", Format::Json),
            ("a.jsonl", "{\"body\":\"x\"}\n{\"body\":\"x\"}\n", Format::Json),
            ("a.jsonl", "{\"text\":\"broken\n{\"text\":\"x\"}\n", Format::Misam),
            ("notes", "قال", Format::Text),
        ] {
            assert_eq!(sniff(name, content.as_bytes()), Some(wanted), "{content}");
        }
        assert_eq!(sniff("a.zip", b"PK\x03\x04"), None);
        assert_eq!(sniff("a.docx", b"PK\x03\x04"), Some(Format::Docx), "damaged, as its reader says");
        assert_eq!(sniff("a.xml", b"<unknown/>"), None);
        let long = |rest: &str| format!("{{\"text\":\"{}\",{rest}}}", "x".repeat(3 * PART));
        let told = |record: &str| sniff("a.json", record.as_bytes());
        assert_eq!(told(&long(r#""denotations":[]"#)), Some(Format::PubAnnotation));
        // The keys that tell stand neither in the beginning nor at the end.
        let spans = r#"{"start":0,"end":1,"label":"LOC"},"#.repeat(5_000);
        let record = long(&format!("\"spans\":[{}]", spans.trim_end_matches(',')));
        assert_eq!(told(&record), Some(Format::Misam));
        assert!(is_enough_to_tell(record.as_bytes()) && !is_enough_to_tell(&record.as_bytes()[..2 * PART]));
        assert!(is_enough_to_tell("قال".as_bytes()) && is_enough_to_tell(&vec![b'{'; MOST]));
        let nested = r#"{"text":"x","meta":{"label":"a","labels":[],"answer":1},"spans":[]}"#;
        assert_eq!(told(nested), Some(Format::Misam), "keys of the metadata tell nothing");
    }

    #[test]
    fn what_speaks_for_a_format_is_said() {
        let evidence =
            |name: &str, content: &str| examine(name, content.as_bytes()).map(|sniffed| sniffed.evidence);
        let keys = vec!["annotation_sets"];
        assert_eq!(evidence("a.json", r#"{"annotation_sets":{}}"#), Some(Evidence::Keys { keys }));
        assert_eq!(evidence("a.xml", "<TEI/>"), Some(Evidence::Beginning { mark: "TEI" }));
        assert_eq!(evidence("a.txt", "قال"), Some(Evidence::Extension { extension: "txt".to_owned() }));
        let files = ["a.txt", "b.ann", "annotation.conf"].map(|name| (name.to_owned(), Vec::new()));
        let evidence = Evidence::File { name: "b.ann".to_owned() };
        assert_eq!(examine_folder(&files.into()), Some(Sniffed { format: Format::Brat, evidence }));
    }
}
