//! The labels, their colours and their keys.

use leptos::html;
use leptos::prelude::*;

use super::frame::after_picture;
use super::keyboard::key_shortcut;
use super::model::use_model;
use super::sight::bring_into_sight;
use super::widgets::{Icon, keyed_rows};
use crate::app::{Action, Command, Language, ReviewText, Text};
use crate::schema::{Family, KeyCode, LabelDef};

#[component]
pub(super) fn LabelBar() -> impl IntoView {
    let model = use_model();
    let groups = model.memo(|state| {
        let labels = &state.schema().labels;
        Family::ALL
            .into_iter()
            .map(|family| (family, labels.iter().filter(|l| l.family == family).cloned().collect::<Vec<_>>()))
            .filter(|(_, labels)| !labels.is_empty())
            .collect::<Vec<_>>()
    });
    let draw = move |(family, labels): (Family, Vec<LabelDef>)| {
        view! {
            <div class="label-group" role="group" aria-label=model.text(family_text(family))>
                {labels.into_iter().map(|label| view! { <LabelButton label /> }).collect_view()}
            </div>
        }
    };
    let sticks = model.memo(|state| state.sticky().is_some());
    view! {
        <div class="label-bar" role="toolbar" aria-label=model.text(ReviewText::Labels)>
            <button
                type="button"
                class="icon-button label-bar-hand"
                data-testid="sticky"
                aria-pressed=move || sticks.get().to_string()
                aria-label=model.text(ReviewText::Sticky)
                aria-keyshortcuts=key_shortcut(model, Action::ToggleSticky)
                title=model.text(Text::KeySticky)
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| model.run(Command::ToggleSticky)
            >
                <Icon name="edit" />
            </button>
            {keyed_rows(move || groups.get(), Clone::clone, draw)}
        </div>
    }
}

/// What a family of labels is called.
pub(super) fn family_text(family: Family) -> ReviewText {
    match family {
        Family::Who => ReviewText::FamilyWho,
        Family::Where => ReviewText::FamilyWhere,
        Family::What => ReviewText::FamilyWhat,
        Family::When => ReviewText::FamilyWhen,
        Family::Other => ReviewText::FamilyOther,
    }
}

#[component]
fn LabelButton(label: LabelDef) -> impl IntoView {
    let model = use_model();
    let code = label.code.clone();
    let is_active = model.memo({
        let code = code.clone();
        move |state| state.active_span().is_some_and(|span| span.label == code)
    });
    let button = NodeRef::<html::Button>::new();
    // A bar without room for all labels shows the one that the active span has.
    Effect::new(move || {
        if is_active.get() {
            after_picture(move || {
                if let Some(button) = button.try_get_untracked().flatten() {
                    bring_into_sight(&button);
                }
            });
        }
    });
    let in_hand = model.memo({
        let code = code.clone();
        move |state| state.sticky() == Some(&code)
    });
    let name = Memo::new({
        let name = label.name.clone();
        move |_| model.language.get().pick(&name.en, &name.ar).to_owned()
    });
    let definition = move || model.language.get().pick(&label.definition.en, &label.definition.ar).to_owned();
    let legend = move || {
        label.key.map(|key| match model.language.get() {
            Language::English => key.latin_legend(),
            Language::Arabic => key.arabic_legend(),
        })
    };
    let shortcut = label.key.map(KeyCode::latin_legend);
    let code_name = code.to_string();
    view! {
        <button
            type="button"
            class="label-button"
            node_ref=button
            data-label=code.to_string()
            data-testid=format!("label-{code}")
            aria-keyshortcuts=shortcut
            aria-pressed=move || is_active.get().to_string()
            data-in-hand=move || in_hand.get().then_some("true")
            title=definition
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| model.run(Command::Label(code.clone()))
        >
            <span class="label-button-name">{name}</span>
            <span class="label-button-code" lang="en">
                {code_name}
            </span>
            <kbd>{legend}</kbd>
        </button>
    }
}
