//! TEI P5, stand-off: the text in one `<ab>`, and over it `<span>`s that point into it by `string-range`, in code points.
//!
//! What TEI has no word for is JSON in notes of the type `misam`, and in `<xenoData>` of the header. Of other files also
//! names marked in the text itself (`persName`, `placeName`, `rs` …) are read.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::capacity::Capacity;
use super::draft::{Draft, DraftSpan, relation};
use super::file_each::FileEach;
use super::jsonl::{WriteError, place};
use super::problem::Problems;
use super::xmi::fit_characters;
use super::xml::{self, Element, Node};
use super::{Losses, Outcome, ProblemKind, ReadOptions, Reading, carry, json, whole_file};
use crate::annotation::Document;
use crate::schema::LabelCode;

const CAPACITY: Capacity = Capacity {
    span: &[
        "id",
        "origin",
        "confidence",
        "alternative",
        "source",
        "reason",
        "fragments",
        "attributes",
        "normalized",
        "note",
        "extra",
    ],
    record: &["rejected", "relations", "events", "status", "annotator", "schema", "meta", "extra"],
};

/// The name of the element that holds the text.
const TEXT: &str = "text";

/// Elements that mark a name or the like in the text.
const NAMES: [&str; 14] = [
    "persName",
    "placeName",
    "orgName",
    "geogName",
    "name",
    "rs",
    "date",
    "time",
    "num",
    "measure",
    "settlement",
    "country",
    "region",
    "term",
];

/// The document as a file can hold it.
pub(super) fn fit(document: &Document, losses: &mut Losses) -> Document {
    let mut fitted = CAPACITY.fit(document, losses);
    fit_characters(&mut fitted, losses);
    fitted
}

/// Reads a file with one article.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let document = whole_file::xml(bytes, &mut problems)
        .and_then(|root| article(&root, &mut problems))
        .and_then(|draft| draft.finish(options, &mut problems));
    vec![Reading { line: None, document, problems: problems.into_vec() }]
}

/// The text of a file while it is put together.
#[derive(Default)]
struct Body {
    text: String,
    length: u64,
    /// Where the elements with names begin, in code points.
    begins: HashMap<String, u64>,
    spans: Vec<DraftSpan>,
}

impl Body {
    fn take(&mut self, element: &Element) {
        let start = self.length;
        if let Some(id) = element.attribute("xml:id") {
            self.begins.insert(id.to_owned(), start);
        }
        for node in &element.children {
            match node {
                Node::Text(text) => {
                    self.text.push_str(text);
                    self.length += text.chars().count() as u64;
                }
                Node::Element(inside) if inside.local() == "note" => {}
                Node::Element(inside) => self.take(inside),
            }
        }
        if NAMES.contains(&element.local()) && self.length > start {
            let kind = element.attribute("type").filter(|_| matches!(element.local(), "rs" | "name"));
            let label = kind.unwrap_or(element.local());
            let mut span = DraftSpan::new(element.local(), start, self.length, label);
            span.line = Some(element.line);
            let known = ["xml:id", "type"];
            let attributes = element
                .attributes
                .iter()
                .filter(|(name, _)| !known.contains(&name.as_str()) || (name == "type" && kind.is_none()));
            let attributes: Map<String, Value> =
                attributes.map(|(name, value)| (name.clone(), value.as_str().into())).collect();
            if !attributes.is_empty() {
                span.details.insert("attributes".to_owned(), Value::Object(attributes));
            }
            self.spans.push(span);
        }
    }
}

fn article(root: &Element, problems: &mut Problems) -> Option<Draft> {
    let text = root.elements().find(|element| element.local() == "text");
    let Some(text) = text.filter(|_| root.local() == "TEI") else {
        let found = root.elements().map(Element::local).collect::<Vec<_>>().join(" ");
        let kind =
            ProblemKind::Malformed { expected: "TEI text", found: format!("{} {found}", root.local()) };
        problems.say("", kind, Outcome::FileLeftOut);
        return None;
    };
    let mut body = Body::default();
    body.take(text);
    let mut draft = Draft::new(body.text);
    draft.spans = body.spans;
    // Labels may be named by categories of the header.
    let mut categories: HashMap<&str, String> = HashMap::new();
    for element in root.descendants() {
        match element.local() {
            "category" => {
                if let Some(id) = element.attribute("xml:id") {
                    let description = element.elements().find(|inside| inside.local() == "catDesc");
                    categories.insert(id, description.map_or_else(|| id.to_owned(), plain));
                }
            }
            "xenoData" if element.attribute("type") == Some(carry::KEY) => {
                // Misam's own files need no evidence of what they count.
                draft.is_declared = true;
                draft.details = carried(element, problems);
                draft.details_path = "xenoData".to_owned();
            }
            _ => {}
        }
    }
    let id = draft.details.shift_remove("id").and_then(|id| id.as_str().map(str::to_owned));
    draft.id = id.map(Into::into);
    let header = root.elements().find(|element| element.local() == "teiHeader");
    let title = header.and_then(|header| header.descendants().find(|element| element.local() == "title"));
    if let Some(title) = title.map(plain).filter(|title| !title.trim().is_empty() && draft.id.is_none()) {
        draft.details.insert("meta".to_owned(), serde_json::json!({"title": title}));
    }
    let mut names: HashMap<String, String> = HashMap::new();
    for (n, element) in root.descendants().filter(|element| is_standoff_span(element)).enumerate() {
        if let Some(mut span) = standoff(element, &body.begins, &categories, problems) {
            let id = span.details.shift_remove("id").and_then(|id| id.as_str().map(str::to_owned));
            let id = id.or_else(|| element.attribute("xml:id").map(str::to_owned));
            let id = id.unwrap_or_else(|| format!("s{}", n + 1));
            if let Some(name) = element.attribute("xml:id") {
                names.insert(name.to_owned(), id.clone());
            }
            span.id = Some(id.into());
            draft.spans.push(span);
        }
    }
    for element in root.descendants().filter(|element| element.local() == "link") {
        let targets = element.attribute("target").unwrap_or_default();
        let ends: Vec<&str> = targets
            .split_whitespace()
            .map(|target| target.trim_start_matches('#'))
            .map(|target| names.get(target).map_or(target, String::as_str))
            .collect();
        match ends[..] {
            [head, tail] => {
                let kind = element.attribute("type").unwrap_or("link");
                draft.relations.push(relation(element.attribute("n"), kind, head, tail));
            }
            _ => {
                problems.at_line(Some(element.line));
                problems.say(
                    "link",
                    ProblemKind::NoPlace { found: targets.to_owned() },
                    Outcome::EntryLeftOut,
                );
                problems.at_line(None);
            }
        }
    }
    Some(draft)
}

fn is_standoff_span(element: &Element) -> bool {
    element.local() == "span" && element.attribute("target").is_some()
}

/// The text right inside an element.
fn plain(element: &Element) -> String {
    let texts = element.children.iter().filter_map(|node| match node {
        Node::Text(text) => Some(text.as_str()),
        Node::Element(_) => None,
    });
    texts.collect()
}

fn carried(element: &Element, problems: &mut Problems) -> Map<String, Value> {
    match json::parse(&plain(element)) {
        Ok(json::Parsed { value: Value::Object(map), .. }) => map,
        Ok(_) => Map::new(),
        Err(kind) => {
            problems.at_line(Some(element.line));
            problems.say(element.local(), kind, Outcome::FieldLeftOut);
            problems.at_line(None);
            Map::new()
        }
    }
}

fn standoff(
    element: &Element,
    begins: &HashMap<String, u64>,
    categories: &HashMap<&str, String>,
    problems: &mut Problems,
) -> Option<DraftSpan> {
    let target = element.attribute("target").unwrap_or_default();
    let Some(pieces) = string_range(target, begins) else {
        problems.at_line(Some(element.line));
        let kind =
            ProblemKind::Malformed { expected: "#string-range(ID,OFFSET,LENGTH)", found: target.to_owned() };
        problems.say("span.target", kind, Outcome::EntryLeftOut);
        problems.at_line(None);
        return None;
    };
    let label = element.attribute("ana").or_else(|| element.attribute("type")).unwrap_or("span");
    let label = label.trim_start_matches('#');
    let label = categories.get(label).map_or(label, String::as_str);
    let (start, end) = (pieces.first()?.0, pieces.last()?.1);
    let mut span = DraftSpan::new("span", start, end, label);
    span.line = Some(element.line);
    if pieces.len() > 1 {
        span.fragments = pieces;
    } else {
        // White space in a quotation may be the file's and not the text's.
        span.surface =
            Some(plain(element)).filter(|text| !text.is_empty() && !text.contains(char::is_whitespace));
    }
    let note = element
        .elements()
        .find(|inside| inside.local() == "note" && inside.attribute("type") == Some(carry::KEY));
    if let Some(note) = note {
        span.details = carried(note, problems);
    }
    Some(span)
}

/// The stretches of `#string-range(ID,OFFSET,LENGTH,…)`, in order.
fn string_range(target: &str, begins: &HashMap<String, u64>) -> Option<Vec<(u64, u64)>> {
    let inside = target.trim().trim_start_matches('#').strip_prefix("string-range(")?.strip_suffix(')')?;
    let mut parts = inside.split(',').map(str::trim);
    let base = *begins.get(parts.next()?.trim_start_matches('#'))?;
    let numbers = parts.map(|part| part.parse().ok()).collect::<Option<Vec<u64>>>()?;
    let pieces = numbers.chunks(2).map(|pair| match *pair {
        [offset, length] => Some((base.checked_add(offset)?, base.checked_add(offset)?.checked_add(length)?)),
        _ => None,
    });
    let pieces = pieces.collect::<Option<Vec<_>>>()?;
    (!pieces.is_empty()).then_some(pieces)
}

/// Writes one file a document.
#[must_use]
pub fn writer() -> FileEach {
    FileEach::new("xml", |document, losses| {
        let document = fit(document, losses);
        Ok(file(&document)?.into_bytes())
    })
}

/// JSON between tags. Characters that XML cannot write, JSON can name.
fn json_content(map: Map<String, Value>) -> String {
    xml::content(
        &Value::Object(map).to_string().replace('\u{FFFE}', "\\ufffe").replace('\u{FFFF}', "\\uffff"),
    )
}

fn file(document: &Document) -> Result<String, WriteError> {
    let labels: BTreeSet<&LabelCode> = document.spans.iter().map(|span| &span.label).collect();
    let numbers: BTreeMap<&LabelCode, usize> = labels.into_iter().zip(1..).collect();
    let mut details = Map::from_iter([("id".to_owned(), document.id.as_str().into())]);
    details.extend(carry::record(document, &[])?);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n",
    );
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "  <teiHeader>\n    <fileDesc>\n      <titleStmt><title>{}</title></titleStmt>\n      \
         <publicationStmt><p/></publicationStmt>\n      <sourceDesc><p/></sourceDesc>\n    </fileDesc>\n",
        xml::content(document.title())
    );
    if !numbers.is_empty() {
        out.push_str("    <encodingDesc>\n      <classDecl>\n        <taxonomy>\n");
        for (label, n) in &numbers {
            let label = xml::content(label.as_str());
            let _ = writeln!(
                out,
                "          <category xml:id=\"label{n}\"><catDesc>{label}</catDesc></category>"
            );
        }
        out.push_str("        </taxonomy>\n      </classDecl>\n    </encodingDesc>\n");
    }
    let _ = write!(
        out,
        "    <xenoData type=\"{}\">{}</xenoData>\n  </teiHeader>\n  <standOff>\n",
        carry::KEY,
        json_content(details)
    );
    let mut names: HashMap<&str, String> = HashMap::new();
    if !document.spans.is_empty() {
        out.push_str("    <spanGrp type=\"entities\">\n");
    }
    for (n, span) in document.spans.iter().enumerate() {
        let name = format!("span{}", n + 1);
        let whole = [span.range];
        let pieces = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
        let mut range = String::new();
        let mut quoted = Vec::with_capacity(pieces.len());
        for &piece in pieces {
            let (start, end, surface) = place(&document.text, piece)
                .ok_or_else(|| WriteError::Span { document: document.id.clone(), span: span.id.clone() })?;
            let _ = write!(range, ",{start},{}", end - start);
            quoted.push(surface);
        }
        let label = numbers.get(&span.label).copied().unwrap_or_default();
        let _ = writeln!(
            out,
            "      <span xml:id=\"{name}\" ana=\"#label{label}\" target=\"#string-range({TEXT}{range})\">{}\
             <note type=\"{}\">{}</note></span>",
            xml::content(&quoted.join(" ")),
            carry::KEY,
            json_content(carry::span(document, span, &[])?)
        );
        names.insert(span.id.as_str(), name);
    }
    if !document.spans.is_empty() {
        out.push_str("    </spanGrp>\n");
    }
    if !document.relations.is_empty() {
        out.push_str("    <linkGrp type=\"relations\">\n");
        for relation in &document.relations {
            let part = |key: &str| relation.get(key).and_then(Value::as_str).unwrap_or_default();
            let end = |key: &str| names.get(part(key)).map_or("", String::as_str);
            let id = relation.get("id").and_then(Value::as_str);
            let id = id.map(|id| format!(" n=\"{}\"", xml::attribute(id))).unwrap_or_default();
            let kind = xml::attribute(part("type"));
            let _ = writeln!(
                out,
                "      <link type=\"{kind}\"{id} target=\"#{} #{}\"/>",
                end("head"),
                end("tail")
            );
        }
        out.push_str("    </linkGrp>\n");
    }
    let _ = write!(
        out,
        "  </standOff>\n  <text><body><ab xml:id=\"{TEXT}\" xml:space=\"preserve\">{}</ab></body></text>\n</TEI>\n",
        xml::content(document.text.as_str())
    );
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::draft::testing::surfaces;

    fn read(file: &str) -> Reading {
        read_file(file.as_bytes(), &ReadOptions::for_file("a.xml")).remove(0)
    }

    #[test]
    fn names_in_the_text_and_beside_it_are_read() {
        let reading = read(
            "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>خبر</title></titleStmt></fileDesc></teiHeader>\
             <standOff><spanGrp><span ana=\"#DATE\" target=\"#string-range(p1,12,3)\">غدا</span>\n\
             <span ana=\"#X\" target=\"#xpath1(//p)\"/></spanGrp></standOff>\
             <text><body><p xml:id=\"p1\">زار <persName ref=\"#U\">عمر</persName> <rs type=\"city\">عدن</rs> غدا</p></body></text></TEI>",
        );
        let document = reading.document.unwrap();
        let found = surfaces(&document);
        let wanted = [("persName", "عمر"), ("city", "عدن"), ("DATE", "غدا")];
        assert_eq!(found, wanted.map(|(label, surface)| (label.to_owned(), surface.to_owned())));
        assert_eq!((&document.meta["title"], document.id.as_str()), (&"خبر".into(), "a"));
        assert_eq!((reading.problems.len(), reading.problems[0].line), (1, Some(2)));
    }

    #[test]
    fn what_is_no_tei_is_refused() {
        assert!(matches!(read("<html/>").problems[0].kind, ProblemKind::Malformed { .. }));
    }
}
