//! A dataset with everything that belongs to it, as files.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::card::{Card, CardFault, CardWords, card_faults};
use super::split::{Split, SplitOptions, split};
use super::statistics::DatasetCounter;
use super::without_text::{says_the_same, stand_off_record};
use crate::annotation::{Document, DocumentId, Status};
use crate::formats::jsonl::{WriteError, text_sha256};
use crate::formats::{Counts, ExportError, ExportOptions, Losses, proved_record, select};
use crate::quality::agreement::Report;
use crate::schema::Schema;
use crate::text::sha256_of;

/// What to put into a bundle.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BundleOptions {
    /// What people say of it.
    pub words: CardWords,
    /// The card as somebody has written it; without one it is written from what is known.
    pub card: Option<String>,
    /// How to part it; in one piece without.
    pub split: Option<SplitOptions>,
    /// Leave the articles out.
    pub without_text: bool,
    /// Without the articles, keep the words of the spans all the same.
    pub surfaces: bool,
    /// The labelling guideline, in Markdown; without one the definitions of the schema.
    pub guidelines: Option<String>,
    /// How often documents are drawn for intervals, and what the draws begin with.
    pub rounds: usize,
    /// What the draws begin with.
    pub seed: u64,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleFile {
    /// Its place in the folder, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What the one part of a dataset is called that is not parted: what the Hub takes for granted. `all` is a word of its own
/// there.
pub(super) const WHOLE: &str = "train";

/// How many frequent names the statistics hold for each label.
const FREQUENT: usize = 20;

/// Why there is no dataset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// A document does not fit its own text.
    #[error(transparent)]
    Document(#[from] WriteError),
    /// What was written does not read back as what it was made of.
    #[error(
        "document {document} does not read back from the dataset as it was written; this is a fault of Misam"
    )]
    Differs {
        /// The document.
        document: DocumentId,
    },
    /// The card that somebody has written cannot go into it.
    #[error("the card cannot go into the dataset:\n{}", lines(.0))]
    Card(Vec<CardFault>),
}

fn lines(faults: &[CardFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The files of a dataset, checksums last: records without open suggestions, by part; schema, guideline, statistics,
/// agreement, parts, card. Documents that were put aside stay out. The same documents give the same bytes. Every record is
/// read back before it goes in.
///
/// # Errors
/// If a document does not fit its own text or does not read back, or the front matter of a card that somebody has written
/// is wrong.
pub fn bundle(
    documents: &[Document],
    schema: &Schema,
    agreement: Option<&Report>,
    options: &BundleOptions,
) -> Result<Vec<BundleFile>, BundleError> {
    let (mut counts, mut losses) = (Counts::default(), Losses::default());
    let kept = documents.iter().filter(|document| document.status != Status::Skipped);
    let documents: Vec<Document> =
        kept.map(|document| select(document, ExportOptions::default(), &mut counts, &mut losses)).collect();
    let mut counter = DatasetCounter::default();
    documents.iter().for_each(|document| counter.add(document));
    let mut statistics = counter.finish(FREQUENT, options.rounds, options.seed);
    let split = options.split.clone().map(|options| split(&documents, options));
    let card = Card {
        words: &options.words,
        statistics: &statistics,
        schema,
        split: split.as_ref(),
        agreement,
        without_text: options.without_text,
    };
    let parts = parts(&documents, split.as_ref(), options)?;
    let card = match &options.card {
        None => card.to_string(),
        Some(own) => {
            let faults = card_faults(own, parts.iter().map(|(path, _)| path.as_str()));
            if !faults.is_empty() {
                return Err(BundleError::Card(faults));
            }
            own.clone()
        }
    };
    let mut files = vec![file("README.md", card)];
    if options.without_text && !options.surfaces {
        statistics.labels.values_mut().for_each(|label| label.frequent.clear());
    }
    files.extend(parts.into_iter().map(|(path, records)| file(&path, records)));
    files.push(file("schema.json", schema.to_json()));
    files.push(file("guidelines.md", guidelines(schema, options)));
    files.push(file("statistics.json", pretty(&json!(statistics))));
    if let Some(report) = agreement {
        let report = if options.without_text && !options.surfaces {
            without_words(report)
        } else {
            Cow::Borrowed(report)
        };
        files.push(file("agreement.json", pretty(&json!(report))));
    }
    if let Some(split) = &split {
        files.push(file("splits.json", pretty(&split_json(&documents, split))));
    }
    let sums: String =
        files.iter().map(|file| format!("{}  {}\n", sha256_of(&file.bytes), file.path)).collect();
    files.push(file("checksums.sha256", sums));
    Ok(files)
}

fn file(path: &str, text: String) -> BundleFile {
    BundleFile { path: path.to_owned(), bytes: text.into_bytes() }
}

/// The records of each part that has some, by the paths of their files.
fn parts(
    documents: &[Document],
    split: Option<&Split>,
    options: &BundleOptions,
) -> Result<Vec<(String, String)>, BundleError> {
    let names: Vec<&str> = split.map_or(vec![WHOLE], |split| split.options.ratios.names().collect());
    let mut parts: Vec<(String, String)> =
        names.iter().map(|name| (format!("data/{name}.jsonl"), String::new())).collect();
    for (at, document) in documents.iter().enumerate() {
        let part = split.and_then(|split| split.parts.get(at).copied()).unwrap_or(0);
        let Some((_, records)) = parts.get_mut(part) else { continue };
        *records += &record(document, options)?;
        records.push('\n');
    }
    parts.retain(|(_, records)| !records.is_empty());
    Ok(parts)
}

/// The line of a document, read back and found to say what the document says.
fn record(document: &Document, options: &BundleOptions) -> Result<String, BundleError> {
    let differs = || BundleError::Differs { document: document.id.clone() };
    if !options.without_text {
        return proved_record(document).map_err(|error| match error {
            ExportError::Document(error) => error.into(),
            _ => differs(),
        });
    }
    let line = stand_off_record(document, options.surfaces)?;
    if says_the_same(&line, document) { Ok(line) } else { Err(differs()) }
}

fn split_json(documents: &[Document], split: &Split) -> serde_json::Value {
    let names: Vec<&str> = split.options.ratios.names().collect();
    let rows = documents.iter().zip(&split.parts).map(|(document, &part)| {
        json!({"id": document.id, "text_sha256": text_sha256(document.text.as_str()), "part": names.get(part)})
    });
    json!({"options": split.options, "families": split.families, "counts": split.counts, "documents": rows.collect::<Vec<_>>()})
}

/// A report without the words of its examples.
fn without_words(report: &Report) -> Cow<'_, Report> {
    let mut report = report.clone();
    for row in report.pairs.iter_mut().flat_map(|pair| &mut pair.boundaries) {
        row.example.first.clear();
        row.example.second.clear();
    }
    Cow::Owned(report)
}

fn guidelines(schema: &Schema, options: &BundleOptions) -> String {
    if let Some(guidelines) = &options.guidelines {
        return guidelines.clone();
    }
    let mut text =
        format!("# {}\n\nSchema `{}`, version {}.\n", schema.name.get("en"), schema.id, schema.version);
    for label in &schema.labels {
        text += &format!("\n## {} – {} – {}\n", label.code, label.name.en, label.name.ar);
        for definition in [&label.definition.en, &label.definition.ar] {
            if !definition.is_empty() {
                text += &format!("\n{definition}\n");
            }
        }
        for example in &label.examples {
            text += &format!("\n- {example}");
        }
        text += if label.examples.is_empty() { "" } else { "\n" };
    }
    text
}

fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Origin, Span, SpanId};
    use crate::schema::LabelCode;

    fn documents() -> Vec<Document> {
        (0..40)
            .map(|n| {
                let text: String = (0..20).map(|word| format!("كلمة{} ", n * 50 + word)).collect();
                let mut document = Document::new(DocumentId::new(format!("d{n}")), text);
                let label = LabelCode::new("LOC").unwrap();
                let origin = if n % 2 == 0 { Origin::Manual } else { Origin::Suggested };
                document.spans =
                    [Span::new(SpanId::numbered(1), (0..8).into(), label, origin)].into_iter().collect();
                document.status = if n == 39 { Status::Skipped } else { Status::Done };
                document
            })
            .collect()
    }

    fn packed(options: &BundleOptions) -> Vec<(String, String)> {
        let files = bundle(&documents(), &Schema::conflict_news(), None, options).unwrap();
        files.into_iter().map(|file| (file.path, String::from_utf8(file.bytes).unwrap())).collect()
    }

    #[test]
    fn everything_is_there_and_has_its_checksum() {
        let options = BundleOptions { split: Some(SplitOptions::default()), ..BundleOptions::default() };
        let files = packed(&options);
        let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "README.md",
                "data/train.jsonl",
                "data/dev.jsonl",
                "data/test.jsonl",
                "schema.json",
                "guidelines.md",
                "statistics.json",
                "splits.json",
                "checksums.sha256"
            ]
        );
        let sums = &files.last().unwrap().1;
        for (path, text) in &files[..files.len() - 1] {
            assert!(sums.contains(&format!("{}  {path}\n", sha256_of(text.as_bytes()))), "{path}");
        }
        let records: String = files
            .iter()
            .filter(|(path, _)| path.starts_with("data/"))
            .map(|(_, text)| text.as_str())
            .collect();
        assert_eq!(records.lines().count(), 39, "what was put aside stays out");
        assert!(!records.contains("suggested"));
        assert_eq!(files, packed(&options));
    }

    #[test]
    fn without_text_no_file_holds_words_of_an_article() {
        let options = BundleOptions { without_text: true, ..BundleOptions::default() };
        for (path, text) in packed(&options) {
            assert!(!text.contains("كلمة"), "{path}: {text}");
        }
    }

    #[test]
    fn a_card_of_ones_own_goes_in_if_its_head_is_right() {
        let written = "---\nlicense: mit\nconfigs:\n- data_files: data/train.jsonl\n---\n\n# Mine\n";
        let with = |card: &str| BundleOptions { card: Some(card.to_owned()), ..BundleOptions::default() };
        assert_eq!(packed(&with(written))[0], ("README.md".to_owned(), written.to_owned()));
        let wrong = written.replace("train", "dev");
        let error = bundle(&documents(), &Schema::conflict_news(), None, &with(&wrong)).unwrap_err();
        assert!(matches!(&error, BundleError::Card(faults) if faults.len() == 2), "{error}");
        // What is written from the project is right itself.
        let own = packed(&BundleOptions { split: Some(SplitOptions::default()), ..BundleOptions::default() });
        let data = own.iter().map(|(path, _)| path.as_str()).filter(|path| path.starts_with("data/"));
        assert_eq!(card_faults(&own[0].1, data), []);
    }
}
