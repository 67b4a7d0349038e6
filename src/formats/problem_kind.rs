//! What a reader can find wrong. All of it is data, so that the page can say it in its own language.

use serde::Serialize;

use super::archive_fault::ArchiveFault;
use super::docbin::DocBinFault;
use super::encoding::Encoding;
use super::json::JsonType;
use super::json_fault::JsonFault;
use super::place::OffsetUnit;
use super::xml_fault::XmlFault;
use crate::annotation::SpanId;
use crate::schema::{LabelCode, LabelCodeError};

/// What was wrong.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProblemKind {
    /// Bytes that are no UTF-8.
    #[error("byte 0x{byte:02X} at column {column} is not UTF-8{}", guess_suffix(*guess))]
    NotUtf8 {
        /// The first bad byte.
        byte: u8,
        /// Its place in the line, in bytes from 1.
        column: u64,
        /// What the bytes look like.
        guess: Option<Encoding>,
    },
    /// Bytes that are no characters of the encoding the file was read in; U+FFFD stands in their place.
    #[error("{count} characters could not be read as {encoding}; U+FFFD stands in their place")]
    Replaced {
        /// How many.
        count: u64,
        /// The encoding.
        encoding: Encoding,
    },
    /// A UTF-8 byte order mark at the start of the file.
    #[error("the file starts with a byte order mark")]
    ByteOrderMark,
    /// A page, an entry or a row in which no text was found.
    #[error("no text was found in it")]
    NoArticle,
    /// A file without a record.
    #[error("the file holds no record")]
    NoRecords,
    /// One JSON list instead of one record a line.
    #[error("the file is one JSON list, not one record a line")]
    JsonList,
    /// Not JSON.
    #[error("not valid JSON at column {column}: {fault}")]
    Json {
        /// Where, in code points from 1.
        column: usize,
        /// What is wrong there.
        fault: JsonFault,
    },
    /// JSON that stops in the middle.
    #[error("the JSON stops in the middle, at column {column}")]
    Truncated {
        /// Where, in code points from 1.
        column: usize,
    },
    /// Half of a surrogate pair in an escape, which is no character.
    #[error("half a surrogate pair is escaped at column {column}; it is no character")]
    LoneSurrogate {
        /// Where, in code points from 1.
        column: usize,
    },
    /// `NaN` or `Infinity`, which JSON does not have.
    #[error("NaN or Infinity at column {column}; JSON has no such numbers")]
    NotANumber {
        /// Where, in code points from 1.
        column: usize,
    },
    /// Objects in objects in objects.
    #[error("nested more deeply than 128 levels at column {column}")]
    TooDeep {
        /// Where, in code points from 1.
        column: usize,
    },
    /// A number that no 64-bit type can hold exactly.
    #[error("a number of more digits than 64 bits hold was rounded")]
    NumberRounded,
    /// A key that is there twice in one object.
    #[error("the key is there more than once; the last value counts")]
    DuplicateKey,
    /// A record of a later format.
    #[error("the record is in the format {found:?}, which this version does not read")]
    UnknownFormat {
        /// The format.
        found: String,
    },
    /// A field that has to be there.
    #[error("the field is missing")]
    Missing,
    /// A field of the wrong type.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// What it must be.
        expected: JsonType,
        /// What it is.
        found: JsonType,
    },
    /// A text over the limit.
    #[error("the text is {bytes} bytes long; at most {most} can be read")]
    TextTooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// A line over the limit.
    #[error("the line is longer than {} MB", most >> 20)]
    LineTooLong {
        /// The limit, in bytes.
        most: usize,
    },
    /// A text with nothing in it.
    #[error("the text is empty")]
    EmptyText,
    /// The file was made by something else, or by hand: fields that Misam writes are not there.
    #[error("the record lacks {}", missing.join(", "))]
    Completed {
        /// The fields that were filled in.
        missing: Vec<&'static str>,
    },
    /// The checksum is not that of the text.
    #[error("text_sha256 is not that of the text, so the text was changed after the record was written")]
    Checksum,
    /// A document of that name came before in the file.
    #[error("the id {id:?} was there before; it is now {now:?}")]
    DuplicateDocument {
        /// The name.
        id: String,
        /// The new name.
        now: String,
    },
    /// A span of that name came before in the record.
    #[error("the id {id} was there before; it is now {now}")]
    DuplicateSpan {
        /// The name.
        id: SpanId,
        /// The new name.
        now: SpanId,
    },
    /// A word that is none of the fixed set.
    #[error("{found:?} is none of {}; it is now {now:?}", allowed.join(", "))]
    UnknownWord {
        /// What is there.
        found: String,
        /// The words.
        allowed: Vec<&'static str>,
        /// The word taken instead.
        now: &'static str,
    },
    /// A label code that cannot be one.
    #[error("{found:?} is no label: {reason}{}", now_suffix(now.as_ref()))]
    BadLabel {
        /// What is there.
        found: String,
        /// Why it cannot be one.
        reason: LabelCodeError,
        /// The code taken instead, if one suggests itself.
        now: Option<LabelCode>,
    },
    /// A field that means nothing where it is.
    #[error("the field is unknown here")]
    UnknownField,
    /// A label the schema does not have.
    #[error("the label {label} is not in the schema {schema}")]
    UnknownLabel {
        /// The label.
        label: LabelCode,
        /// The schema.
        schema: String,
    },
    /// An offset that is a fraction, negative, or far too large.
    #[error("{found} is no offset; offsets are whole numbers from 0")]
    BadOffset {
        /// What is there.
        found: String,
    },
    /// A whole number written as text or with a decimal point.
    #[error("{found} is a whole number written as something else")]
    OffsetForm {
        /// What is there.
        found: String,
    },
    /// Start at or after end.
    #[error("the span from {start} to {end} holds nothing")]
    EmptySpan {
        /// Start.
        start: u64,
        /// End.
        end: u64,
    },
    /// An end past the text.
    #[error("the span ends at {end}, but the text has {length} {}", unit.plural())]
    OutsideText {
        /// End.
        end: u64,
        /// Length of the text.
        length: u64,
        /// What is counted.
        unit: OffsetUnit,
    },
    /// An offset inside a character, which UTF-16 and byte offsets can have.
    #[error("the span from {start} to {end} cuts a character")]
    CutCharacter {
        /// Start.
        start: u64,
        /// End.
        end: u64,
    },
    /// A span that begins or ends between a letter and its marks.
    #[error("the span {} between a letter and its mark", edges(*start, *end))]
    CutGrapheme {
        /// At its start.
        start: bool,
        /// At its end.
        end: bool,
    },
    /// The offsets count something else than what the format says.
    #[error("the offsets count {}, not {}", unit.plural(), expected.plural())]
    OffsetUnit {
        /// What they count.
        unit: OffsetUnit,
        /// What they should count.
        expected: OffsetUnit,
    },
    /// The ends of the spans are their last characters, not what comes behind them.
    #[error("the end of a span is its last character, not the one behind it")]
    InclusiveEnd,
    /// Not XML.
    #[error("not well-formed XML: {fault}")]
    Xml {
        /// What is wrong.
        fault: XmlFault,
    },
    /// A file that is not as its format wants it.
    #[error("expected {expected}, found {found:?}")]
    Malformed {
        /// What should be there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// Something for which Misam has no place.
    #[error("Misam has no place for {found:?}")]
    NoPlace {
        /// What the file calls it.
        found: String,
    },
    /// A file that another one needs.
    #[error("the file {name:?} is missing")]
    MissingFile {
        /// Its name.
        name: String,
    },
    /// A zip file that cannot be unpacked.
    #[error("the zip file cannot be unpacked: {fault}")]
    Archive {
        /// Why.
        fault: ArchiveFault,
    },
    /// A file in a zip file that cannot be unpacked.
    #[error("the file cannot be taken out of the zip file: {fault}")]
    ArchiveMember {
        /// Why.
        fault: ArchiveFault,
    },
    /// The text between the offsets is not the one the span states.
    #[error("the text from {start} to {end} is {found:?}, but the span says {stated:?}")]
    Surface {
        /// Start.
        start: u64,
        /// End.
        end: u64,
        /// What is there.
        found: String,
        /// What the span says.
        stated: String,
    },
    /// The stated text was found elsewhere.
    #[error("{stated:?} is not at {from} but at {to}")]
    Moved {
        /// What the span says.
        stated: String,
        /// Where it says it is, in code points.
        from: u64,
        /// Where it is, in code points.
        to: u64,
    },
    /// Fragments that are not ordered pieces of the span from its start to its end.
    #[error("the fragments are not separate pieces that run from the start of the span to its end")]
    BadFragments,
    /// A confidence outside 0 to 1.
    #[error("the confidence {found} is not between 0 and 1")]
    Confidence {
        /// What is there.
        found: String,
    },
    /// A relation or event that names a span which is not there.
    #[error("there is no span {id:?} in this record")]
    UnknownSpan {
        /// The name.
        id: String,
    },
    /// Which scheme the tags of a file seem to be in.
    #[error("the tags are in the scheme {scheme}")]
    TagScheme {
        /// The scheme.
        scheme: &'static str,
    },
    /// A tag that is none.
    #[error("{found:?} is no tag; a tag is O, or a place and a label as in B-LOC")]
    BadTag {
        /// What is there.
        found: String,
    },
    /// A tag that cannot stand where it stands.
    #[error("{found} cannot stand here; it was taken for {meant}")]
    TagOutOfPlace {
        /// The tag.
        found: String,
        /// What it must mean.
        meant: String,
    },
    /// A quotation mark that opens a cell of a table and is never closed. It was taken for a sign like any other.
    #[error("a quotation mark opens a cell and none closes it; it was taken for a sign of the text")]
    UnclosedQuote,
    /// A cell over several lines with quotation marks in it that are not doubled.
    #[error("a cell over several lines has quotation marks that are not doubled; where it ends is a guess")]
    LooseQuote,
    /// The first row of a table, which may be an article, was taken for the names of its columns.
    #[error("the first row was taken for the names of the columns: {}", names.join(", "))]
    ColumnNames {
        /// The names.
        names: Vec<String>,
    },
    /// What stands beside a list of articles and belongs to none of them.
    #[error("it stands beside the list of articles and is no part of any")]
    BesideArticles,
    /// A list with texts that are not the articles.
    #[error("it is a list with texts of its own: {texts}")]
    OtherTexts {
        /// How many.
        texts: usize,
    },
    /// A part of an office document that is not in the text.
    #[error("{part}: {count}")]
    OutsideBody {
        /// Which.
        part: OfficePart,
        /// How many there are.
        count: usize,
    },
    /// A value that is too long to be kept beside the text.
    #[error("it has {bytes} bytes; at most {most} are kept")]
    TooLongToKeep {
        /// Its length.
        bytes: usize,
        /// The longest that is kept.
        most: usize,
    },
    /// A title or name with a sign that turns the direction of writing, so that it is not read as it is written.
    #[error("U+{:04X} in it turns the direction of writing; it is shown without", u32::from(*sign))]
    TurnsDirection {
        /// The first such sign.
        sign: char,
    },
    /// A file that should be spaCy's and is not.
    #[error("this is no DocBin of spaCy: {fault}")]
    NotDocBin {
        /// Why not.
        fault: DocBinFault,
    },
    /// A file of tokens without the text they are from.
    #[error("the file holds tokens and no text; the text was put together with a space between tokens")]
    TextRebuilt,
    /// A text that is not the one its tokens are from.
    #[error("the tokens are not in the text that stands with them; it was put together from the tokens")]
    TextDiffers,
    /// A record that says the right things in the wrong form.
    #[error("the line is not as Misam writes it: {difference}")]
    NotCanonical {
        /// The first difference.
        difference: String,
    },
}

/// What an office document can hold beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum OfficePart {
    /// What readers wrote in the margin.
    #[error("comments beside the text")]
    Comments,
    /// What stands at the head or foot of every page.
    #[error("headers and footers of pages")]
    Headers,
    /// Text that was deleted and is kept to be shown.
    #[error("passages deleted with changes tracked")]
    Deleted,
}

fn guess_suffix(guess: Option<Encoding>) -> String {
    guess.map(|encoding| format!("; the file looks like {encoding}")).unwrap_or_default()
}

fn now_suffix(now: Option<&LabelCode>) -> String {
    now.map(|code| format!("; it is now {code}")).unwrap_or_default()
}

fn edges(start: bool, end: bool) -> &'static str {
    match (start, end) {
        (true, true) => "begins and ends",
        (true, false) => "begins",
        _ => "ends",
    }
}

impl ProblemKind {
    /// What the user can do about it, if anything.
    #[must_use]
    pub fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotUtf8 { .. } => "Save the file as UTF-8 and read it again",
            Self::NoRecords | Self::NoArticle => "Check that this is the right file",
            Self::JsonList => "Write one record a line, for instance with: jq -c '.[]' FILE",
            Self::Json { .. }
            | Self::Truncated { .. }
            | Self::Xml { .. }
            | Self::Malformed { .. }
            | Self::UnclosedQuote
            | Self::LooseQuote => "Correct the line, or write the file again where it came from",
            Self::LoneSurrogate { .. } => "Write the character whole, as both halves of its pair or as UTF-8",
            Self::NotANumber { .. } => "Write null or leave the field out",
            Self::TooDeep { .. } => "Flatten the value or remove it",
            Self::DuplicateKey => "Check that the last value is the right one",
            Self::UnknownFormat { .. } => "Use a newer Misam, or name the format of the file",
            Self::Missing | Self::WrongType { .. } | Self::BadOffset { .. } => {
                "Correct the field, or name the format of the file if it is another one"
            }
            Self::TextTooLong { .. } | Self::LineTooLong { .. } => "Split the text into several records",
            Self::Replaced { .. } => "Name another encoding if the text looks wrong",
            Self::EmptyText => "Remove the record if there should be no article",
            Self::MissingFile { .. } => "Read the files of one folder together, or as one zip file",
            Self::Archive { fault: ArchiveFault::Encrypted } => {
                "Open it in the program it was written with and save it without a password"
            }
            Self::Archive { .. } => {
                "Look for another copy, or open it in the program it was written with and save it anew"
            }
            Self::ArchiveMember { .. } => "Unpack the file and read what is in it",
            Self::Checksum => "Check that the spans still stand where they should",
            Self::DuplicateDocument { .. } => "Remove one of the two if they are the same article",
            Self::BadLabel { .. } => "Correct the label",
            Self::UnknownLabel { .. } => "Change the label, or add it to the schema",
            Self::EmptySpan { .. }
            | Self::OutsideText { .. }
            | Self::CutCharacter { .. }
            | Self::Surface { .. } => {
                "Check that the text is the one that was labelled, and that offsets count code points"
            }
            Self::CutGrapheme { .. } => "Move the edge of the span, unless this is meant",
            Self::UnknownSpan { .. } => "Correct the name or remove the entry",
            Self::BadTag { .. } => "Correct the tag, or name the format of the file if it is another one",
            Self::ColumnNames { .. } => "Put a row with names above it if it is an article",
            Self::OtherTexts { .. } => {
                "Write that list as a file of its own, for instance with: jq .NAME FILE"
            }
            Self::NotCanonical { .. } => "Convert the file with: misam convert --from misam --to misam FILE",
            _ => return None,
        })
    }
}
