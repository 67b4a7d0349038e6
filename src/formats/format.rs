//! The formats there are: one table, one row each.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::jsonl;
use super::sniff::begins_with_a_line_of_json;
use super::{
    DocumentWriter, Edges, Holds, Layers, Losses, ReadLine, ReadOptions, Reading, WriteOption, WriteOptions,
    article, bdoc, brat, cas, cas_json, columns, conll, csv, docbin, doccano, hf, html, label_studio,
    prodigy, pubannotation, tei, text, w3c, webanno_tsv, wojood, xmi,
};
use crate::annotation::{Document, DocumentId};

/// A file format, by the name the command line and the page use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Misam's own records, one a line.
    Misam,
    /// Prodigy's records, one a line.
    Prodigy,
    /// spaCy's binary documents.
    DocBin,
    /// Columns, one token a line.
    Conll,
    /// Columns with nested tags, outer first.
    Wojood,
    /// brat standoff.
    Brat,
    /// WebAnno TSV 3.3, as INCEpTION exchanges it.
    WebannoTsv,
    /// UIMA CAS as JSON.
    CasJson,
    /// UIMA CAS as XML.
    Xmi,
    /// Label Studio JSON.
    LabelStudio,
    /// doccano JSONL.
    Doccano,
    /// GATE bdoc.
    Bdoc,
    /// W3C Web Annotation.
    W3c,
    /// TEI P5.
    Tei,
    /// PubAnnotation JSON.
    PubAnnotation,
    /// Comma-separated values, one span a row.
    Csv,
    /// Hugging Face datasets.
    Hf,
    /// Plain text, one article a file.
    Text,
    /// Web pages: of one that is read the article, of what is written a page to read and to print.
    Html,
    /// Markdown, read without its marks.
    Markdown,
    /// Documents of Word.
    Docx,
    /// Texts of LibreOffice.
    Odt,
    /// RSS and Atom feeds.
    Feed,
    /// Tables with a row an article.
    Table,
    /// JSON of any shape that holds articles.
    Json,
}

/// How a format is read.
#[derive(Clone, Copy)]
pub enum Reader {
    /// Line by line.
    Lines(ReadLine),
    /// A whole file at once.
    File(fn(&[u8], &ReadOptions) -> Vec<Reading>),
    /// Files that belong together, by name, at once: a folder. One file alone may do.
    Folder(fn(&BTreeMap<String, Vec<u8>>, &ReadOptions) -> Vec<Reading>),
}

/// A name that is no format's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no format {0:?}; the formats are {names}", names = Format::ALL.map(Format::as_str).join(", "))]
pub struct UnknownFormat(pub String);

/// A format that this version does not read or write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{verb} {format} is not available yet in this version; available: {}", available.join(", "))]
pub struct Unavailable {
    /// The format.
    pub format: Format,
    /// "reading" or "writing".
    pub verb: &'static str,
    /// The formats for which it is.
    pub available: Vec<&'static str>,
}

struct Row {
    format: Format,
    name: &'static str,
    extensions: &'static [&'static str],
}

const fn row(format: Format, name: &'static str, extensions: &'static [&'static str]) -> Row {
    Row { format, name, extensions }
}

/// Every format, in the order of the enumeration. Names only: who needs no more than these, as the page does, is not
/// burdened with the readers and writers.
static TABLE: [Row; 25] = [
    row(Format::Misam, "misam", &["jsonl", "ndjson"]),
    row(Format::Prodigy, "prodigy", &["jsonl"]),
    row(Format::DocBin, "docbin", &["spacy"]),
    row(Format::Conll, "conll", &["conll", "bio", "iob"]),
    row(Format::Wojood, "wojood", &["txt"]),
    row(Format::Brat, "brat", &["ann"]),
    row(Format::WebannoTsv, "webanno-tsv", &["tsv"]),
    row(Format::CasJson, "cas-json", &["json"]),
    row(Format::Xmi, "xmi", &["xmi"]),
    row(Format::LabelStudio, "label-studio", &["json"]),
    row(Format::Doccano, "doccano", &["jsonl"]),
    row(Format::Bdoc, "bdoc", &["bdocjs", "json"]),
    row(Format::W3c, "w3c", &["jsonld"]),
    row(Format::Tei, "tei", &["xml"]),
    row(Format::PubAnnotation, "pubannotation", &["json"]),
    row(Format::Csv, "csv", &["csv"]),
    row(Format::Hf, "hf", &["jsonl"]),
    row(Format::Text, "text", &["txt"]),
    row(Format::Html, "html", &["html", "htm", "xhtml", "mhtml", "mht"]),
    row(Format::Markdown, "markdown", &["md", "markdown"]),
    row(Format::Docx, "docx", &["docx"]),
    row(Format::Odt, "odt", &["odt"]),
    row(Format::Feed, "feed", &["rss", "atom", "xml"]),
    row(Format::Table, "table", &["csv", "tsv"]),
    row(Format::Json, "json", &["json", "jsonl"]),
];

/// How each format is read, where this version reads it.
fn reading(format: Format) -> Option<Reader> {
    match format {
        Format::Misam => Some(Reader::Lines(jsonl::read_record)),
        Format::Prodigy => Some(Reader::Lines(prodigy::read_record)),
        Format::DocBin => Some(Reader::File(docbin::read_file)),
        Format::Conll => Some(Reader::File(conll::read_file)),
        Format::Wojood => Some(Reader::File(wojood::read_file)),
        Format::Brat => Some(Reader::Folder(brat::read_folder)),
        Format::WebannoTsv => Some(Reader::File(webanno_tsv::read_file)),
        Format::CasJson => Some(Reader::File(cas_json::read_file)),
        Format::Xmi => Some(Reader::Folder(xmi::read_folder)),
        Format::Bdoc => Some(Reader::File(bdoc::read_file)),
        Format::W3c => Some(Reader::Folder(w3c::read_folder)),
        Format::Tei => Some(Reader::File(tei::read_file)),
        Format::PubAnnotation => Some(Reader::File(pubannotation::read_file)),
        Format::LabelStudio => Some(Reader::File(label_studio::read_file)),
        Format::Doccano => Some(Reader::Lines(doccano::read_record)),
        Format::Csv => Some(Reader::File(csv::read_file)),
        Format::Hf => Some(Reader::Folder(hf::read_folder)),
        Format::Text => Some(Reader::File(text::read_file)),
        Format::Html => Some(Reader::File(article::html::read_file)),
        Format::Markdown => Some(Reader::File(article::markdown::read_file)),
        Format::Docx => Some(Reader::File(article::docx::read_file)),
        Format::Odt => Some(Reader::File(article::odt::read_file)),
        Format::Feed => Some(Reader::File(article::feed::read_file)),
        Format::Table => Some(Reader::File(article::table::read_file)),
        Format::Json => Some(Reader::File(article::read_json)),
    }
}

/// How each format is written, where this version writes it.
fn writing(format: Format, options: &WriteOptions) -> Option<Box<dyn DocumentWriter>> {
    match format {
        Format::Misam => Some(Box::new(jsonl::Writer)),
        Format::Prodigy => Some(Box::new(prodigy::Writer)),
        Format::DocBin => Some(Box::new(docbin::Writer::new(options.clone()))),
        Format::Conll => Some(Box::new(conll::Writer::new(options.clone()))),
        Format::Wojood => Some(Box::new(wojood::Writer::new(options.clone()))),
        Format::Brat => Some(Box::new(brat::Writer::default())),
        Format::WebannoTsv => Some(Box::new(webanno_tsv::Writer::default())),
        Format::CasJson => Some(Box::new(cas_json::writer())),
        Format::Xmi => Some(Box::new(xmi::Writer::default())),
        Format::Bdoc => Some(Box::new(bdoc::writer())),
        Format::W3c => Some(Box::new(w3c::Writer::default())),
        Format::Tei => Some(Box::new(tei::writer())),
        Format::PubAnnotation => Some(Box::new(pubannotation::writer())),
        Format::Html => Some(Box::new(html::Writer::default())),
        Format::LabelStudio => Some(Box::new(label_studio::Writer::default())),
        Format::Doccano => Some(Box::new(doccano::Writer)),
        Format::Csv => Some(Box::new(csv::Writer::default())),
        Format::Hf => Some(Box::new(hf::Writer::new(options.clone()))),
        Format::Text => Some(Box::new(text::Writer)),
        Format::Markdown | Format::Docx | Format::Odt | Format::Feed | Format::Table | Format::Json => None,
    }
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 25] = [
        Self::Misam,
        Self::Prodigy,
        Self::DocBin,
        Self::Conll,
        Self::Wojood,
        Self::Brat,
        Self::WebannoTsv,
        Self::CasJson,
        Self::Xmi,
        Self::LabelStudio,
        Self::Doccano,
        Self::Bdoc,
        Self::W3c,
        Self::Tei,
        Self::PubAnnotation,
        Self::Csv,
        Self::Hf,
        Self::Text,
        Self::Html,
        Self::Markdown,
        Self::Docx,
        Self::Odt,
        Self::Feed,
        Self::Table,
        Self::Json,
    ];

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    /// File name extensions, the usual one first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.row().extensions
    }

    /// The usual file name extension.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.extensions().first().copied().unwrap_or("txt")
    }

    /// How to read it.
    ///
    /// # Errors
    /// [`Unavailable`] if this version does not.
    pub fn reader(self) -> Result<Reader, Unavailable> {
        reading(self).ok_or_else(|| self.unavailable("reading", |format| reading(format).is_some()))
    }

    /// How its records are read one by one, as the file comes, if it begins like this. `None` for formats of which the
    /// whole file is needed.
    #[must_use]
    pub fn reads_lines(self, beginning: &str) -> Option<ReadLine> {
        match self.reader() {
            Ok(Reader::Lines(read)) => Some(read),
            _ if self == Self::Json && begins_with_a_line_of_json(beginning) => Some(article::read_json_line),
            _ => None,
        }
    }

    /// True if what is text in a file of it and what is not is judged by its looks: somebody should look at what came of
    /// it.
    #[must_use]
    pub fn is_judged(self) -> bool {
        matches!(self, Self::Html | Self::Markdown)
    }

    /// A writer of it.
    ///
    /// # Errors
    /// [`Unavailable`] if this version does not write it.
    pub fn writer(self, options: &WriteOptions) -> Result<Box<dyn DocumentWriter>, Unavailable> {
        let able = |format| writing(format, &WriteOptions::default()).is_some();
        writing(self, options).ok_or_else(|| self.unavailable("writing", able))
    }

    /// What it can hold, written with these options.
    #[must_use]
    pub fn holds(self, options: &WriteOptions) -> Holds {
        match self {
            Self::DocBin | Self::Hf => Holds { edges: Edges::Tokens, fragments: false, ..Holds::EVERYTHING },
            Self::Conll => columns::holds(Layers::One, options),
            Self::Wojood => columns::holds(Layers::OnePerLabel, options),
            Self::LabelStudio | Self::Doccano | Self::WebannoTsv | Self::CasJson | Self::Xmi | Self::Bdoc => {
                Holds { fragments: false, ..Holds::EVERYTHING }
            }
            Self::Text => Holds { layers: Layers::None, names: false, ..Holds::EVERYTHING },
            _ => Holds::EVERYTHING,
        }
    }

    /// What can be chosen about it.
    #[must_use]
    pub fn options(self) -> &'static [WriteOption] {
        use WriteOption::{Alignment, Clitics, Columns, Header, Scheme};
        match self {
            Self::DocBin => &[Clitics, Alignment],
            Self::Hf => &[Scheme, Clitics, Alignment],
            Self::Conll => &[Scheme, Columns, Clitics, Header, Alignment],
            Self::Wojood => &[Clitics, Header, Alignment],
            Self::LabelStudio | Self::Doccano | Self::WebannoTsv | Self::CasJson | Self::Xmi | Self::Bdoc => {
                &[Alignment]
            }
            _ => &[],
        }
    }

    /// True if it is written, and not only read.
    #[must_use]
    pub fn is_written(self) -> bool {
        !matches!(self, Self::Markdown | Self::Docx | Self::Odt | Self::Feed | Self::Table | Self::Json)
    }

    /// True if this version writes it, all documents into one file.
    #[must_use]
    pub fn is_written_as_one_file(self) -> bool {
        matches!(
            self,
            Self::Misam
                | Self::Prodigy
                | Self::DocBin
                | Self::Conll
                | Self::Wojood
                | Self::LabelStudio
                | Self::Doccano
                | Self::Html
                | Self::Csv
        )
    }

    /// The document as it comes back from a file in this format. What the format cannot hold of it is told to `losses`.
    /// None for formats that do not say so beforehand.
    #[must_use]
    pub fn fit(self, document: &Document, losses: &mut Losses) -> Option<Document> {
        match self {
            Self::Brat => Some(brat::fit(document, losses)),
            Self::WebannoTsv => Some(webanno_tsv::fit(document, losses)),
            Self::CasJson => Some(cas::fit(document, losses)),
            Self::Xmi => Some(xmi::fit(document, losses)),
            Self::Bdoc => Some(bdoc::fit(document, losses)),
            Self::W3c => Some(w3c::fit(document, losses)),
            Self::Tei => Some(tei::fit(document, losses)),
            Self::PubAnnotation => Some(pubannotation::fit(document, losses)),
            Self::LabelStudio => Some(label_studio::fit(document, losses)),
            Self::Doccano => Some(doccano::fit(document, losses)),
            _ => None,
        }
    }

    fn unavailable(self, verb: &'static str, able: fn(Self) -> bool) -> Unavailable {
        let available = TABLE.iter().filter(|row| able(row.format)).map(|row| row.name).collect();
        Unavailable { format: self, verb, available }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Format {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let row = TABLE.iter().find(|row| row.name == name);
        row.map(|row| row.format).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// A file name for a document: its name with what file systems refuse replaced by `_`.
pub(super) fn file_name(id: &DocumentId, extension: &str) -> String {
    let name: String = id
        .as_str()
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c })
        .collect();
    let name = name.trim_matches([' ', '.']);
    format!("{}.{extension}", if name.is_empty() { "article" } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::MemoryOutput;

    #[test]
    fn every_format_stands_at_its_place_and_is_found_by_its_name() {
        for (n, format) in Format::ALL.into_iter().enumerate() {
            assert_eq!(TABLE[n].format, format);
            assert_eq!(format.as_str().parse(), Ok(format));
        }
        assert!("doc".parse::<Format>().unwrap_err().to_string().contains("webanno-tsv"));
    }

    #[test]
    fn what_is_written_as_one_file_goes_to_the_stream() {
        let document = Document::new(DocumentId::new("a"), "خبر");
        for format in Format::ALL {
            let Ok(mut writer) = format.writer(&WriteOptions::default()) else {
                assert!(!format.is_written_as_one_file());
                continue;
            };
            let mut output = MemoryOutput::default();
            writer.write(&document, &mut output, &mut Losses::default()).unwrap();
            writer.finish(&mut output).unwrap();
            assert_eq!(format.is_written_as_one_file(), output.files.is_empty(), "{format}");
            assert_eq!(output.stream.is_empty(), !format.is_written_as_one_file(), "{format}");
        }
    }

    #[test]
    fn a_format_that_is_not_there_yet_says_which_are() {
        let message = Format::Docx.writer(&WriteOptions::default()).err().unwrap().to_string();
        let beginning = "writing docx is not available yet in this version; available: misam, prodigy, ";
        assert!(message.starts_with(beginning), "{message}");
    }

    #[test]
    fn file_names_stay_in_their_folder() {
        let name = |id: &str| file_name(&DocumentId::new(id), "txt");
        assert_eq!(name("../a/b"), "_a_b.txt");
        assert_eq!(name("خبر 1"), "خبر 1.txt");
        assert_eq!(name(".."), "article.txt");
    }
}
