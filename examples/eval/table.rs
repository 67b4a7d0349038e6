//! Scores of several extractors beside each other.

use misam::quality::score::{Measure, Score};
use misam::schema::LabelCode;

/// A ratio in per cent.
pub(crate) fn percent(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |value| format!("{:.1}", 100.0 * value))
}

/// Strict and boundary scores, a row a label.
pub(crate) fn print(names: &[&str], scores: &[Score], labels: &[&str]) {
    let of = |part: fn(&Score) -> &Measure| scores.iter().map(part).collect::<Vec<_>>();
    one("strict: label and both ends", names, &of(|score| &score.strict), labels);
    println!();
    one("boundary: both ends, whatever the label", names, &of(|score| &score.boundary), labels);
}

fn one(title: &str, names: &[&str], measures: &[&Measure], labels: &[&str]) {
    println!("{title}");
    println!(
        "{:<12}{}",
        "",
        names.iter().map(|name| format!("   {name:<28}")).collect::<String>().trim_end()
    );
    print!("{:<6}{:>6}", "label", "gold");
    for _ in names {
        print!("   {:>7}{:>7}{:>7}{:>7}", "P", "R", "F1", "found");
    }
    println!();
    for label in labels {
        let Ok(code) = LabelCode::new(label) else { continue };
        let tallies: Vec<_> =
            measures.iter().map(|m| m.by_label.get(&code).copied().unwrap_or_default()).collect();
        print!("{label:<6}{:>6}", tallies.first().map_or(0, |tally| tally.gold));
        for tally in tallies {
            cells(tally.precision(), tally.recall(), tally.f1(), tally.predicted);
        }
        println!();
    }
    print!("{:<6}{:>6}", "micro", measures.first().map_or(0, |measure| measure.micro.gold));
    for measure in measures {
        let micro = measure.micro;
        cells(micro.precision(), micro.recall(), micro.f1(), micro.predicted);
    }
    println!();
}

fn cells(precision: Option<f64>, recall: Option<f64>, f1: Option<f64>, found: usize) {
    print!("   {:>7}{:>7}{:>7}{found:>7}", percent(precision), percent(recall), percent(f1));
}

/// A line of one extractor: strict precision, recall and F1, boundary F1, and strict F1 of each label.
pub(crate) fn print_line(name: &str, score: &Score, labels: &[&str]) {
    let micro = score.strict.micro;
    print!(
        "  {name:<18} P {:>5} R {:>5} F1 {:>5}  boundary F1 {:>5}",
        percent(micro.precision()),
        percent(micro.recall()),
        percent(micro.f1()),
        percent(score.boundary.micro.f1())
    );
    if !labels.is_empty() {
        print!("  |");
    }
    for label in labels {
        let tally = LabelCode::new(label).ok().and_then(|code| score.strict.by_label.get(&code));
        print!(" {label} {}", percent(tally.and_then(|tally| tally.f1())));
    }
    println!();
}
