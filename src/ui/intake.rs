//! Files and examples on their way into the project: the picker, the drop, the report.

use leptos::ev::DragEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

use super::model::{Dialog, Model, use_model};
use super::projects;
use super::widgets::Icon;
use crate::annotation::{Document, DocumentId};
use crate::app::intake::{Intake, MAX_FILE_BYTES, RemarkKind};
use crate::app::{Command, Text, intake};
use crate::project::file::lists_project;
use crate::web::files;

/// The id of the real file input.
const INPUT: &str = "file-input";

/// So many bytes at the end of an archive hold the list of its files, if they are few.
const ARCHIVE_LIST_BYTES: usize = 2048;

/// An article of our own, invented, for a first try.
const EXAMPLE: &str = include_str!("../../assets/example.txt");

/// What became of loaded files.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Report {
    /// How many articles came in.
    pub(super) added: usize,
    /// What there is to say about them.
    pub(super) intake: Intake,
}

/// A document for pasted text.
pub(super) fn article(title: &str, text: String) -> Document {
    intake::article(title, text)
}

/// Adds the example.
pub(super) fn add_example(model: Model) {
    let mut example = article("", EXAMPLE.to_owned());
    example.id = DocumentId::new("example");
    model.run(Command::Add(vec![example]));
}

/// Opens the browser's file picker.
pub(super) fn choose_files() {
    let input =
        document().get_element_by_id(INPUT).and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.click();
    }
}

/// The file input behind the buttons.
#[component]
pub(super) fn FileInput() -> impl IntoView {
    let model = use_model();
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else {
            return;
        };
        let listed = input.files().map(|list| files::listed(&list)).unwrap_or_default();
        model.with_workbench(move |workbench| (workbench.take_files)(model, listed));
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <input
            id=INPUT
            class="visually-hidden"
            type="file"
            multiple
            tabindex="-1"
            aria-label=model.text(Text::OpenFiles)
            data-testid="file-input"
            node_ref=input
            on:change=chosen
        />
    }
}

/// Takes files that are dropped anywhere on the page.
#[component]
pub(super) fn DropTarget() -> impl IntoView {
    let model = use_model();
    let over = RwSignal::new(false);
    // Enter and leave come for every element the pointer crosses; only the count tells when it is out.
    let depth = StoredValue::new(0i32);
    let has_files = |event: &DragEvent| {
        let types = event.data_transfer().map(|data| data.types());
        types.is_some_and(|types| types.includes(&"Files".into(), 0))
    };
    let enter = window_event_listener(leptos::ev::dragenter, move |event| {
        if has_files(&event) {
            depth.update_value(|depth| *depth += 1);
            over.set(true);
        }
    });
    let leave = window_event_listener(leptos::ev::dragleave, move |event| {
        if has_files(&event) {
            depth.update_value(|depth| *depth -= 1);
            over.set(depth.get_value() > 0);
        }
    });
    let hover = window_event_listener(leptos::ev::dragover, move |event| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let dropped = window_event_listener(leptos::ev::drop, move |event| {
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        depth.set_value(0);
        over.set(false);
        let list = event.data_transfer().and_then(|data| data.files());
        let listed = list.map(|list| files::listed(&list)).unwrap_or_default();
        model.with_workbench(move |workbench| (workbench.take_files)(model, listed));
    });
    on_cleanup(move || {
        enter.remove();
        leave.remove();
        hover.remove();
        dropped.remove();
    });
    view! {
        <div class="drop-overlay" hidden=move || !over.get()>
            <Icon name="open" />
            <p class="drop-overlay-title">{model.text(Text::DropHere)}</p>
        </div>
    }
}

/// True of a project file: it is called one, or the list of files that an archive ends with is that of one.
fn is_project(file: &files::ReadFile) -> bool {
    let end = &file.bytes[file.bytes.len().saturating_sub(ARCHIVE_LIST_BYTES)..];
    file.name.to_lowercase().ends_with(".misam") || file.bytes.starts_with(b"PK") && lists_project(end)
}

/// Reads files one after the other, then adds what they hold as one step.
pub(super) fn take(model: Model, files: Vec<web_sys::File>) {
    if files.is_empty() {
        return;
    }
    if !model.peek(|state| state.writable) {
        model.say(model.language.get_untracked().text(Text::ReadOnly));
        return;
    }
    spawn_local(async move {
        let total = files.len().to_string();
        let mut intake = Intake::default();
        let mut projects = Vec::new();
        for (index, file) in files.iter().enumerate() {
            if files.len() > 1 {
                let number = (index + 1).to_string();
                let language = model.language.get_untracked();
                model.say(language.fill(Text::Importing, &[("n", &number), ("total", &total)]));
            }
            match files::read(file, MAX_FILE_BYTES).await {
                Ok(file) if is_project(&file) => projects.push(file),
                Ok(file) => match model.read_file(&file.name, file.bytes).await {
                    Ok((documents, notes)) => intake.take(&file.name, documents, notes),
                    Err(reason) => intake.remark(&file.name, &RemarkKind::BrokeOff(reason)),
                },
                Err(files::FileError::TooLong { name, bytes, limit }) => {
                    intake.remark(&name, &RemarkKind::TooLarge(bytes, limit));
                }
                Err(files::FileError::Unreadable { name }) => intake.remark(&name, &RemarkKind::Unreadable),
            }
        }
        let only_projects = projects.len() == files.len();
        // Opened last: what else came belongs to the project that was open.
        if only_projects {
            return projects::take_files(model, projects);
        }
        let documents = model.peek(|state| intake.take_new(state));
        let added = documents.len();
        model.run(Command::Add(documents));
        if intake.has_news() || added == 0 {
            model.dialog.set(Some(Dialog::Import(Report { added, intake })));
        }
        projects::take_files(model, projects);
    });
}
