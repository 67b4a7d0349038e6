//! Lengths of time (guideline 3.9): a number and a unit, and what may stand behind it.

use super::candidate::Rule;
use super::classes::Classes;
use super::line::Line;
use super::number;

/// A length of time: a number and a unit, a dual, a unit with an adjective, or a unit behind منذ and its like.
pub(super) fn duration(
    line: &Line<'_>,
    at: usize,
    classes: Classes,
    form: &str,
    depth: usize,
) -> Option<(usize, Rule)> {
    if classes.any(Classes::UNIT_DUAL) {
        return Some((short_adjectives(line, with_half(line, at)), Rule::Duration));
    }
    if matches!(form, "نصف" | "ربع" | "ثلث")
        && line.next(at + 1).any(Classes::UNIT_WORD.or(Classes::UNIT_DEF))
        && line.bare(at + 1).any(Classes::UNIT_WORD)
    {
        return Some((at + 1, Rule::Duration));
    }
    // أقل من ساعة, أكثر من عام
    if classes.any(Classes::LIMIT_HEAD)
        && line.joined(at + 1)
        && line.form(at + 1) == "من"
        && line.next(at + 2).any(Classes::UNIT_WORD.or(Classes::UNIT_DUAL))
        && !matches!(line.form(at + 2), "موسم" | "مواسم")
    {
        return Some((with_half(line, at + 2), Rule::Duration));
    }
    if let Some(number) = number::limited(line, at, classes, form) {
        let unit = number + 1;
        let next = line.next(unit);
        if next.any(Classes::UNIT_WORD.or(Classes::UNIT_ACC)) {
            return Some((short_adjectives(line, with_half(line, unit)), Rule::Duration));
        }
        let last = if number == at { classes } else { line.bare(number) };
        if next.any(Classes::UNIT_DEF) && last.any(Classes::APPROX) {
            return Some((unit, Rule::Duration));
        }
        return None;
    }
    if classes.any(Classes::UNIT_ACC.or(Classes::UNIT_WORD)) {
        let adjectives = short_adjectives(line, at);
        if adjectives > at {
            return Some((adjectives, Rule::Duration));
        }
        let opened = at > 0
            && line.joined(at)
            && depth == 0
            && matches!(
                line.form(at - 1),
                "منذ" | "خلال" | "كل" | "طوال" | "مده" | "لمده" | "طيله" | "لفتره" | "علي"
            );
        let half = with_half(line, at);
        let plural_or_single = classes.any(Classes::UNIT_WORD) && form != "ثانيه" && form != "موسم";
        if half > at || (opened && plural_or_single && line.form(at - 1) != "علي") {
            return Some((half, Rule::Duration));
        }
    }
    None
}

/// ونصف, ونصف الساعة, وأربعون دقيقة behind a unit.
pub(super) fn with_half(line: &Line<'_>, last: usize) -> usize {
    let next = last + 1;
    if !line.joined(next) {
        return last;
    }
    let Some(reading) =
        line.readings(next).iter().find(|r| r.conjunction.is_some() && r.preposition.is_none())
    else {
        return last;
    };
    if matches!(line.form_of(reading), "نصف" | "ربع" | "ثلث") {
        return if line.next(next + 1).any(Classes::UNIT_DEF) { next + 1 } else { next };
    }
    if let Some(number) = number::plain(line, next, reading.classes(), line.form_of(reading))
        && line.next(number + 1).any(Classes::UNIT_WORD.or(Classes::UNIT_ACC))
    {
        return number + 1;
    }
    last
}

/// كاملة, إضافية, واحدة and the like behind a unit.
fn short_adjectives(line: &Line<'_>, mut last: usize) -> usize {
    while line.next(last + 1).any(Classes::TIME_ADJ_SHORT)
        || line.joined(last + 1) && line.form(last + 1) == "بلياليها"
    {
        last += 1;
    }
    last
}

/// The number in الأيام الثلاثة, السنوات القليلة.
pub(super) fn is_definite_number(form: &str) -> bool {
    matches!(
        form.strip_prefix("ال"),
        Some(
            "ثلاثه"
                | "ثلاث"
                | "اربعه"
                | "اربع"
                | "خمسه"
                | "خمس"
                | "سته"
                | "ست"
                | "سبعه"
                | "سبع"
                | "ثمانيه"
                | "ثماني"
                | "تسعه"
                | "تسع"
                | "عشره"
                | "عشر"
                | "قليله"
        )
    )
}
