//! Which key does what in the dialog where annotators are decided between. Its keys can be changed like those of the page
//! and are kept beside them; a key may mean one thing there and another on the page. Enter presses buttons and Escape
//! closes the dialog, here as everywhere.

use std::collections::BTreeMap;

use super::command::Heading;
use super::keymap::{Key, Taken};
use super::strings::ReviewText;

/// What a key asks for there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DisputeAction {
    /// The next place, or the one before.
    Step(Heading),
    /// What all annotators say.
    TakeAll,
    /// Nothing is there.
    TakeNone,
    /// An answer of one's own.
    Edit,
    /// The decision is taken back.
    Withdraw,
    /// What the annotator says who stands at this place, counted from 0.
    Follow(usize),
}

/// A key and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeBinding {
    /// The key it has by default.
    pub key: Key<'static>,
    /// What it does.
    pub action: DisputeAction,
    /// What it does, in words.
    pub meaning: ReviewText,
}

const fn on(code: &'static str, action: DisputeAction, meaning: ReviewText) -> DisputeBinding {
    DisputeBinding { key: Key { code, ctrl: false, alt: false, shift: false }, action, meaning }
}

const fn follow(code: &'static str, place: usize) -> DisputeBinding {
    on(code, DisputeAction::Follow(place), ReviewText::KeyDisputeFollow)
}

/// Every key of the dialog.
#[rustfmt::skip]
pub static DISPUTE_KEYS: [DisputeBinding; 18] = [
    on("KeyJ", DisputeAction::Step(Heading::Next), ReviewText::KeyDisputeNext),
    on("ArrowDown", DisputeAction::Step(Heading::Next), ReviewText::KeyDisputeNext),
    on("KeyK", DisputeAction::Step(Heading::Previous), ReviewText::KeyDisputePrevious),
    on("ArrowUp", DisputeAction::Step(Heading::Previous), ReviewText::KeyDisputePrevious),
    follow("Digit1", 0), follow("Digit2", 1), follow("Digit3", 2), follow("Digit4", 3), follow("Digit5", 4),
    follow("Digit6", 5), follow("Digit7", 6), follow("Digit8", 7), follow("Digit9", 8),
    on("KeyB", DisputeAction::TakeAll, ReviewText::TakeBoth),
    on("KeyN", DisputeAction::TakeNone, ReviewText::TakeNeither),
    on("Digit0", DisputeAction::TakeNone, ReviewText::TakeNeither),
    on("KeyE", DisputeAction::Edit, ReviewText::TakeEdited),
    on("KeyX", DisputeAction::Withdraw, ReviewText::Withdraw),
];

/// Before the key by default, in [`Settings::keys`](super::Settings::keys): the page has keys of the same name.
const PLACE: &str = "dispute/";

impl DisputeBinding {
    /// The key it has now.
    #[must_use]
    pub fn key_now(self, changed: &BTreeMap<String, String>) -> Key<'_> {
        changed.get(&self.kept_as()).map_or(self.key, |chord| Key::of_chord(chord))
    }

    fn kept_as(self) -> String {
        format!("{PLACE}{}", self.key.chord())
    }
}

/// The key that asks for something now; the first of several. `None` if there is none.
#[must_use]
pub fn dispute_key(action: DisputeAction, changed: &BTreeMap<String, String>) -> Option<Key<'_>> {
    DISPUTE_KEYS.iter().find(|binding| binding.action == action).map(|binding| binding.key_now(changed))
}

/// What a key asks for.
#[must_use]
pub fn dispute_action(key: Key, changed: &BTreeMap<String, String>) -> Option<DisputeAction> {
    DISPUTE_KEYS.iter().find(|binding| binding.key_now(changed) == key).map(|binding| binding.action)
}

/// Gives the binding that has the key `default` another key, or its own again.
///
/// # Errors
/// If the key is taken in the dialog, or presses buttons there; nothing is changed then.
pub fn rebind_dispute(
    changed: &mut BTreeMap<String, String>,
    default: Key,
    wanted: Key,
) -> Result<(), Taken> {
    if matches!(wanted.code, "Enter" | "NumpadEnter" | "Space") {
        return Err(Taken::InDispute(ReviewText::KeyPressesButtons));
    }
    let taken = |binding: &&DisputeBinding| binding.key != default && binding.key_now(changed) == wanted;
    if let Some(binding) = DISPUTE_KEYS.iter().find(taken) {
        return Err(Taken::InDispute(binding.meaning));
    }
    if let Some(binding) = DISPUTE_KEYS.iter().find(|binding| binding.key == default) {
        if wanted == default {
            changed.remove(&binding.kept_as());
        } else {
            changed.insert(binding.kept_as(), wanted.chord());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::app::{Action, action_for, rebind};
    use crate::schema::Schema;

    fn key(code: &str) -> Key<'_> {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    #[test]
    fn no_key_means_two_things() {
        let keys: HashSet<_> = DISPUTE_KEYS.iter().map(|binding| binding.key).collect();
        assert_eq!(keys.len(), DISPUTE_KEYS.len());
    }

    #[test]
    fn a_key_is_changed_here_and_not_on_the_page() {
        let mut changed = BTreeMap::new();
        rebind_dispute(&mut changed, key("KeyX"), key("KeyZ")).unwrap();
        assert_eq!(dispute_action(key("KeyZ"), &changed), Some(DisputeAction::Withdraw));
        assert_eq!(dispute_action(key("KeyX"), &changed), None);
        assert_eq!(dispute_key(DisputeAction::Withdraw, &changed), Some(key("KeyZ")));
        assert_eq!(action_for(key("KeyX"), true, &changed), Some(Action::Remove));
        // Nor does a change on the page change the dialog.
        rebind(&mut changed, key("KeyX"), key("F8"), &Schema::default()).unwrap();
        assert_eq!(dispute_key(DisputeAction::Withdraw, &changed), Some(key("KeyZ")));
        rebind(&mut changed, key("KeyX"), key("KeyX"), &Schema::default()).unwrap();
        rebind_dispute(&mut changed, key("KeyX"), key("KeyX")).unwrap();
        assert!(changed.is_empty());
    }

    #[test]
    fn a_key_that_is_taken_is_not_taken_away() {
        let mut changed = BTreeMap::new();
        let taken = rebind_dispute(&mut changed, key("KeyX"), key("Digit2"));
        assert_eq!(taken, Err(Taken::InDispute(ReviewText::KeyDisputeFollow)));
        let enter = rebind_dispute(&mut changed, key("KeyX"), key("Enter"));
        assert_eq!(enter, Err(Taken::InDispute(ReviewText::KeyPressesButtons)));
        assert!(changed.is_empty());
    }
}
