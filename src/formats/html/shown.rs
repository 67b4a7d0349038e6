//! The page taken apart again: each article must be in it to the letter, with its marks on their words.

use std::collections::BTreeMap;
use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use crate::annotation::Document;

/// Stretches of a text in code points, by the label of their marks; those that touch are one.
type Marks = BTreeMap<String, Vec<Range<usize>>>;

/// An article as a page shows it.
#[derive(Debug, Default, PartialEq)]
struct Shown {
    text: String,
    marks: Marks,
}

/// The first document that a page does not show as it is, of those that it was made of.
pub(in crate::formats) fn missing<'a>(page: &[u8], documents: &'a [Document]) -> Option<&'a Document> {
    let mut shown = articles(&String::from_utf8_lossy(page)).into_iter();
    documents.iter().find(|document| shown.next().as_ref() != Some(&wanted(document)))
}

/// What a page should show of a document.
fn wanted(document: &Document) -> Shown {
    let mut marks = Marks::new();
    for span in document.spans.iter() {
        let whole = [span.range];
        let pieces = if span.fragments.is_empty() { &whole[..] } else { &span.fragments };
        for (start, end) in pieces.iter().filter_map(|&piece| document.text.code_point_range(piece)) {
            let stretch = start.get() as usize..end.get() as usize;
            marks.entry(span.label.to_string()).or_default().push(stretch);
        }
    }
    // Pages cannot hold this one.
    Shown { text: document.text.as_str().replace('\0', "\u{FFFD}"), marks: joined(marks) }
}

/// An element that is open within an article.
enum Open {
    /// A mark with its label, and where it begins.
    Mark(String, usize),
    /// The code of a label, which is no text.
    Code,
}

/// What is shown on a page, article by article.
fn articles(page: &str) -> Vec<Shown> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut articles = Vec::new();
    let mut article: Option<Shown> = None;
    let (mut open, mut length) = (Vec::new(), 0);
    for token in Tokenizer::new_with_emitter(page, emitter) {
        // Reading from memory does not fail.
        let Ok(token) = token;
        match (token, &mut article) {
            (Token::StartTag(tag), None) if is(&tag, "div", "text") => {
                (article, length) = (Some(Shown::default()), 0);
            }
            (Token::StartTag(tag), Some(_)) => {
                let label = attribute(&tag, "title").unwrap_or_default();
                open.push(if is(&tag, "span", "code") { Open::Code } else { Open::Mark(label, length) });
            }
            (Token::String(text), Some(article)) if !matches!(open.last(), Some(Open::Code)) => {
                let text = String::from_utf8_lossy(&text);
                length += text.chars().count();
                article.text.push_str(&text);
            }
            (Token::EndTag(tag), Some(shown)) => match open.pop() {
                Some(Open::Mark(label, start)) => shown.marks.entry(label).or_default().push(start..length),
                Some(Open::Code) => {}
                None if *tag.name == *b"div" => articles.extend(article.take()),
                None => {}
            },
            _ => {}
        }
    }
    articles.into_iter().map(|Shown { text, marks }| Shown { text, marks: joined(marks) }).collect()
}

fn is(tag: &StartTag<()>, name: &str, class: &str) -> bool {
    let classes = attribute(tag, "class").unwrap_or_default();
    *tag.name == *name.as_bytes() && classes.split(' ').any(|one| one == class)
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    let value = tag.attributes.get(&HtmlString(name.as_bytes().to_vec()))?;
    Some(String::from_utf8_lossy(&value.value).into_owned())
}

fn joined(mut marks: Marks) -> Marks {
    for stretches in marks.values_mut() {
        stretches.sort_by_key(|stretch| (stretch.start, stretch.end));
        let mut joined: Vec<Range<usize>> = Vec::new();
        for stretch in stretches.drain(..) {
            match joined.last_mut() {
                Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
                _ => joined.push(stretch),
            }
        }
        *stretches = joined;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::*;
    use crate::formats::{ExportOptions, Format, WriteOptions, export};

    #[test]
    fn a_page_that_lacks_something_is_noticed() {
        let documents = [
            document(
                "زار <b>سامي</b>\r\n&amp; \"بغداد\"😊",
                &[("سامي", "PER"), ("\"بغداد\"", "LOC"), ("بغداد", "LOC")],
            ),
            document("رئيس وزراء مصر السابق", &[("رئيس وزراء مصر", "OCC"), ("مصر السابق", "PER")]),
        ];
        let page =
            export(&documents, Format::Html, ExportOptions::default(), &WriteOptions::default()).unwrap();
        let page = String::from_utf8(page.output.stream).unwrap();
        assert_eq!(missing(page.as_bytes(), &documents), None);
        for (from, to, which) in [
            ("سامي</span>", "سام</span>", 0),
            ("title=\"PER\"", "title=\"ORG\"", 0),
            ("السابق</span>", "</span>السابق", 1),
            ("&#13;", "", 0),
            ("<div class=\"text\">", "<div>", 0),
        ] {
            assert!(page.contains(from), "{from}: {page}");
            let broken = page.replacen(from, to, 1);
            assert_eq!(missing(broken.as_bytes(), &documents), Some(&documents[which]), "{from}");
        }
    }
}
