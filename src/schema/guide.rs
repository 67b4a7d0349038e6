//! The guideline on one page, as the page shows it beside the labels (`docs/GUIDELINES.md`, section 10).

use super::{LabelCode, Localized, Schema};

/// The rules, one a line; its head says how they are written.
const PAGE: &str = include_str!("../../assets/guideline/page.tsv");

/// One rule of a guideline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideRule {
    /// The labels it is about; none if it is about all of them.
    pub labels: Vec<LabelCode>,
    /// What it says, to be read with [`Self::runs`].
    pub text: Localized,
}

/// A piece of a rule's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideRun<'a> {
    /// Its words, without brackets and code.
    pub text: &'a str,
    /// The label it carries, if it is a span in an example.
    pub label: Option<LabelCode>,
}

impl GuideRule {
    /// The rule's text in one of its languages, cut where spans begin and end. `⟦…⟧` is a span of the label that the rule
    /// is about; any other label stands first in it, as in `⟦LOC …⟧`.
    pub fn runs<'a>(&'a self, text: &'a str) -> impl Iterator<Item = GuideRun<'a>> {
        text.split('⟦').enumerate().flat_map(|(index, piece)| {
            let (span, after) =
                if index == 0 { ("", piece) } else { piece.split_once('⟧').unwrap_or((piece, "")) };
            let (label, span) = self.label_of(span);
            [GuideRun { text: span, label }, GuideRun { text: after, label: None }]
                .into_iter()
                .filter(|run| !run.text.is_empty())
        })
    }

    /// The label of what stands in brackets, and the words without it.
    fn label_of<'a>(&self, span: &'a str) -> (Option<LabelCode>, &'a str) {
        let is_code = |word: &str| word.chars().all(|c| c.is_ascii_uppercase());
        match span.split_once(' ').filter(|(first, _)| is_code(first)) {
            Some((code, words)) => (LabelCode::new(code).ok(), words),
            None => match self.labels.as_slice() {
                [label] => (Some(label.clone()), span),
                _ => (None, span),
            },
        }
    }
}

impl Schema {
    /// The rules of the guideline on one page, as far as they speak of labels that mean here what they mean there, whatever
    /// else the schema has. Empty if it has none of them.
    #[must_use]
    pub fn guide(&self) -> Vec<GuideRule> {
        let known = Self::conflict_news();
        let is_kept = |code: &LabelCode| {
            let own = self.label(code.as_str());
            own.is_some_and(|own| {
                known.label(code.as_str()).is_some_and(|it| it.definition == own.definition)
            })
        };
        if !known.labels.iter().any(|label| is_kept(&label.code)) {
            return Vec::new();
        }
        let rules = PAGE.lines().filter(|line| !line.starts_with('#')).filter_map(rule);
        rules.filter(|rule| rule.labels.is_empty() || rule.labels.iter().any(is_kept)).collect()
    }
}

fn rule(line: &str) -> Option<GuideRule> {
    let mut fields = line.split('\t');
    let labels = fields.next()?.split(' ').filter_map(|code| LabelCode::new(code).ok()).collect();
    let text = Localized::new(fields.next()?, fields.next()?);
    Some(GuideRule { labels, text })
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::schema::{CONFLICT_NEWS, LabelDef, Template};

    /// The guideline, of which this is the last section.
    const GUIDELINES: &str = include_str!("../../docs/GUIDELINES.md");

    /// The spans in a text of a rule with their labels.
    fn examples(rule: &GuideRule, text: &str) -> Vec<(String, Option<LabelCode>)> {
        let is_span = |run: &GuideRun<'_>| text.contains(&format!("{}⟧", run.text));
        rule.runs(text).filter(is_span).map(|run| (run.text.to_owned(), run.label)).collect()
    }

    /// The labels that the sections about one label give their examples.
    fn labels_in_the_guideline() -> HashMap<String, Vec<LabelCode>> {
        let (sections, _) = GUIDELINES.split_once("\n## 10.").unwrap();
        let mut labels: HashMap<_, Vec<_>> = HashMap::new();
        let mut about = Vec::new();
        for line in sections.lines() {
            if let Some(title) = line.strip_prefix("##") {
                let code = title.split_once(". ").or(title.rsplit_once(' ')).map_or("", |(_, code)| code);
                about = LabelCode::new(code).into_iter().filter(|code| code.as_str().len() == 3).collect();
            }
            let rule = GuideRule { labels: about.clone(), text: Localized::default() };
            for (span, label) in examples(&rule, line) {
                labels.entry(span).or_default().extend(label);
            }
        }
        labels
    }

    #[test]
    fn the_guide_is_whole_in_both_languages_and_speaks_of_every_label() {
        let schema = Schema::conflict_news();
        let guide = schema.guide();
        assert_eq!(guide.len(), 21);
        for rule in &guide {
            let [en, ar] = [&rule.text.en, &rule.text.ar].map(|text| examples(rule, text));
            assert_eq!(en, ar, "the same examples: {}", rule.text.en);
            assert!(rule.labels.iter().all(|code| schema.label(code.as_str()).is_some()));
        }
        for label in &schema.labels {
            assert!(guide.iter().any(|rule| rule.labels.contains(&label.code)), "{}", label.code);
        }
    }

    #[test]
    fn every_example_carries_the_label_that_the_guideline_gives_it() {
        let schema = Schema::conflict_news();
        let known = labels_in_the_guideline();
        let mut compared = 0;
        for rule in schema.guide() {
            for (span, label) in examples(&rule, &rule.text.ar) {
                let label = label.unwrap_or_else(|| panic!("{span} has no label"));
                assert!(schema.label(label.as_str()).is_some(), "{span}: {label}");
                if let Some(labels) = known.get(&span).filter(|labels| !labels.is_empty()) {
                    assert!(labels.contains(&label), "{span}: {label}, not one of {labels:?}");
                    compared += 1;
                }
            }
        }
        assert!(compared > 40, "{compared}");
    }

    #[test]
    fn the_page_says_what_the_last_section_of_the_guideline_says() {
        let (_, section) = GUIDELINES.split_once("\n## 10.").unwrap();
        let section = section.replace("**", "");
        for rule in Schema::conflict_news().guide() {
            assert!(section.contains(&rule.text.ar), "{}", rule.text.ar);
        }
    }

    #[test]
    fn runs_are_the_text_without_brackets_and_codes() {
        let label = |code: &str| LabelCode::new(code).ok();
        let rule = |codes: &[&str]| GuideRule {
            labels: codes.iter().filter_map(|code| label(code)).collect(),
            text: Localized::default(),
        };
        let runs = |rule: &GuideRule, text: &'static str| {
            rule.runs(text).map(|run| (run.text.to_owned(), run.label)).collect::<Vec<_>>()
        };
        let run = |text: &str, label| (text.to_owned(), label);
        assert_eq!(
            runs(&rule(&["EVT"]), "قمة ⟦LOC العلا⟧، ⟦حرب أكتوبر⟧"),
            [run("قمة ", None), run("العلا", label("LOC")), run("، ", None), run("حرب أكتوبر", label("EVT"))]
        );
        assert_eq!(runs(&rule(&["NUM"]), "⟦19 عاملًا⟧"), [run("19 عاملًا", label("NUM"))]);
        assert_eq!(runs(&rule(&["ORG", "LOC"]), "و⟦تونس⟧"), [run("و", None), run("تونس", None)]);
        assert_eq!(runs(&rule(&["LOC"]), "بلا"), [run("بلا", None)]);
    }

    #[test]
    fn labels_keep_their_rules_as_long_as_they_mean_the_same() {
        let all = Schema::conflict_news().guide();
        let mut own = Schema { id: "mine/1".into(), ..Schema::conflict_news() };
        own.labels.push(LabelDef { code: LabelCode::new("SHIP").unwrap(), ..own.labels[0].clone() });
        assert_eq!(own.guide(), all);
        let about = |schema: &Schema, code: &str| {
            let code = LabelCode::new(code).unwrap();
            schema.guide().iter().filter(|rule| rule.labels.contains(&code) && rule.labels.len() == 1).count()
        };
        let (places, people) = (about(&own, "LOC"), about(&own, "PER"));
        assert!(places > 0 && people > 0);
        let place = own.labels.iter_mut().find(|label| label.code.as_str() == "LOC").unwrap();
        place.definition = Localized::new("Rivers.", "أنهار.");
        assert_eq!((about(&own, "LOC"), about(&own, "PER")), (0, people));
    }

    #[test]
    fn other_labels_have_no_guide() {
        let others =
            Template::ALL.into_iter().map(Template::schema).filter(|schema| schema.id != CONFLICT_NEWS);
        for schema in others {
            assert!(schema.guide().is_empty(), "{}", schema.id);
        }
    }
}
