//! The key of a label: pressed, not typed.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::editor::Editor;
use crate::app::ReviewText;
use crate::app::schema_edit::{KeyConflict, RowId};
use crate::schema::{KeyCode, LabelDef};
use crate::ui::model::use_model;
use crate::ui::widgets::IconButton;

/// Which of the two keys of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    First,
    Second,
}

impl Which {
    fn of(self, def: &LabelDef) -> Option<KeyCode> {
        match self {
            Self::First => def.key,
            Self::Second => def.digit,
        }
    }

    fn set(self, def: &mut LabelDef, key: Option<KeyCode>) {
        match self {
            Self::First => def.key = key,
            Self::Second => def.digit = key,
        }
    }
}

/// Shows a key and takes the next one that is pressed in it. What else has that key is said.
#[component]
pub(super) fn KeyField(row: RowId, which: Which) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let (title, testid) = match which {
        Which::First => (ReviewText::SchemaKey, "schema-key"),
        Which::Second => (ReviewText::SchemaDigit, "schema-digit"),
    };
    let key =
        Memo::new(move |_| editor.with(|draft| draft.label(row).and_then(|label| which.of(&label.def))));
    let set = move |key: Option<KeyCode>| {
        editor.update(|draft| draft.edit(row, |def| which.set(def, key)));
    };
    let press = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.code().as_str() {
            "Backspace" | "Delete" => set(None),
            code => match KeyCode::new(code) {
                Ok(key) => set(Some(key)),
                // Tab, Escape and their like do what they always do.
                Err(_) => return,
            },
        }
        event.prevent_default();
    };
    let legend = move || {
        key.get().map(|key| match (key.latin_legend(), key.arabic_legend()) {
            (latin, arabic) if latin == arabic => latin.to_owned(),
            (latin, arabic) => format!("{latin}  {arabic}"),
        })
    };
    let changed = model.memo(|state| state.settings.keys.clone());
    let conflict = move || {
        let language = model.language.get();
        let changed = changed.get();
        let conflict = editor.with(|draft| draft.key_conflict(row, key.get()?, &changed))?;
        Some(match conflict {
            KeyConflict::Label(code) => {
                let said = language.fill(ReviewText::SchemaKeyOfLabel, &[("code", code.as_str())]);
                view! { <p class="field-error">{said}</p> }.into_any()
            }
            KeyConflict::Command(command) => {
                let said =
                    language.fill(ReviewText::SchemaKeyOfCommand, &[("command", language.text(command))]);
                view! { <p class="field-note schema-caution">{said}</p> }.into_any()
            }
        })
    };
    let about = format!("{testid}-about");
    view! {
        <div class="field">
            <label class="field-label" for=testid>
                {model.text(title)}
            </label>
            <div class="schema-key-row">
                <input
                    class="input schema-key"
                    id=testid
                    data-testid=testid
                    dir="ltr"
                    readonly
                    placeholder=model.text(ReviewText::SchemaKeyHint)
                    aria-describedby=about.clone()
                    prop:value=move || legend().unwrap_or_default()
                    on:keydown=press
                />
                <IconButton
                    icon="close"
                    name=Signal::derive(model.text(ReviewText::SchemaKeyClear))
                    tip_at_end=true
                    disabled=Signal::derive(move || key.get().is_none())
                    on_press=move |_| set(None)
                />
            </div>
            <div id=about role="status">
                {conflict}
            </div>
        </div>
    }
}
