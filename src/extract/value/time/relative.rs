//! Times that hang on the day of publication: `أمس الأول`, `الأسبوع المقبل`, `هذا العام`, `الأيام الثلاثة الماضية`.

use super::super::amount::Amount;
use super::super::length::{Length, Times, unit};
use super::super::moment::{Moment, PartOfDay, TimeOfDay};
use super::super::numeral::numeral;
use super::super::period::{Period, Shift, Step, Which};
use super::super::surface::Cursor;
use super::super::vocabulary::{Grammatical, definite_part_of_day, step, which};
use super::Time;
use super::date::{steps, with_weekday};

/// So many days from the publication.
pub(super) fn days(by: i32) -> Moment {
    Moment::of(Period::Relative(Step::Day, Shift::By(by)))
}

/// أمس, أمس الأول, أول من أمس, اليوم الأربعاء, غدًا.
pub(super) fn day(cursor: &mut Cursor<'_>) -> Option<Moment> {
    cursor.take("يوم");
    let by = match cursor.form() {
        "امس" | "البارحه" => {
            cursor.step();
            if cursor.take_any(&["الاول"]) { -2 } else { -1 }
        }
        "اول" => {
            cursor.step();
            cursor.take("من");
            cursor.take_any(&["امس", "البارحه"]).then_some(-2)?
        }
        "اليوم" => {
            cursor.step();
            0
        }
        "غد" | "غدا" | "الغد" => {
            cursor.step();
            1
        }
        _ => return None,
    };
    Some(with_weekday(cursor, days(by)))
}

/// الليلة, الليلة الماضية.
pub(super) fn night(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let this = cursor.take_any(&["هذا", "هذه"]);
    let part = if cursor.take("الليله") {
        PartOfDay::Night
    } else {
        cursor.look_up(definite_part_of_day).filter(|_| this)?
    };
    let by = if this { Some(0) } else { cursor.look_up(which).and_then(steps) };
    Some(Moment { time: Some(TimeOfDay::Part(part)), ..days(by.unwrap_or(0)) })
}

/// الأسبوع الماضي, هذا العام, الشهر الجاري.
pub(super) fn period(cursor: &mut Cursor<'_>) -> Option<Moment> {
    if cursor.take_any(&["هذا", "هذه"]) {
        return present(cursor);
    }
    let step = definite(cursor)?;
    let by = cursor.look_up(which).and_then(steps)?;
    Some(Moment::of(Period::Relative(step, Shift::By(by))))
}

/// العام, behind a word that makes it this one: مطلع العام.
pub(super) fn present(cursor: &mut Cursor<'_>) -> Option<Moment> {
    let step = definite(cursor)?;
    Some(Moment::of(Period::Relative(step, Shift::By(0))))
}

/// A unit in the singular with the article.
fn definite(cursor: &mut Cursor<'_>) -> Option<Step> {
    cursor.look_up(|form| {
        if form == "الربع" {
            return Some(Step::Quarter);
        }
        match step(form.strip_prefix("ال")?)? {
            (Step::Second | Step::Minute | Step::Hour, _) => None,
            (step, Grammatical::Singular) => Some(step),
            _ => None,
        }
    })
}

/// الأيام الثلاثة الماضية, الأسبوعين الأخيرين, 48 ساعة الماضية, الساعات المقبلة; السنوات الخمس and
/// الساعات الثماني الأولى are lengths.
pub(super) fn running(cursor: &mut Cursor<'_>) -> Option<Time> {
    let counted = numeral(cursor);
    let (step, number) = if counted.is_some() {
        unit(cursor)?
    } else {
        cursor.look_up(|form| step(form.strip_prefix("ال")?))?
    };
    let counted = counted.or_else(|| numeral(cursor));
    cursor.take_any(&["القليله", "القليل", "المعدوده"]);
    let times = match (counted, number) {
        (Some(number), _) if number.open => Times::AtLeast(number.amount),
        (Some(number), _) => Times::Exactly(number.amount),
        (None, Grammatical::Dual) => Times::Exactly(Amount::whole(2)),
        (None, Grammatical::Plural) => Times::Several,
        // A single one is a period: الأسبوع الماضي. An hour is not; the time of publication is not known.
        (None, Grammatical::Singular) => Times::Exactly(Amount::ONE),
    };
    let length = Length::new(step, times);
    cursor.take_any(&["الاولي", "الاول"]);
    if counted.is_some() && cursor.is_done() {
        return Some(Time::Length { limit: super::Limit::Exactly, length });
    }
    let ahead = match cursor.look_up(which_way)? {
        Which::Past => false,
        Which::Next => true,
        Which::Open | Which::This => return None,
    };
    Some(Time::Running { length, ahead, day: None })
}

/// The adjectives of [`which`], and those of an indefinite length: ثلاثة أيام مضت.
fn which_way(form: &str) -> Option<Which> {
    which(form).or(match form {
        "مضت" | "مضي" | "خلت" | "ماضيه" | "منصرمه" => Some(Which::Past),
        "مقبله" | "قادمه" | "مقبلين" | "قادمين" => Some(Which::Next),
        _ => None,
    })
}
