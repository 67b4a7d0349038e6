//! Which format a file is in, by what it begins with and what it is called, and what speaks for it.

use serde::Serialize;

use super::Format;
use super::archive::Files;
use super::columns::sniff_columns;
use super::encoding::UTF8_MARK;

/// How much of the beginning and of the end of a file is looked at, in bytes.
const PART: usize = 64 * 1024;

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
    /// A file among those of an archive or a folder.
    File {
        /// Its name.
        name: String,
    },
}

/// The format of a file, from its name and its first bytes (some kilobytes are enough). `None` if nothing speaks for
/// any.
#[must_use]
pub fn sniff(name: &str, beginning: &[u8]) -> Option<Format> {
    examine(name, beginning).map(|sniffed| sniffed.format)
}

/// The format of a file and what speaks for it.
#[must_use]
pub fn examine(name: &str, beginning: &[u8]) -> Option<Sniffed> {
    by_content(beginning).or_else(|| by_name(name))
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
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    let beginning = &bytes[..bytes.len().min(PART)];
    let mut text = String::from_utf8_lossy(beginning).into_owned();
    // In one JSON object the keys that tell may stand behind a long text.
    text.push_str(&String::from_utf8_lossy(&bytes[beginning.len().max(bytes.len().saturating_sub(PART))..]));
    let text = text.trim_start();
    if is_json(text) {
        return Some(json(text));
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
    } else {
        let is_nested = sniff_columns(text)?;
        begins(if is_nested { Format::Wojood } else { Format::Conll }, "B- I- O")
    }
}

/// True if it begins as records do. Articles begin with brackets, too: «[خاص] …».
fn is_json(text: &str) -> bool {
    let after = |open: char, next: &[char]| {
        text.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(next))
    };
    after('{', &['"', '}']) || after('[', &['{', '['])
}

/// By the keys that only one format has. A JSON object with a text and nothing else known is a record to complete.
fn json(text: &str) -> Sniffed {
    let keys = |names: &[&str]| {
        names.iter().all(|name| {
            let quoted = format!("\"{name}\"");
            text.match_indices(&quoted).any(|(at, _)| text[at + quoted.len()..].trim_start().starts_with(':'))
        })
    };
    let native = text.lines().next().is_some_and(|line| {
        let start: String = line.chars().filter(|c| !c.is_whitespace()).take(24).collect();
        start.starts_with("{\"format\":\"misam/")
    });
    let of_keys =
        |format, keys: &[&'static str]| Sniffed { format, evidence: Evidence::Keys { keys: keys.to_vec() } };
    if native {
        return of_keys(Format::Misam, &["format"]);
    }
    let rows: [(&[&'static str], Format); 13] = [
        (&["%FEATURE_STRUCTURES"], Format::CasJson),
        (&["annotation_sets"], Format::Bdoc),
        (&["@context"], Format::W3c),
        (&["denotations"], Format::PubAnnotation),
        (&["tokens", "ner_tags"], Format::Hf),
        (&["data", "annotations", "result"], Format::LabelStudio),
        (&["data", "predictions", "result"], Format::LabelStudio),
        (&["_input_hash"], Format::Prodigy),
        (&["spans", "answer"], Format::Prodigy),
        (&["spans", "token_start"], Format::Prodigy),
        (&["start_offset"], Format::Doccano),
        (&["labels", "text"], Format::Doccano),
        (&["label", "data"], Format::Doccano),
    ];
    if let Some((names, format)) = rows.into_iter().find(|(names, _)| keys(names)) {
        return of_keys(format, names);
    }
    let doccano = ["label", "text"];
    if keys(&doccano) && !keys(&["spans"]) && !keys(&["entities"]) {
        of_keys(Format::Doccano, &doccano)
    } else {
        of_keys(Format::Misam, &["text"])
    }
}

fn by_name(name: &str) -> Option<Sniffed> {
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let format = match extension.as_str() {
        "jsonl" | "ndjson" => Format::Misam,
        "txt" => Format::Text,
        "spacy" => Format::DocBin,
        "conll" | "bio" | "iob" => Format::Conll,
        "ann" => Format::Brat,
        "xmi" => Format::Xmi,
        "csv" => Format::Csv,
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
        assert_eq!(sniff("a.docx", b"PK"), None);
        let long = format!("{{\"text\":\"{}\",\"denotations\":[]}}", "x".repeat(3 * PART));
        assert_eq!(sniff("a.json", long.as_bytes()), Some(Format::PubAnnotation));
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
