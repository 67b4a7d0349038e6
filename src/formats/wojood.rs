//! Columns with nested tags, as the Wojood corpus has them: a token a row, behind it a tag for each span it is in, outer
//! spans first, all with one space between them; blank lines between sentences.
//!
//! Spans of different labels may nest and overlap. Of one label they may not: nothing would tell where the inner one
//! ends. Comments name and hold the articles, as in [`conll`](super::conll).

use std::collections::BTreeMap;

use super::columns::{
    Article, ColumnFile, about_tokens, fit, token_sentences, write_article_comments, write_file_comments,
};
use super::labels::Labels;
use super::problem::Problems;
use super::tags::{Place, Tag};
use super::{
    DocumentWriter, ExportError, Header, Loss, Losses, Outcome, Output, ProblemKind, ReadOptions, Reading,
    WriteOptions, whole_file,
};
use crate::annotation::{Document, DocumentId, Origin, Span, SpanId};
use crate::text::ByteRange;

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
    if file.articles.iter().any(|article| !article.has_text()) {
        about_file.say("", ProblemKind::TextRebuilt, Outcome::Repaired);
    }
    let mut labels = Labels::new(options);
    let readings = (1..).zip(&file.articles).map(|(n, article)| {
        let mut problems = Problems::new(&options.file, Some(article.line));
        let (text, places) = article.place(&mut problems);
        let id = article.name(n, options);
        let mut document = Document::new(DocumentId::new(id), text);
        document.status = article.status.unwrap_or_default();
        let spans = read_spans(article, &places, &mut labels, &mut problems);
        document.spans = spans.into_iter().collect();
        Reading { line: Some(article.line), document: Some(document), problems: problems.into_vec() }
    });
    let mut readings: Vec<_> = readings.collect();
    if let Some(first) = readings.first_mut() {
        first.problems.splice(0..0, about_file.into_vec());
    }
    readings
}

fn read_spans(
    article: &Article<'_>,
    places: &[Vec<ByteRange>],
    labels: &mut Labels<'_>,
    problems: &mut Problems,
) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (sentence, places) in article.sentences.iter().zip(places) {
        // The spans that the row before is in, by label.
        let mut open: BTreeMap<&str, usize> = BTreeMap::new();
        for (row, &range) in sentence.iter().zip(places) {
            let before = std::mem::take(&mut open);
            for &found in &row.columns {
                let (place, name) = match Tag::parse(found) {
                    Some(Tag::In(place, name)) => (place, name),
                    Some(Tag::Outside) => continue,
                    None => {
                        let kind = ProblemKind::BadTag { found: found.to_owned() };
                        problems.say_at(row.line, "tag", kind, Outcome::FieldLeftOut);
                        continue;
                    }
                };
                if range.start >= range.end {
                    problems.say_at(row.line, "token", ProblemKind::Missing, Outcome::EntryLeftOut);
                    continue;
                }
                let goes_on = matches!(place, Place::Inside | Place::End);
                if let Some((&n, span)) =
                    before.get(name).filter(|_| goes_on).and_then(|n| Some((n, spans.get_mut(*n)?)))
                {
                    span.range.end = range.end;
                    open.insert(name, n);
                    continue;
                }
                if goes_on {
                    let kind =
                        ProblemKind::TagOutOfPlace { found: found.to_owned(), meant: format!("B-{name}") };
                    problems.say_at(row.line, "tag", kind, Outcome::Repaired);
                }
                if let Some(label) = problems.at(row.line, |problems| labels.code(name, "tag", problems)) {
                    open.insert(name, spans.len());
                    let id = SpanId::numbered(spans.len() as u32 + 1);
                    spans.push(Span::new(id, range, label, Origin::Imported));
                }
            }
        }
    }
    spans
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
        if commented {
            if !std::mem::replace(begun, true) {
                write_file_comments(output, &about_tokens(options))?;
            }
            write_article_comments(output, document)?;
        }
        let sentences = token_sentences(document, options);
        match (sentences.is_empty(), commented) {
            (true, true) => writeln!(output)?,
            (true, false) => losses.say(&document.id, Loss::EmptyDocument),
            (false, _) => {}
        }
        for tokens in sentences {
            for token in tokens {
                write!(output, "{}", document.text.slice(token).unwrap_or_default())?;
                let mut outside = true;
                for span in document.spans.overlapping(token) {
                    let place = if span.range.start == token.start { 'B' } else { 'I' };
                    write!(output, " {place}-{}", span.label)?;
                    outside = false;
                }
                writeln!(output, "{}", if outside { " O" } else { "" })?;
            }
            writeln!(output)?;
        }
        Ok(())
    }
}
