//! The Hijri calendar by arithmetic.
//!
//! What is used is the tabular calendar: twelve months of 30 and 29 days in turn, the last one with 30 in eleven years of
//! a cycle of thirty (2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29), counted from Friday, 16 July 622 Julian. The calendars
//! in civil use (Umm al-Qura, or the sighted moon of each country) are up to two days off it, so every day that comes out
//! of here is approximate, and is written so. The tables of Umm al-Qura are not arithmetic and are not used.

use super::civil::Date;

/// The number of 1 Muharram of year 1 as [`Date::number`] counts.
const EPOCH: i64 = -492_148;

/// The day number of a Hijri day.
fn number(year: i32, month: u8, day: u8) -> i64 {
    let (year, month) = (i64::from(year), i64::from(month));
    EPOCH + (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + (59 * (month - 1) + 1) / 2 + i64::from(day)
        - 1
}

/// The Gregorian day of a Hijri day.
pub(super) fn to_gregorian(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::from_number(number(year, month, day))
}

/// The Hijri year that a Gregorian day falls into.
pub(super) fn year_of(date: Date) -> i32 {
    let number_of_day = date.number();
    // A year is 354.37 days long; the estimate is off by one at most.
    let estimate = ((number_of_day - EPOCH) * 30).div_euclid(10_631) as i32 + 1;
    (estimate - 1..=estimate + 1).rev().find(|&year| number(year, 1, 1) <= number_of_day).unwrap_or(estimate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_known_from_both_calendars_meet() {
        // The epoch, 16 July 622 Julian, is 19 July in the Gregorian calendar.
        for ((year, month, day), gregorian) in [
            ((1, 1, 1), "0622-07-19"),
            ((1400, 1, 1), "1979-11-21"),
            ((1421, 1, 1), "2000-04-06"),
            ((1446, 1, 10), "2024-07-17"),
            ((1440, 9, 1), "2019-05-06"),
        ] {
            let found = to_gregorian(year, month, day).unwrap();
            assert_eq!(found.to_string(), gregorian);
        }
    }

    #[test]
    fn a_year_ends_where_the_next_begins() {
        for year in 1..1700 {
            let first = to_gregorian(year, 1, 1).unwrap();
            assert_eq!(year_of(first), year);
            assert_eq!(year_of(first.plus_days(-1).unwrap()), year - 1);
            let length = number(year + 1, 1, 1) - number(year, 1, 1);
            assert!(length == 354 || length == 355, "{year}: {length}");
        }
    }
}
