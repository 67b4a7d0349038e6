//! One attribute.

use leptos::prelude::*;

use super::choices::Choices;
use super::editor::{Editor, Pick};
use super::field::{BothLanguages, Field, side};
use crate::app::ReviewText;
use crate::app::schema_edit::{DraftAttribute, RowId, say};
use crate::schema::{AttributeDef, AttributeValues, SchemaProblem};
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, keyed_rows};

/// The kinds of answers, as the form names them.
const KINDS: [(&str, ReviewText); 3] = [
    ("flag", ReviewText::SchemaValuesFlag),
    ("text", ReviewText::SchemaValuesText),
    ("choice", ReviewText::SchemaValuesChoice),
];

fn kind_of(def: &AttributeDef) -> &'static str {
    match def.values {
        AttributeValues::Flag => "flag",
        AttributeValues::Text => "text",
        AttributeValues::Choice(_) => "choice",
    }
}

#[component]
pub(super) fn AttributeForm(row: RowId) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let found = editor.peek(|draft| draft.attributes.iter().find(|attribute| attribute.row == row).cloned());
    let Some(attribute) = found else {
        return ().into_any();
    };
    let (def, is_old) = (attribute.def, attribute.is_old);
    let kind = Memo::new(move |_| {
        editor.with(|draft| draft.attributes.iter().find(|a| a.row == row).map(|a| kind_of(&a.def)))
    });
    let fault = Signal::derive(move || {
        let fault = editor.with(|draft| draft.attributes.iter().find(|a| a.row == row)?.code_fault)?;
        Some(say(&SchemaProblem { path: String::new(), kind: fault.into() }, model.language.get()))
    });
    let note = Signal::derive(move || is_old.then(|| model.text(ReviewText::SchemaCodeKept)().to_owned()));
    let choose = move |event| {
        let values = match event_target_value(&event).as_str() {
            "text" => AttributeValues::Text,
            "choice" => AttributeValues::Choice(Vec::new()),
            _ => AttributeValues::Flag,
        };
        editor.update(|draft| draft.edit_attribute(row, |def| def.values = values));
    };
    let kinds = KINDS.into_iter().map(|(value, text)| {
        view! {
            <option value=value selected=value == kind_of(&def)>
                {model.text(text)}
            </option>
        }
    });
    let kinds = kinds.collect_view();
    let labels = move || editor.with(|draft| draft.labels.iter().map(|label| label.row).collect());
    let remove = move |_| {
        editor.picked.set(Pick::Whole);
        editor.update(|draft| draft.remove_attribute(row));
    };
    let others = move || {
        editor.with(|draft| {
            let language = model.language.get();
            let name =
                |other: &DraftAttribute| (other.row.get(), other.def.name.get(language.tag()).to_owned());
            draft.merge_targets(row).map(name).collect::<Vec<_>>()
        })
    };
    let merge = move |event| {
        let chosen = event_target_value(&event);
        let into = editor.peek(|draft| {
            draft.merge_targets(row).map(|other| other.row).find(|into| into.get().to_string() == chosen)
        });
        if let Some(into) = into {
            editor.picked.set(Pick::Attribute(into));
            editor.update(|draft| draft.merge_attribute(row, into));
        }
    };
    let names = view! {
        <BothLanguages
            titles=[ReviewText::SchemaNameEn, ReviewText::SchemaNameAr]
            testids=["schema-attribute-en", "schema-attribute-ar"]
            value=def.name
            on_input=move |language, typed| {
                editor.update(|draft| draft.edit_attribute(row, |def| *side(&mut def.name, language) = typed));
            }
        />
    };
    view! {
        <div class="schema-fields" data-testid="schema-attribute">
            {names}
            <Field
                title=ReviewText::SchemaCode
                testid="schema-attribute-code"
                value=def.code.to_string()
                fixed=is_old
                fault
                note
                on_input=move |typed| {
                    editor.update(|draft| draft.set_attribute_code(row, &typed));
                }
            />
            <div class="field">
                <label class="field-label" for="schema-values">
                    {model.text(ReviewText::SchemaValues)}
                </label>
                <select
                    class="select"
                    id="schema-values"
                    data-testid="schema-values"
                    on:change=choose
                >
                    {kinds}
                </select>
            </div>
            <Show when=move || kind.get() == Some("choice")>
                <Choices row />
            </Show>
            <fieldset class="schema-asked">
                <legend class="field-label">{model.text(ReviewText::SchemaAskedOf)}</legend>
                <p class="field-note">{model.text(ReviewText::SchemaAskedOfAll)}</p>
                {keyed_rows(labels, |label: &RowId| *label, move |label| view! { <AskedOf attribute=row label /> })}
            </fieldset>
            <div class="schema-parting">
                <p class="field-note">{model.text(ReviewText::SchemaAttributeKept)}</p>
                <select
                    class="select"
                    data-testid="schema-merge-attribute"
                    aria-label=model.text(ReviewText::SchemaMergeAttribute)
                    disabled=move || others().is_empty()
                    on:change=merge
                >
                    <option value="">{model.text(ReviewText::SchemaMergeAttribute)}</option>
                    {move || {
                        others()
                            .into_iter()
                            .map(|(row, name)| view! { <option value=row.to_string()>{name}</option> })
                            .collect_view()
                    }}
                </select>
                <button
                    type="button"
                    class="button"
                    data-kind="danger"
                    data-testid="schema-delete-attribute"
                    on:click=remove
                >
                    <Icon name="trash" />
                    {model.text(ReviewText::SchemaDeleteAttribute)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// Whether an attribute is asked of a label.
#[component]
fn AskedOf(attribute: RowId, label: RowId) -> impl IntoView {
    let editor = expect_context::<Editor>();
    let code = move || editor.with(|draft| draft.label(label).map(|label| label.def.code.to_string()));
    let asked = move || {
        editor.with(|draft| {
            draft.attributes.iter().any(|other| other.row == attribute && other.labels.contains(&label))
        })
    };
    view! {
        <label class="check schema-asked-of">
            <input
                type="checkbox"
                prop:checked=asked
                on:change=move |event| {
                    let asked = event_target_checked(&event);
                    editor.update(|draft| draft.ask_of(attribute, label, asked));
                }
            />
            <span class="label-chip" data-label=code lang="en">
                {code}
            </span>
        </label>
    }
}
