//! Where a set of labels comes from and goes to: templates and files.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::editor::{Editor, Pick};
use crate::app::schema_edit::say;
use crate::app::{ReviewText, Text};
use crate::schema::{InvalidSchema, Schema, Template};
use crate::ui::model::use_model;
use crate::ui::widgets::{FilePicker, Icon};
use crate::web::{download, files};

/// A schema is some kilobytes; a longer file is something else.
const MAX_BYTES: u64 = 1 << 20;

/// The media type of a schema.
const JSON: &str = "application/json";

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq)]
struct Refusal {
    file: String,
    /// Empty if it was too long or could not be read.
    faults: Vec<(String, String)>,
}

#[component]
pub(super) fn Source() -> impl IntoView {
    let model = use_model();
    let editor = expect_context::<Editor>();
    let refusal = RwSignal::new(None::<Refusal>);
    let load = move |schema: Schema| {
        refusal.set(None);
        editor.update(|draft| draft.load(schema));
        let first = editor.peek(|draft| draft.labels.first().map(|label| Pick::Label(label.row)));
        editor.picked.set(first.unwrap_or(Pick::Whole));
    };
    let choose = move |event| {
        let chosen = event_target_value(&event);
        match Template::ALL.into_iter().find(|template| template.as_str() == chosen) {
            Some(template) => load(template.schema()),
            None => load(model.peek(|state| (**state.schema()).clone())),
        }
    };
    let take = move |chosen: Vec<File>| {
        let Some(file) = chosen.into_iter().next() else { return };
        spawn_local(async move {
            let name = file.name();
            let read = files::read(&file, MAX_BYTES).await.ok();
            let read = read.map(|read| Schema::from_json(&String::from_utf8_lossy(&read.bytes)));
            match read {
                Some(Ok(schema)) => load(schema),
                Some(Err(InvalidSchema(problems))) => {
                    let language = model.language.get_untracked();
                    let faults =
                        problems.iter().map(|problem| (problem.path.clone(), say(problem, language)));
                    // The dialog may be closed by now.
                    let _ = refusal.try_set(Some(Refusal { file: name, faults: faults.collect() }));
                }
                None => {
                    let _ = refusal.try_set(Some(Refusal { file: name, faults: Vec::new() }));
                }
            }
        });
    };
    let save = move |_| {
        let schema = editor.schema.get_untracked();
        let name = format!("{}.misam-schema.json", schema.id.replace(['/', '\\', ':'], "-"));
        let language = model.language.get_untracked();
        let said = match download::save(&name, JSON, (schema.to_json() + "\n").as_bytes()) {
            Ok(()) => language.fill(ReviewText::SaidDownloaded, &[("file", &name)]),
            Err(error) => language.fill(Text::ExportFailed, &[("problem", &error.to_string())]),
        };
        model.say(said);
    };
    let templates = Template::ALL.into_iter().map(|template| {
        let schema = template.schema();
        let name = move || match template {
            Template::Empty => model.text(ReviewText::SchemaEmpty)().to_owned(),
            _ => schema.name.get(model.language.get().tag()).to_owned(),
        };
        view! { <option value=template.as_str()>{name}</option> }
    });
    let templates = templates.collect_view();
    view! {
        <div class="schema-source">
            <label class="field-label" for="schema-template">
                {model.text(ReviewText::SchemaTemplate)}
            </label>
            <select
                class="select"
                id="schema-template"
                autofocus
                data-testid="schema-template"
                on:change=choose
            >
                <option value="">{model.text(ReviewText::SchemaAsItIs)}</option>
                {templates}
            </select>
            <FilePicker
                name=Signal::derive(model.text(ReviewText::SchemaImport))
                accept=".json,application/json"
                kind="quiet"
                testid="schema-import"
                on_choose=take
            />
            <button
                type="button"
                class="button"
                data-kind="quiet"
                data-testid="schema-export"
                disabled=move || !editor.problems.with(Vec::is_empty)
                on:click=save
            >
                <Icon name="export" />
                {model.text(ReviewText::SchemaExport)}
            </button>
            <div role="alert" class="schema-refusal">
                {move || refusal.get().map(|refusal| view! { <Refused refusal /> })}
            </div>
        </div>
    }
}

#[component]
fn Refused(refusal: Refusal) -> impl IntoView {
    let model = use_model();
    let Refusal { file, faults } = refusal;
    let text = if faults.is_empty() { ReviewText::SchemaTooLong } else { ReviewText::SchemaImportFailed };
    let faults = faults.into_iter().map(|(place, said)| {
        view! {
            <li>
                <code class="report-place">{place}</code>
                " "
                {said}
            </li>
        }
    });
    let faults = faults.collect_view();
    view! {
        <div class="callout" data-kind="error" data-testid="schema-refused">
            <Icon name="error" />
            <div>
                <p>{move || model.language.get().fill(text, &[("file", &file)])}</p>
                <ul class="schema-faults">{faults}</ul>
            </div>
        </div>
    }
}
