//! Times of day (guideline 5.9): the hour in words or digits, what is added to or taken from it, and the part of the day,
//! day or time zone it is told by.

use super::classes::Classes;
use super::date::{DAY_PART_TAIL, inner, is_number};
use super::duration::with_half;
use super::line::Line;
use super::number;

/// The last word of a time of day that begins at a word: الساعة التاسعة, 13:20 بتوقيت دمشق, العاشرة والنصف.
pub(super) fn time_of_day(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    let next_is_hour = || line.next(at + 1).any(Classes::CLOCK_WORD) || is_number(line, at + 1);
    if classes.any(Classes::CLOCK_HEAD) && next_is_hour() {
        return Some(clock(line, at + 1, true));
    }
    if is_clock(form) {
        return Some(clock(line, at, true));
    }
    if classes.any(Classes::CLOCK_WORD) {
        let end = clock(line, at, false);
        return (end > at && !line.form(end).starts_with("و")).then_some(end);
    }
    None
}

/// A time of day from its number on: minutes, part of the day, من with a part of the day, time zone. Behind الساعة
/// (`named`) also a part of the day with its day; behind a bare ordinal that is a time of its own (الجولة الثالثة مساء
/// السبت).
fn clock(line: &Line<'_>, at: usize, named: bool) -> usize {
    let mut last = at;
    while line.next(last + 1).any(Classes::CLOCK_TAIL) {
        last += 1;
    }
    // إلا خمس دقائق, وعشر دقائق
    if line.form(last) == "الا" {
        let minutes = number::plain(line, last + 1, line.next(last + 1), line.form(last + 1));
        last = minutes
            .filter(|&number| line.next(number + 1).any(Classes::UNIT_WORD))
            .map_or(last - 1, |number| number + 1);
    } else {
        last = with_half(line, last);
    }
    let next = last + 1;
    if !line.joined(next) {
        return last;
    }
    let day =
        inner(line, next + 1, 1, DAY_PART_TAIL).filter(|_| named && line.bare(next).any(Classes::DAY_PART));
    if let Some((end, _)) = day {
        last = end;
    } else if line.bare(next).any(Classes::DAY_ADVERB) {
        last = next;
    } else if line.form(next) == "من" {
        if let Some((end, _)) = inner(line, next + 1, 1, Classes::NONE) {
            last = end;
        }
    } else if line.bare(next).any(Classes::BEFORE) && line.next(next + 1).any(Classes::DAY_PART_DEF) {
        last = next + 1;
    }
    if line.joined(last + 1) && matches!(line.form(last + 1), "بتوقيت" | "بالتوقيت") {
        last = (last + 2).min(line.len() - 1);
    }
    last
}

/// A time on the clock in digits.
fn is_clock(form: &str) -> bool {
    if !form.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some((hour, minute)) = form.split_once(':') else { return false };
    let below = |text: &str, limit: u8| {
        text.bytes().all(|b| b.is_ascii_digit()) && text.parse::<u8>().is_ok_and(|number| number < limit)
    };
    minute.len() == 2 && below(hour, 24) && below(minute, 60)
}
