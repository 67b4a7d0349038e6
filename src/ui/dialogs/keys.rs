//! All keys, by what they are for; each can be changed.

use std::collections::BTreeMap;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::fixed_keys::{FixedKeys, gesture_row};
use super::take_back::{TakeBack, TakeBackNote};
use crate::app::{
    Action, Command, DISPUTE_KEYS, DisputeBinding, KEYMAP, Key, Phrase, ReviewText, Settings, Taken, Text,
    chord_name, rebind, rebind_dispute,
};
use crate::schema::Schema;
use crate::ui::labels::name_of;
use crate::ui::model::use_model;
use crate::ui::sight::bring_into_sight;

/// A key that can be changed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Of the page.
    Page(Key<'static>),
    /// Of the dialog where annotators are decided between.
    Dispute(DisputeBinding),
}

impl Slot {
    /// The key it has by default.
    fn default_key(self) -> Key<'static> {
        match self {
            Self::Page(key) => key,
            Self::Dispute(binding) => binding.key,
        }
    }

    /// The key it has now, in one word.
    fn chord(self, changed: &BTreeMap<String, String>) -> String {
        match self {
            Self::Page(key) => changed.get(&key.chord()).cloned().unwrap_or_else(|| key.chord()),
            Self::Dispute(binding) => binding.key_now(changed).chord(),
        }
    }

    /// Gives it another key.
    fn rebind(
        self,
        changed: &mut BTreeMap<String, String>,
        wanted: Key,
        schema: &Schema,
    ) -> Result<(), Taken> {
        match self {
            Self::Page(key) => rebind(changed, key, wanted, schema),
            Self::Dispute(binding) => rebind_dispute(changed, binding.key, wanted),
        }
    }
}

/// The key for which another was pressed, and what has that one already.
type Fault = (Slot, Taken);

/// Whether an action belongs to a group of keys.
type BelongsTo = fn(Action) -> bool;

#[rustfmt::skip]
const GROUPS: [(ReviewText, BelongsTo); 4] = [
    (ReviewText::HelpReview, |action| {
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
    (ReviewText::HelpBoundaries, |action| {
        use Action::{CyclePrefix, CycleSpan, Join, MoveEdge, Release, ToggleSticky};
        matches!(action, MoveEdge(..) | CyclePrefix | Release | CycleSpan | Join | ToggleSticky)
    }),
    (ReviewText::HelpCaret, |action| matches!(action, Action::Move(..) | Action::SelectAll)),
    // The rest, so that nothing is ever missing from the list.
    (ReviewText::HelpProject, |action| !GROUPS[..3].iter().any(|(_, belongs)| belongs(action))),
];

/// What the mouse does in the text: what for, and how.
const MOUSE: [(Text, ReviewText); 7] = [
    (Text::MouseTakeUp, ReviewText::MouseClick),
    (Text::MouseWord, ReviewText::MouseDoubleClick),
    (Text::MouseEdge, ReviewText::MouseEdgeDrag),
    (Text::MouseEdgeLetters, ReviewText::MouseEdgeAltDrag),
    (Text::KeyRemove, ReviewText::MouseAltClick),
    (Text::MouseRelabel, ReviewText::MouseClick),
    (Text::MouseSelectAtEdge, ReviewText::MouseCtrlDrag),
];

#[component]
pub(super) fn Keys() -> impl IntoView {
    let model = use_model();
    // The key that waits for another.
    let waiting = RwSignal::new(None::<Slot>);
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
        <p class="field-note">{model.text(ReviewText::HelpNote)} " " {model.text(ReviewText::KeysChangeable)}</p>
        <div class="help-columns">
            {GROUPS.map(|(title, belongs)| section(title, page_lines(belongs), waiting, fault))}
            {section(ReviewText::AdjudicationTitle, dispute_lines(), waiting, fault)}
            <section class="help-section">
                <h3 class="help-section-title">{model.text(ReviewText::HelpMouse)}</h3>
                <dl>{MOUSE.into_iter().map(|(meaning, gesture)| gesture_row(meaning, gesture)).collect_view()}</dl>
            </section>
            <FixedKeys />
        </div>
        <Show when=move || is_changed.get()>
            <button type="button" class="button" data-testid="keys-reset" on:click=reset>
                {model.text(ReviewText::KeysReset)}
            </button>
        </Show>
        <TakeBackNote of=taken />
    }
}

/// The keys of a group of the page.
fn page_lines(belongs: BelongsTo) -> Lines<Text> {
    let bindings = KEYMAP.iter().filter(|binding| belongs(binding.action));
    lines(bindings.map(|binding| (binding.meaning, Slot::Page(binding.key))))
}

/// The keys of the dialog where annotators are decided between.
fn dispute_lines() -> Lines<ReviewText> {
    lines(DISPUTE_KEYS.iter().map(|binding| (binding.meaning, Slot::Dispute(*binding))))
}

/// What keys do, with these keys.
type Lines<P> = Vec<(P, Vec<Slot>)>;

/// Those that mean the same share a line.
fn lines<P: PartialEq>(keys: impl Iterator<Item = (P, Slot)>) -> Lines<P> {
    let mut lines: Lines<P> = Vec::new();
    for (meaning, slot) in keys {
        match lines.iter_mut().find(|(known, _)| *known == meaning) {
            Some((_, slots)) => slots.push(slot),
            None => lines.push((meaning, vec![slot])),
        }
    }
    lines
}

/// A group of keys.
fn section<P: Phrase + Send + Sync + 'static>(
    title: impl Phrase + Send + Sync + 'static,
    lines: Lines<P>,
    waiting: RwSignal<Option<Slot>>,
    fault: RwSignal<Option<Fault>>,
) -> AnyView {
    let model = use_model();
    let row = |(meaning, slots): (P, Vec<Slot>)| {
        let own = slots.clone();
        let taken = Memo::new(move |_| fault.get().filter(|(slot, _)| own.contains(slot)).map(|(_, by)| by));
        let name = Signal::derive(model.text(meaning));
        view! {
            <div class="help-row">
                <dt>{name}</dt>
                <dd class="help-keys">
                    {slots
                        .into_iter()
                        .map(|which| view! { <ChangeableKey which name waiting fault /> })
                        .collect_view()}
                </dd>
                {move || taken.get().map(|by| view! { <Clash by /> })}
            </div>
        }
    };
    let rows = lines.into_iter().map(row).collect_view();
    view! {
        <section class="help-section">
            <h3 class="help-section-title">{model.text(title)}</h3>
            <dl>{rows}</dl>
        </section>
    }
    .into_any()
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
            Taken::InDispute(text) => language.text(*text).to_owned(),
            Taken::ByLabel(code) => model.peek(|state| name_of(state.schema(), code, language)),
        };
        language.fill(ReviewText::KeyTaken, &[("meaning", &meaning)])
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
    /// Which one.
    which: Slot,
    /// What it does.
    name: Signal<&'static str>,
    /// The key that waits.
    waiting: RwSignal<Option<Slot>>,
    /// Why the last key that was pressed cannot be taken.
    fault: RwSignal<Option<Fault>>,
) -> impl IntoView {
    let model = use_model();
    let chord = model.memo(move |state| which.chord(&state.settings.keys));
    let is_waiting = Memo::new(move |_| waiting.get() == Some(which));
    let shown = move || {
        let language = model.language.get();
        if is_waiting.get() {
            language.text(ReviewText::PressKey).to_owned()
        } else {
            chord_name(&chord.get(), language)
        }
    };
    let name = move || model.language.get().fill(ReviewText::ChangeKey, &[("meaning", name.get())]);
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
        if matches!(wanted.code, "Tab" | "Escape") && wanted != which.default_key() {
            return;
        }
        let mut settings = model.peek(|state| state.settings.clone());
        match model.peek(|state| which.rebind(&mut settings.keys, wanted, state.schema())) {
            Ok(()) => {
                fault.set(None);
                model.run(Command::Set(settings));
            }
            Err(taken) => fault.set(Some((which, taken))),
        }
    };
    view! {
        <button
            type="button"
            class="key-button"
            data-testid="key-button"
            data-key=which.default_key().chord()
            data-place=matches!(which, Slot::Dispute(_)).then_some("dispute")
            title=name
            aria-label=move || format!("{}: {}", name(), shown())
            on:click=move |_| {
                fault.set(None);
                waiting.set(Some(which));
            }
            on:blur=move |_| waiting.set(None)
            on:keydown=pressed
        >
            <kbd dir="ltr">{shown}</kbd>
        </button>
    }
}
