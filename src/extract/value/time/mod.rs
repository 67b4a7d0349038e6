//! Dates, times and lengths of time, by grammar (guideline 3.9, 5.9).

mod clock;
mod date;
mod relative;

use std::fmt;

use super::civil::Date;
use super::length::{Length, length};
use super::limit::{Limit, limit};
use super::moment::{Edge, Moment, PartOfDay, TimeOfDay};
use super::period::{Period, Which};
use super::surface::{Cursor, Surface};
use super::vocabulary::{adverb_of_day, definite_part_of_day, part_of_day, which};

/// When, or how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Time {
    /// A date, a time of day, a period.
    Moment(Moment),
    /// From one to another: 3 إلى 9 مايو.
    Range(Moment, Moment),
    /// A length of time.
    Length {
        /// أكثر من, أقل من.
        limit: Limit,
        /// How long.
        length: Length,
    },
    /// A length that ends, or begins, at the day of publication: الأيام الثلاثة الماضية.
    Running {
        /// How long.
        length: Length,
        /// True if it begins there.
        ahead: bool,
        /// The day of publication, if known.
        day: Option<Date>,
    },
}

impl Time {
    /// The time seen from the day of publication.
    pub(super) fn resolved(self, day: Date) -> Self {
        match self {
            Self::Moment(moment) => Self::Moment(moment.resolved(day)),
            Self::Range(from, to) => Self::Range(from.resolved(day), to.resolved(day)),
            Self::Running { length, ahead, .. } => Self::Running { length, ahead, day: Some(day) },
            length @ Self::Length { .. } => length,
        }
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Moment(moment) => moment.fmt(f),
            Self::Range(from, to) => write!(f, "{from}/{to}"),
            Self::Length { limit, length } => write!(f, "{limit}{length}"),
            Self::Running { length, ahead, day } => {
                let day = day.map_or_else(|| "day+0".to_owned(), |day| day.to_string());
                if *ahead { write!(f, "{day}/{length}") } else { write!(f, "{length}/{day}") }
            }
        }
    }
}

/// Reads a time, if its words are understood to the last one.
pub(super) fn read(surface: &Surface) -> Option<Time> {
    let readers: [fn(&mut Cursor<'_>) -> Option<Time>; 4] = [
        date::range,
        |cursor| moment(cursor, 0).map(Time::Moment),
        relative::running,
        |cursor| {
            let limit = limit(cursor);
            Some(Time::Length { limit, length: length(cursor)? })
        },
    ];
    readers.into_iter().find_map(|reader| {
        let mut cursor = surface.cursor();
        let time = reader(&mut cursor)?;
        while cursor.take_any(NOTHING_NEW)
            || cursor.take_any(&["من"]) && cursor.take_any(&["الزمن", "الزمان"])
        {}
        cursor.is_done().then_some(time)
    })
}

/// What may follow a time without changing it.
const NOTHING_NEW: &[&str] = &[
    "كامل",
    "كاملا",
    "كامله",
    "كاملين",
    "كاملتين",
    "اضافيين",
    "اضافيتين",
    "متتاليتين",
    "واحد",
    "واحدا",
    "واحده",
    "اخري",
    "اضافي",
    "اضافيا",
    "اضافيه",
    "متتاليه",
    "متتاليا",
    "متتاليين",
    "متواصله",
    "متواصلا",
    "بلياليها",
    "تماما",
    "تقريبا",
    "تحديدا",
];

/// Edges stand before edges (قبل نهاية العام); deeper is no expression.
const MAX_DEPTH: usize = 4;

/// A moment that begins at the cursor.
fn moment(cursor: &mut Cursor<'_>, depth: usize) -> Option<Moment> {
    if depth > MAX_DEPTH {
        return None;
    }
    cursor
        .read(|cursor| edged(cursor, depth))
        .or_else(|| cursor.read(|cursor| before_or_after(cursor, depth)))
        .or_else(|| cursor.read(|cursor| late(cursor, depth)))
        .or_else(|| cursor.read(clock::clock))
        .or_else(|| cursor.read(part))
        .or_else(|| cursor.read(day))
        .or_else(|| cursor.read(relative::period))
}

/// What stands behind an edge word or a part of the day: a moment, or a period that needs no anchor there (مطلع العام).
fn inner(cursor: &mut Cursor<'_>, depth: usize) -> Option<Moment> {
    cursor
        .read(|cursor| moment(cursor, depth + 1))
        .or_else(|| cursor.read(relative::present))
        .or_else(|| cursor.read(date::bare_season))
}

/// مطلع الشهر الجاري, أواخر مايو, منتصف الليل.
fn edged(cursor: &mut Cursor<'_>, depth: usize) -> Option<Moment> {
    let edge = cursor.look_up(|form| {
        Some(match form {
            "مطلع" | "بدايه" | "بدايات" | "مستهل" | "اوايل" | "حلول" => {
                Edge::Start
            }
            "منتصف" | "اواسط" | "وسط" => Edge::Mid,
            "نهايه" | "نهايات" | "اواخر" | "ختام" | "اخر" => Edge::End,
            _ => return None,
        })
    });
    if let Some(edge) = edge {
        if edge == Edge::Mid && cursor.take("النهار") {
            return Some(Moment::at(TimeOfDay::Part(PartOfDay::Midday)));
        }
        cursor.take("من");
        return Some(inner(cursor, depth)?.at_edge(edge));
    }
    // طلوع الشمس, غروب الشمس, طلوع الفجر
    let part = match (cursor.form(), cursor.skipped().form()) {
        ("طلوع" | "شروق", "الشمس") => PartOfDay::Morning,
        ("غروب" | "مغيب", "الشمس") => PartOfDay::Evening,
        ("طلوع" | "بزوغ", "الفجر") => PartOfDay::Dawn,
        ("غروب", _) => {
            cursor.step();
            return on_a_day(cursor, PartOfDay::Evening);
        }
        _ => return None,
    };
    *cursor = cursor.skipped().skipped();
    Some(Moment::at(TimeOfDay::Part(part)))
}

/// قبل عامين, بعد غد, قبيل الفجر, بعد ظهر الأحد.
fn before_or_after(cursor: &mut Cursor<'_>, depth: usize) -> Option<Moment> {
    let word = cursor.form();
    let edge = match word {
        "قبل" | "قبيل" => Edge::Before,
        "بعد" | "بعيد" => Edge::After,
        _ => return None,
    };
    cursor.step();
    if word == "بعد" && matches!(cursor.form(), "غد" | "الغد") {
        cursor.step();
        let day = relative::days(2);
        return Some(date::with_weekday(cursor, day));
    }
    // The halves of the working day, not times around noon.
    let half = match word {
        "قبل" => Some(PartOfDay::Morning),
        "بعد" => Some(PartOfDay::Afternoon),
        _ => None,
    };
    if let Some(part) = half.filter(|_| matches!(cursor.form(), "ظهر" | "الظهر")) {
        let definite = cursor.form() == "الظهر";
        cursor.step();
        return if definite { Some(Moment::at(TimeOfDay::Part(part))) } else { on_a_day(cursor, part) };
    }
    if let Some(moment) = cursor.read(|cursor| inner(cursor, depth)) {
        return Some(moment.at_edge(edge));
    }
    let limit = limit(cursor);
    let (step, shift) = length(cursor)?.as_shift(edge == Edge::Before)?;
    let moment = Moment::of(Period::Relative(step, shift));
    // More than a year ago is before last year, less than a year ago after it.
    Some(match (limit, edge) {
        (Limit::Exactly, _) => moment,
        (Limit::About, _) => Moment { limit, ..moment },
        (Limit::MoreThan | Limit::AtLeast, _) => moment.at_edge(edge),
        (Limit::LessThan | Limit::AtMost, Edge::Before) => moment.at_edge(Edge::After),
        (Limit::LessThan | Limit::AtMost, _) => moment.at_edge(Edge::Before),
    })
}

/// ساعة متأخرة من مساء أمس, وقت لاحق من الشهر الجاري: within what is named.
fn late(cursor: &mut Cursor<'_>, depth: usize) -> Option<Moment> {
    if cursor.take("ساعات") {
        // ساعات الفجر الأولى, ساعات متأخرة من الليل
        if let Some(part) = cursor.look_up(definite_part_of_day) {
            cursor.take_any(&["الاولي", "المتاخره", "المبكره"]);
            return if cursor.take("من") {
                on_a_day(cursor, part)
            } else {
                Some(Moment::at(TimeOfDay::Part(part)))
            };
        }
    } else if !cursor.take_any(&["ساعه", "وقت"]) {
        return None;
    }
    cursor.take_any(&["متاخره", "مبكره", "متاخر", "مبكر", "لاحق", "سابق"]).then_some(())?;
    cursor.take("من").then_some(())?;
    inner(cursor, depth)
}

/// A part of the day and its day: فجر الثلاثاء, مساء أمس, الصباح, ليلًا.
fn part(cursor: &mut Cursor<'_>) -> Option<Moment> {
    if let Some(found) = cursor.read(relative::night) {
        return Some(found);
    }
    if let Some(part) = cursor.look_up(definite_part_of_day) {
        // الصباح الباكر
        cursor.take_any(&["الباكر", "المتاخر"]);
        return Some(Moment::at(TimeOfDay::Part(part)));
    }
    let form = cursor.form();
    if let Some(part) = cursor.look_up(part_of_day)
        && let Some(found) = cursor.read(|cursor| on_a_day(cursor, part))
    {
        return Some(found);
    }
    let part = adverb_of_day(form)?;
    if cursor.form() == form {
        cursor.step();
    }
    Some(Moment::at(TimeOfDay::Part(part)))
}

/// The day behind a part of it, or اليوم نفسه and اليوم التالي, which only the story tells.
fn on_a_day(cursor: &mut Cursor<'_>, part: PartOfDay) -> Option<Moment> {
    let time = Some(TimeOfDay::Part(part));
    if cursor.take_all(&["اليوم", "نفسه"])
        || cursor.take_all(&["اليوم", "ذاته"])
        || cursor.take_all(&["اليوم", "التالي"])
    {
        return Some(Moment { time, ..Moment::default() });
    }
    let moment = day(cursor)?;
    // The night of two days is the one between them: ليل الجمعة - السبت.
    let mut second = cursor.behind_hyphen().or_else(|| cursor.behind_slash()).unwrap_or(*cursor);
    second.take("علي");
    if matches!(moment.period, Some(Period::Weekday(_)))
        && second.look_up(super::vocabulary::weekday).is_some()
    {
        *cursor = second;
    }
    Some(Moment { time, ..moment })
}

/// A day: a weekday, a date, أمس.
fn day(cursor: &mut Cursor<'_>) -> Option<Moment> {
    cursor.read(relative::day).or_else(|| cursor.read(date::on_weekday)).or_else(|| cursor.read(date::date))
}

/// An adjective that chooses among periods of one name.
fn chosen(cursor: &mut Cursor<'_>, moment: Moment) -> Moment {
    cursor.look_up(which).map_or(moment.clone(), |which: Which| Moment { which, ..moment })
}
