//! Keys that two things want.

use std::collections::BTreeMap;

use super::draft::{Draft, RowId};
use crate::app::keymap::{KEYMAP, Key};
use crate::app::strings::Text;
use crate::schema::{KeyCode, LabelCode};

/// What else has the key of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyConflict {
    /// Another label: one of the two must give way.
    Label(LabelCode),
    /// A command of the page, which the key then no longer gives.
    Command(Text),
}

impl Draft {
    /// What else a key of a label means; `changed` holds the keys of commands that somebody changed.
    #[must_use]
    pub fn key_conflict(
        &self,
        row: RowId,
        key: KeyCode,
        changed: &BTreeMap<String, String>,
    ) -> Option<KeyConflict> {
        let others = self.labels.iter().filter(|label| label.row != row);
        let taken = others.map(|label| &label.def).find(|def| def.key == Some(key) || def.digit == Some(key));
        if let Some(def) = taken {
            return Some(KeyConflict::Label(def.code.clone()));
        }
        let pressed = Key { code: key.as_str(), ctrl: false, alt: false, shift: false };
        KEYMAP
            .iter()
            .find(|binding| binding.key_now(changed) == pressed)
            .map(|binding| KeyConflict::Command(binding.meaning))
    }

    /// The first key that means nothing yet, for a new label, as long as commands have the keys they come with: letters first, from those of its code on.
    #[must_use]
    pub fn free_key(&self, row: RowId, code: &LabelCode) -> Option<KeyCode> {
        let of_code = code.as_str().chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        let letters = of_code.chain('A'..='Z').map(|letter| format!("Key{letter}"));
        let digits = (1..=9).chain([0]).map(|digit| format!("Digit{digit}"));
        let keys = letters.chain(digits).filter_map(|key| KeyCode::new(&key).ok());
        keys.into_iter().find(|&key| self.key_conflict(row, key, &BTreeMap::new()).is_none())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::schema::Schema;

    #[test]
    fn a_key_that_a_label_or_a_command_has_is_told() {
        let draft = Draft::of(&Arc::new(Schema::conflict_news()));
        let row = draft.labels[0].row;
        let conflict = |key: &str| draft.key_conflict(row, KeyCode::new(key).unwrap(), &BTreeMap::new());
        assert_eq!(conflict("KeyO"), Some(KeyConflict::Label(LabelCode::new("ORG").unwrap())));
        assert_eq!(conflict("Digit1"), None, "its own");
        assert_eq!(conflict("KeyX"), Some(KeyConflict::Command(Text::KeyRemove)));
        assert_eq!(conflict("KeyZ"), None);
    }

    #[test]
    fn a_new_label_gets_a_key_that_nothing_else_has() {
        let mut draft = Draft::of(&Arc::new(Schema::conflict_news()));
        let row = draft.add_label_of(LabelCode::new("ZONE").unwrap());
        assert_eq!(draft.label(row).unwrap().def.key, KeyCode::new("KeyZ").ok());
    }
}
