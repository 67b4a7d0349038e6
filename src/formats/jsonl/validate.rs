//! Whether a line keeps every promise of the format.

use super::{read_record, write_record};
use crate::formats::problem::Problems;
use crate::formats::{Outcome, ProblemKind, ReadOptions, Reading};

/// Reads a line as [`read_record`] does, and also says if it is right but not written as Misam writes it: keys out of
/// order, spans out of order, empty optional keys, other escapes.
#[must_use]
pub fn validate_record(line: &str, number: u64, options: &ReadOptions) -> Reading {
    let mut reading = read_record(line, number, options);
    let Some(document) = reading.document.as_ref().filter(|_| reading.problems.is_empty()) else {
        return reading;
    };
    let mut problems = Problems::new(&options.file, Some(number));
    match write_record(document) {
        Ok(canonical) if canonical == line => {}
        Ok(canonical) => {
            let difference = first_difference(line, &canonical);
            problems.say("", ProblemKind::NotCanonical { difference }, Outcome::Kept);
        }
        Err(error) => {
            let difference = error.to_string();
            problems.say("", ProblemKind::NotCanonical { difference }, Outcome::Kept);
        }
    }
    reading.problems = problems.into_vec();
    reading
}

fn first_difference(line: &str, canonical: &str) -> String {
    let same = line.chars().zip(canonical.chars()).take_while(|(a, b)| a == b);
    let (count, bytes) = same.fold((0, 0), |(count, bytes), (c, _)| (count + 1, bytes + c.len_utf8()));
    let ahead = |text: &str| {
        let rest = text[bytes..].chars().take(24);
        // What cannot be seen, such as a carriage return, is shown by its name.
        let rest: String =
            rest.map(|c| if c.is_control() { c.escape_default().to_string() } else { c.into() }).collect();
        if rest.is_empty() { "the end of the line".to_owned() } else { format!("`{rest}`") }
    };
    format!("at column {} there is {}, expected {}", count + 1, ahead(line), ahead(canonical))
}
