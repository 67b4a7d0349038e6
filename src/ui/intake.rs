//! Files and examples on their way into the project: the picker, the drop, the report.

use leptos::ev::DragEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::model::{Model, use_model};
use super::widgets::Icon;
use crate::annotation::{Document, DocumentId};
use crate::app::{Command, Text, intake};
use crate::web::gathering;

/// The id of the real file input.
const INPUT: &str = "file-input";

/// What a browser calls links that are dragged.
const LINKS: &str = "text/uri-list";

/// An article of our own, invented, for a first try.
const EXAMPLE: &str = include_str!("../../assets/example.txt");

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
        let listed = input.files().map(|list| gathering::listed(&list)).unwrap_or_default();
        model.with_workbench(move |workbench| (workbench.take_files)(model, listed));
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <input
            id=INPUT
            hidden
            type="file"
            multiple
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
    let brings = |event: &DragEvent, kind: &str| {
        let types = event.data_transfer().map(|data| data.types());
        types.is_some_and(|types| types.includes(&kind.into(), 0))
    };
    let has_files = move |event: &DragEvent| brings(event, "Files");
    // A link that is dropped outside of a field would take the browser to where it leads. A picture that is dragged from a
    // page has a link beside its file.
    let has_link = move |event: &DragEvent| {
        let is_field = event.target().is_some_and(|target| {
            target.is_instance_of::<HtmlInputElement>() || target.is_instance_of::<HtmlTextAreaElement>()
        });
        !is_field && !has_files(event) && brings(event, LINKS)
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
        if has_files(&event) || has_link(&event) {
            event.prevent_default();
        }
    });
    let dropped = window_event_listener(leptos::ev::drop, move |event| {
        if has_link(&event) {
            event.prevent_default();
            let list = event.data_transfer().and_then(|data| data.get_data(LINKS).ok()).unwrap_or_default();
            model.with_workbench(move |workbench| (workbench.explain_address)(model, &list));
            return;
        }
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        depth.set_value(0);
        over.set(false);
        let dropped = event.data_transfer().map(|data| gathering::dropped(&data)).unwrap_or_default();
        model.with_workbench(move |workbench| (workbench.take_dropped)(model, dropped));
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
