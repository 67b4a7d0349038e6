//! The files of a folder of backups: what they are called, and which of them are no longer needed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// So many of the latest copies are kept, besides one of each day.
pub const KEPT: usize = 10;

/// A copy is written into the same file for so many minutes; then comes a new one.
const MINUTES: u32 = 10;

/// A moment by the clock of whoever works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The year.
    pub year: u32,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
    /// The hour, 0 to 23.
    pub hour: u32,
    /// The minute, 0 to 59.
    pub minute: u32,
}

/// What the file of a copy is called that is made at a moment: `News [k3f9] 2026-11-23 18-40.misam`. The mark tells copies
/// of projects with the same name apart, whoever puts them into the same folder.
#[must_use]
pub fn copy_name(project: &str, mark: &str, at: Moment) -> String {
    let Moment { year, month, day, hour, minute } = at;
    let minute = minute - minute % MINUTES;
    let mut name = file_part(project);
    // Writing into a string does not fail.
    let _ = write!(name, " [{mark}] {year:04}-{month:02}-{day:02} {hour:02}-{minute:02}.misam");
    name
}

/// A name as a part of one of a file: without what some systems do not let stand there.
#[must_use]
pub fn file_part(name: &str) -> String {
    let is_odd = |c: char| c.is_control() || crate::text::turns_direction(c) || r#"/\:*?"<>|"#.contains(c);
    name.chars().map(|c| if is_odd(c) { '-' } else { c }).collect()
}

/// Which files of a folder are copies with a mark that are no longer needed: all but the latest [`KEPT`] and the last of
/// each day. Other files of the folder are nobody's business.
#[must_use]
pub fn surplus(names: &[String], mark: &str) -> Vec<String> {
    let mut copies: Vec<(&str, &str)> =
        names.iter().filter_map(|name| Some((moment_in(name, mark)?, name.as_str()))).collect();
    copies.sort_unstable();
    copies.reverse();
    let mut days = BTreeSet::new();
    let mut surplus = Vec::new();
    for (place, (moment, name)) in copies.into_iter().enumerate() {
        let is_last_of_day = days.insert(moment.split(' ').next().unwrap_or_default());
        if place >= KEPT && !is_last_of_day {
            surplus.push(name.to_owned());
        }
    }
    surplus
}

/// The moment in the name of a copy with a mark, as it is written there.
fn moment_in<'n>(name: &'n str, mark: &str) -> Option<&'n str> {
    let (_, rest) = name.rsplit_once(" [")?;
    let moment = rest.strip_prefix(mark)?.strip_prefix("] ")?.strip_suffix(".misam")?;
    let shape: String = moment.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    (shape == "0000-00-00 00-00").then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32, hour: u32, minute: u32) -> String {
        copy_name("أخبار/1", "k3f9", Moment { year: 2026, month: 11, day, hour, minute })
    }

    #[test]
    fn copies_made_within_ten_minutes_are_one_file() {
        assert_eq!(at(23, 8, 49), "أخبار-1 [k3f9] 2026-11-23 08-40.misam");
        assert_eq!(at(23, 8, 40), at(23, 8, 49));
        assert_ne!(at(23, 8, 50), at(23, 8, 49));
        let turned = copy_name("\u{202E}a", "x", Moment { year: 1, month: 1, day: 1, hour: 0, minute: 0 });
        assert_eq!(turned, "-a [x] 0001-01-01 00-00.misam");
    }

    #[test]
    fn the_latest_ten_and_the_last_of_each_day_stay() {
        let mut names: Vec<String> = (0..12).map(|hour| at(21, hour, 0)).collect();
        names.extend((0..3).map(|hour| at(22, hour, 0)));
        names.extend((0..9).map(|hour| at(23, hour, 0)));
        // The latest ten are the nine of the 23rd and the last of the 22nd; the 21st keeps its last.
        let gone = surplus(&names, "k3f9");
        let expected: Vec<String> = [at(22, 1, 0), at(22, 0, 0)]
            .into_iter()
            .chain((0..11).rev().map(|hour| at(21, hour, 0)))
            .collect();
        assert_eq!(gone, expected);
    }

    #[test]
    fn files_of_others_are_left_alone() {
        let mut names: Vec<String> = (0..12).map(|hour| at(21, hour, 0)).collect();
        for name in &mut names {
            *name = name.replace("[k3f9]", "[other]");
        }
        names.push("thesis.docx".to_owned());
        names.push("x [k3f9] 2026-11-23.misam".to_owned());
        assert_eq!(surplus(&names, "k3f9"), Vec::<String>::new());
    }
}
