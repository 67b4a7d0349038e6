//! Lengths of time: `ثلاثة أيام`, `ساعتين ونصف الساعة`, `عشرات السنين`.

use std::fmt;

use super::amount::Amount;
use super::numeral::numeral;
use super::period::{Shift, Step};
use super::surface::Cursor;
use super::vocabulary::{Grammatical, step};

/// How many of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// So many.
    Exactly(Amount),
    /// So many at least, and the order of magnitude: عشرات السنين.
    AtLeast(Amount),
    /// Not said: سنوات.
    Several,
}

/// A length of time, written as ISO 8601 does, with X for a number that is not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    /// Longest step first; never empty.
    parts: Vec<(Step, Times)>,
}

impl Length {
    /// So many of a step. What is no whole number is put into shorter steps where they fit: half an hour is 30 minutes.
    pub(super) fn new(step: Step, times: Times) -> Self {
        let parts = match times {
            Times::Exactly(amount) => whole_parts(step, amount).unwrap_or_else(|| vec![(step, times)]),
            _ => vec![(step, times)],
        };
        Self { parts }
    }

    /// With another length behind it: ساعة وأربعون دقيقة.
    fn and(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    /// The length as one step so many times, for counting from the day of publication.
    pub(super) fn as_shift(&self, back: bool) -> Option<(Step, Shift)> {
        if let [(step, Times::Several)] = self.parts[..] {
            return Some((step, if back { Shift::Back } else { Shift::Ahead }));
        }
        let finest = self.parts.last()?.0;
        let mut count: i32 = 0;
        for &(step, times) in &self.parts {
            let Times::Exactly(amount) = times else { return None };
            let times = amount.times(in_steps(step, finest)?)?.as_whole()?;
            count = count.checked_add(i32::try_from(times).ok()?)?;
        }
        let (step, factor) = match finest {
            Step::Decade => (Step::Year, 10),
            Step::Century => (Step::Year, 100),
            step => (step, 1),
        };
        let count = count.checked_mul(factor)?;
        Some((step, Shift::By(if back { -count } else { count })))
    }
}

/// How many of a finer step a step has, if it is always the same number.
const fn in_steps(step: Step, finer: Step) -> Option<u64> {
    use Step::{Century, Day, Decade, Hour, Minute, Month, Second, Week, Year};
    Some(match (step, finer) {
        (Century, Year) => 100,
        (Century, Decade) | (Decade, Year) => 10,
        (Century, Month) => 1200,
        (Decade, Month) => 120,
        (Year, Month) => 12,
        (Week, Day) => 7,
        (Day, Hour) => 24,
        (Week, Hour) => 168,
        (Hour, Minute) | (Minute, Second) => 60,
        (Hour, Second) => 3600,
        _ if step as u8 == finer as u8 => 1,
        _ => return None,
    })
}

/// An amount that is not whole in whole steps: 2.5 years are 2 years and 6 months.
fn whole_parts(step: Step, amount: Amount) -> Option<Vec<(Step, Times)>> {
    let finer = match step {
        Step::Century | Step::Decade => Step::Year,
        Step::Year => Step::Month,
        Step::Day => Step::Hour,
        Step::Hour => Step::Minute,
        Step::Minute => Step::Second,
        _ => return None,
    };
    let whole = amount.floor();
    let rest = amount
        .times(in_steps(step, finer)?)?
        .as_whole()?
        .checked_sub(whole.checked_mul(in_steps(step, finer)?)?)?;
    let parts = [(step, whole), (finer, rest)].into_iter().filter(|(_, count)| *count > 0);
    let parts: Vec<_> = parts.map(|(step, count)| (step, Times::Exactly(Amount::whole(count)))).collect();
    (!parts.is_empty()).then_some(parts)
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let mut in_time = false;
        for &(step, times) in &self.parts {
            let (clock, letter, factor) = match step {
                Step::Second => (true, "S", 1),
                Step::Minute => (true, "M", 1),
                Step::Hour => (true, "H", 1),
                Step::Day => (false, "D", 1),
                Step::Week => (false, "W", 1),
                Step::Month => (false, "M", 1),
                Step::Quarter => (false, "M", 3),
                Step::Year => (false, "Y", 1),
                Step::Decade => (false, "Y", 10),
                Step::Century => (false, "Y", 100),
            };
            if clock && !in_time {
                f.write_str("T")?;
                in_time = true;
            }
            match times {
                Times::Exactly(amount) => write!(f, "{}{letter}", amount.times(factor).unwrap_or(amount))?,
                Times::AtLeast(amount) => write!(f, "{}{letter}+", amount.times(factor).unwrap_or(amount))?,
                // ISO 8601 has no letters for these; TIMEX3 does.
                Times::Several => match step {
                    Step::Decade => f.write_str("XDE")?,
                    Step::Century => f.write_str("XCE")?,
                    _ => write!(f, "X{letter}")?,
                },
            }
        }
        Ok(())
    }
}

/// A length that begins at the cursor, without a limit word.
pub(super) fn length(cursor: &mut Cursor<'_>) -> Option<Length> {
    let first = one(cursor)?;
    let Some(mut behind) = cursor.conjoined() else { return Some(first) };
    // ونصف, ونصف الساعة
    if let ([(step, Times::Exactly(amount))], Some(share)) = (&first.parts[..], behind.look_up(share)) {
        behind.read(|behind| unit(behind).filter(|(named, _)| named == step));
        let sum = amount.plus(share)?;
        *cursor = behind;
        return Some(Length::new(*step, Times::Exactly(sum)));
    }
    if let Some(second) = behind.read(one) {
        *cursor = behind;
        return Some(first.and(second));
    }
    Some(first)
}

/// A number and a unit, a dual, or a unit alone.
fn one(cursor: &mut Cursor<'_>) -> Option<Length> {
    cursor.read(|cursor| {
        let several = cursor.take_any(&["عده", "بضع", "بضعه"]) || cursor.take_all(&["عدد", "من"]);
        if let Some(number) = numeral(cursor) {
            let (step, _) = unit(cursor)?;
            let times =
                if number.open { Times::AtLeast(number.amount) } else { Times::Exactly(number.amount) };
            return Some(Length::new(step, times));
        }
        let (step, form) = cursor.look_up(step)?;
        Some(Length::new(
            step,
            match form {
                Grammatical::Plural => Times::Several,
                _ if several => return None,
                Grammatical::Singular => Times::Exactly(Amount::ONE),
                Grammatical::Dual => Times::Exactly(Amount::whole(2)),
            },
        ))
    })
}

/// A unit of time, with or without the article.
pub(super) fn unit(cursor: &mut Cursor<'_>) -> Option<(Step, Grammatical)> {
    cursor.look_up(|form| step(form).or_else(|| step(form.strip_prefix("ال")?)))
}

fn share(form: &str) -> Option<Amount> {
    match form {
        "نصف" => Amount::fraction(1, 2),
        "ثلث" => Amount::fraction(1, 3),
        "ربع" => Amount::fraction(1, 4),
        _ => None,
    }
}
