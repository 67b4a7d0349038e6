//! The card of a dataset.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::SPLITS;
use crate::formats::WriteOptions;
use crate::formats::tokens::TOKENISER;
use crate::schema::LabelCode;

/// What there is in a split.
#[derive(Clone, Debug, Default)]
pub(super) struct Count {
    pub(super) articles: usize,
    pub(super) tokens: usize,
    pub(super) spans: BTreeMap<LabelCode, usize>,
}

/// The columns but for the tags, in YAML.
const COLUMNS_BEFORE: &str = "  - name: id
    dtype: string
  - name: text
    dtype: string
  - name: tokens
    sequence: string
  - name: ner_tags
    sequence:
      class_label:
        names:
";
const COLUMNS_AFTER: &str = "  - name: spans
    list:
    - name: start
      dtype: int64
    - name: end
      dtype: int64
    - name: label
      dtype: string
    - name: text
      dtype: string
  - name: status
    dtype: string
  - name: misam
    dtype: string
";

/// The card: `names` are those of the tags by their numbers, `counts` those of the splits that have a file.
pub(super) fn card(options: &WriteOptions, names: &[String], counts: &[(&str, Count)]) -> String {
    let mut card =
        "---\nlanguage:\n- ar\ntask_categories:\n- token-classification\ndataset_info:\n  features:\n"
            .to_owned();
    card.push_str(COLUMNS_BEFORE);
    for (number, name) in names.iter().enumerate() {
        // A JSON string is one of YAML, too. Writing to a string cannot fail.
        let _ = writeln!(card, "          '{number}': {}", Value::from(name.as_str()));
    }
    card.push_str(COLUMNS_AFTER);
    card.push_str("configs:\n- config_name: default\n  data_files:\n");
    for (split, _) in counts {
        let _ = writeln!(card, "  - split: {split}\n    path: {split}.jsonl");
    }
    card.push_str("---\n\n# Labelled Arabic text\n\n");
    card.push_str(
        "A row is an article. `spans` are what people labelled, with offsets in Unicode code points, end exclusive: \
         `text[start:end]` is the span's own text. They may nest and overlap. ",
    );
    let _ = writeln!(
        card,
        "`ner_tags` are the same spans by token, in the scheme {}; of spans in each other's way the longest stands \
         there. Tokens are those of {TOKENISER}, proclitics: {}; a word is cut where a span begins or ends. `misam` \
         is JSON with everything else that is known.\n",
        options.scheme.as_str().to_uppercase(),
        options.clitics,
    );
    card.push_str("| split | articles | tokens | spans |\n|---|---|---|---|\n");
    for (split, count) in counts {
        let spans: usize = count.spans.values().sum();
        let _ = writeln!(card, "| {split} | {} | {} | {spans} |", count.articles, count.tokens);
    }
    let mut labels: BTreeMap<&LabelCode, Vec<usize>> = BTreeMap::new();
    for (n, (_, count)) in counts.iter().enumerate() {
        for (label, &spans) in &count.spans {
            labels.entry(label).or_insert_with(|| vec![0; counts.len()])[n] = spans;
        }
    }
    if !labels.is_empty() {
        let splits: Vec<_> = counts.iter().map(|(split, _)| *split).collect();
        let _ = writeln!(card, "\n| label | {} |\n|---|{}", splits.join(" | "), "---|".repeat(splits.len()));
        for (label, spans) in labels {
            let spans: Vec<_> = spans.iter().map(ToString::to_string).collect();
            let label = label.as_str().replace('|', "\\|");
            let _ = writeln!(card, "| {label} | {} |", spans.join(" | "));
        }
    }
    card
}

/// The names of the tags by their numbers, as a card states them for a column of tags; empty if it states none.
pub(super) fn tag_names(card: &str) -> Vec<String> {
    let after =
        card.split_once("name: ner_tags").or_else(|| card.split_once("name: tags")).map(|(_, after)| after);
    let Some((_, list)) = after.and_then(|after| after.split_once("names:")) else { return Vec::new() };
    let mut names = Vec::new();
    for line in list.lines().skip(1) {
        let Some((number, name)) = line.trim().split_once(':') else { break };
        if number.trim_matches(['\'', '"']).parse() != Ok(names.len()) {
            break;
        }
        let name = name.trim();
        let plain = || name.trim_matches('\'').to_owned();
        names.push(serde_json::from_str::<String>(name).unwrap_or_else(|_| plain()));
    }
    names
}

/// The split of an article, from what its `meta` says.
pub(super) fn split(stated: Option<&Value>) -> &'static str {
    match stated.and_then(Value::as_str) {
        Some("validation" | "dev" | "valid" | "val") => SPLITS[1],
        Some("test") => SPLITS[2],
        _ => SPLITS[0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_in_a_card_are_found_again() {
        let names: Vec<String> = ["O", "B-LOC", "I-\"x\": #"].map(str::to_owned).into();
        assert_eq!(tag_names(&card(&WriteOptions::default(), &names, &[])), names);
        let other = "features:\n - name: ner_tags\n   sequence:\n     class_label:\n       names:\n         0: O\n         \"1\": B-PER\n - name: x: 2";
        assert_eq!(tag_names(other), ["O", "B-PER"]);
        assert!(tag_names("# Nothing").is_empty());
    }
}
