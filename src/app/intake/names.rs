//! Names of files as they are shown.

/// A name with the signs that turn the direction of writing made visible, so that none can pass for another:
/// `gpj.exe` with a right-to-left override before it would show as `exe.jpg`. Other control characters likewise.
#[must_use]
pub fn shown_name(name: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
    };
    let mut shown = String::with_capacity(name.len());
    for c in name.chars() {
        if is_hidden(c) {
            shown.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_turns_its_own_direction_shows_it() {
        assert_eq!(shown_name("\u{202E}txt.خبر"), "[U+202E]txt.خبر");
        assert_eq!(shown_name("a\nb"), "a[U+000A]b");
        assert_eq!(shown_name("خبر اليوم 1.txt"), "خبر اليوم 1.txt");
    }
}
