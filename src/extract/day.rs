//! Days by their names or from today: weekdays, أمس, اليوم التالي, أول من أمس, الثامن من الشهر.

use super::calendar::{day_and_month, ordinal};
use super::classes::Classes;
use super::line::Line;

/// أمس الأول, اليوم السابع من الحرب, اليوم التالي, غدا الأحد
pub(super) fn relative_day(line: &Line<'_>, at: usize, form: &str) -> usize {
    let mut last = at;
    if form == "امس" && line.joined(at + 1) && line.form(at + 1) == "الاول" {
        last += 1;
    }
    if form == "اليوم"
        && line.joined(last + 1)
        && let Some(end) = ordinal(line, last + 1, line.next(last + 1), line.form(last + 1))
    {
        return end;
    }
    if line.next(last + 1).any(Classes::ANCHOR_ADJ) && form == "اليوم" {
        last += 1;
    }
    if line.next(last + 1).any(Classes::WEEKDAY) {
        last = weekday(line, last + 1);
    }
    let is_same_or_next = matches!(line.form(last + 1), "نفسه" | "ذاته" | "التالي");
    last + usize::from(line.next(last + 1).any(Classes::TIME_ADJ) && is_same_or_next)
}

/// الثامن من الشهر المقبل
pub(super) fn day_of_the_month(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    let day = ordinal(line, at, classes, form)?;
    let is_of_the_month = line.joined(day + 1)
        && line.form(day + 1) == "من"
        && line.joined(day + 2)
        && line.form(day + 2) == "الشهر";
    is_of_the_month.then(|| day + 2 + usize::from(line.next(day + 3).any(Classes::TIME_ADJ)))
}

/// أول من أمس, أول أمس.
pub(super) fn day_before_yesterday(line: &Line<'_>, at: usize, form: &str) -> Option<usize> {
    if form != "اول" {
        return None;
    }
    let yesterday = at + 1 + usize::from(line.joined(at + 1) && line.form(at + 1) == "من");
    (line.joined(yesterday) && matches!(line.form(yesterday), "امس" | "البارحه")).then_some(yesterday)
}

/// From a weekday on: a second weekday (الجمعة - السبت), a day and month, an adjective.
pub(super) fn weekday(line: &Line<'_>, at: usize) -> usize {
    let mut last = at;
    let next = last + 1;
    let parted = line.gap(next).is_hyphen() || line.gap(next).is_slash() || line.joined(next);
    if parted && line.bare(next).any(Classes::WEEKDAY) {
        last = next;
    }
    // ليلة السبت على الأحد
    if line.joined(next) && line.form(next) == "علي" && line.next(next + 1).any(Classes::WEEKDAY) {
        last = next + 1;
    }
    let next = last + 1;
    if line.joined(next) {
        if let Some(end) = day_and_month(line, next, line.bare(next), line.form(next)) {
            return end;
        }
        if line.bare(next).any(Classes::TIME_ADJ) {
            last = next;
        }
    }
    last
}

/// Adds a weekday or relative day that follows: مساء اليوم الأربعاء, أمس الثلاثاء.
pub(super) fn continued(line: &Line<'_>, mut last: usize) -> usize {
    if line.bare(last).any(Classes::RELATIVE_DAY.or(Classes::WEEKDAY))
        && line.next(last + 1).any(Classes::WEEKDAY)
    {
        last = weekday(line, last + 1);
    }
    if line.next(last + 1).any(Classes::TIME_ADJ) && line.bare(last).any(Classes::WEEKDAY) {
        last += 1;
    }
    last
}
