//! Column files: a token a row with its tags, blank lines between sentences, comments about the file and its articles.
//! What [`conll`](super::conll) and [`wojood`](super::wojood) share.

use std::io::{self, Write};

use serde_json::Value;

use super::capacity::Capacity;
use super::problem::Problems;
use super::tags::Tag;
use super::tokens::{TOKENISER, find_tokens, join_tokens, sentence_starts, tokens};
use super::{
    Edges, Header, Holds, Layers, Loss, Losses, Outcome, ProblemKind, ReadOptions, TextHeld, WriteOptions,
};
use crate::annotation::{Document, Status};
use crate::text::{ByteRange, SourceText};

/// The row before an article, in its first column.
pub(super) const DOCSTART: &str = "-DOCSTART-";

/// What a column file can hold, with or without comments.
pub(super) fn holds(layers: Layers, options: &WriteOptions) -> Holds {
    let commented = options.header == Header::Comments;
    Holds {
        text: if commented { TextHeld::Verbatim } else { TextHeld::Visible },
        edges: Edges::Tokens,
        layers,
        fragments: false,
        details: false,
        names: commented,
    }
}

/// Tells the losses what of a document a column file has no place for.
pub(super) fn fit(document: &Document, header: Header, losses: &mut Losses) {
    let record: &'static [&'static str] = match header {
        Header::Comments => &["status"],
        Header::None => &[],
    };
    Capacity { span: &[], record }.fit(document, losses);
    if header == Header::None {
        losses.say(&document.id, Loss::Field { field: "id" });
    }
}

/// The comments about a file: name and value of each.
pub(super) fn write_file_comments(output: &mut dyn Write, about: &[(&str, &str)]) -> io::Result<()> {
    about.iter().try_for_each(|(key, value)| writeln!(output, "# {key} = {value}"))
}

/// What the tokens of a file are, for its comments.
pub(super) fn about_tokens(options: &WriteOptions) -> [(&'static str, &'static str); 3] {
    let split = options.alignment.remedy(super::MisfitKind::InsideWord) == super::Remedy::Split;
    let edges = if split { "split" } else { "whole" };
    [("tokeniser", TOKENISER), ("clitics", options.clitics.as_str()), ("words_at_span_edges", edges)]
}

/// The comments about an article.
pub(super) fn write_article_comments(output: &mut dyn Write, document: &Document) -> io::Result<()> {
    writeln!(output, "# id = {}", quoted(document.id.as_str()))?;
    if document.status != Status::New {
        writeln!(output, "# status = {}", document.status.as_str())?;
    }
    writeln!(output, "# text = {}", quoted(document.text.as_str()))
}

/// A JSON string without anything that a reader might take for the end of a line.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    let mut quoted = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            quoted.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            quoted.push(c);
        }
    }
    quoted
}

/// The sentences of a document, each with its tokens. Tokens are cut where spans begin and end, and no sentence ends
/// inside a span.
pub(super) fn token_sentences(document: &Document, options: &WriteOptions) -> Vec<Vec<ByteRange>> {
    let ranges: Vec<ByteRange> = document.spans.iter().map(|span| span.range).collect();
    let edges = ranges.iter().flat_map(|range| [range.start, range.end]);
    let tokens = tokens(&document.text, options.clitics, edges);
    let mut starts = sentence_starts(&document.text, &tokens, &ranges);
    starts.push(tokens.len());
    let sentence = |pair: &[usize]| match *pair {
        [start, end] => tokens.get(start..end).map(<[_]>::to_vec),
        _ => None,
    };
    starts.windows(2).filter_map(sentence).collect()
}

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// The line, from 1.
    pub(super) line: u64,
    pub(super) token: &'a str,
    /// The columns behind the token.
    pub(super) columns: Vec<&'a str>,
}

/// The rows of an article, and what the comments say of it.
#[derive(Debug, Default)]
pub(super) struct Article<'a> {
    /// The first line, from 1.
    pub(super) line: u64,
    pub(super) id: Option<String>,
    pub(super) status: Option<Status>,
    text: Option<String>,
    pub(super) sentences: Vec<Vec<Row<'a>>>,
}

/// A file taken apart.
#[derive(Debug, Default)]
pub(super) struct ColumnFile<'a> {
    pub(super) articles: Vec<Article<'a>>,
    /// True if a comment names the scheme of the tags.
    pub(super) names_scheme: bool,
}

impl<'a> ColumnFile<'a> {
    /// Takes a file apart. Columns are parted by tabs where a row has any, or else by spaces.
    pub(super) fn parse(text: &'a str) -> Self {
        let mut file = Self::default();
        let mut in_sentence = false;
        for (number, line) in (1..).zip(text.split('\n')) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.trim().is_empty() {
                in_sentence = false;
                continue;
            }
            if !in_sentence && let Some((key, value)) = comment(line) {
                file.take_comment(key, value, number);
                continue;
            }
            let mut columns: Vec<&str> = if line.contains('\t') {
                line.split('\t').collect()
            } else {
                line.split(' ').filter(|column| !column.is_empty()).collect()
            };
            if columns.is_empty() {
                continue;
            }
            let token = columns.remove(0);
            if token == DOCSTART {
                file.begin(number);
                in_sentence = false;
                continue;
            }
            let article = file.current(number);
            if !std::mem::replace(&mut in_sentence, true) {
                article.sentences.push(Vec::new());
            }
            if let Some(sentence) = article.sentences.last_mut() {
                sentence.push(Row { line: number, token, columns });
            }
        }
        file
    }

    fn begin(&mut self, line: u64) {
        self.articles.push(Article { line, ..Article::default() });
    }

    fn current(&mut self, line: u64) -> &mut Article<'a> {
        if self.articles.is_empty() {
            self.begin(line);
        }
        let last = self.articles.len() - 1;
        &mut self.articles[last]
    }

    fn take_comment(&mut self, key: &str, value: &str, line: u64) {
        let value = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.to_owned());
        match key {
            "scheme" => self.names_scheme = true,
            "id" => {
                let article = self.current(line);
                if article.id.is_some() || !article.sentences.is_empty() {
                    self.begin(line);
                }
                self.current(line).id = Some(value);
            }
            "status" => {
                let all = [Status::New, Status::InProgress, Status::Done, Status::Skipped];
                self.current(line).status = all.into_iter().find(|status| status.as_str() == value);
            }
            // In other people's files a text belongs to a sentence.
            "text" if self.articles.last().is_some_and(|article| article.sentences.is_empty()) => {
                self.current(line).text = Some(value);
            }
            _ => {}
        }
    }
}

/// Key and value of `# key = value`. A token `#` has a tag behind it and no equals sign.
fn comment(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.strip_prefix("# ")?.split_once(" = ")?;
    let is_key = !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    is_key.then_some((key, value))
}

impl Article<'_> {
    /// The text and where the tokens are in it. If the file has no text, or another one, it is put together: a space
    /// between tokens, a line for each sentence. That is said.
    pub(super) fn place(&self, problems: &mut Problems) -> (SourceText, Vec<Vec<ByteRange>>) {
        if let Some(text) = &self.text {
            if let Some(places) = self.find(text) {
                return (SourceText::new(text.as_str()), places);
            }
            problems.say("text", ProblemKind::TextDiffers, Outcome::Repaired);
        }
        let mut text = String::new();
        let mut places = Vec::with_capacity(self.sentences.len());
        for sentence in &self.sentences {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            let tokens: Vec<&str> = sentence.iter().map(|row| row.token).collect();
            let (joined, ranges) = join_tokens(&tokens);
            text.push_str(&joined);
            let moved =
                |range: ByteRange| (range.start.to_usize() + start..range.end.to_usize() + start).into();
            places.push(ranges.into_iter().map(moved).collect());
        }
        (SourceText::new(text), places)
    }

    /// The places of the tokens in a text.
    fn find(&self, text: &str) -> Option<Vec<Vec<ByteRange>>> {
        let tokens: Vec<&str> = self.sentences.iter().flatten().map(|row| row.token).collect();
        let mut places = find_tokens(text, &tokens)?.into_iter();
        Some(self.sentences.iter().map(|sentence| places.by_ref().take(sentence.len()).collect()).collect())
    }

    /// What the article is called: as the file says, if it says anything, else by its number in the file.
    pub(super) fn name(&self, number: usize, options: &ReadOptions) -> String {
        let said = self.id.clone().filter(|id| !id.is_empty());
        said.unwrap_or_else(|| format!("{}-{number}", options.stem()))
    }

    /// True if the file states the text.
    pub(super) fn has_text(&self) -> bool {
        self.text.is_some()
    }
}

/// What the beginning of a text looks like, if it looks like columns: true if some token has several tags.
pub(super) fn sniff_columns(beginning: &str) -> Option<bool> {
    let file = ColumnFile::parse(beginning);
    let rows = file.articles.iter().flat_map(|article| &article.sentences).flatten();
    // The last row may be cut off.
    let rows: Vec<_> = rows.take(40).collect();
    let rows = if rows.len() > 1 { rows.split_last()?.1 } else { &rows[..] };
    let is_tagged = |row: &&Row<'_>| row.columns.last().is_some_and(|tag| Tag::parse(tag).is_some());
    if rows.is_empty() || !rows.iter().all(is_tagged) {
        return None;
    }
    let is_nested = |row: &&Row<'_>| {
        row.columns.len() > 1
            && row.columns.iter().all(|tag| Tag::parse(tag).is_some_and(|tag| tag != Tag::Outside))
    };
    Some(rows.iter().any(is_nested))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_without_a_token_is_left_out_and_told() {
        let file = "زار\tO\n\tB-LOC\nبغداد\tB-LOC\n";
        for read in [crate::formats::conll::read_file, crate::formats::wojood::read_file] {
            let reading = read(file.as_bytes(), &crate::formats::ReadOptions::for_file("a.conll")).remove(0);
            let document = reading.document.unwrap();
            let spans: Vec<_> = document.spans.iter().map(|span| document.text.slice(span.range)).collect();
            assert_eq!(spans, [Some("بغداد")]);
            let told = reading.problems.iter().find(|problem| problem.field == "token").unwrap();
            assert_eq!(
                (told.line, &told.kind, told.outcome),
                (Some(2), &ProblemKind::Missing, Outcome::EntryLeftOut)
            );
        }
    }

    #[test]
    fn a_file_is_taken_apart_into_articles_sentences_and_rows() {
        let file = ColumnFile::parse(
            "# scheme = iob2\n-DOCSTART- -X- O O\n\n# id = \"a\\\"b\"\n# -X- O O\nزار NN X O\r\n\nx\ty\tO\n-DOCSTART- O\nz O",
        );
        assert!(file.names_scheme);
        let lengths = |article: &Article<'_>| article.sentences.iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(file.articles.iter().map(lengths).collect::<Vec<_>>(), [vec![2, 1], vec![1]]);
        assert_eq!(file.articles[0].id.as_deref(), Some("a\"b"));
        let rows = &file.articles[0].sentences;
        assert_eq!((rows[0][0].token, rows[0][1].line, &rows[1][0].columns[..]), ("#", 6, &["y", "O"][..]));
    }

    #[test]
    fn a_text_that_is_stated_is_believed_if_the_tokens_are_in_it() {
        let article = |text: &str| {
            let file = format!("# id = x\n# text = {}\nزار O\nبغداد B-LOC\n", Value::from(text));
            let file = ColumnFile::parse(&file);
            let mut problems = Problems::new(&"a".into(), None);
            let (text, places) = file.articles[0].place(&mut problems);
            (text.slice(places[0][1]).map(str::to_owned), text.as_str().to_owned(), problems.into_vec().len())
        };
        let wanted = Some("بغداد".to_owned());
        assert_eq!(
            article("زار\u{200F}\r\n بغداد "),
            (wanted.clone(), "زار\u{200F}\r\n بغداد ".to_owned(), 0)
        );
        assert_eq!(article("زار و بغداد"), (wanted, "زار بغداد".to_owned(), 1));
    }

    #[test]
    fn columns_are_told_from_articles() {
        for (text, wanted) in [
            ("زار O\nبغداد B-LOC\nثم O", Some(false)),
            ("زار NN X O\nبغداد NN X B-LOC\nعاد", Some(false)),
            ("الجامعة I-OCC B-ORG\nثم O\nعاد O", Some(true)),
            ("زار الوفد بغداد\nثم عاد", None),
            ("", None),
        ] {
            assert_eq!(sniff_columns(text), wanted, "{text}");
        }
    }
}
