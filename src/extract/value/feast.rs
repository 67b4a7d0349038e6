//! Feasts whose day is fixed in a calendar.

use super::period::{Calendar, Period, Year};
use super::surface::Cursor;
use super::vocabulary::ordinal;

/// The day of a feast: عيد الأضحى, ثاني أيام عيد الفطر, رأس السنة.
pub(super) fn feast(cursor: &mut Cursor<'_>) -> Option<Period> {
    cursor.read(|cursor| {
        let nth = nth_day(cursor);
        let (calendar, month, day) = named(cursor)?;
        Some(Period::Day(calendar, Year::Open, month, day + nth.unwrap_or(1) - 1))
    })
}

/// أول أيام, ثالث أيام, اليوم الثاني من.
fn nth_day(cursor: &mut Cursor<'_>) -> Option<u8> {
    cursor.read(|cursor| {
        let nth = match cursor.form() {
            "اول" => 1,
            "ثاني" => 2,
            "ثالث" => 3,
            "رابع" => 4,
            "اليوم" => {
                cursor.step();
                let nth = ordinal(cursor).filter(|nth| (1..=4).contains(nth))?;
                return cursor.take("من").then_some(nth);
            }
            _ => return None,
        };
        cursor.step();
        cursor.take_any(&["ايام", "يوم"]).then_some(nth)
    })
}

fn named(cursor: &mut Cursor<'_>) -> Option<(Calendar, u8, u8)> {
    use Calendar::{Gregorian, Hijri};
    let found = match cursor.form() {
        "عيد" => {
            cursor.step();
            match cursor.form() {
                "الفطر" => (Hijri, 10, 1),
                "الاضحي" => (Hijri, 12, 10),
                "المولد" => (Hijri, 3, 12),
                "الميلاد" => (Gregorian, 12, 25),
                "النوروز" => (Gregorian, 3, 21),
                "العمال" => (Gregorian, 5, 1),
                "الام" => (Gregorian, 3, 21),
                "الحب" => (Gregorian, 2, 14),
                _ => return None,
            }
        }
        "النوروز" => (Gregorian, 3, 21),
        "عاشوراء" => (Hijri, 1, 10),
        "يوم" if cursor.skipped().form() == "عرفه" => {
            cursor.step();
            (Hijri, 12, 9)
        }
        "راس" if cursor.skipped().form() == "السنه" => {
            cursor.step();
            if cursor.skipped().form() == "الهجريه" {
                cursor.step();
                (Hijri, 1, 1)
            } else {
                (Gregorian, 1, 1)
            }
        }
        _ => return None,
    };
    cursor.step();
    cursor.take_any(&["المبارك", "المجيد", "السعيد", "النبوي", "الميلاديه"]);
    Some(found)
}
