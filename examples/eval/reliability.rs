//! Whether a suggestion is as often right as its confidence says.

use misam::train::measure::{Judged, calibration_error, thresholds};

const STEPS: usize = 10;
const WIDTH: f32 = 40.0;

/// A bar for each step of confidence: how many of its suggestions are right; `|` stands where the confidence would have it.
pub(crate) fn print(name: &str, judged: &[Judged]) {
    println!("{name}: expected calibration error {:.3}", calibration_error(judged));
    println!("  {:<11}{:>6}{:>7}{:>7}", "confidence", "found", "mean", "right");
    for step in 0..STEPS {
        let (low, high) = (step as f32 / STEPS as f32, (step + 1) as f32 / STEPS as f32);
        let within = |j: &&Judged| j.confidence >= low && (j.confidence < high || step + 1 == STEPS);
        let here: Vec<_> = judged.iter().filter(within).collect();
        if here.is_empty() {
            continue;
        }
        let count = here.len() as f32;
        let mean = here.iter().map(|j| j.confidence).sum::<f32>() / count;
        let right = here.iter().filter(|j| j.right).count() as f32 / count;
        let mut bar: Vec<char> = vec![' '; WIDTH as usize + 1];
        bar.iter_mut().take((right * WIDTH).round() as usize).for_each(|cell| *cell = '█');
        bar[(mean * WIDTH).round() as usize] = '|';
        println!(
            "  {low:.1} to {high:.1}{:>7}{:>7.1}{:>7.1}  {}",
            here.len(),
            100.0 * mean,
            100.0 * right,
            bar.iter().collect::<String>().trim_end()
        );
    }
}

/// Precision, recall and F1 of the suggestions from a confidence on.
pub(crate) fn print_thresholds(name: &str, judged: &[Judged], gold: usize) {
    println!("{name}: suggestions of at least this confidence");
    println!("  {:<10}{:>6}{:>7}{:>7}{:>7}", "at least", "kept", "P", "R", "F1");
    for (step, (precision, recall)) in thresholds(judged, gold).into_iter().enumerate() {
        let threshold = step as f32 / 20.0;
        let kept = judged.iter().filter(|j| j.confidence >= threshold).count();
        if step > 0 && step % 2 == 1 && step < 15 {
            continue;
        }
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        println!(
            "  {threshold:<10.2}{kept:>6}{:>7.1}{:>7.1}{:>7.1}",
            100.0 * precision,
            100.0 * recall,
            100.0 * f1
        );
    }
}
