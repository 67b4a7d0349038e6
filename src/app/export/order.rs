//! A file made of documents, and what there is to say of it.

use serde::{Deserialize, Serialize};

use crate::annotation::Document;
use crate::app::loss_text;
use crate::app::settings::Language;
use crate::formats::archive::{self, ArchiveError};
use crate::formats::{
    self, Alignment, Counts, ExportError, ExportOptions, Format, Loss, Losses, MemoryOutput, Misfit,
    WriteOptions,
};
use crate::schema::{Localized, Schema};

/// What kind of file is to be made of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The format.
    pub format: Format,
    /// Suggestions that nobody has confirmed, too.
    pub with_suggestions: bool,
    /// Of these only those of which the extractor is at least so sure, in percent.
    pub threshold: u8,
    /// The file's name.
    pub name: String,
    /// What else is chosen about the file. The labels are those of the project's schema.
    #[serde(default)]
    pub options: WriteOptions,
    /// Only what would be in the file is wanted, not the file.
    pub only_summary: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            format: Format::Misam,
            with_suggestions: false,
            threshold: 0,
            name: String::new(),
            options: WriteOptions::default(),
            only_summary: false,
        }
    }
}

/// How much goes into a file and how much does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The documents in it.
    pub documents: usize,
    /// The spans in it.
    pub included: usize,
    /// Suggestions that are not in it, as nobody confirmed them.
    pub left_out: usize,
    /// What the format cannot hold, in both languages.
    pub losses: Vec<Localized>,
    /// The first of the spans that do not fit as they are, each where it stands and with what becomes of it.
    pub misfits: Vec<Misfit>,
    /// How many of them there are.
    pub misfit_count: usize,
    /// Spans in the file once they fit; pieces of one count each.
    pub after: usize,
}

/// A summary names at most so many misfits: nobody looks through more.
const MISFITS: usize = 200;

/// A file ready to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How much is in it and how much is not.
    pub summary: Summary,
    /// What is in it; empty if only the summary was asked for.
    pub file: Vec<u8>,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The writer found a document that does not fit itself, or cannot write.
    #[error(transparent)]
    Write(#[from] ExportError),
    /// Several files could not be made one.
    #[error(transparent)]
    Pack(#[from] ArchiveError),
}

impl Order {
    pub(super) fn what(&self) -> ExportOptions {
        // The same rounding as in sight.
        let threshold = (f32::from(self.threshold) - 0.001) / 100.0;
        ExportOptions { with_suggestions: self.with_suggestions, threshold }
    }

    pub(super) fn how(&self, schema: &Schema) -> WriteOptions {
        let labels = schema.labels.iter().map(|label| label.code.clone()).collect();
        WriteOptions { labels, ..self.options.clone() }
    }
}

/// False if what is saved is a zip file: of several files, or of one that is of no use without what belongs to it, as tasks
/// for Label Studio without its labelling configuration.
pub(super) fn is_saved_as_one_file(format: Format) -> bool {
    format.is_written_as_one_file() && format != Format::LabelStudio
}

/// Writes documents. The file is read back before it is given out. What needs several files is one zip file.
///
/// # Errors
/// If this version does not write the format, a document cannot be written, or what the format can hold does not read back as it
/// was.
pub fn write(documents: &[Document], schema: &Schema, order: &Order) -> Result<Written, ExportFault> {
    let (format, what, how) = (order.format, order.what(), order.how(schema));
    let formats::Export { output, counts, alignment, losses } =
        formats::export(documents, format, what, &how)?;
    let file = if is_saved_as_one_file(format) {
        output.stream
    } else {
        let MemoryOutput { stream, mut files, companions } = output;
        if !stream.is_empty() {
            files.insert(format!("misam.{}", format.extension()), stream);
        }
        files.extend(companions);
        archive::pack(&files)?
    };
    Ok(Written { summary: Summary::of(&counts, alignment, &losses, schema), file })
}

impl Summary {
    pub(super) fn of(counts: &Counts, alignment: Alignment, losses: &Losses, schema: &Schema) -> Self {
        let said = |(loss, count, _): (&Loss, usize, _)| {
            let [en, ar] = [Language::English, Language::Arabic]
                .map(|language| loss_text::say(loss, count, schema, language));
            Some(Localized::new(en?, ar?))
        };
        Self {
            documents: counts.documents,
            included: counts.included.values().sum(),
            left_out: counts.left_out.values().sum(),
            losses: losses.iter().filter_map(said).collect(),
            misfit_count: alignment.misfits.len(),
            after: alignment.after,
            misfits: alignment.misfits.into_iter().take(MISFITS).collect(),
        }
    }
}
