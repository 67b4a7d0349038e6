//! Files in and out. One module a format, each with its own reading and writing; the core never sees their types.
//!
//! [`Format`] names them all and knows which this version reads and writes. Readers never stop at a bad line: what can
//! be put right is put right, what cannot is left out, and both are said in [`Problem`]s. Writers say what a format
//! cannot hold in [`Losses`].

mod alignment;
pub mod archive;
mod archive_fault;
pub mod article;
pub mod bdoc;
pub mod brat;
mod capacity;
mod carry;
mod cas;
pub mod cas_json;
mod choices;
mod columns;
pub mod conll;
pub mod csv;
pub mod docbin;
pub mod doccano;
mod draft;
mod encoding;
mod export;
mod fields;
mod file_each;
mod file_names;
mod format;
pub mod hf;
mod holds;
pub mod html;
mod json;
mod json_fault;
mod json_keys;
pub mod jsonl;
mod label_mapping;
pub mod label_studio;
mod labels;
mod lines;
mod locate;
mod losses;
mod names;
mod options;
mod output;
mod place;
mod problem;
mod problem_kind;
pub mod prodigy;
pub mod pubannotation;
mod report;
mod separated;
mod sniff;
mod tags;
pub mod tei;
pub mod text;
mod tokens;
mod transfer;
mod unique;
mod verify;
pub mod w3c;
pub mod webanno_tsv;
mod whole_file;
pub mod wojood;
pub mod xmi;
mod xml;
mod xml_fault;

use std::sync::Arc;

pub use alignment::{
    Alignment, AlignmentChoice, AlignmentPolicy, Became, Misfit, MisfitKind, NotARemedy, Remedy, align,
};
pub use archive_fault::{ArchiveFault, archive_problem};
pub use choices::{ORIGINAL, ReadChoices, Repair, Role, Roles};
pub use docbin::DocBinFault;
pub use encoding::{Decoder, Detected, Encoding, EncodingEvidence, NotUtf8, decode, detect, utf8};
pub use export::{Counts, ExportOptions, select};
pub use format::{Format, Reader, Unavailable, UnknownFormat};
pub use holds::{Edges, Holds, Layers, TextHeld};
pub use json::JsonType;
pub use json_fault::JsonFault;
pub use label_mapping::{LabelFate, LabelMapping, MappedLabels};
pub use lines::{ReadLine, Records, RecordsInPieces};
pub use losses::{Loss, Losses};
pub use options::{CliticPolicy, Columns, Header, Scheme, UnknownChoice, WriteOption, WriteOptions};
pub use output::{DocumentWriter, ExportError, MemoryOutput, Output};
pub use place::{Convention, EndOffset, Found, OffsetUnit, Offsets, Stated};
pub use problem::{Outcome, Problem, Severity};
pub use problem_kind::{OfficePart, ProblemKind};
pub use report::ImportReport;
pub use sniff::{Evidence, Sniffed, examine, examine_folder, is_enough_to_tell, sniff};
pub use transfer::{Export, Exporter, Import, ImportError, export, import, import_folder, prepare};
pub use unique::UniqueNames;
pub use verify::{differs, proved_record};
pub use xml_fault::XmlFault;

use crate::annotation::Document;
use crate::schema::Schema;
use crate::text::SourceText;

/// What a reader is told.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The file, as the user knows it: it stands in every problem, and names records that have no name.
    pub file: Arc<str>,
    /// The schema that labels are checked against. Without one, only records that name the default schema are.
    pub schema: Option<Schema>,
    /// What a person chose.
    pub choices: ReadChoices,
    /// The text of a document that was written just now and is read back: if the one in the file is the same to the byte,
    /// what is known of it, as positions and checksum, is not found out again.
    pub expected: Option<SourceText>,
}

/// What came of one record: a document, or problems, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The line, from 1; none if it concerns the whole file.
    pub line: Option<u64>,
    /// The document, unless the record was refused.
    pub document: Option<Document>,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// True if the record, or something in it, was left out.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity() == Severity::Refused)
    }
}
