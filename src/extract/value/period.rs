//! Days, weeks, months, years and what is counted from the day of publication.

use std::fmt;

use super::civil::{Date, days_in_month};
use super::hijri;

/// A step of the calendar or the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// ثانية
    Second,
    /// دقيقة
    Minute,
    /// ساعة
    Hour,
    /// يوم, ليلة
    Day,
    /// أسبوع
    Week,
    /// شهر
    Month,
    /// ربع سنة
    Quarter,
    /// عام, سنة
    Year,
    /// عقد
    Decade,
    /// قرن
    Century,
}

impl Step {
    /// Its name in values.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// Which calendar a date is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Months of Levant, Egypt, Maghreb and Morocco alike.
    Gregorian,
    /// Islamic.
    Hijri,
}

/// The year of a date, or the century of a decade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// Not said.
    Open,
    /// This one.
    Known(i32),
    /// So many after that of the publication: العام الماضي is -1.
    Relative(i32),
}

/// A season, named as TIMEX3 does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// ربيع
    Spring,
    /// صيف
    Summer,
    /// خريف
    Autumn,
    /// شتاء: December before the year to February in it.
    Winter,
}

impl Season {
    const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }
}

/// Which of the days, months or seasons of one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Not said: the latest weekday up to the day of publication, else the nearest.
    #[default]
    Open,
    /// الماضي: the last before.
    Past,
    /// الجاري: that of the present week or year.
    This,
    /// المقبل: the first after.
    Next,
}

/// How far from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// So many steps.
    By(i32),
    /// Some steps back: قبل سنوات.
    Back,
    /// Some steps ahead: بعد أيام.
    Ahead,
}

/// A stretch of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The hundred years whose numbers begin so: 19 for the twentieth century.
    Century(Year),
    /// Ten years of a century: 8 for the eighties.
    Decade(Year, u8),
    /// A year.
    Year(Calendar, i32),
    /// Half a year, 1 or 2.
    Half(Year, u8),
    /// A quarter of a year, 1 to 4.
    Quarter(Year, u8),
    /// A season.
    Season(Year, Season),
    /// A month.
    Month(Calendar, Year, u8),
    /// A week of ISO 8601: its year and number.
    Week(i32, u8),
    /// A day.
    Day(Calendar, Year, u8, u8),
    /// A day of the week, 1 Monday to 7 Sunday.
    Weekday(u8),
    /// What lies so many steps from the day of publication.
    Relative(Step, Shift),
}

impl Period {
    /// The period as it stands seen from the day of publication.
    pub(super) fn resolved(self, which: Which, day: Date) -> Self {
        match self {
            Self::Relative(step, Shift::By(by)) => stepped(day, step, by).unwrap_or(self),
            Self::Weekday(weekday) => latest_or_next(weekday, which, day).unwrap_or(self),
            Self::Century(Year::Relative(by)) => Self::Century(Year::Known(day.year() / 100 + by)),
            Self::Decade(Year::Relative(by), decade) => {
                Self::Decade(Year::Known(day.year() / 100 + by), decade)
            }
            _ => self.with_year(which, day),
        }
    }

    /// Of the days around a day, the nearest with this weekday.
    pub(super) fn nearest_weekday(self, weekday: u8) -> Option<Self> {
        let Self::Day(Calendar::Gregorian, Year::Known(year), month, day) = self else { return None };
        let date = Date::new(year, month, day)?;
        let ahead = (i64::from(weekday) - i64::from(date.weekday())).rem_euclid(7);
        let date = date.plus_days(if ahead > 3 { ahead - 7 } else { ahead })?;
        Some(Self::Day(Calendar::Gregorian, Year::Known(date.year()), date.month(), date.day()))
    }

    /// The period in a year it leaves open, or counts from that of the publication.
    fn with_year(self, which: Which, day: Date) -> Self {
        let Some((calendar, year)) = self.year() else { return self };
        let present = match calendar {
            Calendar::Gregorian => day.year(),
            Calendar::Hijri => hijri::year_of(day),
        };
        let chosen = match year {
            Year::Known(_) => return self,
            Year::Relative(by) => Some(present + by),
            Year::Open if which == Which::This => Some(present),
            Year::Open => self.nearest(which, present, day.number()),
        };
        chosen.filter(|year| (1..=9999).contains(year)).map_or(self, |year| self.of(Year::Known(year)))
    }

    /// The year, of those around the present one, in which the period lies nearest to a day.
    fn nearest(self, which: Which, present: i32, day: i64) -> Option<i32> {
        let mut years =
            (present - 8..=present + 8).filter_map(|year| Some((year, self.of(Year::Known(year)).days()?)));
        match which {
            Which::Past => years.rfind(|(_, (_, last))| *last < day),
            Which::Next => years.find(|(_, (first, _))| *first > day),
            _ => years.min_by_key(|(_, (first, last))| (first + last - 2 * day).abs()),
        }
        .map(|(year, _)| year)
    }

    /// The calendar and year of a period within a year.
    const fn year(self) -> Option<(Calendar, Year)> {
        match self {
            Self::Half(year, _) | Self::Quarter(year, _) | Self::Season(year, _) => {
                Some((Calendar::Gregorian, year))
            }
            Self::Month(calendar, year, _) | Self::Day(calendar, year, _, _) => Some((calendar, year)),
            _ => None,
        }
    }

    /// The period in another year.
    pub(super) const fn of(self, year: Year) -> Self {
        match self {
            Self::Half(_, half) => Self::Half(year, half),
            Self::Quarter(_, quarter) => Self::Quarter(year, quarter),
            Self::Season(_, season) => Self::Season(year, season),
            Self::Month(calendar, _, month) => Self::Month(calendar, year, month),
            Self::Day(calendar, _, month, day) => Self::Day(calendar, year, month, day),
            other => other,
        }
    }

    /// The numbers of its first and last day, if it lies in a known year and is there: 29 February is not in each.
    fn days(self) -> Option<(i64, i64)> {
        let (first, last) = match self {
            Self::Half(Year::Known(year), half) => months(year, half.checked_mul(6)?, 6)?,
            Self::Quarter(Year::Known(year), quarter) => months(year, quarter.checked_mul(3)?, 3)?,
            Self::Season(Year::Known(year), season) => match season {
                Season::Spring => months(year, 5, 3)?,
                Season::Summer => months(year, 8, 3)?,
                Season::Autumn => months(year, 11, 3)?,
                Season::Winter => (Date::new(year - 1, 12, 1)?, Date::new(year, 2, days_in_month(year, 2))?),
            },
            Self::Month(Calendar::Gregorian, Year::Known(year), month) => months(year, month, 1)?,
            Self::Day(Calendar::Gregorian, Year::Known(year), month, day) => {
                let date = Date::new(year, month, day)?;
                (date, date)
            }
            Self::Month(Calendar::Hijri, Year::Known(year), month) => hijri_month(year, month)?,
            Self::Day(Calendar::Hijri, Year::Known(year), month, day) => {
                let date = hijri::to_gregorian(year, month, day)?;
                (date, date)
            }
            _ => return None,
        };
        Some((first.number(), last.number()))
    }

    /// The days of the common calendar that a Hijri period covers, about.
    fn gregorian(self) -> Option<(Date, Date)> {
        match self {
            Self::Year(Calendar::Hijri, year) => {
                let next = hijri::to_gregorian(year + 1, 1, 1)?;
                Some((hijri::to_gregorian(year, 1, 1)?, next.plus_days(-1)?))
            }
            Self::Month(Calendar::Hijri, Year::Known(year), month) => hijri_month(year, month),
            Self::Day(Calendar::Hijri, Year::Known(year), month, day) => {
                let date = hijri::to_gregorian(year, month, day)?;
                Some((date, date))
            }
            _ => None,
        }
    }
}

/// First and last day of so many months that end with this one.
fn months(year: i32, last: u8, count: u8) -> Option<(Date, Date)> {
    Some((Date::new(year, last + 1 - count, 1)?, Date::new(year, last, days_in_month(year, last))?))
}

fn hijri_month(year: i32, month: u8) -> Option<(Date, Date)> {
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    Some((hijri::to_gregorian(year, month, 1)?, hijri::to_gregorian(next.0, next.1, 1)?.plus_days(-1)?))
}

fn stepped(day: Date, step: Step, by: i32) -> Option<Period> {
    let known = |year: i32| (1..=9999).contains(&year).then_some(Year::Known(year));
    Some(match step {
        // The time of publication is not known.
        Step::Second | Step::Minute | Step::Hour => return None,
        Step::Day => {
            let date = day.plus_days(by.into())?;
            Period::Day(Calendar::Gregorian, known(date.year())?, date.month(), date.day())
        }
        Step::Week => {
            let (year, week) = day.plus_days(7 * i64::from(by))?.week();
            Period::Week(year, week)
        }
        Step::Month => {
            let (year, month) = day.plus_months(by.into())?;
            Period::Month(Calendar::Gregorian, known(year)?, month)
        }
        Step::Quarter => {
            let (year, month) = day.plus_months(3 * i64::from(by))?;
            Period::Quarter(known(year)?, (month - 1) / 3 + 1)
        }
        Step::Year => {
            let year = day.year().checked_add(by).filter(|year| (1..=9999).contains(year))?;
            Period::Year(Calendar::Gregorian, year)
        }
        Step::Decade => {
            let decade = (day.year() / 10).checked_add(by).filter(|decade| (0..1000).contains(decade))?;
            Period::Decade(Year::Known(decade / 10), (decade % 10) as u8)
        }
        Step::Century => {
            let century = (day.year() / 100).checked_add(by).filter(|century| (0..100).contains(century))?;
            Period::Century(Year::Known(century))
        }
    })
}

/// A weekday as news mean it: the day of publication or the latest before it, unless an adjective says otherwise.
fn latest_or_next(weekday: u8, which: Which, day: Date) -> Option<Period> {
    let back = (i64::from(day.weekday()) - i64::from(weekday)).rem_euclid(7);
    let shift = match which {
        Which::Open => -back,
        Which::Past if back == 0 => -7,
        Which::Past => -back,
        Which::Next => 7 - back,
        Which::This => i64::from(weekday) - i64::from(day.weekday()),
    };
    let date = day.plus_days(shift)?;
    Some(Period::Day(Calendar::Gregorian, Year::Known(date.year()), date.month(), date.day()))
}

/// The century that an article without a date is taken to be of.
const PRESENT_CENTURY: i32 = 20;

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Century(century) => write!(f, "{:02}XX", century_number(century)),
            Self::Decade(century, decade) => write!(f, "{:02}{decade}X", century_number(century)),
            Self::Year(Calendar::Gregorian, year) => write!(f, "{year:04}"),
            Self::Year(Calendar::Hijri, year) => write!(f, "hijri {year:04}"),
            Self::Half(year, half) => write!(f, "{year}-H{half}"),
            Self::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Self::Season(year, season) => write!(f, "{year}-{}", season.code()),
            Self::Month(calendar, year, month) => write!(f, "{}{year}-{month:02}", prefix(calendar)),
            Self::Day(calendar, year, month, day) => {
                write!(f, "{}{year}-{month:02}-{day:02}", prefix(calendar))
            }
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Weekday(weekday) => write!(f, "XXXX-WXX-{weekday}"),
            Self::Relative(step, Shift::By(by)) => write!(f, "{}{by:+}", step.name()),
            Self::Relative(step, Shift::Back) => write!(f, "{}-X", step.name()),
            Self::Relative(step, Shift::Ahead) => write!(f, "{}+X", step.name()),
        }
    }
}

impl Period {
    /// What a Hijri period is in the common calendar, behind it: ` ~2024-07-17`.
    pub(super) fn write_gregorian(self, time: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.gregorian() {
            Some((first, last)) if first == last => write!(f, " ~{first}{time}"),
            Some((first, last)) => write!(f, " ~{first}/{last}"),
            None => Ok(()),
        }
    }
}

const fn prefix(calendar: Calendar) -> &'static str {
    match calendar {
        Calendar::Gregorian => "",
        Calendar::Hijri => "hijri ",
    }
}

/// The first two digits of a century. A decade without a century (التسعينيات) is of the one before the present.
const fn century_number(century: Year) -> i32 {
    match century {
        Year::Known(century) => century,
        Year::Relative(by) => PRESENT_CENTURY + by,
        Year::Open => PRESENT_CENTURY - 1,
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("XXXX"),
            Self::Known(year) => write!(f, "{year:04}"),
            Self::Relative(by) => write!(f, "year{by:+}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(period: Period, which: Which, day: &str) -> String {
        period.resolved(which, Date::from_iso(day).unwrap()).to_string()
    }

    #[test]
    fn a_weekday_is_the_latest_unless_said_otherwise() {
        // 9 April 2019 was a Tuesday.
        let tuesday = Period::Weekday(2);
        assert_eq!(resolved(tuesday, Which::Open, "2019-04-09"), "2019-04-09");
        assert_eq!(resolved(tuesday, Which::Open, "2019-04-08"), "2019-04-02");
        assert_eq!(resolved(tuesday, Which::Past, "2019-04-09"), "2019-04-02");
        assert_eq!(resolved(tuesday, Which::Next, "2019-04-09"), "2019-04-16");
        assert_eq!(resolved(Period::Weekday(5), Which::This, "2019-04-09"), "2019-04-12");
    }

    #[test]
    fn a_day_without_a_year_is_the_nearest() {
        let day = |month, day| Period::Day(Calendar::Gregorian, Year::Open, month, day);
        assert_eq!(resolved(day(12, 30), Which::Open, "2019-01-03"), "2018-12-30");
        assert_eq!(resolved(day(1, 3), Which::Open, "2018-12-30"), "2019-01-03");
        assert_eq!(resolved(day(2, 29), Which::Open, "2019-01-03"), "2020-02-29");
        let march = Period::Month(Calendar::Gregorian, Year::Open, 3);
        assert_eq!(resolved(march, Which::Past, "2019-03-20"), "2018-03");
        assert_eq!(resolved(march, Which::Past, "2019-04-01"), "2019-03");
        assert_eq!(resolved(march, Which::Next, "2019-03-20"), "2020-03");
        assert_eq!(resolved(march, Which::This, "2019-10-20"), "2019-03");
    }

    #[test]
    fn steps_lead_over_the_ends_of_years() {
        let step = |step, by, day| resolved(Period::Relative(step, Shift::By(by)), Which::Open, day);
        assert_eq!(step(Step::Day, -2, "2019-01-01"), "2018-12-30");
        assert_eq!(step(Step::Week, -1, "2019-01-03"), "2018-W52");
        assert_eq!(step(Step::Month, 1, "2019-12-31"), "2020-01");
        assert_eq!(step(Step::Quarter, -1, "2019-02-01"), "2018-Q4");
        assert_eq!(step(Step::Decade, -1, "2019-02-01"), "200X");
        assert_eq!(step(Step::Century, -1, "2019-02-01"), "19XX");
        assert_eq!(step(Step::Year, -5000, "2019-02-01"), "year-5000");
        assert_eq!(step(Step::Hour, -3, "2019-02-01"), "hour-3");
    }
}
