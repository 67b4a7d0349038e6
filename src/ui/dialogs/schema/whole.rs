//! What the whole set is called.

use leptos::prelude::*;

use super::editor::Editor;
use super::field::Field;
use crate::app::Text;
use crate::ui::model::use_model;

#[component]
pub(super) fn WholeForm() -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let (name, id) = editor.peek(|draft| (draft.name.clone(), draft.id.clone()));
    let settled = Memo::new(move |_| editor.schema.with(|schema| schema.id.clone()));
    let note = Signal::derive(move || {
        settled.with(|id| model.language.get().fill(Text::SchemaIdNote, &[("id", id)]))
    });
    view! {
        <div class="schema-fields">
            <Field
                title=Text::SchemaNameEn
                testid="schema-whole-en"
                lang="en"
                value=name.en
                on_input=move |typed| {
                    editor.update(|draft| draft.name.en = typed);
                }
            />
            <Field
                title=Text::SchemaNameAr
                testid="schema-whole-ar"
                lang="ar"
                value=name.ar
                on_input=move |typed| {
                    editor.update(|draft| draft.name.ar = typed);
                }
            />
            <Field
                title=Text::SchemaId
                testid="schema-id"
                lang="en"
                value=id
                note
                on_input=move |typed| {
                    editor.update(|draft| draft.id = typed);
                }
            />
        </div>
    }
}
