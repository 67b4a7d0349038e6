//! All keys, by what they are for; each can be changed.

use std::collections::BTreeMap;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::fixed_keys::{FixedKeys, gesture_row};
use super::take_back::{TakeBack, TakeBackNote};
use crate::app::{Action, Command, KEYMAP, Key, ReviewText, Settings, Taken, Text, chord_name, rebind};
use crate::ui::labels::name_of;
use crate::ui::model::use_model;
use crate::ui::sight::bring_into_sight;

/// The key, as it is by default, for which another was pressed, and what has that one already.
type Fault = (Key<'static>, Taken);

/// Whether an action belongs to a group of keys.
type BelongsTo = fn(Action) -> bool;

#[rustfmt::skip]
const GROUPS: [(Text, BelongsTo); 4] = [
    (Text::HelpReview, |action| {
        use Action::{
            Accept, AcceptAll, AcceptSure, Guide, LabelAll, NextDoubtful, NextSpan, NextSuggestion, NextUnreviewed,
            Note, RelabelAll, Remove, RemoveAll, TakeAlternative,
        };
        matches!(
            action,
            NextSuggestion(_) | NextSpan(_) | NextDoubtful(_) | NextUnreviewed(_) | Accept | AcceptAll
                | AcceptSure | Remove | TakeAlternative | LabelAll | RelabelAll | RemoveAll | Note | Guide
        )
    }),
    (Text::HelpBoundaries, |action| {
        use Action::{CyclePrefix, CycleSpan, Join, MoveEdge, Release, ToggleSticky};
        matches!(action, MoveEdge(..) | CyclePrefix | Release | CycleSpan | Join | ToggleSticky)
    }),
    (Text::HelpCaret, |action| matches!(action, Action::Move(..) | Action::SelectAll)),
    // The rest, so that nothing is ever missing from the list.
    (Text::HelpProject, |action| !GROUPS[..3].iter().any(|(_, belongs)| belongs(action))),
];

/// What the mouse does in the text: what for, and how.
const MOUSE: [(Text, Text); 7] = [
    (Text::MouseTakeUp, Text::MouseClick),
    (Text::MouseWord, Text::MouseDoubleClick),
    (Text::MouseEdge, Text::MouseEdgeDrag),
    (Text::MouseEdgeLetters, Text::MouseEdgeAltDrag),
    (Text::KeyRemove, Text::MouseAltClick),
    (Text::MouseRelabel, Text::MouseClick),
    (Text::MouseSelectAtEdge, Text::MouseCtrlDrag),
];

#[component]
pub(super) fn Keys() -> impl IntoView {
    let model = use_model();
    // The key that waits for another, by the key it has by default.
    let waiting = RwSignal::new(None::<Key<'static>>);
    let fault = RwSignal::new(None::<Fault>);
    let is_changed = model.memo(|state| !state.settings.keys.is_empty());
    let taken = TakeBack::new();
    let set = move |keys: BTreeMap<String, String>| {
        let settings = model.peek(|state| state.settings.clone());
        model.run(Command::Set(Settings { keys, ..settings }));
        fault.set(None);
    };
    let reset = move |_| {
        let before = model.peek(|state| state.settings.keys.clone());
        set(BTreeMap::new());
        taken.offer(model, ReviewText::KeysAreReset, "", move || set(before.clone()));
    };
    view! {
        <p class="field-note">{model.text(ReviewText::HelpNote)} " " {model.text(Text::KeysChangeable)}</p>
        <div class="help-columns">
            {GROUPS
                .into_iter()
                .map(|(title, belongs)| {
                    view! {
                        <section class="help-section">
                            <h3 class="help-section-title">{model.text(title)}</h3>
                            <dl>{rows(belongs, waiting, fault)}</dl>
                        </section>
                    }
                })
                .collect_view()}
            <section class="help-section">
                <h3 class="help-section-title">{model.text(Text::HelpMouse)}</h3>
                <dl>{MOUSE.into_iter().map(|(meaning, gesture)| gesture_row(meaning, gesture)).collect_view()}</dl>
            </section>
            <FixedKeys />
        </div>
        <Show when=move || is_changed.get()>
            <button type="button" class="button" data-testid="keys-reset" on:click=reset>
                {model.text(Text::KeysReset)}
            </button>
        </Show>
        <TakeBackNote of=taken />
    }
}

/// The keys of a group; those that mean the same share a line.
fn rows(
    belongs: BelongsTo,
    waiting: RwSignal<Option<Key<'static>>>,
    fault: RwSignal<Option<Fault>>,
) -> impl IntoView {
    let model = use_model();
    let mut lines: Vec<(Text, Vec<Key<'static>>)> = Vec::new();
    for binding in KEYMAP.iter().filter(|binding| belongs(binding.action)) {
        match lines.iter_mut().find(|(known, _)| *known == binding.meaning) {
            Some((_, keys)) => keys.push(binding.key),
            None => lines.push((binding.meaning, vec![binding.key])),
        }
    }
    lines
        .into_iter()
        .map(|(meaning, keys)| {
            let own = keys.clone();
            let taken =
                Memo::new(move |_| fault.get().filter(|(key, _)| own.contains(key)).map(|(_, by)| by));
            view! {
                <div class="help-row">
                    <dt>{model.text(meaning)}</dt>
                    <dd class="help-keys">
                        {keys
                            .into_iter()
                            .map(|key| view! { <ChangeableKey key meaning waiting fault /> })
                            .collect_view()}
                    </dd>
                    {move || taken.get().map(|by| view! { <Clash by /> })}
                </div>
            }
        })
        .collect_view()
}

/// Says under a line of keys what has the key already that was pressed for it, and comes into view with that.
#[component]
fn Clash(by: Taken) -> impl IntoView {
    let model = use_model();
    let line = NodeRef::<html::Dd>::new();
    Effect::new(move || {
        if let Some(line) = line.get() {
            bring_into_sight(&line);
        }
    });
    let said = move || {
        let language = model.language.get();
        let meaning = match &by {
            Taken::By(text) => language.text(*text).to_owned(),
            Taken::ByLabel(code) => model.peek(|state| name_of(state.schema(), code, language)),
        };
        language.fill(Text::KeyTaken, &[("meaning", &meaning)])
    };
    view! {
        <dd class="help-clash" node_ref=line>
            <span class="field-error" role="alert" data-testid="key-taken">
                {said}
            </span>
        </dd>
    }
}

/// A key that, once pressed here, waits for the key that is to take its place.
#[component]
fn ChangeableKey(
    /// The key by default.
    key: Key<'static>,
    /// What it does.
    meaning: Text,
    /// The key that waits.
    waiting: RwSignal<Option<Key<'static>>>,
    /// Why the last key that was pressed cannot be taken.
    fault: RwSignal<Option<Fault>>,
) -> impl IntoView {
    let model = use_model();
    let chord = model.memo(move |state| {
        let default = key.chord();
        state.settings.keys.get(&default).cloned().unwrap_or(default)
    });
    let is_waiting = Memo::new(move |_| waiting.get() == Some(key));
    let shown = move || {
        let language = model.language.get();
        if is_waiting.get() {
            language.text(Text::PressKey).to_owned()
        } else {
            chord_name(&chord.get(), language)
        }
    };
    let name = move || {
        let language = model.language.get();
        language.fill(Text::ChangeKey, &[("meaning", language.text(meaning))])
    };
    let pressed = move |event: KeyboardEvent| {
        let code = event.code();
        let is_modifier = ["Shift", "Control", "Alt", "Meta"].iter().any(|held| code.starts_with(held));
        if !is_waiting.get_untracked() || is_modifier || code.is_empty() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        waiting.set(None);
        let wanted = Key {
            code: &code,
            ctrl: event.ctrl_key() || event.meta_key(),
            alt: event.alt_key(),
            shift: event.shift_key(),
        };
        // Tab leads on and Escape closes the dialog, here as everywhere.
        if matches!(wanted.code, "Tab" | "Escape") && wanted != key {
            return;
        }
        let mut settings = model.peek(|state| state.settings.clone());
        match model.peek(|state| rebind(&mut settings.keys, key, wanted, state.schema())) {
            Ok(()) => {
                fault.set(None);
                model.run(Command::Set(settings));
            }
            Err(taken) => fault.set(Some((key, taken))),
        }
    };
    view! {
        <button
            type="button"
            class="key-button"
            data-testid="key-button"
            data-key=key.chord()
            title=name
            aria-label=move || format!("{}: {}", name(), shown())
            on:click=move |_| {
                fault.set(None);
                waiting.set(Some(key));
            }
            on:blur=move |_| waiting.set(None)
            on:keydown=pressed
        >
            <kbd dir="ltr">{shown}</kbd>
        </button>
    }
}
