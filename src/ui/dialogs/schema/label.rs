//! One label.

use leptos::prelude::*;

use super::editor::Editor;
use super::field::{BothLanguages, Field, side};
use super::key_field::{KeyField, Which};
use super::look::Look;
use crate::app::schema_edit::{RowId, say};
use crate::app::{Counted, ReviewText};
use crate::schema::{Family, SchemaProblem, SchemaProblemKind};
use crate::ui::label_bar::family_text;
use crate::ui::model::use_model;
use crate::ui::widgets::Icon;

#[component]
pub(super) fn LabelForm(row: RowId) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let Some(label) = editor.peek(|draft| draft.label(row).cloned()) else {
        return ().into_any();
    };
    let def = label.def;
    let code_fault = Signal::derive(move || {
        let language = model.language.get();
        let is_double = |draft: &crate::app::schema_edit::Draft, code: &crate::schema::LabelCode| {
            draft.labels.iter().filter(|label| label.def.code == *code).count() > 1
        };
        let kind = editor.with(|draft| {
            let label = draft.label(row)?;
            let code = &label.def.code;
            let double = || {
                is_double(draft, code)
                    .then(|| SchemaProblemKind::DuplicateCode { code: code.clone(), first: String::new() })
            };
            label.code_fault.map(SchemaProblemKind::from).or_else(double)
        });
        kind.map(|kind| say(&SchemaProblem { path: String::new(), kind }, language))
    });
    let aliases: Vec<_> = def.aliases.iter().map(ToString::to_string).collect();
    let aliases_note = Signal::derive(move || model.text(ReviewText::SchemaAliasesNote)().to_owned());
    let families = Family::ALL.into_iter().map(|family| {
        view! {
            <option value=family.as_str() selected=family == def.family>
                {model.text(family_text(family))}
            </option>
        }
    });
    let families = families.collect_view();
    let names = view! {
        <BothLanguages
            titles=[ReviewText::SchemaNameEn, ReviewText::SchemaNameAr]
            testids=["schema-name-en", "schema-name-ar"]
            value=def.name
            on_input=move |language, typed| {
                editor.update(|draft| draft.edit(row, |def| *side(&mut def.name, language) = typed));
            }
        />
    };
    let definitions = view! {
        <BothLanguages
            titles=[ReviewText::SchemaDefinitionEn, ReviewText::SchemaDefinitionAr]
            testids=["schema-definition-en", "schema-definition-ar"]
            tall=true
            value=def.definition
            on_input=move |language, typed| {
                editor.update(|draft| draft.edit(row, |def| *side(&mut def.definition, language) = typed));
            }
        />
    };
    view! {
        <div class="schema-fields" data-testid="schema-label">
            <Field
                title=ReviewText::SchemaCode
                testid="schema-code"
                value=def.code.to_string()
                fault=code_fault
                on_input=move |typed| {
                    editor.update(|draft| draft.set_code(row, &typed));
                }
            />
            <div class="field">
                <label class="field-label" for="schema-family">
                    {model.text(ReviewText::SchemaFamily)}
                </label>
                <select
                    class="select"
                    id="schema-family"
                    on:change=move |event| {
                        let chosen = event_target_value(&event);
                        if let Some(family) = Family::ALL.into_iter().find(|family| family.as_str() == chosen) {
                            editor.update(|draft| draft.edit(row, |def| def.family = family));
                        }
                    }
                >
                    {families}
                </select>
            </div>
            {names}
            <KeyField row which=Which::First />
            <KeyField row which=Which::Second />
            <Look row />
            {definitions}
            <Field
                title=ReviewText::SchemaExamples
                testid="schema-examples"
                lang="ar"
                tall=true
                value=def.examples.join("\n")
                on_input=move |typed| {
                    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
                    let examples = lines.map(str::to_owned).collect();
                    editor.update(|draft| draft.edit(row, |def| def.examples = examples));
                }
            />
            <Field
                title=ReviewText::SchemaAliases
                testid="schema-aliases"
                value=aliases.join(" ")
                note=aliases_note
                on_input=move |typed| {
                    editor.update(|draft| draft.set_aliases(row, &typed));
                }
            />
            <Parting row />
        </div>
    }
    .into_any()
}

/// Merging a label into another, or deleting it.
#[component]
fn Parting(row: RowId) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let usage = editor.peek(|draft| editor.usage(draft.label(row).and_then(|label| label.origin.as_ref())));
    let others = move || {
        editor.with(|draft| {
            let others = draft.labels.iter().filter(|label| label.row != row);
            others.map(|label| (label.row.get(), label.def.code.to_string())).collect::<Vec<_>>()
        })
    };
    let merge = move |event| {
        let chosen = event_target_value(&event);
        let into = editor.peek(|draft| {
            draft.labels.iter().map(|label| label.row).find(|into| into.get().to_string() == chosen)
        });
        if let Some(into) = into {
            editor.let_go(row, |draft| draft.merge(row, into));
            editor.picked.set(super::Pick::Label(into));
        }
    };
    view! {
        <div class="schema-parting">
            <p class="field-note">{move || model.count(Counted::SpansCounted, usage.spans())}</p>
            <select
                class="select"
                data-testid="schema-merge"
                aria-label=model.text(ReviewText::SchemaMerge)
                on:change=merge
            >
                <option value="">{model.text(ReviewText::SchemaMerge)}</option>
                {move || {
                    others()
                        .into_iter()
                        .map(|(row, code)| view! { <option value=row.to_string()>{code}</option> })
                        .collect_view()
                }}
            </select>
            <button
                type="button"
                class="button"
                data-kind="danger"
                data-testid="schema-delete"
                on:click=move |_| editor.let_go(row, |draft| draft.remove(row))
            >
                <Icon name="trash" />
                {model.text(ReviewText::SchemaDeleteLabel)}
            </button>
        </div>
    }
}
