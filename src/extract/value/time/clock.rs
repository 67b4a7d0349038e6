//! Times on the clock: `الساعة 14:30 بتوقيت غرينتش`, `الثالثة والنصف بعد الظهر`, `الرابعة من فجر اليوم`.

use super::super::moment::{Moment, PartOfDay, TimeOfDay};
use super::super::numeral::numeral;
use super::super::surface::Cursor;
use super::super::vocabulary::{adverb_of_day, definite_part_of_day, ordinal, part_of_day};
use super::{day, on_a_day};

/// A time on the clock. Without الساعة, and not written as 14:30, it needs a part of the day behind it: الثالثة alone is
/// an ordinal.
pub(super) fn clock(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let named = cursor.take("الساعه");
    let in_digits = cursor.form().contains(':');
    let (hour, minute) = match hour(cursor, named)? {
        (hour, Some(minute)) => (hour, minute),
        (hour, None) => cursor.read(|cursor| minutes(cursor, hour)).unwrap_or((hour, 0)),
    };
    cursor.take("تماما");
    let part = cursor.read(part_and_day);
    if !named && !in_digits && part.is_none() {
        return None;
    }
    let (part, on) = part.unzip();
    let mut moment = on.flatten().unwrap_or_default();
    if moment.period.is_none()
        && let Some(on) = cursor.read(day)
    {
        moment = on;
    }
    let hour = part.map_or(hour, |part| in_part(hour, part));
    moment.time = Some(TimeOfDay::Clock { hour, minute, utc: zone(cursor) });
    Some(moment)
}

/// The hour, and the minutes if they are written with it.
fn hour(cursor: &mut Cursor<'_>, named: bool) -> Option<(u8, Option<u8>)> {
    let form = cursor.form();
    if form.starts_with(|c: char| c.is_ascii_digit()) {
        cursor.step();
        let (hour, minute) = match form.split_once([':', '.']) {
            Some((hour, minute)) if minute.len() == 2 => (hour, Some(minute.parse().ok()?)),
            Some(_) => return None,
            None if named => (form, None),
            None => return None,
        };
        let hour: u8 = hour.parse().ok()?;
        return (hour < 24 && minute.is_none_or(|minute: u8| minute < 60)).then_some((hour, minute));
    }
    let feminine = form.ends_with('ه') || form == "الاولي";
    let hour = ordinal(cursor).filter(|hour| feminine && (1..=12).contains(hour))?;
    Some((hour, None))
}

/// والنصف, وعشر دقائق, إلا ربعًا.
fn minutes(cursor: &mut Cursor<'_>, hour: u8) -> Option<(u8, u8)> {
    if cursor.take("الا") {
        let minutes = share_or_minutes(cursor)?;
        return Some(((hour + 23) % 24, 60_u8.checked_sub(minutes)?));
    }
    let mut behind = cursor.conjoined()?;
    let minutes = share_or_minutes(&mut behind)?;
    *cursor = behind;
    Some((hour, minutes))
}

fn share_or_minutes(cursor: &mut Cursor<'_>) -> Option<u8> {
    cursor.read(|cursor| {
        let share = cursor.look_up(|form| {
            Some(match form {
                "نصف" | "النصف" => 30,
                "ربع" | "الربع" | "ربعا" => 15,
                "ثلث" | "الثلث" | "ثلثا" => 20,
                _ => return None,
            })
        });
        if share.is_some() {
            return share;
        }
        let minutes = numeral(cursor)?.amount.as_whole().filter(|minutes| (1..60).contains(minutes))?;
        cursor.take_any(&["دقيقه", "دقايق"]).then_some(())?;
        u8::try_from(minutes).ok()
    })
}

/// A part of the day behind the hour, and the day it may bring along: مساءً, بعد الظهر, من فجر اليوم, صباح الجمعة.
fn part_and_day(cursor: &mut Cursor<'_>) -> Option<(PartOfDay, Option<Moment>)> {
    if let Some(part) = cursor.look_up(|form| match form {
        "ص" => Some(PartOfDay::Morning),
        "م" => Some(PartOfDay::Evening),
        _ => None,
    }) {
        return Some((part, None));
    }
    let from = cursor.take("من");
    if let Some(half) = cursor.read(half_of_day) {
        return Some(half);
    }
    if let Some(part) = cursor.look_up(definite_part_of_day) {
        return Some((part, None));
    }
    let form = cursor.form();
    if let Some(part) = part_of_day(form) {
        let mut behind = cursor.skipped();
        if let Some(moment) = on_a_day(&mut behind, part) {
            *cursor = behind;
            return Some((part, Some(moment)));
        }
    }
    let part = adverb_of_day(form).filter(|_| !from)?;
    cursor.step();
    Some((part, None))
}

/// قبل الظهر, بعد ظهر الأحد, بعد منتصف الليل.
fn half_of_day(cursor: &mut Cursor<'_>) -> Option<(PartOfDay, Option<Moment>)> {
    let word = cursor.form();
    cursor.step();
    if word == "بعد" && cursor.take_all(&["منتصف", "الليل"]) {
        return Some((PartOfDay::Night, None));
    }
    let part = match word {
        "قبل" => PartOfDay::Morning,
        "بعد" => PartOfDay::Afternoon,
        _ => return None,
    };
    if cursor.take("الظهر") {
        return Some((part, None));
    }
    cursor.take("ظهر").then_some(())?;
    Some((part, Some(on_a_day(cursor, part)?)))
}

/// The hour of the day, 0 to 23, that an hour of a part of the day is. An hour above 12 is one already.
const fn in_part(hour: u8, part: PartOfDay) -> u8 {
    match (part, hour) {
        (_, 13..) => hour,
        (PartOfDay::Dawn | PartOfDay::Morning, 12) => 0,
        (PartOfDay::Dawn | PartOfDay::Morning, _) => hour,
        // Noon is from eleven to three.
        (PartOfDay::Midday, 10..=12) => hour,
        // The night begins at six and passes midnight.
        (PartOfDay::Night, 12) => 0,
        (PartOfDay::Night, 0..=5) => hour,
        (PartOfDay::Daytime, 6..=12) => hour,
        (_, 12) => 12,
        (_, _) => hour + 12,
    }
}

/// بتوقيت غرينتش, بالتوقيت المحلي: true if it is that of Greenwich.
fn zone(cursor: &mut Cursor<'_>) -> bool {
    if !cursor.take_any(&["بتوقيت", "بالتوقيت", "توقيت"]) {
        return false;
    }
    let utc = matches!(cursor.form(), "غرينتش" | "جرينتش" | "غرينيتش" | "جرينيتش" | "العالمي" | "الدولي");
    while !cursor.form().is_empty() {
        cursor.step();
    }
    utc
}
