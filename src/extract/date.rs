//! Dates and times (guideline 3.9, 5.9): a small grammar over word classes.
//!
//! An expression is built from cores (a weekday, a day and month, a relative day, a definite unit with an anchor, a
//! length of time) that follow each other and may stand behind an edge word (`مطلع`, `نهاية`) or قبل and بعد.

use super::calendar::{
    ANY_MONTH, day_and_month, is_marked_year, is_year, month, ordinal, with_era, with_year,
};
use super::candidate::{Candidate, Rule};
use super::classes::Classes;
use super::clock::time_of_day;
use super::day::{continued, day_before_yesterday, day_of_the_month, relative_day, weekday};
use super::duration::{duration, is_definite_number, with_half};
use super::label::Label;
use super::line::Line;
use super::number;
use super::vocabulary::Reading;
use crate::text::WordKind;

/// Edge words stand before edge words before parts of the day; deeper is no expression.
const MAX_DEPTH: usize = 5;

/// Proposes the time expressions that begin at a word.
pub(super) fn propose(line: &Line<'_>, index: usize, out: &mut Vec<Candidate>) {
    for reading in line.readings(index) {
        if let Some((last, rule)) = expression(line, index, reading) {
            out.push(Candidate::new(line, index, reading, last, Label::Dat, rule));
            return;
        }
    }
}

fn expression(line: &Line<'_>, index: usize, reading: &Reading) -> Option<(usize, Rule)> {
    let form = line.form_of(reading);
    // بحلول عام 2026: no edge.
    if form == "حلول" && reading.preposition.is_some() {
        return None;
    }
    // هذا العام, هذا الخريف
    if matches!(form, "هذا" | "هذه") {
        let next = line.next(index + 1);
        let this = next.any(Classes::UNIT_DEF.or(Classes::SEASON_DEF)) && !next.any(Classes::CLOCK_WORD);
        return (this && !matches!(line.form(index + 1), "المرحله" | "الفتره"))
            .then_some((index + 1, Rule::RelativeTime));
    }
    // عامي 2003 و2005: each year by itself.
    if is_year(form) && (years_before(line, index)) {
        return Some((index, Rule::Date));
    }
    let (last, rule) = time(line, index, reading.classes(), form, 0)?;
    Some((continued(line, last), rule))
}

/// True behind عامي or behind a year that stands so.
fn years_before(line: &Line<'_>, index: usize) -> bool {
    if index == 0 || !line.joined(index) {
        return false;
    }
    let before = line.form(index - 1);
    line.readings(index - 1)
        .iter()
        .any(|r| matches!(line.form_of(r), "عامي" | "عامين" | "سنتي" | "العامين" | "الاعوام"))
        || (index > 1 && is_year(before) && years_before(line, index - 1))
}

/// The end of the time expression that begins at a word read with these classes.
fn time(line: &Line<'_>, at: usize, classes: Classes, form: &str, depth: usize) -> Option<(usize, Rule)> {
    if depth > MAX_DEPTH {
        return None;
    }
    let next = line.next(at + 1);
    if classes.any(Classes::BEFORE) {
        return before_or_after(line, at, depth);
    }
    if let Some(end) = time_of_day(line, at, classes, form) {
        return Some((end, Rule::Clock));
    }
    if let Some(end) = day_and_month(line, at, classes, form) {
        return Some((end, Rule::Date));
    }
    if classes.any(Classes::WEEKDAY) {
        return Some((weekday(line, at), Rule::Date));
    }
    if classes.any(Classes::RELATIVE_DAY) {
        return Some((relative_day(line, at, form), Rule::RelativeTime));
    }
    if let Some(end) = day_of_the_month(line, at, classes, form) {
        return Some((end, Rule::Date));
    }
    if let Some(end) = day_before_yesterday(line, at, form) {
        return Some((end, Rule::RelativeTime));
    }
    if let Some(end) = year(line, at, classes, form) {
        return Some((end, Rule::Date));
    }
    if let Some(found) = part_of_the_day(line, at, classes, form, depth) {
        return Some(found);
    }
    if classes.any(Classes::EDGE) {
        return inner(line, at + 1, depth, Classes::NONE);
    }
    if classes.any(Classes::UNIT_DEF.or(Classes::UNIT_DUAL_DEF).or(Classes::SEASON_DEF)) {
        return anchored(line, at, classes, form, depth);
    }
    if classes.any(Classes::UNIT_OWNED) && next.any(Classes::ANCHOR_ADJ) {
        return Some((at + 1, Rule::RelativeTime));
    }
    if classes.any(Classes::SEASON) {
        return season(line, at, depth);
    }
    if classes.any(Classes::DECADE) {
        if next.any(Classes::UNIT_DEF) {
            return anchored(line, at + 1, next, line.form(at + 1), depth);
        }
        return form.starts_with("ال").then_some((at, Rule::Date));
    }
    if let Some(end) = feast(line, at, classes, form) {
        return Some((end, Rule::Date));
    }
    // النصف الأول من العام
    if form == "النصف"
        && next.any(Classes::ANCHOR_ADJ.or(Classes::TIME_ADJ))
        && line.joined(at + 2)
        && line.form(at + 2) == "من"
    {
        return inner(line, at + 3, depth, Classes::NONE);
    }
    if let Some(found) = named_unit(line, at, form) {
        return Some(found);
    }
    // ساعة متأخرة من مساء أمس, وقت لاحق من الشهر الجاري
    if matches!(form, "ساعه" | "وقت" | "ساعات")
        && line.joined(at + 1)
        && line.joined(at + 2)
        && line.form(at + 2) == "من"
        && let Some(found) = inner(line, at + 3, depth, Classes::NONE)
    {
        return Some(found);
    }
    duration(line, at, classes, form, depth)
}

/// مساء الثلاثاء, ظهرا, كل صباح, عند الفجر
fn part_of_the_day(
    line: &Line<'_>,
    at: usize,
    classes: Classes,
    form: &str,
    depth: usize,
) -> Option<(usize, Rule)> {
    if classes.any(Classes::DAY_PART) {
        if let Some(found) = inner(line, at + 1, depth, DAY_PART_TAIL) {
            return Some(found);
        }
        if classes.any(Classes::DAY_ADVERB) && form != "مساء" && form != "ظهرا"
            || form == "مساء" && at > 0 && is_number(line, at - 1)
        {
            return Some((at, Rule::RelativeTime));
        }
    }
    let is_every = classes.any(Classes::DAY_PART) && line.is_behind(at, &["كل"]);
    let is_at = classes.any(Classes::DAY_PART_DEF) && depth == 0 && line.is_behind(at, &["عند"]);
    if is_every || is_at || classes.any(Classes::DAY_ADVERB) && form.ends_with('ا') {
        return Some((at, Rule::RelativeTime));
    }
    let is_next = line.next(at + 1).any(Classes::TIME_ADJ);
    classes.any(Classes::DEFINITE_DAY).then(|| (at + usize::from(is_next), Rule::RelativeTime))
}

/// صيف 2016, شتاء العام الماضي
fn season(line: &Line<'_>, at: usize, depth: usize) -> Option<(usize, Rule)> {
    if line.joined(at + 1) && is_year(line.form(at + 1)) {
        return Some((at + 1, Rule::Date));
    }
    let (end, _) = inner(line, at + 1, depth, Classes::NONE).filter(|&(end, _)| end > at + 1)?;
    Some((end, Rule::Date))
}

/// شهر آذار 2011, يوم 5 أيار, يوم الجمعة, يوم أمس
fn named_unit(line: &Line<'_>, at: usize, form: &str) -> Option<(usize, Rule)> {
    let next = line.next(at + 1);
    match form {
        "شهر" if next.any(ANY_MONTH.or(Classes::MONTH_HEAD)) => {
            let end = month(line, at + 1).unwrap_or(at + 1);
            Some((with_year(line, end), Rule::Date))
        }
        "يوم" => {
            let date = || day_and_month(line, at + 1, line.bare(at + 1), line.form(at + 1));
            if line.joined(at + 1)
                && let Some(end) = date()
            {
                return Some((end, Rule::Date));
            }
            if next.any(Classes::WEEKDAY) {
                return Some((weekday(line, at + 1), Rule::Date));
            }
            next.any(Classes::RELATIVE_DAY).then_some((at + 1, Rule::RelativeTime))
        }
        _ => None,
    }
}

/// What may follow a part of the day directly.
pub(super) const DAY_PART_TAIL: Classes = Classes::WEEKDAY
    .or(Classes::RELATIVE_DAY)
    .or(Classes::UNIT_WORD)
    .or(Classes::UNIT_DEF)
    .or(Classes::DAY_PART)
    .or(Classes::BEFORE)
    .or(Classes::FEAST_HEAD);

/// A time inside another, behind an edge word, a part of the day, or قبل: read whole, and joined. If `only` is not
/// empty, the word must be a number or of these classes.
pub(super) fn inner(line: &Line<'_>, at: usize, depth: usize, only: Classes) -> Option<(usize, Rule)> {
    let classes = line.next(at);
    let form = line.form(at);
    let fits = only.is_empty() || classes.any(only) || is_number(line, at);
    if !line.joined(at) || !(fits || day_before_yesterday(line, at, form).is_some()) {
        return None;
    }
    if is_year(form) && only.is_empty() {
        return Some((at, Rule::Date));
    }
    if only.is_empty() && classes.any(Classes::DAY_PART_DEF) {
        return Some((at, Rule::RelativeTime));
    }
    if let Some(found) = time(line, at, classes, form, depth + 1) {
        return Some(found);
    }
    if only.is_empty()
        && let Some(end) = month(line, at)
    {
        return Some((with_year(line, end), Rule::Date));
    }
    // A definite unit needs no other anchor behind these words: مطلع الأسبوع, ليل ... اليوم.
    let unit = classes.any(Classes::UNIT_DEF.or(Classes::SEASON_DEF).or(Classes::UNIT_DUAL_DEF));
    (unit && (only.is_empty() || matches!(form, "اليوم"))).then_some((at, Rule::RelativeTime))
}

/// قبل, بعد, قبيل with a time behind them.
fn before_or_after(line: &Line<'_>, at: usize, depth: usize) -> Option<(usize, Rule)> {
    if !line.joined(at + 1) {
        return None;
    }
    let mut next = at + 1;
    // قبل نحو نصف قرن
    if matches!(line.form(next), "نحو" | "حوالي" | "اكثر") && line.joined(next + 1) {
        next += 1 + usize::from(line.form(next) == "اكثر" && line.form(next + 1) == "من");
    }
    let classes = line.next(next);
    let form = line.form(next);
    if classes.any(Classes::DAY_PART_DEF) {
        let mut last = next;
        if let Some((end, _)) = inner(line, last + 1, depth, DAY_PART_TAIL) {
            last = end;
        }
        return Some((last, Rule::RelativeTime));
    }
    if form == "الاعياد" || form == "العيد" {
        return Some((next, Rule::RelativeTime));
    }
    if classes.any(Classes::UNIT_WORD.or(Classes::UNIT_DUAL)) && !matches!(form, "موسم" | "مواسم") {
        let (end, _) =
            time(line, next, classes, form, depth + 1).unwrap_or((with_half(line, next), Rule::RelativeTime));
        return Some((end, Rule::RelativeTime));
    }
    let (end, _) = inner(line, next, depth, Classes::NONE)?;
    Some((end, Rule::RelativeTime))
}

/// عام 1973, عام (1973), العام 2015, سنة 1446هـ, عام ألفين وأحد عشر.
fn year(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    let number = at + 1;
    let is_in_brackets = line.gap(number).is_open() && line.gap(number + 1).closes();
    if !(classes.any(Classes::YEAR_WORD) || matches!(form, "العام" | "السنه"))
        || !(line.joined(number) || is_in_brackets)
    {
        return None;
    }
    let first = line.form(number);
    if is_marked_year(first) {
        return Some(with_era(line, number));
    }
    matches!(first, "الف" | "الفين" | "الفان")
        .then(|| number::plain(line, number, line.bare(number), first))?
}

/// عيد الأضحى, أول أيام عيد الفطر.
fn feast(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    if classes.any(Classes::FEAST_HEAD) {
        return line.next(at + 1).any(Classes::FEAST).then_some(at + 1);
    }
    if form == "راس" && line.joined(at + 1) && line.form(at + 1) == "السنه" {
        let named = line.joined(at + 2) && matches!(line.form(at + 2), "الميلاديه" | "الهجريه");
        return Some(at + 1 + usize::from(named));
    }
    let nth = matches!(form, "اول" | "ثاني" | "ثالث" | "رابع")
        && line.joined(at + 1)
        && matches!(line.form(at + 1), "ايام" | "يوم");
    (nth && line.next(at + 2).any(Classes::FEAST_HEAD) && line.next(at + 3).any(Classes::FEAST))
        .then_some(at + 3)
}

/// A definite unit and its anchor: الأسبوع الماضي, الأيام الثلاثة الأخيرة, السنة الحالية, الأسبوع الأخير من سبتمبر,
/// القرن العشرين.
fn anchored(line: &Line<'_>, at: usize, unit: Classes, form: &str, depth: usize) -> Option<(usize, Rule)> {
    if form == "القرن"
        && line.joined(at + 1)
        && let Some(end) = ordinal(line, at + 1, line.bare(at + 1), line.form(at + 1))
    {
        return Some((end, Rule::Date));
    }
    let mut last = at;
    let mut anchored = false;
    let mut counted = false;
    while last < at + 4 && line.joined(last + 1) {
        let classes = line.bare(last + 1);
        let form = line.form(last + 1);
        if classes.any(Classes::TIME_ADJ) || (classes.any(Classes::ANCHOR_ADJ) && unit.any(Classes::UNIT_DEF))
        {
            anchored = true;
        } else if anchored || !(is_definite_number(form) || is_number(line, last + 1)) {
            break;
        } else {
            counted = true;
        }
        last += 1;
    }
    // ذات السنوات الخمس
    if counted && !anchored {
        return Some((last, Rule::Duration));
    }
    if anchored
        && line.joined(last + 1)
        && line.form(last + 1) == "من"
        && let Some((end, _)) = inner(line, last + 2, depth, Classes::NONE)
    {
        last = end;
    }
    anchored.then_some((last, Rule::RelativeTime))
}

/// A number in digits.
pub(super) fn is_number(line: &Line<'_>, at: usize) -> bool {
    line.joined(at) && line.kind(at) == Some(WordKind::Number)
}
