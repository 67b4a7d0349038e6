//! Days, months and years in every calendar the press uses (guideline 5.9): Syriac, common, Maghrebi, Hijri.

use super::classes::Classes;
use super::line::Line;
use crate::text::WordKind;

/// Names of months in every system; the two-word ones by their first word.
pub(super) const ANY_MONTH: Classes = Classes::MONTH.or(Classes::WEAK_MONTH);

/// A day and month, a month and year, and two names of one month: 3 مايو, تشرين الأول 2020, أبريل/نيسان 2019.
pub(super) fn day_and_month(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    // A date in digits.
    if line.kind(at) == Some(WordKind::Number) && form.matches('/').count() == 2 {
        return Some(at);
    }
    let numbered = is_day(form);
    let by_ordinal = classes.any(Classes::ORDINAL) && line.joined(at + 1) && line.form(at + 1) == "من";
    if numbered || by_ordinal {
        let month_at = at + 1 + usize::from(by_ordinal);
        if line.joined(month_at)
            && let Some(end) = month(line, month_at)
        {
            return Some(with_year(line, end));
        }
        // 3 إلى 9 مايو
        if numbered
            && line.joined(at + 1)
            && matches!(line.form(at + 1), "الي" | "و")
            && line.joined(at + 2)
            && is_day(line.form(at + 2))
        {
            let end = month(line, at + 3).filter(|_| line.joined(at + 3))?;
            return Some(with_year(line, end));
        }
        return None;
    }
    if !classes.any(ANY_MONTH.or(Classes::MONTH_HEAD).or(Classes::HIJRI_HEAD)) {
        return None;
    }
    let end = month_from(line, at, classes, form)?;
    let whole = with_year(line, end);
    let anchored = whole > end || line.next(whole + 1).any(Classes::TIME_ADJ);
    let certain = classes.any(Classes::MONTH.or(Classes::MONTH_HEAD)) && !is_name_of_person(line, at, end);
    (anchored || (certain && classes.any(Classes::MONTH.or(Classes::MONTH_HEAD)))).then_some(whole)
}

/// رجب, شعبان and others are first names too: a surname behind them decides.
fn is_name_of_person(line: &Line<'_>, at: usize, end: usize) -> bool {
    line.bare(at).any(Classes::GIVEN.or(Classes::SURNAME).or(Classes::AMBIGUOUS_GIVEN))
        && (line.next(end + 1).any(Classes::GIVEN.or(Classes::SURNAME).or(Classes::UNIT))
            || at > 0 && line.joined(at) && line.bare(at - 1).any(Classes::GIVEN.or(Classes::TITLE)))
}

/// The end of a month that begins at a word read whole.
pub(super) fn month(line: &Line<'_>, at: usize) -> Option<usize> {
    let classes = line.bare(at);
    if !classes.any(ANY_MONTH.or(Classes::MONTH_HEAD).or(Classes::HIJRI_HEAD)) {
        return None;
    }
    month_from(line, at, classes, line.form(at))
}

fn month_from(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    let mut end = at;
    if classes.any(Classes::MONTH_HEAD) {
        if !line.next(at + 1).any(Classes::MONTH_ORDER) {
            return None;
        }
        end += 1;
    } else if classes.any(Classes::HIJRI_HEAD) {
        let tail = line.form(at + 1);
        let fits = match form {
            "ربيع" => matches!(tail, "الاول" | "الثاني" | "الاخر"),
            "جمادي" => matches!(tail, "الاولي" | "الثانيه" | "الاخره" | "الاول"),
            _ => matches!(tail, "القعده" | "الحجه"),
        };
        if !fits || !line.joined(at + 1) {
            return None;
        }
        end += 1;
    }
    // The same month in another calendar of names.
    let other = end + 1;
    if line.gap(other).is_slash() {
        let classes = line.bare(other);
        if classes.any(Classes::MONTH_HEAD) && line.next(other + 1).any(Classes::MONTH_ORDER) {
            end = other + 1;
        } else if classes.any(ANY_MONTH) {
            end = other;
        }
    }
    Some(end)
}

/// A year behind a month, with its era.
pub(super) fn with_year(line: &Line<'_>, end: usize) -> usize {
    let mut next = end + 1;
    if line.joined(next)
        && line.form(next) == "من"
        && line.joined(next + 1)
        && matches!(line.form(next + 1), "عام" | "العام")
    {
        next += 1 + usize::from(line.joined(next + 2) && is_year(line.form(next + 2)));
    }
    if !line.joined(next) {
        return end;
    }
    if is_year(line.form(next)) || line.form(next).strip_suffix('ه').is_some_and(is_year) {
        let era = line.joined(next + 1) && matches!(line.form(next + 1), "ه" | "م");
        return next + usize::from(era);
    }
    if line.bare(next).any(Classes::TIME_ADJ) && line.form(next) != "نفسها" { next } else { end }
}

/// A year in digits: 1000 to 2199.
pub(super) fn is_year(form: &str) -> bool {
    form.len() == 4
        && form.bytes().all(|b| b.is_ascii_digit())
        && matches!(form.as_bytes(), [b'1', ..] | [b'2', b'0' | b'1', ..])
}

/// A day of the month in digits.
fn is_day(form: &str) -> bool {
    form.len() <= 2 && form.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}
