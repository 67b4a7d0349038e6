//! Days, months and years in every calendar the press uses (guideline 5.9): Syriac, common, Maghrebi, Hijri.

use super::classes::Classes;
use super::line::Line;

/// Names of months in every system; the two-word ones by their first word.
pub(super) const ANY_MONTH: Classes = Classes::MONTH.or(Classes::WEAK_MONTH);

/// A day and month, a month and year, and two names of one month: 3 مايو, تشرين الأول 2020, أبريل/نيسان 2019.
pub(super) fn day_and_month(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    if is_date_in_digits(form) {
        return Some(at);
    }
    if is_day(form) {
        return numbered_day(line, at);
    }
    // الأول من حزيران, الثالث والعشرين من يوليو
    if let Some(day) = ordinal(line, at, classes, form)
        && line.joined(day + 1)
        && line.form(day + 1) == "من"
        && line.joined(day + 2)
        && let Some(end) = month(line, day + 2)
    {
        return Some(with_year(line, end));
    }
    if !classes.any(ANY_MONTH.or(Classes::MONTH_HEAD).or(Classes::HIJRI_HEAD)) {
        return None;
    }
    let end = month_from(line, at, classes, form)?;
    let whole = with_year(line, end);
    // آب/أغسطس says itself that it is a month, في مارس that it is no verb.
    let doubled = end > at && (line.gap(end).is_slash() || is_in_brackets(line, end));
    let opened = matches!(form, "مارس" | "اذار" | "محرم")
        && line.joined(at)
        && line.is_behind(at, &["في", "منذ", "حتي", "خلال"]);
    let anchored = whole > end || doubled || opened || line.next(whole + 1).any(Classes::TIME_ADJ);
    let certain = classes.any(Classes::MONTH.or(Classes::MONTH_HEAD)) && !is_name_of_person(line, at, end);
    (anchored || (certain && classes.any(Classes::MONTH.or(Classes::MONTH_HEAD)))).then_some(whole)
}

/// From a day in digits on: 3 مايو, 25 من أغسطس, 3 إلى 9 مايو, 3 - 9 مايو.
fn numbered_day(line: &Line<'_>, at: usize) -> Option<usize> {
    let next = at + 1;
    let behind_from = next + usize::from(line.joined(next) && line.form(next) == "من");
    if line.joined(behind_from)
        && let Some(end) = month(line, behind_from)
    {
        return Some(with_year(line, end));
    }
    let second = if line.gap(next).is_hyphen() {
        next
    } else if line.joined(next) && matches!(line.form(next), "الي" | "و") && line.joined(next + 1) {
        next + 1
    } else if line.joined(next)
        && line.readings(next).iter().any(|r| r.conjunction.is_some() && is_day(line.form_of(r)))
    {
        // بين 2 و9 حزيران
        let end = month(line, next + 1).filter(|_| line.joined(next + 1))?;
        return Some(with_year(line, end));
    } else {
        return None;
    };
    let end = month(line, second + 1).filter(|_| is_day(line.form(second)) && line.joined(second + 1))?;
    Some(with_year(line, end))
}

/// The last word of an ordinal with the article that begins here: الأول, الحادي عشر, الثالث والعشرين, الثلاثين.
pub(super) fn ordinal(line: &Line<'_>, at: usize, classes: Classes, form: &str) -> Option<usize> {
    if !form.starts_with("ال") {
        return None;
    }
    let tens = |form: &str| matches!(form, "العشرون" | "العشرين" | "الثلاثون" | "الثلاثين");
    if tens(form) {
        return Some(at);
    }
    if !classes.any(Classes::ORDINAL) && !matches!(form, "الحادي" | "الحاديه") {
        return None;
    }
    let next = at + 1;
    let continued = line.joined(next)
        && (matches!(line.form(next), "عشر" | "عشره")
            || line.readings(next).iter().any(|r| r.conjunction.is_some() && tens(line.form_of(r))));
    Some(at + usize::from(continued))
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
    // The same month in another calendar of names: آب/أغسطس, آب (أغسطس)
    let other = end + 1;
    let brackets = line.gap(other).is_open();
    if line.gap(other).is_slash() || brackets {
        let classes = line.bare(other);
        let is_headed = classes.any(Classes::MONTH_HEAD) && line.next(other + 1).any(Classes::MONTH_ORDER);
        let last = other + usize::from(is_headed);
        if (is_headed || classes.any(ANY_MONTH)) && (!brackets || line.gap(last + 1).closes()) {
            end = last;
        }
    }
    Some(end)
}

/// True if the name of a month that ends here stands in brackets.
fn is_in_brackets(line: &Line<'_>, end: usize) -> bool {
    line.gap(end + 1).closes() && (line.gap(end).is_open() || end > 0 && line.gap(end - 1).is_open())
}

/// A year behind a month, with its era.
pub(super) fn with_year(line: &Line<'_>, end: usize) -> usize {
    let mut next = end + 1;
    if line.joined(next)
        && line.form(next) == "من"
        && line.joined(next + 1)
        && matches!(line.form(next + 1), "عام" | "العام")
        && line.joined(next + 2)
    {
        // سبتمبر من عام 2019, سبتمبر من العام الماضي
        if line.bare(next + 2).any(Classes::TIME_ADJ) {
            return next + 2;
        }
        next += 1 + usize::from(is_year(line.form(next + 2)));
    }
    // كانون الأول (ديسمبر) 2015
    if !(line.joined(next) || line.gap(next).is_close() && is_in_brackets(line, end)) {
        return end;
    }
    if is_marked_year(line.form(next)) {
        return with_era(line, next);
    }
    if line.bare(next).any(Classes::TIME_ADJ) && line.form(next) != "نفسها" { next } else { end }
}

/// A year, and the mark of its era if that is a word of its own.
pub(super) fn with_era(line: &Line<'_>, year: usize) -> usize {
    let era = line.joined(year + 1)
        && matches!(line.form(year + 1), "ه" | "م" | "هجري" | "ميلادي" | "هجريه" | "ميلاديه");
    year + usize::from(era)
}

/// A date in digits, parted by slashes.
fn is_date_in_digits(form: &str) -> bool {
    form.bytes().all(|b| b.is_ascii_digit() || b == b'/') && form.matches('/').count() == 2
}

/// A year with or without the mark of its era: 2019, 1446هـ, 2019م.
pub(super) fn is_marked_year(form: &str) -> bool {
    is_year(form) || form.strip_suffix(['ه', 'م']).is_some_and(is_year)
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
