//! The answers that an attribute takes, where they are a few.

use leptos::prelude::*;

use super::editor::Editor;
use super::field::own_language_first;
use crate::app::ReviewText;
use crate::app::schema_edit::RowId;
use crate::schema::{AttributeValues, ChoiceDef, LabelCode, Localized};
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, IconButton, keyed_rows};

#[component]
pub(super) fn Choices(row: RowId) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let change = move |change: &dyn Fn(&mut Vec<ChoiceDef>)| {
        editor.update(|draft| {
            draft.edit_attribute(row, |def| {
                if let AttributeValues::Choice(choices) = &mut def.values {
                    change(choices);
                }
            });
        });
    };
    let choices = move || {
        editor.with(|draft| match draft.attributes.iter().find(|a| a.row == row).map(|a| &a.def.values) {
            Some(AttributeValues::Choice(choices)) => choices.clone(),
            _ => Vec::new(),
        })
    };
    let add = move |_| {
        change(&|choices| {
            let free = (1u32..).map(|n| format!("answer{n}")).find_map(|code| {
                let code = LabelCode::new(code).ok()?;
                choices.iter().all(|choice| choice.code != code).then_some(code)
            });
            if let Some(code) = free {
                choices.push(ChoiceDef { name: Localized::new(code.as_str(), ""), code });
            }
        });
    };
    // A choice keeps its code for good: spans may carry it.
    let draw = move |choice: ChoiceDef| {
        let ChoiceDef { code, name } = choice;
        let rename = {
            let code = code.clone();
            move |set: &dyn Fn(&mut Localized)| {
                change(&|choices| {
                    if let Some(choice) = choices.iter_mut().find(|choice| choice.code == code) {
                        set(&mut choice.name);
                    }
                });
            }
        };
        let (in_english, in_arabic) = (rename.clone(), rename);
        let names = own_language_first(
            model,
            view! {
                <input
                    class="input"
                    lang="en"
                    dir="ltr"
                    data-testid="schema-choice-en"
                    aria-label=model.text(ReviewText::SchemaNameEn)
                    prop:value=name.en
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        in_english(&|name| name.en.clone_from(&typed));
                    }
                />
            }
            .into_any(),
            view! {
                <input
                    class="input"
                    lang="ar"
                    dir="rtl"
                    data-testid="schema-choice-ar"
                    aria-label=model.text(ReviewText::SchemaNameAr)
                    prop:value=name.ar
                    on:input=move |event| {
                        let typed = event_target_value(&event);
                        in_arabic(&|name| name.ar.clone_from(&typed));
                    }
                />
            }
            .into_any(),
        );
        view! {
            <li class="schema-choice">
                {names}
                <IconButton
                    icon="trash"
                    name=Signal::derive(model.text(ReviewText::SchemaRemoveChoice))
                    tip_at_end=true
                    on_press=move |_| change(&|choices| choices.retain(|choice| choice.code != code))
                />
            </li>
        }
    };
    let caption = |text: ReviewText| view! { <span>{model.text(text)}</span> }.into_any();
    let captions =
        own_language_first(model, caption(ReviewText::SchemaNameEn), caption(ReviewText::SchemaNameAr));
    let has_any = Memo::new(move |_| !choices().is_empty());
    view! {
        <div class="schema-answers">
            <p class="field-label">{model.text(ReviewText::SchemaChoices)}</p>
            // Each field says it by itself to those who do not see it.
            <p class="schema-choice schema-captions" aria-hidden="true" hidden=move || !has_any.get()>
                {captions}
            </p>
            <ol class="schema-rows">{keyed_rows(choices, |choice| choice.code.clone(), draw)}</ol>
            <button type="button" class="button schema-add" data-testid="schema-add-choice" on:click=add>
                <Icon name="plus" />
                {model.text(ReviewText::SchemaAddChoice)}
            </button>
        </div>
    }
}
