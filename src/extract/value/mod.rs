//! What a date or a count says, as a value a program can use: `3 مايو 2019` is `2019-05-03`, `أكثر من 40 قتيلًا` is
//! `>40 killed`.
//!
//! [`of`] is a pure function of the words of a span, the label, and the day the article was published, where that is
//! known. It needs no lexicon beyond its own words and never looks beyond the span: an extractor, a command or a person
//! may have drawn it. A span whose words it does not understand to the last one has no value; half a value would be a
//! wrong one.
//!
//! How values are written is said in `docs/FORMATS.md`, section 1.5.

mod amount;
mod civil;
mod counted;
mod feast;
mod hijri;
mod length;
mod limit;
mod moment;
mod numeral;
mod period;
mod quantity;
mod surface;
mod time;
mod vocabulary;

use std::fmt;

pub use amount::Amount;
pub use civil::Date;
pub use counted::{Kind, Unit};
pub use length::{Length, Times};
pub use limit::Limit;
pub use moment::{Edge, Moment, PartOfDay, TimeOfDay};
pub use period::{Calendar, Period, Season, Shift, Step, Which, Year};
pub use quantity::Quantity;
pub use time::Time;

use super::label::Label;
use crate::annotation::Document;
use surface::Surface;

/// The value of a span. Its text form is what `normalized` holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// When, or how long.
    Time(Time),
    /// How many, or how much.
    Quantity(Quantity),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => time.fmt(f),
            Self::Quantity(quantity) => quantity.fmt(f),
        }
    }
}

/// The value of a span with this label code and these words: of `DAT` and `NUM` spans only.
///
/// With the day of publication, relative times become dates (`أمس` is the day before). Without it they keep their offset
/// (`day-1`), and dates without a year keep it open (`XXXX-05-03`).
#[must_use]
pub fn of(label: &str, words: &str, published: Option<Date>) -> Option<Value> {
    let read: fn(&Surface) -> Option<Value> = match Label::from_code(label)? {
        Label::Dat => |surface| time::read(surface).map(Value::Time),
        Label::Num => |surface| quantity::read(surface).map(Value::Quantity),
        _ => return None,
    };
    let surface = Surface::new(words)?;
    // The article of للأسبوع الماضي lost its alif, which stands outside the span.
    let value = read(&surface).or_else(|| read(&surface.with_article_restored()?))?;
    Some(match (value, published) {
        (Value::Time(time), Some(day)) => Value::Time(time.resolved(day)),
        (value, _) => value,
    })
}

/// The day an article was published, if its metadata say so: `date`, as `2019-04-06` with or without a time of day.
#[must_use]
pub fn published(document: &Document) -> Option<Date> {
    Date::from_iso(document.meta.get("date")?.as_str()?)
}
