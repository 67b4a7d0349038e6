//! Which format a file is in, by what it begins with and what it is called.

use super::Format;
use super::columns::sniff_columns;
use super::encoding::UTF8_MARK;

/// The format of a file, from its name and its first bytes (a few kilobytes are enough). `None` if nothing speaks for
/// any.
#[must_use]
pub fn sniff(name: &str, beginning: &[u8]) -> Option<Format> {
    by_content(beginning).or_else(|| by_name(name))
}

fn by_content(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(&[0x78, 0x9C]) {
        return Some(Format::DocBin);
    }
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    let bytes = &bytes[..bytes.len().min(64 * 1024)];
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start();
    if is_json(text) {
        return Some(json(text));
    }
    let has = |needle: &str| text.contains(needle);
    if text.starts_with("#FORMAT=WebAnno TSV") {
        Some(Format::WebannoTsv)
    } else if text.starts_with("-DOCSTART-") {
        Some(Format::Conll)
    } else if text.starts_with('<') && has("xmi:XMI") {
        Some(Format::Xmi)
    } else if text.starts_with('<') && has("<TEI") {
        Some(Format::Tei)
    } else {
        sniff_columns(text).map(|is_nested| if is_nested { Format::Wojood } else { Format::Conll })
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
fn json(text: &str) -> Format {
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
    if native {
        return Format::Misam;
    }
    let rows: [(&[&str], Format); 13] = [
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
    let known = rows.into_iter().find(|(names, _)| keys(names)).map(|(_, format)| format);
    known.unwrap_or_else(|| {
        let doccano = keys(&["label", "text"]) && !keys(&["spans"]) && !keys(&["entities"]);
        if doccano { Format::Doccano } else { Format::Misam }
    })
}

fn by_name(name: &str) -> Option<Format> {
    let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
    Some(match extension.as_str() {
        "jsonl" | "ndjson" => Format::Misam,
        "txt" => Format::Text,
        "spacy" => Format::DocBin,
        "conll" | "bio" | "iob" => Format::Conll,
        "ann" => Format::Brat,
        "xmi" => Format::Xmi,
        "csv" => Format::Csv,
        "bdocjs" => Format::Bdoc,
        _ => return None,
    })
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
    }
}
