//! The report as a file: JSON, or one table for spreadsheets, a row a figure.

use std::fmt::Write as _;

use super::report::Report;
use crate::formats::csv::cell;
use crate::quality::bootstrap::Figure;

impl Report {
    /// JSON, as `misam agreement --json` writes it, with line breaks.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Numbers, strings and lists of them always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// CSV with a header: section, what it is about, figure, value, and the ends of its interval. Figures that are not
    /// defined are left empty. Cells that a spreadsheet would take for a formula begin with an apostrophe.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut table = Table(String::from("section,about,figure,value,low,high\r\n"));
        for (name, figure) in [
            ("f1_strict", self.spans.strict),
            ("f1_boundary", self.spans.boundary),
            ("f1_overlap", self.spans.overlap),
            ("kappa_all", self.kappa.all),
            ("kappa_labelled", self.kappa.labelled),
            ("alpha_all", self.alpha.all),
            ("alpha_labelled", self.alpha.labelled),
            ("alpha_unitizing", self.unitizing),
            ("gamma", self.gamma.figure),
        ] {
            table.row("all", "", name, figure);
        }
        for (label, row) in &self.labels {
            table.count("label", label.as_str(), "spans", row.spans);
            for (name, value) in [
                ("f1_strict", row.strict),
                ("f1_boundary", row.boundary),
                ("f1_overlap", row.overlap),
                ("alpha_unitizing", row.unitizing),
            ] {
                table.value("label", label.as_str(), name, value);
            }
        }
        for pair in &self.pairs {
            let about = format!("{} / {}", pair.first, pair.second);
            table.count("pair", &about, "articles", pair.articles);
            for (name, value) in [
                ("f1_strict", pair.strict.micro.f1()),
                ("f1_boundary", pair.boundary.micro.f1()),
                ("f1_overlap", pair.overlap.micro.f1()),
                ("kappa_all", pair.kappa.all),
                ("kappa_labelled", pair.kappa.labelled),
                ("kappa_both", pair.kappa.both),
                ("alpha_unitizing", pair.unitizing),
            ] {
                table.value("pair", &about, name, value);
            }
            for row in &pair.confusion {
                let name = |label: &Option<crate::schema::LabelCode>| {
                    label.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)
                };
                let labels = format!("{} / {}", name(&row.first), name(&row.second));
                table.count("confusion", &about, &labels, row.count);
            }
            for row in &pair.boundaries {
                let name = format!("{} {}", row.edge.as_str(), row.kind.as_str());
                table.count("ends", &about, &name, row.first_holds + row.second_holds);
            }
        }
        for row in &self.by_article {
            table.value("article", &row.id, "f1_strict", row.strict);
            table.value("article", &row.id, "f1_boundary", row.boundary);
            table.value("article", &row.id, "f1_overlap", row.overlap);
        }
        table.0
    }
}

struct Table(String);

impl Table {
    fn row(&mut self, section: &str, about: &str, name: &str, figure: Figure) {
        let Figure { value, low, high } = figure;
        let [value, low, high] =
            [value, low, high].map(|number| number.map_or_else(String::new, |number| format!("{number:.6}")));
        let (about, name) = (cell(about), cell(name));
        // Writing into a string cannot fail.
        let _ = write!(self.0, "{section},{about},{name},{value},{low},{high}\r\n");
    }

    fn value(&mut self, section: &str, about: &str, name: &str, value: Option<f64>) {
        self.row(section, about, name, Figure { value, low: None, high: None });
    }

    fn count(&mut self, section: &str, about: &str, name: &str, count: usize) {
        let (about, name) = (cell(about), cell(name));
        let _ = write!(self.0, "{section},{about},{name},{count},,\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::document;
    use super::super::{AgreementOptions, Annotations, Report, agreement};
    use crate::quality::lint::Vocabulary;

    fn report(first: &str, second: &str) -> Report {
        let by = |name: &str, text| Annotations {
            annotator: name.to_owned(),
            documents: vec![document("d", text)],
        };
        let all = [by("amal, \"a\"", first), by("=nour", second)];
        agreement(&all, AgreementOptions::default(), &Vocabulary::embedded().unwrap())
    }

    #[test]
    fn every_figure_is_a_row_and_every_row_has_six_cells() {
        let csv = report("زار [LOC مدينة سبها] أمس", "زار مدينة [LOC سبها] [DAT أمس]").to_csv();
        let rows: Vec<&str> = csv.trim_end().split("\r\n").collect();
        assert_eq!(rows[0], "section,about,figure,value,low,high");
        assert!(rows.contains(&"all,,f1_strict,0.000000,,"), "{csv}");
        assert!(rows.contains(&"label,LOC,spans,2,,"), "{csv}");
        assert!(rows.contains(&"ends,\"amal, \"\"a\"\" / =nour\",start class_word,1,,"), "{csv}");
        assert!(rows.contains(&"confusion,\"amal, \"\"a\"\" / =nour\",none / DAT,1,,"), "{csv}");
        assert!(rows.contains(&"article,d,f1_overlap,0.666667,,"), "{csv}");
    }

    #[test]
    fn no_name_is_a_formula_to_any_spreadsheet() {
        for name in ["=1+1", "\n=1", "＝1", "－1", "＋1", "＠x", "'=1", "\t=1"] {
            let by = |annotator: &str| Annotations {
                annotator: annotator.to_owned(),
                documents: vec![document(name, "زار [LOC سبها]")],
            };
            let all = [by("amal"), by("nour")];
            let report = agreement(&all, AgreementOptions::default(), &Vocabulary::embedded().unwrap());
            let csv = report.to_csv();
            let guarded = format!(",'{name}");
            let quoted = format!(",\"'{name}");
            assert!(csv.contains(&guarded) || csv.contains(&quoted), "{name:?} in {csv}");
        }
    }
}
