//! Rows as an article.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::unescape;
use crate::formats::draft::{Draft, DraftSpan, relation, say_convention};
use crate::formats::place::{Convention, Offsets, Stated};
use crate::formats::problem::Problems;
use crate::formats::{OffsetUnit, Outcome, ProblemKind, ReadOptions, Reading, whole_file};
use crate::text::SourceText;

/// Layers of INCEpTION that say something of every token: they hold no labels of spans.
const OF_TOKENS: [&str; 6] = [
    "lexmorph.type.pos.POS",
    "lexmorph.type.morph.MorphologicalFeatures",
    "segmentation.type.Lemma",
    "segmentation.type.Stem",
    "segmentation.type.Token",
    "segmentation.type.SurfaceForm",
];

/// Features that hold a label, the likelier ones first.
const LABELS: [&str; 5] = ["value", "label", "type", "category", "tag"];

/// So many spaces are put between the sentences of a file, all together. No article has gaps of a million characters;
/// a broken offset may say so, and a file that does so line for line would make gigabytes of them.
const MOST_GAPS: u64 = 1 << 20;

/// Reads a file of version 3.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut problems = Problems::new(&options.file, None);
    let document = whole_file::text(bytes, &mut problems)
        .and_then(|file| Sheet::new(file, &mut problems))
        .and_then(|sheet| sheet.into_draft(&mut problems).finish(options, &mut problems));
    vec![Reading { line: None, document, problems: problems.into_vec() }]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LayerKind {
    Span,
    Relation,
    Chain,
}

struct Layer {
    kind: LayerKind,
    name: String,
    features: Vec<String>,
    /// The column of its first feature.
    first: usize,
}

impl Layer {
    /// The end of its name.
    fn short(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    fn is_of_tokens(&self) -> bool {
        OF_TOKENS.iter().any(|name| self.name.ends_with(name))
    }

    /// The feature that is the label of a span or the kind of a relation.
    fn label(&self) -> Option<usize> {
        let own = |name: &str| self.features.iter().position(|feature| feature == name);
        let plain = |feature: &String| {
            !feature.starts_with("ROLE_") && !feature.contains('.') && !feature.starts_with("BT_")
        };
        LABELS.iter().find_map(|name| own(name)).or_else(|| self.features.iter().position(plain))
    }
}

/// A row: a token or a part of one.
struct Row {
    line: u64,
    name: String,
    start: u64,
    end: u64,
    surface: String,
    cells: Vec<String>,
}

struct Sentence {
    text: String,
    rows: Vec<Row>,
}

struct Sheet {
    layers: Vec<Layer>,
    sentences: Vec<Sentence>,
}

impl Sheet {
    fn new(file: &str, problems: &mut Problems) -> Option<Self> {
        if !file.starts_with("#FORMAT=WebAnno TSV 3") {
            let found = crate::formats::place::shown(file.lines().next().unwrap_or_default());
            problems.at_line(Some(1));
            let kind = ProblemKind::Malformed { expected: "#FORMAT=WebAnno TSV 3.3", found };
            problems.say("", kind, Outcome::FileLeftOut);
            return None;
        }
        let mut sheet = Self { layers: Vec::new(), sentences: Vec::new() };
        let mut columns = 0;
        let mut in_rows = true;
        for (n, line) in file.split('\n').enumerate().skip(1) {
            // Before the first sentence there is only the header; of text, a carriage return is escaped.
            let line = line.strip_suffix('\r').unwrap_or(line);
            let number = n as u64 + 1;
            if sheet.sentences.is_empty()
                && let Some(layer) = layer(line, columns)
            {
                columns += layer.features.len().max(1);
                sheet.layers.push(layer);
            } else if let Some(text) = line.strip_prefix("#Text=") {
                if in_rows {
                    sheet.sentences.push(Sentence { text: String::new(), rows: Vec::new() });
                    in_rows = false;
                }
                if let Some(sentence) = sheet.sentences.last_mut() {
                    sentence.text.push_str(&unescape(text));
                    sentence.text.push('\n');
                }
            } else if line.is_empty() {
                in_rows = true;
            } else if line.starts_with('#') && !in_rows {
                // Other facts of a sentence, such as its name.
            } else if let Some(sentence) = sheet.sentences.last_mut()
                && let Some(row) = row(line, number, columns)
            {
                in_rows = true;
                sentence.rows.push(row);
            } else if !line.starts_with('#') {
                problems.at_line(Some(number));
                let found = crate::formats::place::shown(line);
                let expected = "1-1⇥START-END⇥TOKEN⇥…";
                problems.say("", ProblemKind::Malformed { expected, found }, Outcome::EntryLeftOut);
                problems.at_line(None);
            }
        }
        Some(sheet)
    }

    /// The text, as far as offsets in a unit tell it: gaps between sentences are spaces.
    fn text(&self, length: fn(&str) -> u64, problems: &mut Problems) -> String {
        let mut text = String::new();
        let mut at = 0;
        let mut room = MOST_GAPS;
        let mut is_told = false;
        for sentence in &self.sentences {
            if let Some(first) = sentence.rows.first() {
                // The first token begins the sentence, unless its row was none.
                let before = sentence.text.find(&first.surface).and_then(|at| sentence.text.get(..at));
                let start = first.start.saturating_sub(before.map_or(0, length));
                if at == start + 1 && text.ends_with('\n') {
                    text.pop();
                    at -= 1;
                }
                let gap = start.saturating_sub(at);
                if gap <= room {
                    room -= gap;
                    at += gap;
                    text.extend((0..gap).map(|_| ' '));
                } else if !is_told {
                    // Once will do: it may be so with each that follows.
                    is_told = true;
                    let stated = crate::formats::place::shown(&first.surface);
                    problems.at_line(Some(first.line));
                    let kind = ProblemKind::Moved { stated, from: start, to: text.chars().count() as u64 };
                    problems.say("", kind, Outcome::Repaired);
                    problems.at_line(None);
                }
            }
            text.push_str(&sentence.text);
            at += length(&sentence.text);
        }
        // The line feed behind the last line is the reader's, not the text's.
        text.pop();
        text
    }

    fn into_draft(self, problems: &mut Problems) -> Draft {
        let rows = || self.sentences.iter().flat_map(|sentence| &sentence.rows);
        // Tools that count code points give themselves away in the length of a token.
        let counts = |length: fn(&str) -> u64| {
            rows().all(|row| row.end.checked_sub(row.start) == Some(length(&row.surface)))
        };
        let utf16: fn(&str) -> u64 = |text| text.encode_utf16().count() as u64;
        let code_points: fn(&str) -> u64 = |text| text.chars().count() as u64;
        let by_code_points = !counts(utf16) && counts(code_points);
        let text = self.text(if by_code_points { code_points } else { utf16 }, problems);
        let expected = Convention::of(OffsetUnit::Utf16);
        let source = SourceText::from(text.as_str());
        let stated: Vec<_> = rows()
            .map(|row| Stated { start: row.start, end: row.end, surface: Some(&row.surface) })
            .collect();
        let convention = Offsets::new(&source).detect(&stated, expected);
        say_convention(convention, expected, problems);
        let mut draft = Draft::new(text);
        draft.expected = convention;
        draft.is_declared = true;
        self.annotations(&mut draft, problems);
        draft
    }

    fn annotations(&self, draft: &mut Draft, problems: &mut Problems) {
        let mut taken = Annotations::default();
        let mut unplaced = BTreeSet::new();
        let rows: Vec<&Row> = self.sentences.iter().flat_map(|sentence| &sentence.rows).collect();
        for layer in self.layers.iter().filter(|layer| layer.kind == LayerKind::Span) {
            for row in &rows {
                if layer.is_of_tokens() {
                    if row.values(layer.first).next().is_some() {
                        unplaced.insert(layer.short().to_owned());
                    }
                } else {
                    taken.take(layer, row);
                }
            }
        }
        let mut relations = Vec::new();
        for layer in &self.layers {
            match layer.kind {
                LayerKind::Span => {}
                LayerKind::Relation => {
                    for row in &rows {
                        taken.relations(layer, row, &mut relations, problems);
                    }
                }
                LayerKind::Chain => {
                    if rows.iter().any(|row| row.values(layer.first).next().is_some()) {
                        unplaced.insert(layer.short().to_owned());
                    }
                }
            }
        }
        for found in unplaced {
            problems.say("", ProblemKind::NoPlace { found }, Outcome::FieldLeftOut);
        }
        draft.relations = relations;
        draft.spans = taken.spans;
    }
}

fn layer(line: &str, first: usize) -> Option<Layer> {
    let kinds = [("#T_SP=", LayerKind::Span), ("#T_RL=", LayerKind::Relation), ("#T_CH=", LayerKind::Chain)];
    let (rest, kind) = kinds.into_iter().find_map(|(mark, kind)| Some((line.strip_prefix(mark)?, kind)))?;
    let mut parts = rest.split('|').map(str::to_owned);
    let name = parts.next()?;
    Some(Layer { kind, name, features: parts.filter(|part| !part.is_empty()).collect(), first })
}

fn row(line: &str, number: u64, columns: usize) -> Option<Row> {
    let mut fields = line.split('\t');
    let name = fields.next()?.to_owned();
    let (start, end) = fields.next()?.split_once('-')?;
    let surface = fields.next()?.to_owned();
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    let mut cells: Vec<String> = fields.map(str::to_owned).collect();
    (cells.len() >= columns).then(|| {
        cells.truncate(columns);
        Row { line: number, name, start, end, surface, cells }
    })
}

/// A value of a cell: the text, and the number behind it in brackets.
struct Stacked<'r> {
    text: &'r str,
    suffix: Option<&'r str>,
}

impl Row {
    /// The values stacked in a column.
    fn values(&self, column: usize) -> impl Iterator<Item = Stacked<'_>> {
        let cell = self.cells.get(column).map_or("_", String::as_str);
        let stacked = if cell == "_" { Vec::new() } else { split_unescaped(cell, '|') };
        stacked.into_iter().map(|value| {
            let open = value.strip_suffix(']').filter(|rest| !is_escaped(rest)).and_then(|rest| {
                let at = rest.rfind('[')?;
                (!is_escaped(&rest[..at])).then_some((&rest[..at], &rest[at + 1..]))
            });
            match open {
                Some((text, suffix)) => Stacked { text, suffix: Some(suffix) },
                None => Stacked { text: value, suffix: None },
            }
        })
    }
}

/// True if what follows is escaped.
fn is_escaped(before: &str) -> bool {
    before.bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1
}

fn split_unescaped(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(separator) {
        if !is_escaped(&text[..at]) {
            parts.push(&text[start..at]);
            start = at + separator.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// The spans found so far, and how rows call them.
#[derive(Default)]
struct Annotations {
    spans: Vec<DraftSpan>,
    /// By layer and number.
    numbered: HashMap<(String, String), usize>,
    /// By layer, row and place in the stack.
    at: HashMap<(String, String, usize), usize>,
}

impl Annotations {
    /// Takes the spans of a layer on a row.
    fn take(&mut self, layer: &Layer, row: &Row) {
        let label = layer.label();
        let columns: Vec<Vec<Stacked<'_>>> =
            (0..layer.features.len().max(1)).map(|n| row.values(layer.first + n).collect()).collect();
        let depth = columns.iter().map(Vec::len).max().unwrap_or(0);
        for stack in 0..depth {
            let value = |column: usize| columns.get(column).and_then(|values| values.get(stack));
            let number = (0..columns.len()).find_map(|column| value(column)?.suffix);
            let key = number.map(|number| (layer.name.clone(), number.to_owned()));
            if let Some(&known) = key.as_ref().and_then(|key| self.numbered.get(key)) {
                if let Some(span) = self.spans.get_mut(known) {
                    span.end = row.end;
                    span.surface = None;
                }
                self.at.insert((layer.name.clone(), row.name.clone(), stack), known);
                continue;
            }
            let text =
                |column: usize| value(column).map(|v| v.text).filter(|text| !matches!(*text, "*" | "_"));
            let name = label.and_then(text).map_or_else(|| layer.short().to_owned(), unescape);
            let mut span = DraftSpan::new("", row.start, row.end, name);
            span.line = Some(row.line);
            span.id = Some(format!("s{}", self.spans.len() + 1).into());
            span.surface = Some(row.surface.clone());
            let mut attributes = Map::new();
            for (column, feature) in layer.features.iter().enumerate().filter(|(n, _)| Some(*n) != label) {
                if let Some(text) = text(column) {
                    attributes.insert(feature.clone(), unescape(text).into());
                }
            }
            if !attributes.is_empty() {
                span.details.insert("attributes".to_owned(), Value::Object(attributes));
            }
            if let Some(key) = key {
                self.numbered.insert(key, self.spans.len());
            }
            self.at.insert((layer.name.clone(), row.name.clone(), stack), self.spans.len());
            self.spans.push(span);
        }
    }

    /// Takes the relations of a layer that lead to a row.
    fn relations(&self, layer: &Layer, row: &Row, found: &mut Vec<Value>, problems: &mut Problems) {
        let base = layer.features.iter().position(|feature| feature.starts_with("BT_"));
        let Some(base_column) = base else { return };
        let base =
            layer.features.get(base_column).and_then(|name| name.strip_prefix("BT_")).unwrap_or_default();
        let label = layer.label().filter(|&label| label != base_column);
        for (stack, source) in row.values(layer.first + base_column).enumerate() {
            let numbers = source.suffix.and_then(|suffix| suffix.split_once('_'));
            let end = |row: &str, number: Option<&str>| {
                let by_number = number
                    .filter(|number| *number != "0")
                    .and_then(|number| self.numbered.get(&(base.to_owned(), number.to_owned())));
                let index = by_number.or_else(|| self.at.get(&(base.to_owned(), row.to_owned(), 0)))?;
                self.spans.get(*index)?.id.clone()
            };
            let head = end(source.text, numbers.map(|(source, _)| source));
            let tail = end(&row.name, numbers.map(|(_, target)| target));
            let kind = label.and_then(|column| row.values(layer.first + column).nth(stack));
            let kind = kind.map(|kind| unescape(kind.text)).filter(|kind| kind != "*");
            match (head, tail) {
                (Some(head), Some(tail)) => {
                    let kind = kind.unwrap_or_else(|| layer.short().to_owned());
                    found.push(relation(None, &kind, &head, &tail));
                }
                _ => {
                    problems.at_line(Some(row.line));
                    let kind = ProblemKind::UnknownSpan { id: source.text.to_owned() };
                    problems.say("", kind, Outcome::EntryLeftOut);
                    problems.at_line(None);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Document;
    use crate::formats::draft::testing::surfaces;

    fn read(file: &str) -> (Document, Vec<crate::formats::Problem>) {
        let reading = read_file(file.as_bytes(), &ReadOptions::for_file("a.tsv")).remove(0);
        (reading.document.unwrap(), reading.problems)
    }

    const HEADER: &str = "#FORMAT=WebAnno TSV 3.3\n\
        #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n";

    #[test]
    fn nested_stacked_and_partial_spans_come_back() {
        let (document, problems) = read(&format!(
            "{HEADER}\n\n#Text=قال أمين عام الجامعة العربية.\n1-1\t0-3\tقال\t_\t_\t\n1-2\t4-8\tأمين\t*[1]\tOCC[1]\t\n\
             1-3\t9-12\tعام\t*[1]\tOCC[1]\t\n1-4\t13-20\tالجامعة\t*[1]|*[2]\tOCC[1]|ORG[2]\t\n\
             1-5\t21-28\tالعربية\t*[1]|*[2]|http://x/Q1\tOCC[1]|ORG[2]|A\\_B\t\n1-6\t28-29\t.\t_\t_\t\n\n\
             #Text=وصل وبالقاهرة\n2-1\t30-33\tوصل\t_\t_\t\n2-2\t34-43\tوبالقاهرة\t_\t_\t\n2-2.1\t36-43\tالقاهرة\t*\tGPE\t\n"
        ));
        assert_eq!(problems, []);
        assert_eq!(document.text.as_str(), "قال أمين عام الجامعة العربية.\nوصل وبالقاهرة");
        let found = surfaces(&document);
        let wanted = [
            ("OCC", "أمين عام الجامعة العربية"),
            ("ORG", "الجامعة العربية"),
            ("A_B", "العربية"),
            ("GPE", "القاهرة"),
        ];
        assert_eq!(found, wanted.map(|(label, surface)| (label.to_owned(), surface.to_owned())));
        let iri = document.spans.iter().find(|span| span.label.as_str() == "A_B").unwrap();
        assert_eq!(iri.attributes["identifier"], "http://x/Q1");
    }

    #[test]
    fn relations_and_other_layers_are_told_apart() {
        let (document, problems) = read(
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|label\n\
             #T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\n\
             #T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span\n\n\n\
             #Text=a b\n1-1\t0-1\ta\tX\tN\t_\t_\t\n1-2\t2-3\tb\tY\tN\tvisited\t1-1\t\n",
        );
        assert_eq!(document.relations, [relation(None, "visited", "s1", "s2")]);
        assert!(matches!(&problems[..], [p] if p.kind == ProblemKind::NoPlace { found: "POS".to_owned() }));
    }

    #[test]
    fn code_points_are_told_from_utf16_by_the_tokens() {
        for (rows, problems) in [
            ("1-1\t0-2\t😊\t_\t_\t\n1-2\t3-6\tزار\t*\tX\t\n", 0),
            ("1-1\t0-1\t😊\t_\t_\t\n1-2\t2-5\tزار\t*\tX\t\n", 1),
        ] {
            let (document, said) = read(&format!("{HEADER}\n\n#Text=😊 زار\n{rows}"));
            assert_eq!(said.len(), problems);
            assert_eq!(surfaces(&document), [("X".to_owned(), "زار".to_owned())]);
        }
    }

    #[test]
    fn a_row_that_is_none_has_its_line() {
        let (document, problems) =
            read(&format!("{HEADER}\n\n#Text=زار عمر\n1-1\tx\tزار\t_\t_\t\n1-2\t4-7\tعمر\t*\tPER\t\n"));
        assert_eq!((problems.len(), problems[0].line), (1, Some(6)));
        assert_eq!(document.spans.len(), 1);
        let other = read_file(b"#FORMAT=WebAnno TSV 2\n", &ReadOptions::for_file("a.tsv"));
        assert_eq!(other[0].document, None);
    }
}
