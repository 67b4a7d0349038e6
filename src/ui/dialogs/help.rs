//! All keys, the labels with their definitions, and the settings.

use leptos::prelude::*;

use crate::app::{Action, Binding, Command, KEYMAP, Key, Language, Settings, Text};
use crate::schema::KeyCode;
use crate::ui::model::use_model;
use crate::ui::model_note::ModelNote;
use crate::ui::widgets::Modal;

/// A part of the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Keys,
    Labels,
    Settings,
}

#[component]
pub(super) fn HelpDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let tab = RwSignal::new(Tab::Keys);
    let head = move |which: Tab, text: Text| {
        view! {
            <button
                type="button"
                class="segment"
                role="tab"
                autofocus=which == Tab::Keys
                aria-selected=move || (tab.get() == which).to_string()
                on:click=move |_| tab.set(which)
            >
                {model.text(text)}
            </button>
        }
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(Text::Help)().to_owned())
            close_name=Signal::derive(model.text(Text::Close))
            on_close
            wide=true
        >
            <div class="dialog-body scroll" data-testid="help-dialog">
                <div class="segments" role="tablist">
                    {head(Tab::Keys, Text::HelpTitle)} {head(Tab::Labels, Text::Labels)}
                    {head(Tab::Settings, Text::Settings)}
                </div>
                {move || match tab.get() {
                    Tab::Keys => view! { <Keys /> }.into_any(),
                    Tab::Labels => view! { <Labels /> }.into_any(),
                    Tab::Settings => view! { <SettingsForm /> }.into_any(),
                }}
            </div>
        </Modal>
    }
}

/// Whether an action belongs to a group of keys.
type BelongsTo = fn(Action) -> bool;

#[component]
fn Keys() -> impl IntoView {
    let model = use_model();
    let groups: [(Text, BelongsTo); 4] = [
        (Text::HelpReview, |action| {
            use Action::{Accept, AcceptAll, NextSpan, NextSuggestion, Remove, TakeAlternative};
            matches!(action, NextSuggestion(_) | NextSpan(_) | Accept | AcceptAll | Remove | TakeAlternative)
        }),
        (Text::HelpBoundaries, |action| {
            matches!(action, Action::MoveEdge(..) | Action::CyclePrefix | Action::Release)
        }),
        (Text::HelpCaret, |action| matches!(action, Action::Move(..) | Action::SelectAll)),
        (Text::HelpProject, |action| {
            use Action::{Article, Export, Finish, Help, NewArticle, OpenFiles, Redo, Skip, Undo};
            matches!(
                action,
                Undo | Redo | Finish | Skip | Article(_) | NewArticle | OpenFiles | Export | Help
            )
        }),
    ];
    view! {
        <p class="field-note">{model.text(Text::HelpNote)}</p>
        <div class="help-columns">
            {groups
                .into_iter()
                .map(|(title, belongs)| {
                    view! {
                        <section class="help-section">
                            <h3 class="help-section-title">{model.text(title)}</h3>
                            <dl>{rows(belongs)}</dl>
                        </section>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// The keys of a group; those that mean the same share a line.
fn rows(belongs: fn(Action) -> bool) -> impl IntoView {
    let model = use_model();
    let mut lines: Vec<(Text, Vec<Key<'static>>)> = Vec::new();
    for &Binding { key, action, meaning, .. } in KEYMAP.iter().filter(|binding| belongs(binding.action)) {
        debug_assert!(belongs(action));
        match lines.iter_mut().find(|(known, _)| *known == meaning) {
            Some((_, keys)) => keys.push(key),
            None => lines.push((meaning, vec![key])),
        }
    }
    lines
        .into_iter()
        .map(|(meaning, keys)| {
            view! {
                <div class="help-row">
                    <dt>{model.text(meaning)}</dt>
                    <dd class="help-keys">
                        {keys
                            .into_iter()
                            .map(|key| view! { <kbd dir="ltr">{move || key_name(key, model.language.get())}</kbd> })
                            .collect_view()}
                    </dd>
                </div>
            }
        })
        .collect_view()
}

/// A key as it is written on keyboards.
fn key_name(key: Key<'_>, language: Language) -> String {
    let mut name = String::new();
    for (held, modifier) in [(key.ctrl, "Ctrl+"), (key.alt, "Alt+"), (key.shift, "Shift+")] {
        if held {
            name.push_str(modifier);
        }
    }
    let plain = match key.code {
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "BracketLeft" => "[",
        "BracketRight" => "]",
        "Slash" => "/",
        "Escape" => "Esc",
        "Space" => language.pick("Space", "مسافة"),
        code => code.strip_prefix("Key").unwrap_or(code),
    };
    name + plain
}

#[component]
fn Labels() -> impl IntoView {
    let model = use_model();
    let labels = model.peek(|state| state.schema().labels.clone());
    view! {
        <dl class="help-labels">
            {labels
                .into_iter()
                .map(|label| {
                    let (name, definition) = (label.name.clone(), label.definition.clone());
                    let keys: Vec<_> = [label.key, label.digit].into_iter().flatten().flat_map(legends).collect();
                    view! {
                        <div class="help-label">
                            <dt>
                                <span class="label-chip" data-label=label.code.to_string() lang="en">
                                    {label.code.to_string()}
                                </span>
                                <b>{move || model.language.get().pick(&name.en, &name.ar).to_owned()}</b>
                                <span class="help-keys">
                                    {keys.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view()}
                                </span>
                            </dt>
                            <dd>
                                {move || model.language.get().pick(&definition.en, &definition.ar).to_owned()}
                            </dd>
                        </div>
                    }
                })
                .collect_view()}
        </dl>
    }
}

/// What is written on a key, in Latin and, where it differs, in Arabic letters.
fn legends(key: KeyCode) -> impl Iterator<Item = &'static str> {
    let (latin, arabic) = (key.latin_legend(), key.arabic_legend());
    std::iter::once(latin).chain((latin != arabic).then_some(arabic))
}

#[component]
fn SettingsForm() -> impl IntoView {
    let model = use_model();
    let settings = model.memo(|state| state.settings.clone());
    let about = model.memo(|state| state.model.about().cloned());
    let licence = move || {
        let about = about.get().filter(|about| !about.licence.is_empty())?;
        Some(model.language.get().fill(Text::ModelLicence, &[("licence", &about.licence)]))
    };
    let check = move |text: Text, read: fn(&Settings) -> bool, write: fn(&mut Settings, bool)| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || settings.with(read)
                    on:change=move |event| {
                        let mut changed = settings.get_untracked();
                        write(&mut changed, event_target_checked(&event));
                        model.run(Command::Set(changed));
                    }
                />
                <span>{model.text(text)}</span>
            </label>
        }
    };
    view! {
        <div class="field">
            {check(Text::SettingAdvance, |s| s.advance, |s, on| s.advance = on)}
            {check(Text::SettingTrim, |s| s.trim, |s, on| s.trim = on)}
            {check(Text::SettingPeel, |s| s.peel_proclitics, |s, on| s.peel_proclitics = on)}
        </div>
        <section class="help-section">
            <h3 class="help-section-title">{model.text(Text::ModelTitle)}</h3>
            <ModelNote />
            <p class="field-note" dir="auto">{licence}</p>
        </section>
    }
}
