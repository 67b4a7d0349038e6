//! Confidence as measured: how often each family of rules was right on labelled text.

use super::candidate::Rule;
use super::lexicon::LexiconError;

/// How often a family proposed, and how often it was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Proposals that equal a gold span in both ends and label.
    pub right: u32,
    /// Proposals.
    pub all: u32,
}

impl Tally {
    /// The share of right proposals, drawn towards one half where there are few (Laplace: one more right, two more in
    /// all).
    #[must_use]
    pub fn precision(self) -> f32 {
        (self.right + 1) as f32 / (self.all + 2) as f32
    }
}

/// The tallies of all families.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calibration([Tally; Rule::ALL.len()]);

impl Default for Calibration {
    fn default() -> Self {
        Self([Tally::default(); Rule::ALL.len()])
    }
}

impl Calibration {
    /// The measured tallies that are part of the program (`assets/lexicon/confidence.tsv`, written by
    /// `./dev eval --calibrate`).
    ///
    /// # Errors
    /// If the file is malformed, which a test excludes.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::parse("confidence.tsv", include_str!("../../assets/lexicon/confidence.tsv"))
    }

    fn parse(file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut calibration = Self::default();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<_> = line.split('\t').collect();
            let tally = match cells.as_slice() {
                [name, right, all] => Rule::ALL
                    .into_iter()
                    .find(|rule| rule.name() == *name)
                    .zip(right.parse().ok().zip(all.parse().ok())),
                _ => None,
            };
            let Some((rule, (right, all))) = tally else {
                let what = "a rule family and two counts are wanted".to_owned();
                return Err(LexiconError { file: file.to_owned(), line: index + 1, what });
            };
            calibration.add(rule, Tally { right, all });
        }
        Ok(calibration)
    }

    /// Adds to the tally of a family.
    pub fn add(&mut self, rule: Rule, tally: Tally) {
        if let Some(sum) = self.0.get_mut(rule as usize) {
            sum.right += tally.right;
            sum.all += tally.all;
        }
    }

    /// The tally of a family.
    #[must_use]
    pub fn tally(&self, rule: Rule) -> Tally {
        self.0.get(rule as usize).copied().unwrap_or_default()
    }

    /// The file form.
    #[must_use]
    pub fn to_tsv(&self) -> String {
        let rows = Rule::ALL.into_iter().map(|rule| {
            let Tally { right, all } = self.tally(rule);
            format!("{}\t{right}\t{all}\n", rule.name())
        });
        std::iter::once("# Measured, not chosen: ./dev eval --calibrate writes this file.\n# rule family\tright\tproposed\n".to_owned())
            .chain(rows)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_form_reads_back() {
        let mut calibration = Calibration::default();
        calibration.add(Rule::Date, Tally { right: 8, all: 10 });
        assert_eq!(Calibration::parse("x", &calibration.to_tsv()), Ok(calibration));
        assert!(Calibration::embedded().is_ok());
        assert!(Calibration::parse("x", "date\t1\n").is_err());
    }

    #[test]
    fn families_are_indexed_in_their_order() {
        for (index, rule) in Rule::ALL.into_iter().enumerate() {
            assert_eq!(rule as usize, index);
        }
    }

    #[test]
    fn few_observations_say_little() {
        assert!((Tally::default().precision() - 0.5).abs() < f32::EPSILON);
        assert!(Tally { right: 1, all: 1 }.precision() < 0.7);
    }
}
