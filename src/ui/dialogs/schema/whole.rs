//! What the whole set is called, and how its spans may lie to each other.

use leptos::prelude::*;

use super::editor::Editor;
use super::field::{BothLanguages, Field, side};
use crate::app::ReviewText;
use crate::schema::Layers;
use crate::ui::model::use_model;

#[component]
pub(super) fn WholeForm() -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let (name, id) = editor.peek(|draft| (draft.name.clone(), draft.id.clone()));
    let settled = Memo::new(move |_| editor.schema.with(|schema| schema.id.clone()));
    let note = Signal::derive(move || {
        settled.with(|id| model.language.get().fill(ReviewText::SchemaIdNote, &[("id", id)]))
    });
    let layers = editor.peek(|draft| draft.layers);
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if let Some(layers) = Layers::ALL.into_iter().find(|layers| layers.as_str() == chosen) {
            editor.update(|draft| draft.layers = layers);
        }
    };
    let options = Layers::ALL.map(|choice| {
        let name = match choice {
            Layers::Flat => ReviewText::SchemaLayersFlat,
            Layers::Nested => ReviewText::SchemaLayersNested,
            Layers::Free => ReviewText::SchemaLayersFree,
        };
        view! {
            <option value=choice.as_str() selected=choice == layers>
                {model.text(name)}
            </option>
        }
    });
    let names = view! {
        <BothLanguages
            titles=[ReviewText::SchemaNameEn, ReviewText::SchemaNameAr]
            testids=["schema-whole-en", "schema-whole-ar"]
            value=name
            on_input=move |language, typed| {
                editor.update(|draft| *side(&mut draft.name, language) = typed);
            }
        />
    };
    view! {
        <div class="schema-fields">
            {names}
            <Field
                title=ReviewText::SchemaId
                testid="schema-id"
                lang="en"
                value=id
                note
                on_input=move |typed| {
                    editor.update(|draft| draft.id = typed);
                }
            />
            <div class="field">
                <label class="field-label" for="schema-layers">
                    {model.text(ReviewText::SchemaLayers)}
                </label>
                <select
                    class="select"
                    id="schema-layers"
                    data-testid="schema-layers"
                    aria-describedby="schema-layers-about"
                    on:change=choose
                >
                    {options}
                </select>
                <p class="field-note" id="schema-layers-about">
                    {model.text(ReviewText::SchemaLayersNote)}
                </p>
            </div>
        </div>
    }
}
