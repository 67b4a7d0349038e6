//! An article as rows.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde_json::Value;

use super::layout::{Layout, Unit};
use super::{LAYER, RELATION_LAYER, escape_text, escape_value};
use crate::annotation::{Document, Span, SpanId};
use crate::formats::capacity::{Capacity, rename};
use crate::formats::draft::relation;
use crate::formats::file_names::{FileNames, fit_name};
use crate::formats::jsonl::WriteError;
use crate::formats::{DocumentWriter, ExportError, Loss, Losses, Output};
use crate::text::{ByteRange, SourceText, Utf16Offset};

const CAPACITY: Capacity = Capacity { span: &[], record: &["relations"] };

/// The document as a file holds it.
pub(in crate::formats) fn fit(document: &Document, losses: &mut Losses) -> Document {
    let mut fitted = CAPACITY.fit(document, losses);
    fit_name(&mut fitted, losses);
    fit_beginning(&mut fitted, losses);
    let spans: Vec<&Span> = fitted.spans.iter().map(AsRef::as_ref).collect();
    let layout = Layout::new(&fitted.text, &spans);
    let id = &document.id;
    let mut kept = Vec::with_capacity(spans.len());
    for (span, units) in spans.iter().zip(&layout.spans) {
        let unit = |at: Option<&usize>| layout.units.get(*at?);
        let (Some(first), Some(last)) = (unit(units.first()), unit(units.last())) else {
            losses.say(id, Loss::Span { label: span.label.clone() });
            continue;
        };
        let range = ByteRange { start: first.range.start, end: last.range.end };
        if range != span.range {
            losses.say(id, Loss::Field { field: "spans[].start" });
        }
        kept.push(Span { range, ..(*span).clone() });
    }
    // Ends that were moved may change the order.
    kept.sort_by(Span::document_order);
    let whole = |relation: &Value| {
        let there = |end: &str| kept.iter().any(|span| relation.get(end) == Some(&span.id.as_str().into()));
        there("head") && there("tail")
    };
    let (relations, gone): (Vec<Value>, Vec<Value>) =
        std::mem::take(&mut fitted.relations).into_iter().partition(whole);
    for _ in gone {
        losses.say(id, Loss::Relation);
    }
    fitted.relations = relations;
    rename(&mut fitted, kept, (1..).map(SpanId::numbered));
    let spans: Vec<&Span> = fitted.spans.iter().map(AsRef::as_ref).collect();
    let layout = Layout::new(&fitted.text, &spans);
    let numbered = number(&spans, &layout);
    // Relations stand in the rows of their tails; names they have none.
    let ordered = relations_by_unit(&fitted, &spans, &layout, &numbered);
    fitted.relations = ordered
        .into_values()
        .flatten()
        .map(|Link { kind, head, tail }| relation(None, &kind, head.id.as_str(), tail.id.as_str()))
        .collect();
    fitted
}

/// Readers put spaces before the first token, whatever was there.
fn fit_beginning(document: &mut Document, losses: &mut Losses) {
    let text = document.text.as_str();
    let rest = text.trim_start();
    let lead = &text[..text.len() - rest.len()];
    let spaces = if rest.is_empty() { String::new() } else { " ".repeat(lead.encode_utf16().count()) };
    if spaces == lead {
        return;
    }
    losses.say(&document.id, Loss::Field { field: "text" });
    let (from, to) = (lead.len(), spaces.len());
    let place = |byte: crate::text::ByteOffset| {
        let byte = byte.to_usize();
        if byte >= from { byte - from + to } else { byte.min(to) }
    };
    let spans: Vec<Span> = document
        .spans
        .iter()
        .map(|span| {
            let range = ByteRange::from(place(span.range.start)..place(span.range.end));
            Span { range, ..(**span).clone() }
        })
        .collect();
    document.text = SourceText::from(spaces + rest);
    document.spans = spans.into_iter().collect();
}

/// A relation between two spans.
struct Link<'d> {
    kind: String,
    head: &'d Span,
    tail: &'d Span,
}

/// The numbers of the spans that need one: those of several units, and those that share one.
fn number(spans: &[&Span], layout: &Layout) -> Vec<Option<usize>> {
    let mut on: HashMap<usize, usize> = HashMap::new();
    for unit in layout.spans.iter().flatten() {
        *on.entry(*unit).or_default() += 1;
    }
    let mut next = 0;
    let needs = |units: &Vec<usize>| units.len() > 1 || units.iter().any(|unit| on.get(unit) > Some(&1));
    let number = |units| {
        needs(units).then(|| {
            next += 1;
            next
        })
    };
    debug_assert_eq!(spans.len(), layout.spans.len());
    layout.spans.iter().map(number).collect()
}

/// The relations by the first unit of their tails.
fn relations_by_unit<'d>(
    document: &'d Document,
    spans: &[&'d Span],
    layout: &Layout,
    numbered: &[Option<usize>],
) -> BTreeMap<usize, Vec<Link<'d>>> {
    let index: HashMap<&str, usize> =
        spans.iter().enumerate().map(|(n, span)| (span.id.as_str(), n)).collect();
    debug_assert_eq!(numbered.len(), spans.len());
    let mut by_unit: BTreeMap<usize, Vec<Link<'d>>> = BTreeMap::new();
    for relation in &document.relations {
        let part = |key: &str| relation.get(key).and_then(Value::as_str);
        let end = |key: &str| index.get(part(key)?).copied();
        let (Some(head), Some(tail)) = (end("head"), end("tail")) else { continue };
        let Some(&unit) = layout.spans.get(tail).and_then(|units| units.first()) else { continue };
        let (Some(&head), Some(&tail)) = (spans.get(head), spans.get(tail)) else { continue };
        let kind = part("type").unwrap_or_default().to_owned();
        by_unit.entry(unit).or_default().push(Link { kind, head, tail });
    }
    by_unit
}

/// Writes one file a document.
#[derive(Debug, Default)]
pub struct Writer {
    names: FileNames,
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let document = fit(document, losses);
        let file = file(&document)?;
        let stem = self.names.stem(&document, losses);
        output.file(&format!("{stem}.tsv"), file.as_bytes())?;
        Ok(())
    }
}

fn file(document: &Document) -> Result<String, WriteError> {
    let text = &document.text;
    let spans: Vec<&Span> = document.spans.iter().map(AsRef::as_ref).collect();
    let layout = Layout::new(text, &spans);
    let numbers = number(&spans, &layout);
    let links = relations_by_unit(document, &spans, &layout, &numbers);
    let mut on: HashMap<usize, Vec<usize>> = HashMap::new();
    for (n, (span, units)) in spans.iter().zip(&layout.spans).enumerate() {
        if units.is_empty() {
            return Err(WriteError::Span { document: document.id.clone(), span: span.id.clone() });
        }
        for &unit in units {
            on.entry(unit).or_default().push(n);
        }
    }
    let by_id: HashMap<&str, usize> =
        spans.iter().enumerate().map(|(n, span)| (span.id.as_str(), n)).collect();
    let mut out = format!("#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}|identifier|value\n");
    if !links.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "#T_RL={RELATION_LAYER}|label|BT_{LAYER}");
    }
    out.push('\n');
    let mut sentence = None;
    for (at, unit) in layout.units.iter().enumerate() {
        if sentence != Some(unit.sentence) {
            sentence = Some(unit.sentence);
            out.push('\n');
            let is_last = unit.sentence + 1 == layout.sentences.len();
            let range = layout.sentences.get(unit.sentence).copied();
            let covered = range.and_then(|range| text.slice(range)).unwrap_or_default();
            // Readers end every line with a line feed, and take it back if the next sentence begins at once.
            let covered = if is_last { covered } else { covered.strip_suffix('\n').unwrap_or(covered) };
            for line in covered.split('\n') {
                let _ = writeln!(out, "#Text={}", escape_text(line));
            }
        }
        let here = on.get(&at).map(Vec::as_slice).unwrap_or_default();
        let suffix = |n: &usize| number_suffix(numbers.get(*n).copied().flatten());
        let mut columns = [String::new(), String::new()];
        for n in here {
            let label = spans.get(*n).map_or_else(String::new, |span| escape_value(span.label.as_str()));
            push_stacked(&mut columns[0], &format!("*{}", suffix(n)));
            push_stacked(&mut columns[1], &format!("{label}{}", suffix(n)));
        }
        push_row(&mut out, text, unit);
        for column in &columns {
            let _ = write!(out, "{}\t", if column.is_empty() { "_" } else { column });
        }
        if !links.is_empty() {
            let mut columns = [String::new(), String::new()];
            for link in links.get(&at).map(Vec::as_slice).unwrap_or_default() {
                let n = |span: &Span| by_id.get(span.id.as_str()).copied().unwrap_or_default();
                let (head, tail) = (n(link.head), n(link.tail));
                let source = layout.spans.get(head).and_then(|units| layout.units.get(*units.first()?));
                let number = |n: usize| numbers.get(n).copied().flatten();
                let pair = match (number(head), number(tail)) {
                    (None, None) => String::new(),
                    (head, tail) => format!("[{}_{}]", head.unwrap_or(0), tail.unwrap_or(0)),
                };
                push_stacked(&mut columns[0], &escape_value(&link.kind));
                push_stacked(
                    &mut columns[1],
                    &format!("{}{pair}", source.map(Unit::name).unwrap_or_default()),
                );
            }
            for column in &columns {
                let _ = write!(out, "{}\t", if column.is_empty() { "_" } else { column });
            }
        }
        out.push('\n');
    }
    Ok(out)
}

fn number_suffix(number: Option<usize>) -> String {
    number.map(|number| format!("[{number}]")).unwrap_or_default()
}

fn push_stacked(column: &mut String, value: &str) {
    if !column.is_empty() {
        column.push('|');
    }
    column.push_str(value);
}

/// The name, the place and the text of a unit, each with its tab.
fn push_row(out: &mut String, text: &SourceText, unit: &Unit) {
    let utf16 = |byte| text.utf16_before(byte).map_or(0, Utf16Offset::get);
    let (start, end) = (utf16(unit.range.start), utf16(unit.range.end));
    let surface = text.slice(unit.range).unwrap_or_default();
    let _ = write!(out, "{}\t{start}-{end}\t{surface}\t", unit.name());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin};
    use crate::formats::MemoryOutput;
    use crate::schema::LabelCode;

    /// A document with spans at the first place of each surface.
    fn document(text: &str, spans: &[(&str, &str)]) -> Document {
        let mut document = Document::new(DocumentId::new("a"), text);
        let span = |(n, &(surface, label)): (usize, &(&str, &str))| {
            let start = text.find(surface).unwrap();
            let label = LabelCode::new(label).unwrap();
            let id = SpanId::numbered(n as u32 + 1);
            Span::new(id, (start..start + surface.len()).into(), label, Origin::Imported)
        };
        document.spans = spans.iter().enumerate().map(span).collect();
        document
    }

    fn rows(document: &Document) -> Vec<String> {
        let (mut output, mut losses) = (MemoryOutput::default(), Losses::default());
        Writer::default().write(document, &mut output, &mut losses).unwrap();
        let file = String::from_utf8(output.files["a.tsv"].clone()).unwrap();
        file.lines().map(str::to_owned).collect()
    }

    #[test]
    fn rows_are_as_inception_writes_them() {
        let text = "زار أنطونيو غوتيريش القاهرة.";
        assert_eq!(
            rows(&document(text, &[("أنطونيو غوتيريش", "PERS"), ("القاهرة", "GPE")])),
            [
                "#FORMAT=WebAnno TSV 3.3",
                "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value",
                "",
                "",
                "#Text=زار أنطونيو غوتيريش القاهرة.",
                "1-1\t0-3\tزار\t_\t_\t",
                "1-2\t4-11\tأنطونيو\t*[1]\tPERS[1]\t",
                "1-3\t12-19\tغوتيريش\t*[1]\tPERS[1]\t",
                "1-4\t20-27\tالقاهرة\t*\tGPE\t",
                "1-5\t27-28\t.\t_\t_\t",
            ]
        );
    }

    #[test]
    fn a_span_inside_a_word_has_a_row_of_its_own_and_offsets_count_utf16() {
        let rows = rows(&document("😊 وبالقاهرة ثم", &[("القاهرة ثم", "GPE"), ("القاهرة", "A_B")]));
        assert_eq!(
            rows[5..],
            [
                "1-1\t0-2\t😊\t_\t_\t",
                "1-2\t3-12\tوبالقاهرة\t_\t_\t",
                "1-2.1\t5-12\tالقاهرة\t*[1]|*[2]\tGPE[1]|A\\_B[2]\t",
                "1-3\t13-15\tثم\t*[1]\tGPE[1]\t"
            ]
        );
    }

    #[test]
    fn sentences_leave_no_gap_between_them() {
        let rows = rows(&document("أولا.\n\n\tثانيا. ثالثا\r\n", &[]));
        let texts: Vec<_> = rows.iter().filter(|row| row.starts_with("#Text=")).collect();
        assert_eq!(texts, ["#Text=أولا.", "#Text=", "#Text=\\t", "#Text=ثانيا. ", "#Text=ثالثا\\r", "#Text="]);
    }
}
