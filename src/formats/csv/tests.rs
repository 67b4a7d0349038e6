use super::*;
use crate::annotation::{Document, DocumentId, Origin, Span, SpanId};
use crate::formats::{DocumentWriter, Losses, MemoryOutput, ReadOptions, Reading};
use crate::schema::LabelCode;

fn written(text: &str, surface: &str) -> (Document, String) {
    let mut document = Document::new(DocumentId::new("d"), text);
    let start = text.find(surface).unwrap();
    let (range, label) = ((start..start + surface.len()).into(), LabelCode::new("LOC").unwrap());
    document.spans = [Span::new(SpanId::numbered(1), range, label, Origin::Manual)].into_iter().collect();
    let mut output = MemoryOutput::default();
    Writer::default().write(&document, &mut output, &mut Losses::default()).unwrap();
    (document, String::from_utf8(output.stream).unwrap())
}

fn read(file: &str) -> Vec<Reading> {
    read_file(file.as_bytes(), &ReadOptions::for_file("a.csv"))
}

#[test]
fn a_row_is_a_span_and_excel_reads_it() {
    let (document, file) = written("زار \"بغداد\", أمس", "بغداد");
    let (header, rows) = file.split_once("\r\n").unwrap();
    assert!(header.starts_with("\u{FEFF}doc_id,span_id,start_cp,end_cp,label,surface,"));
    assert_eq!(rows, "d,s1,5,10,LOC,بغداد,,manual,,,,,\"زار \"\"بغداد\"\", أمس\",\r\n");
    assert_eq!(read(&file)[0].document, Some(document));
}

#[test]
fn a_column_is_told_by_the_name_that_the_file_gives_it() {
    let readings = read("doc,Start,end_char,label,text\nd,x,4,LOC,زار بغداد\n");
    let fields: Vec<_> = readings.iter().flat_map(|reading| &reading.problems).map(|p| &*p.field).collect();
    assert_eq!(fields, ["Start"]);
}

#[test]
fn no_cell_is_a_formula_and_apostrophes_come_back() {
    for surface in ["=1+1", "'=1", "''@x", "-عدن", "+5", "＝x", "'حمص'", "\t=x", "'"] {
        let (document, file) = written(&format!("x {surface}"), surface);
        assert!(
            !file.contains(",=") && !file.contains(",-") && !file.contains(",+") && !file.contains(",＝"),
            "{file}"
        );
        let reading = &read(&file)[0];
        assert_eq!((&reading.problems[..], reading.document.as_ref()), (&[][..], Some(&document)), "{file}");
    }
}

#[test]
fn tables_of_others_are_read_by_the_names_of_their_columns() {
    let file = "label;end;start;id;text\nLOC;9;4;a;زار بغداد\nPER;3;0;a;\nX;y;0;a;\n";
    let readings = read(file);
    let document = readings[0].document.as_ref().unwrap();
    assert_eq!((document.id.as_str(), document.spans.len()), ("a", 2));
    let problem = &readings[0].problems[0];
    assert_eq!((problem.line, &*problem.field), (Some(4), "end"));
    assert_eq!(&*read("label,start,end\nLOC,0,1\n")[0].problems[0].field, "article", "whose text?");
}

/// The texts of what was read, and what stands in the spans of each.
fn texts(file: &str) -> Vec<(String, Vec<String>)> {
    let found = read(file).into_iter().filter_map(|reading| reading.document);
    let spans = |document: &Document| {
        let surface = |span: &std::sync::Arc<Span>| document.text.slice(span.range).unwrap().to_owned();
        document.spans.iter().map(surface).collect()
    };
    found.map(|document| (document.text.as_str().to_owned(), spans(&document))).collect()
}

fn text(text: &str, spans: &[&str]) -> (String, Vec<String>) {
    (text.to_owned(), spans.iter().map(|&span| span.to_owned()).collect())
}

#[test]
fn one_name_with_several_texts_is_as_many_articles() {
    let file = "doc_id,text,start,end,label\n7,زار عمر بغداد,8,13,LOC\n7,وصل الوفد إلى دمشق,14,18,LOC\n\
                    7,زار عمر بغداد,4,7,PER\n8,عاد,0,3,X\n7,,0,3,X\n";
    assert_eq!(
        texts(file),
        [
            text("زار عمر بغداد", &["زار", "عمر", "بغداد"]),
            text("وصل الوفد إلى دمشق", &["دمشق"]),
            text("عاد", &["عاد"])
        ]
    );
}

#[test]
fn rows_without_a_name_are_told_by_their_texts() {
    let file =
        "doc_id,text,start,end,label\n,زار عمر,4,7,PER\n,وصل الوفد,4,9,ORG\n,,0,3,X\n7,عاد,0,3,X\n,,0,2,Y\n";
    assert_eq!(
        texts(file),
        [text("زار عمر", &["عمر"]), text("وصل الوفد", &["وصل", "الوفد"]), text("عاد", &["عاد", "عا"])]
    );
}

#[test]
fn a_name_whose_text_stands_in_a_later_row_is_one_article() {
    let file = "doc_id,text,start,end,label\n7,,4,7,PER\n7,زار عمر,0,3,X\n";
    assert_eq!(texts(file), [text("زار عمر", &["زار", "عمر"])]);
}

#[test]
fn without_names_of_articles_the_same_text_is_the_same_article() {
    let file = "text,start,end,label\nزار بغداد,4,9,LOC\nعاد من عدن,7,10,LOC\nزار بغداد,0,3,PER\n,4,9,ORG\n";
    let readings = read(file);
    let found: Vec<_> = readings.iter().filter_map(|reading| reading.document.as_ref()).collect();
    let found: Vec<_> = found.iter().map(|document| (document.text.as_str(), document.spans.len())).collect();
    assert_eq!(found, [("زار بغداد", 3), ("عاد من عدن", 1)]);
    assert!(readings.iter().all(|reading| reading.problems.iter().all(|problem| problem.field.is_empty())));
}
