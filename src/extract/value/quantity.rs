//! Counts and measures: `أكثر من 40 قتيلًا`, `3 ملايين دولار`, `قتيلين`.

use std::fmt;

use super::amount::Amount;
use super::counted::{Kind, Unit, counted, dual};
use super::limit::{Limit, limit};
use super::numeral::{Numeral, numeral};
use super::surface::{Cursor, Surface};

/// How many, or how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// How the amount bounds the count.
    pub limit: Limit,
    /// The amount, or the first of a range.
    pub amount: Amount,
    /// The end of a range (`20 إلى 30 قتيلًا`), or the second number of a score (`2-1`).
    pub to: Option<Amount>,
    /// A number noun: عشرات are ten and more.
    pub open: bool,
    /// What is counted, if its noun is there and known.
    pub unit: Option<Unit>,
}

impl fmt::Display for Quantity {
    /// `>40 killed`, `3000000 USD`, `2-3 km`, `10+ households`, `1.5%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.limit, self.amount)?;
        if let Some(to) = self.to {
            write!(f, "-{to}")?;
        }
        if self.open {
            f.write_str("+")?;
        }
        match self.unit {
            Some(Unit { kind: Kind::Percent, .. }) => f.write_str("%"),
            Some(unit) => write!(f, " {unit}"),
            None => Ok(()),
        }
    }
}

/// Reads a count. What stands behind the counted noun (adjectives, the whole it is part of) does not change the value
/// and is not looked at.
pub(super) fn read(surface: &Surface) -> Option<Quantity> {
    let mut cursor = surface.cursor();
    let limit = limit(&mut cursor);
    cursor.take_all(&["ما", "بين"]);
    let money = cursor.look_up(currency_sign);
    if let Some(first) = numeral(&mut cursor) {
        let to = second(&mut cursor);
        return Some(Quantity {
            limit,
            amount: first.amount,
            to: to.map(|to| to.amount),
            open: first.open,
            unit: money.or_else(|| unit(&mut cursor)),
        });
    }
    let (amount, unit) = one_or_two(&mut cursor)?;
    Some(Quantity { limit, amount, to: None, open: false, unit: Some(unit) })
}

fn currency_sign(form: &str) -> Option<Unit> {
    let surface = matches!(form, "$" | "€" | "£").then(|| Surface::new(form)).flatten()?;
    counted(&mut surface.cursor())
}

/// The second number of a range or score.
fn second(cursor: &mut Cursor<'_>) -> Option<Numeral> {
    let behind = cursor.behind_hyphen().or_else(|| {
        let mut next = *cursor;
        next.take("الي").then_some(next)
    });
    let mut behind = behind?;
    let found = numeral(&mut behind)?;
    *cursor = behind;
    Some(found)
}

/// What is counted: the noun behind the number, behind من, or behind آخرون.
fn unit(cursor: &mut Cursor<'_>) -> Option<Unit> {
    cursor.take("من");
    if cursor.take_any(&["اخرون", "اخرين"]) {
        return Some(Unit { kind: Kind::People, symbol: None });
    }
    counted(cursor)
}

/// A dual, with the half that may follow (طنين ونصف الطن), or a singular with واحد.
fn one_or_two(cursor: &mut Cursor<'_>) -> Option<(Amount, Unit)> {
    if let Some(unit) = cursor.read(dual) {
        let two = Amount::whole(2);
        return Some((
            half(cursor).filter(|_| unit.is_measure()).map_or(Some(two), |half| two.plus(half))?,
            unit,
        ));
    }
    let unit = counted(cursor).filter(|unit| unit.kind != Kind::Percent)?;
    if cursor.take_any(&["واحد", "واحده", "واحدا"]) {
        return Some((Amount::ONE, unit));
    }
    let half = half(cursor).filter(|_| unit.is_measure())?;
    Some((Amount::ONE.plus(half)?, unit))
}

/// ونصف, وربع.
fn half(cursor: &Cursor<'_>) -> Option<Amount> {
    match cursor.conjoined()?.form() {
        "نصف" => Amount::fraction(1, 2),
        "ثلث" => Amount::fraction(1, 3),
        "ربع" => Amount::fraction(1, 4),
        _ => None,
    }
}
