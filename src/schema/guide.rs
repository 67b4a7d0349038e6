//! The guideline on one page, as the page shows it beside the labels (`docs/GUIDELINES.md`, section 10).

use super::{CONFLICT_NEWS, LabelCode, Localized, Schema};

/// The rules, one a line; its head says how they are written.
const PAGE: &str = include_str!("../../assets/guideline/page.tsv");

/// One rule of a guideline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideRule {
    /// The labels it is about; none if it is about all of them.
    pub labels: Vec<LabelCode>,
    /// What it says. `⟦…⟧` is a span.
    pub text: Localized,
}

impl GuideRule {
    /// The rule's text, cut into runs; true stands beside those that are spans.
    pub fn runs(text: &str) -> impl Iterator<Item = (&str, bool)> {
        text.split('⟦').enumerate().flat_map(|(index, piece)| {
            let (span, after) =
                if index == 0 { ("", piece) } else { piece.split_once('⟧').unwrap_or((piece, "")) };
            [(span, true), (after, false)].into_iter().filter(|(run, _)| !run.is_empty())
        })
    }
}

impl Schema {
    /// The rules of the guideline on one page. Empty for labels of one's own, whose guideline is not known.
    #[must_use]
    pub fn guide(&self) -> Vec<GuideRule> {
        if self.id != CONFLICT_NEWS {
            return Vec::new();
        }
        PAGE.lines().filter(|line| !line.starts_with('#')).filter_map(rule).collect()
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
    use super::*;

    #[test]
    fn the_guide_is_whole_in_both_languages_and_speaks_of_every_label() {
        let schema = Schema::conflict_news();
        let guide = schema.guide();
        assert_eq!(guide.len(), 21);
        for rule in &guide {
            let spans = |text: &str| {
                GuideRule::runs(text)
                    .filter(|(_, span)| *span)
                    .map(|(run, _)| run.to_owned())
                    .collect::<Vec<_>>()
            };
            assert_eq!(spans(&rule.text.en), spans(&rule.text.ar), "the same examples: {}", rule.text.en);
            assert!(rule.labels.iter().all(|code| schema.label(code.as_str()).is_some()));
        }
        for label in &schema.labels {
            assert!(guide.iter().any(|rule| rule.labels.contains(&label.code)), "{}", label.code);
        }
    }

    #[test]
    fn runs_are_the_text_without_the_brackets() {
        let runs: Vec<_> = GuideRule::runs("و⟦تونس⟧ ب⟦الرباط⟧").collect();
        assert_eq!(runs, [("و", false), ("تونس", true), (" ب", false), ("الرباط", true)]);
        assert_eq!(GuideRule::runs("بلا").collect::<Vec<_>>(), [("بلا", false)]);
    }

    #[test]
    fn other_labels_have_no_guide() {
        let schema = Schema { id: "mine/1".into(), ..Schema::conflict_news() };
        assert!(schema.guide().is_empty());
    }
}
