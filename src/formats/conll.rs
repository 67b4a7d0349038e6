//! Columns as in CoNLL-2003: a token a row, its tag in the last column, blank lines between sentences, `-DOCSTART-`
//! before each article.
//!
//! Four columns or two, in four schemes, which are told apart on reading. Tokens are Misam's words, cut where spans begin
//! and end. The file names its choices in comments, which hold the articles' texts too, so that it comes back to the
//! letter; without comments it is what every reader of such files reads.

use super::columns::{
    ColumnFile, about_tokens, fit, token_sentences, write_article_comments, write_file_comments,
};
use super::labels::Labels;
use super::problem::Problems;
use super::tags::{SchemeEvidence, Tag, TagSpan, decode, encode};
use super::tokens::tokens_of;
use super::{
    Columns, DocumentWriter, ExportError, Header, Losses, Outcome, Output, ProblemKind, ReadOptions, Reading,
    WriteOptions, whole_file,
};
use crate::annotation::{Document, DocumentId, Origin, Span, SpanId};

/// Reads a file.
#[must_use]
pub fn read_file(bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    let mut about_file = Problems::new(&options.file, None);
    let Some(text) = whole_file::text(bytes, &mut about_file) else { return whole_file::nothing(about_file) };
    let file = ColumnFile::parse(text);
    if file.articles.is_empty() {
        about_file.say("", ProblemKind::NoRecords, Outcome::FileLeftOut);
        return whole_file::nothing(about_file);
    }
    let mut evidence = SchemeEvidence::default();
    for sentence in file.articles.iter().flat_map(|article| &article.sentences) {
        evidence.add(&sentence.iter().filter_map(|row| row.columns.last().copied()).collect::<Vec<_>>());
    }
    let scheme = evidence.scheme();
    if !file.names_scheme {
        about_file.say("", ProblemKind::TagScheme { scheme: scheme.as_str() }, Outcome::Kept);
    }
    if file.articles.iter().any(|article| !article.has_text()) {
        about_file.say("", ProblemKind::TextRebuilt, Outcome::Repaired);
    }
    let mut labels = Labels::new(options);
    let mut readings: Vec<Reading> = Vec::with_capacity(file.articles.len());
    for (n, article) in (1..).zip(&file.articles) {
        let mut problems = Problems::new(&options.file, Some(article.line));
        let (text, places) = article.place(&mut problems);
        let id = article.name(n, options);
        let mut document = Document::new(DocumentId::new(id), text);
        document.status = article.status.unwrap_or_default();
        let mut spans = Vec::new();
        for (sentence, places) in article.sentences.iter().zip(&places) {
            let mut tags = Vec::with_capacity(sentence.len());
            for row in sentence {
                let found = row.columns.last().copied();
                let tag = found.and_then(Tag::parse);
                if tag.is_none() {
                    let kind = ProblemKind::BadTag { found: found.unwrap_or_default().to_owned() };
                    problems.say_at(row.line, "tag", kind, Outcome::FieldLeftOut);
                }
                tags.push(tag.unwrap_or(Tag::Outside));
            }
            let found = decode(&tags);
            let meant = encode(tags.len(), &found, scheme);
            for ((row, tag), meant) in sentence.iter().zip(&tags).zip(meant) {
                let found = row.columns.last().copied().unwrap_or_default();
                if *tag != Tag::Outside && found != meant {
                    let kind = ProblemKind::TagOutOfPlace { found: found.to_owned(), meant };
                    problems.say_at(row.line, "tag", kind, Outcome::Repaired);
                }
            }
            for TagSpan { tokens, label } in found {
                let line = sentence.get(tokens.start).map_or(article.line, |row| row.line);
                let Some(label) = problems.at(line, |problems| labels.code(&label, "tag", problems)) else {
                    continue;
                };
                let places = places.get(tokens).unwrap_or_default();
                if let Some((first, last)) = places.first().zip(places.last()) {
                    let range = crate::text::ByteRange { start: first.start, end: last.end };
                    if range.start >= range.end {
                        problems.say_at(line, "token", ProblemKind::Missing, Outcome::EntryLeftOut);
                        continue;
                    }
                    let id = SpanId::numbered(spans.len() as u32 + 1);
                    spans.push(Span::new(id, range, label, Origin::Imported));
                }
            }
        }
        document.spans = spans.into_iter().collect();
        readings.push(Reading {
            line: Some(article.line),
            document: Some(document),
            problems: problems.into_vec(),
        });
    }
    if let Some(first) = readings.first_mut() {
        first.problems.splice(0..0, about_file.into_vec());
    }
    readings
}

/// Writes rows.
#[derive(Debug)]
pub struct Writer {
    options: WriteOptions,
    begun: bool,
}

impl Writer {
    /// A writer with these choices.
    #[must_use]
    pub fn new(options: WriteOptions) -> Self {
        Self { options, begun: false }
    }
}

impl DocumentWriter for Writer {
    fn write(
        &mut self,
        document: &Document,
        output: &mut dyn Output,
        losses: &mut Losses,
    ) -> Result<(), ExportError> {
        let Self { options, begun } = self;
        fit(document, options.header, losses);
        let output = output.stream();
        let commented = options.header == Header::Comments;
        if !std::mem::replace(begun, true) && commented {
            write_file_comments(output, &[("scheme", options.scheme.as_str())])?;
            write_file_comments(output, &about_tokens(options))?;
        }
        let row = |output: &mut dyn std::io::Write, token: &str, tag: &str| match options.columns {
            Columns::Two => writeln!(output, "{token}\t{tag}"),
            Columns::Four => writeln!(output, "{token} -X- O {tag}"),
        };
        row(output, super::columns::DOCSTART, "O")?;
        writeln!(output)?;
        if commented {
            write_article_comments(output, document)?;
        }
        let sentences = token_sentences(document, options);
        if commented && sentences.is_empty() {
            writeln!(output)?;
        }
        for tokens in sentences {
            let of_sentence = |span: &Span| {
                let tokens = tokens_of(&tokens, span.range);
                (!tokens.is_empty()).then(|| TagSpan { tokens, label: span.label.as_str().to_owned() })
            };
            let spans: Vec<_> = document.spans.iter().filter_map(|span| of_sentence(span)).collect();
            let tags = encode(tokens.len(), &spans, options.scheme);
            for (&token, tag) in tokens.iter().zip(&tags) {
                row(output, document.text.slice(token).unwrap_or_default(), tag)?;
            }
            writeln!(output)?;
        }
        Ok(())
    }
}
