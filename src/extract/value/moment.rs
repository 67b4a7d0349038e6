//! A moment: a period, its beginning or end, and a time of day.

use std::fmt;

use super::civil::Date;
use super::limit::Limit;
use super::period::{Period, Which};

/// A part of the day, with the codes of TIMEX3 and one of our own, `DA`, for the dawn that Arabic news never call
/// morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfDay {
    /// فجر
    Dawn,
    /// صباح
    Morning,
    /// ظهر
    Midday,
    /// عصر, بعد الظهر
    Afternoon,
    /// مساء
    Evening,
    /// ليل
    Night,
    /// نهار
    Daytime,
}

impl PartOfDay {
    const fn code(self) -> &'static str {
        match self {
            Self::Dawn => "DA",
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfDay {
    /// A part of it.
    Part(PartOfDay),
    /// On the clock. Where no part of the day is said, an hour from 1 to 12 is left as it stands.
    Clock {
        /// 0 to 23.
        hour: u8,
        /// 0 to 59.
        minute: u8,
        /// In Greenwich time; else in local time, whichever that is.
        utc: bool,
    },
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Part(part) => write!(f, "T{}", part.code()),
            Self::Clock { hour, minute, utc } => {
                write!(f, "T{hour:02}:{minute:02}{}", if utc { "Z" } else { "" })
            }
        }
    }
}

/// Where in, or beside, a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// قبل
    Before,
    /// بعد
    After,
    /// مطلع, أوائل
    Start,
    /// منتصف, أواسط
    Mid,
    /// نهاية, أواخر
    End,
}

impl Edge {
    const fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::Start => "start",
            Self::Mid => "mid",
            Self::End => "end",
        }
    }
}

/// A period, or a time of day, or both, with what says where in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Outermost first: قبل نهاية العام is before, end.
    pub edges: Vec<Edge>,
    /// About so: قبل نحو عام.
    pub limit: Limit,
    /// Which one of the periods of its name.
    pub which: Which,
    /// The period; none for a time of any day.
    pub period: Option<Period>,
    /// The weekday that is named beside a day counted from the publication: أمس الثلاثاء.
    pub weekday: Option<u8>,
    /// The time of day.
    pub time: Option<TimeOfDay>,
}

impl Moment {
    /// A period as a whole.
    pub(super) fn of(period: Period) -> Self {
        Self { period: Some(period), ..Self::default() }
    }

    /// A time of any day.
    pub(super) fn at(time: TimeOfDay) -> Self {
        Self { time: Some(time), ..Self::default() }
    }

    /// At, before or after an edge of this moment.
    pub(super) fn at_edge(mut self, edge: Edge) -> Self {
        self.edges.insert(0, edge);
        self
    }

    /// The moment seen from the day of publication. A weekday beside a relative day is surer than the day of
    /// publication, which may be that of another time zone or of a second edition: the nearest such day is meant.
    pub(super) fn resolved(self, day: Date) -> Self {
        let period = self.period.map(|period| match (period.resolved(self.which, day), self.weekday) {
            (resolved, Some(weekday)) => resolved.nearest_weekday(weekday).unwrap_or(resolved),
            (resolved, None) => resolved,
        });
        // An adjective has done its work once it has chosen a period.
        let which = if period == self.period { self.which } else { Which::Open };
        Self { period, which, ..self }
    }
}

impl fmt::Display for Moment {
    /// `before end 2019`, `2019-04-06TEV`, `~year-50`, `past XXXX-12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for edge in &self.edges {
            write!(f, "{} ", edge.word())?;
        }
        f.write_str(match self.which {
            Which::Open => "",
            Which::Past => "past ",
            Which::This => "this ",
            Which::Next => "next ",
        })?;
        let time = self.time.map(|time| time.to_string()).unwrap_or_default();
        match self.period {
            Some(period) => {
                write!(f, "{}{period}{time}", self.limit)?;
                period.write_gregorian(&time, f)
            }
            None => f.write_str(&time),
        }
    }
}
