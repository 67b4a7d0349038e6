//! Days of the Gregorian calendar and their arithmetic.

use std::fmt;

/// A day of the (proleptic) Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// Days from 1 January 1 to 1 January 1970.
const UNIX_EPOCH: i64 = 719_162;

impl Date {
    /// The day, if there is one.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year) && (1..=days_in_month(year, month)).contains(&day);
        valid.then_some(Self { year, month, day })
    }

    /// Reads `2019-04-06`, alone or before a time of day (`2019-04-06T12:00Z`, `2019-04-06 12:00`).
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let (day, rest) = text.trim().split_at_checked(10)?;
        if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
            return None;
        }
        let mut parts = day.split('-');
        let [year, month, day] =
            [(); 3].map(|()| parts.next().filter(|p| p.bytes().all(|b| b.is_ascii_digit())));
        let (year, month, day) = (year.filter(|y| y.len() == 4)?, month?, day?);
        if parts.next().is_some() {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// Days since 1 January 1970. (Howard Hinnant, "chrono-compatible low-level date algorithms".)
    pub(super) fn number(self) -> i64 {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let month = i64::from(self.month);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day with this number.
    pub(super) fn from_number(number: i64) -> Option<Self> {
        if !(-UNIX_EPOCH..=2_932_896).contains(&number) {
            return None;
        }
        let shifted = number + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// So many days later, or earlier.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// The year and month so many months later, or earlier.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<(i32, u8)> {
        let count = (i64::from(self.year) * 12 + i64::from(self.month) - 1).checked_add(months)?;
        let year = i32::try_from(count.div_euclid(12)).ok().filter(|y| (1..=9999).contains(y))?;
        Some((year, u8::try_from(count.rem_euclid(12) + 1).ok()?))
    }

    /// The day of the week: 1 is Monday, 7 Sunday (ISO 8601).
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        (self.number() + 3).rem_euclid(7) as u8 + 1
    }

    /// The ISO 8601 week: its year and number.
    #[must_use]
    pub fn week(self) -> (i32, u8) {
        let thursday = self.number() - i64::from(self.weekday()) + 4;
        let year = Self::from_number(thursday).map_or(self.year, Self::year);
        let first = Self::new(year, 1, 1).map_or(thursday, Self::number);
        (year, ((thursday - first) / 7 + 1) as u8)
    }
}

/// Days of a month; 0 if there is no such month.
pub(super) const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn every_day_has_a_number_and_every_number_a_day() {
        let first = date("0001-01-01").number();
        let last = date("9999-12-31").number();
        assert_eq!((first, last), (-UNIX_EPOCH, 2_932_896));
        assert_eq!(date("1970-01-01").number(), 0);
        let mut before = None;
        for number in first..=last {
            let day = Date::from_number(number).unwrap();
            assert_eq!(day.number(), number);
            assert!(before < Some(day));
            before = Some(day);
        }
        assert_eq!(Date::from_number(first - 1), None);
        assert_eq!(Date::from_number(last + 1), None);
    }

    #[test]
    fn weekdays_and_weeks_are_those_of_the_standard() {
        assert_eq!(date("2019-04-06").weekday(), 6);
        assert_eq!(date("2024-02-29").weekday(), 4);
        assert_eq!(date("2019-04-06").week(), (2019, 14));
        assert_eq!(date("2018-12-31").week(), (2019, 1));
        assert_eq!(date("2021-01-03").week(), (2020, 53));
    }

    #[test]
    fn only_days_that_exist_are_read() {
        for wrong in ["2019-02-29", "2019-13-01", "2019-4-6", "2019-04-06x", "+019-04-06", "", "٢٠١٩-٠٤-٠٦"]
        {
            assert_eq!(Date::from_iso(wrong), None, "{wrong}");
        }
        assert_eq!(date("2019-04-06T23:59:00+03:00").to_string(), "2019-04-06");
    }

    #[test]
    fn months_pass_over_years() {
        assert_eq!(date("2019-01-31").plus_months(-1), Some((2018, 12)));
        assert_eq!(date("2019-11-30").plus_months(14), Some((2021, 1)));
        assert_eq!(date("2024-02-28").plus_days(2), Some(date("2024-03-01")));
    }
}
