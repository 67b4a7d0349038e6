//! What keys are called.

use super::keymap::Key;
use super::settings::Language;
use crate::schema::KeyCode;

/// A key as it is written on keyboards; `chord` is as [`Key::chord`] writes it. In Arabic a letter is called by what an
/// Arabic keyboard has on its key, as those of labels are; with Ctrl it is called as everywhere, for it is known by that.
#[must_use]
pub fn chord_name(chord: &str, language: Language) -> String {
    let key = Key::of_chord(chord);
    let mut name = String::new();
    for (held, modifier) in [(key.ctrl, "Ctrl+"), (key.alt, "Alt+"), (key.shift, "Shift+")] {
        if held {
            name.push_str(modifier);
        }
    }
    let writes = KeyCode::new(key.code).map(|key_code| match language {
        Language::Arabic if !key.ctrl => key_code.arabic_legend(),
        _ => key_code.latin_legend(),
    });
    let plain = writes.unwrap_or(match key.code {
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "Escape" => "Esc",
        "Space" => language.pick("Space", "مسافة"),
        "PageUp" => "PgUp",
        "PageDown" => "PgDn",
        code => code,
    });
    name + plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_called_by_the_keyboard_of_the_language_but_with_ctrl() {
        let names = |chord| [Language::English, Language::Arabic].map(|language| chord_name(chord, language));
        assert_eq!(names("KeyX"), ["X", "ء"]);
        assert_eq!(names("Shift+KeyX"), ["Shift+X", "Shift+ء"]);
        assert_eq!(names("Alt+Shift+BracketLeft"), ["Alt+Shift+[", "Alt+Shift+ج"]);
        assert_eq!(names("Slash"), ["/", "ظ"]);
        assert_eq!(names("Ctrl+Shift+KeyZ"), ["Ctrl+Shift+Z", "Ctrl+Shift+Z"]);
        assert_eq!(names("Space"), ["Space", "مسافة"]);
        assert_eq!(names("Alt+PageDown"), ["Alt+PgDn", "Alt+PgDn"]);
        assert_eq!(names("Enter"), ["Enter", "Enter"]);
    }
}
