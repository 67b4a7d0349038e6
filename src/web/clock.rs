//! The time of day, for whoever needs to know when something was done.

/// Milliseconds since 1970 (UTC) by the annotator's clock.
#[must_use]
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}
