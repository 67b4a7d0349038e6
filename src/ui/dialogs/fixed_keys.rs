//! What no key of one's own can take the place of: the keys that all dialogs share, and what a finger does in the text.

use leptos::prelude::*;

use crate::app::{Phrase, ReviewText, Text, chord_name};
use crate::ui::model::use_model;

/// Keys and what they do.
type FixedKeys = &'static [(ReviewText, &'static [&'static str])];

/// Keys of the dialogs.
const DIALOGS: FixedKeys = &[
    (ReviewText::KeyHitStep, &["ArrowDown", "ArrowUp"]),
    (ReviewText::KeyHitShow, &["Enter"]),
    (ReviewText::KeyDialogDone, &["Ctrl+Enter"]),
    (ReviewText::KeyDialogLeave, &["Escape"]),
];

#[component]
pub(super) fn FixedKeys() -> impl IntoView {
    view! {
        <Group title=ReviewText::HelpDialogs keys=DIALOGS />
        <Touch />
    }
}

#[component]
fn Group(title: ReviewText, keys: FixedKeys) -> impl IntoView {
    let model = use_model();
    let rows = keys.iter().map(|&(meaning, keys)| {
        let key = |&chord: &&'static str| {
            view! { <kbd dir="ltr">{move || chord_name(chord, model.language.get())}</kbd> }
        };
        view! {
            <div class="help-row">
                <dt>{model.text(meaning)}</dt>
                <dd class="help-keys">{keys.iter().map(key).collect_view()}</dd>
            </div>
        }
    });
    view! {
        <section class="help-section">
            <h3 class="help-section-title">{model.text(title)}</h3>
            <dl>{rows.collect_view()}</dl>
        </section>
    }
}

/// What a finger does in the text.
#[component]
fn Touch() -> impl IntoView {
    let model = use_model();
    view! {
        <section class="help-section">
            <h3 class="help-section-title">{model.text(ReviewText::HelpTouch)}</h3>
            <dl>
                {gesture_row(ReviewText::TouchTakeUp, ReviewText::TouchTap)}
                {gesture_row(Text::MouseWord, ReviewText::TouchTap)}
                {gesture_row(Text::MouseEdge, ReviewText::TouchHandle)}
                {gesture_row(ReviewText::TouchLabel, ReviewText::TouchBar)}
            </dl>
        </section>
    }
}

/// A line of the list that says what a gesture is for.
pub(super) fn gesture_row(
    meaning: impl Phrase + Send + Sync + 'static,
    gesture: impl Phrase + Send + Sync + 'static,
) -> impl IntoView {
    let model = use_model();
    view! {
        <div class="help-row">
            <dt>{model.text(meaning)}</dt>
            <dd class="help-gesture">{model.text(gesture)}</dd>
        </div>
    }
}
