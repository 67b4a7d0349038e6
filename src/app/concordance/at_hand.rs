//! What "all like this" is about.

use crate::app::state::State;
use crate::schema::LabelCode;
use crate::text::ProcliticPolicy;
use crate::text::clitics::shown_cut;

/// The active span's words and label, for what is to be done to all spans like it.
#[must_use]
pub fn span_at_hand(state: &State) -> Option<(String, LabelCode)> {
    let label = state.active_span()?.label.clone();
    words_at_hand(state).map(|(words, _)| (words, label))
}

/// What "all like this" looks for, and the label they are to get: the active span's words and label, or else what is
/// selected, with the label in hand. Of a word that lost the alif of its article (`لأردن` of `للأردن`) the clean form.
#[must_use]
pub fn words_at_hand(state: &State) -> Option<(String, Option<LabelCode>)> {
    if let Some(span) = state.active_span() {
        let surface = state.surface(span);
        // Not so the value of a date or a count, which ends like no word.
        let ends_alike = |form: &&str| form.chars().rev().take(2).eq(surface.chars().rev().take(2));
        let words = span.normalized.as_deref().filter(ends_alike).unwrap_or(surface);
        let with_them = state.settings.proclitics == ProcliticPolicy::Inside;
        let words = words.get(shown_cut(words)..).filter(|_| with_them).unwrap_or(words);
        return Some((words.to_owned(), Some(span.label.clone())));
    }
    let selected = state.selection.filter(|selection| !selection.is_caret())?;
    let words = state.document()?.text.slice(selected.range())?.trim();
    (!words.is_empty()).then(|| (words.to_owned(), state.sticky().cloned()))
}
