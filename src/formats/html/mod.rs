//! A page to read and to print: the articles with their labels marked, in one file that needs nothing else. Written
//! only.
//!
//! Arabic letters join across a mark, because nothing in or on it takes room: a background and a line under it, as on
//! Misam's own page. The code of a label stands behind the mark where a word ends there, and else only in the list
//! under the article.

mod shown;

use std::collections::BTreeSet;
use std::fmt::Write as _;

pub(super) use shown::missing;

use super::capacity::Capacity;
use super::jsonl::WriteError;
use super::{DocumentWriter, ExportError, Losses, Output};
use crate::annotation::{Document, Span};
use crate::schema::{CONFLICT_NEWS, LabelCode, Schema};
use crate::text::hex;

/// What the page shows of a document.
const CAPACITY: Capacity =
    Capacity { span: &["id", "origin", "fragments", "normalized", "note"], record: &["annotator"] };

/// Colours for labels that the default schema does not have: background, line.
const COLOURS: [(&str, &str); 8] = [
    ("#e8ecff", "#4e55be"),
    ("#e3f2dd", "#386f1c"),
    ("#fbe9dc", "#8a4513"),
    ("#f9e6fa", "#701b78"),
    ("#d5f0ea", "#096f63"),
    ("#fbe4e8", "#a01c3b"),
    ("#f4efcf", "#6a5a00"),
    ("#e6e9ee", "#3f4a5a"),
];

const STYLE: &str = "\
:root{color-scheme:light;font-family:'Noto Naskh Arabic','Amiri','Scheherazade New','Geeza Pro','Segoe UI',Tahoma,serif}\
body{margin:0 auto;padding:1.5rem 1rem;max-width:46rem;background:#fff;color:#1a1a1a;line-height:2.1;font-size:1.15rem}\
h1{font-size:1.35rem;line-height:1.6;margin:0 0 .2rem}\
article{margin-block:0 3rem}\
.about{margin:0 0 1rem;color:#555;font-size:.85rem}\
.text{white-space:pre-wrap;overflow-wrap:break-word;text-align:start}\
.mark{text-decoration:underline 2px;text-decoration-skip-ink:none;text-underline-offset:.32em;\
-webkit-print-color-adjust:exact;print-color-adjust:exact}\
.mark .mark{text-underline-offset:.5em}\
.mark .mark .mark{text-underline-offset:.68em}\
.code{font:600 .6em/1 ui-monospace,'Cascadia Mono',Consolas,monospace;vertical-align:super;margin-inline:.15em;unicode-bidi:isolate}\
table{border-collapse:collapse;width:100%;margin-block:1rem;font-size:.85rem;line-height:1.7}\
th,td{border-block-end:1px solid #ddd;padding:.2rem .5rem;text-align:start;vertical-align:baseline}\
td.code{font-size:.8rem;vertical-align:baseline;direction:ltr}\
@media print{body{max-width:none;padding:0;font-size:12pt}article{break-after:page}article:last-of-type{break-after:auto}\
tr{break-inside:avoid}h1{break-after:avoid}}\
";

/// Writes one page for all documents.
#[derive(Debug, Default)]
pub struct Writer {
    /// The articles, written when the labels of all of them are known.
    articles: String,
    labels: BTreeSet<LabelCode>,
    schema: Option<Schema>,
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        _: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        // What the page does not show is lost; it is made of the document as it is.
        let _ = CAPACITY.fit(document, losses);
        if document.schema.as_deref() == Some(CONFLICT_NEWS) {
            self.schema.get_or_insert_with(Schema::conflict_news);
        }
        self.labels.extend(document.spans.iter().map(|span| span.label.clone()));
        let article = self.article(document)?;
        self.articles.push_str(&article);
        Ok(())
    }

    fn writes_by_document(&self) -> bool {
        false
    }

    fn finish(&mut self, output: &mut dyn Output) -> Result<(), ExportError> {
        let default = Schema::conflict_news();
        let schema = self.schema.as_ref().unwrap_or(&default);
        let mut style = STYLE.to_owned();
        for (n, label) in self.labels.iter().enumerate() {
            let known = schema.label(label.as_str()).map(|label| label.colours.light);
            let (back, line) = match (known, COLOURS.get(n % COLOURS.len())) {
                (Some(tint), _) => (tint.mark.to_string(), tint.line.to_string()),
                (None, Some((back, line))) => ((*back).to_owned(), (*line).to_owned()),
                (None, None) => continue,
            };
            // Writing to a string cannot fail.
            let _ = write!(style, ".{}{{background:{back};text-decoration-color:{line}}}", class(label));
        }
        let stream = output.stream();
        write!(
            stream,
            "<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>ميسم</title>\n<style>{style}</style>\n\
             </head>\n<body>\n{}</body>\n</html>\n",
            self.articles
        )?;
        Ok(())
    }
}

/// The class of a label: its letters in hexadecimal, as labels may hold anything.
fn class(label: &LabelCode) -> String {
    format!("l{}", hex(label.as_str().as_bytes()))
}

/// A text between tags or in quotes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // A page takes these for the end of a line, or for nothing.
            '\r' => escaped.push_str("&#13;"),
            '\0' => escaped.push('\u{FFFD}'),
            c => escaped.push(c),
        }
    }
    escaped
}

impl Writer {
    fn article(&self, document: &Document) -> Result<String, WriteError> {
        let mut out = format!("<article>\n<h1>{}</h1>\n", escape(document.title()));
        let about = [Some(document.id.as_str()), document.annotator.as_deref()];
        let about: Vec<String> = about.into_iter().flatten().map(escape).collect();
        let _ = writeln!(out, "<p class=\"about\"><bdi>{}</bdi></p>", about.join("</bdi> · <bdi>"));
        let _ = writeln!(out, "<div class=\"text\">{}</div>", marked(document)?);
        if !document.spans.is_empty() {
            out.push_str("<table>\n");
            for span in document.spans.iter() {
                let surface = surface(document, span)?;
                let more = [span.normalized.as_deref(), span.note.as_deref()];
                let more: Vec<String> = more.into_iter().flatten().map(escape).collect();
                let _ = writeln!(
                    out,
                    "<tr><td class=\"code\">{}</td><td><bdi>{}</bdi></td><td><bdi>{}</bdi></td></tr>",
                    escape(span.label.as_str()),
                    escape(&surface),
                    more.join("</bdi> · <bdi>")
                );
            }
            out.push_str("</table>\n");
        }
        out.push_str("</article>\n");
        Ok(out)
    }
}

/// The text of a span, its pieces parted by an ellipsis.
fn surface(document: &Document, span: &Span) -> Result<String, WriteError> {
    let whole = [span.range];
    let pieces = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
    let surfaces: Option<Vec<&str>> = pieces.iter().map(|&piece| document.text.slice(piece)).collect();
    let outside = || WriteError::Span { document: document.id.clone(), span: span.id.clone() };
    surfaces.map(|surfaces| surfaces.join(" … ")).ok_or_else(outside)
}

/// The text with its marks. Where marks cross, the later one is cut in two at the end of the earlier.
fn marked(document: &Document) -> Result<String, WriteError> {
    let text = document.text.as_str();
    let mut pieces: Vec<(usize, usize, &Span)> = Vec::new();
    for span in document.spans.iter() {
        surface(document, span)?;
        let whole = [span.range];
        let parts = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
        pieces.extend(parts.iter().map(|part| (part.start.to_usize(), part.end.to_usize(), &**span)));
    }
    pieces.sort_by(|a, b| (a.0, b.1, &a.2.id).cmp(&(b.0, a.1, &b.2.id)));
    let mut waiting = pieces.into_iter().rev().collect::<Vec<_>>();
    let mut open: Vec<(usize, &Span)> = Vec::new();
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    loop {
        let ends = open.last().map(|(end, _)| *end);
        let begins = waiting.last().map(|(start, ..)| *start);
        let (next, closes) = match (ends, begins) {
            (None, None) => break,
            (Some(end), Some(start)) if start < end => (start, false),
            (Some(end), _) => (end, true),
            (None, Some(start)) => (start, false),
        };
        out.push_str(&escape(text.get(at..next).unwrap_or_default()));
        at = next;
        if closes {
            let Some((_, span)) = open.pop() else { break };
            out.push_str("</span>");
            let ends_word = !text.get(at..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
                && document.text.is_grapheme_boundary(at.into());
            let is_last = span.range.end.to_usize() == at;
            if ends_word && is_last && open.is_empty() {
                let _ = write!(out, "<span class=\"code\">{}</span>", escape(span.label.as_str()));
            }
        } else if let Some((start, end, span)) = waiting.pop() {
            let limit = open.last().map_or(end, |(limit, _)| *limit);
            if end > limit {
                // The rest comes behind what it crosses.
                let place = waiting.partition_point(|(other, ..)| *other > limit);
                waiting.insert(place, (limit, end, span));
            }
            let _ = write!(
                out,
                "<span class=\"mark {}\" title=\"{}\">",
                class(&span.label),
                escape(span.label.as_str())
            );
            debug_assert_eq!(start, at);
            open.push((end.min(limit), span));
        }
    }
    out.push_str(&escape(text.get(at..).unwrap_or_default()));
    Ok(out)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::annotation::{DocumentId, Origin, SpanId};
    use crate::formats::MemoryOutput;

    pub(super) fn document(text: &str, spans: &[(&str, &str)]) -> Document {
        let mut document = Document::new(DocumentId::new("a"), text);
        let span = |(n, &(surface, label)): (usize, &(&str, &str))| {
            let start = text.find(surface).unwrap();
            let label = LabelCode::new(label).unwrap();
            let id = SpanId::numbered(n as u32 + 1);
            Span::new(id, (start..start + surface.len()).into(), label, Origin::Manual)
        };
        document.spans = spans.iter().enumerate().map(span).collect();
        document
    }

    /// The marked text without the names of classes and the titles.
    fn bare(document: &Document) -> String {
        let marked = marked(document).unwrap();
        let mut out = String::new();
        for part in marked.split_inclusive('>') {
            match part.find("<span class=\"mark") {
                Some(at) => {
                    out.push_str(&part[..at]);
                    out.push('[');
                }
                None => out.push_str(part),
            }
        }
        out.replace("<span class=\"code\">", "{").replace("}</span>", "}").replace("</span>", "]")
    }

    #[test]
    fn marks_nest_and_crossing_ones_are_cut() {
        let nested = document("وزير خارجية مصر قال", &[("وزير خارجية مصر", "OCC"), ("مصر", "LOC")]);
        assert_eq!(bare(&nested), "[وزير خارجية [مصر]]{OCC] قال");
        let crossing = document("aa bb cc", &[("aa bb", "A"), ("bb cc", "B")]);
        assert_eq!(bare(&crossing), "[aa [bb]]{A][ cc]{B]");
    }

    #[test]
    fn no_code_stands_inside_a_word() {
        assert_eq!(bare(&document("وبالقاهرتين", &[("القاهر", "LOC")])), "وب[القاهر]تين");
    }

    #[test]
    fn nothing_of_an_article_is_taken_for_markup() {
        let evil = document("<script>alert(1)</script> & \"x\"\r\nذيل", &[("<script>", "<b>")]);
        let (mut output, mut losses) = (MemoryOutput::default(), Losses::default());
        let mut writer = Writer::default();
        writer.write(&evil, &mut output, &mut losses).unwrap();
        writer.finish(&mut output).unwrap();
        let page = String::from_utf8(output.stream).unwrap();
        assert!(
            !page.contains("<script") && !page.contains("<b>") && page.contains("&lt;script&gt;"),
            "{page}"
        );
        assert!(page.contains("dir=\"rtl\"") && !page.contains("http"), "{page}");
    }
}
