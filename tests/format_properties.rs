//! Laws of the formats, tried on documents made to break them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::cmp::Reverse;

use misam::annotation::{Alternative, Document, DocumentId, Origin, Rejection, Span, SpanId, Status};
use misam::formats::{
    Alignment, AlignmentPolicy, Became, CliticPolicy, Columns, DocumentWriter as _, ExportOptions, Format,
    Header, Layers, Losses, MemoryOutput, MisfitKind, ProblemKind, ReadOptions, Reader, Reading, Records,
    Scheme, Severity, TextHeld, WriteOptions, export, jsonl, prodigy, sniff, text,
};
use misam::schema::LabelCode;
use proptest::prelude::*;
use serde_json::{Map, Value};

fn options() -> ReadOptions {
    ReadOptions::for_file("test.jsonl")
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        common::hostile_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// Keys that no format knows.
fn unknown_keys() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((any::<u8>(), json()), 0..3)
        .prop_map(|entries| entries.into_iter().map(|(n, value)| (format!("x{n}"), value)).collect())
}

fn words() -> impl Strategy<Value = Option<std::sync::Arc<str>>> {
    prop::option::of(common::hostile_text().prop_filter("empty is absent", |text| !text.is_empty()))
        .prop_map(|words| words.map(Into::into))
}

fn label() -> impl Strategy<Value = LabelCode> {
    prop::sample::select(&["PER", "LOC", "شخص", "B-X", "\"", "😊"][..])
        .prop_map(|code| LabelCode::new(code).unwrap())
}

fn origin() -> impl Strategy<Value = Origin> {
    prop::sample::select(
        &[Origin::Manual, Origin::Accepted, Origin::Corrected, Origin::Suggested, Origin::Imported][..],
    )
}

type Ends = (prop::sample::Index, prop::sample::Index);

/// What a span is but for its place.
fn span() -> impl Strategy<Value = (Ends, Span)> {
    let ends = (any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let parts = (label(), origin(), prop::option::of(0.0_f32..=1.0), words(), words(), unknown_keys());
    (ends, parts, words(), words(), unknown_keys()).prop_map(
        |(ends, (label, origin, confidence, source, reason, attributes), normalized, note, extra)| {
            let mut span = Span::new(SpanId::new("?"), (0..1).into(), label, origin);
            span.confidence = confidence;
            // Of a suggestion only, as extractors make it.
            span.alternative = confidence
                .filter(|_| span.origin == Origin::Suggested)
                .map(|confidence| Alternative { label: span.label.clone(), confidence });
            span.source = source;
            span.reason = reason;
            span.attributes = attributes;
            span.normalized = normalized;
            span.note = note;
            span.extra = extra;
            (ends, span)
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    let status = prop::sample::select(&[Status::New, Status::InProgress, Status::Done, Status::Skipped][..]);
    let spans = prop::collection::vec(span(), 0..8);
    (common::hostile_text(), "[ -~]{1,12}", spans, status, words(), words(), unknown_keys(), unknown_keys())
        .prop_map(|(text, id, spans, status, annotator, schema, meta, extra)| {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut document = Document::new(DocumentId::new(id), text.as_str());
            let (mut kept, mut rejected) = (Vec::new(), Vec::new());
            for (n, ((a, b), mut span)) in spans.into_iter().enumerate() {
                let (a, b) = (a.index(bounds.len()), b.index(bounds.len()));
                let (first, last) = (a.min(b), a.max(b));
                if first == last {
                    continue;
                }
                span.range = (bounds[first]..bounds[last]).into();
                span.id = SpanId::numbered(n as u32 + 1);
                match n % 4 {
                    0 => {
                        let (range, label, source) = (span.range, span.label, span.source);
                        rejected.push(Rejection { range, label, source });
                        continue;
                    }
                    1 if last - first > 2 => {
                        let second = (bounds[last - 1]..bounds[last]).into();
                        span.fragments = vec![(bounds[first]..bounds[first + 1]).into(), second];
                    }
                    _ => {}
                }
                kept.push(span);
            }
            rejected.sort_by(|a, b| {
                (a.range.start, Reverse(a.range.end), &a.label, &a.source).cmp(&(
                    b.range.start,
                    Reverse(b.range.end),
                    &b.label,
                    &b.source,
                ))
            });
            document.spans = kept.into_iter().collect();
            document.rejected = rejected;
            document.status = status;
            document.annotator = annotator;
            document.schema = schema;
            document.meta = meta;
            document.extra = extra;
            document
        })
}

/// A document with relations between its spans, sound ones and others.
fn related() -> impl Strategy<Value = Document> {
    let name = || prop::sample::select(&["s1", "s2", "s3", "s4", "s9", "at", "في بلد", ""][..]);
    let relation = (name(), name(), name(), any::<bool>()).prop_map(|(head, tail, kind, named)| {
        let id = if named { kind } else { "r" };
        serde_json::json!({"id": id, "type": kind, "head": head, "tail": tail})
    });
    (document(), prop::collection::vec(relation, 0..4)).prop_map(|(mut document, relations)| {
        document.relations = relations;
        document
    })
}

/// What may be said about a record that Misam itself wrote: that an article is empty or a span cuts a grapheme.
fn unexpected(reading: &Reading) -> Vec<String> {
    let expected =
        |kind: &ProblemKind| matches!(kind, ProblemKind::CutGrapheme { .. } | ProblemKind::EmptyText);
    reading.problems.iter().filter(|p| !expected(&p.kind)).map(ToString::to_string).collect()
}

/// A written record with one thing in it damaged.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let junk = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(
            &[
                "null",
                "-1",
                "1e999",
                "{",
                "[",
                "]",
                "}",
                "\"",
                ",",
                "\\ud800",
                "NaN",
                "99999999999999999999",
                "0.5"
            ][..]
        )
        .prop_map(|junk| junk.as_bytes().to_vec()),
    ];
    (document(), any::<prop::sample::Index>(), 0_usize..6, junk).prop_map(|(document, at, gone, junk)| {
        let mut bytes = jsonl::write_record(&document).unwrap().into_bytes();
        let at = at.index(bytes.len());
        let end = (at + gone).min(bytes.len());
        bytes.splice(at..end, junk);
        bytes
    })
}

/// A written record in which one value, anywhere in it, is another.
fn confused() -> impl Strategy<Value = String> {
    (document(), any::<prop::sample::Index>(), json()).prop_map(|(document, at, value)| {
        let mut record: Value = serde_json::from_str(&jsonl::write_record(&document).unwrap()).unwrap();
        let mut left = at.index(count(&record));
        replace(&mut record, &mut left, &value);
        record.to_string()
    })
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

fn replace(value: &mut Value, left: &mut usize, with: &Value) -> bool {
    if *left == 0 {
        *value = with.clone();
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(list) => list.iter_mut().any(|item| replace(item, left, with)),
        Value::Object(map) => map.values_mut().any(|item| replace(item, left, with)),
        _ => false,
    }
}

/// What was read once is written and read again without a change, whatever it came from.
fn settles(reading: &Reading) -> Result<(), TestCaseError> {
    let Some(document) = &reading.document else {
        prop_assert!(reading.problems.iter().any(|problem| problem.severity() == Severity::Refused));
        return Ok(());
    };
    let line = jsonl::write_record(document).unwrap();
    let again = jsonl::read_record(&line, 1, &options());
    let kept = again.problems.iter().all(|problem| problem.severity() == Severity::Kept);
    prop_assert!(kept, "{:?}", again.problems);
    prop_assert_eq!(jsonl::write_record(&again.document.unwrap()).unwrap(), line);
    Ok(())
}

/// As [`settles`], for formats whose readers may say things of which nothing is lost.
fn settles_if_read(reading: &Reading) -> Result<(), TestCaseError> {
    if reading.document.is_some() { settles(reading) } else { Ok(()) }
}

/// A document as a format writes it; `None` of a format that is not both read and written.
fn written(format: Format, document: &Document) -> Option<(Reader, MemoryOutput)> {
    let (reader, mut writer) = (format.reader().ok()?, format.writer(&WriteOptions::default()).ok()?);
    let mut output = MemoryOutput::default();
    writer.write(document, &mut output, &mut Losses::default()).unwrap();
    writer.finish(&mut output).unwrap();
    Some((reader, output))
}

/// Bytes with what stands for a name taken out wherever it stands.
fn without(bytes: &[u8], name: &[u8]) -> Vec<u8> {
    let mut left = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(name.len()).position(|here| here == name) {
        left.extend(&rest[..at]);
        rest = &rest[at + name.len()..];
    }
    [left, rest.to_vec()].concat()
}

#[test]
fn a_name_of_no_letters_counts_as_none_in_any_format() {
    let mut document = Document::new(DocumentId::new("nameless"), "زار الوفد بغداد وحلب.");
    let place = |range: std::ops::Range<usize>, id: &str| {
        Span::new(SpanId::new(id), range.into(), LabelCode::new("LOC").unwrap(), Origin::Manual)
    };
    document.spans = [place(18..28, "s44"), place(31..37, "s45")].into_iter().collect();
    let mut read = 0;
    for format in Format::ALL {
        let Some((reader, output)) = written(format, &document) else { continue };
        for name in ["s44", "nameless"] {
            let file = without(&output.stream, name.as_bytes());
            let files =
                output.files.iter().map(|(path, file)| (path.clone(), without(file, name.as_bytes())));
            let readings = reader.readings(&file, &options());
            for reading in readings.into_iter().chain(reader.readings_of_folder(&files.collect(), &options()))
            {
                read += usize::from(reading.document.is_some());
                settles_if_read(&reading).map_err(|why| format!("{format:?}, {name}: {why}")).unwrap();
            }
        }
    }
    assert!(read > 20, "{read}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_comes_back_from_its_record_as_it_was(document in document()) {
        let line = jsonl::write_record(&document).unwrap();
        prop_assert!(!line.contains('\n'));
        let reading = jsonl::validate_record(&line, 1, &options());
        prop_assert_eq!(unexpected(&reading), Vec::<String>::new());
        let read = reading.document.unwrap();
        prop_assert_eq!(&read, &document);
        prop_assert_eq!(jsonl::write_record(&read).unwrap(), line);
    }

    #[test]
    fn a_document_comes_back_from_prodigy_as_it_was(mut document in document()) {
        document.rejected.clear();
        if document.status == Status::InProgress {
            document.status = Status::New;
        }
        let (mut output, mut losses) = (MemoryOutput::default(), Losses::default());
        prodigy::Writer.write(&document, &mut output, &mut losses).unwrap();
        prop_assert!(losses.is_empty());
        let line = String::from_utf8(output.stream).unwrap();
        let record: Value = serde_json::from_str(&line).unwrap();
        let tokens = record["tokens"].as_array().unwrap();
        let mut rebuilt = String::new();
        for token in tokens {
            rebuilt.push_str(token["text"].as_str().unwrap());
            rebuilt.push_str(if token["ws"] == true { " " } else { "" });
        }
        prop_assert_eq!(&rebuilt, document.text.as_str());
        for span in record["spans"].as_array().unwrap() {
            let token = |key: &str| &tokens[span[key].as_u64().unwrap() as usize];
            prop_assert_eq!(&token("token_start")["start"], &span["start"]);
            prop_assert_eq!(&token("token_end")["end"], &span["end"]);
        }
        let reading = prodigy::read_record(&line, 1, &options());
        prop_assert_eq!(unexpected(&reading), Vec::<String>::new());
        prop_assert_eq!(reading.document.unwrap(), document);
    }

    #[test]
    fn a_document_comes_back_from_every_format_as_the_format_can_hold_it(document in related()) {
        for format in Format::ALL {
            let mut losses = Losses::default();
            let Some(held) = format.fit(&document, &mut losses) else { continue };
            let (mut output, mut said) = (MemoryOutput::default(), Losses::default());
            let mut writer = format.writer(&WriteOptions::default()).unwrap();
            writer.write(&document, &mut output, &mut said).unwrap();
            writer.finish(&mut output).unwrap();
            prop_assert_eq!(&said, &losses, "{}", format);
            let reader = format.reader().unwrap();
            let readings = if output.files.is_empty() {
                reader.readings(&output.stream, &options())
            } else {
                reader.readings_of_folder(&output.files, &options())
            };
            let said: Vec<_> = readings.iter().flat_map(unexpected).collect();
            prop_assert_eq!(said, Vec::<String>::new(), "{}", format);
            let read: Vec<_> = readings.into_iter().filter_map(|reading| reading.document).collect();
            prop_assert_eq!(&read[..], &[held][..], "{}", format);
        }
    }

    #[test]
    fn a_damaged_file_of_any_format_is_read_or_refused(
        document in related(),
        at in any::<prop::sample::Index>(),
        gone in 0_usize..6,
        junk in prop::collection::vec(any::<u8>(), 0..4),
    ) {
        for format in Format::ALL {
            let Some((reader, mut output)) = written(format, &document) else { continue };
            let damage = |bytes: &mut Vec<u8>| {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes.splice(at..(at + gone).min(bytes.len()), junk.iter().copied());
                }
            };
            damage(&mut output.stream);
            output.files.values_mut().for_each(damage);
            for reading in reader.readings(&output.stream, &options()) {
                settles_if_read(&reading)?;
            }
            for reading in reader.readings_of_folder(&output.files, &options()) {
                settles_if_read(&reading)?;
            }
        }
    }

    #[test]
    fn a_damaged_record_is_read_or_refused_and_settles(bytes in damaged()) {
        for reading in Records::new(&bytes[..], &options(), jsonl::read_record) {
            settles(&reading.unwrap())?;
        }
    }

    #[test]
    fn a_record_with_a_value_out_of_place_is_read_or_refused_and_settles(line in confused()) {
        settles(&jsonl::read_record(&line, 1, &options()))?;
        let _ = prodigy::read_record(&line, 1, &options());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for reading in Records::new(&bytes[..], &options(), jsonl::read_record) {
            settles(&reading.unwrap())?;
        }
        let _ = text::read_file(&bytes, &options());
        let _ = sniff("x", &bytes);
    }

    #[test]
    fn any_text_is_an_article_and_comes_back_byte_for_byte(content in common::hostile_text(), marked: bool) {
        let mark = if marked { "\u{FEFF}" } else { "" };
        let file = format!("{mark}{content}");
        let reading = text::read_file(file.as_bytes(), &ReadOptions::for_file("a.txt")).remove(0);
        let document = reading.document.unwrap();
        let mut output = MemoryOutput::default();
        text::Writer.write(&document, &mut output, &mut Losses::default()).unwrap();
        prop_assert_eq!(output.files["a.txt"].as_slice(), file.as_bytes());
        settles(&Reading { line: None, document: Some(document), problems: Vec::new() })?;
    }
}

#[test]
fn an_article_of_twenty_megabytes_is_one_line_like_any_other() {
    let text = "وصل الوفد إلى بغداد مساء أمس. ".repeat(400_000);
    assert!(text.len() > 20_000_000);
    let mut document = Document::new(DocumentId::new("long"), text.as_str());
    let label = LabelCode::new("LOC").unwrap();
    let end = document.text.range().end.to_usize();
    let place = end - "بغداد مساء أمس. ".len();
    let span = Span::new(SpanId::numbered(1), (place..place + "بغداد".len()).into(), label, Origin::Manual);
    document.spans = [span].into_iter().collect();
    let line = jsonl::write_record(&document).unwrap();
    let reading = Records::new(line.as_bytes(), &options(), jsonl::read_record).next().unwrap().unwrap();
    assert_eq!(reading.problems, []);
    assert!(reading.document.unwrap() == document);
}

fn write_options() -> impl Strategy<Value = WriteOptions> {
    let remedy = |kind: MisfitKind| prop::sample::select(kind.remedies());
    let remedies = (
        remedy(MisfitKind::InsideWord),
        remedy(MisfitKind::Nested),
        remedy(MisfitKind::Overlapping),
        remedy(MisfitKind::Discontinuous),
    );
    let choices = (
        prop::sample::select(Scheme::ALL),
        prop::sample::select(Columns::ALL),
        prop::sample::select(CliticPolicy::ALL),
        prop::sample::select(Header::ALL),
    );
    (choices, remedies).prop_map(
        |((scheme, columns, clitics, header), (inside, nested, overlapping, gaps))| {
            let mut alignment = AlignmentPolicy::default();
            for (kind, remedy) in [
                (MisfitKind::InsideWord, inside),
                (MisfitKind::Nested, nested),
                (MisfitKind::Overlapping, overlapping),
                (MisfitKind::Discontinuous, gaps),
            ] {
                alignment.set(kind, remedy).unwrap();
            }
            WriteOptions { scheme, columns, clitics, header, alignment, labels: Vec::new() }
        },
    )
}

/// What a span is, for comparing: place and label.
fn places(document: &Document) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut places: Vec<_> =
        document.spans.iter().map(|span| (span.range.to_std(), span.label.as_str())).collect();
    places.sort_by_key(|(range, label)| (range.start, range.end, *label));
    places
}

proptest! {
    /// The exporter reads back what it wrote, and fails if anything is missing that is not among the losses.
    #[test]
    fn every_format_reads_back_as_it_was_written(
        documents in prop::collection::vec(document(), 1..4),
        how in write_options(),
    ) {
        let mut documents = documents;
        for (n, document) in documents.iter_mut().enumerate() {
            document.id = DocumentId::new(format!("{n}{}", document.id));
        }
        let what = ExportOptions { with_suggestions: true, threshold: 0.0 };
        for format in Format::ALL.into_iter().filter(|format| format.writer(&how).is_ok()) {
            let written = export(&documents, format, what, &how).map_err(|error| {
                TestCaseError::fail(format!("{format} {how:?}: {error}"))
            })?;
            let again = export(&documents, format, what, &how).unwrap();
            prop_assert_eq!(&written.output.stream, &again.output.stream, "{}", format);
            prop_assert_eq!(&written.output.files, &again.output.files, "{}", format);
            let gone = written.alignment.misfits.iter().filter(|misfit| matches!(misfit.became, Became::LeftOut { .. }));
            let pieces: usize = written.alignment.misfits.iter().map(|misfit| match &misfit.became {
                Became::Pieces { texts } => texts.len() - 1,
                _ => 0,
            }).sum();
            if format.holds(&how).layers != Layers::None {
                let Alignment { before, after, .. } = written.alignment;
                prop_assert_eq!(before + pieces - gone.count(), after, "{}: every span is accounted for", format);
            }
        }
    }

    /// Where the alignment says that nothing changed, the file holds every span at its place.
    #[test]
    fn spans_that_fit_come_back_at_their_places(document in document(), how in write_options()) {
        let what = ExportOptions { with_suggestions: true, threshold: 0.0 };
        // Of a page to read only the text comes back.
        let is_there = |format: &Format| {
            format.writer(&how).is_ok() && format.reader().is_ok() && *format != Format::Html
        };
        for format in Format::ALL.into_iter().filter(is_there) {
            let holds = format.holds(&how);
            let written = export([&document], format, what, &how).unwrap();
            let unchanged = written.alignment.misfits.iter().all(|misfit| misfit.became == Became::Same);
            if holds.text != TextHeld::Verbatim || holds.layers == Layers::None || !unchanged {
                continue;
            }
            let options = ReadOptions::for_file(format!("x.{}", format.extension()));
            let reader = format.reader().unwrap();
            let readings = if written.output.files.is_empty() {
                reader.readings(&written.output.stream, &options)
            } else {
                reader.readings_of_folder(&written.output.files, &options)
            };
            let read = readings.into_iter().find_map(|reading| reading.document).unwrap();
            let held = format.fit(&document, &mut Losses::default()).unwrap_or_else(|| document.clone());
            prop_assert_eq!(places(&read), places(&held), "{}", format);
        }
    }

    /// Readers of whole files take anything.
    #[test]
    fn no_file_breaks_a_reader(bytes in damaged(), text in common::hostile_text(), how in write_options()) {
        let columns = text.replace(' ', " B-X ").into_bytes();
        for format in Format::ALL.into_iter().filter(|format| format.reader().is_ok()) {
            for bytes in [&bytes, &columns] {
                for reading in format.reader().unwrap().readings(bytes, &options()) {
                    if let Some(document) = &reading.document {
                        for span in document.spans.iter() {
                            prop_assert!(document.text.slice(span.range).is_some_and(|text| !text.is_empty()));
                        }
                        if format.writer(&how).is_ok() {
                            let what = ExportOptions::default();
                            let written = export([document], format, what, &how);
                            prop_assert!(written.is_ok(), "{}: {:?}", format, written.err());
                        }
                    }
                }
            }
        }
    }
}
