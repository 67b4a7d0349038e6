//! The labels and attributes in their order.

use leptos::prelude::*;

use super::editor::{Editor, Pick};
use crate::app::schema_edit::{Draft, DraftAttribute, DraftLabel, RowId};
use crate::app::{Counted, ReviewText};
use crate::ui::model::use_model;
use crate::ui::widgets::{Icon, IconButton, keyed_rows};

#[component]
pub(super) fn LabelList() -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let add = move |_| {
        if let Some(row) = editor.update(Draft::add_label).flatten() {
            editor.picked.set(Pick::Label(row));
        }
    };
    let add_attribute = move |_| {
        if let Some(row) = editor.update(Draft::add_attribute).flatten() {
            editor.picked.set(Pick::Attribute(row));
        }
    };
    let labels = move || editor.with(|draft| draft.labels.iter().map(|label| label.row).collect());
    let attributes = move || editor.with(|draft| draft.attributes.iter().map(|a| a.row).collect());
    view! {
        <nav class="schema-list scroll" aria-label=model.text(ReviewText::SchemaLabelsList)>
            <button
                type="button"
                class="schema-row schema-row-whole"
                data-testid="schema-whole"
                aria-current=move || (editor.picked.get() == Pick::Whole).then_some("true")
                on:click=move |_| editor.picked.set(Pick::Whole)
            >
                <Icon name="settings" />
                {model.text(ReviewText::SchemaGeneral)}
            </button>
            <ol class="schema-rows" data-testid="schema-labels">
                {keyed_rows(labels, |row: &RowId| *row, |row| view! { <LabelRow row /> })}
            </ol>
            <button type="button" class="button schema-add" data-testid="schema-add-label" on:click=add>
                <Icon name="plus" />
                {model.text(ReviewText::SchemaAddLabel)}
            </button>
            <h3 class="schema-heading">{model.text(ReviewText::SchemaAttributes)}</h3>
            <p class="field-note">{model.text(ReviewText::SchemaAttributesNote)}</p>
            <ol class="schema-rows" data-testid="schema-attributes">
                {keyed_rows(attributes, |row: &RowId| *row, |row| view! { <AttributeRow row /> })}
            </ol>
            <button
                type="button"
                class="button schema-add"
                data-testid="schema-add-attribute"
                on:click=add_attribute
            >
                <Icon name="plus" />
                {model.text(ReviewText::SchemaAddAttribute)}
            </button>
        </nav>
    }
}

#[component]
fn LabelRow(row: RowId) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let label = Memo::new(move |_| editor.with(|draft| draft.label(row).cloned()));
    let of = move |look: fn(&DraftLabel) -> String| label.with(|label| label.as_ref().map(look));
    let code = move || of(|label| label.def.code.to_string());
    let name = move || {
        let language = model.language.get();
        label.with(|label| label.as_ref().map(|label| label.def.name.get(language.tag()).to_owned()))
    };
    let used = move || {
        let usage = label.with(|label| editor.usage(label.as_ref().and_then(|label| label.origin.as_ref())));
        (usage.spans() > 0).then(|| usage.spans())
    };
    let used_name = move || used().map(|count| model.count(Counted::SpansCounted, count));
    view! {
        <li class="schema-item">
            <button
                type="button"
                class="schema-row"
                data-code=code
                aria-current=move || (editor.picked.get() == Pick::Label(row)).then_some("true")
                on:click=move |_| editor.picked.set(Pick::Label(row))
            >
                <span class="label-chip" data-label=code lang="en">
                    {code}
                </span>
                <span class="schema-row-name">{name}</span>
                <span class="count" title=used_name>
                    {used}
                </span>
            </button>
            <Shift row />
        </li>
    }
}

#[component]
fn AttributeRow(row: RowId) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let name = move || {
        let language = model.language.get();
        let name = |attribute: &DraftAttribute| attribute.def.name.get(language.tag()).to_owned();
        editor.with(|draft| draft.attributes.iter().find(|attribute| attribute.row == row).map(name))
    };
    view! {
        <li class="schema-item">
            <button
                type="button"
                class="schema-row"
                aria-current=move || (editor.picked.get() == Pick::Attribute(row)).then_some("true")
                on:click=move |_| editor.picked.set(Pick::Attribute(row))
            >
                <span class="schema-row-name">{name}</span>
            </button>
            <Shift row />
        </li>
    }
}

/// Moves a row up and down.
#[component]
fn Shift(row: RowId) -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let at_edge = move |up: bool| {
        editor.with(|draft| {
            let labels: Vec<_> = draft.labels.iter().map(|label| label.row).collect();
            let attributes: Vec<_> = draft.attributes.iter().map(|attribute| attribute.row).collect();
            [labels, attributes]
                .iter()
                .any(|rows| (if up { rows.first() } else { rows.last() }) == Some(&row))
        })
    };
    let shift = move |up: bool| {
        editor.update(|draft| draft.shift(row, up));
    };
    view! {
        <span class="schema-shift">
            <IconButton
                icon="up"
                name=Signal::derive(model.text(ReviewText::SchemaUp))
                tip_at_end=true
                testid="schema-up"
                disabled=Signal::derive(move || at_edge(true))
                on_press=move |_| shift(true)
            />
            <IconButton
                icon="down"
                name=Signal::derive(model.text(ReviewText::SchemaDown))
                tip_at_end=true
                testid="schema-down"
                disabled=Signal::derive(move || at_edge(false))
                on_press=move |_| shift(false)
            />
        </span>
    }
}
