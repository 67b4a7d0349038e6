//! Days, months and years: `مساء السبت 6 أبريل/نيسان 2019`, `10 محرم 1446هـ`, `تسعينيات القرن الماضي`.

use super::super::moment::{Edge, Moment};
use super::super::numeral::numeral;
use super::super::period::{Calendar, Period, Which, Year};
use super::super::surface::Cursor;
use super::super::vocabulary::{decade, month, ordinal, season, weekday, which};
use super::super::{civil::days_in_month, feast::feast};
use super::{Time, chosen, inner};

/// A date, a month, a year, a season, a decade, a feast.
pub(super) fn date(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let readers: [fn(&mut Cursor<'_>) -> Option<Moment>; 8] =
        [in_digits, day_and_month, month_and_year, year, dated_season, of_a_century, part_of_year, feast_day];
    readers.into_iter().find_map(|reader| cursor.read(reader))
}

/// 6/4/2019, 2019-04-06: day first, unless the year is.
fn in_digits(cursor: &mut Cursor<'_>) -> Option<Moment> {
    cursor.take("يوم");
    let form = cursor.form();
    let (first, second, third);
    if form.contains('/') {
        let mut parts = form.split('/');
        (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(())?;
        cursor.step();
    } else {
        first = form;
        let mut next = cursor.skipped().behind_hyphen()?;
        second = next.form();
        next = next.skipped().behind_hyphen()?;
        third = next.form();
        *cursor = next.skipped();
    }
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    (year.len() == 4 && month.len() <= 2 && day.len() <= 2).then_some(())?;
    let (year, month, day): (i32, u8, u8) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    // Only the American order has a month above 12.
    let (month, day) = if month > 12 { (day, month) } else { (month, day) };
    let marked = era(cursor);
    // A year like 1446 is written for the Hijri calendar even where its mark is left out.
    let calendar = marked.unwrap_or(if year < 1700 { Calendar::Hijri } else { Calendar::Gregorian });
    of_day(calendar, Year::Known(year), month, day).map(Moment::of)
}

/// 6 أبريل/نيسان 2019, الأول من حزيران.
fn day_and_month(cursor: &mut Cursor<'_>) -> Option<Moment> {
    cursor.take("يوم");
    let day = day_number(cursor)?;
    let (calendar, month) = double_month(cursor)?;
    let (calendar, year, which) = year_behind(cursor, calendar);
    Some(Moment { which, ..Moment::of(of_day(calendar, year, month, day)?) })
}

/// A day that the calendar has. A Hijri month has 29 days or 30, as the moon decides.
fn of_day(calendar: Calendar, year: Year, month: u8, day: u8) -> Option<Period> {
    let length = match (calendar, year) {
        (Calendar::Hijri, _) if month <= 12 => 30,
        (Calendar::Hijri, _) => 0,
        (Calendar::Gregorian, Year::Known(year)) => days_in_month(year, month),
        // 2020 has every day that a year can have.
        (Calendar::Gregorian, _) => days_in_month(2020, month),
    };
    (1..=length).contains(&day).then_some(Period::Day(calendar, year, month, day))
}

/// 6, السادس من, السادس والعشرين من; the month comes next.
fn day_number(cursor: &mut Cursor<'_>) -> Option<u8> {
    let day = match ordinal(cursor) {
        Some(day) => {
            cursor.take("من").then_some(())?;
            day
        }
        None => {
            let day = cursor.look_up(digits)?;
            cursor.take("من");
            day
        }
    };
    cursor.take("شهر");
    (1..=31).contains(&day).then_some(day)
}

fn digits(form: &str) -> Option<u8> {
    (form.len() <= 2 && form.bytes().all(|b| b.is_ascii_digit())).then(|| form.parse().ok())?
}

/// A month, with its name in another system behind a slash or in brackets: أبريل/نيسان, أبريل (نيسان). The two must be one.
fn double_month(cursor: &mut Cursor<'_>) -> Option<(Calendar, u8)> {
    let found = month(cursor)?;
    if let Some(mut behind) = cursor.behind_slash().or_else(|| cursor.behind_bracket()) {
        (month(&mut behind)? == found).then_some(())?;
        *cursor = behind;
    }
    Some(found)
}

/// The year behind a month, or the adjective that chooses one.
fn year_behind(cursor: &mut Cursor<'_>, calendar: Calendar) -> (Calendar, Year, Which) {
    if let Some((marked, year)) = cursor.read(numbered_year) {
        // The name of the month decides, whatever the mark of the year says.
        return (if calendar == Calendar::Hijri { calendar } else { marked }, Year::Known(year), Which::Open);
    }
    if let Some(by) = cursor.read(relative_year) {
        return (calendar, Year::Relative(by), Which::Open);
    }
    (calendar, Year::Open, cursor.look_up(which).unwrap_or_default())
}

/// 2019, من عام 2019, سنة 1446 هـ.
fn numbered_year(cursor: &mut Cursor<'_>) -> Option<(Calendar, i32)> {
    cursor.take("من");
    cursor.take_any(&["عام", "العام", "سنه", "السنه"]);
    let form = cursor.form();
    let year = (form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit())).then(|| form.parse().ok())??;
    cursor.step();
    let calendar = era(cursor).unwrap_or(Calendar::Gregorian);
    (year > 0).then_some((calendar, year))
}

/// من العام الماضي, العام الجاري: years after that of the publication.
fn relative_year(cursor: &mut Cursor<'_>) -> Option<i32> {
    cursor.take("من");
    if cursor.take_any(&["هذا", "هذه"]) {
        return cursor.take_any(&["العام", "السنه"]).then_some(0);
    }
    cursor.take_any(&["العام", "السنه"]).then_some(())?;
    cursor.look_up(which).and_then(steps)
}

/// How many steps an adjective leads away.
pub(super) const fn steps(which: Which) -> Option<i32> {
    match which {
        Which::Past => Some(-1),
        Which::This => Some(0),
        Which::Next => Some(1),
        Which::Open => None,
    }
}

/// The era mark: هـ, م.
fn era(cursor: &mut Cursor<'_>) -> Option<Calendar> {
    cursor.look_up(|form| {
        Some(match form {
            "ه" | "هجري" | "هجريه" | "للهجره" => Calendar::Hijri,
            "م" | "ميلادي" | "ميلاديه" | "للميلاد" => Calendar::Gregorian,
            _ => return None,
        })
    })
}

/// تشرين الأول 2020, شهر رمضان, آذار الماضي.
fn month_and_year(cursor: &mut Cursor<'_>) -> Option<Moment> {
    cursor.take("شهر");
    let (calendar, month) = double_month(cursor)?;
    cursor.take_any(&["المبارك", "الحرام"]);
    let (calendar, year, which) = year_behind(cursor, calendar);
    Some(Moment { which, ..Moment::of(Period::Month(calendar, year, month)) })
}

/// عام 1973, سنة 1446 هـ, عام ألفين وأحد عشر, 2014.
fn year(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let named = matches!(cursor.form(), "عام" | "العام" | "سنه" | "السنه");
    if let Some((calendar, year)) = cursor.read(numbered_year) {
        return Some(Moment::of(Period::Year(calendar, year)));
    }
    named.then(|| cursor.step())?;
    // A year in words; in digits it has four.
    let in_words = !cursor.form().starts_with(|c: char| c.is_ascii_digit());
    let year = numeral(cursor).filter(|number| in_words && !number.open)?.amount.as_whole()?;
    let year = i32::try_from(year).ok().filter(|year| (1000..2200).contains(year))?;
    let calendar = era(cursor).unwrap_or(Calendar::Gregorian);
    Some(Moment::of(Period::Year(calendar, year)))
}

/// صيف 2019, ربيع عام 2019, صيف العام الماضي, الصيف الماضي, هذا الخريف.
fn dated_season(cursor: &mut Cursor<'_>) -> Option<Moment> {
    if cursor.take_any(&["هذا"]) {
        let season = cursor.look_up(|form| season(form.strip_prefix("ال")?))?;
        return Some(Moment::of(Period::Season(Year::Relative(0), season)));
    }
    if let Some(season) = cursor.look_up(|form| season(form.strip_prefix("ال")?)) {
        let moment = chosen(cursor, Moment::of(Period::Season(Year::Open, season)));
        return (moment.which != Which::Open).then_some(moment);
    }
    let season = cursor.look_up(season)?;
    let (calendar, year, _) = year_behind(cursor, Calendar::Gregorian);
    (calendar == Calendar::Gregorian && year != Year::Open)
        .then_some(Moment::of(Period::Season(year, season)))
}

/// الربيع, where a word before it makes it a time: قبل الربيع.
pub(super) fn bare_season(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let season = cursor.look_up(|form| season(form.strip_prefix("ال")?))?;
    Some(Moment::of(Period::Season(Year::Open, season)))
}

/// ثمانينيات القرن الماضي, التسعينيات, القرن العشرين.
fn of_a_century(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let Some(decade) = cursor.look_up(decade) else {
        return century(cursor).map(|century| Moment::of(Period::Century(century)));
    };
    let century = cursor.read(century).unwrap_or(Year::Open);
    Some(Moment::of(Period::Decade(century, decade)))
}

/// القرن العشرين begins with 19; القرن الماضي hangs on the publication.
fn century(cursor: &mut Cursor<'_>) -> Option<Year> {
    cursor.take("من");
    cursor.take("القرن").then_some(())?;
    if let Some(by) = cursor.look_up(which).and_then(steps) {
        return Some(Year::Relative(by));
    }
    let number = ordinal(cursor)?;
    era(cursor);
    Some(Year::Known(i32::from(number) - 1))
}

/// الربع الثالث من عام 2024, النصف الأول من العام الجاري, الأسبوع الأخير من سبتمبر.
fn part_of_year(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let head = cursor.form();
    cursor.step();
    let last = cursor.take_any(&["الاخير", "الاخيره"]);
    let nth = if last { 0 } else { ordinal(cursor)? };
    let limit = match head {
        "الربع" if nth <= 4 => 4,
        "النصف" if nth <= 2 => 2,
        "الاسبوع" | "الايام" | "الثلث" => 0,
        _ => return None,
    };
    if limit > 0
        && let Some(year) = cursor.read(of_year)
    {
        let nth = if last { limit } else { nth };
        return Some(Moment::of(if limit == 4 {
            Period::Quarter(year, nth)
        } else {
            Period::Half(year, nth)
        }));
    }
    if head == "الربع" && !last && cursor.form() != "من" {
        return Some(Moment::of(Period::Quarter(Year::Open, nth)));
    }
    // The first week of a month is its beginning, the last its end.
    let edge = match nth {
        0 => Edge::End,
        1 => Edge::Start,
        2 if head == "النصف" => Edge::End,
        _ => return None,
    };
    cursor.take("من").then_some(())?;
    Some(inner(cursor, 1)?.at_edge(edge))
}

/// من عام 2024, من العام الجاري, من العام.
fn of_year(cursor: &mut Cursor<'_>) -> Option<Year> {
    if let Some((Calendar::Gregorian, year)) = cursor.read(numbered_year) {
        return Some(Year::Known(year));
    }
    if let Some(by) = cursor.read(relative_year) {
        return Some(Year::Relative(by));
    }
    (cursor.take("من") && cursor.take_any(&["العام", "السنه"])).then_some(Year::Relative(0))
}

fn feast_day(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let period = feast(cursor)?;
    let year = cursor.read(numbered_year).map(|(_, year)| Year::Known(year));
    let year = year.or_else(|| cursor.read(relative_year).map(Year::Relative));
    // A year behind a Hijri feast is one of the common calendar, as papers write it; the feast then stays without a year.
    let period = match (period, year) {
        (Period::Day(Calendar::Gregorian, ..), Some(year)) => period.of(year),
        (_, Some(_)) => return None,
        (_, None) => period,
    };
    Some(chosen(cursor, Moment::of(period)))
}

/// الثلاثاء, الاثنين المقبل, يوم الجمعة, السبت 6 أبريل: a date behind a weekday says all.
pub(super) fn on_weekday(cursor: &mut Cursor<'_>) -> Option<Moment> {
    cursor.take("يوم");
    let weekday = cursor.look_up(weekday)?;
    if let Some(date) = cursor.read(day_and_month).or_else(|| cursor.read(in_digits)) {
        return Some(date);
    }
    Some(chosen(cursor, Moment::of(Period::Weekday(weekday))))
}

/// A day that a weekday or a date follows: أمس الثلاثاء, اليوم السبت 6 أبريل.
pub(super) fn with_weekday(cursor: &mut Cursor<'_>, moment: Moment) -> Moment {
    let weekday = cursor.look_up(weekday);
    cursor.read(day_and_month).unwrap_or(Moment { weekday, ..moment })
}

/// 3 إلى 9 مايو, 3 - 9 مايو 2019, 2003-2005: the first end takes what it lacks from the second.
pub(super) fn range(cursor: &mut Cursor<'_>) -> Option<Time> {
    if let Some((from, to)) = cursor.read(years) {
        return Some(Time::Range(from, to));
    }
    let first = cursor.look_up(digits).filter(|day| *day > 0)?;
    let mut second = cursor.behind_hyphen().unwrap_or_else(|| cursor.conjoined().unwrap_or(*cursor));
    second.take_any(&["الي", "حتي"]);
    let to = second.read(day_and_month)?;
    *cursor = second;
    let Some(Period::Day(calendar, year, month, _)) = to.period else { return None };
    let from = Moment { which: to.which, ..Moment::of(of_day(calendar, year, month, first)?) };
    Some(Time::Range(from, to))
}

/// 2003-2005, عام 2003 - 2005.
fn years(cursor: &mut Cursor<'_>) -> Option<(Moment, Moment)> {
    let (from_calendar, from) = numbered_year(cursor)?;
    let mut second = cursor.behind_hyphen()?;
    let (calendar, to) = numbered_year(&mut second)?;
    *cursor = second;
    (from_calendar == calendar && from < to)
        .then(|| (Moment::of(Period::Year(calendar, from)), Moment::of(Period::Year(calendar, to))))
}
