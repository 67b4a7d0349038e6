//! The time of day, for whoever needs to know when something was done.

use js_sys::{Date, Object, Reflect};

/// Milliseconds since 1970 (UTC) by the annotator's clock.
#[must_use]
pub fn now_ms() -> u64 {
    Date::now() as u64
}

/// A moment in the annotator's time zone, as a language writes it: hour and minute, with the day before it if that is
/// not today.
#[must_use]
pub fn say(at_ms: u64, language: &str) -> String {
    let (at, now) = (Date::new(&(at_ms as f64).into()), Date::new_0());
    let is_today = at.to_date_string() == now.to_date_string();
    let options = Object::new();
    let short = |name: &str| {
        // A plain object takes any property.
        let _ = Reflect::set(&options, &name.into(), &"short".into());
    };
    short("timeStyle");
    if !is_today {
        short("dateStyle");
    }
    String::from(at.to_locale_string(language, &options))
}
