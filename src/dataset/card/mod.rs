//! The card of a dataset: a README that people read and the Hugging Face Hub understands, written from what is known.

mod head;

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

pub use head::{CardFault, CardFaultKind, card_faults};

use super::bundle::WHOLE;
use super::split::Split;
use super::statistics::{DatasetStatistics, LabelStatistics};
use crate::quality::agreement::{Figure, Report};
use crate::schema::{LabelCode, Schema};

/// What is kept of a card with a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptCard {
    /// What people say of the dataset.
    pub words: CardWords,
    /// The card as somebody has written it.
    pub own: Option<OwnCard>,
}

/// A card that somebody has written, from the one that Misam writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnCard {
    /// The card, in Markdown.
    pub text: String,
    /// The SHA-256 of the card that Misam wrote when this one was begun: if it would write another one now, something has
    /// changed since.
    pub from: String,
}

/// What only people know. Whatever is left empty is not said, and its absence is where it matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CardWords {
    /// What the dataset is called.
    pub title: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// The identifier of its licence, such as `cc-by-4.0`.
    pub licence: String,
    /// Where the articles are from, and by what right.
    pub source: String,
    /// How to cite it.
    pub citation: String,
}

/// Everything a card is written from.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// What people say.
    pub words: &'a CardWords,
    /// What was counted.
    pub statistics: &'a DatasetStatistics,
    /// The labels.
    pub schema: &'a Schema,
    /// How it is parted, if it is.
    pub split: Option<&'a Split>,
    /// How far its annotators agree, if several labelled the same articles.
    pub agreement: Option<&'a Report>,
    /// True if the articles themselves are not in it.
    pub without_text: bool,
}

impl fmt::Display for Card<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.front_matter(f)?;
        self.head(f)?;
        self.parts(f)?;
        self.labels(f)?;
        self.origins(f)?;
        self.agreement(f)?;
        self.format(f)?;
        self.rights(f)
    }
}

impl Card<'_> {
    fn title(&self) -> &str {
        if self.words.title.is_empty() { "Labelled Arabic news" } else { &self.words.title }
    }

    fn front_matter(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "---\npretty_name: {}", quoted(self.title()))?;
        writeln!(
            f,
            "language:\n- ar\ntask_categories:\n- token-classification\ntask_ids:\n- named-entity-recognition"
        )?;
        if !self.words.licence.is_empty() {
            writeln!(f, "license: {}", quoted(&self.words.licence))?;
        }
        writeln!(f, "size_categories:\n- {}", size_category(self.statistics.documents))?;
        writeln!(f, "tags:\n- arabic\n- news\n- span-labels")?;
        writeln!(f, "configs:\n- config_name: default\n  data_files:")?;
        match self.split {
            Some(split) => split
                .counts
                .iter()
                .filter(|part| part.documents > 0)
                .try_for_each(|part| writeln!(f, "  - split: {0}\n    path: data/{0}.jsonl", part.name))?,
            None => writeln!(f, "  - split: {WHOLE}\n    path: data/{WHOLE}.jsonl")?,
        }
        writeln!(f, "---")
    }

    fn head(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.statistics;
        writeln!(f, "\n# {}\n", self.title())?;
        if !self.words.description.is_empty() {
            writeln!(f, "{}\n", self.words.description)?;
        }
        writeln!(
            f,
            "{} documents with {} words and {} spans under {} labels. A document holds {} to {} spans, half of them {} or fewer.",
            all.documents,
            all.words,
            all.spans,
            all.labels.len(),
            all.per_document.least,
            all.per_document.most,
            all.per_document.median
        )?;
        let statuses: Vec<_> =
            all.statuses.iter().map(|(status, count)| format!("{status} {count}")).collect();
        writeln!(f, "Status of the documents: {}.", statuses.join(", "))
    }

    fn parts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(split) = self.split else { return Ok(()) };
        writeln!(f, "\n## Parts\n")?;
        let names: Vec<&str> = split.counts.iter().map(|part| part.name.as_str()).collect();
        writeln!(f, "| | {} |\n|---|{}", names.join(" | "), "---:|".repeat(names.len()))?;
        let row = |f: &mut fmt::Formatter<'_>, name: &str, numbers: Vec<usize>| {
            let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
            writeln!(f, "| {name} | {} |", numbers.join(" | "))
        };
        row(f, "documents", split.counts.iter().map(|part| part.documents).collect())?;
        row(f, "spans", split.counts.iter().map(|part| part.labels.values().sum()).collect())?;
        for label in self.statistics.labels.keys() {
            let of = |part: &BTreeMap<LabelCode, usize>| part.get(label).copied().unwrap_or(0);
            row(f, label.as_str(), split.counts.iter().map(|part| of(&part.labels)).collect())?;
        }
        writeln!(
            f,
            "\nThe part of a document hangs on the SHA-256 of its text alone. Articles that share {} % of their runs of three words or more are kept in one part ({} such families).",
            (split.options.alike * 100.0).round(),
            split.families
        )
    }

    fn labels(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## Labels\n\nSchema `{}`, version {}.\n", self.schema.id, self.schema.version)?;
        writeln!(f, "| label | | meaning | spans | names | most frequent |\n|---|---|---|---:|---:|---|")?;
        let nothing = LabelStatistics::default();
        for label in &self.schema.labels {
            let counted = self.statistics.labels.get(&label.code).unwrap_or(&nothing);
            self.label(f, label.code.as_str(), label.name.get("en"), label.definition.get("en"), counted)?;
        }
        for (code, counted) in &self.statistics.labels {
            if self.schema.label(code.as_str()).is_none() {
                self.label(f, code.as_str(), "", "not in the schema", counted)?;
            }
        }
        Ok(())
    }

    fn label(
        &self,
        f: &mut fmt::Formatter<'_>,
        code: &str,
        name: &str,
        definition: &str,
        counted: &LabelStatistics,
    ) -> fmt::Result {
        let shown = if self.without_text { &[][..] } else { &counted.frequent };
        let frequent: Vec<_> = shown.iter().take(FREQUENT).map(|one| cell(&one.name)).collect();
        writeln!(
            f,
            "| {code} | {} | {} | {} | {} | {} |",
            cell(name),
            cell(definition),
            counted.spans,
            counted.distinct,
            frequent.join("، ")
        )
    }

    fn origins(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.statistics;
        writeln!(f, "\n## How the labels came about\n")?;
        for (origin, meaning) in [
            ("manual", "made by hand"),
            ("accepted", "suggestions confirmed as they stood"),
            ("corrected", "suggestions changed"),
            ("imported", "from other files"),
        ] {
            if let Some(count) = all.origins.get(origin) {
                writeln!(f, "- {count} {meaning}")?;
            }
        }
        if all.rejected > 0 {
            writeln!(f, "- {} suggestions turned down", all.rejected)?;
        }
        if !all.annotators.is_empty() {
            writeln!(f, "- {} annotators", all.annotators.len())?;
        }
        let pull = &all.pull;
        if let (Some(shown), Some(blind)) = (pull.shown.density(), pull.blind.density()) {
            writeln!(
                f,
                "\n{} finished articles were labelled with suggestions in sight, {} without: {shown:.2} spans per hundred words against {blind:.2}.",
                pull.shown.articles, pull.blind.articles
            )?;
        } else if pull.verdicts.acceptance().is_some() {
            writeln!(
                f,
                "\nNo articles were labelled without suggestions, so it is not known how much these pull the labels."
            )?;
        }
        Ok(())
    }

    fn agreement(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## Agreement\n")?;
        let Some(report) = self.agreement.filter(|report| report.articles > 0) else {
            return writeln!(f, "Not measured: no article in it was labelled by two annotators.");
        };
        writeln!(
            f,
            "{} annotators, {} articles labelled by two or more.\n",
            report.annotators.len(),
            report.articles
        )?;
        writeln!(f, "| figure | value | 95 % interval |\n|---|---:|---|")?;
        for (name, figure) in [
            ("F1, same label and ends", report.spans.strict),
            ("F1, same ends", report.spans.boundary),
            ("F1, same label and a letter in common", report.spans.overlap),
            ("Cohen's kappa, all words (lifted by words without a label)", report.kappa.all),
            ("Cohen's kappa, labelled words", report.kappa.labelled),
            ("Krippendorff's alpha, all words (lifted likewise)", report.alpha.all),
            ("Krippendorff's alpha, labelled words", report.alpha.labelled),
            ("Krippendorff's unitizing alpha", report.unitizing),
            ("Gamma, aligned spans", report.gamma.figure),
        ] {
            writeln!(f, "| {name} | {} |", figure_cells(figure))?;
        }
        Ok(())
    }

    fn format(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## Format\n")?;
        if self.without_text {
            writeln!(
                f,
                "One JSON object a line, format `{}`. The articles are not in it: `text_sha256` is the SHA-256 of an article's UTF-8 bytes, `text_code_points` its length. Whose copy has that hash can put the spans back.",
                super::STAND_OFF_FORMAT
            )?;
        } else {
            writeln!(
                f,
                "One JSON object a line, format `misam/1`, with `text` and `spans`. `text_sha256` is the SHA-256 of the text's UTF-8 bytes."
            )?;
        }
        writeln!(
            f,
            "\n`start` and `end` count Unicode code points, end exclusive: in Python, `text[start:end]` is the span. Spans may begin inside a written word, behind و ف ب ل ك. `schema.json` and `guidelines.md` define the labels, `statistics.json` and `checksums.sha256` (`sha256sum -c`) say what is here."
        )
    }

    fn rights(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## Source and rights\n")?;
        let said = |words: &str, otherwise: &str| {
            if words.is_empty() { otherwise.to_owned() } else { words.to_owned() }
        };
        writeln!(f, "Source of the articles: {}", said(&self.words.source, "not stated."))?;
        writeln!(
            f,
            "\nLicence: {}",
            said(&self.words.licence, "not stated; without one nothing may be passed on.")
        )?;
        if !self.words.citation.is_empty() {
            writeln!(f, "\n## Citation\n\n{}", self.words.citation)?;
        }
        Ok(())
    }
}

/// Names shown for a label.
const FREQUENT: usize = 5;

fn figure_cells(figure: Figure) -> String {
    let value = figure.value.map_or("–".to_owned(), |value| format!("{value:.4}"));
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => format!("{value} | {low:.4} to {high:.4}"),
        _ => format!("{value} | –"),
    }
}

/// What the Hub calls sets of so many examples.
fn size_category(documents: usize) -> &'static str {
    match documents {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        _ => "n>1M",
    }
}

/// A string in double quotes, as YAML reads it: that of JSON.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => cell.push(' '),
            // Of these Markdown makes something else.
            '|' | '<' | '`' | '*' | '[' | ']' | '\\' => {
                // Writing to a string cannot fail.
                let _ = write!(cell, "&#{};", u32::from(c));
            }
            _ => cell.push(c),
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(words: &CardWords) -> String {
        let statistics = DatasetStatistics::default();
        let schema = Schema::conflict_news();
        Card {
            words,
            statistics: &statistics,
            schema: &schema,
            split: None,
            agreement: None,
            without_text: false,
        }
        .to_string()
    }

    #[test]
    fn what_people_say_cannot_break_the_front_matter() {
        let words = CardWords { title: "a: \"b\"\n---\n# c".to_owned(), ..CardWords::default() };
        let card = card(&words);
        assert!(card.starts_with("---\npretty_name: \"a: \\\"b\\\"\\n---\\n# c\"\nlanguage:"), "{card}");
    }

    #[test]
    fn what_nobody_said_is_not_made_up() {
        let card = card(&CardWords::default());
        assert!(!card.contains("license:") && card.contains("Licence: not stated"), "{card}");
        assert!(card.contains("Not measured"), "{card}");
    }

    #[test]
    fn a_cell_stays_a_cell() {
        assert_eq!(cell("a|b\n<script>"), "a&#124;b &#60;script>");
    }
}
