//! Keys by their place on the keyboard, so that a shortcut works whatever layout is active.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A key by its physical position: the `code` of a `KeyboardEvent` (W3C UI Events KeyboardEvent code Values).
///
/// Only the keys that write characters can carry a label; the rest belong to the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub struct KeyCode(&'static Key);

/// The string names no key that can carry a label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the code of a writing key; use names such as \"KeyP\", \"Digit1\" or \"Minus\"")]
pub struct UnknownKey(String);

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    code: &'static str,
    latin: &'static str,
    arabic: &'static str,
}

const fn key(code: &'static str, latin: &'static str, arabic: &'static str) -> Key {
    Key { code, latin, arabic }
}

/// The writing keys with their legends on a US layout and on the Arabic (101) layout.
static KEYS: [Key; 47] = [
    key("Backquote", "`", "ذ"),
    key("Digit1", "1", "١"),
    key("Digit2", "2", "٢"),
    key("Digit3", "3", "٣"),
    key("Digit4", "4", "٤"),
    key("Digit5", "5", "٥"),
    key("Digit6", "6", "٦"),
    key("Digit7", "7", "٧"),
    key("Digit8", "8", "٨"),
    key("Digit9", "9", "٩"),
    key("Digit0", "0", "٠"),
    key("Minus", "-", "-"),
    key("Equal", "=", "="),
    key("KeyQ", "Q", "ض"),
    key("KeyW", "W", "ص"),
    key("KeyE", "E", "ث"),
    key("KeyR", "R", "ق"),
    key("KeyT", "T", "ف"),
    key("KeyY", "Y", "غ"),
    key("KeyU", "U", "ع"),
    key("KeyI", "I", "ه"),
    key("KeyO", "O", "خ"),
    key("KeyP", "P", "ح"),
    key("BracketLeft", "[", "ج"),
    key("BracketRight", "]", "د"),
    key("Backslash", "\\", "\\"),
    key("KeyA", "A", "ش"),
    key("KeyS", "S", "س"),
    key("KeyD", "D", "ي"),
    key("KeyF", "F", "ب"),
    key("KeyG", "G", "ل"),
    key("KeyH", "H", "ا"),
    key("KeyJ", "J", "ت"),
    key("KeyK", "K", "ن"),
    key("KeyL", "L", "م"),
    key("Semicolon", ";", "ك"),
    key("Quote", "'", "ط"),
    key("KeyZ", "Z", "ئ"),
    key("KeyX", "X", "ء"),
    key("KeyC", "C", "ؤ"),
    key("KeyV", "V", "ر"),
    key("KeyB", "B", "لا"),
    key("KeyN", "N", "ى"),
    key("KeyM", "M", "ة"),
    key("Comma", ",", "و"),
    key("Period", ".", "ز"),
    key("Slash", "/", "ظ"),
];

impl KeyCode {
    /// The key of a `KeyboardEvent.code`.
    ///
    /// # Errors
    /// [`UnknownKey`] for keys that write nothing (`Enter`, `F5`) and for anything that is no code.
    pub fn new(code: &str) -> Result<Self, UnknownKey> {
        KEYS.iter().find(|key| key.code == code).map(Self).ok_or_else(|| UnknownKey(code.to_owned()))
    }

    /// The code, as `KeyboardEvent.code` gives it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0.code
    }

    /// What a US keyboard prints on the key.
    #[must_use]
    pub fn latin_legend(self) -> &'static str {
        self.0.latin
    }

    /// What an Arabic (101) keyboard prints on the key.
    #[must_use]
    pub fn arabic_legend(self) -> &'static str {
        self.0.arabic
    }
}

impl fmt::Display for KeyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.code)
    }
}

impl fmt::Debug for KeyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl FromStr for KeyCode {
    type Err = UnknownKey;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::new(code)
    }
}

impl TryFrom<String> for KeyCode {
    type Error = UnknownKey;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(&code)
    }
}

impl From<KeyCode> for &'static str {
    fn from(key: KeyCode) -> Self {
        key.0.code
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_is_there_once() {
        let codes: BTreeSet<_> = KEYS.iter().map(|key| key.code).collect();
        let legends: BTreeSet<_> = KEYS.iter().map(|key| key.arabic).collect();
        assert_eq!((codes.len(), legends.len()), (KEYS.len(), KEYS.len()));
    }

    #[test]
    fn a_key_knows_both_its_legends() {
        let key = KeyCode::new("KeyP").unwrap();
        assert_eq!((key.latin_legend(), key.arabic_legend()), ("P", "ح"));
    }

    #[test]
    fn keys_that_write_nothing_carry_no_label() {
        for code in ["Enter", "F5", "keyp", "P", ""] {
            assert_eq!(KeyCode::new(code), Err(UnknownKey(code.to_owned())));
        }
    }
}
