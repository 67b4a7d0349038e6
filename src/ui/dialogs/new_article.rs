//! Pasting an article.

use leptos::ev::{ClipboardEvent, Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

use crate::annotation::DocumentId;
use crate::app::intake::{Arrival, address_in};
use crate::app::{Command, ReviewCounted, ReviewText, Text};
use crate::ui::model::use_model;
use crate::ui::pasting::ArticleDraft;
use crate::ui::widgets::{Icon, Modal};
use crate::ui::{importing, intake};
use crate::web::clipboard;

/// Why an article was not added.
#[derive(Clone, Debug, PartialEq)]
enum Fault {
    Empty,
    Address,
    Duplicate { id: DocumentId, title: String },
}

/// A paste that the field is about to show.
#[derive(Clone, Debug)]
struct Pending {
    text: String,
    start: u32,
    end: u32,
}

#[component]
pub(super) fn NewArticleDialog(on_close: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let model = use_model();
    let title = NodeRef::<html::Input>::new();
    let day = NodeRef::<html::Input>::new();
    let field = NodeRef::<html::Textarea>::new();
    let draft = model.draft;
    let pending = StoredValue::new(None::<Pending>);
    let fault = RwSignal::new(None::<Fault>);
    // What is told of the draft.
    let hidden_line_ends = RwSignal::new(false);
    let halves = RwSignal::new(0usize);
    let has_page = RwSignal::new(false);
    let address = RwSignal::new(None::<String>);
    let tell = move || {
        draft.with_value(|draft| {
            hidden_line_ends.set(draft.text.has_hidden_line_ends());
            halves.set(draft.halves);
            has_page.set(draft.page.is_some());
            address.set(address_in(draft.text.as_str()).map(str::to_owned));
        });
    };
    tell();

    let paste = move |event: ClipboardEvent| {
        let (Some(pasted), Some(field)) = (clipboard::pasted(&event), field.get_untracked()) else {
            return;
        };
        draft.update_value(|draft| draft.note(&pasted));
        tell();
        let position = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or(0);
        pending.set_value(Some(Pending {
            text: pasted.text,
            start: position(field.selection_start()),
            end: position(field.selection_end()),
        }));
    };
    let input = move |event: Event| {
        let value = event_target_value(&event);
        let paste = pending.try_update_value(Option::take).flatten();
        draft.update_value(|draft| match paste {
            _ if value.is_empty() => *draft = ArticleDraft::default(),
            Some(Pending { text, start, end }) => draft.text.pasted(start, end, &text, &value),
            None => draft.text.edited(&value),
        });
        tell();
        fault.set(None);
    };
    let add = move |even_if_known: bool| {
        let text = draft.with_value(|draft| draft.text.as_str().to_owned());
        if text.trim().is_empty() {
            fault.set(Some(Fault::Empty));
            if let Some(field) = field.get_untracked() {
                // The field is on the screen and takes the focus.
                let _ = field.focus();
            }
            return;
        }
        if address_in(&text).is_some() {
            fault.set(Some(Fault::Address));
            return;
        }
        let known = model.peek(|state| {
            let document = state.project.document_with_text(&text)?;
            Some(Fault::Duplicate { id: document.id.clone(), title: document.shown_title() })
        });
        if let (Some(known), false) = (known, even_if_known) {
            fault.set(Some(known));
            return;
        }
        let written = |field: NodeRef<html::Input>| {
            field.get_untracked().map(|field| field.value()).unwrap_or_default()
        };
        draft.set_value(ArticleDraft::default());
        let mut article = Arrival::new(intake::article(&written(title), text));
        article.set_date(&written(day));
        model.run(Command::Add(vec![*article.document]));
        on_close();
    };
    let on_key = move |event: KeyboardEvent| {
        if event.code() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            add(false);
        }
    };
    let open = move |id: DocumentId| {
        model.run(Command::Open(id));
        on_close();
    };
    view! {
        <Modal
            title=Signal::derive(move || model.text(ReviewText::NewArticle)().to_owned())
            close_name=Signal::derive(model.text(ReviewText::Close))
            on_close
        >
            <div class="dialog-body scroll" on:keydown=on_key>
                <div class="field">
                    <label class="field-label" for="paste-title">
                        {model.text(ReviewText::PasteTitle)}
                    </label>
                    <input
                        class="input"
                        id="paste-title"
                        lang="ar"
                        dir="auto"
                        data-testid="paste-title"
                        placeholder=model.text(ReviewText::PasteTitleHint)
                        node_ref=title
                    />
                </div>
                <div class="field">
                    <label class="field-label" for="paste-text">
                        {model.text(ReviewText::PasteText)}
                    </label>
                    <textarea
                        class="textarea"
                        id="paste-text"
                        lang="ar"
                        dir="rtl"
                        autofocus
                        spellcheck="false"
                        data-testid="paste-text"
                        aria-invalid=move || fault.get().map(|_| "true")
                        aria-describedby="paste-error paste-note"
                        node_ref=field
                        prop:value=draft.with_value(|draft| draft.text.shown())
                        on:paste=paste
                        on:input=input
                    ></textarea>
                    <div id="paste-error" role="alert">
                        {move || {
                            fault
                                .get()
                                .map(|fault| {
                                    view! { <Problem fault on_open=open on_again=move || add(true) /> }
                                })
                        }}
                    </div>
                    {move || address.get().map(|address| view! { <AddressNote address /> })}
                    <Show when=move || halves.get() != 0>
                        <p class="field-error" data-testid="paste-halves">
                            <Icon name="warning" />
                            {move || model.count(ReviewCounted::SurrogatesReplaced, halves.get())}
                        </p>
                    </Show>
                    <Show when=move || has_page.get()>
                        <p class="field-note" data-testid="paste-page">
                            {model.text(ReviewText::PastePage)} " "
                            <button
                                type="button"
                                class="link-button"
                                on:click=move |_| {
                                    let taken = draft.try_update_value(std::mem::take);
                                    if let Some(html) = taken.and_then(|draft| draft.page) {
                                        on_close();
                                        importing::take_page(model, &html);
                                    }
                                }
                            >
                                {model.text(ReviewText::PastePageTake)}
                            </button>
                        </p>
                    </Show>
                    <p class="field-note" id="paste-note">
                        {move || {
                            let text = if hidden_line_ends.get() { ReviewText::PasteKept } else { ReviewText::PasteTextHint };
                            model.language.get().text(text)
                        }}
                    </p>
                </div>
                <div class="field import-day">
                    <label class="field-label" for="paste-date">
                        {model.text(ReviewText::ImportDay)}
                    </label>
                    <input
                        class="input"
                        id="paste-date"
                        type="date"
                        data-testid="paste-date"
                        aria-describedby="paste-date-note"
                        node_ref=day
                    />
                    <p class="field-note" id="paste-date-note">
                        {model.text(ReviewText::ImportDayNote)}
                    </p>
                </div>
            </div>
            <footer class="dialog-foot">
                <span class="dialog-foot-note">
                    <button
                        type="button"
                        class="link-button"
                        on:click=move |_| {
                            on_close();
                            intake::choose_files();
                        }
                    >
                        {model.text(Text::OpenFiles)}
                    </button>
                    " · "
                    <button
                        type="button"
                        class="link-button"
                        data-testid="open-folder"
                        on:click=move |_| {
                            on_close();
                            importing::choose_folder(model);
                        }
                    >
                        {model.text(ReviewText::OpenFolder)}
                    </button>
                </span>
                <button type="button" class="button" data-kind="quiet" on:click=move |_| on_close()>
                    {model.text(ReviewText::Cancel)}
                </button>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-testid="add-article"
                    on:click=move |_| add(false)
                >
                    {model.text(ReviewText::AddArticle)}
                    <kbd>"Ctrl+Enter"</kbd>
                </button>
            </footer>
        </Modal>
    }
}

/// Why the page at an address is not fetched, and how its article comes in all the same.
#[component]
fn AddressNote(address: String) -> impl IntoView {
    let model = use_model();
    let step = move |text: ReviewText| view! { <li>{model.text(text)}</li> };
    view! {
        <div class="field-note address-note" role="status" data-testid="paste-address">
            <p>
                <strong>{model.text(ReviewText::AddressTitle)}</strong>
                " "
                {model.text(ReviewText::AddressWhy)}
            </p>
            <ol>
                <li>
                    <a href=address target="_blank" rel="noopener noreferrer" data-testid="paste-address-open">
                        {model.text(ReviewText::AddressOpen)}
                    </a>
                </li>
                {step(ReviewText::AddressCopy)}
                {step(ReviewText::AddressSave)}
            </ol>
        </div>
    }
}

#[component]
fn Problem(
    fault: Fault,
    on_open: impl Fn(DocumentId) + Send + 'static,
    on_again: impl Fn() + Send + 'static,
) -> impl IntoView {
    let model = use_model();
    match fault {
        Fault::Empty => view! {
            <p class="field-error" data-testid="paste-error">
                <Icon name="error" />
                {model.text(ReviewText::ErrorEmpty)}
            </p>
        }
        .into_any(),
        Fault::Address => view! {
            <p class="field-error" data-testid="paste-error">
                <Icon name="error" />
                {model.text(ReviewText::ErrorAddress)}
            </p>
        }
        .into_any(),
        Fault::Duplicate { id, title } => view! {
            <p class="field-error" data-testid="paste-error">
                <Icon name="error" />
                <span>
                    {move || model.language.get().fill(ReviewText::ErrorDuplicate, &[("title", &title)])}
                    " "
                    <button type="button" class="link-button" on:click=move |_| on_open(id.clone())>
                        {model.text(ReviewText::OpenIt)}
                    </button>
                    " · "
                    <button type="button" class="link-button" on:click=move |_| on_again()>
                        {model.text(ReviewText::AddAnyway)}
                    </button>
                </span>
            </p>
        }
        .into_any(),
    }
}
